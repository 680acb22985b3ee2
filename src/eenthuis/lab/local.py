"""What is measured per municipality and per province, kept in room that does not grow with the number of futures.

People who wait for a link belong to no municipality here, so they are measured nationally only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from eenthuis import reference
from eenthuis.lab.country import codes
from eenthuis.lab.grid import Cells, Grid, Real, Whole, mean_errors
from eenthuis.lab.kernel import kernel
from eenthuis.lab.measuring import Measure
from eenthuis.lab.world import BACKLOG, IN_MOVE, QUEUED, REALISED, RUNG, Country, State
from eenthuis.law import law_book
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

WAITING_HERE, BEHIND_HERE, RUNG_HERE, MOVED_HERE, SHORT_HERE, WORK_HERE = range(6)
"""Columns of what a future writes per half-year and municipality."""
COLUMNS = 6
HUNDREDTHS = 100
_SHORT = Measure(
    "places-short",
    "durable reception places below the part, by inhabitants, of what is needed, mean over the half-year; below 0 more",
    "people",
    less_is_better=True,
)
PLACE_MEASURES: tuple[Measure, ...] = (
    Measure(
        "linked-waiting",
        "people linked to the municipality who have not moved",
        "people",
        less_is_better=True,
    ),
    Measure("backlog", "people the municipality is behind; below 0 a lead", "people", less_is_better=True),
    Measure("rung", "rung of its ladder the municipality stands on, 0 for none", "rung"),
    Measure("realised", "people signed off in the half-year", "people", less_is_better=False),
    _SHORT,
)
"""Measures of a municipality, in the order of the columns."""
_WORK = Measure(
    "work",
    "people expected to have work within a year of moving, of the households that got a home in the half-year",
    "people",
    is_whole=False,
    less_is_better=False,
    parts=HUNDREDTHS,
)
PROVINCE_MEASURES: tuple[Measure, ...] = (
    Measure("linked-waiting", "people linked who have not moved", "people", less_is_better=True),
    Measure("backlog", "people that municipalities are behind, added up", "people", less_is_better=True),
    Measure("complying", "municipalities without backlog", "municipalities", less_is_better=False),
    Measure("on-ladder", "municipalities on a rung of their ladder", "municipalities"),
    Measure("realised", "people signed off in the half-year", "people", less_is_better=False),
    _SHORT,
)
"""Measures of a province; each adds up over its municipalities."""


def place_measures(*, has_work: bool) -> tuple[Measure, ...]:
    """Return what is measured of a municipality, with or without scores of work."""
    return (*PLACE_MEASURES, _WORK) if has_work else PLACE_MEASURES


def province_measures(*, has_work: bool) -> tuple[Measure, ...]:
    """Return what is measured of a province, with or without scores of work."""
    return (*PROVINCE_MEASURES, _WORK) if has_work else PROVINCE_MEASURES


_NEAR, _FAR = Cells(20, 1.1, is_signed=False), Cells(20, 1.1, is_signed=True)
_PLACE_CELLS = (_NEAR, _FAR, _NEAR, _NEAR, _FAR, _NEAR)
_SUMS, _APART_CELLS = Cells(100, 1.02, is_signed=False), Cells(100, 1.02, is_signed=True)
_PROVINCE_CELLS = (_SUMS, _SUMS, _SUMS, _SUMS, _SUMS, _APART_CELLS, _SUMS)
Values = NDArray[np.int32]
"""Scenarios × futures × half-years × municipalities × columns."""


@kernel
def note_moved(state: State, country: Country, out: NDArray[np.int32]) -> None:
    """Write what the turn of the half-year is about to clear, per municipality.

    That is who was signed off in it, and who of those that got a home are expected to have work, in hundredths.
    """
    for place in range(len(out)):
        out[place, MOVED_HERE] = state.places[place, REALISED]
    for place in range(len(country.at_work)):
        working = 0.0
        for size in range(state.moved.shape[1]):
            working += state.moved[place, size] * country.at_work[place, size]
        out[place, WORK_HERE] = int(working * HUNDREDTHS + 0.5)


@kernel
def note_places(state: State, out: NDArray[np.int32]) -> None:
    """Write what stands after the turn of the half-year, per municipality."""
    for place in range(len(out)):
        row = state.places[place]
        out[place, WAITING_HERE] = row[QUEUED] + row[IN_MOVE]
        out[place, BEHIND_HERE] = row[BACKLOG]
        out[place, RUNG_HERE] = row[RUNG]


@dataclass(slots=True)
class Local:
    """What was found per municipality and per province, over all futures so far.

    ``provinces`` and ``apart`` (each scenario less the first) hold a grid of provinces × half-years per scenario and
    measure; ``places`` one of municipalities × half-years. Of the differences of a municipality, ``place_apart`` holds
    the sum and the sum of squares.
    """

    first: HalfYear
    half_years: int
    scenarios: int
    has_work: bool = False
    many: int = 0
    provinces: dict[tuple[int, int], Grid] = field(default_factory=dict)
    apart: dict[tuple[int, int], Grid] = field(default_factory=dict)
    places: dict[tuple[int, int], Grid] = field(default_factory=dict)
    place_apart: dict[tuple[int, int], tuple[Whole, Whole]] = field(default_factory=dict)

    def add(self, values: Values) -> None:
        """Add the futures of one piece."""
        self.many += values.shape[1]
        sums = [self._sums(values[which]) for which in range(self.scenarios)]
        for measure in range(len(province_measures(has_work=self.has_work))):
            for which in range(self.scenarios):
                own = sums[which][measure]
                self._grid(self.provinces, (which, measure), _PROVINCE_CELLS[measure], own)
                if which:
                    self._grid(self.apart, (which, measure), _APART_CELLS, own - sums[0][measure])
        for measure in range(len(place_measures(has_work=self.has_work))):
            for which in range(self.scenarios):
                own = _flat(values[which, ..., measure])
                self._grid(self.places, (which, measure), _PLACE_CELLS[measure], own)
                if which:
                    self._differ((which, measure), own - _flat(values[0, ..., measure]))

    def place_difference(self, which: int, measure: int) -> tuple[Real, Real]:
        """Return the mean difference with the first scenario per half-year and municipality, and its standard error."""
        total, squares = self.place_apart[which, measure]
        return total / self.many, mean_errors(self.many, total, squares)

    @staticmethod
    def _grid(kept: dict[tuple[int, int], Grid], key: tuple[int, int], cells: Cells, values: Whole) -> None:
        if key not in kept:
            kept[key] = Grid(cells, values.shape[1])
        kept[key].add(values)

    def _differ(self, key: tuple[int, int], apart: Whole) -> None:
        none = np.zeros(apart.shape[1], np.int64)
        total, squares = self.place_apart.get(key, (none, none))
        self.place_apart[key] = total + apart.sum(axis=0), squares + (apart * apart).sum(axis=0)

    def _sums(self, values: Values) -> Whole:
        """Return the measures of the provinces (measures × futures × half-years and provinces)."""
        where = _by_province(self.first)
        tolerance = law_book().supervision(self.first.first_day).tolerance
        many = len(province_measures(has_work=self.has_work))
        found = np.zeros((many, *values.shape[:2], int(where.max()) + 1), np.int64)
        _add_provinces(np.ascontiguousarray(values), where, tolerance, found)
        return found.reshape(*found.shape[:2], -1)


def _flat(values: NDArray[np.int32]) -> Whole:
    return values.reshape(len(values), -1).astype(np.int64)


def place_codes(first: HalfYear) -> Sequence[MunicipalityCode]:
    """Return the municipalities in the order of what is kept of them."""
    return codes(law_book(), first)


def province_codes(first: HalfYear) -> Sequence[str]:
    """Return the provinces in the order of what is kept of them."""
    return sorted({reference.municipality(code).province for code in place_codes(first)})


@cache
def _by_province(first: HalfYear) -> Whole:
    """Return the place of the province of every municipality, in the order of :func:`province_codes`."""
    provinces = province_codes(first)
    return np.asarray([provinces.index(reference.municipality(code).province) for code in place_codes(first)])


@kernel
def _add_provinces(values: NDArray[np.int32], where: Whole, tolerance: int, out: Whole) -> None:
    """Add what was measured per municipality to its province, in the order of :data:`PROVINCE_MEASURES`."""
    for future in range(values.shape[0]):
        for step in range(values.shape[1]):
            for place in range(values.shape[2]):
                province, behind = where[place], values[future, step, place, BEHIND_HERE]
                out[0, future, step, province] += values[future, step, place, WAITING_HERE]
                out[1, future, step, province] += max(0, behind)
                out[2, future, step, province] += behind <= tolerance
                out[3, future, step, province] += values[future, step, place, RUNG_HERE] > 0
                out[4, future, step, province] += values[future, step, place, MOVED_HERE]
                out[5, future, step, province] += values[future, step, place, SHORT_HERE]
                for more in range(6, len(out)):
                    out[more, future, step, province] += values[future, step, place, WORK_HERE]
