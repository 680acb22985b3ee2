"""The problem as whole numbers in arrays, the way compiled passes read it."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eenthuis.sessions.problem import SessionProblem, can_work, same_week

Whole = NDArray[np.int64]


class Grid(NamedTuple):
    """A problem in arrays: C centres, D days, T teams, P parties, K numbers of counters from 0 on.

    Attributes
    ----------
    slots, needs, weeks
        K: people served, staff needed, and what it takes of a week's room (``room`` in all; every one 0 where the week
        never binds).
    wait, leaving
        D and a number: what one person costs who comes on a day, and who gets no appointment.
    travel
        C x T: what the way of a team to a centre and back costs.
    open_days, free, used
        C x D: 1 where a session can be set up; slots left in one that stands already, -1 where none does; and what that
        one takes of the week's room.
    begins, carried
        D: 1 on the first day of a week but the first; and C: the room that was taken of that one before the first day.
    ready, gone
        C x D: people who could come by a day, and who no longer can after it.
    people, start
        C people, and C + 1 offsets of each centre's parties.
    first, last, size
        P: first and last day (as places in the days) and people of each party, in the order of serving.
    staff, vans
        T x D: what is left beside sessions that stand already.
    """

    slots: Whole
    needs: Whole
    weeks: Whole
    room: int
    wait: Whole
    leaving: int
    travel: Whole
    open_days: Whole
    free: Whole
    used: Whole
    begins: Whole
    carried: Whole
    ready: Whole
    gone: Whole
    people: Whole
    start: Whole
    first: Whole
    last: Whole
    size: Whole
    staff: Whole
    vans: Whole


class Layout(NamedTuple):
    """A grid with the party that each row of it stands for, as places in the problem's parties."""

    grid: Grid
    order: tuple[int, ...]


def lay_out(problem: SessionProblem) -> Layout:
    """Return the problem in arrays.

    Parties are served in the order of the last day they can come, those who can come until the end by how long they
    have waited, and then by number.
    """
    days = {day: i for i, day in enumerate(problem.days)}
    centres = {stop.code: i for i, stop in enumerate(problem.centres)}
    at = [centres[party.documents[0].centre] for party in problem.parties]
    order = sorted(
        range(len(at)),
        key=lambda i: (
            at[i],
            problem.parties[i].window.last_day,
            min(one.ready_on for one in problem.parties[i].documents),
            problem.parties[i].documents[0].number,
        ),
    )
    found = [problem.parties[i] for i in order]
    first = np.array([days[party.window.first_day] for party in found], np.int64)
    last = np.array([days[party.window.last_day] for party in found], np.int64)
    size = np.array([party.people for party in found], np.int64)
    where = np.array([at[i] for i in order], np.int64)
    ready, gone = _curves(where, first, last, size, (len(centres), len(days)))
    stands = _standing(problem)
    slots = [problem.slots_of(counters) for counters in range(problem.most_counters + 1)]
    step, room = _week(problem, slots)
    grid = Grid(
        slots=np.array(slots, np.int64),
        needs=problem.rules.session.people_at_counter * np.arange(len(slots), dtype=np.int64),
        weeks=np.array([people // step if room else 0 for people in slots], np.int64),
        room=room,
        wait=np.array([problem.waiting_cost(day) for day in problem.days], np.int64),
        leaving=problem.leaving_cost,
        travel=_travel(problem),
        open_days=stands.open_days,
        free=stands.free,
        used=stands.used // step if room else np.zeros_like(stands.used),
        begins=_begins(problem),
        carried=np.minimum(stands.carried // step, room),
        ready=ready,
        gone=gone,
        people=np.bincount(where, weights=size, minlength=len(centres)).astype(np.int64),
        start=np.searchsorted(where, np.arange(len(centres) + 1)).astype(np.int64),
        first=first,
        last=last,
        size=size,
        staff=stands.staff,
        vans=stands.vans,
    )
    return Layout(grid, tuple(order))


def _travel(problem: SessionProblem) -> Whole:
    costs = [problem.travel_cost(team.code, stop.code) for stop in problem.centres for team in problem.teams]
    return np.array(costs, np.int64).reshape(len(problem.centres), len(problem.teams))


def _curves(
    where: Whole, first: Whole, last: Whole, size: Whole, shape: tuple[int, int]
) -> tuple[Whole, Whole]:
    ready, gone = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    np.add.at(ready, (where, first), size)
    np.add.at(gone, (where, last), size)
    return np.cumsum(ready, axis=1), np.cumsum(gone, axis=1)


class _Stands(NamedTuple):
    open_days: Whole
    free: Whole
    used: Whole
    carried: Whole
    staff: Whole
    vans: Whole


def _standing(problem: SessionProblem) -> _Stands:
    days = {day: i for i, day in enumerate(problem.days)}
    shape = len(problem.centres), len(problem.days)
    at_counter = problem.rules.session.people_at_counter
    open_days = np.array([[stop.is_open(day) for day in problem.days] for stop in problem.centres], np.int64)
    works = np.array(
        [[can_work(team, day, at_counter) for day in problem.days] for team in problem.teams], np.int64
    ).reshape(len(problem.teams), len(problem.days))
    staff = works * np.array([[team.staff] for team in problem.teams], np.int64).reshape(-1, 1)
    vans = works * np.array([[team.vans] for team in problem.teams], np.int64).reshape(-1, 1)
    free, used, carried = (
        np.full(shape, -1, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape[0], np.int64),
    )
    booked = Counter(one.session for one in problem.standing.appointments)
    centres = {stop.code: i for i, stop in enumerate(problem.centres)}
    teams = {team.code: i for i, team in enumerate(problem.teams)}
    for session in problem.standing.sessions:
        centre, day = centres[session.centre], days.get(session.day)
        if day is not None:
            free[centre, day] = session.slots - booked[session.identifier]
            used[centre, day] = session.slots
            staff[teams[session.team], day] -= session.staff
            vans[teams[session.team], day] -= 1
        elif problem.days and same_week(session.day, problem.days[0]):
            carried[centre] += session.slots
    return _Stands(open_days.reshape(shape), free, used, carried, staff, vans)


def _week(problem: SessionProblem, slots: list[int]) -> tuple[int, int]:
    """Return in what steps a week's room is counted, and how many there are; 0 where the week never binds."""
    law = problem.rules.session
    held = [session.slots for session in problem.standing.sessions]
    every = {*problem.days, *(session.day for session in problem.standing.sessions)}
    longest = max(Counter(day.isocalendar()[:2] for day in every).values(), default=0)
    if law.slots_a_week >= longest * max([slots[-1], *held], default=0):
        return 1, 0
    step = math.gcd(*slots, *held)
    return step, law.slots_a_week // step


def _begins(problem: SessionProblem) -> Whole:
    days = problem.days
    return np.array([i > 0 and not same_week(day, days[i - 1]) for i, day in enumerate(days)], np.int64)
