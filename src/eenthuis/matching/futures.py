"""What may still come: households of an earlier period and of this one, drawn again and again.

Each future is a draw of as many cases as are still expected. Where this period shows that places do better or worse
than they did, the scores of history are moved along; history that still differs gives way to what has been seen. Every
draw follows the seed, so a replay is the same digit for digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DOUBT = 2.0
"""Beyond the difference that chance alone makes, so much more (in its spread) and history loses weight."""

FALL = 6.0
"""How fast history loses weight with the difference."""

TINY = 1e-9

SURELY = 1.6
"""Places count as moved only when the square of their moves is so many times what chance makes."""

ENOUGH = 8
"""Cases of this period before it is held against history."""


@dataclass(frozen=True, slots=True)
class Cases:
    """C cases with what they take (C x K int64), where they may go (C x M bool) and scores (C x M float32)."""

    demand: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    score: NDArray[np.float32]

    def __len__(self) -> int:
        """Count the cases."""
        return len(self.demand)


class Sums:
    """Sums over cases of what history and this period are compared by."""

    def __init__(self, places: int, uses: int) -> None:
        """Start from nothing."""
        self.cases = 0
        self.families = [np.zeros((2, columns)) for columns in (uses + 1, places, 2)]
        self.open, self.level, self.level_square, self.crossed = np.zeros((4, places))

    def add(self, cases: Cases) -> None:
        """Add cases."""
        self.cases += len(cases)
        families = case_features(cases)
        chosen = cases.allowed & (cases.allowed.sum(axis=1) > 1)[:, None]
        self.families = [
            sums + np.stack([features.sum(axis=0), (features**2).sum(axis=0)])
            for sums, features in zip(self.families, families, strict=True)
        ]
        level = np.where(chosen, families[2][:, :1], 0.0)
        self.open += chosen.sum(axis=0)
        self.level += level.sum(axis=0)
        self.level_square += (level**2).sum(axis=0)
        self.crossed += (level * families[1]).sum(axis=0)

    def tilt(self) -> NDArray[np.float64]:
        """Return per place (M) how much better than the mean of its cases it is, as a share of that mean."""
        return np.asarray(self.families[1][0] / np.where(np.abs(self.level) > TINY, self.level, np.inf))

    def scatter(self, tilt: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the variance (M) of one case around ``tilt``, in its units."""
        count = np.maximum(self.open, 1.0)
        around = self.families[1][1] - 2.0 * tilt * self.crossed + tilt**2 * self.level_square
        return np.asarray(np.maximum(around, 0.0) * count / np.maximum(self.level**2, TINY))


