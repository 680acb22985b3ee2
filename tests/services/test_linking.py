"""Proposing, confirming, undoing and signing off; and who may see whom."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from small_country import (
    AUDITOR,
    COA,
    HALF_YEAR,
    ISLAND,
    MINISTRY,
    OF_ISLAND,
    OF_UTRECHT,
    TODAY,
    UTRECHT,
)

from eenthuis.services import linking, proposing, room, sign_offs
from eenthuis.services.balances import standing
from eenthuis.services.composing import publish
from eenthuis.services.journal import read_journal
from eenthuis.services.linking import Refusal
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.read_models import WorkspaceFilter
from eenthuis.services.workspace import read_household, read_workspace
from eenthuis.store.models import HouseholdRow, JournalRow, LinkRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.journal import JournalFilter
from eenthuis.terms.linking import Wishes
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR, FIVE, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in range(1, 7))


def confirm(proposal: int, *names: HouseholdId) -> linking.ConfirmOutcome:
    return linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY)


def test_a_confirmed_household_shows_on_the_page_and_in_the_room_of_its_municipality(proposal: int) -> None:
    before = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY).row
    outcome = confirm(proposal, ONE, TWO)
    assert [link.household for link in outcome.linked] == [ONE, TWO]
    after = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert after.row.linked == before.linked + 3
    assert after.row.open_people == before.open_people - 3
    assert after.links is not None
    assert {link.household for link in after.links} == {ONE, TWO}
    assert {link.reasons[0].code for link in after.links} == {"soft:region"}


def test_each_household_is_linked_whole_or_refused_with_its_reason(proposal: int) -> None:
    confirm(proposal, ONE)
    outcome = confirm(proposal, ONE, THREE, FOUR, FIVE, SEVEN, HouseholdId("PE-999999"))
    assert [link.household for link in outcome.linked] == [THREE, FOUR]
    assert {one.household: one.reason for one in outcome.refused} == {
        ONE: Refusal.ALREADY_LINKED,
        FIVE: Refusal.NO_ROOM,
        SEVEN: Refusal.NOT_PROPOSED,
        HouseholdId("PE-999999"): Refusal.NOT_IN_PROPOSAL,
    }


def test_choosing_a_household_twice_links_it_once(proposal: int) -> None:
    assert len(confirm(proposal, ONE, ONE).linked) == 1


def test_an_undone_link_stays_in_the_history_and_the_household_can_be_linked_again(proposal: int) -> None:
    confirm(proposal, ONE)
    assert linking.undo(actor=COA, household=ONE, why="found a home", today=TODAY) == UTRECHT
    assert len(confirm(proposal, ONE).linked) == 1
    steps = read_household(actor=COA, identifier=ONE, today=TODAY).steps
    assert [(step.kind, step.why) for step in steps] == [
        ("linked", ""),
        ("ended", "found a home"),
        ("linked", ""),
    ]
    assert LinkRow.objects.count() == 3


def test_an_undo_needs_a_reason_and_a_link(proposal: int) -> None:
    confirm(proposal, ONE)
    with pytest.raises(InputError, match="INP-04"):
        linking.undo(actor=COA, household=ONE, why="  ", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        linking.undo(actor=COA, household=TWO, why="reason", today=TODAY)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="signed off"):
        linking.undo(actor=COA, household=ONE, why="reason", today=TODAY)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2025, 1, 1)])
def test_a_sign_off_lies_between_the_link_and_today(proposal: int, day: date) -> None:
    confirm(proposal, ONE)
    with pytest.raises(StateError, match="STA-01"):
        sign_offs.sign_off(actor=COA, household=ONE, on=day, today=TODAY)


def test_a_household_is_signed_off_once_and_only_when_linked(proposal: int) -> None:
    with pytest.raises(StateError, match="no link"):
        sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    confirm(proposal, ONE)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="already"):
        sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert confirm(proposal, ONE).refused[0].reason is Refusal.SIGNED_OFF


def test_the_engine_proposes_within_the_room_and_links_nobody(proposal: int) -> None:
    assert proposal
    made = proposing.propose(actor=COA, today=TODAY)
    page = read_workspace(actor=COA, today=TODAY, chosen=WorkspaceFilter(state=""))
    assert page.proposal is not None
    assert page.proposal.identifier == made
    assert page.proposal.proof.linked == page.count == 6
    assert page.proposal.proof.bound >= page.proposal.proof.objective
    assert not LinkRow.objects.exists()


def test_open_places_carry_the_pace_of_the_law_book(proposal: int) -> None:
    confirm(proposal, ONE, TWO)
    where = standing(HALF_YEAR, TODAY)
    at = next(one for one in room.open_places(where, TODAY, {UTRECHT: 5}) if one.municipality == UTRECHT)
    goal = where.corrected[UTRECHT]
    assert at.persons == where.open_people(UTRECHT) - 5
    assert at.promised is not None
    assert at.promised.people_a_month == goal.pace_per_month == Fraction(goal.people, 6)
    assert at.promised.until in {date(2026, 4, 1), date(2026, 7, 1)}
    months = 3 if at.promised.until == date(2026, 4, 1) else 6
    assert at.promised.people == goal.pace_per_month * months
    assert at.promised.already == where.realised.get(UTRECHT, 0) + 3


def test_room_is_kept_for_relatives_of_who_is_linked_until_the_link_ends(proposal: int) -> None:
    until = HALF_YEAR.last_day
    HouseholdRow.objects.filter(identifier=ONE).update(
        joining_people=4, joining_visa_granted=True, joining_expected_on=until
    )
    assert room.relatives_counted(TODAY)
    assert not room.room_reserved(until)
    outcome = confirm(proposal, ONE)
    assert outcome.linked[0].persons == 1
    assert room.room_reserved(until) == {UTRECHT: 4}
    assert room.room_reserved(until - timedelta(days=1)) == {UTRECHT: 0}
    linking.undo(actor=COA, household=ONE, why="wrong place", today=TODAY)
    assert not room.room_reserved(until)


def test_what_is_proposed_with_relatives_can_be_confirmed_as_members(proposal: int) -> None:
    assert proposal
    HouseholdRow.objects.filter(identifier=TWO).update(
        joining_people=2, joining_visa_granted=True, joining_expected_on=None
    )
    made = proposing.propose(actor=COA, today=TODAY, wishes=Wishes(within_pace=True))
    page = read_household(actor=COA, identifier=TWO, today=TODAY)
    assert page.persons == 2
    told = [reason for reason in page.reasons if reason.code == "count:joining-relatives"]
    assert [reason.values for reason in told] == [{"joining": 2}]
    assert [link.persons for link in confirm(made, TWO).linked] == [2]
    kept = JournalRow.objects.filter(action="propose").latest("id").after
    assert kept is not None
    assert (kept["joining_counted"], kept["within_pace"], kept["beyond_pace"]) == (True, True, 0)


@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, AUDITOR, ANYONE])
def test_only_coa_proposes_confirms_undoes_and_signs_off(proposal: int, actor: Actor) -> None:
    confirm(proposal, ONE)
    before = JournalRow.objects.count()
    for attempt in (
        lambda: proposing.propose(actor=actor, today=TODAY),
        lambda: linking.confirm(actor=actor, proposal=proposal, households=(TWO,), today=TODAY),
        lambda: linking.undo(actor=actor, household=ONE, why="reason", today=TODAY),
        lambda: sign_offs.sign_off(actor=actor, household=ONE, on=TODAY, today=TODAY),
    ):
        with pytest.raises(AccessError, match="ACC-01"):
            attempt()
    assert JournalRow.objects.count() == before


def test_a_household_out_of_reach_answers_like_one_that_does_not_exist(proposal: int) -> None:
    confirm(proposal, ONE)
    assert read_household(actor=OF_UTRECHT, identifier=ONE, today=TODAY).household == ONE
    said = set()
    for actor, name in (
        (OF_ISLAND, ONE),
        (OF_UTRECHT, TWO),
        (ANYONE, ONE),
        (OF_ISLAND, HouseholdId("PE-999999")),
    ):
        with pytest.raises(AccessError) as refused:
            read_household(actor=actor, identifier=name, today=TODAY)
        said.add(str(refused.value))
    assert len(said) == 1
    assert "ACC-02" in said.pop()


def test_a_municipality_sees_the_reason_but_not_the_proposal_nor_earlier_links(proposal: int) -> None:
    confirm(proposal, THREE)
    linking.undo(actor=COA, household=THREE, why="elsewhere", today=TODAY)
    confirm(proposal, THREE)
    own = read_household(actor=OF_ISLAND, identifier=THREE, today=TODAY)
    assert own.proposal is None
    assert own.alternatives == ()
    assert [step.kind for step in own.steps] == ["linked"]
    assert own.reasons[0].code == "soft:region"


def test_small_counts_are_hidden_from_whoever_may_not_see_households(proposal: int) -> None:
    confirm(proposal, ONE, TWO)
    shown = read_municipality(actor=ANYONE, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert shown.links is None
    assert shown.linked_by_size == ()
    publish(actor=COA, month=TODAY.replace(day=1).replace(month=4))
    shown = read_municipality(actor=ANYONE, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert [(line.band, line.households, line.people) for line in shown.linked_by_size][:2] == [
        ("1-2", None, None),
        ("3-4", None, None),
    ]
    own = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert [line.households for line in own.linked_by_size][:3] == [1, 1, 0]
    other = read_municipality(actor=OF_ISLAND, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert other.links is None


def test_the_workspace_filters_orders_and_counts(proposal: int) -> None:
    confirm(proposal, ONE)

    def names(**chosen: str) -> list[str]:
        page = read_workspace(actor=COA, today=TODAY, chosen=WorkspaceFilter(**{"state": "", **chosen}))
        assert page.count == len(page.rows)
        return [row.household for row in page.rows]

    assert names(state="open") == [TWO, THREE, FOUR, FIVE]
    assert names(state="confirmed") == [ONE]
    assert names(state="unlinked") == [SEVEN]
    assert names(municipality=ISLAND) == [THREE, FOUR, FIVE]
    assert names(province="PV26") == [ONE, TWO]
    assert names(size="3-4") == [THREE, FOUR]
    assert names(search="00000_") == []
    assert names(search="000005") == [FIVE]
    assert names(order="-persons")[0] == SEVEN
    assert names(order="; drop table store_linkrow") == [ONE, TWO, THREE, FOUR, FIVE, SEVEN]


def test_the_journal_tells_who_did_what_and_why(proposal: int) -> None:
    confirm(proposal, ONE)
    linking.undo(actor=COA, household=ONE, why="found a home", today=TODAY)
    lines, count = read_journal(actor=AUDITOR, wanted=JournalFilter(subject=ONE))
    assert count == 2
    assert [(line.action, line.actor, line.why) for line in lines] == [
        ("undo-link", "coa", "found a home"),
        ("confirm-link", "coa", "soft:region"),
    ]
    with pytest.raises(AccessError, match="ACC-01"):
        read_journal(actor=OF_UTRECHT)
