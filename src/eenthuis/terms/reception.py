"""Counts of people in reception, and the reception places that municipalities are to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode, ProvinceCode


@dataclass(frozen=True, slots=True)
class ReceptionCount:
    """A published count on one day: of people, or of locations where ``quantity`` says so."""

    day: date
    quantity: str
    number: int
    source: str
    note: str


class PlaceKind(StrEnum):
    """What a reception place is: ``SPECIAL`` ("van bijzondere aard") needs special guidance, ``REGULAR`` does not."""

    REGULAR = "regular"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class SesScores:
    """SES-WOA scores (wealth, education, work) per municipality, with where they come from.

    ``is_invented`` says that they were drawn and not published; everything made from them says so too.
    """

    scores: Mapping[MunicipalityCode, Fraction]
    source: str
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionShare:
    """The indicative share ("indicatieve opgave") of one municipality, with the exact share it was rounded from.

    ``weight`` is its SES-WOA score plus the offset of the decree, times its part of the inhabitants. ``minors`` are the
    places for unaccompanied minors, shared apart; None where no need for them was given.
    """

    municipality: MunicipalityCode
    inhabitants: int
    score: Fraction
    weight: Fraction
    exact: Fraction
    places: int
    minors_exact: Fraction | None = None
    minors: int | None = None


@dataclass(frozen=True, slots=True)
class ReceptionShares:
    """The indicative shares of a national need, the facts they follow from and the law that was applied.

    ``need``, ``minors_need`` and the totals are places. A total may differ from its need since each share is rounded.
    """

    need: int
    minors_need: int | None
    as_of: date
    reference_date: date
    country_inhabitants: int
    total_weight: Fraction
    score_source: str
    is_invented: bool
    shares: tuple[ReceptionShare, ...]
    citations: tuple[Citation, ...]

    @property
    def total(self) -> int:
        """The sum of the municipal shares, in places."""
        return sum(share.places for share in self.shares)

    @property
    def total_minors(self) -> int | None:
        """The sum of the municipal shares for unaccompanied minors, in places; None where none were asked."""
        if self.minors_need is None:
            return None
        return sum(share.minors or 0 for share in self.shares)


@dataclass(frozen=True, slots=True)
class ReceptionSite:
    """Places at one site in a municipality, available from ``first_day`` to ``last_day``, both counted.

    ``last_day`` is None where no end was agreed.
    """

    municipality: MunicipalityCode
    kind: PlaceKind
    places: int
    first_day: date
    last_day: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ProvincialTask:
    """The number of a province ("provinciale opgave"): the sum of its municipal shares, less its durable places.

    ``remaining`` is what is still to be found, 0 where the durable places exceed the number by ``over``.
    """

    province: ProvinceCode
    places: int
    durable: int
    minors: int | None = None

    @property
    def remaining(self) -> int:
        """Places still to be found after the durable ones."""
        return max(self.places - self.durable, 0)

    @property
    def over(self) -> int:
        """Durable places beyond the number of the province."""
        return max(self.durable - self.places, 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """Places a municipality offers at the regional table ("provinciale regietafel")."""

    municipality: MunicipalityCode
    places: int
    kind: PlaceKind = PlaceKind.REGULAR
    is_durable: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSwap:
    """Places that municipalities of one province agree to move among each other; positive takes places over."""

    changes: Mapping[MunicipalityCode, int]
    kind: PlaceKind = PlaceKind.REGULAR
    is_durable: bool = False
