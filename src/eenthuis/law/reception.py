"""Narrow records of the law of reception places, read from a page of the law book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from eenthuis.law.page import Page
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation, Rounding

IN_FORCE = "reception.in_force"


class FigureRule(StrEnum):
    """Which figures of CBS give inhabitants and scores."""

    MOST_RECENT = "most-recent"


@dataclass(frozen=True, slots=True)
class ReceptionLaw:
    """What holds for sharing reception places out on one day.

    ``score_offset`` is added to a SES-WOA score to make a weight. Durable ("duurzaam") places are available for at
    least ``durable_years``, within ``durable_within_months``, and number at least ``smallest_regular`` or
    ``smallest_special`` places in one municipality. A grant follows above ``grant_above`` of a province's number, after
    ``grant_after_years``.
    """

    rounding: Rounding
    score_offset: int
    figures: FigureRule
    minors_apart: bool
    durable_years: int
    durable_within_months: int
    smallest_regular: int
    smallest_special: int
    swap_keeps_sum: bool
    grant_above: Fraction
    grant_after_years: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CycleLaw:
    """The two-year cycle: years between beginnings, and the day (month, day) before which each step is due.

    ``places_months`` counts from the decision.
    """

    years: int
    first_year: int
    estimate_before: tuple[int, int]
    report_before: tuple[int, int]
    decision_before: tuple[int, int]
    places_months: int
    citations: tuple[Citation, ...]


def reception_law(page: Page) -> ReceptionLaw:
    """Read what holds for sharing reception places out from a page.

    Raises
    ------
    LawError
        LAW-01 for a value that is missing on the day or an Act that does not hold, LAW-02 for a value of another kind.
    """
    _require_force(page)
    page.text("reception.share.formula")
    return ReceptionLaw(
        rounding=page.choice(Rounding, "reception.share.rounding"),
        score_offset=page.whole("reception.share.score_offset"),
        figures=page.choice(FigureRule, "reception.share.figures"),
        minors_apart=page.yes("reception.share.minors_apart"),
        durable_years=page.whole("reception.durable.years"),
        durable_within_months=page.whole("reception.durable.within_months"),
        smallest_regular=page.whole("reception.durable.smallest_regular"),
        smallest_special=page.whole("reception.durable.smallest_special"),
        swap_keeps_sum=page.yes("reception.swap.keeps_sum"),
        grant_above=page.share("reception.grant.above_share"),
        grant_after_years=page.whole("reception.grant.after_years"),
        citations=page.citations,
    )


def cycle_law(page: Page) -> CycleLaw:
    """Read the two-year cycle from a page.

    Raises
    ------
    LawError
        LAW-01 for a value that is missing on the day or an Act that does not hold, LAW-02 for a value of another kind.
    """
    _require_force(page)
    return CycleLaw(
        years=page.whole("reception.cycle.years"),
        first_year=page.whole("reception.cycle.first_year"),
        estimate_before=_day_of_year(page, "reception.cycle.estimate_before"),
        report_before=_day_of_year(page, "reception.cycle.report_before"),
        decision_before=_day_of_year(page, "reception.cycle.decision_before"),
        places_months=page.whole("reception.cycle.places_months"),
        citations=page.citations,
    )


def _require_force(page: Page) -> None:
    if not page.yes(IN_FORCE):
        held = page.citations[-1]
        raise LawError(
            "LAW-01",
            f"{held.instrument} does not hold on {page.day.isoformat()} ({held.authority.value}: {held.note})",
            remedy="Ask for a day on which it holds.",
        )


def _day_of_year(page: Page, key: str) -> tuple[int, int]:
    written = page.text(key)
    try:
        found = date.fromisoformat(f"2000-{written}")
    except ValueError:
        raise LawError(
            "LAW-02", f"{key} is {written!r}", remedy="Write month and day, such as 02-01."
        ) from None
    return found.month, found.day
