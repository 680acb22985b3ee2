"""Small instances with housing first: the most that can be linked, then the score, by the smallest weight that does it.

A weight that makes each one linked worth more than any score drowns the scores, and an exact search over them takes
long. The linear relaxation says at which weight its score gives way to the last one linked; a little more than that
is enough in practice, and what it finds is best for every higher weight once it links the most that can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import spread
from eenthuis.matching.small import Whole, all_pairs, solve_whole
from eenthuis.matching.solver import Floor, Limits, relax

MORE = 1.3
SPREADS = 0.1
"""The weight tried first: so many times the relaxation's, and so many spreads of scores more."""


@dataclass(frozen=True, slots=True)
class Housed:
    """Place per party (N, -1 = none), what is linked of what is counted, and the solver's claim at the full weight."""

    place: NDArray[np.int64]
    reached: float
    claimed: float | None


def house_first(
    bare: Parties,
    unit: NDArray[np.float64],
    weight: float,
    *,
    limits: Callable[[], Limits],
    go_on: Callable[[Whole], bool],
    seed: int,
    threads: int,
) -> Housed:
    """Link as much of ``unit`` (N, a count per party) as the relaxation allows, at growing weights up to ``weight``.

    ``bare`` has no weight on it yet. Whether more could be linked when the relaxation's most is not reached, the
    caller has to find out. ``go_on`` hears of every attempt and may stop.
    """
    most, tried = _weight_of_relaxation(bare, unit, seed=seed)
    while True:
        tried = min(tried, weight)
        weighted = replace(bare, bonus=bare.bonus + tried * unit)
        whole = solve_whole(weighted, limits=limits(), seed=seed, threads=threads)
        reached = float(unit[whole.place >= 0].sum())
        claimed = None if whole.solver_bound is None else whole.solver_bound + (weight - tried) * most
        going = go_on(whole)
        if reached >= most or tried >= weight or not going:
            return Housed(whole.place, reached, claimed)
        tried *= 2.0


def _weight_of_relaxation(bare: Parties, unit: NDArray[np.float64], *, seed: int) -> tuple[float, float]:
    """Return the most that the relaxation links, in whole numbers, and the weight to try first."""
    party, _, pairs = all_pairs(bare, fitting=True)
    if not party.size:
        return 0.0, 0.0
    counted = unit[party]
    most = float(np.floor(relax(replace(pairs, value=counted), seed=seed).objective + 1e-6))
    price = relax(pairs, floors=(Floor(counted, most),), seed=seed).floor_price
    return most, MORE * float(price[0]) + SPREADS * spread(bare)
