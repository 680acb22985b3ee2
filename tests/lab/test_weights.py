"""Sharing out by weights of one's own: exact, complete, and a difference between scenarios like any other."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from lab_worlds import today

from eenthuis.lab import tornado
from eenthuis.lab.country import HOUSING_STOCK, INHABITANTS, SOCIAL_HOUSING, codes, country
from eenthuis.lab.running import FIRST, Ask, outcomes
from eenthuis.law import law_book
from eenthuis.reference.policy import housing_stock, scenarios
from eenthuis.terms.errors import InputError
from eenthuis.terms.lab_runs import LabAsk, LabKind, address_of, ask_from, ask_plain
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import DISTRIBUTION_KEY, OWN_WEIGHTS, THOUSANDTHS, Scenario

BOOK = law_book()
NAMES = codes(BOOK, FIRST)
PEOPLE = dict(zip(NAMES, country(BOOK, FIRST, INHABITANTS).inhabitants.tolist(), strict=True))


def weighed(weights: dict[MunicipalityCode, int]) -> Scenario:
    return dataclasses.replace(today(**{DISTRIBUTION_KEY: OWN_WEIGHTS}), weights=weights)


def test_inhabitants_as_weights_are_the_key_of_today_to_the_digit() -> None:
    own = weighed({name: people * THOUSANDTHS for name, people in PEOPLE.items()})
    ask = Ask((own,), 2, 1, 2)
    np.testing.assert_array_equal(
        outcomes(ask, own, 0, 2).nation, outcomes(Ask((today(),), 2, 1, 2), today(), 0, 2).nation
    )


def test_by_homes_smaller_households_get_more() -> None:
    by_people, by_homes = (country(BOOK, FIRST, key) for key in (INHABITANTS, HOUSING_STOCK))
    groningen, urk = NAMES.index(MunicipalityCode("GM0014")), NAMES.index(MunicipalityCode("GM0184"))
    shares = by_homes.weights / by_homes.total / (by_people.weights / by_people.total)
    assert shares[groningen] > 1 > shares[urk]
    assert by_homes.total == pytest.approx(sum(housing_stock()[name] for name in NAMES), abs=len(NAMES))
    assert set(country(BOOK, FIRST, SOCIAL_HOUSING).weights <= by_homes.weights) == {True}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, "INP-04"),
        ({**PEOPLE, MunicipalityCode("GM9999"): 1}, "INP-02"),
        ({**PEOPLE, NAMES[3]: -1}, "INP-06"),
        (dict.fromkeys(NAMES, 0), "INP-06"),
        (dict.fromkeys(NAMES, 10**12), "INP-06"),
    ],
)
def test_weights_that_share_nothing_out_are_refused(changed: dict[MunicipalityCode, int], code: str) -> None:
    with pytest.raises(InputError) as met:
        Ask((weighed(changed),), 1, 1, 1)
    assert met.value.code == code
    assert met.value.remedy


def test_other_weights_are_another_question_and_a_lever_that_is_pulled() -> None:
    level, tilted = weighed(dict.fromkeys(NAMES, 5)), weighed({**dict.fromkeys(NAMES, 5), NAMES[0]: 500})
    assert tilted.differs_in(level) == (DISTRIBUTION_KEY,)
    assert not level.differs_in(weighed(dict.fromkeys(NAMES, 5)))
    asks = [LabAsk(LabKind.COMPARE, (scenarios()["today"], one), 2, 2, 1) for one in (level, tilted)]
    assert address_of(asks[0], "1") != address_of(asks[1], "1")
    assert ask_from(ask_plain(asks[1])).scenarios[1].weights == tilted.weights
    found = tornado(level, tilted, futures=1, seed=1, half_years=1)
    assert found.pulled == (DISTRIBUTION_KEY,)
    assert tilted.levers == level.levers


def test_a_question_without_weights_keeps_its_address() -> None:
    plain = LabAsk(LabKind.COMPARE, (scenarios()["today"], scenarios()["as-advised"]), 2, 2, 1)
    assert "weights" not in str(ask_plain(plain))
