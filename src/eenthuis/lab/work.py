"""Scores of work as an array of the simulation, scores averaged from an instance, and invented ones to try it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.local import place_codes
from eenthuis.lab.world import SIZES
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.work_scores import MILLION, WorkScores

LEAST_HOUSEHOLDS = 10
"""Households of a size below which they are averaged with the next size: fewer tell of themselves, not of a size."""
INVENTED_CHANCE, INVENTED_SPREAD, ADULTS = 0.35, 0.25, 2
"""Of invented scores: the middle chance of an adult, how far municipalities lie apart in log-odds, adults at most."""


def at_work(scores: WorkScores, first: HalfYear) -> NDArray[np.float64]:
    """Return the members of a household expected to have work (M × C), in the order of municipalities and sizes."""
    return np.asarray([scores.millionths[code] for code in place_codes(first)], np.float64) / MILLION


def size_class(persons: int) -> int:
    """Return the class of a household of so many persons, from 0; the last holds eight and more.

    Examples
    --------
    >>> size_class(1), size_class(8), size_class(12)
    (0, 7, 7)
    """
    return min(persons, len(SIZES)) - 1


def averaged(
    persons: Sequence[int], scores: NDArray[np.float64], allowed: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return scores of households (H × M, of allowed pairs only) averaged to size classes (C × M).

    A class with fewer than ten households is averaged together with the classes beside it until there are ten, the
    nearer classes first; with fewer than ten in all, every class gets the mean of all. A place without an allowed pair
    of a class has NaN there.

    Examples
    --------
    >>> many = np.asarray([[0.5]] * 10 + [[1.6]])
    >>> averaged([1] * 10 + [2], many, many > 0).round(2)[:3].tolist()
    [[0.5], [0.6], [0.6]]
    """
    classes = np.asarray([size_class(one) for one in persons])
    found = np.zeros((len(SIZES), scores.shape[1]))
    for own in range(len(SIZES)):
        reach = 0
        near = classes == own
        while near.sum() < LEAST_HOUSEHOLDS and reach < len(SIZES):
            reach += 1
            near = np.abs(classes - own) <= reach
        pairs = allowed[near].sum(axis=0)
        total = np.where(allowed[near], scores[near], 0.0).sum(axis=0)
        found[own] = np.divide(total, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return found


def invented(rng: np.random.Generator, first: HalfYear) -> WorkScores:
    """Return invented scores: of nobody, only to try out what is measured with scores."""
    codes = place_codes(first)
    middle = np.log(INVENTED_CHANCE / (1 - INVENTED_CHANCE))
    chances = 1 / (1 + np.exp(-(middle + INVENTED_SPREAD * rng.normal(size=len(codes)))))
    adults = np.minimum(np.asarray(SIZES), ADULTS)
    millionths = np.rint(chances[:, None] * adults * MILLION).astype(np.int64)
    found: Mapping[MunicipalityCode, tuple[int, ...]] = {
        code: tuple(int(one) for one in row) for code, row in zip(codes, millionths, strict=True)
    }
    return WorkScores(found, "invented, of nobody", is_invented=True)
