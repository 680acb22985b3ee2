"""Exact searches in neighbourhoods: all parties of some places are freed and placed again as well as possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.prices import Listed
from eenthuis.matching.solver import Choice, Limits, Pairs, choose
from eenthuis.matching.standing import Standing

NOTHING = 1e-9
"""Losses and gains below this are rounding."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Freed ``party`` (n) and ``place`` (m) with the pairs that could be part of an improvement.

    ``start`` holds the pairs of the present proposal; ``lost`` is what it loses here against the bound.
    """

    party: NDArray[np.int64]
    place: NDArray[np.int64]
    pair_place: NDArray[np.int64]
    pairs: Pairs
    start: NDArray[np.int64]
    lost: float


def affinity(standing: Standing, listed: Listed, *, slots: int = 8) -> NDArray[np.float64]:
    """Return how many parties hesitate between each two places (M x M), by their best listed ones."""
    places = len(standing.free)
    place = listed.place[:, :slots]
    at = np.maximum(place, 0)
    parties = standing.parties
    reduced = listed.value[:, :slots] - np.einsum(
        "nlk,nk->nl", standing.price[at], parties.demand.astype(float)
    )
    weight = np.where(place >= 0, np.exp(-np.maximum(standing.best[:, None] - reduced, 0.0) / 0.1), 0.0)
    out = np.zeros(places * places)
    for one in range(place.shape[1]):
        for other in range(place.shape[1]):
            if one != other:
                out += np.bincount(
                    at[:, one].astype(np.int64) * places + at[:, other],
                    weight[:, one] * weight[:, other],
                    places * places,
                )
    return out.reshape(places, places)


def grow(
    near: NDArray[np.float64],
    loss: NDArray[np.float64],
    taken: NDArray[np.bool_],
    *,
    size: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return ``size`` places around one that loses much, none of ``taken``; chance comes from ``rng``."""
    weight = np.where(taken, 0.0, loss + 1e-6 + 0.05 * loss.mean())
    if weight.sum() <= 0:
        return np.zeros(0, np.int64)
    chosen = [int(rng.choice(len(loss), p=weight / weight.sum()))]
    pull = near[chosen[0]].copy()
    out = taken.copy()
    out[chosen[0]] = True
    while len(chosen) < size and not out.all():
        appeal = (pull + 1e-9) * (loss + 0.2 * loss.mean() + 1e-9) * rng.exponential(1.0, len(loss))
        appeal[out] = -1.0
        following = int(np.argmax(appeal))
        chosen.append(following)
        out[following] = True
        pull += near[following]
    return np.array(sorted(chosen), np.int64)


def cut_out(
    standing: Standing, place: NDArray[np.int64], idle: NDArray[np.int64], *, most_pairs: int
) -> Neighbourhood | None:
    """Free all parties at ``place`` and the ``idle`` ones; None when nothing can be gained there.

    Only pairs whose regret is below the loss of the neighbourhood are kept, and of those the ``most_pairs`` with
    the least regret; the pairs of the present proposal always stay.
    """
    parties = standing.parties
    inside = np.zeros(len(standing.free), bool)
    inside[place] = True
    here = np.flatnonzero((standing.place >= 0) & inside[np.maximum(standing.place, 0)])
    party = np.sort(np.concatenate([here, idle]))
    lost = standing.regret[party].sum() + standing.slack()[place].sum()
    if lost < NOTHING or not party.size:
        return None
    paid = parties.demand[party].astype(np.float64) @ standing.price[place].T
    value = parties.score[np.ix_(party, place)].astype(np.float64) + parties.bonus[party][:, None]
    regret = standing.best[party][:, None] - (value - paid)
    now = standing.place[party][:, None] == place[None, :]
    fits = np.ones(regret.shape, bool)
    for use in range(parties.demand.shape[1]):
        fits &= parties.demand[party, use][:, None] <= parties.capacity[place, use]
    kept = (parties.allowed[np.ix_(party, place)] & (regret < lost) & fits) | now
    if kept.sum() > most_pairs:
        limit = np.partition(regret[kept], most_pairs)[most_pairs]
        kept &= (regret <= limit) | now
    row, column = np.nonzero(kept)
    names, number = np.unique(row, return_inverse=True)
    need = parties.demand[party[row]]
    free = standing.free.copy()
    there = np.flatnonzero(now.any(axis=1))
    np.add.at(free, standing.place[party[there]], parties.demand[party[there]])
    uses = need.shape[1]
    cap = (
        np.where(parties.capacity == np.iinfo(np.int64).max, np.inf, free)[place]
        .reshape(-1)
        .astype(np.float64)
    )
    return Neighbourhood(
        party=party[names],
        place=place,
        pair_place=place[column],
        pairs=Pairs(
            party=number.reshape(-1).astype(np.int64),
            value=value[kept],
            row=column[:, None] * uses + np.arange(uses),
            need=need,
            cap=cap,
        ),
        start=np.flatnonzero(now[kept]),
        lost=float(lost),
    )


def search(
    around: Neighbourhood, *, nodes: int, near_enough: float, seconds: float | None, seed: int
) -> Choice | None:
    """Return the best choice inside ``around`` within ``nodes`` or ``near_enough`` of its loss, None if none."""
    limits = Limits(nodes=nodes, seconds=seconds, absolute_gap=max(1e-6, near_enough * around.lost))
    return choose(around.pairs, start=around.start, limits=limits, seed=seed)


def adopt(standing: Standing, around: Neighbourhood, choice: Choice | None) -> float:
    """Move the parties of ``around`` as ``choice`` says if that is better; return the gain."""
    if choice is None:
        return 0.0
    gain = float(around.pairs.value[choice.chosen].sum() - around.pairs.value[around.start].sum())
    if gain <= NOTHING:
        return 0.0
    place = np.full(len(around.party), -1, np.int64)
    place[around.pairs.party[choice.chosen]] = around.pair_place[choice.chosen]
    standing.move(around.party, place)
    return gain
