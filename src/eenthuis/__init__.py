"""The notebook door: the names an analyst needs, loaded when first asked for.

``import eenthuis`` loads neither Django nor numpy; a test holds that, and that there are at most 30 names.

Examples
--------
>>> import eenthuis
>>> half_year = eenthuis.HalfYear.parse("2023-I")
>>> eenthuis.announcements(half_year)[-1].people
21200
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eenthuis.lab import simulate
    from eenthuis.law import law_book
    from eenthuis.matching import Problem, replay, solve
    from eenthuis.matching import link_households as link
    from eenthuis.reference import (
        announcement_in_force,
        announcements,
        inhabitants,
        mergers,
        municipalities,
        reception_history,
    )
    from eenthuis.reference import find as find_municipality
    from eenthuis.rules.progress import expected
    from eenthuis.rules.realisation import carried_over, corrected_targets
    from eenthuis.rules.receipts import net_target_receipt, recompute
    from eenthuis.rules.reception import distribute_reception
    from eenthuis.rules.reorganisation import inhabitants_for
    from eenthuis.rules.supervision import assess_supervision
    from eenthuis.rules.swaps import swap
    from eenthuis.rules.targets import net_targets
    from eenthuis.terms.errors import EenthuisError
    from eenthuis.terms.half_year import HalfYear
    from eenthuis.terms.law import Authority, Rounding
    from eenthuis.terms.linking import OpenPlace
    from eenthuis.terms.people import Household
    from eenthuis.terms.targets import Swap

__all__ = [
    "Authority",
    "EenthuisError",
    "HalfYear",
    "Household",
    "OpenPlace",
    "Problem",
    "Rounding",
    "Swap",
    "announcement_in_force",
    "announcements",
    "assess_supervision",
    "carried_over",
    "corrected_targets",
    "distribute_reception",
    "expected",
    "find_municipality",
    "inhabitants",
    "inhabitants_for",
    "law_book",
    "link",
    "mergers",
    "municipalities",
    "net_target_receipt",
    "net_targets",
    "reception_history",
    "recompute",
    "replay",
    "simulate",
    "solve",
    "swap",
]

_HOMES = {
    "Authority": "terms.law",
    "EenthuisError": "terms.errors",
    "HalfYear": "terms.half_year",
    "Household": "terms.people",
    "OpenPlace": "terms.linking",
    "Problem": "matching",
    "Rounding": "terms.law",
    "Swap": "terms.targets",
    "announcement_in_force": "reference",
    "announcements": "reference",
    "assess_supervision": "rules.supervision",
    "carried_over": "rules.realisation",
    "corrected_targets": "rules.realisation",
    "distribute_reception": "rules.reception",
    "expected": "rules.progress",
    "find_municipality": "reference:find",
    "inhabitants": "reference",
    "inhabitants_for": "rules.reorganisation",
    "law_book": "law",
    "link": "matching:link_households",
    "mergers": "reference",
    "municipalities": "reference",
    "net_target_receipt": "rules.receipts",
    "net_targets": "rules.targets",
    "recompute": "rules.receipts",
    "reception_history": "reference",
    "replay": "matching",
    "simulate": "lab",
    "solve": "matching",
    "swap": "rules.swaps",
}


def __getattr__(name: str) -> object:
    """Load a name of the door from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'eenthuis' has no attribute {name!r}")
    module, _, called = _HOMES[name].partition(":")
    value: object = getattr(import_module(f"eenthuis.{module}"), called or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names of the door."""
    return sorted(__all__)
