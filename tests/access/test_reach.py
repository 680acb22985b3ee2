"""Nothing outside its reach shows to any role, on any route there is: pages, lists, searches, exports, API.

Routes come from the program itself, so a new one is walked without being named here. What a role may not see is asked
of the database: rows out of its scope hold values that occur nowhere else (see ``canaries``), and none of them may
appear in an answer. The walk is done twice: with both lines of defence, and with the services' own alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from canaries import CANARY, seed
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from every_route import ROUTES, address, ask, client_of, routes, texts
from small_country import ISLAND, TODAY, UTRECHT

from eenthuis.store import accounts, scope
from eenthuis.store.row_security import tables
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.places import LinkingRegion, ProvinceCode

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
EVERYONE = (
    ANYONE,
    *(
        Actor(
            f"someone-{role}",
            role,
            UTRECHT,
            ProvinceCode("PV26"),
            region=LinkingRegion.CENTRE,
            association="Wonen Voorbeeld" if role is Role.HOUSING_ASSOCIATION else None,
        )
        for role in Role
        if role is not Role.PUBLIC
    ),
)
NOBODY = "PE-999999"
MISSING = {"money": "G-9999999", "transit": "T-9999999"}
BROKEN = 500
ONLY_POST = 405
PUBLISHED = "see-published-figures"
SEARCHERS = {Role.PUBLIC, Role.MUNICIPALITY}
DENIED = {403, 404}
KEY = re.compile(r"GET\.get\(\s*\"(\w+)\"|\"(\w+)\" in request\.GET|alias=\"(\w+)\"")
SEARCHES = re.compile("zoek|naam|nummer|huishouden")
NOISE = re.compile(
    r"""name="csrfmiddlewaretoken" value="[^"]+"|name="volgende" value="[^"]+"|nonce="[^"]+"|'RateLimit-Reset', '\d+'"""
)


def keys() -> tuple[str, ...]:
    """Return every key that a page or the API reads from an address."""
    found = {
        key
        for floor in ("web", "api")
        for file in (ROOT / "src" / "eenthuis" / floor).rglob("*.py")
        for match in KEY.findall(file.read_text(encoding="utf-8"))
        for key in match
        if key
    }
    return tuple(sorted(found | {"zoek", "gemeente"}))


SEARCH = {
    key: "kanarie" if SEARCHES.search(key) else ISLAND
    for key in keys()
    if SEARCHES.search(key) or "emeente" in key
}
FORM = {
    "huishouden": "PE-000003",
    "voorstel": "1",
    "reden": "toets",
    "gezien": "ja",
    "gemeente": ISLAND,
    "zoek": "PE",
}


def out_of_reach(who: Actor) -> set[str]:
    """Return the values that stand in rows an actor has no right to, and in none that it has."""

    def seen() -> set[str]:
        found: set[str] = set()
        with connection.cursor() as cursor:
            for name in (name for name, table in tables().items() if table.holds == "people"):
                cursor.execute(f"select t::text from {name} t")  # noqa: S608 - a name of our own list
                found |= {value for row in cursor.fetchall() for value in CANARY.findall(row[0])}
        return found

    everything = seen()
    with scope.within(scope.scope_of(who)):
        return everything - seen()


