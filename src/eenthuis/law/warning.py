"""When a province is warned that a target will not be met, and what is taken to turn a chance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eenthuis.law.page import Page
from eenthuis.terms.law import Citation


@dataclass(frozen=True, slots=True)
class WarningLaw:
    """The settings of early warning: ``threshold`` and ``aim`` are chances to meet the target.

    A household that gets a home is taken to be signed off in time with ``home_chance`` while at least ``home_days``
    days are left, as long as the figures do not say it themselves.
    """

    threshold: Fraction
    aim: Fraction
    home_days: int
    home_chance: Fraction
    citations: tuple[Citation, ...]


def warning_law(page: Page) -> WarningLaw:
    """Read the settings from a page of the law book."""
    return WarningLaw(
        threshold=page.share("warning.threshold"),
        aim=page.share("warning.aim"),
        home_days=page.whole("warning.home_days"),
        home_chance=page.share("warning.home_chance"),
        citations=page.citations,
    )
