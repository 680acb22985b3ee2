"""Other readings that explain a published target."""

from __future__ import annotations

from datetime import date

from eenthuis.law import ReferenceRule
from eenthuis.rules.readings import Reading, explaining, fits, readings
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode

A, B = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
BEFORE, ANNOUNCED = ReferenceRule.YEAR_BEFORE_HALF_YEAR, ReferenceRule.YEAR_BEFORE_ANNOUNCEMENT
COUNTED = {
    BEFORE: Inhabitants(date(2022, 1, 1), {A: 24, B: 76}, 100, "example"),
    ANNOUNCED: Inhabitants(date(2021, 1, 1), {A: 21, B: 79}, 100, "example"),
}
USED = Reading(10, BEFORE, Rounding.UP)  # A 2.4 -> 3, B 7.6 -> 8; on the older date A 2.1 -> 3, B 7.9 -> 8


def test_all_combinations_are_tried_the_nearest_first() -> None:
    found = readings(USED, [10, 20], COUNTED)
    assert len(found) == len(set(found)) == 12
    assert found[0] == USED
    changes = [reading.national != USED.national for reading in found]
    assert changes == sorted(changes)


def test_a_difference_of_one_is_explained_by_the_other_rounding() -> None:
    first, *_ = explaining(used=USED, nationals=[], counted=COUNTED, code=A, published=2)
    assert first == Reading(10, BEFORE, Rounding.ARITHMETIC)


def test_an_earlier_national_number_explains_too_but_comes_last() -> None:
    found = explaining(used=USED, nationals=[20], counted=COUNTED, code=A, published=5)
    assert found[0] == Reading(20, BEFORE, Rounding.UP)


def test_what_no_reading_yields_stays_unexplained() -> None:
    assert explaining(used=USED, nationals=[20], counted=COUNTED, code=A, published=99) == ()


def test_a_municipality_that_one_date_does_not_know_is_left_out_there() -> None:
    counted = {BEFORE: COUNTED[BEFORE], ANNOUNCED: Inhabitants(date(2021, 1, 1), {B: 100}, 100, "example")}
    found = explaining(used=USED, nationals=[], counted=counted, code=A, published=2)
    assert {reading.reference_rule for reading in found} == {BEFORE}
    best = fits(used=USED, nationals=[], counted=counted, published={A: 2})
    assert (best[0].equal, best[0].reading.reference_rule) == (1, BEFORE)


def test_the_reading_that_fits_all_targets_stands_first() -> None:
    best = fits(used=USED, nationals=[], counted=COUNTED, published={A: 2, B: 8})
    assert (best[0].reading, best[0].equal, best[0].compared) == (
        Reading(10, BEFORE, Rounding.ARITHMETIC),
        2,
        2,
    )
    own = fits(used=USED, nationals=[], counted=COUNTED, published={A: 3, B: 8})
    assert own[0].reading == USED
