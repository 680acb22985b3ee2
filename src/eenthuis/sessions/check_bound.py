"""The bound computed again from prices, apart from the engine: for whoever doubts it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.sessions.problem import CentreStop, SessionProblem, can_work, same_week
from eenthuis.terms.documents import DocumentSession, TeamCode

NEVER = 1 << 60

Prices = Mapping[tuple[TeamCode, date], tuple[int, int]]
Room = tuple[int, int]
"""Staff and vans of a team on a day that standing sessions leave."""


def bound_from_prices(problem: SessionProblem, prices: Prices) -> int:
    """Return the cost below which no plan can be, given what a member of staff and a van of a team cost on a day.

    For any prices of at least 0: at them each centre can be planned apart, and no centre then costs less than its best
    days with people only counted, not named. What all staff and vans fetch comes off.

    Raises
    ------
    ValueError
        When a price is below 0, or of a team or day that is not planned.
    """
    left = _left(problem)
    for key, (staff, van) in prices.items():
        if key not in left or staff < 0 or van < 0:
            msg = f"the price of {key[0]} on {key[1]} proves nothing"
            raise ValueError(msg)
    fetched = sum(left[key][0] * staff + left[key][1] * van for key, (staff, van) in prices.items())
    return sum(_centre(problem, stop, prices, left) for stop in problem.centres) - fetched


def _left(problem: SessionProblem) -> dict[tuple[TeamCode, date], Room]:
    at_counter = problem.rules.session.people_at_counter
    left = {
        (team.code, day): (team.staff, team.vans) if can_work(team, day, at_counter) else (0, 0)
        for team in problem.teams
        for day in problem.days
    }
    for session in problem.standing.sessions:
        if (session.team, session.day) in left:
            staff, vans = left[session.team, session.day]
            left[session.team, session.day] = staff - session.staff, vans - 1
    return left


@dataclass(frozen=True, slots=True)
class _Option:
    """A way to spend a day at a centre: what it costs, how many people can come, and the slots it takes of the week."""

    cost: int
    come: int
    slots: int


def _centre(
    problem: SessionProblem,
    stop: CentreStop,
    prices: Prices,
    left: Mapping[tuple[TeamCode, date], Room],
) -> int:
    mine = [party for party in problem.parties if party.documents[0].centre == stop.code]
    people = sum(party.people for party in mine)
    standing = {one.day: one for one in problem.standing.sessions if one.centre == stop.code}
    booked = Counter(one.session for one in problem.standing.appointments)
    step = math.gcd(
        *(problem.slots_of(counters) for counters in range(1, problem.most_counters + 1)),
        *(one.slots for one in standing.values()),
    )
    weekly = problem.rules.session.slots_a_week // step * step
    served = np.arange(people + 1)
    best = dict.fromkeys(range(0, weekly + 1, step), problem.leaving_cost * (people - served))
    for at in range(len(problem.days) - 1, -1, -1):
        day = problem.days[at]
        ready = sum(party.people for party in mine if party.window.first_day <= day)
        gone = sum(party.people for party in mine if party.window.last_day <= day)
        if day in standing:
            session = standing[day]
            options = [_Option(0, session.slots - booked[session.identifier], session.slots)]
        else:
            options = _options(problem, stop, day, prices, left)
        best = _day_before(problem, best, options, day, (ready, gone))
        if at > 0 and not same_week(day, problem.days[at - 1]):
            best = dict.fromkeys(best, best[0])
    carried = sum(
        one.slots for one in standing.values() if problem.days and _earlier_in_week(one, problem.days[0])
    )
    return int(best[min(carried, weekly)][0])


def _day_before(
    problem: SessionProblem,
    after: Mapping[int, NDArray[np.int64]],
    options: list[_Option],
    day: date,
    counts: tuple[int, int],
) -> dict[int, NDArray[np.int64]]:
    """Return the least cost from the morning of a day on, by slots taken of the week and people served."""
    ready, gone = counts
    weekly = max(after)
    served = np.arange(len(after[0]))
    found: dict[int, NDArray[np.int64]] = {}
    done: dict[tuple[int, ...], NDArray[np.int64]] = {}
    for taken in after:
        ways = tuple(
            id(after[min(taken + option.slots, weekly)]) if _fits(option, taken, weekly, options) else -1
            for option in options
        )
        if ways not in done:
            least = np.full(len(served), NEVER, np.int64)
            for option, way in zip(options, ways, strict=True):
                if way == -1:
                    continue
                come = np.maximum(np.minimum(served + option.come, ready), served)
                lost = np.maximum(gone - come, 0)
                cost = option.cost + problem.waiting_cost(day) * (come - served) + problem.leaving_cost * lost
                least = np.minimum(least, cost + after[min(taken + option.slots, weekly)][come + lost])
            done[ways] = least
        found[taken] = done[ways]
    return found


def _fits(option: _Option, taken: int, weekly: int, options: list[_Option]) -> bool:
    return taken + option.slots <= weekly or len(options) == 1


def _options(
    problem: SessionProblem,
    stop: CentreStop,
    day: date,
    prices: Prices,
    left: Mapping[tuple[TeamCode, date], Room],
) -> list[_Option]:
    found = [_Option(0, 0, 0)]
    if not stop.is_open(day):
        return found
    for counters in range(1, problem.most_counters + 1):
        needs = counters * problem.rules.session.people_at_counter
        costs = []
        for team in problem.teams:
            staff, vans = left[team.code, day]
            if staff >= needs and vans >= 1:
                per_staff, per_van = prices.get((team.code, day), (0, 0))
                costs.append(problem.travel_cost(team.code, stop.code) + needs * per_staff + per_van)
        if costs:
            slots = problem.slots_of(counters)
            found.append(_Option(min(costs), slots, slots))
    return found


def _earlier_in_week(session: DocumentSession, first: date) -> bool:
    return session.day < first and same_week(session.day, first)
