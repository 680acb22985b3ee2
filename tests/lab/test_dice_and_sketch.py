"""Chance is the same for the same cell, and as it should be; sketches add up alike in any order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.lab.dice import normal, open_cell, poisson, uniform
from eenthuis.lab.sketch import Sketch

VALUES = st.lists(st.floats(-1e7, 1e7, allow_nan=False), min_size=1, max_size=60)


def test_a_cell_gives_the_same_draws_again() -> None:
    state = np.zeros(1, np.uint64)
    open_cell(state, 7, 3, 11, 20)
    first = [uniform(state) for _ in range(5)]
    open_cell(state, 7, 3, 11, 20)
    assert first == [uniform(state) for _ in range(5)]


@pytest.mark.parametrize("other", [(8, 3, 11, 20), (7, 4, 11, 20), (7, 3, 12, 20), (7, 3, 11, 21)])
def test_another_cell_gives_other_draws(other: tuple[int, int, int, int]) -> None:
    state = np.zeros(1, np.uint64)
    open_cell(state, 7, 3, 11, 20)
    first = uniform(state)
    open_cell(state, *other)
    assert first != uniform(state)


@pytest.mark.parametrize("mean", [0.05, 0.7, 4.0, 29.9, 30.0, 400.0])
def test_poisson_draws_have_their_mean_and_spread(mean: float) -> None:
    state = np.zeros(1, np.uint64)
    drawn = []
    for cell in range(4000):
        open_cell(state, 1, cell, 0, 0)
        drawn.append(poisson(state, mean, math.exp(-mean)))
    off = 5 * math.sqrt(mean / 4000)
    assert np.mean(drawn) == pytest.approx(mean, abs=off)
    assert np.var(drawn) == pytest.approx(mean, rel=0.25)


def test_normal_draws_have_mean_zero_and_spread_one() -> None:
    state = np.zeros(1, np.uint64)
    open_cell(state, 1, 0, 0, 0)
    drawn = [normal(state) for _ in range(4000)]
    assert np.mean(drawn) == pytest.approx(0.0, abs=0.08)
    assert np.std(drawn) == pytest.approx(1.0, abs=0.06)


@given(VALUES, VALUES)
def test_sketches_add_up_alike_in_any_order(first: list[float], second: list[float]) -> None:
    one, other = Sketch(), Sketch()
    one.add(first)
    added = Sketch()
    added.add(second)
    one.merge(added)
    other.add(list(reversed(second + first)))
    assert one == other


@given(VALUES, st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0]))
def test_a_quantile_is_right_to_a_tenth_of_a_percent(values: list[float], level: float) -> None:
    sketch = Sketch()
    sketch.add(values)
    exact = sorted(values)[math.floor(level * (len(values) - 1))]
    assert sketch.quantile(level) == pytest.approx(exact, rel=0.00101, abs=1e-6)


def test_what_is_missing_is_counted_apart() -> None:
    sketch = Sketch()
    sketch.add([1.0, math.nan, 3.0])
    assert (sketch.count, sketch.missing, sketch.mean) == (2, 1, 2.0)
    assert sketch.error == pytest.approx(1.0)
    assert math.isnan(Sketch().quantile(0.5))
