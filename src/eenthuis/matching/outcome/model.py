"""A trained model: terms of people, places and regions, and the chance that they give anyone anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit, logit

from eenthuis.matching.outcome.columns import LEAST_OF_A_KIND, Coding, Column, coded, codings_of
from eenthuis.matching.outcome.fit import Block, fit
from eenthuis.matching.outcome.table import Table

MOST_TERMS = 1500
"""Terms beyond which people by place, and then people by region, are left out: time grows with their cube."""

SURE = 1e-6
"""Chances are kept this far from 0 and 1."""


NEAR_ONE = 16.0
"""One over the variance around 1 of the slope by which log-odds are settled: a quarter either way."""


class Variant(StrEnum):
    """What is trained, and what it is set beside.

    ``POOLED`` draws places towards their region and regions towards the whole, and lets what people bring count
    differently from place to place. ``PLAIN`` is an ordinary logistic regression on the same columns, ``PER_PLACE``
    that with a term for every place, ``SHARE`` the share that worked, for everyone.
    """

    POOLED = "pooled"
    PLAIN = "plain-logistic"
    PER_PLACE = "logistic-per-place"
    SHARE = "share-for-all"


class Basis(StrEnum):
    """From what the chance at a place was learned: people placed there, in its region, or anywhere."""

    PLACE = "place"
    REGION = "region"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Model:
    """Terms of the log-odds of work, with all that is needed to apply them.

    Attributes
    ----------
    people, surroundings
        How the columns of people (P terms) and of places (Z terms) become numbers.
    places, regions
        Places and regions with terms of their own (at least ten people).
    known
        Region and codes (Z) of every place of the training table.
    intercept, terms
        Log-odds of someone average, and per group its terms: ``people`` P, ``surroundings`` Z, ``people x
        surroundings`` P x Z, ``region`` R, ``place`` M, ``people x region`` R x P, ``people x place`` M x P.
    errors, precision
        Standard error of every term, and the strength with which each group was held.
    slope, shift
        Log-odds are multiplied by ``slope`` and raised by ``shift``, as left-out people showed to be needed.
    """

    people: tuple[Coding, ...]
    surroundings: tuple[Coding, ...]
    places: tuple[str, ...]
    regions: tuple[str, ...]
    known: Mapping[str, tuple[str, tuple[float, ...]]]
    intercept: float
    terms: Mapping[str, NDArray[np.float64]]
    errors: Mapping[str, NDArray[np.float64]]
    precision: Mapping[str, float]
    slope: float = 1.0
    shift: float = 0.0

    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Return the shape that the terms of every group should have; a group may be left out."""
        own = sum(len(coding.terms) for coding in self.people)
        around = sum(len(coding.terms) for coding in self.surroundings)
        return {
            "people": (own,),
            "surroundings": (around,),
            "people x surroundings": (own, around),
            "region": (len(self.regions),),
            "place": (len(self.places),),
            "people x region": (len(self.regions), own),
            "people x place": (len(self.places), own),
        }


@dataclass(frozen=True, slots=True)
class AtPlaces:
    """What M places add to the log-odds (``offset``, M) and to what people bring (``slope``, M x P), on what basis."""

    offset: NDArray[np.float64]
    slope: NDArray[np.float64]
    basis: tuple[Basis, ...]


def train(table: Table, variant: Variant = Variant.POOLED) -> Model:
    """Learn the terms of ``variant`` from a table."""
    people = codings_of(table.people)
    around = tuple(column.taken(table.place) for column in table.surroundings)
    surroundings = codings_of(around)
    rows = len(table.worked)
    own = coded(people, table.people, rows)
    there = coded(surroundings, table.surroundings, len(table.places))
    pooled = variant is Variant.POOLED
    region = np.array(table.regions)[table.place]
    empty = Model(
        people=people,
        surroundings=surroundings,
        places=_shared(np.array(table.places)[table.place])
        if variant in {Variant.POOLED, Variant.PER_PLACE}
        else (),
        regions=_shared(region) if pooled else (),
        known={
            name: (table.regions[at], tuple(there[at].tolist()))
            for at, name in enumerate(table.places)
            if (table.place == at).any()
        },
        intercept=0.0,
        terms={},
        errors={},
        precision={},
    )
    blocks = [] if variant is Variant.SHARE else list(_blocks(empty, table, own, there, pooled=pooled))
    fitted = fit(blocks, table.worked, precision=None if pooled else 1.0)
    shapes = empty.shapes()
    return replace(
        empty,
        intercept=fitted.intercept,
        terms={name: found.reshape(shapes[name]) for name, found in fitted.terms.items()},
        errors={name: found.reshape(shapes[name]) for name, found in fitted.errors.items()},
        precision=fitted.precision,
    )


def _shared(names: NDArray[np.str_]) -> tuple[str, ...]:
    """Return the names that enough people share, in order of the alphabet."""
    found, counts = np.unique(names, return_counts=True)
    return tuple(
        str(name) for name, count in zip(found, counts, strict=True) if name and count >= LEAST_OF_A_KIND
    )


