"""Carry-over, the corrected target, and what realised people count towards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import CountingOrder, RealisationLaw, law_book
from eenthuis.rules.realisation import (
    Divided,
    PastHalfYear,
    balances,
    carried_over,
    corrected,
    corrected_targets,
    divided,
)
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, Merger, MunicipalityCode

FIRST = HalfYear(2022, 1)
LAW = law_book().realisation(FIRST)
PROGRESS = law_book().progress(FIRST)
A, B = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")


@pytest.mark.parametrize(
    ("due", "realised", "carried"),
    [
        pytest.param(100, 70, 30, id="a backlog moves to the next half-year"),
        pytest.param(76, 85, -9, id="a lead is set off"),
        pytest.param(50, 50, 0, id="exactly met leaves nothing"),
        pytest.param(-5, 3, -8, id="a lead that covers more than the target grows"),
    ],
)
def test_carry_over(due: int, realised: int, carried: int) -> None:
    assert carried_over(due, realised, LAW) == carried


@pytest.mark.parametrize(
    ("law", "due", "carried"),
    [
        pytest.param(replace(LAW, backlog_carries=False), 100, 0, id="a backlog lapses"),
        pytest.param(replace(LAW, lead_carries=False), 50, 0, id="a lead lapses"),
        pytest.param(replace(LAW, lead_carries=False), 100, 30, id="a backlog stays when leads lapse"),
    ],
)
def test_carry_over_is_a_setting(law: RealisationLaw, due: int, carried: int) -> None:
    assert carried_over(due, 70, law) == carried


@pytest.mark.parametrize(
    ("net", "swapped", "carried", "people", "pace"),
    [
        pytest.param(60, 0, 16, 76, Fraction(38, 3), id="net and backlog"),
        pytest.param(60, -6, 0, 54, Fraction(9), id="net after a swap"),
        pytest.param(60, 0, -9, 51, Fraction(17, 2), id="net less a lead"),
        pytest.param(5, 0, -9, -4, Fraction(0), id="a lead over the whole target asks no pace"),
    ],
)
def test_corrected_target(net: int, swapped: int, carried: int, people: int, pace: Fraction) -> None:
    made = corrected(
        municipality=A,
        half_year=FIRST,
        net=net,
        swapped=swapped,
        backlog_or_lead=carried,
        realisation=LAW,
        progress=PROGRESS,
    )
    assert (made.people, made.pace_per_month) == (people, pace)
    assert {citation.key for citation in made.citations} >= {
        "realisation.backlog_carries",
        "realisation.order",
    }


@pytest.mark.parametrize(
    ("order", "backlog", "net", "realised", "outcome"),
    [
        ("backlog-first", 11, 37, 37, Divided(11, 26)),
        ("backlog-first", 11, 37, 5, Divided(5, 0)),
        ("backlog-first", -4, 37, 37, Divided(0, 37)),
        ("new-target-first", 11, 37, 37, Divided(0, 37)),
        ("new-target-first", 11, 37, 42, Divided(5, 37)),
        ("new-target-first", 11, 37, 60, Divided(11, 49)),
    ],
)
def test_the_order_of_counting_is_a_setting(
    order: str, backlog: int, net: int, realised: int, outcome: Divided
) -> None:
    law = replace(LAW, order=CountingOrder(order))
    assert divided(backlog, net, realised, law) == outcome


def past(
    half_year: HalfYear, targets: dict[MunicipalityCode, int], realised: dict[MunicipalityCode, int]
) -> PastHalfYear:
    return PastHalfYear(half_year, targets, realised, LAW)


def test_balances_are_carried_oldest_first() -> None:
    chain = [past(FIRST, {A: 10, B: 20}, {A: 4, B: 25}), past(FIRST.next, {A: 10, B: 20}, {A: 12, B: 10})]
    assert balances(chain, mergers=()) == {A: 4, B: 5}
    assert balances(chain, mergers=(), opening={A: 3}) == {A: 7, B: 5}
    assert balances([], mergers=(), opening={A: 3}) == {A: 3}


@pytest.mark.parametrize("realised", [{A: 4, B: 25}, {B: 29}])
def test_a_merger_inside_a_half_year_carries_target_and_realised(
    realised: dict[MunicipalityCode, int],
) -> None:
    inside = Merger(date(2022, 3, 24), A, B, 10)
    assert balances([past(FIRST, {A: 10, B: 20}, realised)], mergers=[inside]) == {B: 1}


def test_a_merger_on_the_first_day_of_the_next_half_year_carries_the_balance() -> None:
    joined = Merger(date(2022, 7, 1), A, B, 10)
    chain = [past(FIRST, {A: 10, B: 20}, {A: 4, B: 25}), past(FIRST.next, {B: 30}, {B: 30})]
    assert balances(chain, mergers=[joined]) == {B: 1}


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        ([past(FIRST, {A: 1}, {A: 1}), past(HalfYear(2023, 1), {A: 1}, {A: 1})], "2022-II is missing"),
        ([past(FIRST, {A: 1, B: 1}, {A: 1})], "no realised people in 2022-I for GM0002"),
    ],
)
def test_nothing_is_filled_in(chain: list[PastHalfYear], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        balances(chain, mergers=())
    assert caught.value.code == "INP-04"


def test_the_chain_ends_just_before_the_half_year_asked_for() -> None:
    half_year = HalfYear(2023, 1)
    net = net_targets(
        half_year=half_year,
        national=10,
        inhabitants=Inhabitants(date(2021, 1, 1), {A: 3, B: 1}, 4, "example"),
        law=law_book().targets(half_year),
    )
    chain = [past(FIRST.next, {A: 5, B: 5}, {A: 4, B: 7})]
    made = corrected_targets(
        net=net, past=chain, mergers=(), realisation=LAW, progress=PROGRESS, swapped={A: -1, B: 1}
    )
    assert [(t.net, t.swapped, t.backlog_or_lead, t.people) for t in made] == [(8, -1, 1, 8), (3, 1, -2, 2)]
    with pytest.raises(InputError, match="end with 2022-I, not just before 2023-I"):
        corrected_targets(
            net=net, past=[past(FIRST, {A: 5}, {A: 4})], mergers=(), realisation=LAW, progress=PROGRESS
        )


STEPS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=8)


def nothing_is_lost(steps: list[tuple[int, int]], law: RealisationLaw) -> bool:
    """Targets less realised people over all half-years equal the balance carried in the end."""
    half_year, chain = FIRST, []
    for target, realised in steps:
        chain.append(PastHalfYear(half_year, {A: target}, {A: realised}, law))
        half_year = half_year.next
    return balances(chain, mergers=())[A] == sum(target - realised for target, realised in steps)


@settings(deadline=None)
@given(steps=STEPS)
def test_nothing_is_lost_in_carrying_over(steps: list[tuple[int, int]]) -> None:
    assert nothing_is_lost(steps, LAW)


def test_the_axiom_catches_a_lead_that_is_forgotten() -> None:
    assert not nothing_is_lost([(5, 9), (5, 1)], replace(LAW, lead_carries=False))
