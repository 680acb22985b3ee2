"""When a deviation is substantial, and what it means for municipalities, counted exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deviation import (
    Deviation,
    Origin,
    Signal,
    Told,
    carried_on,
    deviation,
    deviations,
    homes,
    meanings,
    moved_along,
    substantial,
)
from eenthuis.terms.half_year import HalfYear

DAY = date(2025, 4, 30)
LAW = law_book().deviation(DAY)
HALF = HalfYear(2025, 1)
TOLD = Told(HALF, 17_700, date(2025, 1, 1), "example")


def signal(
    people: int, on: date = DAY, origin: Origin = Origin.NEWER, band: tuple[int, int] | None = None
) -> Signal:
    return Signal(origin, people, on, "example", *(band or (None, None)))


@pytest.mark.parametrize(
    ("told", "expected", "verdict"),
    [
        (10_000, 9_000, True),
        (10_000, 9_001, False),
        (10_000, 11_000, True),
        (10_000, 10_999, False),
        (3_000, 2_501, False),
        (3_000, 2_500, True),
        (0, 500, True),
        (0, 499, False),
    ],
)
def test_the_ends_of_both_thresholds_count(told: int, expected: int, *, verdict: bool) -> None:
    assert substantial(told, expected, LAW) is verdict


def test_a_forecast_deviates_only_when_what_was_told_lies_outside_its_band() -> None:
    inside = signal(14_000, origin=Origin.FORECAST, band=(10_000, 18_000))
    outside = signal(14_000, origin=Origin.FORECAST, band=(12_000, 16_000))
    assert deviation(TOLD, inside, LAW) is None
    found = deviation(TOLD, outside, LAW)
    assert found is not None
    assert (found.change, found.share) == (-3_700, Fraction(-37, 177))


def test_what_is_older_than_what_was_told_does_not_count_and_the_latest_of_each_origin_does() -> None:
    assert deviation(TOLD, signal(10_000, date(2024, 12, 31)), LAW) is None
    found = deviations(
        TOLD,
        [
            signal(10_000, date(2025, 2, 1)),
            signal(17_600, date(2025, 3, 1)),
            signal(9_000, DAY, Origin.COUNT),
        ],
        LAW,
    )
    assert [one.signal.origin for one in found] == [Origin.COUNT]


def test_a_count_says_nothing_until_enough_days_are_counted() -> None:
    assert carried_on(4_000, HALF, date(2025, 3, 1), LAW) is None
    assert carried_on(4_000, HALF, date(2025, 3, 2), LAW) == 11_869
    assert carried_on(9_000, HALF, HALF.last_day, LAW) == 9_000
    assert (moved_along(17_700, 31_760, 27_525), moved_along(17_700, 0, 10)) == (15_340, None)


@given(st.integers(0, 60_000), st.integers(0, 60_000))
def test_more_people_never_ask_fewer_homes_and_fewer_never_more(told: int, expected: int) -> None:
    assert homes(told, LAW) >= 0 >= homes(-told, LAW)
    assert (told <= expected) is (homes(told, LAW) <= homes(expected, LAW)) or homes(told, LAW) == homes(
        expected, LAW
    )


def test_what_it_means_for_a_municipality_is_the_difference_of_its_two_targets() -> None:
    law = law_book().targets(HALF)
    inhabitants = reference.inhabitants(
        max(day for day in reference.reference_dates() if day <= date(2024, 1, 1))
    )
    found = meanings(Deviation(TOLD, signal(15_000)), inhabitants, law, LAW)
    utrecht = next(one for one in found if one.municipality == "GM0344")
    assert len(found) == len(inhabitants.people)
    assert utrecht.people == utrecht.expected - utrecht.told < 0
    assert sum(one.told for one in found) >= TOLD.people
    assert all(one.people <= 0 for one in found)
