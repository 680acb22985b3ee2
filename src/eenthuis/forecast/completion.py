"""How soon a linked household is signed off: the share still waiting per day since the link, from what is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Shares = NDArray[np.float64]

STEP = 7  # days
STEPS = 156  # three years
LEAST_AT_RISK = 20  # households
LEAST_EVENTS = 50  # households, before a curve of its own is used


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of households not yet signed off, at the start of every week since the clock began; ``events`` seen."""

    waiting: Shares
    events: int

    def within(self, age: Days, days: int) -> Shares:
        """Return the chance that households that waited ``age`` days are signed off within so many days more.

        Between the weeks it is a straight line; after the last week nobody is expected any more.
        """
        weeks = np.arange(len(self.waiting)) * STEP
        now = np.interp(age, weeks, self.waiting)
        then = np.interp(age + days, weeks, self.waiting)
        share: Shares = np.where(now > 0, 1.0 - then / np.maximum(now, 1e-12), 0.0)
        return share


def curve(begun: Days, ended: Days, done: NDArray[np.bool_], since: int) -> Curve:
    """Return the curve of households whose clock began on ``begun`` and that were seen until ``ended``.

    ``done`` tells who was signed off then; the others were still waiting or their link ended. Sign-offs are known from
    the day ``since`` on: a household whose clock began before it counts from the age that it had then, since those
    that were faster are not in the figures. A week with too few households takes the hazard of the week before.

    References
    ----------
    Kaplan and Meier's product-limit estimate with delayed entry, by week.

    Examples
    --------
    >>> begun, ended = np.array([0, 0, 0, 0]), np.array([6, 10, 20, 20])
    >>> curve(begun, ended, np.array([True, True, False, False]), since=0).events
    2
    """
    weeks = np.clip((ended - begun) // STEP, 0, STEPS - 1)
    entered = np.clip((since - begun) // STEP, 0, STEPS - 1)
    gone = np.bincount(weeks, minlength=STEPS)
    events = np.bincount(weeks[done], minlength=STEPS)
    come = np.cumsum(np.bincount(entered, minlength=STEPS))
    at_risk = come - np.concatenate(([0], np.cumsum(gone)[:-1]))
    hazard = np.zeros(STEPS)
    for week in range(STEPS):
        enough = at_risk[week] >= LEAST_AT_RISK
        before = hazard[week - 1] if week else 0.0
        hazard[week] = events[week] / at_risk[week] if enough else before
    waiting = np.concatenate(([1.0], np.cumprod(1.0 - hazard)))
    return Curve(waiting, int(events.sum()))


def mean_within(found: Curve, days: int) -> float:
    """Return the chance of a household linked on some day of a period to be signed off in that period."""
    if days <= 0:
        return 0.0
    ages = np.arange(days, dtype=np.int64)
    return float(np.mean(1.0 - np.interp(ages, np.arange(len(found.waiting)) * STEP, found.waiting)))
