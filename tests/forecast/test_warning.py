"""Early warning: curves from what was known, chances that come true as often as told, and what would turn them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from eenthuis.forecast.completion import curve, mean_within
from eenthuis.forecast.warning import BOTH, PACE, PIPELINE, History, history_of, realised_in, situation
from eenthuis.forecast.warning_trials import LOWEST, Bin, fitted, past_cases, reliability, tried
from eenthuis.forecast.warning_turn import Outlook, Why, outlook
from eenthuis.law import WarningLaw, law_book
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.warning import OnTheWay, TargetToMeet

LAST = HalfYear(2025, 2)
ON = date(2025, 10, 1)
LAW = law_book().warning(ON)
PLACES = [MunicipalityCode(f"GM{number:04d}") for number in range(1, 61)]


def drawn(half_years: int = 5, seed: int = 3) -> tuple[list[OnTheWay], list[TargetToMeet]]:
    """Draw links that COA makes all year, housed after about three months, and targets that some meet."""
    rng = np.random.default_rng(seed)
    ways, targets = [], []
    spans = [LAST.shift(step - half_years + 1) for step in range(half_years)]
    for place in PLACES:
        pace = rng.uniform(0.6, 1.6)
        for half_year in spans:
            days = (half_year.last_day - half_year.first_day).days
            targets.append(TargetToMeet(place, half_year, 20))
            for _ in range(rng.poisson(8 * pace)):
                linked = half_year.first_day + timedelta(days=int(rng.integers(0, days)))
                signed = linked + timedelta(days=int(20 + rng.gamma(2.0, 30)))
                ways.append(OnTheWay(place, int(rng.integers(1, 5)), linked, signed_off_on=signed))
    return ways, targets


@pytest.fixture(scope="module")
def history() -> History:
    return history_of(*drawn())


@pytest.fixture(scope="module")
def told(history: History) -> Outlook:
    return outlook(history, LAST, ON, LAW)


def test_the_curve_is_the_product_limit_of_the_figures() -> None:
    begun = np.zeros(40, dtype=np.int64)
    ended = np.array([3] * 10 + [10] * 10 + [30] * 20)
    done = np.array([True] * 20 + [False] * 20)
    found = curve(begun, ended, done, since=0)
    assert found.waiting[:3].tolist() == pytest.approx([1.0, 0.75, 0.5])
    assert found.within(np.array([0, 7]), 7).tolist() == pytest.approx([0.25, 1 / 3])
    assert mean_within(found, 0) == 0.0
    assert 0.0 < mean_within(found, 7) < 0.25


def test_households_linked_before_the_figures_began_count_from_the_age_they_had_then() -> None:
    begun = np.concatenate((np.zeros(30), np.full(30, 70))).astype(np.int64)
    ended = np.concatenate((np.full(30, 75), np.full(30, 90))).astype(np.int64)
    done = np.concatenate((np.ones(30), np.zeros(30))).astype(bool)
    seen = curve(begun, ended, done, since=70)
    blind = curve(begun, ended, done, since=0)
    assert seen.within(np.array([70]), 7)[0] == pytest.approx(1.0)
    assert blind.waiting[10] == pytest.approx(seen.waiting[10])
    assert blind.waiting[11] > seen.waiting[11] or seen.waiting[11] == pytest.approx(0.0)


def test_nothing_of_after_the_day_is_used(history: History) -> None:
    day = ON.toordinal()
    hidden = replace(
        history,
        signed=np.where(history.signed >= day, history.signed + 400, history.signed),
    )
    known, told = situation(hidden, LAST, ON), situation(history, LAST, ON)
    for name in ("realised", "linked", "expected", "coming", "variance"):
        assert np.array_equal(getattr(known, name), getattr(told, name))


def test_expected_people_come_true_on_average(history: History) -> None:
    ends, expected = 0.0, 0.0
    for half_year in history.half_years[2:]:
        now = situation(history, half_year, half_year.months[3])
        ends += realised_in(history, half_year).sum()
        expected += (now.realised + now.expected + now.coming).sum()
    assert expected == pytest.approx(ends, rel=0.1)


def test_who_is_on_the_way_tells_more_than_the_pace_and_is_chosen(told: Outlook) -> None:
    scores = {score.model: score for score in told.trials.scores}
    assert scores[PIPELINE].log_loss < scores[PACE].log_loss
    assert scores[PIPELINE].brier < scores[PACE].brier
    assert told.trials.chosen in {PIPELINE, BOTH}
    assert scores[PACE].better == 0.0


def test_chances_come_true_about_as_often_as_told(told: Outlook) -> None:
    for one in told.trials.reliability:
        assert abs(one.told - one.met) < 0.2 + 1.5 / one.cases**0.5
    assert sum(one.cases for one in told.trials.reliability) == told.trials.scores[0].cases


def test_an_earlier_half_year_is_never_told_from_a_later_one(history: History) -> None:
    cases = past_cases(history, LAST.first_day)
    short = past_cases(history, LAST.previous.first_day)
    assert [case.place.on for case in cases][: len(short)] == [case.place.on for case in short]
    assert set(tried(cases).tried) == set(history.half_years[1:-1])


def test_more_people_linked_never_lowers_a_chance(history: History, told: Outlook) -> None:
    cases = past_cases(history, LAST.first_day)
    fit = fitted(cases, PIPELINE, ON, LAST)
    assert fit is not None
    now = situation(history, LAST, ON)
    before = fit.chances(now.signals(PIPELINE))
    for place in range(0, len(PLACES), 7):
        after = fit.chances(now.with_more(place, 3.0, 0.0).signals(PIPELINE))
        assert after[place] >= before[place]
    assert told.warned


def test_what_would_turn_it_turns_it(history: History) -> None:
    poor = outlook(history, LAST, ON, LAW, {(place, 3): 9 for place in PLACES})
    low = [one for one in poor.warned if one.chance is not None and one.chance < LAW.aim]
    assert low
    fit, now = poor.fit, situation(history, LAST, ON)
    assert fit is not None
    for one in low:
        place = now.codes.index(one.municipality)
        if one.turn.links is not None:
            each = now.new_link
            more = [one.turn.links, one.turn.links - 1]
            reached = [
                fit.chances(
                    now.with_more(place, n * each, n * each * (1 - each) * now.size).signals(
                        poor.trials.chosen
                    )
                )[place]
                for n in more
            ]
            assert reached[0] >= float(LAW.aim) > reached[1]
        assert one.turn.homes is None or set(one.turn.homes) == {3}


def test_those_under_the_threshold_who_lack_most_come_first(history: History) -> None:
    wide = WarningLaw(Fraction(9, 10), LAW.aim, LAW.home_days, LAW.home_chance, LAW.citations)
    listed = outlook(history, LAST, ON, wide).warned
    low = [one for one in listed if one.is_low]
    assert listed[: len(low)] == tuple(low)
    assert [one.short for one in low] == sorted((one.short for one in low), reverse=True)
    assert {one.why for one in listed} <= set(Why)
    met = [one for one in listed if one.why is Why.MET]
    assert all(one.chance == 1.0 and not one.is_low for one in met)


def test_without_a_past_numbers_are_told_and_no_chance() -> None:
    ways, targets = drawn(half_years=1)
    found = outlook(history_of(ways, targets), LAST, ON, LAW)
    assert found.fit is None
    assert (found.trials.scores, found.trials.chosen) == ((), PACE)
    unmet = [one for one in found.warned if one.why is not Why.MET]
    assert unmet
    assert all(one.chance is None and not one.is_low and one.turn.links in {0, None} for one in unmet)


def test_a_chance_is_never_told_as_certain_and_empty_tenths_are_left_out() -> None:
    assert LOWEST > 0
    chances, met = np.array([0.04, 0.06, 1.0]), np.array([False, True, True])
    assert reliability(chances, met) == (Bin(0.05, 0.5, 2), Bin(1.0, 1.0, 1))


def test_a_history_without_links_is_no_error() -> None:
    empty = history_of([], drawn(half_years=2)[1])
    now = situation(empty, LAST, ON)
    assert now.expected.sum() == now.coming.sum() == 0.0
    assert outlook(empty, LAST, ON, LAW).fit is None
