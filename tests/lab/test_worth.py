"""What knowing more is worth, against cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from eenthuis.connect.lab_workers import threads
from eenthuis.lab import chosen_measures, weigh
from eenthuis.lab.measuring import NAMES
from eenthuis.lab.plausible import free_parameters, ranged_set
from eenthuis.lab.worth import GROUPS, of_all, of_everything, of_one
from eenthuis.reference.policy import lab_parameters, scenarios
from eenthuis.terms.errors import InputError

MANY = 6000
PAIR = (scenarios()["today"], scenarios()["as-advised"])


def case(lead: float, *, noise: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return two choices whose difference is ``lead`` + x + noise, x even from -1 to 1; and an idle parameter."""
    rng = np.random.default_rng(7)
    known = rng.uniform(-1.0, 1.0, (MANY, 2))
    apart = lead + known[:, 0] + noise * rng.standard_normal(MANY)
    base = 100.0 * rng.standard_normal(MANY)
    return np.stack([base, base + apart]), known, np.arange(MANY) % GROUPS


@pytest.mark.parametrize("lead", [0.0, 0.2, -0.2, 0.6])
def test_a_parameter_is_worth_what_it_is_known_to_be(lead: float) -> None:
    """The mean of max(0, lead + x) is (1 + lead)² / 4; less max(0, lead), that is the worth."""
    better, known, groups = case(lead, noise=1.0)
    exact = (1 + lead) ** 2 / 4 - max(0.0, lead)
    value, error = of_one(better, known[:, 0], groups)
    assert error < 0.02
    assert value == pytest.approx(exact, abs=4 * error)
    least, spread = of_all(better, known, groups)
    assert least == pytest.approx(exact, abs=4 * spread)
    most, _ = of_everything(better)
    assert most > exact


def test_an_idle_parameter_is_worth_nothing() -> None:
    better, known, groups = case(0.3, noise=1.0)
    value, error = of_one(better, known[:, 1], groups)
    assert value == pytest.approx(0.0, abs=2 * error + 1e-3)


def test_where_one_choice_is_always_better_knowing_is_worth_nothing() -> None:
    better, known, groups = case(3.0, noise=0.1)
    assert of_one(better, known[:, 0], groups) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert of_all(better, known, groups) == (0.0, 0.0)
    assert of_everything(better) == (0.0, 0.0)


def test_three_choices_are_weighed_too() -> None:
    """Choices x and -x beside 0: the mean of |x| is a half."""
    rng = np.random.default_rng(3)
    known = rng.uniform(-1.0, 1.0, MANY)
    noise = rng.standard_normal((3, MANY)) * 0.2
    better = np.stack([np.zeros(MANY), known, -known]) + noise
    value, error = of_one(better, known, np.arange(MANY) % GROUPS)
    assert value == pytest.approx(0.5, abs=max(4 * error, 0.03))


def test_a_parameter_that_never_changes_is_worth_nothing() -> None:
    better, _, groups = case(0.1, noise=1.0)
    assert of_one(better, np.full(MANY, 3.0), groups)[0] == pytest.approx(0.0, abs=1e-9)


def test_every_future_draws_within_the_ranges_and_the_same_again() -> None:
    first = ranged_set(5, 17)
    assert first == ranged_set(5, 17) != ranged_set(5, 18)
    for name in free_parameters():
        assert lab_parameters()[name].low <= first[name] <= lab_parameters()[name].high


def test_a_choice_between_scenarios_is_the_same_with_any_worker() -> None:
    one = weigh(PAIR, futures=100, seed=4, half_years=2)
    other = weigh(PAIR, futures=100, seed=4, half_years=2, worker=threads(3))
    np.testing.assert_array_equal(one.last, other.last)
    np.testing.assert_array_equal(one.drawn, other.drawn)
    choices = {measure.name: one.choice(measure) for measure in chosen_measures()}
    assert choices["document-kilometres"].best == 1
    assert choices["document-kilometres"].everything.value == 0.0
    assert choices["grants"].best == 0
    waiting = choices["people-waiting"]
    column = one.last[:, :, NAMES.index("people-waiting")]
    assert waiting.means == pytest.approx(column.mean(axis=1).tolist())
    assert waiting.everything.value >= waiting.together.value


@pytest.mark.parametrize(("variants", "futures"), [(PAIR[:1], 100), (PAIR, 99), (PAIR, 50_001)])
def test_what_is_no_choice_is_refused(variants: tuple[object, ...], futures: int) -> None:
    with pytest.raises(InputError):
        weigh(variants, futures=futures, seed=1, half_years=1)  # type: ignore[arg-type]
