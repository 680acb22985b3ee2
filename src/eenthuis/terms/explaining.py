"""Why a household has its place, what would change that, and why a place has its households: codes and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.terms.linking import Reason
from eenthuis.terms.overriding import Moved


@dataclass(frozen=True, slots=True)
class BindingCap:
    """A cap that is full, or of which a unit has a price: ``used`` of ``cap``, ``price`` in score a unit."""

    place: str
    use: str
    cap: int
    used: int
    price: float

    @property
    def is_full(self) -> bool:
        """Whether nothing of it is left."""
        return self.used >= self.cap


class CostBasis(StrEnum):
    """How a cost is known: the problem was solved again with the household there, or prices alone bound it."""

    RESOLVED = "re-solved"
    PRICED = "priced"


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Another place that is allowed.

    Attributes
    ----------
    score, gain
        The household's score there, and how much more that is than now.
    cost, cost_at_least
        What the total would fall by with the household there: what was reached, and what is proven.
    basis
        How the cost is known.
    displaced
        The other households that would get another place or none, for staff only; empty when prices alone are known.
    """

    place: str
    score: float
    gain: float
    cost: float
    cost_at_least: float
    basis: CostBasis
    displaced: tuple[Moved, ...] = ()


class FlipKind(StrEnum):
    """What would change where a household goes."""

    SCORE = "score"
    ROOM = "room"
    FEWER = "fewer"
    CRITERION = "criterion"
    TOGETHER = "together"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Flip:
    """A change after which the household goes to ``place``; it was solved again, and did.

    ``SCORE``: its score there is higher by ``points``. ``ROOM``: the place holds so much more of each use. ``FEWER``:
    the ``households`` do not compete. ``CRITERION``: the place is allowed. ``TOGETHER``: it need not go with its group.
    ``PIN``: a person decides it, at a cost of ``points``.
    """

    kind: FlipKind
    place: str
    points: float = 0.0
    room: tuple[tuple[str, int], ...] = ()
    households: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseholdExplained:
    """One household: its place or why it has none.

    Attributes
    ----------
    code, values
        ``linked:...`` or ``not-linked:...`` with what a sentence about it needs.
    reasons
        The criteria that hold here.
    caps
        The caps that bind at its place; for a household without a place, at the place nearest to taking it.
    others
        The best other places, the least costly first.
    flips
        What would change the outcome, the smallest change first.
    together
        The households of its group, itself among them; empty when it goes alone.
    """

    household: str
    persons: int
    place: str | None
    score: float
    code: str
    values: Mapping[str, str | int | float]
    reasons: tuple[Reason, ...]
    caps: tuple[BindingCap, ...]
    others: tuple[OtherPlace, ...]
    flips: tuple[Flip, ...]
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedHere:
    """A household that a place gets: why, and its margin.

    ``margin`` is what the total would lose at prices if it went to its next best place.
    """

    household: str
    persons: int
    score: float
    code: str
    margin: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class NextInLine:
    """A household that the place did not get though it came near.

    ``place`` is where it goes instead (None: nowhere), ``cost`` what the total would lose at prices with it here, and
    ``lacking`` the uses of which too little is left here.
    """

    household: str
    persons: int
    score: float
    place: str | None
    cost: float
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceExplained:
    """One place: the caps that bind, who goes there, and who came next."""

    place: str
    caps: tuple[BindingCap, ...]
    linked: tuple[LinkedHere, ...]
    next_in_line: tuple[NextInLine, ...]
