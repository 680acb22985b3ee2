"""What is planned: open days, centres, teams, who goes together and on which days they can."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis.law.calendar import CalendarLaw
from eenthuis.law.documents import DocumentLaw, SessionLaw
from eenthuis.rules.calendar import is_closed
from eenthuis.rules.documents import Party, ReadyWindow, parties, readiness
from eenthuis.terms.documents import (
    Appointment,
    DeskCode,
    DocumentSession,
    DocumentTeam,
    NotPlanned,
    ResidenceDocument,
    TeamCode,
    WhyNotPlanned,
)
from eenthuis.terms.errors import InputError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import Point

_DAY = timedelta(days=1)
_EARTH_METRES = 6_371_009
_METRES_PER_KM = 1000
LONGEST_WEEKS = 53
"""More weeks than this are not planned at once."""


@dataclass(frozen=True, slots=True)
class CentreStop:
    """A reception centre as a team sees it: where it is, and the days it is open (both count; None is unbounded)."""

    code: CentreCode
    point: Point
    first_day: date | None = None
    last_day: date | None = None

    def is_open(self, day: date) -> bool:
        """Return whether a session can be held there on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What the law says of documents, of sessions and of closed days, as on the day of planning."""

    document: DocumentLaw
    session: SessionLaw
    calendar: CalendarLaw


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of an earlier plan and is not touched: sessions, and the appointments in them."""

    sessions: tuple[DocumentSession, ...] = ()
    appointments: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionProblem:
    """Everything a plan is chosen from.

    Attributes
    ----------
    as_of, first_day, last_day, days
        The day of planning, the horizon, and the days of it on which is worked.
    centres, teams
        Where documents are handed out, by code, and by whom, by code.
    metres
        The way of each team to each centre and back, by road.
    parties
        Who goes together, by centre and number; each can go on at least one of the days.
    refused
        Who cannot be planned at all, and why.
    standing
        What stands of an earlier plan; people with such an appointment are in no party.
    rules
        What was asked of the law.
    """

    as_of: date
    first_day: date
    last_day: date
    days: tuple[date, ...]
    centres: tuple[CentreStop, ...]
    teams: tuple[DocumentTeam, ...]
    metres: Mapping[tuple[TeamCode, CentreCode], int]
    parties: tuple[Party, ...]
    refused: tuple[NotPlanned, ...]
    standing: Standing
    rules: Rules

    @property
    def unit(self) -> int:
        """How many parts of a day that one person waits are counted as one, so that every cost is a whole number."""
        return _METRES_PER_KM * self.rules.session.waiting_days_per_km.denominator

    def waiting_cost(self, day: date) -> int:
        """Return what one person costs who comes on a day, from the day of planning on."""
        return self.unit * (day - self.as_of).days

    @property
    def leaving_cost(self) -> int:
        """What one person costs who gets no appointment: waiting until after the horizon, and what the law adds."""
        waits = (self.last_day + _DAY - self.as_of).days
        return self.unit * (waits + self.rules.session.unplanned_days)

    def travel_cost(self, team: TeamCode, centre: CentreCode) -> int:
        """Return what the way of a team to a centre and back costs."""
        return self.metres[team, centre] * self.rules.session.waiting_days_per_km.numerator

    def slots_of(self, counters: int) -> int:
        """Return the people whom so many counters can serve at a centre on a day."""
        law = self.rules.session
        return min(law.slots_a_day, counters * law.slots_per_counter)

    @property
    def most_counters(self) -> int:
        """The counters beyond which a day at a centre has no more slots."""
        law = self.rules.session
        return -(-law.slots_a_day // law.slots_per_counter)


def horizon(as_of: date, rules: Rules) -> ReadyWindow:
    """Return the first day for which there is time to invite, and the last day that is planned."""
    law = rules.session
    return ReadyWindow(as_of + law.notice_days * _DAY, as_of + timedelta(weeks=law.horizon_weeks))


def working_days(span: ReadyWindow, calendar: CalendarLaw) -> tuple[date, ...]:
    """Return the days of a span on which is worked: no weekend and no public holiday."""
    every = (span.first_day + _DAY * i for i in range((span.last_day - span.first_day).days + 1))
    return tuple(day for day in every if not is_closed(day, calendar))


def way_metres(one: Point, other: Point, detour_numerator: int, detour_denominator: int) -> int:
    """Return the whole metres by road from one point to another and back.

    The great circle on a sphere of the mean radius of the Earth, times the detour, rounded to a metre each way.

    Examples
    --------
    >>> way_metres(Point(52.0, 5.0), Point(52.0, 5.0), 13, 10)
    0
    """
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    across = math.sin((lat2 - lat1) / 2) ** 2
    along = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    angle = 2 * math.asin(math.sqrt(across + math.cos(lat1) * math.cos(lat2) * along))
    return 2 * round(_EARTH_METRES * angle * detour_numerator / detour_denominator)


def make_problem(
    documents: Sequence[ResidenceDocument],
    centres: Sequence[CentreStop],
    teams: Sequence[DocumentTeam],
    *,
    desks: Mapping[DeskCode, Point],
    as_of: date,
    rules: Rules,
    standing: Standing | None = None,
) -> SessionProblem:
    """Return what is planned on a day.

    Parameters
    ----------
    documents
        Who still waits; of people with an appointment in ``standing`` nothing else is planned.
    desks
        Where the desk of each team is.

    Raises
    ------
    InputError
        INP-01 when a document or a team names a centre or desk that is not given, INP-03 when a number or code stands
        twice, INP-06 when settings leave no day or no slot to plan.
    """
    stands = standing or Standing()
    _require_sound(documents, centres, teams, desks)
    law = rules.session
    least = min(law.slots_a_day, law.slots_a_week, law.people_at_counter, law.minutes_per_slot)
    if least < 1 or law.detour <= 0 or law.waiting_days_per_km < 0:
        raise InputError(
            "INP-06",
            "slots, people at a counter, minutes and detour must be above 0, and what a kilometre weighs not below it",
            remedy="Mend the setting of sessions that was assumed otherwise.",
        )
    span = horizon(as_of, rules)
    if span.last_day < span.first_day or law.horizon_weeks > LONGEST_WEEKS or law.slots_per_counter < 1:
        raise InputError(
            "INP-06",
            f"{law.horizon_weeks} weeks ahead with {law.notice_days} days of notice and "
            f"{law.minutes_per_slot} minutes a person leave nothing to plan",
            remedy=f"Plan at most {LONGEST_WEEKS} weeks, more days ahead than the notice, and less time a person.",
        )
    by_code = sorted(centres, key=lambda one: one.code)
    ordered = sorted(teams, key=lambda one: one.code)
    metres = {
        (team.code, stop.code): way_metres(
            desks[team.desk], stop.point, law.detour.numerator, law.detour.denominator
        )
        for team in ordered
        for stop in by_code
    }
    days = working_days(span, rules.calendar)
    booked = {one.document for one in stands.appointments}
    waiting = [one for one in documents if one.number not in booked]
    found, refused = _parties(waiting, span, rules, _Reach(days, by_code, ordered, rules))
    return SessionProblem(
        as_of,
        span.first_day,
        span.last_day,
        days,
        tuple(by_code),
        tuple(ordered),
        metres,
        found,
        refused,
        stands,
        rules,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """On which days some team can hold a session at a centre."""

    days: tuple[date, ...]
    centres: Sequence[CentreStop]
    teams: Sequence[DocumentTeam]
    rules: Rules

    def served(self) -> Mapping[CentreCode, tuple[date, ...]]:
        """Return the days per centre."""
        manned = [
            day
            for day in self.days
            if any(can_work(team, day, self.rules.session.people_at_counter) for team in self.teams)
        ]
        return {stop.code: tuple(day for day in manned if stop.is_open(day)) for stop in self.centres}


def can_work(team: DocumentTeam, day: date, people_at_counter: int) -> bool:
    """Return whether a team can hold a session on a day, looking at its days, staff and vans."""
    return team.works(day) and team.staff >= people_at_counter and team.vans > 0


def same_week(one: date, other: date) -> bool:
    """Return whether two days lie in one week that begins on Monday."""
    return one.isocalendar()[:2] == other.isocalendar()[:2]


def _parties(
    waiting: Iterable[ResidenceDocument], span: ReadyWindow, rules: Rules, reach: _Reach
) -> tuple[tuple[Party, ...], tuple[NotPlanned, ...]]:
    families: defaultdict[tuple[CentreCode, HouseholdId], list[ResidenceDocument]] = defaultdict(list)
    for one in waiting:
        families[one.centre, one.household].append(one)
    served = reach.served()
    made: list[Party] = []
    refused: list[NotPlanned] = []
    for (centre, _), family in sorted(families.items()):
        found = parties(family, served[centre], rules.document, rules.session.slots_a_day)
        goes = {one.number for party in found for one in party.documents}
        made += found
        refused += [_refusal(one, span, rules, reach.days) for one in family if one.number not in goes]
    return tuple(made), tuple(sorted(refused, key=lambda one: one.document))


def _refusal(one: ResidenceDocument, span: ReadyWindow, rules: Rules, days: Sequence[date]) -> NotPlanned:
    found = readiness(one, span.first_day, rules.document)
    if found.first_day is None or found.last_day is None or found.first_day > span.last_day:
        return NotPlanned(one.number, WhyNotPlanned.NOT_READY, found.reasons)
    if ReadyWindow(found.first_day, found.last_day).within(days) is None:
        return NotPlanned(one.number, WhyNotPlanned.EXPIRES_FIRST, found.reasons)
    return NotPlanned(one.number, WhyNotPlanned.NO_TEAM)


def _require_sound(
    documents: Sequence[ResidenceDocument],
    centres: Sequence[CentreStop],
    teams: Sequence[DocumentTeam],
    desks: Mapping[DeskCode, Point],
) -> None:
    for kind, codes in (
        ("document", [one.number for one in documents]),
        ("centre", [one.code for one in centres]),
        ("team", [one.code for one in teams]),
    ):
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                raise InputError("INP-03", f"{kind} {code} stands twice", remedy="Keep it once.")
            seen.add(code)
    known = {one.code for one in centres}
    for one in documents:
        if one.centre not in known:
            raise InputError(
                "INP-01",
                f"document {one.number} is for centre {one.centre}, which is not given",
                remedy="Add the centre, or mend its code.",
            )
    for team in teams:
        if team.desk not in desks:
            raise InputError(
                "INP-01",
                f"team {team.code} is of desk {team.desk}, which is not given",
                remedy="Add the desk, or mend its code.",
            )
