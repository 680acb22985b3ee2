"""Plans made again: what can stay stays, who moved gets another appointment, and one confirmation does all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from small_country import CENTRE, COA, TODAY

from eenthuis.services import document_plan_work as work
from eenthuis.services.document_inviting import invite_to_session
from eenthuis.services.document_plan_changes import PlanChanged
from eenthuis.services.document_plans import ask_plan, confirm_plan, read_changes_of, read_plan
from eenthuis.services.document_sessions import hand_made, list_sessions, make_session
from eenthuis.services.document_steps import Seen
from eenthuis.services.documents import DocumentFacts, change_document, signal_documents
from eenthuis.services.way import change_centre
from eenthuis.store import documents as stored
from eenthuis.store import people
from eenthuis.store.document_models import ResidenceDocumentRow
from eenthuis.store.documents import HeldDocument
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, WhyChanged
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.people import CentreCode, HouseholdId, ReceptionCentre
from eenthuis.terms.places import MunicipalityCode

pytestmark = pytest.mark.django_db
IND = Actor("ind", Role.IND)
ONE, PAIR, THIRD = (HouseholdId(f"PE-00000{number}") for number in (1, 2, 3))
OTHER = ReceptionCentre(CentreCode("OL-002"), "Opvanglocatie Elders", MunicipalityCode("GM0363"), 90)
FACTS = DocumentFacts(
    number="",
    household=ONE,
    ready_on=TODAY - timedelta(days=20),
    born_on=date(1990, 5, 1),
    photo_on=TODAY - timedelta(days=20),
    fingerprints_on=TODAY - timedelta(days=20),
    has_citizen_number=True,
    has_address=True,
)


def held(number: DocumentNumber) -> HeldDocument:
    found = stored.held(number)
    assert found is not None
    return found


def made(*, is_again: bool, staff: int = 4) -> int:
    with within(scope_of(IND)):
        number = ask_plan(actor=IND, staff=staff, vans=1, today=TODAY, is_again=is_again)
    assert work.work_once("worker") == number
    assert read_plan(actor=IND, number=number).state == "done"
    return number


def changed_by(number: int) -> PlanChanged:
    changed = read_plan(actor=IND, number=number).changed
    assert changed is not None
    return changed


def move(household: HouseholdId) -> None:
    with within(scope_of(COA)):
        change_centre(actor=COA, household=household, centre=OTHER.code, on=TODAY, today=TODAY)


@pytest.fixture
def told(proposal: int) -> tuple[DocumentNumber, ...]:
    """Return the documents of one person and of a pair, all told an appointment at one session by a plan."""
    assert proposal
    people.save_centres([OTHER])
    pair = [replace(FACTS, household=PAIR), replace(FACTS, household=PAIR, born_on=date(1991, 2, 3))]
    numbers = signal_documents(actor=IND, signalled=[FACTS, *pair], today=TODAY)
    assert confirm_plan(actor=IND, number=made(is_again=False), today=TODAY) == (3, 0)
    return numbers


def test_where_nothing_changed_nothing_changes(told: tuple[DocumentNumber, ...]) -> None:
    assert told
    steps = ResidenceDocumentRow.objects.count()
    number = made(is_again=True)
    changed = changed_by(number)
    assert (changed.kept, changed.invitations, changed.lost, changed.given_up) == (3, 0, 0, ())
    assert changed.cost == changed.nothing_cost
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (0, 0)
    assert ResidenceDocumentRow.objects.count() == steps


def test_who_moved_gets_another_appointment_and_the_others_keep_theirs(
    told: tuple[DocumentNumber, ...],
) -> None:
    one, *pair = told
    before = [held(number) for number in pair]
    move(ONE)
    (new,) = signal_documents(actor=IND, signalled=[replace(FACTS, household=THIRD)], today=TODAY)
    number = made(is_again=True)
    changed = changed_by(number)
    assert (changed.kept, changed.moved, changed.lost, changed.first, changed.invitations) == (2, 1, 0, 1, 2)
    (change,) = changed.changes
    assert (change.number, change.household, change.why) == (one, ONE, WhyChanged.MOVED_CENTRE)
    assert change.before is not None
    assert change.now is not None
    assert (change.before.centre_name, change.now.centre_name) == (CENTRE.name, OTHER.name)
    assert change.now.begins == "09:30"
    assert changed.bound <= changed.cost < changed.nothing_cost
    assert changed.earlier is not None
    assert changed.earlier.bound <= changed.earlier.cost
    assert read_changes_of(actor=COA, number=number) == changed
    assert held(one).state is DocumentState.TO_RESCHEDULE
    with pytest.raises(AccessError, match="ACC-01"):
        confirm_plan(actor=COA, number=number, today=TODAY)
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (2, 0)
    assert [held(each) for each in pair] == before
    now = held(one)
    assert now.state is DocumentState.INVITED
    assert now.place is not None
    assert (now.place.centre, now.place.day) == (OTHER.code, change.now.day)
    assert held(new).state is DocumentState.INVITED


def test_a_session_that_everybody_left_is_given_up(told: tuple[DocumentNumber, ...]) -> None:
    move(ONE)
    move(PAIR)
    number = made(is_again=True)
    changed = changed_by(number)
    (gone,) = changed.given_up
    assert gone[0] == CENTRE.name
    assert (changed.kept, changed.moved) == (0, 3)
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (3, 0)
    assert {line.session.centre for line in list_sessions(actor=IND, today=TODAY)} == {OTHER.code}
    assert {held(one).state for one in told} == {DocumentState.INVITED}


def test_who_was_invited_meanwhile_stops_a_session_from_being_given_up(
    told: tuple[DocumentNumber, ...],
) -> None:
    move(ONE)
    move(PAIR)
    number = made(is_again=True)
    (new,) = signal_documents(actor=IND, signalled=[replace(FACTS, household=THIRD)], today=TODAY)
    (line,) = list_sessions(actor=IND, today=TODAY)
    invite_to_session(actor=IND, centre=CENTRE.code, day=line.session.day, seen=[Seen(new)], today=TODAY)
    steps = ResidenceDocumentRow.objects.count()
    with pytest.raises(StateError, match="STA-07"):
        confirm_plan(actor=IND, number=number, today=TODAY)
    assert ResidenceDocumentRow.objects.count() == steps
    assert held(told[0]).state is DocumentState.TO_RESCHEDULE
    assert read_plan(actor=IND, number=number).confirmed_by == ""


def test_an_appointment_on_which_the_document_cannot_be_had_is_let_go(
    told: tuple[DocumentNumber, ...],
) -> None:
    one = held(told[0])
    too_old = replace(FACTS, number=told[0], photo_on=date(2025, 9, 4))
    change_document(actor=IND, seen=Seen(told[0], one.step), facts=too_old, why="oude foto", today=TODAY)
    number = made(is_again=True)
    changed = changed_by(number)
    (change,) = changed.changes
    assert (change.why, change.now, changed.lost, changed.kept) == (WhyChanged.NOT_READY_THEN, None, 1, 2)
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (0, 0)
    after = held(told[0])
    assert (after.kind, after.state) == (DocumentStep.REPLANNED, DocumentState.TO_RESCHEDULE)
    assert after.why == f"plan {number}"
    again = changed_by(made(is_again=True))
    assert [one.why for one in again.changes] == [WhyChanged.NOT_READY_THEN] * again.lost


def test_too_little_staff_gives_sessions_up(told: tuple[DocumentNumber, ...]) -> None:
    number = made(is_again=True, staff=1)
    changed = changed_by(number)
    assert (changed.kept, changed.lost, len(changed.given_up)) == (0, 3, 1)
    assert {one.why for one in changed.changes} == {WhyChanged.SESSION_FELL_OUT}
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (0, 0)
    assert {held(one).state for one in told} == {DocumentState.TO_RESCHEDULE}
    assert list_sessions(actor=IND, today=TODAY) == ()


def test_a_session_that_a_person_made_stands_whatever_the_day(proposal: int) -> None:
    assert proposal
    (number,) = signal_documents(actor=IND, signalled=[FACTS], today=TODAY)
    saturday = TODAY + timedelta(days=11)
    assert saturday.weekday() == 5
    for day in (saturday, saturday + timedelta(days=7)):
        by_hand = hand_made(
            centre=CENTRE.code, day=day, team="Reisteam", staff=2, counters=1, slots=6, first_slot=time(9, 30),
            minutes=10,
        )  # fmt: skip
        make_session(actor=IND, session=by_hand, today=TODAY)
    invite_to_session(actor=IND, centre=CENTRE.code, day=saturday, seen=[Seen(number)], today=TODAY)
    again = made(is_again=True)
    assert (changed_by(again).kept, changed_by(again).given_up) == (1, ())
    assert confirm_plan(actor=IND, number=again, today=TODAY) == (0, 0)
    assert len(list_sessions(actor=IND, today=TODAY)) == 2
    one = held(number)
    too_old = replace(FACTS, number=number, photo_on=date(2025, 9, 4))
    change_document(actor=IND, seen=Seen(number, one.step), facts=too_old, why="oude foto", today=TODAY)
    changed = changed_by(made(is_again=True))
    assert (changed.kept, changed.lost, len(changed.given_up)) == (0, 1, 1)
