"""The way of a household from permit to sign-off: its stages, the steps on it, and what each step needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from eenthuis.terms.access import Role
from eenthuis.terms.law import Citation


class Stage(StrEnum):
    """Where a household stands on its way; it stands in exactly one stage."""

    PERMIT = "permit"
    TALK_PLANNED = "talk-planned"
    WAITING_FOR_LINK = "waiting-for-link"
    LINKED = "linked"
    HOME_OFFERED = "home-offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSAL_REJECTED = "refusal-rejected"
    LEASED = "leased"
    MOVED = "moved"
    SIGNED_OFF = "signed-off"
    LEFT = "left"
    DISSOLVED = "dissolved"


class Stay(StrEnum):
    """Where a household sleeps until it has a home."""

    CENTRE = "centre"
    TRANSIT_LOCATION = "transit-location"
    HOTEL_SCHEME = "hotel-scheme"


class StepKind(StrEnum):
    """A step on the way; the way of a household is the list of its steps."""

    TALK_PLANNED = "talk-planned"
    TALK_HELD = "talk-held"
    LINKED = "linked"
    LINK_CHANGED = "link-changed"
    LINK_ENDED = "link-ended"
    HOME_OFFERED = "home-offered"
    OFFER_WITHDRAWN = "offer-withdrawn"
    HOME_VIEWED = "home-viewed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSAL_JUSTIFIED = "refusal-justified"
    REFUSAL_REJECTED = "refusal-rejected"
    HOME_RELEASED = "home-released"
    LEASED = "leased"
    MOVED = "moved"
    HOME_CHANGED = "home-changed"
    SIGNED_OFF = "signed-off"
    SIGN_OFF_WITHDRAWN = "sign-off-withdrawn"
    TRANSIT_ENTERED = "transit-entered"
    TRANSIT_LEFT = "transit-left"
    HOTEL_ENTERED = "hotel-entered"
    HOTEL_LEFT = "hotel-left"
    RELATIVES_AWAITED = "relatives-awaited"
    RELATIVES_WAIT_ENDED = "relatives-wait-ended"
    CENTRE_CHANGED = "centre-changed"
    LEFT = "left"
    MERGED = "merged"
    SPLIT = "split"
    STRUCK_OUT = "struck-out"


class Field(StrEnum):
    """What a person fills in with a step, besides the day."""

    WHY = "why"
    GROUND = "ground"
    HOME = "home"
    MUNICIPALITY = "municipality"
    CENTRE = "centre"
    EXPECTED_ON = "expected-on"
    HOUSEHOLDS = "households"


class RefusalGround(StrEnum):
    """Why a household says no to a home, as it told; COA judges whether that justifies the refusal."""

    TOO_SMALL = "too-small"
    NOT_ACCESSIBLE = "not-accessible"
    MEDICAL = "medical"
    UNSAFE = "unsafe"
    WORK_OR_STUDY = "work-or-study"
    TOO_FAR_FROM_FAMILY = "too-far-from-family"
    OTHER = "other"


class DeadlineKind(StrEnum):
    """What must have happened by the last day of a deadline."""

    LINK = "link"
    LEASE = "lease"
    ANSWER = "answer"
    JUDGE_REFUSAL = "judge-refusal"
    LEAVE_RECEPTION = "leave-reception"
    MOVE = "move"
    SIGN_OFF = "sign-off"
    LEAVE_TRANSIT = "leave-transit"
    LEAVE_HOTEL = "leave-hotel"
    WHOLE_WAY = "whole-way"


@dataclass(frozen=True, slots=True)
class WayState:
    """Where a household stands.

    Attributes
    ----------
    stage, stay
        Its stage, and where it sleeps.
    awaits_relatives
        Whether it waits for relatives who will join, before a home is looked for.
    holds_home
        Whether a home is kept for it: offered, accepted or refused without having been released.
    has_viewed
        Whether it saw that home.
    """

    stage: Stage = Stage.PERMIT
    stay: Stay = Stay.CENTRE
    awaits_relatives: bool = False
    holds_home: bool = False
    has_viewed: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Part of where a household stands: what a step needs, or what it makes so; None where it does not matter."""

    stay: Stay | None = None
    awaits_relatives: bool | None = None
    holds_home: bool | None = None
    has_viewed: bool | None = None


class Obstacle(StrEnum):
    """Why a step cannot be taken now; pages have a sentence for each."""

    WRONG_STAGE = "wrong-stage"
    WRONG_STAY = "wrong-stay"
    WAIT_FOR_RELATIVES = "wait-for-relatives"
    NO_HOME_KEPT = "no-home-kept"
    VIEWED_ALREADY = "viewed-already"
    STAY_DOES_NOT_COUNT = "stay-does-not-count"


@dataclass(frozen=True, slots=True)
class NotPossible:
    """A step that does not fit where the household stands; nothing is changed."""

    kind: StepKind
    state: WayState
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of the machine: between which stages, who may, what it needs, what it starts, who is told.

    Attributes
    ----------
    kind, from_stages, to
        The step, the stages it can be taken in, and the one it leads to; None where the stage stays as it is.
    action
        The row of the authority matrix that says who may.
    fields
        What must be filled in besides the day.
    starts
        Deadlines that begin on its day.
    told
        Roles that get a notice; within a role only those whose reach holds the household.
    needs, makes
        What must be so besides the stage, and what becomes so.
    """

    kind: StepKind
    from_stages: frozenset[Stage]
    to: Stage | None
    action: str
    fields: tuple[Field, ...] = ()
    starts: tuple[DeadlineKind, ...] = ()
    told: tuple[Role, ...] = ()
    needs: Circumstances = Circumstances()
    makes: Circumstances = Circumstances()


@dataclass(frozen=True, slots=True)
class WayStep:
    """A step that was taken; ``replaces`` is the number of the earlier step that it strikes out or mends.

    ``on`` is the day it happened, ``number`` its place on the way, ``values`` what was filled in by field.
    """

    number: int
    kind: StepKind
    on: date
    decided_by: str = ""
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must have happened.

    Attributes
    ----------
    kind, started_on, last_day
        What, since when, and the last day on which it is in time; ``last_day`` is never a closed day where the law
        extends it.
    met_on
        The day it happened, or None while it is open.
    citations
        The value it rests on, and the calendar.
    """

    kind: DeadlineKind
    started_on: date
    last_day: date
    met_on: date | None
    citations: tuple[Citation, ...]

    def days_left(self, today: date) -> int:
        """Return the days until the last day; negative once it has passed."""
        return (self.last_day - today).days
