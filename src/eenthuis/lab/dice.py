"""Chance by counting: what a future meets in a step depends on their numbers alone, never on the order of work.

A cell is (seed, future, step, stream). Its first state is a mix of those four, and draws follow by SplitMix64. Two
scenarios with the same seed therefore meet the same arrivals and the same homes in the same cell, whatever else
differs, and any worker draws the same.

References
----------
Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.kernel import kernel, woven

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_TO_UNIT = 1.0 / 9007199254740992.0
LARGE = 30.0
"""Means from here on are drawn as a rounded normal, which is off by less than a tenth of a person there."""


@woven
def mixed(value: np.uint64) -> np.uint64:
    """Return the 64 bits of ``value`` thoroughly mixed."""
    value = (value ^ (value >> _S30)) * _FIRST
    value = (value ^ (value >> _S27)) * _SECOND
    return value ^ (value >> _S31)


@kernel
def step_key(seed: int, future: int, step: int) -> np.uint64:
    """Return what the cells of a step of a future have in common; every number is 0 or more."""
    key = mixed(np.uint64(seed) + _GOLDEN)
    key = mixed(key ^ (np.uint64(future) + _GOLDEN))
    return mixed(key ^ (np.uint64(step) * _FIRST + _GOLDEN))


@woven
def open_stream(state: NDArray[np.uint64], key: np.uint64, stream: int) -> None:
    """Set ``state`` (1) to the beginning of the cell of a stream, from the key of its step."""
    state[0] = mixed(key ^ (np.uint64(stream) * _SECOND + _GOLDEN))


@kernel
def open_cell(state: NDArray[np.uint64], seed: int, future: int, step: int, stream: int) -> None:
    """Set ``state`` (1) to the beginning of a cell; every number is 0 or more."""
    open_stream(state, step_key(seed, future, step), stream)


@woven
def uniform(state: NDArray[np.uint64]) -> float:
    """Return a number from 0 up to but not 1."""
    state[0] += _GOLDEN
    return float(mixed(state[0]) >> _S11) * _TO_UNIT


@kernel
def normal(state: NDArray[np.uint64]) -> float:
    """Return a draw from the standard normal distribution."""
    distance = math.sqrt(-2.0 * math.log(1.0 - uniform(state)))
    return distance * math.cos(2.0 * math.pi * uniform(state))


@kernel
def poisson(state: NDArray[np.uint64], mean: float, none: float) -> int:
    """Return a Poisson draw; ``none`` is e to the minus ``mean``, so that a caller may keep it."""
    if mean <= 0.0:
        return 0
    if mean >= LARGE:
        return max(0, math.floor(mean + math.sqrt(mean) * normal(state) + 0.5))
    count, product = 0, uniform(state)
    while product > none:
        count += 1
        product *= uniform(state)
    return count
