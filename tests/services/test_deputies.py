"""Standing in for a colleague: exactly their reach, only on those days, and the journal says whose hand it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import pytest_django
from django.db import IntegrityError, connection, transaction
from django.test import Client
from small_country import COA, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.services import deputies, linking
from eenthuis.services.journal_chain import verify_journal
from eenthuis.store import accounts, journal, organisations, scope
from eenthuis.store.models import JournalRow
from eenthuis.store.organisation_models import DeputyRow
from eenthuis.store.row_security import tables
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import ProvinceCode

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"  # noqa: S105 - invented
COLLEAGUE = Actor("collega-utrecht", Role.MUNICIPALITY, OF_UTRECHT.municipality, ProvinceCode("PV26"))
ADMINISTRATORS = (Actor("beheer-een", Role.ADMINISTRATOR), Actor("beheer-twee", Role.ADMINISTRATOR))
ONE = HouseholdId("PE-000001")
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def filled(proposal: int, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    for who in (OF_UTRECHT, COLLEAGUE, OF_ISLAND, COA, *ADMINISTRATORS):
        accounts.save_account(who, PASSWORD)
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    journal.write(OF_UTRECHT, "set-password", "only of the absent")


def named(first: date = TODAY, last: date = TODAY + WEEK) -> int:
    """Let the colleague stand in for Utrecht's account; return the number."""
    deputies.name_deputy(actor=OF_UTRECHT, deputy=COLLEAGUE.name, first_day=first, last_day=last, today=TODAY)
    return DeputyRow.objects.latest("id").pk


def client_of(who: Actor) -> Client:
    client = Client()
    client.post("/aanmelden/", {"naam": who.name, "wachtwoord": PASSWORD})
    return client


def rows_of(who: Actor) -> dict[str, list[str]]:
    """Return every row about people that the database shows to an actor, by table."""
    found = {}
    with scope.within(scope.scope_of(who)), connection.cursor() as cursor:
        for name in (name for name, table in tables().items() if table.holds == "people"):
            cursor.execute(f"select t::text from {name} t order by 1")  # noqa: S608 - a name of our own list
            found[name] = [str(row[0]) for row in cursor.fetchall()]
    return found


def test_a_deputy_is_shown_exactly_the_rows_of_who_is_absent() -> None:
    absent, own = rows_of(OF_UTRECHT), rows_of(COLLEAGUE)
    assert absent != own, "the absent one has lines of the journal of its own"
    assert absent["store_linkrow"]
    stands_in = deputies.stand_in(actor=COLLEAGUE, number=named(), today=TODAY)
    assert stands_in.hand == COLLEAGUE.name
    now = rows_of(OF_UTRECHT)
    assert rows_of(stands_in) == now
    assert rows_of(COLLEAGUE) == own


def test_pages_of_the_deputy_are_those_of_who_is_absent_until_it_stops() -> None:
    number = named()
    client, absent = client_of(COLLEAGUE), client_of(OF_UTRECHT)
    assert client.post("/account/vervangen/", {"nummer": number}).status_code == 302
    page = client.get("/werk/").content.decode()
    assert f"en werkt namens {OF_UTRECHT.name}" in page
    assert ONE in page
    assert page.split("<table")[1] == absent.get("/werk/").content.decode().split("<table")[1]
    assert COLLEAGUE.name in client.get("/account/").content.decode(), "one's own account stays one's own"
    client.post("/account/vervangen/", {})
    assert "namens" not in client.get("/werk/").content.decode()


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY + timedelta(days=1), TODAY + WEEK), (TODAY - WEEK, TODAY - timedelta(days=1))],
    ids=["not yet", "no more"],
)
def test_outside_its_days_nobody_stands_in(first: date, last: date) -> None:
    ids = {name: accounts.user_id(name) for name in (OF_UTRECHT.name, COLLEAGUE.name)}
    number = organisations.add_deputy(
        ids[OF_UTRECHT.name] or 0, ids[COLLEAGUE.name] or 0, first, last, made_by="example"
    )
    assert client_of(COLLEAGUE).post("/account/vervangen/", {"nummer": number}).status_code == 404


def test_a_session_stands_in_no_longer_than_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(COLLEAGUE)
    client.post("/account/vervangen/", {"nummer": named()})
    for day, is_in in ((TODAY + WEEK, True), (TODAY + WEEK + timedelta(days=1), False)):
        monkeypatch.setenv("EENTHUIS_TODAY", day.isoformat())
        assert ("en werkt namens" in client.get("/account/").content.decode()) == is_in
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    assert "en werkt namens" not in client.get("/account/").content.decode(), (
        "it does not come back by itself"
    )