@pytest.fixture
def known(db: None, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    del db
    settings.API_LIMIT_KEY = settings.API_LIMIT_ANYONE = 1_000_000
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    found = seed()
    for who in EVERYONE[1:]:
        accounts.save_account(who, "a long enough password")
    return found


def walk(
    who: Actor, known: dict[str, str], hidden: set[str], *, thoroughly: bool
) -> Iterator[tuple[object, ...]]:
    """Yield what went wrong for one actor: a value out of reach in an answer, or an answer that broke."""
    client = client_of(who)
    for name, pattern in sorted(routes(get_resolver())):
        path, is_public = address(name, pattern, known), ROUTES.get(name, {}).get("action") == PUBLISHED
        bare = ask(client, "GET", path, {})
        said = texts(bare)
        asked: list[tuple[str, dict[str, str], int, str]] = [("GET", {}, bare.status_code, said)]
        if thoroughly and bare.status_code not in DENIED and not (is_public and who.role not in SEARCHERS):
            found = ask(client, "GET", path, SEARCH)
            asked.append(("GET", SEARCH, found.status_code, texts(found)))
        if thoroughly and (bare.status_code == ONLY_POST or "ee-form" in said or name.startswith("api")):
            done = ask(client, "POST", path, FORM)
            asked.append(("POST", FORM, done.status_code, texts(done)))
            client = client_of(who) if name == "sign-out" else client
        for method, given, status, told in asked:
            named = set(CANARY.findall(f"{path} {given}"))
            shown = (set(CANARY.findall(told)) & hidden) - named
            if shown or status >= BROKEN:
                yield who.role.value, method, path, status, sorted(shown)


@pytest.mark.parametrize("role", EVERYONE, ids=lambda who: who.role)
def test_the_seeds_are_out_of_reach(known: dict[str, str], role: Actor) -> None:
    hidden = out_of_reach(role)
    if role.role in {Role.COA, Role.AUDITOR}:
        assert not {value for value in hidden if value.startswith("PE-")}
    else:
        assert {
            known["household"],
            known["open"],
            "kanarie-eiland-waarom",
            "kanarie-eiland-aanpassing",
        } <= hidden
    assert (known["own_household"] in hidden) == (
        role.role not in {Role.COA, Role.AUDITOR, Role.MUNICIPALITY}
    )


def test_the_services_alone_show_nothing_out_of_reach(
    known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = {who: out_of_reach(who) for who in EVERYONE}
    monkeypatch.setitem(connection.settings_dict, "SCOPE_ROLE", "")
    assert not [wrong for who in EVERYONE for wrong in walk(who, known, hidden[who], thoroughly=True)]


def test_with_the_policies_every_page_answers_and_shows_nothing_out_of_reach(known: dict[str, str]) -> None:
    assert not [wrong for who in EVERYONE for wrong in walk(who, known, out_of_reach(who), thoroughly=False)]


def test_what_is_out_of_reach_is_answered_like_what_does_not_exist(known: dict[str, str]) -> None:
    differences = []
    for who in EVERYONE:
        client, hidden = client_of(who), out_of_reach(who)
        for name, pattern in sorted(routes(get_resolver())):
            example = ROUTES.get(name, {}).get("arguments", {}).values()
            keys_used = [key for key in known if f"{{{key}}}" in example and known[key] in hidden]
            missing = known | {key: MISSING.get(key, NOBODY) for key in keys_used}
            for method, given in (("GET", {}), ("POST", FORM)) if keys_used else ():
                told = [
                    told_of(client, method, address(name, pattern, names), given)
                    for names in (known, missing)
                ]
                if told[0] != told[1]:
                    differences.append((who.role.value, method, name, told[0][0], told[1][0]))
    assert not differences


def told_of(client: Client, method: str, path: str, given: dict[str, str]) -> tuple[int, str, str]:
    """Return what an answer tells, without the name that was asked for and what differs each time."""
    answer = ask(client, method, path, given)
    said = NOISE.sub("", texts(answer)).replace(path, "")
    return answer.status_code, answer.headers.get("Location", ""), CANARY.sub("", said)


def test_the_walk_reads_the_keys_that_pages_read() -> None:
    assert {"zoek", "gemeente", "pagina", "pageSize", "halfjaar"} <= set(keys())
    assert len(dict(routes(get_resolver()))) == len(ROUTES)


def test_the_walk_finds_a_recorded_leak(known: dict[str, str]) -> None:
    utrecht = next(who for who in EVERYONE if who.role is Role.MUNICIPALITY)
    client = client_of(next(who for who in EVERYONE if who.role is Role.COA))
    shown = set(CANARY.findall(texts(ask(client, "GET", f"/huishoudens/{known['household']}/", {}))))
    assert known["household"] in shown & out_of_reach(utrecht)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("rows.csv", "kanarie-eiland-waarom")
    assert "kanarie-eiland-waarom" in texts(HttpResponse(archive.getvalue()))
