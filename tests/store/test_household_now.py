"""Where each household stands now is kept by the database itself, and is what its steps say."""

from __future__ import annotations

import pytest
from django.db import connection
from small_country import COA, TODAY, UTRECHT, household

from eenthuis.services import linking, sign_offs
from eenthuis.store import people
from eenthuis.store.models import HouseholdNowRow, HouseholdRow, LinkRow, SignOffRow
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")


def now(name: HouseholdId) -> HouseholdNowRow:
    return HouseholdNowRow.objects.get(household=name)


def from_the_steps() -> dict[str, tuple[str, bool]]:
    """Return link in force and sign-off of every household, worked out from all steps there are."""
    linked = {
        row.household: row.municipality
        for row in LinkRow.objects.filter(kind="linked", replaced_by__isnull=True)
    }
    gone = set(
        SignOffRow.objects.filter(kind="signed-off", replaced_by__isnull=True).values_list(
            "household", flat=True
        )
    )
    names = {*HouseholdRow.objects.values_list("identifier", flat=True), *linked}
    return {name: (linked.get(name, ""), name in gone) for name in names}


def kept() -> dict[str, tuple[str, bool]]:
    return {row.household: (row.municipality, row.is_signed_off) for row in HouseholdNowRow.objects.all()}


def test_every_step_is_followed_at_once(proposal: int) -> None:
    assert kept() == from_the_steps()
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    assert kept() == from_the_steps()
    assert (now(ONE).municipality, now(ONE).linked_on, now(ONE).proposal) == (UTRECHT, TODAY, proposal)
    assert (now(ONE).decided_by, now(ONE).region, now(ONE).is_signed_off) == (
        COA.name,
        "flevoland-utrecht-noord-holland",
        False,
    )
    linking.undo(actor=COA, household=ONE, why="found a home", today=TODAY)
    assert (now(ONE).link, now(ONE).municipality, now(ONE).linked_on) == (None, "", None)
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert now(ONE).is_signed_off
    assert kept() == from_the_steps()


def test_a_withdrawn_sign_off_counts_no_more(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    signed = SignOffRow.objects.get()
    SignOffRow.objects.create(
        household=ONE,
        step=2,
        kind="withdrawn",
        link=signed.link,
        municipality=signed.municipality,
        half_year=signed.half_year,
        persons=1,
        on=TODAY,
        why="by mistake",
        replaces=signed,
        decided_by=COA.name,
    )
    assert not now(ONE).is_signed_off
    assert kept() == from_the_steps()


def test_a_household_that_changes_or_leaves_the_tables_is_followed(proposal: int) -> None:
    assert proposal
    people.save_households([household(99, 3)])
    new = HouseholdId("PE-000099")
    assert (now(new).persons, now(new).permit_on) == (3, household(99, 3).permit_on)
    HouseholdRow.objects.filter(identifier=new).update(region="noord-brabant-limburg", persons=4)
    assert (now(new).region, now(new).persons) == ("noord-brabant-limburg", 4)
    HouseholdRow.objects.filter(identifier=new).delete()
    assert (now(new).permit_on, now(new).region) == (None, "")


def test_what_is_rolled_back_leaves_nothing(proposal: int) -> None:
    from eenthuis.services.bulk_work import rehearse_confirm

    rehearse_confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    assert now(ONE).link is None


def test_a_page_of_work_reads_no_more_than_it_shows(proposal: int) -> None:
    """Both lists begin in an index that holds open work alone, so the past does not slow them."""
    assert proposal
    with connection.cursor() as cursor:
        cursor.execute("select indexdef from pg_indexes where indexname in ('now_to_link', 'now_to_house')")
        said = " ".join(row[0] for row in cursor.fetchall())
    assert said.count("WHERE ((NOT is_signed_off)") == 2
