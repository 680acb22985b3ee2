"""Axioms of the net target; next to each stands a wrong rule that it catches, with the case that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.rounding import rounded
from eenthuis.rules.targets import net_targets
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode

Rule = Callable[[int, Mapping[str, int]], dict[str, int]]
HALF_YEAR = HalfYear(2026, 2)
NATIONAL = st.integers(0, 10**7)
ROUNDINGS = st.sampled_from(list(Rounding))
COUNTS = st.dictionaries(
    st.integers(1, 2000).map(lambda number: f"GM{number:04d}"), st.integers(0, 10**6), min_size=1, max_size=40
).filter(lambda people: sum(people.values()) > 0)


def rule(rounding: Rounding) -> Rule:
    """Return the rule of the house under one rounding."""
    law = law_book().assuming({"targets.rounding": rounding.value}, why="property").targets(HALF_YEAR)

    def made(national: int, people: Mapping[str, int]) -> dict[str, int]:
        codes = {MunicipalityCode(code): number for code, number in people.items()}
        inhabitants = Inhabitants(date(2025, 1, 1), codes, sum(people.values()), "drawn")
        found = net_targets(half_year=HALF_YEAR, national=national, inhabitants=inhabitants, law=law)
        return {str(target.municipality): target.people for target in found.targets}

    return made


def sum_axiom(rounded_so: Rule, rounding: Rounding, national: int, people: Mapping[str, int]) -> bool:
    """The sum stays within one person per municipality, on the side to which is rounded."""
    total, number = sum(rounded_so(national, people).values()), len(people)
    match rounding:
        case Rounding.UP:
            return national <= total < national + number
        case Rounding.DOWN:
            return national - number < total <= national
        case Rounding.ARITHMETIC:
            return 2 * abs(total - national) <= number


def monotone_in_the_national_number(
    shared: Rule, national: int, more: int, people: Mapping[str, int]
) -> bool:
    """A higher national number lowers nobody's target."""
    before, after = shared(national, people), shared(national + more, people)
    return all(before[code] <= after[code] for code in people)


def monotone_in_inhabitants(shared: Rule, national: int, people: Mapping[str, int]) -> bool:
    """Who has more inhabitants has no lower target."""
    made = shared(national, people)
    ordered = sorted(people, key=lambda code: people[code])
    return all(made[one] <= made[two] for one, two in pairwise(ordered)) and all(
        made[one] == made[two] for one in people for two in people if people[one] == people[two]
    )


def anonymous(shared: Rule, national: int, people: Mapping[str, int]) -> bool:
    """A target depends on inhabitants, not on code or place in the list."""
    renamed = {f"GM{9999 - index:04d}": people[code] for index, code in enumerate(people)}
    before, after = shared(national, people), shared(national, renamed)
    return [before[code] for code in people] == [after[code] for code in renamed]


def merging_adds_before_rounding(
    shared: Rule, rounding: Rounding, national: int, people: Mapping[str, int]
) -> bool:
    """A merged municipality gets the parts' shares added up and then rounded, not the parts' targets added up."""
    if len(people) < 2:
        return True
    first, second, *_ = people
    merged = {code: number for code, number in people.items() if code != second}
    merged[first] += people[second]
    together = national * (people[first] + people[second])
    return shared(national, merged)[first] == rounded(together, sum(people.values()), rounding)


@settings(deadline=None)
@given(rounding=ROUNDINGS, national=NATIONAL, people=COUNTS)
def test_the_sum_stays_within_one_person_per_municipality(
    rounding: Rounding, national: int, people: dict[str, int]
) -> None:
    assert sum_axiom(rule(rounding), rounding, national, people)


@settings(deadline=None)
@given(rounding=ROUNDINGS, national=NATIONAL, more=st.integers(0, 1000), people=COUNTS)
def test_a_higher_national_number_lowers_nobody(
    rounding: Rounding, national: int, more: int, people: dict[str, int]
) -> None:
    assert monotone_in_the_national_number(rule(rounding), national, more, people)


@settings(deadline=None)
@given(rounding=ROUNDINGS, national=NATIONAL, people=COUNTS)
def test_more_inhabitants_mean_no_lower_target(
    rounding: Rounding, national: int, people: dict[str, int]
) -> None:
    assert monotone_in_inhabitants(rule(rounding), national, people)


@settings(deadline=None)
@given(rounding=ROUNDINGS, national=NATIONAL, people=COUNTS)
def test_names_and_order_do_not_matter(rounding: Rounding, national: int, people: dict[str, int]) -> None:
    assert anonymous(rule(rounding), national, people)


@settings(deadline=None)
@given(rounding=ROUNDINGS, national=NATIONAL, people=COUNTS)
def test_merging_equals_the_sum_of_the_parts_before_rounding(
    rounding: Rounding, national: int, people: dict[str, int]
) -> None:
    assert merging_adds_before_rounding(rule(rounding), rounding, national, people)


def largest_remainder(national: int, people: Mapping[str, int]) -> dict[str, int]:
    """Return whole shares that add up exactly, the last ones by largest remainder and then by code: not the Act."""
    country = sum(people.values())
    made = {code: national * number // country for code, number in people.items()}
    by_remainder = sorted(people, key=lambda code: (-(national * people[code] % country), code))
    for code in by_remainder[: national - sum(made.values())]:
        made[code] += 1
    return made


def cut_to_tenths(national: int, people: Mapping[str, int]) -> dict[str, int]:
    """Return shares cut to a tenth before they are rounded up: not the Act."""
    country = sum(people.values())
    return {code: -(-(10 * national * n // country) // 10) for code, n in people.items()}


def added_parts(national: int, people: Mapping[str, int]) -> dict[str, int]:
    """Return rounded-up halves of every municipality added up, as if merging added targets: not the Act."""
    country = sum(people.values())
    return {code: 2 * -(-national * n // (2 * country)) for code, n in people.items()}


@pytest.mark.parametrize(
    "caught",
    [
        pytest.param(
            lambda: sum_axiom(cut_to_tenths, Rounding.UP, 21, {f"GM{n:04d}": 1 for n in range(20)}),
            id="sum: a share cut to tenths loses people",
        ),
        pytest.param(
            lambda: monotone_in_the_national_number(
                largest_remainder, 10, 1, {"GM0001": 6, "GM0002": 6, "GM0003": 2}
            ),
            id="national number: largest remainder takes one away (Alabama)",
        ),
        pytest.param(
            lambda: monotone_in_inhabitants(largest_remainder, 1, {"GM0001": 1, "GM0002": 1}),
            id="inhabitants: largest remainder treats equals unequally",
        ),
        pytest.param(
            lambda: anonymous(largest_remainder, 1, {"GM0001": 1, "GM0002": 1}),
            id="anonymity: largest remainder decides by code",
        ),
        pytest.param(
            lambda: merging_adds_before_rounding(added_parts, Rounding.UP, 1, {"GM0001": 1, "GM0002": 1}),
            id="merging: targets added up instead of shares",
        ),
    ],
)
def test_each_axiom_catches_a_wrong_rule(caught: Callable[[], bool]) -> None:
    assert not caught()
