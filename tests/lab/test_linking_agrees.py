"""The reduced linking of the lab beside the whole engine on the same stock and room."""

from __future__ import annotations

import numpy as np
import pytest
from lab_worlds import central, today
from numpy.typing import NDArray

from eenthuis.lab.arriving import PERSONS
from eenthuis.lab.future import live
from eenthuis.lab.local import COLUMNS
from eenthuis.lab.measuring import NAMES
from eenthuis.lab.placing import link
from eenthuis.lab.settings import drawn, settings
from eenthuis.lab.world import BEFORE, LINKABLE, NET, OLDEST, QUEUED, Country, State
from eenthuis.matching import Problem, solve
from eenthuis.reference import household_sizes
from eenthuis.terms.linking import Goal

PLACES = 60
ERROR = 0.03
"""Part of the people by which the two may differ, as told in the explanation of the lab."""


def small(land: Country) -> Country:
    """Return a country of the first sixty municipalities."""
    return land._replace(
        weights=land.weights[:PLACES],
        inhabitants=land.inhabitants[:PLACES],
        part=land.part[:PLACES] / land.part[PLACES - 1],
        homes=land.homes[:PLACES],
        climb=land.climb[:PLACES],
    )


@pytest.mark.parametrize(("plenty", "seed"), [(1.5, 1), (1.0, 2), (0.6, 3)])
def test_people_linked_agree_within_the_error_shown(
    land: Country, state: State, plenty: float, seed: int
) -> None:
    """With more stock than room, as much, and less, the two link about as many people, in all and per place."""
    rng = np.random.default_rng(seed)
    room = rng.integers(5, 60, PLACES)
    people, stock = plenty * room.sum(), np.zeros(len(PERSONS), np.int64)
    while (stock * PERSONS).sum() < people:
        stock[rng.choice(len(PERSONS), p=tuple(household_sizes().values()))] += 1
    reduced = _reduced(state, small(land), room, stock)
    full = _full(room, stock, rng)
    assert abs(reduced.sum() - full.sum()) <= ERROR * full.sum()
    # ever less than a household of the largest size beyond the room of a place
    assert (reduced - room < PERSONS[-1]).all()
    if plenty > 1:
        assert np.abs(reduced - full).mean() <= 0.05 * room.mean()


def _reduced(
    state: State, country: Country, room: NDArray[np.int64], stock: NDArray[np.int64]
) -> NDArray[np.int64]:
    own = state._replace(
        places=state.places[:PLACES],
        queues=state.queues[:PLACES],
        turns=state.turns[:PLACES],
        efforts=state.efforts[:PLACES],
        moving=state.moving[:, :PLACES].copy(),
        transit=state.transit[:PLACES],
    )
    scenario, parameters = today(), central()
    live(
        own,
        country,
        settings(scenario, parameters),
        drawn(scenario, parameters),
        1,
        0,
        np.zeros((1, len(NAMES))),
        np.zeros((0, PLACES, COLUMNS), np.int32),
    )
    own.places[:] = 0
    own.queues[:] = 0
    own.turns[:] = 0
    own.to_link[:] = 0
    own.places[:, NET] = room
    own.to_link[:, BEFORE - 2] = stock
    own.sizes[:, LINKABLE] = stock
    own.sizes[:, OLDEST] = 0
    link(own, country, 1, 0, 11)
    return own.places[:, QUEUED].astype(np.int64)


def _full(
    room: NDArray[np.int64],
    stock: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    size = np.repeat(PERSONS, stock)
    many = len(size)
    problem = Problem(
        households=tuple(f"h{row}" for row in range(many)),
        places=tuple(f"p{row}" for row in range(PLACES)),
        uses=("persons",),
        demand=size[:, None],
        capacity=room[:, None],
        allowed=np.ones((many, PLACES), bool),
        score=rng.random((many, PLACES), np.float32),
        group=np.full(many, -1),
        arrival=np.arange(many),
    )
    assigned = solve(problem, goal=Goal.HOUSED_THEN_SCORE, gap=0.01, seconds=5).assignment
    linked = assigned >= 0
    return np.bincount(assigned[linked], weights=size[linked], minlength=PLACES).astype(np.int64)
