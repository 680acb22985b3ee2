"""Small frozen rows that pages and the API show; people and households are whole numbers, shares are exact.

A count of households or people that is too small to show is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from eenthuis.rules.announcing import Remark
from eenthuis.rules.progress import PaceClass
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.linking import Alternative, ProofSummary, Reason
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import Municipality, MunicipalityCode, Province, ProvinceCode
from eenthuis.terms.targets import Announcement


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """The state at the start of a day: people realised since the half-year began, and what the pace asked by then."""

    as_of: date
    realised: int
    expected: Fraction


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One municipality in one half-year; ``open_people`` is what can still be linked."""

    code: MunicipalityCode
    name: str
    province_code: ProvinceCode
    province_name: str
    inhabitants: int
    exact: Fraction
    net: int
    swapped: int
    backlog_or_lead: int
    corrected: int
    realised: int
    linked: int
    open_people: int
    expected: Fraction
    pace: PaceClass


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over municipalities, in people; backlog and lead apart, both as positive numbers."""

    net: int
    corrected: int
    backlog: int
    lead: int
    realised: int
    linked: int
    open_people: int
    municipalities: int
    per_pace: Mapping[PaceClass, int]


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """An announcement with its legal remarks and whether it is in force."""

    announcement: Announcement
    remarks: tuple[Remark, ...]
    deadline: date
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class CountryNow:
    """The start page: the running half-year, who waits, and the months so far."""

    half_year: HalfYear
    today: date
    in_force: AnnouncementView | None
    totals: Totals
    waiting_households: int
    waiting_people: int
    months: tuple[MonthPoint, ...]
    rows: tuple[MunicipalityRow, ...]
    half_years: tuple[HalfYear, ...]


@dataclass(frozen=True, slots=True)
class HalfYearPage:
    """A half-year: what was announced, how the targets follow, and every municipality."""

    half_year: HalfYear
    today: date
    announcements: tuple[AnnouncementView, ...]
    national: int
    country_inhabitants: int
    reference_date: date
    citations: tuple[Citation, ...]
    rows: tuple[MunicipalityRow, ...]
    totals: Totals
    receipt_number: str
    half_years: tuple[HalfYear, ...]


@dataclass(frozen=True, slots=True)
class TargetStep:
    """One step from inhabitants to corrected target; ``key`` names it for the page's sentence."""

    key: str
    people: int
    exact: Fraction | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PastHalfYear:
    """How a municipality or province did in one half-year; ``balance`` is carried out of it."""

    half_year: HalfYear
    net: int
    swapped: int
    backlog_or_lead: int
    corrected: int
    realised: int
    balance: int


@dataclass(frozen=True, slots=True)
class SizeCount:
    """Linked households of a size band; None where the count is too small to show."""

    band: str
    households: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class LinkedHousehold:
    """A household linked to a municipality, as its own municipality and COA may see it."""

    household: HouseholdId
    persons: int
    children: int
    linked_on: date
    weeks_linked: int
    reasons: tuple[Reason, ...]
    needs_accessible_home: bool
    joining_people: int
    is_signed_off: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt by its number, for a list."""

    number: str
    action: str
    as_of: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality in a half-year; ``links`` is None where the actor may not see households.

    Then ``linked_by_size`` is as published on ``linked_counted_on``, per kind of home and with what must be hidden; of
    the area ``linked_counted_in`` when the municipality is told of together with others.
    """

    municipality: Municipality
    province: Province
    half_year: HalfYear
    today: date
    row: MunicipalityRow
    national: int
    country_inhabitants: int
    reference_date: date
    steps: tuple[TargetStep, ...]
    months: tuple[MonthPoint, ...]
    history: tuple[PastHalfYear, ...]
    linked_by_size: tuple[SizeCount, ...]
    linked_counted_on: date | None
    linked_counted_in: str
    floor: int
    links: tuple[LinkedHousehold, ...] | None
    may_swap: bool
    receipts: tuple[ReceiptLine, ...]
    half_years: tuple[HalfYear, ...]


@dataclass(frozen=True, slots=True)
class ProvincePage:
    """A province in a half-year, with its municipalities and how it did before."""

    province: Province
    half_year: HalfYear
    today: date
    totals: Totals
    rows: tuple[MunicipalityRow, ...]
    months: tuple[MonthPoint, ...]
    history: tuple[PastHalfYear, ...]
    half_years: tuple[HalfYear, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal with its proof, when it was made and by whom."""

    identifier: int
    half_year: HalfYear
    as_of: date
    made_by: str
    made_at: datetime
    proof: ProofSummary
    still_open: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One household in the workspace's list; ``state`` is ``open``, ``confirmed`` or ``elsewhere``."""

    household: HouseholdId
    persons: int
    children: int
    region: str
    weeks_waiting: int
    municipality: MunicipalityCode | None
    municipality_name: str
    score: float
    reasons: tuple[Reason, ...]
    needs_accessible_home: bool
    state: str


@dataclass(frozen=True, slots=True)
class WorkspaceFilter:
    """What the list of the workspace shows; empty parts show everything.

    ``size`` is a size band, ``state`` one of ``open``, ``confirmed``, ``unlinked``; ``order`` a column, with a minus
    in front for descending.
    """

    municipality: str = ""
    province: str = ""
    region: str = ""
    size: str = ""
    state: str = "open"
    search: str = ""
    order: str = "-weeks_waiting"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The linking workspace: the latest proposal, if any, and one page of its households.

    ``open_run`` is the number of the run that makes a next proposal now, if there is one; ``after`` begins the next
    page, where there is one.
    """

    half_year: HalfYear
    today: date
    proposal: ProposalView | None
    open_run: int | None
    waiting_households: int
    waiting_people: int
    open_people: int
    rows: tuple[ProposedRow, ...]
    count: int
    after: str
    chosen: WorkspaceFilter


@dataclass(frozen=True, slots=True)
class LinkStep:
    """A step in the links of a household, oldest first: linked or ended."""

    kind: str
    municipality: MunicipalityCode
    municipality_name: str
    on: date
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """One household: what is proposed, why, what else is possible, and every step so far.

    ``may_change`` says that this actor can pin or forbid a place in the proposal now, ``is_changed`` that someone did,
    ``may_write`` that it can print the letter for the household.
    """

    household: HouseholdId
    persons: int
    children: int
    permit_on: date
    weeks_waiting: int
    centre: str
    region: str
    needs_accessible_home: bool
    joining_people: int
    joining_visa_granted: bool
    proposal: int | None
    proposed: MunicipalityCode | None
    proposed_name: str
    score: float
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    link: LinkStep | None
    steps: tuple[LinkStep, ...]
    is_signed_off: bool
    may_confirm: bool
    may_change: bool
    may_write: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A demonstration account for the sign-in page."""

    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the journal; ``hand`` did it in the place of ``actor``."""

    number: int
    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    municipality: str
    before: object
    after: object
    why: str
    hand: str = ""
