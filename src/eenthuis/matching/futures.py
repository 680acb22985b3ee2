"""What may still come: households of an earlier period and of this one, drawn again and again.

Each future is a draw of as many cases as are still expected. History counts until this period shows that it is
different; then what has been seen takes over. Every draw follows the seed, so a replay is the same digit for digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DOUBT = 2.0
"""Beyond the difference that chance alone makes, so much more (in its spread) and history loses weight."""

FALL = 6.0
"""How fast history loses weight with the difference."""

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
        self._families: list[tuple[NDArray[np.float64], ...]] = []
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
        return np.arange(first, self.count, dtype=np.int64)

    def _put(self, first: int, cases: Cases) -> None:
        last = first + len(cases)
        self.demand[first:last] = cases.demand
        self.allowed[first:last] = cases.allowed
        self.score[first:last] = cases.score
        self._families.append(case_features(cases))

    def features(self) -> tuple[NDArray[np.float64], ...]:
        """Return what is compared between history and this period, in families of columns, one row per case."""
        return tuple(np.concatenate(parts) for parts in zip(*self._families, strict=True))


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


def trust_in_history(families: tuple[NDArray[np.float64], ...], history: int) -> float:
    """Return how much of history still counts (1 = all, towards 0): less when this period differs beyond chance.

    ``families`` are those of the pool, history first. Compared are means, in units of their standard error; a family
    counts by the root mean square over its columns.
    """
    seen = len(families[0]) - history
    if not history or seen < ENOUGH:
        return 1.0
    worst = 0.0
    for features in families:
        old, new = features[:history], features[history:]
        error = np.sqrt(old.var(axis=0) / history + np.maximum(new.var(axis=0), old.var(axis=0)) / seen)
        moved = (new.mean(axis=0) - old.mean(axis=0)) / np.maximum(error, 1e-9)
        spare = DOUBT / np.sqrt(len(moved))
        worst = max(worst, float(np.sqrt((moved**2).mean())) / (1.0 + spare))
    return 1.0 if worst <= 1.0 else worst**-FALL
