"""Prices of staff and vans per team and day, with which centres can be planned apart; they prove the bound."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.sessions.grid import Grid
from eenthuis.sessions.kernels import Prices, Scratch
from eenthuis.sessions.search_kernels import priced_value

PATIENCE = 12
"""Steps without a better bound before steps become shorter."""

SHORTER = 0.7
"""How much shorter they become."""

KEEP = 0.7
"""How much of the direction before is kept in the next."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Prices in whole units, and the cost below which no plan can be."""

    prices: Prices
    value: int


def no_prices(grid: Grid) -> Bound:
    """Return prices of 0 with the bound they give when everything is free, which nothing is asked of: 0."""
    zero = np.zeros_like(grid.staff)
    return Bound(Prices(zero, zero.copy()), 0)


def raise_bound(grid: Grid, scratch: Scratch, start: Bound, cost: int, steps: int) -> Bound:
    """Return better prices than ``start``, after so many steps up the slope of the bound; ``cost`` is of a known plan.

    Each step goes along the staff and vans that are asked beyond what there is, as far as the known plan is from the
    bound. Prices are rounded to whole units before they are valued, so the bound holds exactly.
    """
    scale = _van_scale(grid)
    best = start
    at = _Point(start.prices.staff.astype(np.float64), start.prices.van.astype(np.float64))
    along = _Point(np.zeros(grid.staff.shape), np.zeros(grid.vans.shape))
    used = Prices(np.zeros_like(grid.staff), np.zeros_like(grid.vans))
    reach, since = 1.0, 0
    for _ in range(steps):
        asked = Prices(np.rint(at.staff).astype(np.int64), np.rint(at.van).astype(np.int64))
        value = priced_value(grid, asked, scratch, used)
        since += 1
        if value > best.value:
            best, since = Bound(asked, value), 0
        elif since > PATIENCE:
            reach, since = reach * SHORTER, 0
            at = _Point(best.prices.staff.astype(np.float64), best.prices.van.astype(np.float64))
        along = _Point(
            KEEP * along.staff + (1 - KEEP) * (used.staff - grid.staff),
            KEEP * along.van + (1 - KEEP) * (used.van - grid.vans),
        )
        length = math.fsum((along.staff**2).ravel()) + scale * math.fsum((along.van**2).ravel())
        if length == 0 or value >= cost:
            break
        step = reach * (cost - value) / length
        at = _Point(
            np.maximum(0, at.staff + step * along.staff), np.maximum(0, at.van + step * scale * along.van)
        )
    return best


@dataclass(frozen=True, slots=True)
class _Point:
    staff: NDArray[np.float64]
    van: NDArray[np.float64]


def _van_scale(grid: Grid) -> float:
    """Return how much longer steps of van prices are: a van carries the staff of a full session."""
    return float(grid.needs[-1]) ** 2
