"""Keys for programs in the tests of the API, and a client that asks with one."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from small_country import TODAY

from eenthuis.services.api_keys import KeyWanted, NewKey, create_key, scopes_for
from eenthuis.store import accounts
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import MunicipalityCode

ADMINISTRATOR = Actor("beheer", Role.ADMINISTRATOR)
ASSOCIATION = "Wonen Voorbeeld"
_NUMBERS = itertools.count(1)


def wanted(
    role: Role,
    place: str = "",
    *,
    scopes: tuple[str, ...] = (),
    last_day: date | None = None,
    association: str = "",
) -> KeyWanted:
    """Return what a key is asked for: all that the role can be given, unless scopes say less."""
    return KeyWanted(
        name="toets",
        contact_name="A. Voorbeeld",
        contact_email="a@voorbeeld.example",
        role=role,
        scopes=frozenset(scopes or scopes_for(role)),
        last_day=last_day or TODAY + timedelta(days=30),
        municipality=place if place.startswith("GM") else "",
        province=place if place.startswith("PV") else "",
        association=association,
    )


def new_key(
    role: Role, place: str = "", *, scopes: tuple[str, ...] = (), association: str = ASSOCIATION
) -> NewKey:
    """Hand out a key; one of a housing association for an account that works for it."""
    if role is not Role.HOUSING_ASSOCIATION:
        association = ""
    else:
        who = Actor(f"bij-{association}", role, MunicipalityCode(place), association=association)
        accounts.save_account(who, "een lang wachtwoord")
    asked = wanted(role, place, scopes=scopes, association=association)
    return create_key(actor=ADMINISTRATOR, wanted=asked, today=TODAY)


def fresh() -> str:
    """Return an idempotency key that was not used before."""
    return f"toets-{next(_NUMBERS):06d}"


class Program:
    """A program that asks with a key."""

    def __init__(self, secret: str = "") -> None:
        self._client = Client()
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **headers: str) -> Any:
        return self._client.get(f"/api/v1/{path}", headers=self._headers | _named(headers))

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> Any:
        return self._send("POST", path, body, key, headers)

    def put(self, path: str, body: Any, key: str | None = None, **headers: str) -> Any:
        return self._send("PUT", path, body, key, headers)

    def _send(self, method: str, path: str, body: Any, key: str | None, headers: dict[str, str]) -> Any:
        return self._client.generic(
            method,
            f"/api/v1/{path}",
            body if isinstance(body, str | bytes) else json.dumps(body),
            content_type="application/json",
            headers=self._headers | {"Idempotency-Key": key or fresh()} | _named(headers),
        )


class Session:
    """A person who is signed in and whose page asks the API, without a key."""

    def __init__(self, who: Actor) -> None:
        accounts.save_account(who, "een lang wachtwoord")
        self._client = Client()
        user = get_user_model().objects.get(username=who.name)
        self._client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def post(self, path: str, body: Any = None) -> Any:
        return self._client.post(
            f"/api/v1/{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": fresh()},
        )


def read(answer: Any, status: int = 200) -> Any:
    """Return what an answer holds, and see to it that it has this status and looks like an answer of the API."""
    assert answer.status_code == status, answer.content.decode()
    kind = "application/problem+json" if status >= 400 else "application/json"
    assert answer["Content-Type"] == kind
    for name in ("API-Version", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"):
        assert answer[name]
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    found = json.loads(answer.content)
    if status >= 400:
        assert found["status"] == status
        assert found["title"]
        assert found["detail"]
        assert found["errors"]
        assert all(set(one) == {"in", "location", "code", "detail"} for one in found["errors"])
    return found


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
