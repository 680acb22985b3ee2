"""What the desks of administrator and auditor say of the journal, of deliveries, and of the account for emergencies."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from small_country import AUDITOR, COA, TODAY

from eenthuis.services import administering
from eenthuis.services.break_glass import break_glass, seal_account
from eenthuis.services.demonstration import ACCOUNTS, MORE_ACCOUNTS
from eenthuis.services.desks import read_desk
from eenthuis.services.journal_watch import verify_due
from eenthuis.store import accounts, journal
from eenthuis.store.delivery_models import DeliveryRow
from eenthuis.store.journal_models import VerificationRow
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import LinkingRegion

pytestmark = pytest.mark.django_db
ONE, TWO = Actor("beheer-een", Role.ADMINISTRATOR), Actor("beheer-twee", Role.ADMINISTRATOR)
WATCHERS = (ONE, AUDITOR)


@pytest.fixture(autouse=True)
def filled(proposal: int) -> None:
    assert proposal
    for who in (COA, ONE, TWO, AUDITOR):
        accounts.save_account(who, None)
    journal.write(COA, "confirm-link", "household PE-000001")


def tasks(who: Actor) -> dict[str, str]:
    """Return the name that each task of a desk carries, by code."""
    return {task.code: task.name for task in read_desk(actor=who, today=TODAY).tasks}


def figures(who: Actor) -> dict[str, int]:
    return {figure.code: figure.count for figure in read_desk(actor=who, today=TODAY).figures}


def spoil(statement: str) -> None:
    """Change the journal as nobody may: with its guard taken away."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table in ("store_journalrow", "store_journalchainrow"):
            cursor.execute(f"alter table {table} disable trigger only_added")
        cursor.execute(statement)
        for table in ("store_journalrow", "store_journalchainrow"):
            cursor.execute(f"alter table {table} enable trigger only_added")


@pytest.mark.parametrize("who", WATCHERS, ids=lambda who: who.role)
def test_the_journal_is_verified_once_a_day_and_the_desk_says_so(who: Actor) -> None:
    assert "journal-unverified" in tasks(who)
    assert verify_due(TODAY).endswith(" lines")
    assert not verify_due(TODAY), "once a day is enough"
    assert not {"journal-unverified", "journal-broken"} & set(tasks(who))
    assert figures(who)["journal-lines"] == JournalRow.objects.count()
    assert verify_due(TODAY + timedelta(days=1))
    assert VerificationRow.objects.count() == 2


@pytest.mark.parametrize("who", WATCHERS, ids=lambda who: who.role)
def test_a_line_that_was_changed_shows_on_the_desk_with_its_number(who: Actor) -> None:
    line = JournalRow.objects.latest("id").pk
    spoil(f"update store_journalrow set why = 'forged' where id = {line}")  # noqa: S608 - a number of our own
    assert verify_due(TODAY).startswith(f"broken at line {line}")
    assert tasks(who)["journal-broken"] == str(line)
    assert "journal-lines" not in figures(who)


def test_lines_cut_from_the_end_show_against_the_day_before() -> None:
    verify_due(TODAY - timedelta(days=1))
    line = JournalRow.objects.latest("id").pk
    spoil(
        f"delete from store_journalchainrow where line_id = {line}; delete from store_journalrow where id = {line}"  # noqa: S608 - a number of our own
    )
    assert "broken" in verify_due(TODAY)
    assert "journal-broken" in tasks(AUDITOR)


def test_failed_deliveries_and_an_open_seal_show_to_both() -> None:
    assert not {"deliveries-failed", "glass-broken", "grant-waiting"} & set(tasks(ONE))
    seal_account(name="nood")
    break_glass(user_id=accounts.user_id("nood") or 0, name="nood", today=TODAY)
    moment = timezone.now()
    overview = {"user_id": accounts.user_id("coa"), "day": TODAY, "next_at": moment, "made_at": moment}
    DeliveryRow.objects.create(event=uuid4(), state="failed", **overview)
    for who in WATCHERS:
        assert "glass-broken" in tasks(who)
    assert "deliveries-failed" in tasks(ONE)
    assert "deliveries-failed-elsewhere" in tasks(AUDITOR)


def test_a_role_that_was_asked_waits_on_the_desk_of_the_other() -> None:
    wanted = administering.AccountWanted("coa", "administrator")
    administering.change_role(actor=ONE, wanted=wanted, why="versterking")
    assert "grant-waiting" not in tasks(ONE)
    assert "grant-waiting" in tasks(TWO)


def test_the_demonstration_has_a_lead_in_each_region_and_two_administrators() -> None:
    regions = [who.region for who in MORE_ACCOUNTS if who.region]
    assert sorted(regions) == sorted(LinkingRegion)
    assert sum(who.role is Role.ADMINISTRATOR for who in (*ACCOUNTS, *MORE_ACCOUNTS)) == 2
    assert len({who.name for who in (*ACCOUNTS, *MORE_ACCOUNTS)}) == len(ACCOUNTS) + len(MORE_ACCOUNTS)
