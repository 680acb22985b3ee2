"""Terms of money files, the grant for places, and prices of places, read from the law book as narrow records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial

from eenthuis.law.book import Book
from eenthuis.law.page import Page
from eenthuis.terms.law import Authority, Citation


class BillScenario(StrEnum):
    """How dear reception becomes: what part of it is emergency reception, at which prices."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class MoneyLaw:
    """Terms of money files in days: to decide, to bring evidence after an award, and to warn before an end."""

    decide_days: int
    evidence_days: int
    warn_days: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class GrantLaw:
    """The grant for places above ``above`` of a province's number, in whole cents for each place.

    ``most_part`` is the part of the places above it that is granted to the municipalities of one province together;
    ``counts_deducted`` says whether durable places that were deducted from the number count as places.
    """

    above: Fraction
    after_years: int
    place_cents: int
    most_part: Fraction
    counts_deducted: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class BillPrices:
    """Prices of a place for a year in whole cents, and the part of the places that is emergency reception."""

    scenario: BillScenario
    regular_cents: int
    emergency_cents: int
    emergency_part: Fraction
    citations: tuple[Citation, ...]

    @property
    def assumed(self) -> tuple[str, ...]:
        """The keys of what is a stated choice and was read nowhere."""
        return tuple(one.key for one in self.citations if one.authority is Authority.ASSUMPTION)

    def with_part(self, part: Fraction | None) -> BillPrices:
        """Return these prices with another part of emergency reception, where one is given."""
        return self if part is None else replace(self, emergency_part=part)


def money_law(book: Book, day: date) -> MoneyLaw:
    """Return the terms of money files on a day."""
    page = _page(book, day)
    return MoneyLaw(
        decide_days=page.whole("money.decide_days"),
        evidence_days=page.whole("money.evidence_days"),
        warn_days=page.whole("money.warn_days"),
        citations=page.citations,
    )


def grant_law(book: Book, day: date) -> GrantLaw:
    """Return the grant for places on a day.

    Raises
    ------
    LawError
        LAW-01 before the Act came into force.
    """
    page = _page(book, day)
    return GrantLaw(
        above=page.share("reception.grant.above_share"),
        after_years=page.whole("reception.grant.after_years"),
        place_cents=page.whole("money.grant_place_cents"),
        most_part=page.share("money.grant_most_part"),
        counts_deducted=page.yes("money.grant_counts_deducted"),
        citations=page.citations,
    )


def bill_prices(book: Book, day: date, scenario: BillScenario) -> BillPrices:
    """Return the prices of a scenario on a day.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> bill_prices(law_book(), date(2026, 3, 3), BillScenario.MIDDLE).regular_cents
    3000000
    """
    page = _page(book, day)
    return BillPrices(
        scenario=scenario,
        regular_cents=page.whole(f"bill.{scenario}.regular_cents"),
        emergency_cents=page.whole(f"bill.{scenario}.emergency_cents"),
        emergency_part=page.share(f"bill.{scenario}.emergency_part"),
        citations=page.citations,
    )


def _page(book: Book, day: date) -> Page:
    return Page(partial(book.look_up, day=day), day)
