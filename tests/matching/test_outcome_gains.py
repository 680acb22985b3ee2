"""From members to households: the ways agree where they must, and the table shows whom each way favours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from eenthuis.matching.groups import own_groupings
from eenthuis.matching.outcome import rollup
from eenthuis.matching.outcome.columns import Coding, Column
from eenthuis.matching.outcome.gains import Gain, Whole, Wishes, who_gains
from eenthuis.matching.outcome.model import Model, at_places
from eenthuis.matching.outcome.rollup import Combine, Members, household_scores, rolled_up
from eenthuis.matching.problem import Problem
from eenthuis.terms.linking import Goal

PAIRS = 30
LEAST = 10


@st.composite
def households(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Chances of members (N x M), the first row of each household, and who is named as an earner."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    count, places = sum(sizes), draw(st.integers(1, 3))
    cells = st.floats(0.001, 0.999)
    chance = np.array(draw(st.lists(cells, min_size=count * places, max_size=count * places)))
    earner = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    return chance.reshape(count, places), np.cumsum([0, *sizes[:-1]]), earner


@given(households())
def test_the_ways_keep_their_order(
    drawn: tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]],
) -> None:
    chance, start, earner = drawn
    found = {way: rolled_up(chance, start, way, earner) for way in Combine}
    members = np.diff(np.append(start, len(chance)))[:, None]
    highest = np.maximum.reduceat(chance, start, axis=0)
    slack = 1e-12
    assert (found[Combine.MINIMUM] <= found[Combine.MEAN] + slack).all()
    assert (found[Combine.MEAN] <= highest + slack).all()
    assert (highest <= found[Combine.AT_LEAST_ONE] + slack).all()
    assert (found[Combine.AT_LEAST_ONE] <= np.minimum(found[Combine.SUM], 1.0) + slack).all()
    assert found[Combine.MEAN] * members == pytest.approx(found[Combine.SUM])
    assert (found[Combine.EARNERS] <= found[Combine.SUM] + slack).all()
    everyone = rolled_up(chance, start, Combine.EARNERS, np.ones(len(chance), bool))
    assert everyone == pytest.approx(found[Combine.SUM])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5))
def test_for_one_member_every_way_is_that_member(row: list[float]) -> None:
    chance = np.array([row])
    for way in Combine:
        assert rolled_up(chance, np.array([0]), way)[0] == pytest.approx(row)


def linear(people: tuple[str, ...], slopes: dict[str, list[float]], intercept: float) -> Model:
    """Return a model over columns of 0 and 1 in which each place has its own slope for each column."""
    places = tuple(slopes)
    return Model(
        people=tuple(Coding(name, low=0.0, high=1.0) for name in people),
        surroundings=(),
        places=places,
        regions=(),
        known=dict.fromkeys(places, ("", ())),
        intercept=intercept,
        terms={"people": np.zeros(len(people)), "people x place": np.array(list(slopes.values()))},
        errors={},
        precision={},
    )


def two_by_two() -> tuple[Problem, Model, Members]:
    """Return pairs of a likely earner, a little better off at P, and a second member, far better off at Q.

    The earner's chance is 0.90 or 0.86, the other's 0.05 or 0.12, and there is room for everyone everywhere. Someone
    works more often at P (0.905 against 0.877), more people work at Q (0.98 against 0.95).
    """
    odds = {
        name: [float(np.log(p / (1 - p))) for p in pair]
        for name, pair in {"P": (0.9, 0.05), "Q": (0.86, 0.12)}.items()
    }
    model = linear(("likely", "second"), odds, 0.0)
    household = np.repeat(np.arange(PAIRS), 2)
    first = (np.arange(2 * PAIRS) % 2 == 0).astype(np.float64)
    members = Members(
        household=household,
        columns=(Column("likely", first), Column("second", 1 - first)),
        earner=first == 1,
        sex=np.where(first == 1, "m", "v"),
        age=np.where(first == 1, 40.0, 23.0),
    )
    problem = Problem(
        households=tuple(f"h{at}" for at in range(PAIRS)),
        places=("P", "Q"),
        uses=("persons",),
        demand=np.full((PAIRS, 1), 2),
        capacity=np.full((2, 1), 2 * PAIRS),
        allowed=np.ones((PAIRS, 2), bool),
        score=np.zeros((PAIRS, 2), np.float32),
        group=np.full(PAIRS, -1),
        arrival=np.zeros(PAIRS, np.int64),
    )
    return problem, model, members


@pytest.fixture(scope="module")
def told() -> dict[Combine, tuple[Whole, dict[tuple[str, str], Gain]]]:
    problem, model, members = two_by_two()
    there = at_places(model, problem.places)
    wishes = Wishes(goal=Goal.SCORE)
    found = who_gains(problem, model, there, members, groupings=own_groupings(problem), wishes=wishes)
    return {
        whole.combine: (
            whole,
            {(one.characteristic, one.label): one for one in found.gains if one.combine is whole.combine},
        )
        for whole in found.wholes
    }


def test_at_least_one_favours_the_likely_earner_at_the_cost_of_the_other(
    told: dict[Combine, tuple[Whole, dict[tuple[str, str], Gain]]],
) -> None:
    at_least, total = told[Combine.AT_LEAST_ONE], told[Combine.SUM]
    assert at_least[1]["sex", "m"].chance == pytest.approx(0.9)
    assert at_least[1]["sex", "v"].chance == pytest.approx(0.05)
    assert total[1]["sex", "m"].chance == pytest.approx(0.86)
    assert total[1]["sex", "v"].chance == pytest.approx(0.12)
    assert total[0].expected_at_work > at_least[0].expected_at_work
    assert at_least[1]["earner", "named"].rank == 1.0
    assert at_least[1]["earner", "not named"].rank == 2.0


def test_each_way_is_best_by_its_own_measure_and_everyone_is_told(
    told: dict[Combine, tuple[Whole, dict[tuple[str, str], Gain]]],
) -> None:
    assert set(told) == set(Combine)
    assert max(told, key=lambda way: told[way][0].expected_at_work) in {
        Combine.SUM,
        Combine.MEAN,
        Combine.MINIMUM,
    }
    assert told[Combine.EARNERS][1]["earner", "named"].chance == pytest.approx(0.9)
    for whole, groups in told.values():
        assert whole.households_linked == PAIRS
        assert groups["everyone", "everyone"].members == 2 * PAIRS
        assert {("size", "2"), ("age", "under 25"), ("age", "35-44"), ("sex", "m"), ("sex", "v")} <= set(
            groups
        )


def test_groups_of_fewer_than_ten_linked_members_tell_no_chance() -> None:
    problem, model, members = two_by_two()
    sex = np.array(["x"] * (LEAST - 1) + ["y"] * (2 * PAIRS - LEAST + 1))
    few = Members(members.household, members.columns, None, sex, None)
    found = who_gains(
        problem, model, at_places(model, problem.places), few, groupings=(), wishes=Wishes(goal=Goal.SCORE)
    )
    by_label = {(one.combine, one.label): one for one in found.gains}
    assert Combine.EARNERS not in {one.combine for one in found.gains}
    assert by_label[Combine.SUM, "x"].chance is None
    assert by_label[Combine.SUM, "x"].rank is None
    assert by_label[Combine.SUM, "y"].chance is not None


@settings(max_examples=20, deadline=None)
@given(cells=st.integers(1, 40))
def test_blocks_of_any_size_give_the_same_scores(cells: int) -> None:
    problem, model, members = two_by_two()
    there = at_places(model, problem.places)
    whole = household_scores(model, there, members, households=PAIRS, combine=Combine.SUM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rollup, "CELLS", cells)
        parts = household_scores(model, there, members, households=PAIRS, combine=Combine.SUM)
    assert whole.tolist() == parts.tolist()
    assert whole[0] == pytest.approx([0.95, 0.98])


def test_a_household_without_members_scores_nothing() -> None:
    problem, model, members = two_by_two()
    there = at_places(model, problem.places)
    score = household_scores(model, there, members, households=PAIRS + 1, combine=Combine.MEAN)
    assert score[-1].tolist() == [0.0, 0.0]
    assert (score[:-1] > 0).all()
