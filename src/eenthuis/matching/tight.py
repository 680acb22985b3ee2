"""Where places hold few households each: prices per household, a dive along them, and dives again where most is lost.

The linear relaxation over pairs is loose there, for it cuts households into parts to fill small places. Prices per
household prove a tighter bound and lead to a better proposal; no general solver takes part.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import proven_bound
from eenthuis.matching.diving import Pace, dive
from eenthuis.matching.household_prices import COARSE, FINE, Field, Market, lay_out, lower, table_cells
from eenthuis.matching.parties import Parties
from eenthuis.matching.price_and_fix import Tell, find_prices, slots_for
from eenthuis.matching.prices import Passes, spread
from eenthuis.matching.problem import Problem
from eenthuis.matching.settling import first_standing, settle

MOST_CELLS = 6e7
"""Table cells that one choice of sets may fill; more would make every step too slow."""

FIRST_STEPS = 1_000
"""Annealing tries per party for a first proposal, for when there is no time for a better one."""

OF_VALUE = 0.065
"""Steps begin at the spread of scores, or at this share of the mean value less prices where weights make that more."""

FIRST_DIVE = Pace(25, 0.06, 0.1)
DIVES = (Pace(25, 0.04, 0.1), Pace(40, 0.06, 0.1))
"""Dives over all places: from prices that are near enough, and from the best; the best proposal is kept."""

AGAIN = 48
AGAIN_PLACES = 60
AGAIN_PACES = (Pace(25, 0.06, 0.05), Pace(25, 0.06, 0.1), Pace(25, 0.06, 0.2))
"""Dives again over some places at a time, one pace after another."""


@dataclass(frozen=True, slots=True)
class HouseholdPrices:
    """A price per party (N) and the bound that they prove."""

    price: NDArray[np.float64]
    bound: float


@dataclass(frozen=True, slots=True)
class Tight:
    """Place per party (N, -1 = none), prices per cap (M x K) with their bound, and per household with theirs."""

    place: NDArray[np.int64]
    price: NDArray[np.float64]
    bound: float
    household: HouseholdPrices | None


def pays(parties: Parties) -> bool:
    """Return whether the places are small enough for prices per household."""
    return table_cells(parties) <= MOST_CELLS


def solve_tight(
    problem: Problem,
    parties: Parties,
    *,
    person_weight: float,
    household_weight: float,
    gap: float,
    seed: int,
    threads: int,
    tell: Tell,
) -> Tight:
    """Return a proposal with both bounds; a stop or an interrupt keeps the best so far."""
    passes = Passes(parties, threads=threads)
    try:
        known = passes.bound(np.zeros(parties.capacity.shape))
        price = find_prices(
            parties, passes, seed=seed, threads=threads, go_on=lambda: tell("prices", known, 0.0, 0)
        )
        best = passes.best_values(price)
        listed = passes.list_best(price, slots_for(parties))
    finally:
        passes.close()
    bound, unit = proven_bound(parties, best, price), spread(parties)
    first = first_standing(parties, listed, price, best)
    settle(first, listed, unit=unit, seed=seed, steps=FIRST_STEPS * len(parties.kind))
    field = lay_out(problem, parties, person_weight=person_weight, household_weight=household_weight)
    market = Market(field, threads=threads)
    units = (max(unit, OF_VALUE * float(best.mean())), unit)
    search = _Search(
        market,
        first.place[field.party],
        persons=parties.demand[field.party, 0],
        units=units,
        bound=bound,
        gap=gap,
        tell=tell,
    )
    try:
        with suppress(KeyboardInterrupt):
            if search.told("first"):
                search.run(best[field.party], seed=seed)
    finally:
        market.close()
    place = np.full(len(first.place), -1, np.int64)
    place[field.party] = search.place
    return Tight(place, price, bound, search.proven(field))


def prove(
    problem: Problem,
    parties: Parties,
    price: NDArray[np.float64],
    *,
    person_weight: float,
    household_weight: float,
    threads: int,
    go_on: Callable[[float], bool],
) -> HouseholdPrices:
    """Return prices per household that start from the cap prices ``price`` (M x K), without a proposal.

    ``go_on`` hears the bound now and then and may stop the search.
    """
    passes = Passes(parties, threads=threads)
    best = passes.best_values(price)
    passes.close()
    field = lay_out(problem, parties, person_weight=person_weight, household_weight=household_weight)
    market = Market(field, threads=threads)

    unit = spread(parties)
    try:
        found, bound = lower(
            market, best[field.party], step=COARSE[0] * unit, last_step=FINE[1] * unit, go_on=go_on
        )
    finally:
        market.close()
    by_party = np.zeros(len(found))
    by_party[field.party] = found
    return HouseholdPrices(by_party, bound)


class _Search:
    """The best proposal so far over the rows of a field, the bound, and what is done about the gap between them."""

    def __init__(
        self,
        market: Market,
        place: NDArray[np.int64],
        *,
        persons: NDArray[np.int64],
        units: tuple[float, float],
        bound: float,
        gap: float,
        tell: Tell,
    ) -> None:
        self.market, self.place, self.bound = market, place, bound
        self.persons = persons
        self.units = units
        self.gap, self.tell, self.going = gap, tell, True
        self.objective = self._total(place)
        self.price: NDArray[np.float64] | None = None

    def told(self, stage: str) -> bool:
        """Report; return whether to go on."""
        near = self.bound - self.objective <= self.gap * max(abs(self.bound), 1e-9)
        return self._tell(stage, self.bound) and not near

    def _tell(self, stage: str, bound: float) -> bool:
        """Report, unless it was said to stop; then never again."""
        persons = int(self.persons[self.place >= 0].sum())
        self.going = self.going and self.tell(stage, bound, self.objective, persons)
        return self.going

    def proven(self, field: Field) -> HouseholdPrices | None:
        """Return the prices per party in the order of the parties, None when none were found in time."""
        if self.price is None:
            return None
        price = np.zeros(len(self.price))
        price[field.party] = self.price
        return HouseholdPrices(price, self.bound)

    def run(self, price: NDArray[np.float64], *, seed: int) -> None:
        """Lower the bound from ``price`` (N), dive, and dive again where most is lost."""
        everywhere = np.arange(len(self.market.field.room), dtype=np.int64)
        everybody = np.arange(len(price), dtype=np.int64)
        price = self._lower(price, COARSE)
        if not self.told("dive"):
            return
        self._dive(price, everybody, everywhere, FIRST_DIVE, self.units[0])
        if not self.told("household prices"):
            return
        price = self._lower(price, FINE)
        for pace, unit in zip(DIVES, self.units, strict=True):
            if not self.told("dive"):
                return
            self._dive(price, everybody, everywhere, pace, unit)
        rng = np.random.default_rng(seed)
        value = self.market.choose(price).value
        for count in range(AGAIN):
            if not self.told("dive"):
                return
            places = self._losing(price, value, rng)
            inside = np.zeros(len(value), bool)
            inside[places] = True
            free = np.flatnonzero((self.place < 0) | inside[self.place])
            self._dive(price, free, places, AGAIN_PACES[count % len(AGAIN_PACES)], self.units[count % 2])

    def _lower(self, price: NDArray[np.float64], steps: tuple[float, float]) -> NDArray[np.float64]:
        """Lower the bound from ``price`` (N); return the best prices."""
        first, last = steps[0] * self.units[0], steps[1] * self.units[1]

        def heard(bound: float) -> bool:
            return self._tell("household prices", min(bound, self.bound))

        price, bound = lower(self.market, price, step=first, last_step=last, go_on=heard)
        if bound < self.bound:
            self.price, self.bound = price, bound
        return price

    def _dive(
        self,
        price: NDArray[np.float64],
        free: NDArray[np.int64],
        places: NDArray[np.int64],
        pace: Pace,
        unit: float,
    ) -> None:
        found = dive(
            self.market,
            price,
            self.place,
            free=free,
            places=places,
            unit=unit,
            pace=pace,
            go_on=lambda: self.told("dive"),
        )
        reached = self._total(found)
        if reached > self.objective:
            self.place, self.objective = found, reached

    def _losing(
        self, price: NDArray[np.float64], value: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """Draw places, those that lose most against ``value`` (M) the likeliest."""
        there = np.flatnonzero(self.place >= 0)
        worth = self.market.field.worth[self.place[there], there] - price[there]
        loss = np.maximum(value - np.bincount(self.place[there], worth, len(value)), 0.0)
        weight = loss + 0.05 * loss.mean() + 1e-3 * self.units[1]
        count = min(AGAIN_PLACES, len(value))
        return np.sort(rng.choice(len(value), count, replace=False, p=weight / weight.sum()))

    def _total(self, place: NDArray[np.int64]) -> float:
        there = np.flatnonzero(place >= 0)
        return float(self.market.field.worth[place[there], there].sum())


def price_per_household(parties: Parties, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the price of every household (H): that of its party, shared evenly over who is in it."""
    return np.asarray((price / parties.members)[parties.of_household])
