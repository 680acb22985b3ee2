"""From a problem to a plan with named appointments: search, the exact model too where it is small, who comes when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from eenthuis.sessions.grid import Layout, lay_out
from eenthuis.sessions.problem import SessionProblem
from eenthuis.sessions.search import Effort, Found, OnProgress, search
from eenthuis.sessions.search_kernels import Chosen
from eenthuis.terms.documents import (
    Appointment,
    DocumentPlan,
    DocumentSession,
    NotPlanned,
    SessionId,
    TeamCode,
    WhyNotPlanned,
    session_id,
)
from eenthuis.terms.people import CentreCode

SMALL = 2_500
"""Choices of a day for a party, or of a team for a session, up to which the exact model is solved too."""

NODES = 2_000
"""Branches after which the exact model gives up; what was found otherwise is kept."""


def plan_sessions(
    problem: SessionProblem,
    rng: np.random.Generator,
    *,
    effort: Effort | None = None,
    on_progress: OnProgress | None = None,
) -> DocumentPlan:
    """Return sessions and appointments that cost little, and a bound below which no plan under the same rules is.

    The cost is what everybody waits from the day of planning on, what teams travel, and what it weighs to leave someone
    without an appointment. Small problems are solved to their optimum. The same problem and generator give one plan.
    """
    layout = lay_out(problem)
    found = search(layout.grid, rng, effort or Effort(), on_progress)
    chosen = _exact(layout, problem.unit, found) or found.chosen
    rows = _seated(layout, problem, chosen)
    return _told(problem, layout, found, rows)


def _exact(layout: Layout, unit: int, found: Found) -> Chosen | None:
    grid = layout.grid
    choices = int((grid.last - grid.first + 1).sum()) + int(
        grid.open_days.sum() * len(grid.staff) * (len(grid.slots) - 1)
    )
    if choices > SMALL or found.cost <= found.bound.value:
        return None
    from eenthuis.sessions.solver import chosen_from, people_model, solve

    model = people_model(grid, unit)
    answer = solve(model, nodes=NODES)
    if answer.values is None:
        return None
    exact = chosen_from(grid, model, answer.values)
    return exact if exact.cost.sum() < found.cost else None


@dataclass(frozen=True, slots=True)
class _Seated:
    """A new session in arrays: centre, day, team, and the parties in it, in the order of serving."""

    centre: int
    day: int
    team: int | None
    parties: tuple[int, ...]


def _seated(layout: Layout, problem: SessionProblem, chosen: Chosen) -> tuple[_Seated, ...]:
    found = []
    for centre in range(len(problem.centres)):
        seated = _longest_waiting_first(layout, problem, chosen, centre)
        for day in sorted(seated):
            team = int(chosen.team[centre, day])
            found.append(_Seated(centre, day, team if team >= 0 else None, tuple(seated[day])))
    return tuple(found)


def _longest_waiting_first(
    layout: Layout, problem: SessionProblem, chosen: Chosen, centre: int
) -> Mapping[int, Sequence[int]]:
    """Return who comes on which day at one centre: who waits longest first, as far as nobody is left out by it.

    Those who can come until a certain session or longer are taken by how long they have waited, the others by the last
    day they can come; the earliest such session is chosen with which the centre costs no more.
    """
    grid = layout.grid
    low, high = int(grid.start[centre]), int(grid.start[centre + 1])
    room = {
        day: int(grid.slots[chosen.counters[centre, day]] or grid.free[centre, day])
        for day in range(len(grid.wait))
        if chosen.counters[centre, day] > 0 or grid.free[centre, day] > 0
    }
    kept: dict[int, list[int]] = defaultdict(list)
    for party in range(low, high):
        if chosen.day_of[party] >= 0:
            kept[int(chosen.day_of[party])].append(party)
    limit = _cost(layout, kept, low, high)
    for since in (*sorted(room), len(grid.wait)):
        order = sorted(range(low, high), key=partial(_turn, layout, problem, since))
        tried = _seat(layout, order, room)
        if _cost(layout, tried, low, high) <= limit:
            return tried
    return kept


def _turn(layout: Layout, problem: SessionProblem, since: int, party: int) -> tuple[int, date, str]:
    documents = problem.parties[layout.order[party]].documents
    last = int(layout.grid.last[party])
    first_ready = min(one.ready_on for one in documents)
    return (last if last < since else len(layout.grid.wait), first_ready, documents[0].number)


def _seat(layout: Layout, order: Sequence[int], room: Mapping[int, int]) -> dict[int, list[int]]:
    grid, seated, left = layout.grid, {}, list(order)
    for day, free in sorted(room.items()):
        rest, here, left_over = [], [], free
        for party in left:
            if grid.size[party] <= left_over and grid.first[party] <= day <= grid.last[party]:
                here.append(party)
                left_over -= int(grid.size[party])
            else:
                rest.append(party)
        left = rest
        if here:
            seated[day] = here
    return seated


def _cost(layout: Layout, seated: Mapping[int, Sequence[int]], low: int, high: int) -> int:
    grid = layout.grid
    come = {party: day for day, parties in seated.items() for party in parties}
    return sum(
        int(grid.size[party]) * int(grid.wait[come[party]] if party in come else grid.leaving)
        for party in range(low, high)
    )


def _told(problem: SessionProblem, layout: Layout, found: Found, rows: Sequence[_Seated]) -> DocumentPlan:
    sessions = {one.identifier: one for one in problem.standing.sessions}
    appointments = list(problem.standing.appointments)
    taken: defaultdict[SessionId, set[int]] = defaultdict(set)
    for one in appointments:
        taken[one.session].add(one.slot)
    for row in rows:
        stop, day = problem.centres[row.centre], problem.days[row.day]
        identifier = session_id(stop.code, day)
        people = sum(int(layout.grid.size[party]) for party in row.parties)
        if row.team is not None:
            team = problem.teams[row.team].code
            sessions[identifier] = session_for(problem, stop.code, day, team, people)
        appointments += _slots(problem, layout, row, sessions[identifier], taken[identifier])
    planned = {one.document for one in appointments}
    left = [
        NotPlanned(one.number, WhyNotPlanned.NO_ROOM)
        for party in problem.parties
        for one in party.documents
        if one.number not in planned
    ]
    plan = DocumentPlan(
        as_of=problem.as_of,
        first_day=problem.first_day,
        last_day=problem.last_day,
        sessions=tuple(sorted(sessions.values(), key=lambda one: (one.day, one.centre))),
        appointments=tuple(sorted(appointments, key=lambda one: (one.session, one.slot))),
        not_planned=tuple(sorted((*problem.refused, *left), key=lambda one: one.document)),
        cost=0,
        bound=found.bound.value + cost_of_standing(problem),
        unit=problem.unit,
        prices=_prices(problem, found),
    )
    return replace(plan, cost=cost_of(problem, plan))


def session_for(
    problem: SessionProblem, centre: CentreCode, day: date, team: TeamCode, people: int
) -> DocumentSession:
    """Return a session with as few counters as serve so many people."""
    law = problem.rules.session
    counters = max(1, -(-people // law.slots_per_counter))
    return DocumentSession(
        centre=centre,
        day=day,
        team=team,
        staff=counters * law.people_at_counter,
        counters=counters,
        slots=problem.slots_of(counters),
        first_slot=law.first_slot,
        minutes_per_slot=law.minutes_per_slot,
        metres=problem.metres[team, centre],
    )


def cost_of(problem: SessionProblem, plan: DocumentPlan) -> int:
    """Return what a plan costs: waiting, travel, and those of the problem's parties who are left out."""
    waiting = sum(problem.waiting_cost(one.day) for one in plan.appointments)
    travel = sum(problem.travel_cost(one.team, one.centre) for one in plan.sessions)
    left = Counter(one.why for one in plan.not_planned)[WhyNotPlanned.NO_ROOM]
    return waiting + travel + left * problem.leaving_cost


