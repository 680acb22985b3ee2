"""Plans of sessions: asked for, made by a worker, stopped, confirmed once, and only for whom it still holds."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from small_country import AUDITOR, CENTRE, COA, OF_UTRECHT, TODAY

from eenthuis.services import document_plan_work as work
from eenthuis.services.document_plans import (
    ask_plan,
    confirm_plan,
    list_plans,
    read_plan,
    stop_plan,
)
from eenthuis.services.document_sessions import list_sessions, read_session
from eenthuis.services.document_steps import Seen
from eenthuis.services.documents import DocumentFacts, signal_documents, withdraw_document
from eenthuis.store import document_plans, documents
from eenthuis.store.document_models import DocumentPlanRow
from eenthuis.store.models import JournalRow
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
IND = Actor("ind", Role.IND)
FACTS = DocumentFacts(
    number="",
    household=HouseholdId("PE-000002"),
    ready_on=TODAY - timedelta(days=20),
    born_on=date(1990, 5, 1),
    photo_on=TODAY - timedelta(days=20),
    fingerprints_on=TODAY - timedelta(days=20),
    has_citizen_number=True,
    has_address=True,
)


@pytest.fixture
def waiting(proposal: int) -> tuple[DocumentNumber, ...]:
    """Return the documents of two households that wait, one of which lacks a photo."""
    assert proposal
    alone = replace(FACTS, household=HouseholdId("PE-000001"))
    return signal_documents(
        actor=IND, signalled=[FACTS, replace(FACTS, born_on=date(1991, 2, 3)), replace(alone, photo_on=None)],
        today=TODAY,
    )  # fmt: skip


def made(staff: int = 4, vans: int = 1) -> int:
    with within(scope_of(IND)):
        number = ask_plan(actor=IND, staff=staff, vans=vans, today=TODAY)
    assert work.work_once("worker") == number
    return number


def test_a_plan_is_made_and_confirmed_once(waiting: tuple[DocumentNumber, ...]) -> None:
    number = made()
    page = read_plan(actor=AUDITOR, number=number)
    found = page.found
    assert found is not None
    assert (page.state, found.people, found.not_planned) == ("done", 2, {"not-ready": 1})
    assert found.bound <= found.cost
    (session,) = found.sessions
    assert (session.session.centre, session.people, session.is_new) == (CENTRE.code, 2, True)
    assert found.measures["people"] == 2
    assert list_sessions(actor=IND, today=TODAY) == ()
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (2, 0)
    (line,) = list_sessions(actor=COA, today=TODAY)
    assert line.taken == 2
    day = read_session(actor=COA, centre=CENTRE.code, day=line.session.day, today=TODAY)
    assert {one.line.number for one in day.places} == set(waiting[:2])
    with pytest.raises(StateError, match="STA-01"):
        confirm_plan(actor=IND, number=number, today=TODAY)
    assert JournalRow.objects.filter(action="confirm-plan").count() == 1
    again = read_plan(actor=IND, number=made())
    assert again.found is not None
    assert again.found.people == 0


def test_who_no_longer_waits_is_left_out(waiting: tuple[DocumentNumber, ...]) -> None:
    number = made()
    held = documents.held(waiting[0])
    assert held is not None
    withdraw_document(actor=IND, seen=Seen(waiting[0], held.step), why="nieuwe kaart", today=TODAY)
    assert confirm_plan(actor=IND, number=number, today=TODAY) == (1, 1)
    kept = documents.held(waiting[1])
    assert kept is not None
    assert kept.state is DocumentState.INVITED


@pytest.mark.parametrize(("staff", "vans", "column"), [(0, 1, "staff"), (201, 1, "staff"), (4, 0, "vans")])
def test_numbers_out_of_range_are_refused(staff: int, vans: int, column: str) -> None:
    with pytest.raises(InputError, match=f"INP-06.*{column}"):
        ask_plan(actor=IND, staff=staff, vans=vans, today=TODAY)
    assert not DocumentPlanRow.objects.exists()


def test_one_plan_is_made_at_a_time_and_can_be_stopped(waiting: tuple[DocumentNumber, ...]) -> None:
    assert waiting
    first = ask_plan(actor=IND, staff=4, vans=1, today=TODAY)
    assert ask_plan(actor=IND, staff=8, vans=2, today=TODAY) == first
    stop_plan(actor=IND, number=first)
    assert read_plan(actor=IND, number=first).state == "withdrawn"
    assert work.work_once("worker") is None
    second = ask_plan(actor=IND, staff=4, vans=1, today=TODAY)
    ending = threading.Event()
    ending.set()
    assert work.work_once("worker", ending) == second
    assert read_plan(actor=IND, number=second).state == "waiting"
    assert document_plans.claim("worker") is not None
    stop_plan(actor=IND, number=second)
    assert not document_plans.beat(second, "worker", 1, 12)
    assert [one.number for one in list_plans(actor=COA)] == [second, first]


@pytest.mark.parametrize("actor", [COA, AUDITOR, OF_UTRECHT])
def test_only_the_ind_asks_and_confirms(waiting: tuple[DocumentNumber, ...], actor: Actor) -> None:
    assert waiting
    with pytest.raises(AccessError, match="ACC-01"):
        ask_plan(actor=actor, staff=4, vans=1, today=TODAY)
    with pytest.raises(AccessError, match="ACC-01"):
        confirm_plan(actor=actor, number=1, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        read_plan(actor=IND, number=999)
