"""The past: permits from a line of requests, and figures foreseen from the one last published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lab_worlds import central

from eenthuis import reference
from eenthuis.connect.lab_report import PAST_COLUMNS
from eenthuis.lab.past import VARIED, calibrate, known, past_run, permits, validate
from eenthuis.reference.policy import lab_parameters
from eenthuis.terms.half_year import HalfYear


def asked() -> int:
    return sum(one.people for one in reference.arrivals() if one.series == "first-requests")


@pytest.mark.parametrize("ratio", [0.7, 1.1, 1.6])
@pytest.mark.parametrize("months", [4.0, 15.0])
@pytest.mark.parametrize("most", [8_000.0, 12_345.6, 20_000.0])
def test_the_line_grants_no_more_than_was_asked_and_can_be_done(
    ratio: float, months: float, most: float
) -> None:
    granted = permits(central(permits_per_request=ratio, procedure_months=months, permits_most=most))
    assert min(granted.values()) >= 0.0
    assert max(granted.values()) <= most / 6 + 1e-9
    assert sum(granted.values()) <= asked() * ratio + 1e-6


def test_a_line_that_moves_at_once_grants_what_is_asked_in_the_month() -> None:
    granted = permits(central(permits_per_request=1.0, procedure_months=1.0, permits_most=1e9))
    assert sum(granted.values()) == pytest.approx(asked())


def test_a_slower_line_spreads_a_peak() -> None:
    def steepest(months: float) -> float:
        line = permits(central(procedure_months=months, permits_most=1e9))
        return float(np.abs(np.diff(list(line.values()))).max())

    assert steepest(12.0) < steepest(4.0)


def test_a_figure_is_foreseen_from_the_one_last_published() -> None:
    """The band lies where the last published figure and the change in the runs put it, not at the level of the runs."""
    sets = calibrate(np.random.default_rng(3), tries=12, keep=8)
    assert set(VARIED) <= set(sets[0])
    assert set(VARIED) <= set(lab_parameters())
    waiting = np.stack([past_run(one)[:, 0] for one in sets])
    first = next(
        one for one in known() if one.measure == "people-waiting" and one.half_year == HalfYear(2023, 1)
    )
    met = next(
        one
        for one in validate(sets)
        if one.known.measure == "people-waiting" and one.known.half_year == HalfYear(2023, 2)
    )
    foreseen = np.median(first.value + waiting[:, 7] - waiting[:, 6])
    assert met.before == first.value
    assert met.quantiles[3] == pytest.approx(foreseen, abs=3 * met.known.spread)
    assert all(one.quantiles[0] >= 0.0 for one in validate(sets))
    assert list(met.quantiles) == sorted(met.quantiles)


def test_every_column_of_the_validation_is_documented() -> None:
    told = (Path(__file__).parents[2] / "docs/reference/policy-lab-validation.md").read_text(encoding="utf-8")
    for column in PAST_COLUMNS:
        assert f"`{column}`" in told, column
    for use, many in (("start", 1), ("fitted", 8), ("held-out", 8)):
        assert sum(one.use == use for one in known()) == many