class Pool:
    """History first, then every case of this period as it comes; arrays grow by doubling."""

    def __init__(self, history: Cases) -> None:
        """Start with ``history``."""
        self.history = len(history)
        self.count = self.history
        room = max(64, 2 * self.count)
        places, uses = history.score.shape[1], history.demand.shape[1]
        self.demand = np.zeros((room, uses), np.int64)
        self.allowed = np.zeros((room, places), bool)
        self.score = np.zeros((room, places), np.float32)
        self.told = history
        self.came: list[NDArray[np.float32]] = []
        self.level = np.where(history.allowed, case_features(history)[2][:, :1], 0.0).astype(np.float32)
        self.moved = np.zeros(places)
        self.old, self.own = Sums(places, uses), Sums(places, uses)
        self.old.add(history)
        self._put(0, history)

    def add(self, cases: Cases) -> NDArray[np.int64]:
        """Add cases of this period; return their rows."""
        first, self.count = self.count, self.count + len(cases)
        if self.count > len(self.demand):
            room = 2 * self.count
            for name in ("demand", "allowed", "score"):
                old = getattr(self, name)
                new = np.zeros((room, old.shape[1]), old.dtype)
                new[:first] = old[:first]
                setattr(self, name, new)
        self._put(first, cases)
        self.came.append(cases.score)
        self.own.add(cases)
        return np.arange(first, self.count, dtype=np.int64)

    def _put(self, first: int, cases: Cases) -> None:
        last = first + len(cases)
        self.demand[first:last] = cases.demand
        self.allowed[first:last] = cases.allowed
        self.score[first:last] = cases.score

    def align(self) -> None:
        """Move the scores of history, place by place, by what this period shows beyond chance."""
        if not self.history or self.own.cases < ENOUGH:
            return
        before, now = self.old.tilt(), self.own.tilt()
        told = (self.old.open > 0) & (self.own.open > 0)
        noise = self.old.scatter(before) * (
            1.0 / np.maximum(self.old.open, 1) + 1.0 / np.maximum(self.own.open, 1)
        )
        moved = np.where(told, now - before, 0.0)
        real = float((moved**2 - SURELY * noise)[told].mean()) if told.any() else 0.0
        real = max(0.0, real)
        self.moved = moved * real / np.maximum(real + noise, TINY)
        self.score[: self.history] = self.told.score + self.level * self.moved.astype(np.float32)

    def lift(self, factor: NDArray[np.float64]) -> None:
        """Let every score count for so many times itself (one factor per row of the pool)."""
        before = self.told.score + self.level * self.moved.astype(np.float32)
        plain = np.concatenate([before, *self.came])
        self.score[: self.count] = plain * factor.astype(np.float32)[:, None]

    def trust(self) -> float:
        """Return how much of history still counts (1 = all, towards 0): less as this period differs beyond chance.

        Compared are means, in units of their standard error, with scores as :meth:`align` moved them; a family of
        columns counts by the root mean square over its columns.
        """
        old, own = self.old.cases, self.own.cases
        if not old or own < ENOUGH:
            return 1.0
        worst = 0.0
        for number, (before, now) in enumerate(zip(self.old.families, self.own.families, strict=True)):
            mean = before[0] / old
            variance = np.maximum(before[1] / old - mean**2, 0.0)
            newer = np.maximum(now[1] / own - (now[0] / own) ** 2, 0.0)
            error = np.sqrt(variance / old + np.maximum(newer, variance) / own)
            gone = now[0] / own - mean - (self.moved * self.old.level / old if number == 1 else 0.0)
            spare = DOUBT / np.sqrt(len(gone))
            moved = gone / np.maximum(error, TINY)
            worst = max(worst, float(np.sqrt((moved**2).mean())) / (1.0 + spare))
        return 1.0 if worst <= 1.0 else worst**-FALL


def case_features(cases: Cases) -> tuple[NDArray[np.float64], ...]:
    """Return three families of columns per case.

    What it takes and where it may go; how good every place is compared with the others; scores at large.
    """
    score = np.where(cases.allowed, cases.score, 0.0).astype(np.float64)
    mean = score.sum(axis=1) / np.maximum(cases.allowed.sum(axis=1), 1)
    return (
        np.concatenate([cases.demand, cases.allowed.mean(axis=1)[:, None]], axis=1).astype(np.float64),
        np.where(cases.allowed, score - mean[:, None], 0.0),
        np.stack([mean, score.max(axis=1, initial=0.0)], axis=1),
    )


class Futures:
    """Seeded draws of the cases that may still come."""

    def __init__(self, history: int, *, futures: int, longest: int, seed: int) -> None:
        """Fix every draw beforehand: ``futures`` of at most ``longest`` cases each."""
        rng = np.random.default_rng([seed, 20_231])
        orders = [np.empty(0, np.int64)] * futures
        if history:
            laps = -(-longest // history)
            orders = [
                np.concatenate([rng.permutation(history) for _ in range(max(laps, 1))])[:longest].astype(
                    np.int64
                )
                for _ in range(futures)
            ]
        self.old = orders
        self.coin = rng.random((futures, longest))
        self.pick = rng.random((futures, longest))
        self.count = futures
        self.history = history

    def draw(self, future: int, expected: int, *, seen: int, trust: float) -> NDArray[np.int64]:
        """Return the pool rows of ``expected`` cases: each from this period with a chance that grows with ``seen``.

        ``trust`` (0-1) says how much of history still counts.
        """
        if expected <= 0 or self.history + seen == 0:
            return np.empty(0, np.int64)
        wrapped = np.arange(expected) % self.coin.shape[1]
        own: NDArray[np.int64] = self.history + np.floor(self.pick[future, wrapped] * seen).astype(np.int64)
        if not self.history:
            return own
        old: NDArray[np.int64] = self.old[future][wrapped]
        if not seen:
            return old
        share = seen / (seen + trust * self.history)
        return np.asarray(np.where(self.coin[future, wrapped] < share, own, old), np.int64)
