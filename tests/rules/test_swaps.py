"""Art. 29, second paragraph: two or more executives change their targets, the sum staying the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.swaps import Swapped, SwapRefused, agreement, swap
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Swap

HALF_YEAR, DAY = HalfYear(2026, 1), date(2026, 1, 5)
LAW = law_book().targets(HALF_YEAR)
A, B, C, D = (MunicipalityCode(f"GM{number:04d}") for number in range(1, 5))
TARGETS = {A: 4, B: 100, C: 7}


def applied(**changes: int) -> Swapped | SwapRefused:
    return swap(TARGETS, Swap(HALF_YEAR, DAY, {MunicipalityCode(c): n for c, n in changes.items()}), LAW)


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        pytest.param({A: -3, B: 3}, {A: 1, B: 103, C: 7}, id="two municipalities"),
        pytest.param({A: -4, B: 2, C: 2}, {A: 0, B: 102, C: 9}, id="three, one down to 0"),
        pytest.param({A: -1, B: 1, C: 0}, {A: 3, B: 101, C: 7}, id="one that takes part without change"),
    ],
)
def test_a_swap_that_keeps_the_sum_stands(changes: dict[str, int], after: dict[str, int]) -> None:
    assert applied(**changes) == Swapped({MunicipalityCode(code): people for code, people in after.items()})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({A: -3, B: 2}, "add up to -1 people", id="the sum must stay"),
        pytest.param({A: 0}, "needs 2 municipalities or more, and 0 change", id="one executive alone"),
        pytest.param({A: -3, D: 3}, "no target in 2026-I for GM0004", id="unknown municipality"),
        pytest.param({A: -5, B: 5}, "GM0001 would have a target of -1", id="no negative target"),
    ],
)
def test_a_swap_that_cannot_stand_says_why(changes: dict[str, int], reason: str) -> None:
    outcome = applied(**changes)
    assert isinstance(outcome, SwapRefused)
    assert any(reason in said for said in outcome.reasons)


def test_every_reason_is_given_at_once() -> None:
    outcome = applied(**{A: -9, D: 1})
    assert isinstance(outcome, SwapRefused)
    assert len(outcome.reasons) == 3


def test_the_same_municipality_twice_is_refused_before_it_becomes_a_swap() -> None:
    assert agreement(HALF_YEAR, DAY, [(A, -3), (B, 1), (A, 2)]) == SwapRefused(
        ("GM0001 stands in the swap 2 times",)
    )
    assert agreement(HALF_YEAR, DAY, [(A, -3), (B, 3)], "council decision") == Swap(
        HALF_YEAR, DAY, {A: -3, B: 3}, "council decision"
    )


def test_a_law_without_the_condition_lets_the_sum_change() -> None:
    law = replace(LAW, swap_keeps_sum=False)
    assert isinstance(swap(TARGETS, Swap(HALF_YEAR, DAY, {A: -3, B: 2}), law), Swapped)


TARGET_LISTS = st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(0, 500), min_size=2)
CHANGES = st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(-50, 50), min_size=1)


def keeps_the_sum(before: Mapping[MunicipalityCode, int], outcome: Swapped | SwapRefused) -> bool:
    match outcome:
        case Swapped(after):
            return sum(after.values()) == sum(before.values()) and min(after.values()) >= 0
        case SwapRefused(reasons):
            return bool(reasons)


@settings(deadline=None)
@given(targets=TARGET_LISTS, changes=CHANGES)
def test_a_swap_keeps_the_sum(
    targets: dict[MunicipalityCode, int], changes: dict[MunicipalityCode, int]
) -> None:
    assert keeps_the_sum(targets, swap(targets, Swap(HALF_YEAR, DAY, changes), LAW))


def test_the_axiom_catches_a_swap_of_shares() -> None:
    halved = {code: people // 2 if code == A else people for code, people in TARGETS.items()}
    assert not keeps_the_sum(TARGETS, Swapped(halved))
