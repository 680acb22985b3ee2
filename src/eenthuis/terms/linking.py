"""What a linking proposal says about households and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode


class Goal(StrEnum):
    """What a proposal strives for first.

    ``HOUSED_THEN_SCORE``: as many persons linked as possible, then the highest total score. ``SCORE``: the total
    score alone.
    """

    HOUSED_THEN_SCORE = "housed-then-score"
    SCORE = "score"


class Policy(StrEnum):
    """How a household is decided on without looking ahead.

    ``FIRST_COME``: the first allowed place of the list with room. ``GREEDY``: the allowed place with room where its
    score is highest. ``PRICE``: the place where score less price of what it takes is highest.
    """

    FIRST_COME = "first-come"
    GREEDY = "greedy"
    PRICE = "price"


class Hardness(StrEnum):
    """Why few places will have room left for a household.

    ``FEW_PLACES``: it may go to few. ``LARGE``: it takes more seats than most will have left. ``SCARCE_USE``: it needs
    something else of which most will have none left, such as a large or an accessible home.
    """

    FEW_PLACES = "few-places"
    LARGE = "large"
    SCARCE_USE = "scarce-use"


@dataclass(frozen=True, slots=True)
class PromisedPace:
    """What a municipality has promised until a day, in people.

    Attributes
    ----------
    people_a_month
        Its part of the corrected target for each month.
    until
        The next reference date, or the day after the half-year when that date has passed.
    people
        What the pace asks to be linked or housed at the start of ``until``.
    already
        People linked and people housed in the half-year so far.
    """

    people_a_month: Fraction
    until: date
    people: Fraction
    already: int


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """What is still open in the corrected target of one municipality, in persons."""

    municipality: MunicipalityCode
    name: str
    province: ProvinceCode
    region: LinkingRegion
    persons: int
    promised: PromisedPace | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a proposal is asked to do beside its goal.

    Attributes
    ----------
    count_joining
        Whether relatives who are expected to join take room in the target, as the register of criteria says.
    spread
        Whether household sizes are spread over the municipalities; it gives way to linking as many people.
    within_pace
        Whether no municipality gets more people than it promised until its next reference date.
    least_gain
        The least total score of every group, as a multiple of what it has in the mean over random proposals; None
        asks for nothing, and only then do groups have no say at all.
    gain_for
        The characteristics whose groups ``least_gain`` holds for.
    """

    count_joining: bool = True
    spread: bool = True
    within_pace: bool = False
    least_gain: float | None = None
    gain_for: tuple[str, ...] = ("size", "children")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What someone asks of a proposal; without wishes it is the one that the engine makes by itself.

    Attributes
    ----------
    goal, seed
        What it strives for first, and the number from which every draw follows.
    within_pace, least_gain, gain_for
        As in :class:`Choices`.
    take_over
        Whether what a person changed in the proposal before still holds in the new one.
    """

    goal: Goal = Goal.HOUSED_THEN_SCORE
    seed: int = 1
    within_pace: bool = False
    least_gain: float | None = None
    gain_for: tuple[str, ...] = ("size", "children")
    take_over: bool = True


@dataclass(frozen=True, slots=True)
class PaceLine:
    """A municipality's promise beside what a proposal would bring it to, in people linked or housed."""

    municipality: MunicipalityCode
    until: date
    promised: Fraction
    already: int
    proposed: int

    @property
    def beyond(self) -> Fraction:
        """People above the promise; 0 when the proposal stays within it."""
        return max(self.already + self.proposed - self.promised, Fraction(0))

    @property
    def short(self) -> Fraction:
        """People still to be linked before ``until`` to keep the promise; 0 when it is met."""
        return max(self.promised - self.already - self.proposed, Fraction(0))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a place, as a code with the values a sentence about it needs.

    ``code`` is a key of the criteria registers, such as ``hard:work-contract``, ``soft:network`` or
    ``not-linked:no-room``; ``points`` is what it adds to the score (0 for a hard criterion).
    """

    code: str
    points: float = 0.0
    values: Mapping[str, str | int | float] | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another allowed place for a household, and what choosing it would cost the whole proposal, in score."""

    municipality: MunicipalityCode
    score: float
    cost: float


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """The proposed place of one household; ``municipality`` is None when none is proposed."""

    household: HouseholdId
    persons: int
    municipality: MunicipalityCode | None
    score: float
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ProofSummary:
    """How good a proposal provably is: no other one can have an objective above ``bound``.

    ``gap`` = (``bound`` - ``objective``) / max(abs(``bound``), 1e-9).
    """

    goal: Goal
    objective: float
    bound: float
    gap: float
    households: int
    linked: int
    persons: int
    persons_linked: int
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class LinkingProposal:
    """A proposal ("voorstel"): an engine made it, a person decides on it.

    Attributes
    ----------
    as_of, links, proof
        The day, a place or none for every household, and how good the whole provably is.
    prices
        What room for one more person in each municipality would add to the score.
    pace
        A line for every municipality that promised a pace.
    spread_slack
        The slack with which household sizes were spread; None when they were not.
    cap_prices
        Price of a unit of every use at every place; with them a proposal is explained without solving it again.
    floor_prices
        What a unit of the least score of each group costs, under characteristic and label; for who solves it again.
    """

    as_of: date
    links: tuple[ProposedLink, ...]
    proof: ProofSummary
    prices: Mapping[MunicipalityCode, float]
    pace: tuple[PaceLine, ...] = ()
    spread_slack: float | None = None
    cap_prices: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    floor_prices: Mapping[str, float] = field(default_factory=dict)
