"""Residence documents: signalled, planned by hand, handed out by one and checked by another, and moved along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from small_country import AUDITOR, CENTRE, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.services.document_handing import (
    check_handed_out,
    hand_out,
    record_no_show,
    record_wrong_details,
    refuse_check,
    take_back,
)
from eenthuis.services.document_inviting import Wanted, invite, invite_to_session
from eenthuis.services.document_moves import confirm_changes, read_changes
from eenthuis.services.document_overview import read_documents_overview
from eenthuis.services.document_sessions import (
    cancel_session,
    hand_made,
    list_sessions,
    make_session,
    read_session,
)
from eenthuis.services.document_steps import Seen
from eenthuis.services.documents import (
    DocumentFacts,
    change_document,
    list_documents,
    look_at_document,
    read_document,
    signal_documents,
    withdraw_document,
)
from eenthuis.services.erasing import erase
from eenthuis.services.linking import confirm
from eenthuis.services.sign_offs import sign_off
from eenthuis.services.way import change_centre, record_departure
from eenthuis.services.way_merging import merge_households, split_household
from eenthuis.store import documents as stored
from eenthuis.store import people
from eenthuis.store.document_models import ResidenceDocumentRow
from eenthuis.store.documents import Place
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.store.processing_models import ProcessingLogRow
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, WhyNotReady
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import CentreCode, HouseholdId, ReceptionCentre

pytestmark = pytest.mark.django_db
IND, COLLEAGUE = Actor("ind", Role.IND), Actor("ind-2", Role.IND)
PAIR, ONE = HouseholdId("PE-000002"), HouseholdId("PE-000001")
DAY = TODAY + timedelta(days=6)
OTHER = ReceptionCentre(
    CentreCode("OL-002"), "Opvanglocatie Elders", OF_ISLAND.municipality or CENTRE.municipality, 90
)
FACTS = DocumentFacts(
    number="",
    household=PAIR,
    ready_on=TODAY - timedelta(days=20),
    born_on=date(1990, 5, 1),
    photo_on=TODAY - timedelta(days=60),
    fingerprints_on=TODAY - timedelta(days=60),
    has_citizen_number=True,
    has_address=True,
)
SESSION = hand_made(
    centre=CENTRE.code,
    day=DAY,
    team="Utrecht",
    staff=4,
    counters=2,
    slots=6,
    first_slot=time(9, 30),
    minutes=10,
)


def signal(*facts: DocumentFacts) -> tuple[DocumentNumber, ...]:
    return signal_documents(
        actor=IND, signalled=facts or (FACTS, replace(FACTS, born_on=date(1991, 2, 3))), today=TODAY
    )


def seen(number: DocumentNumber) -> Seen:
    held = stored.held(number)
    assert held is not None
    return Seen(number, held.step)


def state(number: DocumentNumber) -> DocumentState:
    held = stored.held(number)
    assert held is not None
    return held.state


@pytest.fixture
def pair(proposal: int) -> tuple[DocumentNumber, ...]:
    """Return two documents of one household with an appointment in a session six days ahead."""
    assert proposal
    numbers = signal()
    make_session(actor=IND, session=SESSION, today=TODAY)
    invited = invite_to_session(
        actor=IND, centre=CENTRE.code, day=DAY, seen=[seen(one) for one in numbers], today=TODAY
    )
    assert invited == 2
    return numbers


def test_a_document_is_signalled_where_its_household_stays(proposal: int) -> None:
    assert proposal
    assert signal(FACTS, replace(FACTS, number="IND-7", household=ONE)) == ("D-0000001", "IND-7")
    page = read_document(actor=COA, number=DocumentNumber("IND-7"), today=TODAY)
    assert (page.line.held.document.centre, page.line.centre_name) == (CENTRE.code, CENTRE.name)
    assert page.line.readiness.is_ready
    assert [one.kind for one in page.steps] == [DocumentStep.SIGNALLED]
    assert JournalRow.objects.filter(action="signal-document", actor="ind").count() == 2
    assert ProcessingLogRow.objects.filter(activity="show-document", household=ONE).count() == 1
    assert signal(replace(FACTS, household=ONE)) == ("D-0000002",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "123456782"}, "INP-01"),
        ({"number": "ir-1"}, "INP-01"),
        ({"household": HouseholdId("PE-999999")}, "ACC-02"),
        ({"born_on": TODAY + timedelta(days=1)}, "INP-06"),
        ({"born_on": date(1850, 1, 1)}, "INP-06"),
        ({"photo_on": TODAY + timedelta(days=1)}, "INP-06"),
        ({"fingerprints_on": date(1980, 1, 1)}, "INP-06"),
        ({"ready_on": date(2190, 1, 1)}, "INP-06"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_taken_in(
    proposal: int, changes: dict[str, object], code: str
) -> None:
    assert proposal
    with pytest.raises((InputError, AccessError), match=code):
        signal(FACTS, replace(FACTS, **changes))  # type: ignore[arg-type]
    assert not ResidenceDocumentRow.objects.exists()


def test_a_number_is_used_once(proposal: int) -> None:
    assert proposal
    with pytest.raises(InputError, match="INP-03"):
        signal(replace(FACTS, number="IND-7"), replace(FACTS, number="IND-7"))
    signal(replace(FACTS, number="IND-7"))
    with pytest.raises(StateError, match="STA-01"):
        signal(replace(FACTS, number="IND-8"), replace(FACTS, number="IND-7"))
    assert ResidenceDocumentRow.objects.count() == 1


def test_who_cannot_be_served_yet_is_listed_with_every_reason(proposal: int) -> None:
    assert proposal
    blocked = replace(
        FACTS, has_address=False, has_citizen_number=False, photo_on=date(2025, 6, 1), fingerprints_on=None
    )
    ready, lacks = signal(FACTS, blocked)
    (line,) = list_documents(actor=IND, today=TODAY, only_blocked=True).lines
    assert line.number == lacks
    assert line.readiness.reasons == (
        WhyNotReady.NO_ADDRESS,
        WhyNotReady.NO_CITIZEN_NUMBER,
        WhyNotReady.PHOTO_TOO_OLD,
        WhyNotReady.NO_FINGERPRINTS,
    )
    overview = read_documents_overview(actor=COA, today=TODAY)
    (centre,) = overview.centres
    assert (centre.ready, centre.blocked, centre.waited) == (1, 1, 20)
    assert overview.reasons[WhyNotReady.NO_ADDRESS] == 1
    assert (overview.may_see, overview.may_plan) == (True, False)
    change_document(actor=IND, seen=seen(lacks), facts=FACTS, why="adres bekend", today=TODAY)
    assert list_documents(actor=IND, today=TODAY, only_blocked=True).count == 0
    assert state(ready) is state(lacks) is DocumentState.WAITING


@pytest.mark.parametrize("actor", [OF_UTRECHT, MINISTRY, ANYONE])
def test_who_has_no_business_with_documents_sees_none(pair: tuple[DocumentNumber, ...], actor: Actor) -> None:
    for ask in (
        lambda: read_document(actor=actor, number=pair[0], today=TODAY),
        lambda: list_documents(actor=actor, today=TODAY),
        lambda: list_sessions(actor=actor, today=TODAY),
        lambda: signal_documents(actor=actor, signalled=[FACTS], today=TODAY),
        lambda: make_session(actor=actor, session=SESSION, today=TODAY),
        lambda: hand_out(actor=actor, seen=Seen(pair[0]), today=DAY),
    ):
        with pytest.raises(AccessError, match="ACC-01"):
            ask()
    with within(scope_of(actor)):
        assert stored.listed() == ()


def test_a_municipality_sees_counts_of_its_own_and_no_small_ones(
    pair: tuple[DocumentNumber, ...], proposal: int
) -> None:
    assert pair
    confirm(actor=COA, proposal=proposal, households=(PAIR,), today=TODAY)
    own = read_documents_overview(actor=OF_UTRECHT, today=TODAY)
    assert own.centres == ()
    assert own.own is not None
    assert (own.own.planned, own.own.waiting) == (None, None)
    elsewhere = read_documents_overview(actor=OF_ISLAND, today=TODAY).own
    assert elsewhere is not None
    assert (elsewhere.waiting, elsewhere.planned, elsewhere.handed_out) == (0, 0, 0)


def test_a_household_gets_places_in_a_row_and_coa_is_told(pair: tuple[DocumentNumber, ...]) -> None:
    page = read_session(actor=AUDITOR, centre=CENTRE.code, day=DAY, today=TODAY)
    assert [(one.begins, one.line.number) for one in page.places] == [
        (time(9, 30), pair[0]),
        (time(9, 30), pair[1]),
    ]
    assert (page.line.free, page.could_come) == (4, ())
    told = NoticeRow.objects.filter(kind__startswith="session")
    assert sorted(told.values_list("kind", "role")) == [
        ("session-filled", "coa"),
        ("session-made", "coa"),
    ]
    assert NoticeRow.objects.get(kind="session-filled").figures == {"documents": 2}


def test_too_many_for_one_session_are_refused_and_nobody_is_invited(proposal: int) -> None:
    assert proposal
    numbers = signal(*[replace(FACTS, household=ONE, number=f"N-{one}") for one in range(7)])
    make_session(actor=IND, session=SESSION, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        invite_to_session(
            actor=IND, centre=CENTRE.code, day=DAY, seen=[seen(one) for one in numbers], today=TODAY
        )
    assert {state(one) for one in numbers} == {DocumentState.WAITING}
    with pytest.raises(InputError, match="INP-04"):
        invite_to_session(actor=IND, centre=CENTRE.code, day=DAY, seen=[], today=TODAY)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"day": TODAY - timedelta(days=1)}, "day"),
        ({"day": TODAY + timedelta(days=400)}, "day"),
        ({"counters": 0}, "counters"),
        ({"staff": 3}, "staff"),
        ({"slots": 0}, "minutes"),
        ({"slots": 61}, "minutes"),
        ({"minutes_per_slot": 200}, "minutes"),
        ({"first_slot": time(23, 45)}, "first_slot"),
    ],
)
def test_a_session_that_cannot_be_held_is_refused(
    proposal: int, changes: dict[str, object], column: str
) -> None:
    assert proposal
    with pytest.raises(InputError, match=f"INP-06.*{column}"):
        make_session(actor=IND, session=replace(SESSION, **changes), today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(AccessError, match="ACC-02"):
        make_session(actor=IND, session=replace(SESSION, centre=CentreCode("OL-9")), today=TODAY)
    assert list_sessions(actor=IND, today=TODAY) == ()


def test_a_cancelled_session_frees_everyone_and_can_be_made_again(pair: tuple[DocumentNumber, ...]) -> None:
    with pytest.raises(StateError, match="STA-01"):
        make_session(actor=IND, session=SESSION, today=TODAY)
    with pytest.raises(InputError, match="INP-04"):
        cancel_session(actor=IND, centre=CENTRE.code, day=DAY, why=" ", today=TODAY)
    assert cancel_session(actor=IND, centre=CENTRE.code, day=DAY, why="ziekte", today=TODAY) == 2
    assert {state(one) for one in pair} == {DocumentState.TO_RESCHEDULE}
    with pytest.raises(AccessError, match="ACC-02"):
        read_session(actor=IND, centre=CENTRE.code, day=DAY, today=TODAY)
    make_session(actor=IND, session=SESSION, today=TODAY)
    assert [one.now for one in read_changes(actor=IND, today=TODAY)] == [None, None]
    later = TODAY + timedelta(days=13)
    make_session(actor=IND, session=replace(SESSION, day=later), today=TODAY)
    found = read_changes(actor=COA, today=TODAY)
    assert [(one.why, one.now) for one in found] == [
        (DocumentStep.SESSION_CANCELLED, Place(CENTRE.code, later, 0)),
        (DocumentStep.SESSION_CANCELLED, Place(CENTRE.code, later, 1)),
    ]
    wanted = [Wanted(one.line.number, one.line.held.step, one.now) for one in found if one.now]
    with pytest.raises(AccessError, match="ACC-01"):
        confirm_changes(actor=COA, wanted=wanted, today=TODAY)
    assert confirm_changes(actor=IND, wanted=wanted, today=TODAY) == 2
    with pytest.raises(StateError, match="STA-07"):
        confirm_changes(actor=IND, wanted=wanted, today=TODAY)


def test_a_place_is_given_once_and_only_to_who_can_come(pair: tuple[DocumentNumber, ...]) -> None:
    (more,) = signal(replace(FACTS, household=ONE, photo_on=TODAY - timedelta(days=170)))
    make_session(actor=IND, session=replace(SESSION, day=DAY + timedelta(days=14)), today=TODAY)
    for place, code in (
        (Place(CENTRE.code, DAY, 0), "STA-01"),
        (Place(CENTRE.code, DAY, 6), "STA-06"),
        (Place(CENTRE.code, DAY + timedelta(days=14), 0), "STA-06"),
        (Place(CENTRE.code, DAY + timedelta(days=1), 0), "ACC-02"),
    ):
        with pytest.raises((StateError, AccessError), match=code):
            invite(actor=IND, wanted=[Wanted(more, 0, place)], today=TODAY)
    assert invite(actor=IND, wanted=[Wanted(more, 0, Place(CENTRE.code, DAY, 5))], today=TODAY) == 1
    assert pair


def test_one_hands_out_and_another_checks(pair: tuple[DocumentNumber, ...]) -> None:
    first, second = pair
    with pytest.raises(StateError, match="STA-09"):
        hand_out(actor=IND, seen=seen(first), today=TODAY)
    hand_out(actor=IND, seen=seen(first), today=DAY)
    with pytest.raises(AccessError, match="ACC-03"):
        check_handed_out(actor=IND, seen=seen(first))
    with pytest.raises(AccessError, match="ACC-04"):
        check_handed_out(actor=replace(COLLEAGUE, hand="ind"), seen=seen(first))
    old = seen(first)
    check_handed_out(actor=COLLEAGUE, seen=old)
    with pytest.raises(StateError, match="STA-07"):
        check_handed_out(actor=COLLEAGUE, seen=old)
    held = stored.held(first)
    assert held is not None
    assert (held.state, held.given_by, held.checked_by) == (DocumentState.HANDED_OUT, "ind", "ind-2")
    hand_out(actor=COLLEAGUE, seen=seen(second), today=DAY)
    refuse_check(actor=IND, seen=seen(second), why="andere persoon", today=DAY)
    assert state(second) is DocumentState.INVITED
    with pytest.raises(StateError, match="STA-06"):
        cancel_session(actor=IND, centre=CENTRE.code, day=DAY, why="te laat", today=DAY)
    take_back(actor=IND, seen=seen(first), why="verkeerde kaart", today=DAY)
    held = stored.held(first)
    assert held is not None
    assert (held.state, held.given_by, held.why) == (DocumentState.WAITING, "", "verkeerde kaart")
    assert [one.state for one in stored.steps_of(first)][-2] is DocumentState.HANDED_OUT


def test_the_database_refuses_one_person_twice(pair: tuple[DocumentNumber, ...]) -> None:
    row = ResidenceDocumentRow.objects.get(number=pair[0], replaced_by__isnull=True)
    values = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "replaces", "decided_at"}
    }
    wrong = values | {
        "step": 9,
        "kind": "handed-out",
        "state": "handed-out",
        "given_by": "ind",
        "replaces": row,
    }
    for checked_by in ("ind", ""):
        with pytest.raises(IntegrityError, match="another_checks"), transaction.atomic():
            ResidenceDocumentRow.objects.create(**(wrong | {"checked_by": checked_by}))


def test_who_does_not_come_waits_and_then_somebody_looks(pair: tuple[DocumentNumber, ...]) -> None:
    number, other = pair
    record_no_show(actor=IND, seen=seen(number), today=DAY)
    held = stored.held(number)
    assert held is not None
    assert (held.state, held.no_shows, held.not_before) == (
        DocumentState.WAITING,
        1,
        DAY + timedelta(days=14),
    )
    page = read_session(actor=IND, centre=CENTRE.code, day=DAY, today=DAY)
    assert ([one.line.number for one in page.missed], page.could_come) == ([number], ())
    again = DAY + timedelta(days=14)
    make_session(actor=IND, session=replace(SESSION, day=again), today=DAY)
    invite(actor=IND, wanted=[Wanted(number, 0, Place(CENTRE.code, again, 0))], today=DAY)
    record_no_show(actor=IND, seen=seen(number), today=again)
    assert state(number) is DocumentState.TO_LOOK_AT
    assert NoticeRow.objects.get(kind="no-show").role == "coa"
    with pytest.raises(InputError, match="INP-04"):
        look_at_document(actor=IND, seen=seen(number), why="", today=again)
    look_at_document(actor=IND, seen=seen(number), why="was ziek", today=again)
    assert state(number) is DocumentState.WAITING
    record_wrong_details(actor=IND, seen=seen(other), why="naam fout", today=DAY)
    assert state(other) is DocumentState.TO_LOOK_AT
    withdraw_document(actor=IND, seen=seen(other), why="nieuwe kaart", today=DAY)
    assert state(other) is DocumentState.WITHDRAWN


def test_documents_follow_a_household_to_another_centre(pair: tuple[DocumentNumber, ...]) -> None:
    people.save_centres([OTHER])
    with within(scope_of(COA)):
        change_centre(actor=COA, household=PAIR, centre=OTHER.code, on=TODAY, today=TODAY)
    assert {state(one) for one in pair} == {DocumentState.TO_RESCHEDULE}
    held = stored.held(pair[0])
    assert held is not None
    assert (held.document.centre, held.place) == (OTHER.code, Place(CENTRE.code, DAY, 0))
    told = NoticeRow.objects.get(kind="appointment-moved")
    assert (told.role, told.figures) == ("ind", {"documents": 2})
    assert stored.taken(TODAY) == {}
    assert [one.why for one in read_changes(actor=IND, today=TODAY)] == [DocumentStep.CENTRE_CHANGED] * 2


def test_documents_of_who_leaves_go_to_a_desk(pair: tuple[DocumentNumber, ...], proposal: int) -> None:
    (alone,) = signal(replace(FACTS, household=ONE))
    confirm(actor=COA, proposal=proposal, households=(PAIR,), today=TODAY)
    sign_off(actor=COA, household=PAIR, on=TODAY, today=TODAY)
    record_departure(actor=COA, household=ONE, on=TODAY, why="vertrokken", today=TODAY)
    assert {state(one) for one in (*pair, alone)} == {DocumentState.ELSEWHERE}


def test_documents_go_on_with_households_that_are_merged_and_split(pair: tuple[DocumentNumber, ...]) -> None:
    (alone,) = signal(replace(FACTS, household=ONE, born_on=date(1990, 1, 1)))
    whole = HouseholdId("PE-000100")
    merge_households(actor=COA, households=(ONE, PAIR), into=whole, why="gezin", on=TODAY, today=TODAY)
    assert {held.document.household for held in stored.several([*pair, alone])} == {whole}
    assert state(pair[0]) is DocumentState.INVITED
    parts = {HouseholdId("PE-000101"): [0], HouseholdId("PE-000102"): [1, 2]}
    split_household(actor=COA, household=whole, parts=parts, why="uit elkaar", on=TODAY, today=TODAY)
    assert len(stored.listed(households=[HouseholdId("PE-000102")])) == 2


def test_erasing_takes_the_household_and_the_birthday_out(
    pair: tuple[DocumentNumber, ...], proposal: int
) -> None:
    confirm(actor=COA, proposal=proposal, households=(PAIR,), today=TODAY)
    sign_off(actor=COA, household=PAIR, on=TODAY, today=TODAY)
    later = TODAY.replace(year=TODAY.year + 12)
    erase(as_of=later, today=later)
    assert not ResidenceDocumentRow.objects.filter(household=PAIR).exists()
    assert not ResidenceDocumentRow.objects.filter(born_on__isnull=False).exists()
    assert stored.held(pair[0]) is None
    assert sum(one.documents for one in stored.by_centre(later)) == 2
