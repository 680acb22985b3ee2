"""A proposal from household prices: fix what is chosen most steadily, lower the prices of the rest, and so on.

While prices hover around their best, a pair that is part of a good proposal is chosen in almost every step. A few of
the steadiest pairs are fixed, the room they take is gone, and the prices follow; nobody is placed by one hasty step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.household_prices import Market

FADING = 0.95
"""What a step earlier weighs, and how much shorter each step is than the one before."""

MOMENTUM = 0.7
SURE = 0.97
"""A pair chosen in so large a share of the steps is fixed at once."""

ASK = 8
"""After so many steps it is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How carefully a dive goes: steps per round, share of the parties fixed per round, first step length (units)."""

    steps: int = 25
    share: float = 0.06
    step: float = 0.08


def dive(
    market: Market,
    price: NDArray[np.float64],
    place: NDArray[np.int64],
    *,
    free: NDArray[np.int64],
    places: NDArray[np.int64],
    unit: float,
    pace: Pace,
    go_on: Callable[[], bool],
) -> NDArray[np.int64]:
    """Place the rows ``free`` anew at ``places``, the others stay; return all places (N).

    When ``go_on`` says stop, whoever is not placed yet gets the best place with room.

    ``place`` (N, -1 = none) is a possible proposal over the rows of the field; ``price`` (N) is where prices start.
    """
    field = market.field
    place, price = place.copy(), price.copy()
    place[free] = -1
    room = np.zeros(field.room.shape, np.int64)
    room[places] = field.room[places]
    there = np.flatnonzero(place >= 0)
    np.subtract.at(room, place[there], field.need[field.kind[there]])
    room = np.maximum(room, 0)
    free = np.sort(free)
    steps = 2 * pace.steps
    while free.size and go_on():
        steady = _hover(
            market,
            price,
            free=free,
            room=room,
            places=places,
            steps=steps,
            step=pace.step * unit,
            go_on=go_on,
        )
        steps = pace.steps
        count = max(1, int(np.ceil(pace.share * free.size)))
        fixed = _fix(market, steady, free=free, room=room, place=place, count=count)
        if not fixed:
            break
        free = free[place[free] < 0]
    _fill_up(market, free=free, room=room, places=places, place=place)
    return place


def _hover(
    market: Market,
    price: NDArray[np.float64],
    *,
    free: NDArray[np.int64],
    room: NDArray[np.int64],
    places: NDArray[np.int64],
    steps: int,
    step: float,
    go_on: Callable[[], bool],
) -> NDArray[np.float64]:
    """Move ``price`` of ``free`` along for some steps; return how steadily each pair was chosen (M x N, 0-1)."""
    often = np.zeros(market.field.worth.shape)
    pull = np.zeros(len(free))
    weight, total = 1.0, 0.0
    for count in range(steps):
        sets = market.choose(price, who=free, room=room, places=places, often=often, weight=weight)
        total += weight
        weight /= FADING
        wanted = 1.0 - sets.chosen[free]
        pull = MOMENTUM * pull + (1 - MOMENTUM if count else 1.0) * wanted
        price[free] = np.maximum(price[free] - step * pull, 0.0)
        step *= FADING
        if count % ASK == 0 and not go_on():
            break
    often /= total
    return often


def _fix(
    market: Market,
    steady: NDArray[np.float64],
    *,
    free: NDArray[np.int64],
    room: NDArray[np.int64],
    place: NDArray[np.int64],
    count: int,
) -> int:
    """Fix the steadiest pairs, at least ``count`` if there are so many; return how many."""
    field = market.field
    here = steady[:, free]
    target = here.argmax(axis=0)
    strength = here.max(axis=0) - 0.5 * np.maximum(here.sum(axis=0) - 1.0, 0.0)
    done = 0
    for at in np.argsort(-strength, kind="stable"):
        if strength[at] <= 0 or (done >= count and strength[at] < SURE):
            break
        need = field.need[field.kind[free[at]]]
        if (need <= room[target[at]]).all():
            room[target[at]] -= need
            place[free[at]] = target[at]
            done += 1
    return done


def _fill_up(
    market: Market,
    *,
    free: NDArray[np.int64],
    room: NDArray[np.int64],
    places: NDArray[np.int64],
    place: NDArray[np.int64],
) -> None:
    """Give whoever is left the best place with room, if that adds anything, those who add most first."""
    field = market.field
    worth = field.worth[places]
    for row in free[np.argsort(-worth[:, free].max(axis=0, initial=-np.inf), kind="stable")]:
        fits = (field.need[field.kind[row]] <= room[places]).all(axis=1)
        value = np.where(fits, worth[:, row], -np.inf)
        if value.max(initial=-np.inf) > 0:
            there = places[value.argmax()]
            room[there] -= field.need[field.kind[row]]
            place[row] = there
