"""What a desk shows: the tasks of today, most urgent first, and the rows of each role beneath them.

Counts are whole households or people; a count that is too small to show is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.services.desk_transit import TransitPlaces
from eenthuis.services.homes import HomeLine
from eenthuis.services.read_models import LinkedHousehold, MunicipalityRow, ProposalView, SizeCount
from eenthuis.terms.access import Role
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.way import Stage


class Urgency(StrEnum):
    """How soon something asks for action, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


URGENCIES = tuple(Urgency)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that asks for action; ``code`` has a sentence and an address on the page.

    ``count`` is what the sentence counts, ``due`` the day by which it should be done, ``reference`` the number or code
    that the address needs, and ``name`` a place that the sentence names.
    """

    code: str
    urgency: Urgency
    count: int
    due: date | None = None
    reference: str = ""
    name: str = ""


def most_urgent_first(tasks: list[Task | None]) -> tuple[Task, ...]:
    """Return the tasks there are, most urgent first, then by day, then the largest first."""
    there = [task for task in tasks if task is not None and task.count]
    return tuple(
        sorted(there, key=lambda task: (URGENCIES.index(task.urgency), task.due or date.max, -task.count))
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the head of a desk; ``code`` has its words on the page."""

    code: str
    count: int
    more: int | None = None


@dataclass(frozen=True, slots=True)
class DueHousehold:
    """A linked household with the day by which its municipality should have a home for it."""

    linked: LinkedHousehold
    home_by: date
    days_left: int
    stage: Stage

    @property
    def weeks_left(self) -> int:
        """Whole weeks until that day, negative when it has passed."""
        return self.days_left // 7


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A linking region: who waits there now, and what its municipalities can still take, in people."""

    region: LinkingRegion
    households: int
    people: int
    late: int
    open_people: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A linking region in totals that tell of nobody; None where a count is too small to show."""

    region: LinkingRegion
    households: int | None
    with_relatives: int | None
    visa_granted: int | None


@dataclass(frozen=True, slots=True)
class SizeLine:
    """Households linked to an area and not housed, per kind of home, as they were published."""

    code: str
    name: str
    sizes: tuple[SizeCount, ...]


@dataclass(frozen=True, slots=True)
class SupervisedLine:
    """A municipality as a province supervises it: the last reading with its proposed rung, and the pace now."""

    row: MunicipalityRow
    verdict: str
    people: int
    held: int
    rung: int
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """A province for the ministry, in people and municipalities."""

    code: str
    name: str
    corrected: int
    realised: int
    behind: int
    far_behind: int


@dataclass(frozen=True, slots=True)
class DoneLine:
    """How often something was done lately, as the journal tells."""

    action: str
    count: int
    last_on: date


@dataclass(frozen=True, slots=True)
class AccountCount:
    """Accounts per role."""

    role: str
    count: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The page a role starts with; a part that is not for the role is empty or None.

    ``sizes_of`` is the month that the sizes were published of.
    """

    role: Role
    half_year: HalfYear
    today: date
    tasks: tuple[Task, ...]
    figures: tuple[Figure, ...] = ()
    name: str = ""
    municipality: MunicipalityRow | None = None
    proposal: ProposalView | None = None
    regions: tuple[RegionLine, ...] = ()
    region: LinkingRegion | None = None
    households: tuple[DueHousehold, ...] = ()
    municipalities: tuple[MunicipalityRow, ...] = ()
    sizes: tuple[SizeLine, ...] = ()
    floor: int = 0
    supervised: tuple[SupervisedLine, ...] = ()
    provinces: tuple[ProvinceLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    done: tuple[DoneLine, ...] = ()
    accounts: tuple[AccountCount, ...] = ()
    homes: tuple[HomeLine, ...] = ()
    transit: TransitPlaces | None = None
    sizes_of: date | None = None
