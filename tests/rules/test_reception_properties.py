"""Axioms of the indicative shares; next to each stands a wrong rule that it catches, with the case that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.reception import distribute_reception
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.reception import ReceptionShares, SesScores

DAY = date(2024, 2, 1)
LAW = law_book().reception(DAY)
Case = Mapping[str, tuple[int, Fraction]]
Exact = Mapping[str, Fraction]
Places = Mapping[str, int]
Rule = Callable[[int, Case], Exact]
RoundedRule = Callable[[int, Case], Places]
HALF = Fraction(1, 2)

NEED = st.integers(0, 10**6)
CASES = st.dictionaries(
    st.integers(1, 2000).map(lambda number: f"GM{number:04d}"),
    st.tuples(
        st.integers(1, 10**6), st.integers(-999, 999).map(lambda thousandths: Fraction(thousandths, 1000))
    ),
    min_size=2,
    max_size=30,
)


def distributed(need: int, case: Case) -> ReceptionShares:
    """Return the shares by the rule of the house."""
    people = {MunicipalityCode(code): number for code, (number, _) in case.items()}
    return distribute_reception(
        need=need,
        scores=SesScores({MunicipalityCode(code): score for code, (_, score) in case.items()}, "drawn"),
        inhabitants=Inhabitants(date(2024, 1, 1), people, sum(people.values()), "drawn"),
        law=LAW,
        as_of=DAY,
    )


def rule(need: int, case: Case) -> Exact:
    return {str(share.municipality): share.exact for share in distributed(need, case).shares}


def places(need: int, case: Case) -> Places:
    return {str(share.municipality): share.places for share in distributed(need, case).shares}


def sums_to_the_need(made: Rule, need: int, case: Case) -> bool:
    return sum(made(need, case).values()) == need


def a_higher_score_never_gets_less(made: Rule, need: int, case: Case) -> bool:
    before = made(need, case)
    code, (people, score) = min(case.items())
    return made(need, {**case, code: (people, score + Fraction(1, 1000))})[code] >= before[code]


def equal_scores_share_by_inhabitants(made: Rule, need: int, case: Case) -> bool:
    level = {code: (people, Fraction(0)) for code, (people, _) in case.items()}
    country = sum(people for people, _ in level.values())
    return made(need, level) == {
        code: Fraction(need * people, country) for code, (people, _) in level.items()
    }


def rounds_by_at_most_a_half(made: RoundedRule, need: int, case: Case) -> bool:
    exact = rule(need, case)
    return all(-HALF < number - exact[code] <= HALF for code, number in made(need, case).items())


@given(NEED, CASES)
@settings(max_examples=40, deadline=None)
def test_exact_shares_sum_to_the_need(need: int, case: Case) -> None:
    assert sums_to_the_need(rule, need, case)


@given(NEED, CASES)
@settings(max_examples=40, deadline=None)
def test_a_higher_score_never_gets_less(need: int, case: Case) -> None:
    assert a_higher_score_never_gets_less(rule, need, case)


@given(NEED, CASES)
@settings(max_examples=40, deadline=None)
def test_equal_scores_share_by_inhabitants(need: int, case: Case) -> None:
    assert equal_scores_share_by_inhabitants(rule, need, case)


@given(NEED, CASES)
@settings(max_examples=40, deadline=None)
def test_rounding_moves_a_share_by_at_most_a_half(need: int, case: Case) -> None:
    assert rounds_by_at_most_a_half(places, need, case)


def without_the_sum_of_weights(need: int, case: Case) -> Exact:
    country = sum(people for people, _ in case.values())
    return {code: need * (score + 1) * Fraction(people, country) for code, (people, score) in case.items()}


def with_the_score_turned_round(need: int, case: Case) -> Exact:
    return rule(need, {code: (people, -score) for code, (people, score) in case.items()})


def with_weights_per_municipality(need: int, case: Case) -> Exact:
    total = sum(score + 1 for _, score in case.values())
    return {code: need * (score + 1) / total for code, (_, score) in case.items()}


def rounded_up_as_a_housing_target(need: int, case: Case) -> Places:
    return {code: ceil(share) for code, share in rule(need, case).items()}


def a_half_rounded_to_even(need: int, case: Case) -> Places:
    return {code: round(share) for code, share in rule(need, case).items()}


UNEVEN: Case = {"GM0001": (3, Fraction(1, 2)), "GM0002": (1, Fraction(0))}
LEVEL: Case = {f"GM000{number}": (1, Fraction(0)) for number in (1, 2, 3)}
PAIR: Case = {"GM0001": (1, Fraction(0)), "GM0002": (1, Fraction(0))}


def test_the_axioms_catch_recorded_wrong_rules() -> None:
    assert not sums_to_the_need(without_the_sum_of_weights, 10, UNEVEN)
    assert not a_higher_score_never_gets_less(with_the_score_turned_round, 10, UNEVEN)
    assert not equal_scores_share_by_inhabitants(with_weights_per_municipality, 10, UNEVEN)
    assert not rounds_by_at_most_a_half(rounded_up_as_a_housing_target, 4, LEVEL)
    assert not rounds_by_at_most_a_half(a_half_rounded_to_even, 1, PAIR)
