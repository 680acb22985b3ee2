"""Small instances as one exact problem for the general solver, with prices from its linear relaxation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.problem import UNLIMITED
from eenthuis.matching.solver import Floor, Limits, Pairs, choose, relax


@dataclass(frozen=True, slots=True)
class Exact:
    """Place per party (N, -1 = none), prices (M x K), and the bound the solver claims."""

    place: NDArray[np.int64]
    price: NDArray[np.float64]
    solver_bound: float
    optimal: bool


@dataclass(frozen=True, slots=True)
class Model:
    """The pairs of a whole problem with the party and place of each."""

    party: NDArray[np.int64]
    place: NDArray[np.int64]
    pairs: Pairs


def whole_model(parties: Parties, *, count_only: bool = False) -> Model | None:
    """Return all pairs that could be chosen; with ``count_only`` their value is the bonus alone."""
    possible = (parties.demand[:, None, :] <= parties.capacity[None, :, :]).all(axis=2)
    party, place = np.nonzero(parties.allowed & possible)
    if not party.size:
        return None
    uses = parties.demand.shape[1]
    _, number = np.unique(party, return_inverse=True)
    limited = parties.limited
    value = parties.bonus[party] if count_only else parties.value(party, place)
    pairs = Pairs(
        party=number.reshape(-1).astype(np.int64),
        value=value,
        row=place[:, None] * uses + np.arange(uses),
        need=np.where(limited[place], parties.demand[party], 0),
        cap=np.where(limited & (parties.capacity != UNLIMITED), parties.capacity, np.inf)
        .reshape(-1)
        .astype(np.float64),
    )
    return Model(party, place, pairs)


def solve_exact(
    parties: Parties, *, least_count: float | None, limits: Limits, seed: int
) -> Exact:
    """Solve ``parties`` exactly; with ``least_count`` the bonuses linked must reach it.

    The prices are those of the relaxation without that condition, so that they prove a bound on their own.
    """
    shape = parties.capacity.shape
    model = whole_model(parties)
    nowhere = np.full(len(parties.kind), -1, np.int64)
    if model is None:
        return Exact(nowhere, np.zeros(shape), 0.0, optimal=True)
    relaxed = relax(model.pairs, seed=seed)
    floor = None
    if least_count is not None:
        floor = Floor(parties.bonus[model.party], least_count * (1 - 1e-9))
    choice = choose(model.pairs, floor=floor, limits=limits, seed=seed)
    place = nowhere.copy()
    if choice is not None:
        place[model.party[choice.chosen]] = model.place[choice.chosen]
    bound = relaxed.objective if choice is None else choice.bound
    return Exact(
        place, relaxed.price.reshape(shape), bound, optimal=choice is not None and choice.optimal
    )


def most_counted(parties: Parties, *, limits: Limits, seed: int) -> Exact:
    """Solve for the largest total bonus alone: most persons, or most households, linked."""
    model = whole_model(parties, count_only=True)
    nowhere = np.full(len(parties.kind), -1, np.int64)
    shape = parties.capacity.shape
    if model is None:
        return Exact(nowhere, np.zeros(shape), 0.0, optimal=True)
    relaxed = relax(model.pairs, seed=seed)
    choice = choose(model.pairs, limits=limits, seed=seed)
    place = nowhere.copy()
    if choice is not None:
        place[model.party[choice.chosen]] = model.place[choice.chosen]
    bound = relaxed.objective if choice is None else choice.bound
    return Exact(
        place, relaxed.price.reshape(shape), bound, optimal=choice is not None and choice.optimal
    )
