"""Words of supervision ("interbestuurlijk toezicht"): the ladder, its rungs, and the figures that are judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eenthuis.terms.half_year import HalfYear

OFF_LADDER = 0
"""The rung of a municipality that stands on no rung."""


class Step(StrEnum):
    """What a rung is, in the order of the common ladder; ``PRIOR_NOTICE`` is the "vooraankondiging"."""

    SIGNAL = "signal"
    INFORMATION = "information"
    ACTIVE_SUPERVISION = "active-supervision"
    PRIOR_NOTICE = "prior-notice"
    DECISION = "decision"
    SUBSTITUTION = "substitution"


class Entry(StrEnum):
    """How a rung is entered: by a reading of the figures, or only by a decision of the provincial executive."""

    READING = "reading"
    DECISION = "decision"


class Talk(StrEnum):
    """Who talk on a rung: officials ("ambtelijk") or administrators ("bestuurlijk")."""

    NONE = "none"
    OFFICIALS = "officials"
    ADMINISTRATORS = "administrators"


class Letter(StrEnum):
    """The letter that goes with a rung."""

    NONE = "none"
    SIGNAL = "signal"
    INFORMATION_REQUEST = "information-request"
    PLAN_REQUEST = "plan-request"
    PRIOR_NOTICE = "prior-notice"
    DECISION = "decision"
    CARRYING_OUT = "carrying-out"


class Regime(StrEnum):
    """How closely a municipality is followed: each month, with talks of officials, with talks of administrators."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class Scope(StrEnum):
    """What the province takes over: the backlog, or the whole task (regular and backlog)."""

    BACKLOG_ONLY = "backlog-only"
    WHOLE_TASK = "whole-task"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung ("trede") of a ladder: when it is entered, and what goes with it.

    ``backlog_people``, ``backlog_share`` (of the corrected target) and ``half_years`` (behind in a row) are the least
    that must be so to enter it; all three count. ``term_weeks`` is the time to answer, 0 where nothing is asked.
    """

    number: int
    step: Step
    entry: Entry
    backlog_people: int
    backlog_share: Fraction
    half_years: int
    term_weeks: int
    talk: Talk
    letter: Letter
    regime: Regime


@dataclass(frozen=True, slots=True)
class Ladder:
    """The intervention ladder ("interventieladder") of one province on one day, lowest rung first."""

    place: str
    rungs: tuple[Rung, ...]
    scope: Scope
    off_ladder: Regime
    council_first: bool

    def rung(self, number: int) -> Rung:
        """Return a rung by its number, 1 to :attr:`top`."""
        return self.rungs[number - 1]

    @property
    def top(self) -> int:
        """The number of the highest rung."""
        return len(self.rungs)

    def regime(self, number: int) -> Regime:
        """Return the regime on a rung; :data:`OFF_LADDER` has one too."""
        return self.off_ladder if number == OFF_LADDER else self.rung(number).regime


class FigureKind(StrEnum):
    """What a number of a half-year is, in people unless it says homes.

    ``NET`` is the target in the letter of the ministry, ``CORRECTED`` with backlog or lead carried in, ``REALISED``
    signed off at COA, ``LINKED`` linked by 1 April or 1 October, ``OWN_COUNT`` what the municipality counted itself.
    """

    NET = "net"
    CORRECTED = "corrected"
    REALISED = "realised"
    LINKED = "linked"
    OWN_COUNT = "own-count"
    REQUESTS_UNMET = "requests-unmet"
    HOMES_READY = "homes-ready"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it is and where it comes from."""

    kind: FigureKind
    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one municipality in one half-year, all in people but ``homes_ready``.

    ``linked`` counts everyone linked to the municipality for the half-year by the reference date of linking (1 April or
    1 October), whether signed off since or not. ``requests_unmet`` are people in requests that could not be met, such
    as a large family or someone without a citizen number. ``homes_ready`` are homes that stood ready with nobody to
    house. ``plan_on_schedule`` says that a catch-up agreed with the province was on schedule. ``decided_rung`` is the
    rung on which the province put the municipality after this half-year, with the written reason where it skipped one.
    """

    half_year: HalfYear
    corrected: int
    realised: int
    linked: int
    source: str
    net: int | None = None
    own_count: int | None = None
    requests_unmet: int = 0
    homes_ready: int = 0
    plan_on_schedule: bool = False
    decided_rung: int | None = None
    skip_reason: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return every number that is known, with what it is and its source."""
        known = (
            (FigureKind.NET, self.net),
            (FigureKind.CORRECTED, self.corrected),
            (FigureKind.REALISED, self.realised),
            (FigureKind.LINKED, self.linked),
            (FigureKind.OWN_COUNT, self.own_count),
            (FigureKind.REQUESTS_UNMET, self.requests_unmet or None),
            (FigureKind.HOMES_READY, self.homes_ready or None),
        )
        return tuple(Figure(kind, number, self.source) for kind, number in known if number is not None)
