"""A plan beside the way by desks only: kilometres and days, each with what it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis.rules.documents import ready_window
from eenthuis.sessions.problem import SessionProblem, way_metres
from eenthuis.terms.documents import DeskCode, DocumentNumber, DocumentPlan, IndDesk, ResidenceDocument
from eenthuis.terms.people import CentreCode
from eenthuis.terms.places import Point


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people wait from the day their card is there until they hold it, both days known."""

    people: int
    person_days: int
    longest_days: int

    @property
    def mean_days(self) -> Fraction | None:
        """Days per person; None for nobody."""
        return Fraction(self.person_days, self.people) if self.people else None


@dataclass(frozen=True, slots=True)
class Measures:
    """What a plan saves beside desks only.

    Attributes
    ----------
    people
        People with an appointment; everything is of them.
    desk_metres
        What they would travel together, each to the nearest open desk and back, by road.
    desk_trip_metres
        The same with one trip for each household that goes together: kilometres of vehicles, not of people.
    team_metres
        What the teams travel.
    waits
        How long they wait with the plan.
    desk_waits, desk_left
        How long people wait with desks only, and those of the plan who would not be served within the horizon. The
        desks serve first come, first served, one person after another at the nearest desk, on the same days and with
        the same notice, as many a day as the staff of the teams of that desk could, or as the law book says for a desk
        without a team.
    """

    people: int
    desk_metres: int
    desk_trip_metres: int
    team_metres: int
    waits: Waits
    desk_waits: Waits
    desk_left: int

    @property
    def saved_metres(self) -> int:
        """Metres of people that are avoided, less those of the teams; below 0 when teams travel more."""
        return self.desk_metres - self.team_metres


def measure(
    problem: SessionProblem,
    plan: DocumentPlan,
    documents: Mapping[DocumentNumber, ResidenceDocument],
    desks: Sequence[IndDesk],
    points: Mapping[DeskCode, Point],
) -> Measures | None:
    """Return what a plan saves; None when no desk is open.

    ``desks`` are those that hand out to status holders, with where each stands in ``points``.
    """
    open_desks = [desk for desk in desks if desk.is_open(problem.as_of)]
    if not open_desks:
        return None
    nearest = nearest_desks(problem, open_desks, points)
    seats = {one.document: one for one in plan.appointments}
    planned = [documents[number] for number in sorted(seats)]
    trips = {(one.household, seats[one.number].session): one.centre for one in planned}
    served = _at_desks(problem, planned, {code: desk for code, (desk, _) in nearest.items()})
    return Measures(
        people=len(planned),
        desk_metres=sum(nearest[one.centre][1] for one in planned),
        desk_trip_metres=sum(nearest[centre][1] for centre in trips.values()),
        team_metres=sum(one.metres for one in plan.sessions),
        waits=_waits([(seats[one.number].day - one.ready_on).days for one in planned]),
        desk_waits=_waits(
            [(served[one.number] - one.ready_on).days for one in planned if one.number in served]
        ),
        desk_left=len(planned) - len(served),
    )


def nearest_desks(
    problem: SessionProblem, desks: Sequence[IndDesk], points: Mapping[DeskCode, Point]
) -> dict[CentreCode, tuple[DeskCode, int]]:
    """Return for each centre the nearest desk, the first by code of two as near, and the metres there and back."""
    detour = problem.rules.session.detour
    found = {}
    for stop in problem.centres:
        ways = sorted(
            (way_metres(stop.point, points[desk.code], detour.numerator, detour.denominator), desk.code)
            for desk in desks
        )
        found[stop.code] = (ways[0][1], ways[0][0])
    return found


def _at_desks(
    problem: SessionProblem, planned: Sequence[ResidenceDocument], desk_of: Mapping[CentreCode, DeskCode]
) -> dict[DocumentNumber, date]:
    """Return on which day each person is served when everybody goes to the nearest desk, first come, first served."""
    queues: defaultdict[DeskCode, list[ResidenceDocument]] = defaultdict(list)
    for one in sorted(planned, key=lambda one: (one.ready_on, one.number)):
        queues[desk_of[one.centre]].append(one)
    served: dict[DocumentNumber, date] = {}
    for desk, queue in sorted(queues.items()):
        windows = {one.number: ready_window(one, problem.rules.document) for one in queue}
        for day in problem.days:
            free = _slots(problem, desk, day)
            for one in queue:
                window = windows[one.number]
                if free > 0 and one.number not in served and window and window.holds(day):
                    served[one.number] = day
                    free -= 1
    return served


def _slots(problem: SessionProblem, desk: DeskCode, day: date) -> int:
    """Return whom a desk could serve on a day with the staff of its teams; what the law book says without a team."""
    law = problem.rules.session
    teams = [team for team in problem.teams if team.desk == desk]
    if not teams:
        return law.desk_slots_a_day
    staff = sum(team.staff for team in teams if team.works(day))
    return staff // law.people_at_counter * law.slots_per_counter


def _waits(days: Sequence[int]) -> Waits:
    return Waits(len(days), sum(days), max(days, default=0))
