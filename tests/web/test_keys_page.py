"""The administrator hands out a key on the page, sees its secret once, renews and withdraws it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from keyed import ADMINISTRATOR
from small_country import MINISTRY, TODAY

from eenthuis.services.api_keys import holder_of
from eenthuis.store import accounts
from eenthuis.store.models import ApiKeyRow
from eenthuis.terms.access import Actor

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"eenthuis_[a-z0-9]{8}_[\w-]{43}")
ASKED = {
    "naam": "Zaaksysteem",
    "contact": "A. Voorbeeld",
    "email": "a@voorbeeld.example",
    "rol": "municipality",
    "plaats": "GM0344",
    "handeling": ["see-linked-household"],
    "dag": "31-12-2026",
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())


def client_of(who: Actor) -> Client:
    accounts.save_account(who, "een lang wachtwoord")
    client = Client()
    client.force_login(
        get_user_model().objects.get(username=who.name), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_a_key_is_handed_out_renewed_and_withdrawn() -> None:
    client = client_of(ADMINISTRATOR)
    assert client.get("/beheer/sleutels/").status_code == 200
    shown = client.post("/beheer/sleutels/", ASKED)
    assert shown["Cache-Control"] == "no-store"
    (secret,) = SECRET.findall(shown.content.decode())
    who = holder_of(secret=secret, today=TODAY)
    assert who is not None
    assert (who.municipality, who.scopes) == ("GM0344", frozenset({"see-linked-household"}))
    prefix = ApiKeyRow.objects.get().prefix
    listed = client.get("/beheer/sleutels/").content.decode()
    assert prefix in listed
    assert "a@voorbeeld.example" in listed
    assert not SECRET.search(listed)
    (second,) = SECRET.findall(client.post(f"/beheer/sleutels/{prefix}/vernieuwen/").content.decode())
    assert holder_of(secret=second, today=TODAY) is not None
    again = client.post(f"/beheer/sleutels/{prefix}/vernieuwen/", follow=True).content.decode()
    assert "kan nu niet worden vernieuwd" in again
    silent = client.post(f"/beheer/sleutels/{prefix}/intrekken/", {"reden": ""}, follow=True).content.decode()
    assert "Vul in waarom" in silent
    assert holder_of(secret=secret, today=TODAY) is not None
    client.post(f"/beheer/sleutels/{prefix}/intrekken/", {"reden": "verloren"})
    assert holder_of(secret=secret, today=TODAY) is None
    assert client.post("/beheer/sleutels/aaaaaaaa/intrekken/", {"reden": "x"}).status_code == 404


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_made() -> None:
    wrong = client_of(ADMINISTRATOR).post(
        "/beheer/sleutels/", {"naam": "", "email": "x", "rol": "", "plaats": "GM9999", "dag": "31-02-2026"}
    )
    assert wrong.status_code == 400
    page = wrong.content.decode()
    for field in ("naam", "contact", "email", "rol", "plaats", "dag"):
        assert f'href="#{field}"' in page, field
    scope = client_of(ADMINISTRATOR).post("/beheer/sleutels/", ASKED | {"handeling": ["announce"]})
    assert 'href="#handeling"' in scope.content.decode()
    assert not ApiKeyRow.objects.exists()


def test_nobody_else_sees_the_page() -> None:
    for client in (Client(), client_of(MINISTRY)):
        assert client.get("/beheer/sleutels/").status_code == 403
        assert client.post("/beheer/sleutels/", ASKED).status_code == 403
    assert not ApiKeyRow.objects.exists()
