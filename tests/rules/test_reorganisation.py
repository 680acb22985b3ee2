"""Art. 30 in both versions, and figures that pass on with a merger."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.law import ReorganisationRule, law_book
from eenthuis.rules.reorganisation import handed_over, inhabitants_for, outside_the_words, passed_on
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, Merger, MunicipalityCode

WEESP, AMSTERDAM = MunicipalityCode("GM0457"), MunicipalityCode("GM0363")
A, B, C = (MunicipalityCode(f"GM000{number}") for number in range(1, 4))
OLD, NEW = ReorganisationRule.PROVINCIAL_EXECUTIVE, ReorganisationRule.PARTS_AT_REFERENCE_DATE


@pytest.mark.parametrize(
    ("half_year", "reference_day", "has_weesp"),
    [
        pytest.param("2022-I", date(2020, 1, 1), True, id="Weesp still carries a target on 1 January 2022"),
        pytest.param("2022-II", date(2021, 1, 1), False, id="Amsterdam carries it from 1 July 2022"),
        pytest.param("2023-I", date(2021, 1, 1), False, id="and after"),
    ],
)
@pytest.mark.parametrize("rule", [OLD, NEW])
def test_weesp_joins_amsterdam_on_24_march_2022(
    half_year: str, reference_day: date, *, has_weesp: bool, rule: ReorganisationRule
) -> None:
    counted = reference.inhabitants(reference_day)
    found = inhabitants_for(
        half_year=HalfYear.parse(half_year), counted=counted, mergers=reference.mergers(), rule=rule
    )
    assert (WEESP in found.people) is has_weesp
    if not has_weesp:
        assert found.people[AMSTERDAM] == counted.people[AMSTERDAM] + counted.people[WEESP]
    assert sum(found.people.values()) == counted.country


def test_inside_the_half_year_amsterdam_answers_for_weesps_target() -> None:
    half_year = HalfYear(2022, 1)
    law = law_book().targets(half_year)
    inhabitants = inhabitants_for(
        half_year=half_year,
        counted=reference.inhabitants(date(2020, 1, 1)),
        mergers=reference.mergers(),
        rule=law.reorganisation,
    )
    made = net_targets(half_year=half_year, national=10_000, inhabitants=inhabitants, law=law)
    targets = {target.municipality: target.people for target in made.targets}
    at_the_end = handed_over(targets, reference.mergers(), half_year)
    assert at_the_end[AMSTERDAM] == targets[AMSTERDAM] + targets[WEESP]
    assert sum(at_the_end.values()) == made.total


@pytest.mark.parametrize(
    ("day", "half_year", "rule", "outside"),
    [
        pytest.param(
            date(2023, 1, 1), "2023-I", OLD, False, id="on 1 January of the year: named by the older text"
        ),
        pytest.param(
            date(2022, 3, 24), "2022-II", OLD, True, id="inside a year: not named by the older text"
        ),
        pytest.param(
            date(2022, 1, 1), "2023-I", OLD, True, id="of the year before: not named by the older text"
        ),
        pytest.param(date(2022, 3, 24), "2022-II", NEW, False, id="any day: named by the newer text"),
        pytest.param(date(2023, 7, 2), "2023-II", OLD, False, id="after the first day nothing moves"),
        pytest.param(
            date(2021, 1, 1), "2023-I", OLD, False, id="on the reference date it is already counted"
        ),
    ],
)
def test_what_the_words_of_article_30_leave_out(
    day: date, half_year: str, rule: ReorganisationRule, *, outside: bool
) -> None:
    found = outside_the_words(
        [Merger(day, A, B, 10)], counted_on=date(2021, 1, 1), half_year=HalfYear.parse(half_year), rule=rule
    )
    assert bool(found) is outside


def test_a_divided_municipality_gives_by_the_people_who_passed_and_loses_nobody() -> None:
    mergers = [Merger(date(2021, 1, 1), A, B, 2), Merger(date(2021, 1, 1), A, C, 1)]
    counted = Inhabitants(date(2020, 1, 1), {A: 100, B: 10, C: 10}, 120, "example")
    found = inhabitants_for(half_year=HalfYear(2021, 1), counted=counted, mergers=mergers, rule=OLD)
    assert found.people == {B: 77, C: 43}


def test_a_border_correction_leaves_the_giver_its_part() -> None:
    mergers = [Merger(date(2021, 5, 1), A, A, 90), Merger(date(2021, 5, 1), A, B, 10)]
    assert passed_on({A: 50, B: 7}, mergers) == {A: 45, B: 12}


def test_a_chain_of_mergers_is_followed_by_day() -> None:
    mergers = [Merger(date(2022, 3, 1), B, C, 5), Merger(date(2022, 2, 1), A, B, 5)]
    assert handed_over({A: 3, C: 1}, mergers, HalfYear(2022, 1)) == {C: 4}


def test_a_merger_of_a_municipality_without_inhabitants_is_refused() -> None:
    counted = Inhabitants(date(2020, 1, 1), {B: 10}, 10, "example")
    with pytest.raises(ReferenceFactError, match="GM0001 merged after 2020-01-01") as caught:
        inhabitants_for(
            half_year=HalfYear(2021, 1),
            counted=counted,
            mergers=[Merger(date(2021, 1, 1), A, B, 1)],
            rule=OLD,
        )
    assert caught.value.code == "REF-06"


FIGURES = st.fixed_dictionaries({A: st.integers(-500, 500), B: st.integers(-500, 500)})
PARTS = st.lists(st.integers(1, 1000), min_size=1, max_size=2)


@settings(deadline=None)
@given(figures=FIGURES, parts=PARTS)
def test_passing_on_keeps_the_sum_leads_too(figures: dict[MunicipalityCode, int], parts: list[int]) -> None:
    mergers = [Merger(date(2021, 1, 1), A, code, n) for code, n in zip((B, C), parts, strict=False)]
    assert sum(passed_on(figures, mergers).values()) == sum(figures.values())


def test_the_axiom_catches_shares_rounded_each_by_themselves() -> None:
    def each_rounded_down(total: int, parts: list[int]) -> int:
        return sum(total * part // sum(parts) for part in parts)

    assert each_rounded_down(1, [1, 1]) != 1


def test_packaged_mergers_bring_every_reference_date_to_the_municipalities_of_the_half_year() -> None:
    for day in reference.reference_dates():
        for half in (1, 2):
            half_year = HalfYear(day.year + 1, half)
            found = inhabitants_for(
                half_year=half_year, counted=reference.inhabitants(day), mergers=reference.mergers(), rule=NEW
            )
            assert set(found.people) == {m.code for m in reference.municipalities(half_year.first_day)}
