"""The register of reception sites: places at a site through time, and what was agreed about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind

SiteId = NewType("SiteId", str)
"""The number of a site in the register, such as ``S-0000012``."""

MOST_PLACES = 20_000
"""More places than any site has; a larger number is taken for a mistake."""


class SiteForm(StrEnum):
    """What a site is: ``REGULAR``, or ``EMERGENCY`` ("noodopvang"), opened for want of a regular one."""

    REGULAR = "regular"
    EMERGENCY = "emergency"


class SiteChangeKind(StrEnum):
    """What happens to a site: other places from a day, a later or an earlier last day."""

    PLACES = "places"
    EXTENDED = "extended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SiteSpan:
    """Places from ``first_day`` to ``last_day``, both counted; ``last_day`` is None where no end was agreed."""

    first_day: date
    last_day: date | None
    places: int


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A change of a site: ``places`` from ``day``, or ``day`` as its last day; None for no agreed end."""

    kind: SiteChangeKind
    day: date | None
    places: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """A site with its places through time, oldest span first.

    ``is_durable`` says that the places were agreed to be durable; ``for_minors`` that they are for unaccompanied
    minors. ``source`` says where the figures come from, ``is_invented`` that they were drawn for a demonstration.
    """

    identifier: SiteId
    municipality: MunicipalityCode
    name: str
    kind: PlaceKind
    form: SiteForm
    for_minors: bool
    is_durable: bool
    spans: tuple[SiteSpan, ...]
    source: str = ""
    is_invented: bool = False

    @property
    def first_day(self) -> date:
        """The first day on which there are places."""
        return self.spans[0].first_day

    @property
    def last_day(self) -> date | None:
        """The last day on which there are places; None where no end was agreed."""
        return self.spans[-1].last_day


@dataclass(frozen=True, slots=True)
class ReceptionNeed:
    """A national estimate of the places needed in the cycle that begins in ``year``, and its part for minors.

    ``is_invented`` says that it was made up for a demonstration; shares made from it say so too.
    """

    year: int
    places: int
    minors: int | None
    announced_on: date
    source: str
    note: str = ""
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class CountedCapacity:
    """Places in a municipality as a publication counted them on a day, regular and for emergencies."""

    municipality: MunicipalityCode
    day: date
    regular: int
    emergency: int
    source: str


PlaceOfferId = NewType("PlaceOfferId", str)
"""The number of an offer at the regional table, such as ``O-0000012``."""


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """Places that a municipality offers in a cycle; ``last_day`` is None where no end was agreed."""

    identifier: PlaceOfferId
    year: int
    municipality: MunicipalityCode
    places: int
    kind: PlaceKind
    is_durable: bool
    for_minors: bool
    first_day: date
    last_day: date | None = None
    note: str = ""
    is_invented: bool = False
