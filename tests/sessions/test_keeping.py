"""Planning again: every appointment that can be kept is, and everybody else is told what changed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.reference import ind_desks, point_of
from eenthuis.sessions.check import check_plan
from eenthuis.sessions.keeping import Kept, changes, keep, kept_among
from eenthuis.sessions.measures import measure
from eenthuis.sessions.planning import plan_sessions
from eenthuis.sessions.problem import CentreStop, Rules, SessionProblem, make_problem
from eenthuis.sessions.search import Effort
from eenthuis.terms.documents import (
    DeskCode,
    DeskKind,
    DocumentNumber,
    DocumentPlan,
    DocumentTeam,
    ResidenceDocument,
    TeamCode,
    WhyChanged,
)
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode

MONDAY = date(2026, 11, 2)
LATER = date(2026, 11, 9)
ZWOLLE = DeskCode("IND-ZWOLLE")
POINTS = {desk.code: point_of(desk.municipality) for desk in ind_desks()}
HERE, THERE = (
    CentreStop(CentreCode(code), point_of(MunicipalityCode(place)))
    for code, place in (("A", "GM0166"), ("B", "GM0106"))
)
TEAM = DocumentTeam(TeamCode("T"), ZWOLLE, 8, 2)
RULES = Rules(
    document_law(law_book(), MONDAY),
    replace(session_law(law_book(), MONDAY), slots_a_day=8, minutes_a_day=40, horizon_weeks=4),
    law_book().calendar(MONDAY),
)


def document(i: int, *, household: int | None = None, centre: CentreStop = HERE) -> ResidenceDocument:
    return ResidenceDocument(
        DocumentNumber(f"D-{i:03d}"),
        HouseholdId(f"H-{i if household is None else household}"),
        centre.code,
        ready_on=MONDAY - timedelta(days=i % 20),
        born_on=date(1985, 2, 2),
        photo_on=MONDAY - timedelta(days=60),
        fingerprints_on=MONDAY - timedelta(days=60),
        has_citizen_number=True,
        has_address=True,
    )


EVERYBODY = [document(i, centre=(HERE, THERE)[i % 2]) for i in range(60)]


def problem_of(
    documents: Sequence[ResidenceDocument],
    kept: Kept | None = None,
    *,
    teams: Sequence[DocumentTeam] = (TEAM,),
    centres: Sequence[CentreStop] = (HERE, THERE),
    as_of: date = LATER,
) -> SessionProblem:
    standing = kept.standing if kept else None
    return make_problem(documents, centres, teams, desks=POINTS, as_of=as_of, rules=RULES, standing=standing)


def plan_of(problem: SessionProblem) -> DocumentPlan:
    return plan_sessions(problem, np.random.default_rng(1), effort=Effort(80, 3, 400))


@pytest.fixture(scope="module")
def first() -> DocumentPlan:
    return plan_of(problem_of(EVERYBODY, as_of=MONDAY))


def again(
    first: DocumentPlan,
    documents: Sequence[ResidenceDocument],
    *,
    teams: Sequence[DocumentTeam] = (TEAM,),
    centres: Sequence[CentreStop] = (HERE, THERE),
    as_of: date = LATER,
) -> tuple[Kept, DocumentPlan]:
    kept = keep(first, documents, centres, teams, as_of=as_of, rules=RULES)
    problem = problem_of(documents, kept, teams=teams, centres=centres, as_of=as_of)
    plan = plan_of(problem)
    checked = check_plan(problem, plan, {one.number: one for one in documents})
    assert not [one for one in checked if one.broken]
    assert plan.bound <= plan.cost
    return kept, plan


def handed_out(first: DocumentPlan, by: date) -> set[DocumentNumber]:
    return {one.document for one in first.appointments if one.day < by}


def test_without_news_everything_stands(first: DocumentPlan) -> None:
    kept, plan = again(first, EVERYBODY, as_of=MONDAY)
    assert kept_among(first, plan.appointments) == len(first.appointments)
    assert changes(first, plan, kept.fell) == ()


def test_what_took_place_is_gone_and_the_rest_stands(first: DocumentPlan) -> None:
    done = handed_out(first, date(2026, 11, 11))
    assert done
    left = [one for one in EVERYBODY if one.number not in done]
    kept, plan = again(first, left, as_of=date(2026, 11, 11))
    assert kept_among(first, plan.appointments) == len(first.appointments) - len(done)
    assert {one.why for one in changes(first, plan, kept.fell)} == {WhyChanged.NO_LONGER_AWAITED}


def test_who_moved_is_planned_where_they_are_now_and_nobody_else_moves(first: DocumentPlan) -> None:
    moved = next(one.document for one in first.appointments if one.session.startswith("A/"))
    documents = [replace(one, centre=THERE.code) if one.number == moved else one for one in EVERYBODY]
    kept, plan = again(first, documents, as_of=MONDAY)
    (change,) = changes(first, plan, kept.fell)
    assert (change.document, change.why) == (moved, WhyChanged.MOVED_CENTRE)
    assert change.now is not None
    assert change.now.session.startswith("B/")


def test_who_did_not_come_is_planned_again(first: DocumentPlan) -> None:
    early = min(first.appointments, key=lambda one: one.day)
    as_of = early.day + timedelta(days=1)
    left = [one for one in EVERYBODY if one.number not in handed_out(first, as_of) - {early.document}]
    kept, plan = again(first, left, as_of=as_of)
    (told,) = [one for one in changes(first, plan, kept.fell) if one.document == early.document]
    assert told.why is WhyChanged.CAME_TO_NOTHING
    assert told.now is not None


def test_a_new_member_joins_the_session_of_the_family_when_a_slot_is_free(first: DocumentPlan) -> None:
    roomy = next(
        one
        for one in first.sessions
        if sum(seat.session == one.identifier for seat in first.appointments) < one.slots
    )
    seat = next(one for one in first.appointments if one.session == roomy.identifier)
    child = replace(document(900), household=seat.household, centre=roomy.centre)
    kept, plan = again(first, [*EVERYBODY, child], as_of=MONDAY)
    (change,) = changes(first, plan, kept.fell)
    assert (change.document, change.why) == (child.number, WhyChanged.NEW_DOCUMENT)
    assert change.now is not None
    assert change.now.session == roomy.identifier


def test_a_team_with_fewer_vans_keeps_the_fullest_sessions(first: DocumentPlan) -> None:
    small = replace(TEAM, vans=1)
    kept, plan = again(first, EVERYBODY, teams=(small,), as_of=MONDAY)
    per_day: dict[date, list[int]] = {}
    for session in first.sessions:
        people = sum(one.session == session.identifier for one in first.appointments)
        per_day.setdefault(session.day, []).append(people)
    assert any(len(held) > 1 for held in per_day.values())
    assert kept_among(first, kept.standing.appointments) == sum(max(held) for held in per_day.values())
    told = changes(first, plan, kept.fell)
    assert {one.why for one in told} == {WhyChanged.SESSION_FELL_OUT}


def test_a_centre_that_closes_gives_its_people_up(first: DocumentPlan) -> None:
    closed = replace(THERE, last_day=MONDAY)
    kept, _ = again(first, EVERYBODY, centres=(HERE, closed), as_of=MONDAY)
    assert {one.centre for one in kept.standing.sessions} == {HERE.code}
    assert set(kept.fell.values()) == {WhyChanged.SESSION_FELL_OUT}


def test_who_is_no_longer_ready_loses_the_appointment_only(first: DocumentPlan) -> None:
    seat = max(first.appointments, key=lambda one: one.day)
    documents = [replace(one, has_address=False) if one.number == seat.document else one for one in EVERYBODY]
    kept, plan = again(first, documents, as_of=MONDAY)
    (change,) = changes(first, plan, kept.fell)
    assert (change.why, change.now) == (WhyChanged.NOT_READY_THEN, None)
    back = keep(plan, EVERYBODY, (HERE, THERE), (TEAM,), as_of=MONDAY, rules=RULES)
    restored = plan_of(problem_of(EVERYBODY, back, as_of=MONDAY))
    (told,) = changes(plan, restored, back.fell)
    assert (told.document, told.why) == (seat.document, WhyChanged.NOW_READY)


def test_measures_count_what_they_say(first: DocumentPlan) -> None:
    problem = problem_of(EVERYBODY, as_of=MONDAY)
    known = {one.number: one for one in EVERYBODY}
    desks = [desk for desk in ind_desks() if desk.kind is DeskKind.IND]
    found = measure(problem, first, known, desks, POINTS)
    assert found is not None
    way = {one.centre: one.metres for one in first.sessions}
    assert found.people == len(first.appointments) == 60
    assert found.team_metres == sum(one.metres for one in first.sessions)
    assert found.desk_metres == 30 * way[HERE.code] + 30 * way[THERE.code]
    assert found.saved_metres == found.desk_metres - found.team_metres > 0
    assert found.desk_trip_metres == found.desk_metres
    waited = sum((one.day - known[one.document].ready_on).days for one in first.appointments)
    assert found.waits.person_days == waited
    assert found.desk_waits.people + found.desk_left == 60
    assert found.desk_waits.person_days <= waited


def test_without_an_open_desk_nothing_is_measured(first: DocumentPlan) -> None:
    problem = problem_of(EVERYBODY, as_of=MONDAY)
    closed = [desk for desk in ind_desks() if not desk.is_open(MONDAY)]
    assert closed
    assert measure(problem, first, {one.number: one for one in EVERYBODY}, closed, POINTS) is None


def test_the_packaged_desks_are_those_that_stayed_after_the_closures() -> None:
    open_then = {
        desk.code for desk in ind_desks() if desk.kind is DeskKind.IND and desk.is_open(date(2022, 4, 1))
    }
    assert "IND-UTRECHT" not in open_then
    assert "IND-ROTTERDAM" in open_then
    assert len(open_then) == 6
