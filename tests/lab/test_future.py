"""What holds in every future: nobody appears or vanishes, and the known limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lab_worlds import Lived, central, of, today

from eenthuis.lab.measuring import NAMES, measure_half_year
from eenthuis.lab.settings import settings as numbers
from eenthuis.lab.world import EVER_LEFT, Country, State
from eenthuis.reference.policy import lab_parameters, levers
from eenthuis.terms.policy import OWN_WEIGHTS, LeverKind, LeverValue

PARAMETERS = sorted(lab_parameters())
EXTREMES = st.dictionaries(st.sampled_from(PARAMETERS), st.sampled_from(["low", "high"]), max_size=8)


@settings(max_examples=40, deadline=None)
@given(EXTREMES, st.integers(0, 10_000), st.sampled_from(["none", "down-only", "both-ways"]))
def test_nobody_appears_or_vanishes(lived: Lived, ends: dict[str, str], future: int, interim: str) -> None:
    changed = {name: float(getattr(lab_parameters()[name], end)) for name, end in ends.items()}
    out = lived(today(interim_adjustment=interim), future=future, **changed)
    assert not of(out, "mass").any()


def test_a_recorded_loss_is_seen(lived: Lived, land: Country, state: State) -> None:
    """Three people who left without anybody noting it show as mass that is not there."""
    lived()
    out = np.zeros(len(NAMES))
    state.counts[EVER_LEFT] += 3
    measure_half_year(state, land, numbers(today(), central()), 0.0, 0.0, 12, out)
    assert out[NAMES.index("mass")] == -3


def test_without_arrivals_the_stock_only_falls(lived: Lived) -> None:
    waiting = of(lived(today(arrivals=0.0)), "people-waiting")
    assert (np.diff(waiting) <= 0).all()
    assert waiting[-1] < waiting[0]


def test_with_homes_for_all_waiting_equals_the_process(lived: Lived) -> None:
    """With a home at once for whoever is linked, and room to link, a household waits for profile and move alone."""
    out = lived(
        letting_share=60.0, variation=0.0, fit=1.0, refusal=0.0, clear_share=1.0, backlog_at_start=400_000.0
    )
    weeks = of(out, "weeks-2")[-1]
    process = (lab_parameters()["profile_steps"].value + lab_parameters()["move_steps"].value) * 365 / 24 / 7
    assert weeks == pytest.approx(process, abs=0.05)
    assert of(out, "in-term")[-1] == 1.0


def test_the_same_future_twice_gives_the_same_digits(lived: Lived) -> None:
    first = lived(seed=5, future=3)
    lived(seed=9, future=4)
    np.testing.assert_array_equal(first, lived(seed=5, future=3))


def test_other_seeds_and_futures_differ(lived: Lived) -> None:
    first = lived(seed=5, future=3)
    assert (first != lived(seed=6, future=3)).any()
    assert (first != lived(seed=5, future=4)).any()


def test_days_in_reception_are_those_of_the_people_waiting(lived: Lived) -> None:
    out = lived()
    people = of(out, "reception-days") * 1000 / (365 / 2)
    at_ends = of(out, "people-waiting")
    before, after = at_ends[:-1], at_ends[1:]
    slack = of(out, "permits")[1:] + of(out, "realised")[1:]
    assert (people[1:] <= np.maximum(before, after) + slack).all()
    assert (people[1:] >= np.minimum(before, after) - slack).all()
    assert people.sum() > 0


@pytest.mark.parametrize("name", sorted(levers()))
def test_a_lever_at_its_base_changes_nothing(lived: Lived, name: str) -> None:
    np.testing.assert_array_equal(lived(), lived(today(**{name: levers()[name].default})))


@pytest.mark.parametrize("name", sorted(levers()))
def test_a_lever_that_is_pulled_changes_something(lived: Lived, name: str) -> None:
    lever = levers()[name]
    pulled: LeverValue
    match lever.kind:
        case LeverKind.SWITCH:
            pulled = not lever.default
        case LeverKind.CHOICE:
            pulled = next(one for one in reversed(lever.choices) if one != OWN_WEIGHTS)
        case LeverKind.NUMBER:
            pulled = lever.high
    base: dict[str, LeverValue] = (
        {"interim_adjustment": "both-ways", "tell_deviations": True}
        if name == "substantial_deviation"
        else {}
    )
    assert (lived(today(**base)) != lived(today(**{**base, name: pulled}))).any()


def test_what_a_lever_should_move_moves_that_way(lived: Lived) -> None:
    def total(measure: str, **levers_pulled: LeverValue) -> float:
        return float(np.mean([of(lived(today(**levers_pulled), future=f), measure).sum() for f in range(4)]))

    assert total("realised", priority_ban=True) < total("realised")
    assert total("people-waiting", urgency_duty=True) < total("people-waiting")
    assert total("reception-days", urgency_duty=True) < total("reception-days")
    assert 0.0 < total("document-kilometres", documents_at_centre=1.0) < total("document-kilometres") / 10
    assert (
        0.9 * total("document-days")
        <= total("document-days", documents_at_centre=1.0)
        < total("document-days")
    )
    assert total("places-short", reception_duty=True) < total("places-short")
    assert total("people-waiting", arrivals=1.3) > total("people-waiting")


def test_every_measure_is_filled(lived: Lived) -> None:
    """Work alone is empty: nobody loaded scores."""
    out = lived()
    empty = {name for name, column in zip(NAMES, out.T, strict=True) if not np.isfinite(column).all()}
    assert empty == {"work", "work-per-household"}
