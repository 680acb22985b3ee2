"""Small counts are hidden, and none can be worked out from a total."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.rules.disclosure import hide_small

FLOOR = 5


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param((12, 7), (12, 7), id="nothing is small"),
        pytest.param((12, 0), (12, 0), id="nobody is no person to hide"),
        pytest.param((12, 3, 4), (12, None, None), id="two small ones hide each other"),
        pytest.param((12, 3, 0, 7), (12, None, 0, None), id="a second one is hidden beside one small one"),
        pytest.param((3, 0), (None, None), id="a zero when nothing else is there"),
        pytest.param((3,), (None,), id="one alone"),
        pytest.param((5, 9), (5, 9), id="the floor itself is shown"),
        pytest.param((), (), id="nothing at all"),
    ],
)
def test_small_counts_are_hidden(counts: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    assert hide_small(counts, FLOOR) == shown


def tells_nobody(counts: list[int], shown: tuple[int | None, ...]) -> bool:
    """No small count is shown, and never exactly one of several is hidden."""
    hidden = [index for index, count in enumerate(shown) if count is None]
    small = [index for index, count in enumerate(counts) if 0 < count < FLOOR]
    return set(small) <= set(hidden) and (len(hidden) != 1 or len(counts) == 1)


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 20), max_size=8))
def test_no_small_count_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    shown = hide_small(counts, FLOOR)
    assert tells_nobody(counts, shown)
    assert all(count is None or count == counts[index] for index, count in enumerate(shown))


def test_the_axiom_catches_hiding_the_small_one_only() -> None:
    assert not tells_nobody([12, 3, 7], (12, None, 7))
