"""Residence documents ("verblijfsdocumenten"): who waits for one, where it is handed out, and what a plan says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode, Point

DocumentNumber = NewType("DocumentNumber", str)
"""A number that tells one awaited document from another; no citizen number, and not the number on the card."""

DeskCode = NewType("DeskCode", str)
"""Short code of a desk of the IND."""

TeamCode = NewType("TeamCode", str)
"""Short code of the people of one desk who travel."""

SessionId = NewType("SessionId", str)
"""Centre and day of a session, such as ``AZC-UTRECHT/2026-12-07``: a centre has at most one a day."""


class DeskKind(StrEnum):
    """What a desk is: one of the IND itself, or an expat centre ("expatcentrum") that hands out for work permits."""

    IND = "ind-desk"
    EXPAT_CENTRE = "expat-centre"


@dataclass(frozen=True, slots=True)
class IndDesk:
    """A desk of the IND ("IND-loket"), where people fetch documents themselves and from where teams leave.

    ``last_day`` counts and is None while it is open; ``first_day`` is None where it is not known.
    """

    code: DeskCode
    name: str
    municipality: MunicipalityCode
    kind: DeskKind
    first_day: date | None
    last_day: date | None
    source: str
    note: str = ""

    def is_open(self, day: date) -> bool:
        """Return whether the desk is open in the days of which ``day`` is one; weekends are not looked at."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class ResidenceDocument:
    """A document that lies ready, or will, for one person in a reception centre, and what readiness hangs on.

    Attributes
    ----------
    number, household, centre
        Its number, the household of the person, and the centre where the person stays.
    ready_on
        The day from which the card can be handed out.
    born_on
        Birthday of the person; fingerprints are asked by age.
    photo_on, fingerprints_on
        The days the facial image and the fingerprints were taken; None where they were not.
    has_citizen_number, has_address
        Whether the citizen number ("BSN") and the address in the register are known; neither is kept here.
    """

    number: DocumentNumber
    household: HouseholdId
    centre: CentreCode
    ready_on: date
    born_on: date
    photo_on: date | None
    fingerprints_on: date | None
    has_citizen_number: bool
    has_address: bool


class WhyNotReady(StrEnum):
    """Why a document cannot be handed out on a day; several can hold at once.

    ``FINGERPRINTS_AGAIN``: taken before the birthday from which they are asked anew.
    """

    CARD_NOT_THERE = "card-not-there"
    NO_ADDRESS = "no-address"
    NO_CITIZEN_NUMBER = "no-citizen-number"
    NO_PHOTO = "no-photo"
    PHOTO_TOO_OLD = "photo-too-old"
    NO_FINGERPRINTS = "no-fingerprints"
    FINGERPRINTS_AGAIN = "fingerprints-again"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether one document can be handed out on a day, with every reason why not.

    ``first_day`` and ``last_day`` are the days between which it can be as things stand now, both counted: from the day
    the card is there until the photo is too old or fingerprints are asked anew. Both are None when it needs something
    first, whatever the day.
    """

    document: DocumentNumber
    day: date
    reasons: tuple[WhyNotReady, ...]
    first_day: date | None
    last_day: date | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way on that day."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class DocumentTeam:
    """People of a desk who hand documents out at centres.

    On each working day between ``first_day`` and ``last_day`` (both count; None where unbounded) they can hold several
    sessions, each with its own van, as long as all of them take at most ``staff`` people and ``vans`` vans.
    """

    code: TeamCode
    desk: DeskCode
    staff: int
    vans: int
    first_day: date | None = None
    last_day: date | None = None

    def works(self, day: date) -> bool:
        """Return whether ``day`` lies in the days of the team; weekends are not looked at."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class DocumentSession:
    """A day on which one team hands documents out at one centre.

    ``counters`` people are served at a time, each in ``minutes_per_slot`` from ``first_slot`` on; ``slots`` is the most
    people that day. ``metres`` is the way of the team from its desk to the centre and back.
    """

    centre: CentreCode
    day: date
    team: TeamCode
    staff: int
    counters: int
    slots: int
    first_slot: time
    minutes_per_slot: int
    metres: int

    @property
    def identifier(self) -> SessionId:
        """Centre and day: a centre has at most one session a day."""
        return session_id(self.centre, self.day)

    def begins(self, slot: int) -> time:
        """Return when a slot begins; slots count from 0, and as many begin together as there are counters."""
        start = datetime.combine(self.day, self.first_slot)
        return (start + timedelta(minutes=self.minutes_per_slot * (slot // self.counters))).timetz()


def session_id(centre: CentreCode, day: date) -> SessionId:
    """Return the identifier of the session at a centre on a day."""
    return SessionId(f"{centre}/{day.isoformat()}")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person's slot in a session; slots count from 0."""

    document: DocumentNumber
    household: HouseholdId
    session: SessionId
    day: date
    slot: int


class AppointmentOutcome(StrEnum):
    """What came of an appointment.

    ``WRONG_DETAILS``: the card or the file was wrong, and the document is made again. ``MOVED_AWAY``: the person
    no longer stays at the centre.
    """

    HANDED_OUT = "handed-out"
    NO_SHOW = "no-show"
    WRONG_DETAILS = "wrong-details"
    MOVED_AWAY = "moved-away"


class WhyNotPlanned(StrEnum):
    """Why someone has no appointment inside the horizon.

    ``NOT_READY``: something is needed first, or the card comes after the horizon. ``EXPIRES_FIRST``: photo or
    fingerprints no longer hold on the first day for which there is time to invite. ``NO_TEAM``: no team can go to that
    centre on a day that fits. ``NO_ROOM``: staff, vans and slots are used for others, or one more day costs more than
    waiting until after the horizon.
    """

    NOT_READY = "not-ready"
    EXPIRES_FIRST = "expires-first"
    NO_TEAM = "no-team"
    NO_ROOM = "no-room"


@dataclass(frozen=True, slots=True)
class NotPlanned:
    """Someone without an appointment, why, and for ``NOT_READY`` every reason on the first day one could be invited."""

    document: DocumentNumber
    why: WhyNotPlanned
    not_ready: tuple[WhyNotReady, ...] = ()


class WhyChanged(StrEnum):
    """Why an appointment that someone was told no longer stands, or why there is a new one."""

    NEW_DOCUMENT = "new-document"
    ROOM_CAME_FREE = "room-came-free"
    MOVED_CENTRE = "moved-centre"
    NOT_READY_THEN = "not-ready-then"
    NO_LONGER_AWAITED = "no-longer-awaited"
    SESSION_FELL_OUT = "session-fell-out"
    NOW_READY = "now-ready"
    CAME_TO_NOTHING = "came-to-nothing"


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """What one person is told when a plan is made again: the appointment before, the one now, and why."""

    document: DocumentNumber
    before: Appointment | None
    now: Appointment | None
    why: WhyChanged


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """Sessions and appointments from ``first_day`` to ``last_day``, both counted, as decided on ``as_of``.

    ``cost`` and ``bound`` are in ``unit`` parts of a day that one person waits: what this plan costs, and what no plan
    under the same rules can cost less than. ``prices`` prove the bound; they are in the same unit, per team and day,
    for one member of staff and for one van.
    """

    as_of: date
    first_day: date
    last_day: date
    sessions: tuple[DocumentSession, ...]
    appointments: tuple[Appointment, ...]
    not_planned: tuple[NotPlanned, ...]
    cost: int
    bound: int
    unit: int
    prices: Mapping[tuple[TeamCode, date], tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a desk or centre is, by its code; real coordinates where they were handed in, else of its municipality."""

    code: str
    point: Point
    is_real: bool
