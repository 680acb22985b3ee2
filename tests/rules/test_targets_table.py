"""Art. 29, first paragraph: one row per clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from eenthuis.law import ReferenceRule, TargetLaw, law_book
from eenthuis.rules.rounding import rounded
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode

SECOND_2026 = HalfYear(2026, 2)
LAW = law_book().targets(SECOND_2026)
A, B = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")


def counted(*people: int, on: date = date(2025, 1, 1)) -> Inhabitants:
    codes = [MunicipalityCode(f"GM{number:04d}") for number in range(1, len(people) + 1)]
    return Inhabitants(on, dict(zip(codes, people, strict=True)), sum(people), "example")


@pytest.mark.parametrize(
    ("numerator", "denominator", "up", "arithmetic", "down"),
    [
        pytest.param(7, 7, 1, 1, 1, id="a whole share stays"),
        pytest.param(15, 14, 2, 1, 1, id="just above a whole"),
        pytest.param(3, 2, 2, 2, 1, id="a half goes up"),
        pytest.param(13, 7, 2, 2, 1, id="just below a whole"),
        pytest.param(0, 7, 0, 0, 0, id="nothing stays nothing"),
        pytest.param(10**30 + 1, 10**30, 2, 1, 1, id="no float loses the last person"),
    ],
)
def test_rounding(numerator: int, denominator: int, up: int, arithmetic: int, down: int) -> None:
    found = [rounded(numerator, denominator, r) for r in (Rounding.UP, Rounding.ARITHMETIC, Rounding.DOWN)]
    assert found == [up, arithmetic, down]


@pytest.mark.parametrize(
    ("half_year", "rule", "day"),
    [
        pytest.param("2026-I", "year-before-half-year", date(2025, 1, 1), id="first half, year before"),
        pytest.param("2026-II", "year-before-half-year", date(2025, 1, 1), id="second half, the same date"),
        pytest.param("2023-I", "year-before-announcement", date(2021, 1, 1), id="two years before January"),
        pytest.param("2023-II", "year-before-announcement", date(2022, 1, 1), id="one year before July"),
    ],
)
def test_reference_date(half_year: str, rule: str, day: date) -> None:
    assert reference_date(HalfYear.parse(half_year), ReferenceRule(rule)) == day


def test_a_share_is_national_times_inhabitants_over_the_country() -> None:
    made = net_targets(half_year=SECOND_2026, national=10, inhabitants=counted(3, 1), law=LAW)
    assert [target.exact for target in made.targets] == [Fraction(15, 2), Fraction(5, 2)]
    assert [target.people for target in made.targets] == [8, 3]
    assert (made.total, made.national, made.country_inhabitants) == (11, 10, 4)


@pytest.mark.parametrize(("rounding", "people"), [("up", [8, 3]), ("arithmetic", [8, 3]), ("down", [7, 2])])
def test_the_rounding_is_that_of_the_law(rounding: str, people: list[int]) -> None:
    law = replace(LAW, rounding=Rounding(rounding))
    made = net_targets(half_year=SECOND_2026, national=10, inhabitants=counted(3, 1), law=law)
    assert [target.people for target in made.targets] == people


def test_a_national_number_of_0_gives_targets_of_0() -> None:
    made = net_targets(half_year=SECOND_2026, national=0, inhabitants=counted(3, 1), law=LAW)
    assert made.total == 0


def test_the_remarks_name_rounding_and_reference_date_with_their_authority() -> None:
    made = net_targets(half_year=SECOND_2026, national=1, inhabitants=counted(3, 1), law=LAW)
    assert [remark.split(".")[0] for remark in made.remarks] == [
        "2026-II rounding: up (statute)",
        "2026-II reference date: year-before-half-year (statute)",
    ]


def test_another_reference_date_than_the_rule_names_is_said() -> None:
    older = counted(3, 1, on=date(2020, 1, 1))
    made = net_targets(half_year=SECOND_2026, national=1, inhabitants=older, law=LAW)
    assert made.remarks[-1] == "Inhabitants of 2020-01-01 were used where the rule names 2025-01-01."


@pytest.mark.parametrize(
    ("national", "inhabitants", "code"),
    [
        pytest.param(-1, counted(3, 1), "INP-06", id="negative"),
        pytest.param(1.5, counted(3, 1), "INP-06", id="fractional"),
        pytest.param("21200", counted(3, 1), "INP-06", id="text"),
        pytest.param(1, counted(0, 0), "REF-04", id="nobody lives there"),
        pytest.param(1, counted(), "REF-04", id="no municipalities"),
        pytest.param(1, counted(5, -1), "REF-06", id="fewer than nobody"),
        pytest.param(1, replace(counted(3, 1), country=3), "REF-06", id="more than the country"),
    ],
)
def test_what_cannot_be_shared_is_refused(national: int, inhabitants: Inhabitants, code: str) -> None:
    with pytest.raises(EenthuisError) as caught:
        net_targets(half_year=SECOND_2026, national=national, inhabitants=inhabitants, law=LAW)
    assert caught.value.code == code
    assert caught.value.remedy


def test_every_target_carries_the_law_it_came_from() -> None:
    made = net_targets(half_year=SECOND_2026, national=1, inhabitants=counted(3, 1), law=LAW)
    assert {citation.key for citation in made.citations} >= {"targets.rounding", "targets.reference_rule"}
    assert isinstance(LAW, TargetLaw)
