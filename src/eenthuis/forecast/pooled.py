"""Groups that learn from each other: one way of growing and fading for all, and shocks that come together."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from eenthuis.forecast.fan import Declined, Forecast, from_draws
from eenthuis.forecast.series import Known

LEAST_CHANGES = 5
DRAWS = 2000
STRONGEST = 0.9


def pooled(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast the groups of a series with one shared law, and add them up.

    The change of each group's logarithm is a shared share of its change before (a regression over all groups and
    half-years together, a panel autoregression) plus a surprise. Surprises are drawn per half-year for all groups
    at once, so that groups which rise together in history rise together ahead.
    """
    if not known.groups:
        return Declined("no groups are published")
    logs = np.stack([group.on_the_calendar() for group in known.groups])
    changes = np.diff(logs, axis=1)
    if changes.shape[1] < LEAST_CHANGES or not np.isfinite(changes).all():
        return Declined(f"{changes.shape[1]} whole changes per group are too few")
    before, after = changes[:, :-1], changes[:, 1:]
    share = float(
        np.clip((before * after).sum() / max(float((before**2).sum()), 1e-12), -STRONGEST, STRONGEST)
    )
    surprises = after - share * before
    surprises -= surprises.mean()
    draws = np.empty((DRAWS, steps))
    level = np.repeat(logs[None, :, -1], DRAWS, axis=0)
    change = np.repeat(changes[None, :, -1], DRAWS, axis=0)
    for step in range(steps):
        change = share * change + surprises[:, rng.integers(surprises.shape[1], size=DRAWS)].T
        level = level + change
        draws[:, step] = np.exp(level).sum(axis=1)
    return from_draws(known.ahead(steps), draws)
