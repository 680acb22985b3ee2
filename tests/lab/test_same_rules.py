"""The simulation shares out and supervises exactly as the rules do."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lab_worlds import central, today
from numpy.typing import NDArray

from eenthuis.lab.country import INHABITANTS, SOCIAL_HOUSING, codes, country
from eenthuis.lab.running import FIRST
from eenthuis.lab.settings import settings as numbers
from eenthuis.lab.sharing import share_out
from eenthuis.lab.turning import close_half_year
from eenthuis.lab.world import (
    BACKLOG,
    BEHIND,
    IN_MOVE,
    NET,
    QUEUED,
    REALISED,
    RUNG,
    Country,
    State,
)
from eenthuis.law import law_book
from eenthuis.reference import inhabitants, supervising_places
from eenthuis.rules.judgement import Behind, Complies, ExcusablyBehind, Lead, judge
from eenthuis.rules.ladder import propose
from eenthuis.rules.targets import net_targets
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.supervision import Figures


@pytest.mark.parametrize("national", [0, 1, 9_979, 15_000, 27_300])
def test_targets_are_those_of_the_rule(land: Country, state: State, national: int) -> None:
    law = law_book().targets(FIRST)
    shared = net_targets(
        half_year=FIRST, national=national, inhabitants=inhabitants(date(2025, 1, 1)), law=law
    )
    share_out(state, land, float(national))
    assert state.places[:, NET].tolist() == [target.people for target in shared.targets]


def test_a_book_that_rounds_otherwise_is_followed(state: State) -> None:
    book = law_book().assuming({"targets.rounding": "arithmetic"}, why="a test")
    other = country(book, FIRST, INHABITANTS)
    shared = net_targets(
        half_year=FIRST,
        national=15_000,
        inhabitants=inhabitants(date(2025, 1, 1)),
        law=book.targets(FIRST),
    )
    share_out(state, other, 15_000.0)
    assert state.places[:, NET].tolist() == [target.people for target in shared.targets]


def test_another_key_shares_by_other_weights(state: State) -> None:
    other = country(law_book(), FIRST, SOCIAL_HOUSING)
    share_out(state, other, 15_000.0)
    exact = [Fraction(15_000 * int(weight), other.total) for weight in other.weights]
    assert state.places[:, NET].tolist() == [-(-one.numerator // one.denominator) for one in exact]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_readings_and_rungs_are_those_of_the_rules(land: Country, state: State, seed: int) -> None:
    rng = np.random.default_rng(seed)
    places = state.places
    many = len(places)
    places[:, NET] = rng.integers(0, 60, many)
    places[:, BACKLOG] = rng.integers(-20, 60, many)
    places[:, REALISED] = rng.integers(0, 80, many)
    places[:, QUEUED] = rng.integers(0, 30, many)
    places[:, IN_MOVE] = rng.integers(0, 5, many)
    places[:, BEHIND] = rng.integers(0, 6, many)
    places[:, RUNG] = [rng.integers(0, max(1, row + 1)) for row in places[:, BEHIND]]
    before = places.copy()
    close_half_year(state, land, numbers(today(), central()))
    names = codes(law_book(), FIRST)
    for place in rng.choice(many, 40, replace=False):
        expected = _by_rule(before[place], supervising_places()[names[place]])
        assert tuple(places[place, [BACKLOG, BEHIND, RUNG]].tolist()) == expected


def _by_rule(row: NDArray[np.int64], place: str) -> tuple[int, int, int]:
    """Return backlog, half-years behind and rung after a reading, as judgement and ladder have it."""
    law = law_book().supervision(FIRST.first_day, place)
    half_year = HalfYear(2025, 2)
    asked = int(row[NET] + row[BACKLOG])
    linked = int(row[REALISED] + row[QUEUED] + row[IN_MOVE])
    if asked < 0:
        return asked - int(row[REALISED]), 0, 0
    figures = Figures(half_year, asked, int(row[REALISED]), linked=linked, source="a test")
    judged = judge(figures, FIRST.first_day, law, plan_half_years=0).judgement
    behind = int(row[BEHIND])
    match judged:
        case Lead() | Complies():
            counted = 0
        case ExcusablyBehind():
            counted = behind
        case Behind():
            counted = behind + 1
    proposed = propose(int(row[RUNG]), judged, in_a_row=counted, corrected=max(asked, 0), ladder=law.ladder)
    return asked - int(row[REALISED]), counted, proposed.rung
