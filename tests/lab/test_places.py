"""Measures per province and municipality: they add up to the nation, and are the same in any order of work."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.connect.lab_workers import threads
from eenthuis.lab import PLACE_MEASURES, PROVINCE_MEASURES, Run, compare
from eenthuis.lab.grid import Cells, Grid
from eenthuis.lab.local import place_codes, province_codes
from eenthuis.reference.policy import levers, scenarios
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import Scenario

FUTURES, HALF_YEARS = 60, 3
PAIR = (scenarios()["today"], scenarios()["as-advised"])
NUMBERS = st.lists(st.integers(-300_000, 300_000), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def run() -> Run:
    """A small comparison."""
    return compare(PAIR, futures=FUTURES, seed=5, half_years=HALF_YEARS)


@pytest.mark.parametrize("name", ["backlog", "complying", "realised"])
@pytest.mark.parametrize("which", [0, 1])
def test_provinces_add_up_to_the_nation(run: Run, name: str, which: int) -> None:
    place = [one.name for one in PROVINCE_MEASURES].index(name)
    sums = run.local.provinces[which, place].total.reshape(HALF_YEARS, -1).sum(axis=1)
    nation = [run.values[which, name, step].total / 1_000_000 for step in range(HALF_YEARS)]
    assert sums.tolist() == nation


def test_municipalities_add_up_to_the_provinces(run: Run) -> None:
    """People linked and waiting, of each municipality and of each province, in every half-year."""
    places = run.local.places[1, 0].total.reshape(HALF_YEARS, -1).sum(axis=1)
    provinces = run.local.provinces[1, 0].total.reshape(HALF_YEARS, -1)
    assert provinces.shape[1] == len(province_codes(run.ask.first)) == 12
    assert places.tolist() == provinces.sum(axis=1).tolist()


def test_places_short_add_up_to_the_nation(run: Run) -> None:
    """What municipalities and provinces lack, less what others have more, is what the nation lacks, to within one."""
    place = [one.name for one in PLACE_MEASURES].index("places-short")
    province = [one.name for one in PROVINCE_MEASURES].index("places-short")
    for which in (0, 1):
        for step in range(HALF_YEARS):
            nation = run.values[which, "places-short", step].mean
            for grid in (run.local.places[which, place], run.local.provinces[which, province]):
                assert grid.means().reshape(HALF_YEARS, -1)[step].sum() == pytest.approx(nation, abs=1.0)


def test_new_places_come_where_they_lack(run: Run) -> None:
    """A municipality with more than its part keeps what it has; the longer the run, the nearer the others come."""
    place = [one.name for one in PLACE_MEASURES].index("places-short")
    means = run.local.places[1, place].means().reshape(HALF_YEARS, -1)
    codes = list(place_codes(run.ask.first))
    ahead, behind = codes.index(MunicipalityCode("GM1950")), codes.index(MunicipalityCode("GM0363"))
    assert means[0, ahead] < 0 < means[0, behind]
    assert means[-1, behind] < means[0, behind]


def test_differences_are_those_of_the_means(run: Run) -> None:
    for measure in range(len(PLACE_MEASURES)):
        mean, error = run.local.place_difference(1, measure)
        apart = run.local.places[1, measure].means() - run.local.places[0, measure].means()
        np.testing.assert_allclose(mean, apart, atol=1e-9)
        assert (error >= 0).all()


def test_any_worker_gives_the_same_digits(run: Run) -> None:
    other = compare(PAIR, futures=FUTURES, seed=5, half_years=HALF_YEARS, worker=threads(3))
    for mine, theirs in (
        (run.local.provinces, other.local.provinces),
        (run.local.apart, other.local.apart),
        (run.local.places, other.local.places),
    ):
        assert mine.keys() == theirs.keys()
        for key, grid in mine.items():
            np.testing.assert_array_equal(grid.counts, theirs[key].counts)
            np.testing.assert_array_equal(grid.squares, theirs[key].squares)


def test_a_lever_at_its_base_changes_no_municipality() -> None:
    base = Scenario("base", {name: one.default for name, one in levers().items()}, {})
    same = compare((PAIR[0], base), futures=4, seed=2, half_years=2)
    for total, squares in same.local.place_apart.values():
        assert not total.any()
        assert not squares.any()


@given(NUMBERS, NUMBERS, st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]))
def test_a_quantile_is_exact_near_zero_and_within_half_a_cell_further_out(
    first: list[int], second: list[int], level: float
) -> None:
    grid, again = (Grid(Cells(20, 1.1, is_signed=True), 1) for _ in range(2))
    grid.add(np.asarray(first)[:, None])
    grid.add(np.asarray(second)[:, None])
    again.add(np.asarray(second[::-1] + first)[:, None])
    np.testing.assert_array_equal(grid.counts, again.counts)
    values = sorted(first + second)
    exact = values[math.floor(level * (len(values) - 1))]
    found = float(grid.quantiles(level)[0, 0])
    assert found == exact if abs(exact) <= 20 else abs(found - exact) <= 0.051 * abs(exact) + 0.5
    assert grid.total[0] == sum(values)


def test_room_does_not_grow_with_futures() -> None:
    grid = Grid(Cells(20, 1.1, is_signed=False), 5)
    before = grid.counts.nbytes
    for _ in range(3):
        grid.add(np.full((100, 5), 7))
    assert grid.counts.nbytes == before
    assert grid.quantiles(0.5).tolist() == [[7.0] * 5]
    assert grid.errors().tolist() == [0.0] * 5
