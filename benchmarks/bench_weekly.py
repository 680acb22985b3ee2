"""Deciding week by week beside greed, and both beside hindsight, in the same run.

Figures are shares of the best value lost, in percent, against the bound that prices prove with hindsight; so a ratio
below 1 is better. ``--full`` takes twenty orders and adds national size and the shifts: a quarter more arrivals than
history, and another mix of sizes. ``--front`` prints the front of the charge for bunching instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from eenthuis.matching import Policy, Problem, replay
from generator import Card, draw_season
from ratio import Ratio

ORDERS, ORDERS_FULL = 3, 20
FRONT = (0.0, 0.0005, 0.002, 0.005, 0.01, 0.03, 0.1)
SMALL = tuple(
    Card(households=400, places=20, seed=seed, uses=uses, persons_fill=fill, persons_in_score=False)
    for seed, uses, fill in ((1, 1, 1.05), (2, 2, 1.0))
)
NATIONAL = Card(households=5_000, places=342, seed=1, homes_spare=1.10)


def measure(*, full: bool = False) -> list[Ratio]:
    """Return the value lost against hindsight, by prices and by greed, and the seconds of the slowest batch."""
    rows: list[Ratio] = []
    orders = ORDERS_FULL if full else ORDERS
    for card in SMALL:
        season, history = draw_season(card, earlier=400, arrivals=400, batches=52)
        rows.append(_lost(card, "other year as history", season, history, orders=orders))
        rows.append(_lost(card, "no history", season, None, orders=orders))
    if full:
        season, history = draw_season(NATIONAL, earlier=10_000, arrivals=5_000, batches=26)
        rows.append(_lost(NATIONAL, "history of twice as many", season, history, orders=1))
        season, history = draw_season(NATIONAL, earlier=10_000, arrivals=6_250, batches=26)
        rows.append(_lost(NATIONAL, "a quarter more than history", season, history, orders=1))
        season, history = draw_season(NATIONAL, earlier=10_000, arrivals=5_000, batches=26)
        rows.append(_lost(NATIONAL, "history with fewer singles", season, _fewer_singles(history), orders=1))
    return rows


def _fewer_singles(history: Problem) -> Problem:
    """Return ``history`` without two in three of those who come alone."""
    kept = np.flatnonzero((history.persons > 1) | (np.arange(len(history.persons)) % 3 == 0))
    return replace(
        history,
        households=tuple(history.households[row] for row in kept),
        demand=history.demand[kept],
        allowed=history.allowed[kept],
        score=history.score[kept],
        group=history.group[kept],
        arrival=history.arrival[kept],
    )


def front() -> list[tuple[float, float, float, float]]:
    """Return charge, share of hindsight, mean wait in batches and households unplaced, over the first small card."""
    season, history = draw_season(SMALL[0], earlier=400, arrivals=400, batches=52)
    out = []
    for balance in FRONT:
        done = [
            replay(_shuffled(season, SMALL[0], order), history=history, balance=balance)
            for order in range(ORDERS)
        ]
        figures = [(one.share_of_hindsight, one.flow.mean_wait, float(one.flow.unplaced)) for one in done]
        share, wait, unplaced = np.mean(figures, axis=0)
        out.append((balance, float(share), float(wait), float(unplaced)))
    return out


def _shuffled(season: Problem, card: Card, order: int) -> Problem:
    rng = np.random.default_rng([card.seed, order])
    return replace(season, arrival=season.arrival[rng.permutation(len(season.arrival))])


def _lost(card: Card, name: str, season: Problem, history: Problem | None, *, orders: int) -> Ratio:
    lost: dict[Policy, list[float]] = {Policy.PRICE: [], Policy.GREEDY: []}
    waits, unplaced, slowest = [], [], 0.0
    for order in range(orders):
        shuffled = _shuffled(season, card, order)
        for policy, found in lost.items():
            moments = [time.perf_counter()]
            done = replay(
                shuffled,
                policy=policy,
                history=history,
                on_batch=lambda *_, at=moments: at.append(time.perf_counter()),
            )
            found.append(100 * (1 - done.share_of_hindsight))
            if policy is Policy.PRICE:
                waits.append(done.flow.mean_wait)
                unplaced.append(done.flow.unplaced)
                slowest = max(slowest, *np.diff(moments[1:]))
    share = 100 - np.array(lost[Policy.PRICE])
    note = (
        f"share of hindsight mean {share.mean():.2f} %, worst {share.min():.2f} %; "
        f"unplaced {np.mean(unplaced):.1f}, mean wait {np.mean(waits):.1f} batches, slowest batch {slowest:.2f} s; "
        f"card {json.dumps(card.plain())}"
    )
    return Ratio(
        name=f"week by week: {card.households} x {card.places}, {card.uses} uses, {name}",
        ours=float(np.mean(lost[Policy.PRICE])),
        theirs=float(np.mean(lost[Policy.GREEDY])),
        against="the greedy rule",
        unit="% lost",
        note=note,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="national size too")
    parser.add_argument("--front", action="store_true", help="only the front of the charge for bunching")
    asked = parser.parse_args()
    if asked.front:
        for balance, share, wait, unplaced in front():
            print(
                f"balance {balance}: share {share:.4f}, mean wait {wait:.2f} batches, unplaced {unplaced:.1f}"
            )
    else:
        for line in measure(full=asked.full):
            print(f"{line.name}: {line.ours:.2f} {line.unit}, {line.against} {line.theirs:.2f}; {line.note}")
