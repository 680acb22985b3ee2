"""From the chances of members to the score of a household: a choice that changes who benefits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.outcome.columns import Column, coded
from eenthuis.matching.outcome.model import AtPlaces, Model, chances

CELLS = 4_000_000
"""Chances held at once, in double precision (32 MB)."""


class Combine(StrEnum):
    """How the chances of the members of a household become its score.

    ``SUM``, the default: how many members are expected to work, so that each of them counts. ``MEAN``: the same per
    member. ``AT_LEAST_ONE``: the chance that anyone works; who is likeliest to work then decides where the others go.
    ``MINIMUM``: the chance of the member who has it hardest. ``EARNERS``: the sum over members named as earners.
    """

    SUM = "sum"
    MEAN = "mean"
    AT_LEAST_ONE = "at-least-one"
    MINIMUM = "minimum"
    EARNERS = "earners"


@dataclass(frozen=True, slots=True)
class Members:
    """N members of working age of the H households of an instance, in order of household.

    ``household`` (N) is the row of each one's household; ``earner`` (N) says who is named as an earner, None where
    nobody was asked to name them. ``sex`` and ``age`` (N) serve to see who gains, and are None where they are unknown.
    """

    household: NDArray[np.int64]
    columns: tuple[Column, ...]
    earner: NDArray[np.bool_] | None = None
    sex: NDArray[np.str_] | None = None
    age: NDArray[np.float64] | None = None

    @property
    def ways(self) -> tuple[Combine, ...]:
        """The ways to combine that can be computed."""
        return tuple(way for way in Combine if way is not Combine.EARNERS or self.earner is not None)


def rolled_up(
    chance: NDArray[np.float64],
    start: NDArray[np.int64],
    combine: Combine,
    earner: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Return the score of each household (n x M) from the chances of its members (N x M).

    Parameters
    ----------
    chance
        Members of a household stand in rows next to each other.
    start
        First row of each household (n), rising.
    combine
        The way; ``EARNERS`` without ``earner`` counts everyone.

    Examples
    --------
    >>> two = np.array([[0.6], [0.2]])
    >>> {way.value: round(float(rolled_up(two, np.array([0]), way)[0, 0]), 2) for way in Combine}
    {'sum': 0.8, 'mean': 0.4, 'at-least-one': 0.68, 'minimum': 0.2, 'earners': 0.8}
    """
    match combine:
        case Combine.SUM:
            return np.add.reduceat(chance, start, axis=0)
        case Combine.MEAN:
            members = np.diff(np.append(start, len(chance)))
            return np.asarray(np.add.reduceat(chance, start, axis=0) / members[:, None])
        case Combine.AT_LEAST_ONE:
            return np.asarray(1.0 - np.multiply.reduceat(1.0 - chance, start, axis=0))
        case Combine.MINIMUM:
            return np.minimum.reduceat(chance, start, axis=0)
        case Combine.EARNERS:
            counted = chance if earner is None else chance * earner[:, None]
            return np.add.reduceat(counted, start, axis=0)


def blocks(
    model: Model, there: AtPlaces, members: Members
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
    """Yield rows of members, the first per household, and their chances (rows x M), some households at a time."""
    own = coded(model.people, members.columns, len(members.household))
    start = np.flatnonzero(np.diff(members.household, prepend=-1))
    bounds = np.append(start, len(members.household))
    most = max(1, CELLS // max(1, len(there.offset)))
    first = 0
    while first < len(start):
        last = int(np.searchsorted(bounds, bounds[first] + most, side="right")) - 1
        last = min(max(last, first + 1), len(start))
        rows = np.arange(bounds[first], bounds[last])
        yield rows, start[first:last] - bounds[first], chances(model, own[rows], there)
        first = last


def household_scores(
    model: Model, there: AtPlaces, members: Members, *, households: int, combine: Combine
) -> NDArray[np.float32]:
    """Return the score of every household at every place (H x M float32); 0 for a household without members."""
    out = np.zeros((households, len(there.offset)), np.float32)
    for rows, start, chance in blocks(model, there, members):
        earner = None if members.earner is None else members.earner[rows]
        out[members.household[rows[start]]] = rolled_up(chance, start, combine, earner)
    return out
