"""PostgreSQL itself refuses what is out of reach: the policies are the matrix, and a scope ends with its statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from small_country import COA, ISLAND, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.access import decide
from eenthuis.connect import postgres
from eenthuis.services import linking, sign_offs
from eenthuis.services.access import place_of
from eenthuis.store import journal, scope
from eenthuis.store.models import HouseholdRow, JournalRow, LinkRow, MemberRow, SignOffRow
from eenthuis.store.row_security import (
    Table,
    _table,
    held_policies,
    policies,
    secure,
    tables,
    wanted_policies,
)
from eenthuis.terms.access import ANYONE, Actor, Place, Role
from eenthuis.terms.errors import SetupError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

pytestmark = pytest.mark.django_db
PEOPLE = sorted(name for name, table in tables().items() if table.holds == "people")
ROLES = [Actor(f"someone-{role}", role, UTRECHT, ProvinceCode("PV26")) for role in Role]
LINKED = {"PE-000001": UTRECHT, "PE-000002": UTRECHT, "PE-000003": ISLAND}


@pytest.fixture
def linked(proposal: int) -> int:
    """Link two households to one municipality and one to another, and sign one off."""
    names = tuple(HouseholdId(name) for name in LINKED)
    assert len(linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY).linked) == 3
    sign_offs.sign_off(actor=COA, household=names[0], on=TODAY, today=TODAY)
    return proposal


@contextmanager
def asked_by(actor: Actor) -> Iterator[None]:
    with scope.within(scope.scope_of(actor)):
        yield


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - a name of our own list
        return int(cursor.fetchone()[0])


def test_every_table_is_classified() -> None:
    assert set(connection.introspection.table_names()) == set(tables()), (
        "give every table a row in store/tables.toml"
    )


def test_the_database_holds_exactly_the_policies_of_the_matrix() -> None:
    with connection.cursor() as cursor:
        held = held_policies(cursor)
        cursor.execute("select relname from pg_class where relrowsecurity")
        secured = {str(row[0]) for row in cursor.fetchall()}
    assert held == {(policy.table, policy.name) for policy in wanted_policies()}
    assert secured == set(PEOPLE)


@pytest.mark.parametrize("table", PEOPLE)
def test_whoever_is_nobody_sees_nothing(linked: int, table: str) -> None:
    with asked_by(ANYONE):
        assert count(table) == 0
    assert linked


@pytest.mark.parametrize("who", ROLES, ids=lambda who: who.role)
def test_rows_show_exactly_where_the_matrix_lets_a_role_see(linked: int, who: Actor) -> None:
    def sees(place: Place) -> bool:
        return any(decide(who, action, place).allowed for action in ("see-linked-household", "see-proposal"))

    unlinked = [HouseholdId(f"PE-{number:06d}") for number in (4, 5, 6)]
    expected = {name for name, code in LINKED.items() if sees(place_of(code))}
    expected |= set(unlinked) if sees(Place()) else set()
    with asked_by(who):
        assert set(HouseholdRow.objects.values_list("identifier", flat=True)) == expected
        assert set(MemberRow.objects.values_list("household_id", flat=True)) == expected
        assert set(LinkRow.objects.values_list("household", flat=True)) == expected & set(LINKED)
        assert SignOffRow.objects.count() == ("PE-000001" in expected)
        sees_journal = decide(who, "see-journal", Place()).allowed
        assert (JournalRow.objects.count() > 0) == sees_journal
        sees_proposals = decide(who, "see-proposal", Place()).allowed
        assert all(
            (count(table) > 0) == sees_proposals for table in ("store_proposalrow", "store_proposedlinkrow")
        )
    assert linked


@pytest.mark.parametrize("who", ROLES, ids=lambda who: who.role)
def test_a_role_adds_and_removes_only_what_the_matrix_lets_it(linked: int, who: Actor) -> None:
    link = LinkRow.objects.get(household="PE-000002")
    values = {"household": "PE-000099", "step": 1, "kind": "linked", "municipality": UTRECHT, "persons": 1}
    values |= {"half_year": link.half_year, "on": TODAY, "reasons": [], "decided_by": who.name}
    with asked_by(who):
        if decide(who, "confirm-link", Place()).allowed:
            assert LinkRow.objects.create(**values).pk
        else:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                LinkRow.objects.create(**values)
        gone, changed = (4, 1) if decide(who, "change-household", Place()).allowed else (0, 0)
        assert MemberRow.objects.filter(household_id="PE-000004").delete()[0] == gone
        assert HouseholdRow.objects.filter(identifier="PE-000004").update(persons=9) == changed
    assert linked


def test_a_municipality_loses_sight_when_the_link_ends(linked: int) -> None:
    with asked_by(OF_UTRECHT):
        assert HouseholdRow.objects.filter(identifier="PE-000002").exists()
    linking.undo(actor=COA, household=HouseholdId("PE-000002"), why="changed", today=TODAY)
    with asked_by(OF_UTRECHT):
        assert not HouseholdRow.objects.filter(identifier="PE-000002").exists()
    assert linked


def test_nobody_writes_in_the_journal_under_another_name(linked: int) -> None:
    with asked_by(OF_UTRECHT):
        journal.write(OF_UTRECHT, "swap", "GM0344")
        assert JournalRow.objects.count() == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            journal.write(COA, "swap", "GM0344")
    assert linked


def test_what_is_only_added_may_not_even_be_asked_to_change(linked: int) -> None:
    with asked_by(COA), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LinkRow.objects.update(persons=1)
    assert linked


def test_counts_see_the_country_and_hand_the_scope_back(linked: int) -> None:
    @scope.counts
    def everybody() -> int:
        return HouseholdRow.objects.count()

    with asked_by(OF_ISLAND):
        assert everybody() == 6
        assert HouseholdRow.objects.count() == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            scope.counts(lambda: journal.write(OF_ISLAND, "swap", "GM0060"))()
        assert HouseholdRow.objects.count() == 1
    assert everybody() == linked * 0 + 6


def test_work_of_the_service_itself_sees_and_changes_everything(linked: int) -> None:
    with scope.whole("erasure"):
        assert HouseholdRow.objects.filter(identifier="PE-000006").update(persons=8) == 1
        assert HouseholdRow.objects.count() == 6
    assert linked


def test_a_scope_survives_no_rollback_and_outlives_no_block(linked: int) -> None:
    with asked_by(OF_ISLAND):
        with transaction.atomic():
            assert HouseholdRow.objects.count() == 1
            transaction.set_rollback(True)
        assert HouseholdRow.objects.count() == 1
        with asked_by(OF_UTRECHT):
            assert HouseholdRow.objects.count() == 2
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select 1/0")
        assert HouseholdRow.objects.count() == 1
        assert len(list(HouseholdRow.objects.iterator())) == 1
    assert HouseholdRow.objects.count() == 6
    assert linked


def test_values_reach_a_statement_as_they_are(linked: int) -> None:
    odd = Actor("o'neill 100%s", Role.COA)
    with asked_by(odd), connection.cursor() as cursor:
        cursor.execute("select current_setting('eenthuis.actor'), %s, '%%'", ["x%"])
        assert cursor.fetchone() == (odd.name, "x%", "%")
        cursor.execute("select current_setting('eenthuis.actor'), '%'")
        assert cursor.fetchone() == (odd.name, "%")
        journal.write(odd, "look", "x")
        assert JournalRow.objects.filter(subject="x").count() == 1
    assert linked


ASKED = "select current_setting('eenthuis.role', true), current_user::text"


def test_a_connection_that_is_used_again_has_nothing_on_it() -> None:
    other = connection.copy()
    owner, pages = str(connection.settings_dict["USER"]), str(settings.APPLICATION_ROLE)

    def bare() -> tuple[str, str]:
        with other.connection.cursor() as untold:
            role, user = untold.execute(ASKED).fetchone()
        return role or "", user

    try:
        with asked_by(COA), other.cursor() as cursor:
            cursor.execute(ASKED)
            assert cursor.fetchone() == ("coa", pages)
            assert bare() == ("", owner)
            cursor.executemany("select %s", [(1,), (2,)])
            assert bare() == ("", owner)
            with pytest.raises(DatabaseError):
                cursor.execute("select 1/0")
            assert bare() == ("", owner)
            with other.chunked_cursor() as held:
                held.execute(ASKED)
                assert held.fetchone() == ("coa", pages)
            assert bare() == ("", owner)
            other.set_autocommit(autocommit=False)
            cursor.execute(ASKED)
            assert bare() == ("coa", pages)
            other.rollback()
            other.set_autocommit(autocommit=True)
            assert bare() == ("", owner)
        with asked_by(OF_ISLAND), other.cursor() as cursor:
            cursor.execute(ASKED)
            assert cursor.fetchone() == ("municipality", pages)
        with other.cursor() as cursor:
            cursor.execute(ASKED)
            assert cursor.fetchone() in {(None, owner), ("", owner)}
    finally:
        other.close()


def test_the_role_of_the_pages_can_go_round_nothing(linked: int) -> None:
    own = connection.settings_dict
    where = postgres.Address(own["HOST"], str(own["PORT"]), own["NAME"], str(settings.APPLICATION_ROLE), "")
    assert postgres.ways_round(where) == ()
    assert postgres.ways_round(postgres.Address(where.host, where.port, where.name, own["USER"], ""))
    with where.connect() as bare:
        assert bare.execute("select count(*) from store_householdrow").fetchone() == (0,)
        for attempt in (
            f"set role {own['USER']}",
            "alter table store_linkrow disable row level security",
            "truncate store_journalrow",
            "create table loot (x text)",
            "update django_migrations set name = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(attempt)
    assert linked


def test_securing_again_changes_nothing_and_mends_what_was_taken_away() -> None:
    with connection.cursor() as cursor:
        before = held_policies(cursor)
        table, name = min(before)
        cursor.execute(f"drop policy {name} on {table}")
        cursor.execute(f"create policy eenthuis_read_stale on {table} for select using (true)")
        secure()
        assert held_policies(cursor) == before
        secure()
        assert held_policies(cursor) == before


def test_a_policy_without_a_place_lets_no_one_in_for_its_own_place() -> None:
    bare = Table("store_x", "people", read=("see-linked-household",))
    assert "municipality" not in policies(bare)[0].statement
    placed = Table(
        "store_x", "people", read=("see-linked-household",), columns={"municipality": "municipality"}
    )
    assert "and municipality = " in policies(placed)[0].statement


@pytest.mark.parametrize(
    "row",
    [
        {"holds": "secrets"},
        {"holds": "people", "read": ["look-around"]},
        {"holds": "people", "colour": "red"},
    ],
    ids=["kind", "action", "key"],
)
def test_a_malformed_row_does_not_load(row: dict[str, str | list[str]]) -> None:
    with pytest.raises(SetupError, match="store_x"):
        _table("store_x", row)


def test_a_province_is_given_all_its_municipalities() -> None:
    who = Actor("provincie", Role.PROVINCE, None, ProvinceCode("PV26"))
    assert MunicipalityCode("GM0344") in scope.scope_of(who).province.split(",")
    assert MunicipalityCode("GM0060") not in scope.scope_of(who).province.split(",")
