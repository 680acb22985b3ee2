"""A hostile program: numbers of others, huge pages, odd encodings, keys that ended and keys of another request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from keyed import ADMINISTRATOR, fresh, new_key, read
from small_country import COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services.api_keys import rotate_key
from eenthuis.services.homes import add_home
from eenthuis.services.linking import confirm
from eenthuis.store.models import HomeRow, HouseholdRow
from eenthuis.terms.access import Role
from eenthuis.terms.people import HouseholdId

FILE = Path(__file__).resolve().parents[2] / "src/eenthuis/api/openapi.json"
PATHS = json.loads(FILE.read_text(encoding="utf-8"))["paths"]
BROKEN = 500
AT_ONCE = 2
"""So many odd values are tried at each address; all of them are tried somewhere."""

METHODS = cycle(("PATCH", "DELETE", "TRACE", "OPTIONS", "PURGE"))
FAR = cycle(("page=1000001", "page=99999999999999999999", "pageSize=401", "pageSize=0"))
KINDS = ("text/plain", "application/xml", "application/json; charset=utf-16", "x" * 500)
ODD = (
    "%00", "%ff%fe", "%ed%a0%80", "%F0%9F%8F%A0", "..%2f..%2fetc", "%0d%0aX-Odd:%201", "'%20or%20'1'='1", "%u0041",
    "a" * 3000, "%E2%80%AE", "-1", "1e5", "0x1", "%20", "٣",
)  # fmt: skip
ODD_TEXTS = (
    "\ud800",
    "a\x00b",
    "\u202e",
    "\ufeff",
    "\x85",
    "\u2028",
    " ",
    "",
    "x" * 100_000,
    "\U0001d7db",
    "\udfff\ud800",
)
NO_JSON = (
    b"", b"null", b"[]", b"3", b'"x"', b"{", b"{}x", b'{"a":1,"a":2}', b'{"a": NaN}', b'{"a": 1e999}', b"[" * 100_000,
    b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b'{"reden": "\\ud800"}', b"\xff", b'{"__proto__": {}}', b"9" * 10_000,
    b'{"reden":' + b"9" * 6_000 + b"}",
)  # fmt: skip
ODD_HEADERS = ("", "\x00", "é" * 300, '"', '"' * 300, "W/", '"a", "b"', "*" * 400, "x" * 9_000)


@pytest.fixture
def hostile(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, dict[str, str]]]:
    """Return a client with a key of COA, which may see most, and numbers that lead somewhere."""
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    confirm(actor=COA, proposal=proposal, households=(HouseholdId("PE-000001"),), today=TODAY)
    home = add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    number = str(HouseholdRow.objects.get(pk="PE-000003").number)
    known = {"huishoudens": number, "woningen": home, "voorstellen": str(proposal)}
    with override_settings(API_LIMIT_KEY=10**6, API_LIMIT_ANYONE=10**6):
        key = new_key(Role.COA).secret
        yield Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False), known


def filled(path: str, known: dict[str, str], instead: str = "") -> str:
    topic = path.strip("/").split("/")[0]
    parts = [
        (instead or known.get(topic, "1")) if part.startswith("{") else part
        for part in path.strip("/").split("/")
    ]
    return "/api/v1/" + "/".join(parts)


def operations(method: str) -> list[tuple[str, dict[str, Any]]]:
    return [(path, methods[method]) for path, methods in PATHS.items() if method in methods]


def told(answer: Any, what: object) -> Any:
    """Return the answer when it is one of the API's own: never broken, and every error a problem document."""
    assert answer.status_code < BROKEN, (what, answer.content[:300])
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", what
        problem = json.loads(answer.content)
        assert problem["errors"], what
        assert "Traceback" not in answer.content.decode(), what
    return answer


def test_addresses_and_keys_that_are_odd_break_nothing(hostile: tuple[Client, dict[str, str]]) -> None:
    client, known = hostile
    odd_ones = cycle(ODD)
    for path, operation in operations("get"):
        queries = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
        for odd in islice(odd_ones, AT_ONCE):
            if "{" in path:
                told(client.get(filled(path, known, odd)), (path, odd))
        for name, odd in zip(queries, odd_ones, strict=False):
            told(client.get(f"{filled(path, known)}?{name}={odd}"), (path, name, odd))
        if "pageSize" in queries:
            last = client.get(f"{filled(path, known)}?page=1000000&pageSize=400")
            assert told(last, path).status_code in {400, 403, 404} or last.json() == [], path
            far = next(FAR)
            assert told(client.get(f"{filled(path, known)}?{far}"), far).status_code == 400


