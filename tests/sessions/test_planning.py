"""Sessions and appointments: as cheap as trying everything where that can be done, and checked rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.sessions.check import check_plan
from eenthuis.sessions.check_bound import bound_from_prices
from eenthuis.sessions.planning import plan_sessions
from eenthuis.sessions.problem import CentreStop, Rules, SessionProblem, make_problem, way_metres
from eenthuis.sessions.search import Effort
from eenthuis.terms.documents import (
    DeskCode,
    DocumentNumber,
    DocumentPlan,
    DocumentTeam,
    ResidenceDocument,
    TeamCode,
    WhyNotPlanned,
)
from eenthuis.terms.errors import InputError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import Point

MONDAY = date(2026, 11, 2)
DESK = DeskCode("ZWOLLE")
DESKS = {DESK: Point(52.51, 6.09)}
NEAR, FAR = CentreStop(CentreCode("A"), Point(52.5, 6.2)), CentreStop(CentreCode("B"), Point(51.5, 5.1))
TEAM = DocumentTeam(TeamCode("T1"), DESK, 4, 1)
OTHER = DocumentTeam(TeamCode("T2"), DESK, 2, 1)
LITTLE = Effort(steps=400, orders=3, moves=200)
LAW = replace(
    session_law(law_book(), MONDAY),
    slots_a_day=3,
    minutes_a_day=20,
    notice_days=1,
    horizon_weeks=1,
    waiting_days_per_km=Fraction(1, 50),
    unplanned_days=3,
)
RULES = Rules(document_law(law_book(), MONDAY), LAW, law_book().calendar(MONDAY))


def document(
    number: str, *, household: str = "", centre: CentreStop = NEAR, ready: int = -5, photo: int = -30
) -> ResidenceDocument:
    """Return a document that is ready so many days from Monday on, with a photo taken so many days from it."""
    return ResidenceDocument(
        DocumentNumber(number),
        HouseholdId(household or number),
        centre.code,
        ready_on=MONDAY + timedelta(days=ready),
        born_on=date(1990, 1, 1),
        photo_on=MONDAY + timedelta(days=photo),
        fingerprints_on=MONDAY + timedelta(days=photo),
        has_citizen_number=True,
        has_address=True,
    )


def problem_of(
    documents: Sequence[ResidenceDocument],
    *,
    teams: Sequence[DocumentTeam] = (TEAM, OTHER),
    rules: Rules = RULES,
) -> SessionProblem:
    return make_problem(documents, (NEAR, FAR), teams, desks=DESKS, as_of=MONDAY, rules=rules)


def planned(problem: SessionProblem, seed: int = 1) -> DocumentPlan:
    return plan_sessions(problem, np.random.default_rng(seed), effort=LITTLE)


def broken(
    problem: SessionProblem, plan: DocumentPlan, documents: Sequence[ResidenceDocument]
) -> dict[str, tuple[str, ...]]:
    by_number = {one.number: one for one in documents}
    return {one.name: one.broken for one in check_plan(problem, plan, by_number) if one.broken}


def cheapest(problem: SessionProblem) -> int:
    """Return the least cost by trying every set of sessions, and every day for every party."""
    options: list[list[tuple[DocumentTeam | None, int]]] = [[(None, 0)] for _ in problem.days]
    for sets in options:
        sets += [
            (team, counters) for team in problem.teams for counters in (1, 2) if team.staff >= 2 * counters
        ]
    tables = [dict(_centre_costs(problem, stop, options)) for stop in problem.centres]
    best = 1 << 60
    for ways in product(*tables):
        if all(_fits(problem, day, [way[day] for way in ways]) for day in range(len(problem.days))):
            best = min(best, sum(table[way] for table, way in zip(tables, ways, strict=True)))
    return best


Way = tuple[tuple[DocumentTeam | None, int], ...]


def _centre_costs(
    problem: SessionProblem, stop: CentreStop, options: list[list[tuple[DocumentTeam | None, int]]]
) -> Iterator[tuple[Way, int]]:
    mine = [party for party in problem.parties if party.documents[0].centre == stop.code]
    waits: dict[tuple[int, ...], int] = {}
    for way in product(*options):
        room = tuple(problem.slots_of(counters) for _, counters in way)
        if problem.rules.session.slots_a_week < sum(room):
            continue
        if room not in waits:
            waits[room] = min(
                _waiting(problem, mine, room, days)
                for days in product(range(-1, len(problem.days)), repeat=len(mine))
            )
        travel = sum(problem.travel_cost(team.code, stop.code) for team, _ in way if team)
        yield way, waits[room] + travel


def _waiting(problem: SessionProblem, mine: Sequence, room: Sequence[int], days: Sequence[int]) -> int:  # type: ignore[type-arg]
    cost, taken = 0, defaultdict[int, int](int)
    for party, day in zip(mine, days, strict=True):
        if day < 0:
            cost += problem.leaving_cost * party.people
            continue
        if not party.window.first_day <= problem.days[day] <= party.window.last_day:
            return 1 << 60
        taken[day] += party.people
        cost += problem.waiting_cost(problem.days[day]) * party.people
    return cost if all(people <= room[day] for day, people in taken.items()) else 1 << 60


def _fits(problem: SessionProblem, _day: int, held: Sequence[tuple[DocumentTeam | None, int]]) -> bool:
    for team in problem.teams:
        own = [counters for by, counters in held if by is team]
        if 2 * sum(own) > team.staff or len(own) > team.vans:
            return False
    return True


SHORT = replace(RULES, session=replace(LAW, notice_days=2))
few_days = st.sampled_from([RULES, SHORT, replace(RULES, session=replace(LAW, slots_a_week=4))])


@st.composite
def small(draw: st.DrawFn) -> tuple[list[ResidenceDocument], Rules]:
    """Draw up to six people in two centres; each photo ends and each card comes somewhere around the week."""
    made = []
    for household in range(draw(st.integers(1, 4))):
        centre = draw(st.sampled_from([NEAR, FAR]))
        made += [
            document(
                f"D-{household}{member}",
                household=f"H-{household}",
                centre=centre,
                ready=draw(st.integers(-3, 6)),
                photo=draw(st.sampled_from([-30, -30, -180, -183])),
            )
            for member in range(draw(st.sampled_from([1, 1, 2])))
        ]
    weekend = replace(RULES.calendar, closed_weekdays=frozenset({1, 4, 5, 6, 7}))
    return made, replace(draw(few_days), calendar=weekend)


@settings(max_examples=60, deadline=None)
@given(world=small(), teams=st.sampled_from([(TEAM,), (OTHER,), (TEAM, OTHER)]))
def test_a_small_plan_costs_as_little_as_trying_everything(
    world: tuple[list[ResidenceDocument], Rules], teams: tuple[DocumentTeam, ...]
) -> None:
    documents, rules = world
    problem = problem_of(documents, teams=teams, rules=rules)
    plan = planned(problem)
    best = cheapest(problem)
    assert not broken(problem, plan, documents)
    assert plan.cost == best
    assert plan.bound <= best


@settings(max_examples=25, deadline=None)
@given(world=small(), price=st.integers(0, 2_000_000), other=st.integers(0, 2_000_000))
def test_any_prices_prove_a_bound_below_the_best(
    world: tuple[list[ResidenceDocument], Rules], price: int, other: int
) -> None:
    documents, rules = world
    problem = problem_of(documents, rules=rules)
    prices = {(team.code, day): (price, other) for team in problem.teams for day in problem.days}
    assert bound_from_prices(problem, prices) <= cheapest(problem)


def test_prices_below_nothing_prove_nothing() -> None:
    problem = problem_of([document("D-1")])
    with pytest.raises(ValueError, match="proves nothing"):
        bound_from_prices(problem, {(TEAM.code, problem.days[0]): (-1, 0)})


MANY = [
    document(
        f"D-{household:02d}{member}",
        household=f"H-{household}",
        centre=(NEAR, FAR)[household % 2],
        ready=household % 9 - 4,
        photo=-178 if household % 5 == 0 else -40,
    )
    for household in range(14)
    for member in range(1 + household % 3)
]


@pytest.fixture(scope="module")
def many() -> tuple[SessionProblem, DocumentPlan]:
    problem = problem_of(MANY, teams=(TEAM,))
    return problem, planned(problem)


def test_a_plan_keeps_every_rule(many: tuple[SessionProblem, DocumentPlan]) -> None:
    problem, plan = many
    assert not broken(problem, plan, MANY)
    assert plan.sessions
    assert plan.bound <= plan.cost


def test_the_same_input_and_chance_give_the_same_plan(many: tuple[SessionProblem, DocumentPlan]) -> None:
    problem, plan = many
    assert planned(problem_of(list(reversed(MANY)), teams=(TEAM,))) == plan
    assert planned(problem) == plan


def test_families_go_together_and_next_to_each_other(many: tuple[SessionProblem, DocumentPlan]) -> None:
    _, plan = many
    slots = defaultdict(list)
    for one in plan.appointments:
        slots[one.household].append((one.session, one.slot))
    for seats in slots.values():
        assert len({session for session, _ in seats}) == 1
        numbers = sorted(slot for _, slot in seats)
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_people_at_two_counters_begin_two_by_two() -> None:
    five = [document(f"D-{i}") for i in range(5)]
    rules = replace(RULES, session=replace(LAW, slots_a_day=6, minutes_a_day=30))
    plan = planned(problem_of(five, teams=(TEAM,), rules=rules))
    (session,) = plan.sessions
    assert (session.counters, session.staff, session.slots) == (2, 4, 6)
    assert [session.begins(one.slot) for one in plan.appointments] == [
        time(9, 30), time(9, 30), time(9, 40), time(9, 40), time(9, 50)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change", "family"),
    [
        ("another day of planning", lambda plan: replace(plan, as_of=MONDAY - timedelta(days=1)), "settings"),
        (
            "a session on a Sunday",
            lambda plan: replace(
                plan, sessions=(replace(plan.sessions[0], day=date(2026, 11, 8)), *plan.sessions[1:])
            ),
            "sessions",
        ),
        (
            "more slots than counters serve",
            lambda plan: replace(plan, sessions=(replace(plan.sessions[0], slots=60), *plan.sessions[1:])),
            "sessions",
        ),
        (
            "a shorter way",
            lambda plan: replace(plan, sessions=(replace(plan.sessions[0], metres=1), *plan.sessions[1:])),
            "sessions",
        ),
        (
            "a session too many for the vans",
            lambda plan: replace(
                plan,
                sessions=tuple(
                    replace(one, team=TEAM.code, day=plan.sessions[0].day) for one in plan.sessions
                ),
            ),
            "staff and vans of a team on a day",
        ),
        (
            "someone in a slot of another",
            lambda plan: replace(
                plan,
                appointments=(
                    replace(plan.appointments[0], slot=plan.appointments[1].slot),
                    *plan.appointments[1:],
                ),
            ),
            "appointments",
        ),
        (
            "someone who is not told anything",
            lambda plan: replace(plan, appointments=plan.appointments[1:]),
            "everybody is planned or told why not",
        ),
        (
            "someone told that there is no room, who has an appointment",
            lambda plan: replace(
                plan,
                not_planned=(
                    *plan.not_planned,
                    replace(plan.not_planned[0], document=plan.appointments[0].document),
                ),
            ),
            "everybody is planned or told why not",
        ),
        ("a lower cost", lambda plan: replace(plan, cost=plan.cost - 1), "cost and bound"),
        ("a higher bound", lambda plan: replace(plan, bound=plan.cost), "cost and bound"),
        ("prices left out", lambda plan: replace(plan, prices={}), "cost and bound"),
    ],
)
def test_a_plan_that_was_tampered_with_is_refused(
    name: str, change: object, family: str, many: tuple[SessionProblem, DocumentPlan]
) -> None:
    problem, plan = many
    assert callable(change)
    found = broken(problem, change(plan), MANY)
    assert any(told.startswith(family) for told in found), (name, found)


def test_a_family_put_apart_is_refused(many: tuple[SessionProblem, DocumentPlan]) -> None:
    problem, plan = many
    party = next(party for party in problem.parties if party.people > 1)
    gone = party.documents[0].number
    seats = tuple(one for one in plan.appointments if one.document != gone)
    assert "people of one party together" in broken(problem, replace(plan, appointments=seats), MANY)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (replace(document("D-1"), has_address=False), WhyNotPlanned.NOT_READY),
        (document("D-1", ready=30), WhyNotPlanned.NOT_READY),
        (document("D-1", photo=-184), WhyNotPlanned.EXPIRES_FIRST),
        (document("D-1", ready=5, photo=-178), WhyNotPlanned.EXPIRES_FIRST),
    ],
)
def test_who_cannot_be_planned_is_told_why(one: ResidenceDocument, why: WhyNotPlanned) -> None:
    plan = planned(problem_of([one]))
    assert [told.why for told in plan.not_planned] == [why]
    assert not plan.appointments
    assert not plan.sessions


def test_without_a_team_there_is_nobody_to_go() -> None:
    plan = planned(problem_of([document("D-1")], teams=(replace(TEAM, last_day=MONDAY),)))
    assert [told.why for told in plan.not_planned] == [WhyNotPlanned.NO_TEAM]


def test_one_person_far_away_may_cost_more_than_waiting() -> None:
    dear = replace(RULES, session=replace(LAW, waiting_days_per_km=Fraction(1)))
    plan = planned(problem_of([document("D-1", centre=FAR)], rules=dear))
    assert [told.why for told in plan.not_planned] == [WhyNotPlanned.NO_ROOM]


def test_a_public_holiday_is_no_day_of_handing_out() -> None:
    rules = replace(RULES, session=replace(LAW, horizon_weeks=8))
    problem = problem_of([document("D-1")], rules=rules)
    assert date(2026, 12, 24) in problem.days
    assert date(2026, 12, 25) not in problem.days
    assert all(day.isoweekday() < 6 for day in problem.days)


def test_who_waits_longest_comes_first() -> None:
    people = [document(f"D-{i}", ready=-i) for i in range(1, 7)]
    plan = planned(problem_of(people, teams=(TEAM,)))
    days = {one.document: one.day for one in plan.appointments}
    ordered = [days[one.number] for one in sorted(people, key=lambda one: one.ready_on)]
    assert ordered == sorted(ordered)


def test_the_way_is_that_of_the_great_circle_there_and_back() -> None:
    metres = way_metres(Point(52.0, 5.0), Point(53.0, 5.0), 1, 1)
    assert abs(metres - 2 * 111_195) < 20


@pytest.mark.parametrize(
    ("documents", "teams", "code"),
    [
        ([document("D-1"), document("D-1")], (TEAM,), "INP-03"),
        ([replace(document("D-1"), centre=CentreCode("C"))], (TEAM,), "INP-01"),
        ([document("D-1")], (replace(TEAM, desk=DeskCode("ASSEN")),), "INP-01"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    documents: list[ResidenceDocument], teams: tuple[DocumentTeam, ...], code: str
) -> None:
    with pytest.raises(InputError, match=code):
        problem_of(documents, teams=teams)


def test_settings_that_leave_nothing_to_plan_are_refused() -> None:
    rules = replace(RULES, session=replace(LAW, minutes_per_slot=30))
    with pytest.raises(InputError, match="INP-06"):
        problem_of([document("D-1")], rules=rules)
