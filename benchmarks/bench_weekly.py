"""Deciding week by week beside greed, and both beside hindsight, in the same run.

Figures are shares of the best value lost, in percent, against the bound that prices prove with hindsight; so a ratio
below 1 is better. ``--full`` takes twenty orders and adds national size and the shifts: a quarter more arrivals than
history, and another mix of sizes. ``--front`` prints the front of the charge for bunching instead, ``--reserve`` who
gets no place with room kept back for hard cases, and ``--least-gain`` what a least gain for every group costs.
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
from eenthuis.matching import Policy, Problem, replay, solve
from eenthuis.matching.futures import Cases
from eenthuis.matching.groups import own_groupings
from eenthuis.matching.week_reserve import can_be_held, hardness
from eenthuis.terms.linking import Goal
from generator import Card, draw_season
from ratio import Figure, Ratio

ORDERS, ORDERS_FRONT, ORDERS_FULL = 2, 3, 20
WANTED = (0.992, 0.988)
"""Share of hindsight wanted in the mean where there is room to spare, and where capacity is tight."""

WORST, POINTS_LOST, BARE = 0.985, 0.5, 0.97
"""Wanted in the worst order; points lost by a wrong history at most; and the share without a history at least."""

EVEN, EVEN_SHARE, EVEN_WAIT, EVEN_UNPLACED = 0.005, 0.988, 5.0, 2.5
"""The charge at which an even flow is measured, and what is wanted there."""

GAIN, GAIN_PRICE = 1.25, 2.5
SHARES = (0.0, 0.5, 1.0)
FRONT = (0.0, 0.0005, 0.002, 0.005, 0.01, 0.03, 0.1)
SMALL = tuple(
    Card(households=400, places=20, seed=seed, uses=uses, persons_fill=fill, persons_in_score=False)
    for seed, uses, fill in ((1, 1, 1.05), (2, 2, 1.0))
)
FAIR = tuple(
    Card(
        households=size,
        places=20,
        seed=seed,
        uses=uses,
        persons_fill=1.02,
        persons_in_score=False,
        place_effect=0.8,
        pair_effect=0.3,
    )
    for size, seed, uses in ((400, 2, 2), (499, 3, 3), (329, 1, 1))
)
SCARCE = Card(households=400, places=20, seed=3, uses=5, persons_fill=1.0, persons_in_score=False, regions=8)
NATIONAL = Card(households=5_000, places=342, seed=1, homes_spare=1.10)


def measure(*, full: bool = False) -> list[Ratio]:
    """Return the value lost against hindsight, by prices and by greed, and the seconds of the slowest batch."""
    rows: list[Ratio] = []
    orders = ORDERS_FULL if full else ORDERS
    for card, wanted in zip(SMALL, WANTED, strict=True):
        season, history = draw_season(card, earlier=400, arrivals=400, batches=52)
        _, other = draw_season(replace(card, seed=card.seed + 50), earlier=400, arrivals=400, batches=52)
        own = _lost(card, "other year as history", season, history, orders=orders, wanted=(wanted, WORST))
        wrong = _lost(card, "history of other places", season, other, orders=orders)
        bare = _lost(card, "no history", season, None, orders=orders)
        rows += [own, _compared(wrong, own), _with_figure(bare, "L6", BARE)]
    rows.append(_even(orders=orders))
    rows += [_fair(card, orders=1) for card in (FAIR if full else FAIR[:1])]
    shifts = ((5_000, 0.992), (6_250, 0.978)) if full else ((5_000, 0.992),)
    for arrivals, wanted in shifts:
        season, history = draw_season(NATIONAL, earlier=10_000, arrivals=arrivals, batches=26)
        name = f"{arrivals} come, history of 10,000"
        rows.append(_lost(NATIONAL, name, season, history, orders=1, wanted=(wanted, None), figure="L9"))
    if full:
        season, history = draw_season(NATIONAL, earlier=10_000, arrivals=5_000, batches=26)
        fewer = _fewer_singles(history)
        rows.append(
            _lost(
                NATIONAL,
                "history with fewer singles",
                season,
                fewer,
                orders=1,
                wanted=(0.980, None),
                figure="L9",
            )
        )
    return rows


def _with_figure(row: Ratio, name: str, wanted: float) -> Ratio:
    figure = Figure(name, f"{row.name}: share of hindsight", wanted, 1 - row.ours / 100, "", at_least=True)
    return replace(row, figures=(*row.figures, figure))


def _compared(wrong: Ratio, own: Ratio) -> Ratio:
    lost = Figure("L6", f"{wrong.name}: lost to it", POINTS_LOST, wrong.ours - own.ours, "points")
    return replace(wrong, figures=(lost,))


def _even(*, orders: int) -> Ratio:
    """Return the mean wait with an even flow, beside that without a charge for bunching."""
    loose, even = front((0.0, EVEN), orders=orders)
    what = f"{SMALL[0].households} x {SMALL[0].places}, balance {EVEN}"
    return Ratio(
        name=f"an even flow: {what}",
        ours=even[2],
        theirs=loose[2],
        against="no charge for bunching",
        unit="batches of waiting",
        note=f"share of hindsight {even[1]:.4f} (without {loose[1]:.4f}), unplaced {even[3]:.1f} ({loose[3]:.1f})",
        card=SMALL[0].plain(),
        figures=(
            Figure("L4", f"{what}: share of hindsight", EVEN_SHARE, even[1], "", at_least=True),
            Figure("L4", f"{what}: mean wait", EVEN_WAIT, even[2], "batches"),
            Figure("L4", f"{what}: unplaced", EVEN_UNPLACED, even[3], "households"),
        ),
    )


def _fair(card: Card, *, orders: int) -> Ratio:
    """Return the price of a least gain for every group while deciding week by week, and how many groups have it."""
    season, history = draw_season(card, earlier=card.households, arrivals=card.households, batches=52)
    prices, had, shares = [], [], []
    for order in range(orders):
        shuffled = _shuffled(season, card, order)
        done = replay(shuffled, history=history, least_gain=GAIN, groupings=own_groupings(season))
        floors = done.certificate.floors
        prices.append(100 * done.price_of_floors)
        had.append(sum(floor.least >= floor.asked for floor in floors))
        shares.append(min(floor.reached / floor.asked for floor in floors))
    what = f"week by week, {card.households} x {card.places}, {card.uses} uses"
    price, count = float(np.mean(prices)), float(len(floors))
    return Ratio(
        name=f"a least gain of {GAIN} for every group: {what}",
        ours=price,
        theirs=100.0,
        against="the whole score",
        unit="% of the score",
        note=f"{np.mean(had):.1f} of {count:.0f} groups have it, the shortest reaches {np.mean(shares):.1%}",
        card=card.plain(),
        figures=(
            Figure("L5", f"{what}: price", GAIN_PRICE, price, "%"),
            Figure("L5", f"{what}: groups that have it", count, float(np.mean(had)), "", at_least=True),
        ),
    )


def reserve(*, orders: int) -> list[str]:
    """Return a line per card, policy and share of hard cases that room is kept for: who gets no place."""
    lines = []
    for card in (*SMALL, SCARCE):
        season, history = draw_season(card, earlier=400, arrivals=400, batches=52)
        every = Cases(season.demand, season.allowed, season.score)
        hard = np.array([kind is not None for kind in hardness(every, season.capacity)])
        out = (solve(season, goal=Goal.SCORE).assignment < 0) & can_be_held(every, season.capacity)
        lines.append(
            f"{card.households} x {card.places}, {card.uses} uses: {hard.sum()} hard cases; in hindsight the best "
            f"leaves {(out & hard).sum()} of them and {(out & ~hard).sum()} others without a place"
        )
        for policy in (Policy.PRICE, Policy.GREEDY):
            for share in SHARES:
                found = []
                for order in range(orders):
                    shuffled = _shuffled(season, card, order)
                    done = replay(shuffled, policy=policy, history=history, reserve=share)
                    persons = int(season.persons.sum()) - done.certificate.persons_linked
                    found.append((*done.reserved.unplaced, persons, done.share_of_hindsight))
                mean = np.mean(found, axis=0)
                lines.append(
                    f"  {policy.value}, reserve {share}: hard cases {mean[0]:.1f}, others {mean[1]:.1f}, "
                    f"persons {mean[2]:.1f} without a place; share {mean[3]:.4f}"
                )
    return lines


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


def front(
    charges: tuple[float, ...] = FRONT, *, orders: int = ORDERS_FRONT
) -> list[tuple[float, float, float, float]]:
    """Return charge, share of hindsight, mean wait in batches and households unplaced, over the first small card."""
    season, history = draw_season(SMALL[0], earlier=400, arrivals=400, batches=52)
    out = []
    for balance in charges:
        done = [
            replay(_shuffled(season, SMALL[0], order), history=history, balance=balance)
            for order in range(orders)
        ]
        figures = [(one.share_of_hindsight, one.flow.mean_wait, float(one.flow.unplaced)) for one in done]
        share, wait, unplaced = np.mean(figures, axis=0)
        out.append((balance, float(share), float(wait), float(unplaced)))
    return out


def _shuffled(season: Problem, card: Card, order: int) -> Problem:
    rng = np.random.default_rng([card.seed, order])
    return replace(season, arrival=season.arrival[rng.permutation(len(season.arrival))])


def _lost(
    card: Card,
    name: str,
    season: Problem,
    history: Problem | None,
    *,
    orders: int,
    wanted: tuple[float, float | None] | None = None,
    figure: str = "L3",
) -> Ratio:
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
    what = f"week by week: {card.households} x {card.places}, {card.uses} uses, {name}"
    figures = []
    if wanted is not None:
        mean, worst = wanted
        figures.append(Figure(figure, f"{what}: mean share", mean, share.mean() / 100, "", at_least=True))
        if worst is None:
            figures.append(Figure(figure, f"{what}: slowest batch", 1.0, float(slowest), "s"))
        else:
            figures.append(
                Figure(figure, f"{what}: worst order", worst, share.min() / 100, "", at_least=True)
            )
    return Ratio(
        name=what,
        ours=float(np.mean(lost[Policy.PRICE])),
        theirs=float(np.mean(lost[Policy.GREEDY])),
        against="the greedy rule",
        unit="% lost",
        note=note,
        figures=tuple(figures),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="national size too")
    parser.add_argument("--front", action="store_true", help="only the front of the charge for bunching")
    parser.add_argument("--reserve", action="store_true", help="only what a reserve for hard cases does")
    parser.add_argument("--least-gain", action="store_true", help="only a least gain for every group")
    parser.add_argument("--orders", type=int, default=ORDERS_FRONT, help="orders of arrival of those two")
    asked = parser.parse_args()
    if asked.front:
        for balance, share, wait, unplaced in front():
            print(
                f"balance {balance}: share {share:.4f}, mean wait {wait:.2f} batches, unplaced {unplaced:.1f}"
            )
    elif asked.reserve:
        print(*reserve(orders=asked.orders), sep="\n")
    else:
        lines = (
            [_fair(card, orders=asked.orders) for card in FAIR]
            if asked.least_gain
            else measure(full=asked.full)
        )
        for line in lines:
            print(f"{line.name}: {line.ours:.2f} {line.unit}, {line.against} {line.theirs:.2f}; {line.note}")
