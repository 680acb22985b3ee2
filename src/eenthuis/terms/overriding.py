"""What a person changes in a proposal, what that costs, and wishes that cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OverrideKind(StrEnum):
    """What an override ("ingreep") does to one household.

    ``PIN``: it goes to a place. ``FORBID``: it does not. ``RELEASE``: earlier overrides of it no longer count.
    """

    PIN = "pin"
    FORBID = "forbid"
    RELEASE = "release"


class Ground(StrEnum):
    """For what sort of reason a person overrides; the reason itself is text beside it."""

    FAMILY = "family"
    CARE = "care"
    WORK_OR_STUDY = "work-or-study"
    SAFETY = "safety"
    MUNICIPALITY_ASKS = "municipality-asks"
    HOUSEHOLD_ASKS = "household-asks"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the ordered list of overrides; who decided and when is kept beside it.

    Attributes
    ----------
    household, place
        Identifiers. Without a place a pin says that the household must get some place, a forbid that it waits
        without one, and a release that everything about the household is released.
    reason, ground
        Why, in words, and of which sort.
    """

    kind: OverrideKind
    household: str
    place: str = ""
    reason: str = ""
    ground: Ground = Ground.OTHER


class NoLonger(StrEnum):
    """Why an override of an earlier proposal is not taken over into a new one.

    ``LINKED``: the household is linked by now. ``GONE``: it does not wait any more. ``NO_TARGET``: the municipality
    carries no target. ``NO_ROOM``: it has no room for the household beside others who were pinned there.
    ``CRITERION``: a hard criterion keeps the household from it. ``TOGETHER``: it cannot hold beside what was decided
    before it.
    """

    LINKED = "linked"
    GONE = "gone"
    NO_TARGET = "no-target"
    NO_ROOM = "no-room"
    CRITERION = "criterion"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Moved:
    """A household whose place changes; None is no place."""

    household: str
    persons: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Persons linked to a place before and after, and its cap (None: no cap)."""

    place: str
    before: int
    after: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class GivenWay:
    """A cap that a pin goes beyond by ``more``, since it does not bind a person: the spread of sizes, say."""

    place: str
    use: str
    more: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What overrides do to a proposal.

    Attributes
    ----------
    cost
        Fall of the total that the goal counts: weights of persons and households linked plus score; below 0 when the
        new proposal is better.
    score
        Change of the total score alone; below 0 when score is lost.
    households, persons
        Change in the numbers linked.
    moved
        Every household whose place changes, the pinned ones among them.
    places
        Every place whose number of persons changes.
    floors_missed
        Least gains of groups that the earlier proposal reached and this one does not.
    given_way
        Caps that gave way to a pin.
    """

    cost: float
    score: float
    households: int
    persons: int
    moved: tuple[Moved, ...]
    places: tuple[PlaceChange, ...]
    floors_missed: tuple[str, ...] = ()
    given_way: tuple[GivenWay, ...] = ()

    @property
    def people_moved(self) -> int:
        """Persons of all households whose place changes."""
        return sum(one.persons for one in self.moved)

    @property
    def newly_out(self) -> tuple[Moved, ...]:
        """Households that had a place and lose it."""
        return tuple(one for one in self.moved if one.after is None)

    @property
    def newly_in(self) -> tuple[Moved, ...]:
        """Households that had no place and get one."""
        return tuple(one for one in self.moved if one.before is None)

    @property
    def targets_missed(self) -> tuple[PlaceChange, ...]:
        """Places that were filled to their cap and no longer are."""
        return tuple(one for one in self.places if one.before == one.cap and one.after < one.before)


class WishKind(StrEnum):
    """What can stand in a set of wishes that cannot hold together."""

    PIN = "pin"
    FORBID = "forbid"
    MUST_LINK = "must-link"
    HELD_BACK = "held-back"
    GROUP = "group"
    CRITERION = "criterion"
    CAP = "cap"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is asked or that holds.

    ``CRITERION``: a hard criterion keeps the household from the place. ``CAP``: the place holds ``amount`` of the use.
    ``FLOOR``: the ``households`` named ``label`` reach a total score of ``amount``. ``GROUP``: the ``households`` stay
    together.
    """

    kind: WishKind
    household: str = ""
    place: str = ""
    use: str = ""
    amount: float = 0.0
    households: tuple[str, ...] = ()
    label: str = ""


class RepairKind(StrEnum):
    """What can be done about wishes that cannot hold together."""

    DROP_PIN = "drop-pin"
    DROP_FORBID = "drop-forbid"
    DROP_MUST_LINK = "drop-must-link"
    DROP_HELD_BACK = "drop-held-back"
    SPLIT_GROUP = "split-group"
    LIFT_CRITERION = "lift-criterion"
    RAISE_CAP = "raise-cap"
    LOWER_FLOOR = "lower-floor"


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest change of one wish that ends the conflict.

    ``amount`` is how much a cap is raised by, or what a floor is lowered to. ``is_enough`` says whether it alone makes
    all wishes hold together; otherwise another conflict is left.
    """

    kind: RepairKind
    wish: Wish
    amount: float = 0.0
    is_enough: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Wishes that cannot hold together, though any one fewer could; and what ends it, the smallest change first."""

    wishes: tuple[Wish, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Overrides that cannot be followed, with why; nothing has changed."""

    conflicts: tuple[Conflict, ...]
