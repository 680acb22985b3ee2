"""A reserve for hard cases, tried out on those who wait now: what is kept, for whom, and who gets no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from eenthuis.law import law_book
from eenthuis.rules.disclosure import hide_small
from eenthuis.services.access import require
from eenthuis.services.proposing import ground_of
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import StateError
from eenthuis.terms.linking import Hardness, Wishes

if TYPE_CHECKING:
    from eenthuis.matching.week_trial import ReserveTried

SHARES = (0.5, 1.0)
"""Shares of the hard cases still expected for which room can be kept on the page; the alternative is none."""


@dataclass(frozen=True, slots=True)
class ReservePage:
    """What was tried, and hard cases per kind, None where a count is too small to show."""

    tried: ReserveTried
    hard: Mapping[Hardness, int | None]
    floor: int

    @property
    def hard_cases(self) -> int:
        """Households that are hard to place."""
        return sum(self.tried.hard.values())


def read_reserve(*, actor: Actor, today: date, share: float) -> ReservePage | None:
    """Try a reserve out on those who wait now, as if each had been linked in the week of its permit; None for nobody.

    Nothing is proposed, and nothing is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    """
    from eenthuis.matching.week_trial import try_reserve  # the engine is heavy, and only this needs it

    require(actor, "see-proposal")
    try:
        ground = ground_of(today, Wishes())
    except StateError:
        return None
    tried = try_reserve(ground.households, ground.places, as_of=today, share=share, choices=ground.choices)
    floor = law_book().linking(today).disclosure_floor
    shown = hide_small(list(tried.hard.values()), floor)
    return ReservePage(tried, dict(zip(tried.hard, shown, strict=True)), floor)
