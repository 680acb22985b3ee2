"""Large instances: find prices, place everybody near their best, then search neighbourhoods exactly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import proven_bound
from eenthuis.matching.largest_first import can_place_by_kind, place_largest_first
from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import (
    Listed,
    Passes,
    descend,
    first_ladder,
    spread,
)
from eenthuis.matching.rounds import search_rounds
from eenthuis.matching.settling import COLD, HOT, first_standing, settle
from eenthuis.matching.standing import Standing

SLOTS = 24
"""Best places kept of each party."""

SAMPLE, LARGE_SAMPLE = 3_000, 30_000
"""Parties that prices are first found on, and then."""

FULL_LADDER = (0.1, 0.04)
LISTED_LADDERS = ((0.04,), (0.015,), (0.005, 0.0015, 0.0005))
"""Temperatures in units of the spread of scores: over all places, and over the best ones, listed again for each row."""

LISTED_STEPS = 100
FEW_PARTIES = 200_000
PRICED, MANY_PRICED = 16, 8
"""Steps per temperature over listed places, and places listed for it of each party: where few, where many."""

STEPS = 1_500
MOST_STEPS = 60_000_000
WARM_STEPS = 400
"""Annealing tries per party, at most, and per party after kinds have been placed."""

HOT_FEW, COLD_FEW, STEPS_FEW = 1.5, 0.08, 15_000
"""The same where parties are few: hotter and longer, for tries are cheap and every place counts."""

MOST_LISTED = 100_000
"""Listed places of all parties together that are always affordable."""

WORTH_PLACING = 1_000
"""From so many parties on, placing kind by kind pays before the annealing (2,000 by 342: 0.20 % open, not 0.90)."""

WARM = 0.04
"""Temperature the annealing starts from after kinds have been placed, in units of the spread of scores."""

SECONDS_PER_PAIR = 2e-8
"""Time kept for a first proposal after the prices, per pair of the matrix."""

SECONDS_AFTER_PRICES = 0.5
STEPS_PER_SECOND = 300_000
"""With a limit on time: seconds kept for placing when prices are found again, and annealing tries counted on."""

Tell = Callable[[str, float, float, int | None], bool]
Left = Callable[[], float | None]


def price_and_fix(
    parties: Parties, *, gap: float, seed: int, threads: int, tell: Tell, left: Left
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return place per party (N, -1 = none), prices (M x K) and the bound they prove.

    An interrupt during the search keeps the best so far. Memory beside the matrices of ``parties``: about 1.5 kB a
    party for its listed places, and M x M for how places hang together.
    """
    passes = Passes(parties, threads=threads)
    try:
        price, going = _prices_in_time(parties, passes, seed=seed, threads=threads, tell=tell, left=left)
        best = passes.best_values(price)
        bound = proven_bound(parties, best, price)
        listed = passes.list_best(price, slots_for(parties))
        standing = first_standing(parties, listed, price, best)
        with suppress(KeyboardInterrupt):
            if going and tell("first", bound, standing.objective(), standing.persons()):
                standing = settled_standing(
                    standing, passes, listed, bound=bound, seed=seed, tell=tell, left=left
                )
                search_rounds(
                    standing, listed, passes.pool, bound=bound, gap=gap, seed=seed, tell=tell, left=left
                )
    finally:
        passes.close()
    return standing.place, price, bound


def _prices_in_time(
    parties: Parties, passes: Passes, *, seed: int, threads: int, tell: Tell, left: Left
) -> tuple[NDArray[np.float64], bool]:
    """Find prices while there is time for a proposal after them, and say whether to go on then.

    An interrupt ends it all, with the prices known.
    """
    price = np.zeros(parties.capacity.shape)
    bound = passes.bound(price)
    reserve = SECONDS_PER_PAIR * parties.score.size

    going = True

    def go_on() -> bool:
        nonlocal going
        going = going and _time_for(left, reserve) and tell("prices", bound, 0.0, 0)
        return going

    try:
        price = rough_prices(parties, passes, seed=seed, threads=threads, go_on=go_on)
        bound = min(bound, passes.bound(price))
        price = sharp_prices(parties, passes, price, go_on=go_on)
    except KeyboardInterrupt:
        going = False
    return price, going


def proven_prices(parties: Parties, *, seed: int, threads: int) -> tuple[NDArray[np.float64], float]:
    """Return prices (M x K) and the bound they prove."""
    passes = Passes(parties, threads=threads)
    try:
        price = find_prices(parties, passes, seed=seed, threads=threads)
        return price, passes.bound(price)
    finally:
        passes.close()