def cost_of_standing(problem: SessionProblem) -> int:
    """Return what the sessions and appointments cost that stand whatever is planned."""
    waiting = sum(problem.waiting_cost(one.day) for one in problem.standing.appointments)
    return waiting + sum(problem.travel_cost(one.team, one.centre) for one in problem.standing.sessions)


def _slots(
    problem: SessionProblem, layout: Layout, row: _Seated, session: DocumentSession, taken: set[int]
) -> list[Appointment]:
    """Give each party slots after one another where a run of free ones is long enough, else the first free ones."""
    made = []
    for party in row.parties:
        documents = problem.parties[layout.order[party]].documents
        for slot, one in zip(_run(taken, len(documents), session.slots), documents, strict=True):
            taken.add(slot)
            made.append(Appointment(one.number, one.household, session.identifier, session.day, slot))
    return made


def _run(taken: set[int], people: int, slots: int) -> list[int]:
    for start in range(slots - people + 1):
        run = list(range(start, start + people))
        if not taken.intersection(run):
            return run
    return [slot for slot in range(slots) if slot not in taken][:people]


def _prices(problem: SessionProblem, found: Found) -> dict[tuple[TeamCode, date], tuple[int, int]]:
    prices = found.bound.prices
    return {
        (team.code, day): (int(prices.staff[t, d]), int(prices.van[t, d]))
        for t, team in enumerate(problem.teams)
        for d, day in enumerate(problem.days)
        if prices.staff[t, d] or prices.van[t, d]
    }