def test_bodies_and_headers_that_are_odd_break_nothing_and_change_nothing(
    hostile: tuple[Client, dict[str, str]],
) -> None:
    client, known = hostile
    before = (HouseholdRow.objects.count(), HomeRow.objects.count())
    bodies, odd_ones, kinds = cycle(NO_JSON), cycle(ODD_HEADERS), cycle(KINDS)
    for method in ("post", "put"):
        for path, _ in operations(method):
            address = filled(path, known)
            send = getattr(client, method)
            for body in islice(bodies, 2 * AT_ONCE):
                key = {"Idempotency-Key": fresh(), "If-Match": "*"}
                answer = send(address, body, content_type="application/json", headers=key)
                told(answer, (path, body[:40]))
            for kind in islice(kinds, 1):
                told(send(address, b"{}", content_type=kind, headers={"Idempotency-Key": fresh()}), kind)
            for odd in islice(odd_ones, AT_ONCE):
                for name in ("Idempotency-Key", "If-Match"):
                    key = {"Idempotency-Key": fresh(), "If-Match": "*"} | {name: odd}
                    told(
                        send(address, b"{}", content_type="application/json", headers=key),
                        (path, name, odd[:9]),
                    )
    assert (HouseholdRow.objects.count(), HomeRow.objects.count()) == before


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_a_reason_that_no_table_can_hold_is_refused(
    hostile: tuple[Client, dict[str, str]], text: str
) -> None:
    client, known = hostile
    path = f"/api/v1/huishoudens/{known['huishoudens']}/stappen"
    body = {"soort": "left", "stapDatum": TODAY.isoformat(), "reden": text}
    answer = client.post(
        path,
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": fresh(), "If-Match": client.get(path)["ETag"]},
    )
    assert told(answer, text[:20]).status_code in {201, 400}
    if answer.status_code == 201:
        assert text.strip() in {step["reden"] for step in answer.json()["stappen"]}


def test_methods_that_are_not_there_are_told_so(hostile: tuple[Client, dict[str, str]]) -> None:
    client, known = hostile
    for path, methods in PATHS.items():
        method = next(METHODS)
        assert method.lower() not in methods
        answer = client.generic(method, filled(path, known))
        assert told(answer, (method, path)).status_code == 405, (method, path)


@pytest.mark.parametrize(
    "given",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Basic dXNlcjp4"},
        {"Authorization": "Bearer eenthuis_aaaaaaaa_\x00"},
        {"Authorization": "Bearer one", "X-Api-Key": "other"},
        {"X-Api-Key": "é" * 50},
        {"X-Api-Key": "eenthuis_" + "a" * 9_000},
    ],
)
@pytest.mark.django_db
def test_a_key_that_is_odd_opens_nothing(given: dict[str, str]) -> None:
    assert told(Client().get("/api/v1/huishoudens", headers=given), given).status_code == 401


def test_a_replayed_key_with_another_body_address_or_caller_gives_nothing_away(
    hostile: tuple[Client, dict[str, str]],
) -> None:
    utrecht = Client(headers={"X-Api-Key": new_key(Role.MUNICIPALITY, UTRECHT).secret})
    other = Client(headers={"X-Api-Key": new_key(Role.MUNICIPALITY, UTRECHT).secret})
    body = {
        "gemeenteCode": UTRECHT, "soort": "sociale-huur", "aantalKamers": 3, "grootsteHuishouden": 4,
        "isToegankelijk": False, "beschikbaarVanafDatum": TODAY.isoformat(),
    }  # fmt: skip
    key = {"Idempotency-Key": "steeds-dezelfde"}

    def add(client: Client, asked: dict[str, object], path: str = "woningen") -> Any:
        return client.post(f"/api/v1/{path}", json.dumps(asked), content_type="application/json", headers=key)

    made = read(add(utrecht, body), 201)
    assert read(add(utrecht, dict(reversed(body.items()))), 201) == made, "the same, in another order"
    assert read(add(utrecht, body | {"aantalKamers": 4}), 422)["code"] == "API-05"
    assert read(add(utrecht, body, "woningen?x=1"), 400)
    assert read(add(other, body), 201)["nummer"] != made["nummer"], (
        "the key of one caller is not that of another"
    )
    client, _ = hostile
    read(add(client, body), 403)


@pytest.mark.django_db
def test_an_old_key_holds_for_two_weeks_after_its_rotation_and_never_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = new_key(Role.COA)
    new = rotate_key(
        actor=ADMINISTRATOR, prefix=old.line.prefix, last_day=TODAY + timedelta(days=90), today=TODAY
    )
    seen = []
    for days in (0, 14, 15, 90, 91):
        monkeypatch.setenv("EENTHUIS_TODAY", (TODAY + timedelta(days=days)).isoformat())
        seen.append(
            tuple(
                Client().get("/api/v1/berichten", headers={"X-Api-Key": one.secret}).status_code
                for one in (old, new)
            )
        )
    assert seen == [(200, 200), (200, 200), (401, 200), (401, 200), (401, 401)]