def settled_standing(
    standing: Standing, passes: Passes, listed: Listed, *, bound: float, seed: int, tell: Tell, left: Left
) -> Standing:
    """Return a better proposal, placed kind by kind where that pays and annealed."""
    parties, price, best = standing.parties, standing.price, standing.best
    unit = spread(parties)
    few = len(parties.kind) < WORTH_PLACING
    hot, cold, each = (HOT_FEW, COLD_FEW, STEPS_FEW) if few else (HOT, COLD, STEPS)
    several = parties.demand.shape[1] > 1 and not few
    if several and can_place_by_kind(parties):
        place = place_largest_first(
            parties, passes, listed, price, unit=unit, go_on=lambda: _time_for(left, SECONDS_AFTER_PRICES)
        )
        by_kind = Standing(parties, price, best, place)
        if by_kind.objective() > standing.objective():
            standing, hot, cold, each = by_kind, WARM, WARM / 10, WARM_STEPS
        if not tell("rounded", bound, standing.objective(), standing.persons()):
            return standing
    seconds = left()
    steps = min(MOST_STEPS, each * len(parties.kind))
    if seconds is not None:
        steps = min(steps, int(max(0.0, seconds) * STEPS_PER_SECOND))
    settle(standing, listed, unit=unit, seed=seed, steps=steps, hot=hot, cold=cold)
    return standing


def _time_for(left: Left, seconds: float) -> bool:
    spare = left()
    return spare is None or spare > seconds


def slots_for(parties: Parties) -> int:
    """Return how many places to list per party: more where parties are few."""
    return min(len(parties.capacity), max(SLOTS, MOST_LISTED // max(1, len(parties.kind))))


def find_prices(
    parties: Parties,
    passes: Passes,
    *,
    seed: int,
    threads: int,
    go_on: Callable[[], bool] = lambda: True,
) -> NDArray[np.float64]:
    """Find prices of the caps that make the proven bound small."""
    price = rough_prices(parties, passes, seed=seed, threads=threads, go_on=go_on)
    return sharp_prices(parties, passes, price, go_on=go_on)


def rough_prices(
    parties: Parties, passes: Passes, *, seed: int, threads: int, go_on: Callable[[], bool] = lambda: True
) -> NDArray[np.float64]:
    """Find prices on samples of the parties, or on all where they are not many more."""
    unit = spread(parties)
    price = np.zeros(parties.capacity.shape)
    for size, ladder, steps, enough in (
        (SAMPLE, first_ladder(parties, unit), 60, 1e-6),
        (LARGE_SAMPLE, tuple(unit * step for step in FULL_LADDER), 20, 1e-7),
    ):
        whole = len(parties.kind) <= 2 * size
        own = passes if whole else Passes(sample_of(parties, size=size, seed=seed), threads=threads)
        share = len(own.parties.kind) / max(1, len(parties.kind))
        capacity = np.where(parties.limited, parties.capacity, 0) * share
        price = descend(
            own.smooth, capacity, parties.limited, price, ladder, steps, enough=enough, go_on=go_on
        )
        if not whole:
            own.close()
    return price


def sharp_prices(
    parties: Parties, passes: Passes, price: NDArray[np.float64], *, go_on: Callable[[], bool] = lambda: True
) -> NDArray[np.float64]:
    """Return better prices than the rough ones, found over the best places of each party."""
    unit = spread(parties)
    capacity = np.where(parties.limited, parties.capacity, 0).astype(np.float64)
    slots = MANY_PRICED if len(parties.kind) > FEW_PARTIES else PRICED
    sharp = price
    for ladder in LISTED_LADDERS:
        if not go_on():
            break
        listed = passes.list_best(sharp, min(slots, len(parties.capacity)))

        def smooth(
            at: NDArray[np.float64], heat: float, among: Listed = listed
        ) -> tuple[float, NDArray[np.float64]]:
            return passes.smooth_listed(among, at, heat)

        temperatures = tuple(unit * step for step in ladder)
        sharp = descend(smooth, capacity, parties.limited, sharp, temperatures, LISTED_STEPS, go_on=go_on)
    return min((sharp, price), key=passes.bound)


def sample_of(parties: Parties, *, size: int, seed: int) -> Parties:
    """Return about ``size`` of the parties, spread evenly over the kinds."""
    rng = np.random.default_rng(seed)
    step = len(parties.kind) / size
    at = np.unique((np.arange(size) * step + rng.random(size) * step).astype(np.int64))
    taken = np.sort(parties.order[at[at < len(parties.kind)]])
    kind = parties.kind[taken]
    return Parties(
        of_household=taken,
        demand=parties.demand[taken],
        score=parties.score[taken],
        allowed=parties.allowed[taken],
        capacity=parties.capacity,
        members=parties.members[taken],
        bonus=parties.bonus[taken],
        kind=kind,
        kinds=parties.kinds,
        order=np.argsort(kind, kind="stable").astype(np.int64),
    )
