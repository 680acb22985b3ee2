"""Week by week: every batch of households is decided before the next is known.

The price policy prices what is left in every place by what may still come (sampled from history and from what has
been seen), values the last seats of every place in whole households, and then decides the batch as a whole: the
largest households first, then moves that make room for each other while score less what is used up grows.
A charge for bunching keeps the flow into each place even.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import TINY, Cases, Futures, Pool
from eenthuis.matching.groups import Members
from eenthuis.matching.week_floors import Lifts
from eenthuis.matching.week_prices import WeekPrices
from eenthuis.matching.week_reserve import Reserve
from eenthuis.matching.week_values import Expected, room_values
from eenthuis.terms.linking import Policy

HOMELESS = 1e6
"""What a household without a place costs when nothing is kept free for later."""

NOT_KNOWN = 400
"""Cases expected in all when nobody says."""

FIRST_BATCHES = 3
"""The pace seen says nothing before so many batches."""

EVERY_MANY = 48
"""Where prices are many they hold for so many households, or a batch if that is more."""

FEW_KNOWN = 8
"""With one in so many of all expected cases known, prices and the worth of seats count alike."""

AT_HAND, AT_HAND_EVEN = 0.1, 0.5
"""A household waits without a place only when others are worth more by so many times the spread of scores; the second
where the flow is to be even."""

FIRST_LIFTS = 5
"""Times that prices and lifts are found in turn before a season begins."""

OFF_PACE = 3.0
"""From so many standard deviations off the announced pace of arrivals, the pace seen counts instead."""


@dataclass(frozen=True, slots=True)
class Season:
    """What is known beforehand: capacities (M x K), an earlier period, batches and cases in all (None: not known)."""

    capacity: NDArray[np.int64]
    history: Cases
    batches: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class LeastGain:
    """What every group is to gain at least, as a multiple of what chance would bring, and who is in the groups."""

    times: float
    names: tuple[str, ...]
    members: Members


def _lifts(season: Season, asked: LeastGain | None, total: int, seed: int) -> Lifts | None:
    if asked is None:
        return None
    return Lifts(
        asked.times, season.capacity, season.history, members=asked.members, expected=total, seed=seed
    )


class WeekByWeek:
    """Decides batch after batch; it never sees a case before its batch."""

    def __init__(
        self,
        season: Season,
        *,
        policy: Policy,
        balance: float = 0.0,
        everyone: bool = False,
        reserve: float = 0.0,
        least_gain: LeastGain | None = None,
        seed: int = 1,
        threads: int = 2,
    ) -> None:
        """Start a season.

        ``everyone``: link whoever fits somewhere; else a household waits when every place open to it is worth more
        to those who still come.

        ``reserve`` (0 to 1): the share of the hard cases still expected for which room is kept back from others.

        ``least_gain``: heeded by the price policy, whose scores of a group that falls behind count for more.

        ``balance``: score given up to spare one household one batch of waiting. A place handles its cases one after
        another at its even rate (its capacity in persons over the number of batches); a household that comes while
        the place still has q persons to handle waits q / rate batches.
        """
        self.policy = policy
        self.balance = balance
        self.everyone = everyone
        self.seed = seed
        self.season = season
        self.pool = Pool(season.history)
        self.total = season.total or len(season.history) or NOT_KNOWN
        self.batches = season.batches
        self.batch = 0
        self.seen = 0
        self.sizes: list[int] = []
        self.queue = np.zeros(len(season.capacity))
        self.rate = season.capacity[:, 0] / max(1, season.batches or 1)
        self.prices = WeekPrices(*season.capacity.shape, threads=threads)
        self.futures = Futures(
            len(season.history), futures=self.prices.futures, longest=max(1, self.total), seed=seed
        )
        self.lifts = _lifts(season, least_gain, self.total, seed)
        self.reserve = Reserve(reserve, season.capacity, season.history)
        self.begun = False
        self.since = EVERY_MANY
        self.room = np.zeros((len(season.capacity), 1))
        if policy is Policy.PRICE and len(season.history):
            self._begin(season.capacity)
            self._lift_first(season.capacity)

    def decide(self, cases: Cases, left: NDArray[np.int64], *, passed: int = 1) -> NDArray[np.int64]:
        """Return the place of each case of this batch (-1 = none); ``left`` (M x K) is what is open now.

        ``passed`` batches have gone by since the last one, this one included.
        """
        self.queue = np.maximum(0.0, self.queue - passed * self.rate) if self.batch else self.queue
        self.sizes += [0] * (passed - 1)
        self.batch += passed
        rows = self.pool.add(cases)
        if self.lifts is not None:
            self.lifts.add(cases)
        hard = self.reserve.add(cases)
        self.seen += len(cases)
        self.sizes.append(len(cases))
        left = left.copy()
        place = np.full(len(cases), -1, np.int64)
        if self.policy is Policy.PRICE:
            self._by_price(rows, hard, left, place)
            if self.lifts is not None:
                self.lifts.learn(cases, place)
            return place
        self._keep(left, np.zeros(left.shape))
        for at, row in enumerate(rows):
            fits = self._fits(row, left if hard[at] else left - self.reserve.kept.room)
            if fits.any():
                score = np.where(fits, self.pool.score[row], -np.inf) - self._charge()
                here = int(fits.argmax() if self.policy is Policy.FIRST_COME else score.argmax())
                self._take(row, here, left)
                place[at] = here
        return place

    def _begin(self, left: NDArray[np.int64]) -> None:
        self.prices.begin(self.pool, self._drawn(self.expected()), left, self._unit(), seed=self.seed)
        self.begun = True

    def expected(self) -> int:
        """Return how many cases may still come after this batch: as announced, and as seen once that is clearly off."""
        rest = max(0, self.total - self.seen)
        if self.batches is None or self.batch < FIRST_BATCHES:
            return rest
        due = self.total * self.batch / self.batches
        noise = np.sqrt(self.batch * np.var(self.sizes) + 1.0)
        if abs(self.seen - due) <= OFF_PACE * noise:
            return rest
        pace = self.seen / self.batch * max(0, self.batches - self.batch)
        passed = min(1.0, self.batch / self.batches)
        return round((1.0 - passed) * rest + passed * pace)

    def _fits(self, row: int, left: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(self.pool.allowed[row] & (self.pool.demand[row] <= left).all(axis=1))

    def _charge(self) -> NDArray[np.float64]:
        """Return the charge per place for the batches that a household would wait there."""
        if not self.balance:
            return np.zeros(len(self.queue))
        return self.balance * self.queue / np.maximum(self.rate, TINY)

    def _take(self, row: int, here: int, left: NDArray[np.int64]) -> None:
        left[here] -= self.pool.demand[row]
        self.queue[here] += self.pool.demand[row, 0]

    def _lift(self) -> None:
        """Let scores of groups count for more, where they have a least gain."""
        if self.lifts is not None:
            self.pool.lift(self.lifts.factor())

    def _lift_first(self, left: NDArray[np.int64]) -> None:
        """Learn lifts from history, before the season begins."""
        if self.lifts is None:
            return
        nobody = np.empty(0, np.int64)
        drawn = self._drawn(self.expected())
        for _ in range(FIRST_LIFTS):
            self.prices.find(self.pool, drawn, nobody, left, self._unit())
            if not self.lifts.learn_first(self.pool, drawn[0], self.prices.mean()):
                break
            self._lift()

    def _keep(self, left: NDArray[np.int64], price: NDArray[np.float64]) -> None:
        """Keep room in ``left`` (M x K) for the hard cases of one future."""
        if self.reserve.share > 0:
            drawn = self.futures.draw(0, self.expected(), seen=self.seen, trust=self.pool.trust())
            self.reserve.keep(drawn, self.pool, left, price)

    def _by_price(
        self,
        rows: NDArray[np.int64],
        hard: NDArray[np.bool_],
        left: NDArray[np.int64],
        place: NDArray[np.int64],
    ) -> None:
        if not len(rows):
            return
        if not self.begun:
            self._begin(left)
        if self.prices.few or self.since >= EVERY_MANY:
            self.pool.align()
            self._lift()
            self.prices.refresh(self.pool, left)
            self.prices.find(self.pool, self._drawn(self.expected()), rows, left, self._unit())
            price = self.prices.mean()
            self.room = room_values(self.pool, self._coming(), left, price, threads=self.prices.threads)
            self._keep(left, price)
            self.since = 0
        self.since += len(rows)
        price = self.prices.mean()
        self._settle(rows, hard, left, place, price)

    def _settle(
        self,
        rows: NDArray[np.int64],
        hard: NDArray[np.bool_],
        left: NDArray[np.int64],
        place: NDArray[np.int64],
        price: NDArray[np.float64],
    ) -> None:
        """Decide the batch as a whole at these prices (M x K)."""
        from eenthuis.matching.week_batch import decide_batch

        demand = self.pool.demand[rows]
        paid = demand[:, 1:] @ price[:, 1:].T
        part = self._believed()
        paid += (1.0 - part) * demand[:, :1] * price[:, 0]
        room = part * self.room
        net = np.where(self.pool.allowed[rows], self.pool.score[rows] - paid, -np.inf)
        charge = self.balance / np.maximum(self.rate, TINY)
        nowhere = -HOMELESS if self.everyone else -self._unit() * AT_HAND
        if self.balance and not self.everyone:
            nowhere = -self._unit() * AT_HAND_EVEN - float(self._charge().max(initial=0.0))
        kept = np.stack([self.reserve.kept.room, np.zeros_like(left)])
        place[:] = decide_batch(
            net, demand, left, kept, hard.astype(np.int8), room, self.queue, charge, nowhere
        )

    def _believed(self) -> float:
        """Return how much the worth of whole seats counts beside prices: less for few known cases, or more uses."""
        known = self.seen + self.pool.trust() * self.pool.history
        return known / (known + self.total / FEW_KNOWN) / (1 if self.season.capacity.shape[1] == 1 else 2)

    def _coming(self) -> Expected:
        """Return who may still come: history and this period, each with its chance."""
        history, seen = self.pool.history, self.seen
        share = seen / (seen + self.pool.trust() * history)
        chance = np.concatenate(
            [np.full(history, (1 - share) / max(1, history)), np.full(seen, share / seen)]
        )
        return Expected(np.arange(history + seen, dtype=np.int64), chance, self.expected())

    def _drawn(self, expected: int) -> list[NDArray[np.int64]]:
        trust = self.pool.trust()
        return [
            self.futures.draw(at, expected, seen=self.seen, trust=trust) for at in range(self.prices.futures)
        ]

    def _unit(self) -> float:
        """Return how far scores differ within a case, else between cases, over at most 2,000 cases of the pool."""
        step = max(1, self.pool.count // 2_000)
        score = self.pool.score[: self.pool.count : step].astype(np.float64)
        allowed = self.pool.allowed[: self.pool.count : step]
        count = np.maximum(allowed.sum(axis=1), 1)
        mean = np.where(allowed, score, 0.0).sum(axis=1) / count
        square = np.where(allowed, (score - mean[:, None]) ** 2, 0.0).sum(axis=1) / count
        found = np.sqrt(square)[allowed.sum(axis=1) > 1]
        if found.size and found.mean() > 0:
            return float(found.mean())
        return max(float(score[allowed].std()) if allowed.any() else 0.0, 1e-3)