def _blocks(
    model: Model, table: Table, own: NDArray[np.float64], there: NDArray[np.float64], *, pooled: bool
) -> Iterator[Block]:
    around = there[table.place]
    place = _marks(np.array(table.places)[table.place], model.places)
    region = _marks(np.array(table.regions)[table.place], model.regions)
    wanted = [("people", sparse.csr_array(own)), ("surroundings", sparse.csr_array(around))]
    if pooled:
        wanted.append(("people x surroundings", _crossed(sparse.csr_array(own), around)))
        wanted.append(("region", region))
    wanted.append(("place", place))
    if pooled:
        wanted += [("people x region", _crossed(region, own)), ("people x place", _crossed(place, own))]
    total = 0
    for name, matrix in wanted:
        if matrix.shape[1] and total + matrix.shape[1] <= MOST_TERMS:
            total += matrix.shape[1]
            yield Block(name, matrix)


def _marks(names: NDArray[np.str_], among: Sequence[str]) -> sparse.csr_array:
    """Return a row per name with a 1 where it stands among the names given (n x names)."""
    at = {name: number for number, name in enumerate(among)}
    column = np.array([at.get(str(name), -1) for name in names], np.int64)
    rows = np.flatnonzero(column >= 0)
    return sparse.csr_array((np.ones(len(rows)), (rows, column[rows])), shape=(len(names), len(among)))


def _crossed(first: sparse.csr_array, second: NDArray[np.float64]) -> sparse.csr_array:
    """Return every product of a column of one and a column of the other (n x (columns of first x of second))."""
    parts = [first[:, [at]].multiply(second) for at in range(first.shape[1])]
    if not parts or not second.shape[1]:
        return sparse.csr_array((first.shape[0], 0))
    return sparse.csr_array(sparse.hstack(parts, format="csr"))


def at_places(
    model: Model,
    places: Sequence[str],
    regions: Sequence[str] | None = None,
    surroundings: Sequence[Column] | None = None,
) -> AtPlaces:
    """Return what the places do; a place without terms of its own takes those of its region, else of the whole.

    ``regions`` and ``surroundings`` (a row per place) replace what training knew; an unknown place without them counts
    as an average one.
    """
    nothing = ("", (0.0,) * sum(len(coding.terms) for coding in model.surroundings))
    met = [model.known.get(place, nothing) for place in places]
    named = [region for region, _ in met] if regions is None else list(regions)
    around = np.array([codes for _, codes in met], np.float64).reshape(len(places), -1)
    if surroundings is not None:
        around = coded(model.surroundings, surroundings, len(places))
    terms = {name: model.terms.get(name, np.zeros(shape)) for name, shape in model.shapes().items()}
    own, region = _row_of(places, model.places), _row_of(named, model.regions)
    offset = around @ terms["surroundings"] + _picked(terms["region"], region) + _picked(terms["place"], own)
    slope = (
        around @ terms["people x surroundings"].T
        + _picked(terms["people x region"], region)
        + _picked(terms["people x place"], own)
    )
    basis = tuple(
        Basis.PLACE if here >= 0 else Basis.REGION if near >= 0 else Basis.WHOLE
        for here, near in zip(own, region, strict=True)
    )
    return AtPlaces(offset, slope, basis)


def _row_of(names: Sequence[str], among: Sequence[str]) -> NDArray[np.int64]:
    at = {name: number for number, name in enumerate(among)}
    return np.array([at.get(name, -1) for name in names], np.int64)


def _picked(terms: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the terms of each row, zeros where the row is -1."""
    padded = np.concatenate([terms, np.zeros((1, *terms.shape[1:]))])
    return np.asarray(padded[rows])


def chances(model: Model, own: NDArray[np.float64], there: AtPlaces) -> NDArray[np.float64]:
    """Return the chance of work of every person (codes N x P) at every place (N x M)."""
    people = model.terms.get("people", np.zeros(own.shape[1]))
    odds = model.intercept + (own @ people)[:, None] + there.offset + own @ there.slope.T
    return _settled(model, odds)


def chances_in(model: Model, table: Table) -> NDArray[np.float64]:
    """Return the chance of each row of a table at the place where that person was placed (n)."""
    own = coded(model.people, table.people, len(table.worked))
    there = at_places(model, table.places, table.regions, table.surroundings)
    people = model.terms.get("people", np.zeros(own.shape[1])) + there.slope[table.place]
    return _settled(model, model.intercept + there.offset[table.place] + (own * people).sum(axis=1))


def _settled(model: Model, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(expit(model.slope * odds + model.shift), SURE, 1 - SURE)


def settle(chance: NDArray[np.float64], worked: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the slope and shift of the log-odds under which the chances of left-out people fit best (Platt).

    The slope is held near 1, so that chances that hardly differ are not blown up; below 0 it becomes 0, and everyone
    gets the share that worked.
    """
    odds = logit(np.clip(chance, SURE, 1 - SURE))
    middle = float(odds.mean())
    apart = odds - middle
    fitted = fit([Block("apart", sparse.csr_array(apart[:, None]))], worked, precision=NEAR_ONE, given=apart)
    slope = 1.0 + float(fitted.terms["apart"][0])
    if slope <= 0:
        return 0.0, float(logit(worked.mean()))
    return slope, fitted.intercept - slope * middle
