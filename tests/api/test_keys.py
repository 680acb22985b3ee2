"""Keys: what one opens and what not, until when, rotated, withdrawn, and counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from keyed import ADMINISTRATOR, Program, new_key, read, wanted
from small_country import HALF_YEAR, MINISTRY, TODAY, UTRECHT, announcement

from eenthuis.access import decide
from eenthuis.services.api_keys import create_key, holder_of, list_keys, rotate_key, scopes_for, withdraw_key
from eenthuis.services.targets import announce
from eenthuis.store import accounts
from eenthuis.store.models import AllowanceRow, ApiKeyRow, JournalRow
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import AccessError, InputError, InputErrors, StateError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())


@pytest.fixture
def country() -> None:
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)


def told(people: int = 16_000) -> dict[str, object]:
    return {
        "halfjaar": "2026-II",
        "aantal": people,
        "bekendmakingsDatum": "2026-03-02",
        "bron": "Staatscourant",
    }


def test_the_secret_is_kept_nowhere() -> None:
    made = new_key(Role.COA)
    row = ApiKeyRow.objects.get()
    kept = [str(getattr(row, field.attname)) for field in ApiKeyRow._meta.fields]
    tail = made.secret.split("_", 2)[2]
    assert not [value for value in kept if tail in value]
    assert tail not in str(list(JournalRow.objects.values()))
    assert "voorbeeld.example" not in str(list(JournalRow.objects.values()))
    assert list_keys(actor=ADMINISTRATOR, today=TODAY) == (made.line,)


def test_a_key_asks_as_its_role_in_its_place_and_for_its_scopes_only() -> None:
    secret = new_key(Role.MUNICIPALITY, UTRECHT, scopes=("register-swap",)).secret
    who = holder_of(secret=secret, today=TODAY)
    assert who is not None
    assert (who.role, who.municipality, who.province) == (Role.MUNICIPALITY, UTRECHT, "PV26")
    here = Place(who.province, who.municipality)
    assert decide(who, "register-swap", here).allowed
    assert not decide(who, "see-linked-household", here).allowed
    assert decide(who, "see-published-figures", Place()).allowed


@pytest.mark.parametrize("header", ["Authorization", "X-Api-Key"])
def test_a_key_goes_in_either_header(country: None, header: str) -> None:
    del country
    secret = new_key(Role.MINISTRY).secret
    given = {header: f"Bearer {secret}" if header == "Authorization" else secret}
    answer = Client().get("/api/v1/voortgang", headers=given)
    assert read(answer)["halfjaar"] == "2026-I"
    assert answer["RateLimit-Limit"] == "600"
    assert ApiKeyRow.objects.get().last_used_on == TODAY


@pytest.mark.parametrize(
    "secret",
    ["x", "", "eenthuis_", "eenthuis_aaaaaaaa_x", "eenthuis_²²²²²²²²_x", "é" * 30, "a" * 10_000],
)
def test_a_key_that_is_none_opens_nothing(country: None, secret: str) -> None:
    del country
    answer = Client().get("/api/v1/voortgang", headers={"Authorization": f"Bearer {secret}"})
    assert read(answer, 401)["code"] == "API-01"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_secret_behind_a_right_prefix_opens_nothing(country: None) -> None:
    del country
    secret = new_key(Role.COA).secret
    read(Program(secret[:-1] + ("A" if secret[-1] != "A" else "B")).get("voortgang"), 401)


def test_a_key_ends_after_its_last_day_and_when_it_is_withdrawn(
    country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del country
    short = create_key(actor=ADMINISTRATOR, wanted=wanted(Role.COA, last_day=TODAY), today=TODAY)
    long = new_key(Role.COA)
    read(Program(short.secret).get("voortgang"))
    monkeypatch.setenv("EENTHUIS_TODAY", (TODAY + timedelta(days=1)).isoformat())
    read(Program(short.secret).get("voortgang"), 401)
    read(Program(long.secret).get("voortgang"))
    withdraw_key(actor=ADMINISTRATOR, prefix=long.line.prefix, why="lost")
    read(Program(long.secret).get("voortgang"), 401)
    with pytest.raises(StateError, match="withdrawn already"):
        withdraw_key(actor=ADMINISTRATOR, prefix=long.line.prefix, why="lost")
    assert JournalRow.objects.filter(action="withdraw-key", why="lost").count() == 1


def test_a_key_with_another_scope_is_not_allowed_what_its_role_may(country: None) -> None:
    del country
    narrow = new_key(Role.COA, scopes=("see-journal",))
    answer = Program(narrow.secret).post("aankondigingen", told())
    assert read(answer, 403)["code"] == "ACC-01"
    made = read(Program(new_key(Role.MINISTRY).secret).post("aankondigingen", told()), 201)
    assert made["kenmerk"] == "2026-II/1"
    assert JournalRow.objects.get(action="announce", subject="half-year 2026-II").actor.startswith("sleutel ")


def test_two_keys_hold_during_a_rotation_and_never_three() -> None:
    first = create_key(
        actor=ADMINISTRATOR, wanted=wanted(Role.COA, last_day=TODAY + timedelta(days=300)), today=TODAY
    )
    later = TODAY + timedelta(days=365)
    second = rotate_key(actor=ADMINISTRATOR, prefix=first.line.prefix, last_day=later, today=TODAY)
    assert second.line.scopes == first.line.scopes
    overlap = TODAY + timedelta(days=14)
    for secret, day, holds in (
        (first.secret, overlap, True),
        (first.secret, overlap + timedelta(days=1), False),
        (second.secret, overlap + timedelta(days=1), True),
    ):
        assert (holder_of(secret=secret, today=day) is not None) is holds
    with pytest.raises(StateError, match="rotated already"):
        rotate_key(actor=ADMINISTRATOR, prefix=first.line.prefix, last_day=later, today=TODAY)
    with pytest.raises(StateError, match="still holds"):
        rotate_key(actor=ADMINISTRATOR, prefix=second.line.prefix, last_day=later, today=TODAY)
    withdraw_key(actor=ADMINISTRATOR, prefix=first.line.prefix, why="moved over")
    rotate_key(actor=ADMINISTRATOR, prefix=second.line.prefix, last_day=later, today=TODAY)
    with pytest.raises(StateError, match="no longer holds"):
        rotate_key(actor=ADMINISTRATOR, prefix=first.line.prefix, last_day=later, today=TODAY)


def test_everything_wrong_with_a_key_is_told_at_once() -> None:
    asked = wanted(Role.MUNICIPALITY, "GM9999", scopes=("announce",), last_day=date(2030, 1, 1))
    worse = asked.__class__(
        name=" ",
        contact_name="",
        contact_email="nobody",
        role=asked.role,
        scopes=asked.scopes,
        last_day=asked.last_day,
        municipality=asked.municipality,
    )
    with pytest.raises(InputErrors) as wrong:
        create_key(actor=ADMINISTRATOR, wanted=worse, today=TODAY)
    columns = [one.location.column if one.location else "" for one in wrong.value.errors]
    assert columns[:5] == ["name", "contact-name", "contact-email", "scope", "last-day"]
    assert wrong.value.errors[-1].code == "REF-01"
    assert not ApiKeyRow.objects.exists()
    with pytest.raises(InputErrors, match="needs its place"):
        create_key(actor=ADMINISTRATOR, wanted=wanted(Role.MUNICIPALITY), today=TODAY)
    with pytest.raises(InputErrors, match="no province"):
        create_key(actor=ADMINISTRATOR, wanted=wanted(Role.PROVINCE, "PV99"), today=TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_manages_keys(role: Role) -> None:
    who = Actor("someone", role, UTRECHT)
    made = new_key(Role.COA)
    with pytest.raises(AccessError, match="manage-keys"):
        create_key(actor=who, wanted=wanted(Role.COA), today=TODAY)
    with pytest.raises(AccessError, match="manage-keys"):
        rotate_key(actor=who, prefix=made.line.prefix, last_day=TODAY, today=TODAY)
    with pytest.raises(AccessError, match="manage-keys"):
        withdraw_key(actor=who, prefix=made.line.prefix, why="x")
    with pytest.raises(AccessError, match="manage-keys"):
        list_keys(actor=who, today=TODAY)


def test_no_key_can_manage_keys_and_some_roles_have_nothing_to_give() -> None:
    assert all("manage-keys" not in scopes_for(role) for role in Role)
    assert not scopes_for(Role.PUBLIC)
    with pytest.raises(InputErrors):
        create_key(
            actor=ADMINISTRATOR, wanted=wanted(Role.ADMINISTRATOR, scopes=("manage-keys",)), today=TODAY
        )
    with pytest.raises(InputError, match="no reason"):
        withdraw_key(actor=ADMINISTRATOR, prefix="aaaaaaaa", why=" ")
    with pytest.raises(AccessError, match="no key"):
        withdraw_key(actor=ADMINISTRATOR, prefix="aaaaaaaa", why="lost")


@override_settings(API_LIMIT_KEY=3, API_LIMIT_ANYONE=2)
def test_each_key_and_each_address_has_its_own_limit(country: None) -> None:
    del country
    one, other, anyone = Program(new_key(Role.COA).secret), Program(new_key(Role.COA).secret), Program()
    left = [one.get("voortgang")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = one.get("voortgang")
    assert read(refused, 429)["code"] == "API-02"
    assert 1 <= int(refused["Retry-After"]) <= 60
    read(other.get("voortgang"))
    assert [anyone.get("voortgang").status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get("/api/v1/voortgang", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert not AllowanceRow.objects.filter(who__contains="192.0.2").exists()


@override_settings(API_LIMIT_ANYONE=2)
def test_guessing_keys_counts_for_the_address(country: None) -> None:
    del country
    tried = [Program(f"eenthuis_aaaaaaa{number}_x").get("voortgang").status_code for number in range(4)]
    assert tried == [401, 401, 429, 429]


@override_settings(API_LIMIT_ANYONE=1, API_PROXIES=1)
def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(country: None) -> None:
    del country

    def ask(forwarded: str) -> int:
        return Client().get("/api/v1/voortgang", headers={"X-Forwarded-For": forwarded}).status_code

    assert ask("192.0.2.1") == 200
    assert ask("203.0.113.9, 192.0.2.1") == 429
    assert ask("192.0.2.2") == 200


def test_a_minute_later_the_count_begins_anew_and_old_counts_go(country: None) -> None:
    del country
    AllowanceRow.objects.create(who="address:gone", minute=1, used=5)
    program = Program()
    read(program.get("voortgang"))
    AllowanceRow.objects.update(minute=2)
    assert program.get("voortgang")["RateLimit-Remaining"] == "119"
    assert not AllowanceRow.objects.filter(who="address:gone").exists()


def test_the_pages_own_session_asks_too_but_writes_with_its_token_only(country: None) -> None:
    del country
    accounts.save_account(MINISTRY, "een lang wachtwoord")
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        get_user_model().objects.get(username=MINISTRY.name),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    headers = {"Idempotency-Key": "uit-de-pagina-1"}
    refused = client.post("/api/v1/aankondigingen", told(), content_type="application/json", headers=headers)
    assert "X-CSRFToken" in read(refused, 403)["detail"]
    client.get("/aanmelden/")
    token = client.cookies["csrftoken"].value
    allowed = client.post(
        "/api/v1/aankondigingen",
        told(),
        content_type="application/json",
        headers=headers | {"X-CSRFToken": token},
    )
    read(allowed, 201)
    assert allowed["RateLimit-Limit"] == "600"