@pytest.mark.parametrize("what", ["ended", "absent closed", "absent elsewhere", "deputy elsewhere"])
def test_it_ends_at_once_when_its_ground_falls_away(what: str) -> None:
    client, number = client_of(COLLEAGUE), named()
    client.post("/account/vervangen/", {"nummer": number})
    assert "en werkt namens" in client.get("/account/").content.decode()
    if what == "ended":
        assert (
            client_of(OF_UTRECHT).post("/account/vervanging/beeindigen/", {"nummer": number}).status_code
            == 302
        )
    elif what == "absent closed":
        accounts.close(accounts.user_id(OF_UTRECHT.name) or 0)
    else:
        moved = OF_UTRECHT if what == "absent elsewhere" else COLLEAGUE
        accounts.set_role(Actor(moved.name, Role.MUNICIPALITY, OF_ISLAND.municipality, ProvinceCode("PV21")))
    assert "en werkt namens" not in client.get("/account/").content.decode()


def test_nobody_takes_a_number_that_is_anothers() -> None:
    number = named()
    for who in (OF_ISLAND, COA, OF_UTRECHT):
        assert client_of(who).post("/account/vervangen/", {"nummer": number}).status_code == 404
    assert client_of(OF_ISLAND).post("/account/vervanging/beeindigen/", {"nummer": number}).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"vervanger": OF_ISLAND.name}, "vervanger"),
        ({"vervanger": OF_UTRECHT.name}, "vervanger"),
        ({"vervanger": "nobody"}, "vervanger"),
        ({"tot": "01-03-2026"}, "van"),
        ({"van": "10-03-2026", "tot": "09-03-2026"}, "van"),
        ({"van": "morgen"}, "van"),
    ],
)
def test_who_or_when_cannot_be_is_said_at_its_field(given: dict[str, str], field: str) -> None:
    whole = {"vervanger": COLLEAGUE.name, "van": "03-03-2026", "tot": "10-03-2026"}
    answer = client_of(OF_UTRECHT).post("/account/vervanging/", whole | given)
    assert answer.status_code == 400
    assert f'id="{field}-fout"' in answer.content.decode()
    assert not DeputyRow.objects.exists()
    assert client_of(OF_UTRECHT).post("/account/vervanging/", whole).status_code == 302


def test_what_a_deputy_does_stands_in_the_journal_as_done_for_another_and_in_its_chain() -> None:
    stands_in = deputies.stand_in(actor=COLLEAGUE, number=named(), today=TODAY)
    with scope.within(scope.scope_of(stands_in)):
        journal.write(stands_in, "state-progress", "progress")
    line = JournalRow.objects.latest("id")
    assert (line.actor, line.hand) == (OF_UTRECHT.name, COLLEAGUE.name)
    page = client_of(COA).get(f"/journaal/?wie={COLLEAGUE.name}").content.decode()
    assert f"{OF_UTRECHT.name} (vervangen door {COLLEAGUE.name})" in page
    assert verify_journal().broken is None
    with connection.cursor() as cursor:
        cursor.execute("alter table store_journalrow disable trigger only_added")
        cursor.execute("update store_journalrow set hand = '' where id = %s", [line.pk])
        cursor.execute("alter table store_journalrow enable trigger only_added")
    broken = verify_journal().broken
    assert broken is not None
    assert broken.line == line.pk


@pytest.mark.parametrize("path", ["/berichten/agenda/", "/berichten/e-mail/"])
def test_what_would_outlast_standing_in_is_done_in_person(path: str) -> None:
    client = client_of(COLLEAGUE)
    assert client.post(path, {"adres": "a@example.nl"}).status_code < 400
    client.post("/account/vervangen/", {"nummer": named()})
    assert client.post(path, {"adres": "a@example.nl"}).status_code == 403


def test_nobody_stands_in_for_an_administrator() -> None:
    one, two = ADMINISTRATORS
    with pytest.raises(EenthuisError, match="ACC-03"):
        deputies.name_deputy(actor=one, deputy=two.name, first_day=TODAY, last_day=TODAY, today=TODAY)
    stands_in = deputies.stand_in(actor=COLLEAGUE, number=named(), today=TODAY)
    with pytest.raises(EenthuisError, match="ACC-04"):
        deputies.name_deputy(
            actor=stands_in, deputy=COLLEAGUE.name, first_day=TODAY, last_day=TODAY, today=TODAY
        )


def test_the_database_refuses_days_that_cannot_be() -> None:
    number = named()
    for change in ({"last_day": TODAY - WEEK}, {"deputy_id": accounts.user_id(OF_UTRECHT.name)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeputyRow.objects.filter(pk=number).update(**change)
