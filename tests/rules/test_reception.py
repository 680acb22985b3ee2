"""Indicative shares, durable places, numbers of provinces and the cycle, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from eenthuis.law import law_book
from eenthuis.rules.months import months_after
from eenthuis.rules.provincial_tasks import (
    DurablePlaces,
    NotDeducted,
    NotDurable,
    durable_places,
    provincial_tasks,
)
from eenthuis.rules.reception import distribute_reception
from eenthuis.rules.reception_cycle import CycleStep, cycle
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.terms.places import Inhabitants, MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind, ProvincialTask, ReceptionShares, ReceptionSite, SesScores

DAY = date(2024, 2, 1)
LAW = law_book().reception(DAY)
CYCLE = law_book().reception_cycle(DAY)
A, B, C = (MunicipalityCode(f"GM{number:04d}") for number in (1, 2, 3))
NORTH, SOUTH = ProvinceCode("PV20"), ProvinceCode("PV31")


def shared(
    need: int,
    people: Mapping[MunicipalityCode, int],
    scores: Mapping[MunicipalityCode, str],
    minors: int | None = None,
) -> ReceptionShares:
    return distribute_reception(
        need=need,
        scores=SesScores({code: Fraction(score) for code, score in scores.items()}, "example"),
        inhabitants=Inhabitants(date(2024, 1, 1), people, sum(people.values()), "example"),
        law=LAW,
        as_of=DAY,
        minors=minors,
    )


def test_a_share_is_the_need_by_weight() -> None:
    found = shared(100, {A: 30, B: 70}, {A: "0.2", B: "-0.4"})
    assert [share.weight for share in found.shares] == [Fraction(36, 100), Fraction(42, 100)]
    assert [share.exact for share in found.shares] == [Fraction(600, 13), Fraction(700, 13)]
    assert [share.places for share in found.shares] == [46, 54]
    assert found.total_weight == Fraction(78, 100)


@pytest.mark.parametrize(
    ("need", "places"),
    [
        pytest.param(1, [1, 1], id="a half goes up, and the shares exceed the need"),
        pytest.param(3, [2, 2], id="one and a half becomes two"),
        pytest.param(0, [0, 0], id="no need"),
    ],
)
def test_each_share_is_rounded_arithmetically(need: int, places: list[int]) -> None:
    found = shared(need, {A: 5, B: 5}, {A: "0", B: "0"})
    assert [share.places for share in found.shares] == places


def test_below_a_half_goes_down_where_the_housing_target_would_go_up() -> None:
    assert [
        share.places for share in shared(4, {A: 1, B: 1, C: 1}, dict.fromkeys((A, B, C), "0")).shares
    ] == [
        1,
        1,
        1,
    ]


def test_minors_are_shared_apart_by_the_same_weights() -> None:
    found = shared(100, {A: 30, B: 70}, {A: "0.2", B: "-0.4"}, minors=13)
    assert [share.minors_exact for share in found.shares] == [Fraction(6), Fraction(7)]
    assert [share.minors for share in found.shares] == [6, 7]
    assert [share.places for share in found.shares] == [46, 54]
    assert (found.total_minors, shared(1, {A: 1}, {A: "0"}).total_minors) == (13, None)


@pytest.mark.parametrize(
    ("need", "people", "scores", "minors", "wrong"),
    [
        pytest.param(-1, {A: 1}, {A: "0"}, None, "INP-06.*the need is -1", id="negative need"),
        pytest.param(1.5, {A: 1}, {A: "0"}, None, "INP-06.*the need is 1.5", id="a broken need"),
        pytest.param(1, {A: 1}, {A: "0"}, -2, "INP-06.*minors is -2", id="negative minors"),
        pytest.param(1, {A: 1}, {A: "-1"}, None, "INP-06.*score -1 of GM0001", id="no weight"),
        pytest.param(1, {A: 1, B: 1}, {A: "0"}, None, "INP-04.*no SES-WOA score for GM0002", id="no score"),
        pytest.param(
            1, {A: 1}, {A: "0", B: "0"}, None, "INP-04.*inhabitants for GM0002", id="nobody counted"
        ),
        pytest.param(1, {A: 0}, {A: "0"}, None, "REF-04", id="an empty country"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    need: int,
    people: Mapping[MunicipalityCode, int],
    scores: Mapping[MunicipalityCode, str],
    minors: int | None,
    wrong: str,
) -> None:
    with pytest.raises(EenthuisError, match=wrong):
        shared(need, people, scores, minors)


def site(
    places: int, first: str = "2023-01-01", last: str | None = None, kind: PlaceKind = PlaceKind.REGULAR
) -> ReceptionSite:
    ends = None if last is None else date.fromisoformat(last)
    return ReceptionSite(A, kind, places, date.fromisoformat(first), ends)


@pytest.mark.parametrize(
    ("sites", "outcome"),
    [
        pytest.param([site(100)], None, id="no end, large enough"),
        pytest.param([site(99)], NotDurable.TOO_FEW, id="one place too few"),
        pytest.param([site(60), site(40)], None, id="spread over sites of one municipality"),
        pytest.param([site(16, kind=PlaceKind.SPECIAL)], None, id="special, large enough"),
        pytest.param([site(15, kind=PlaceKind.SPECIAL)], NotDurable.TOO_FEW, id="special, too few"),
        pytest.param([site(100, last="2027-12-31")], None, id="five years to the day"),
        pytest.param([site(100, last="2027-12-30")], NotDurable.TOO_SHORT, id="a day less than five years"),
        pytest.param([site(100, first="2025-02-01")], None, id="within twelve months"),
        pytest.param([site(100, first="2025-02-02")], NotDurable.TOO_LATE, id="a day after twelve months"),
        pytest.param([site(100, "2010-01-01", "2024-01-31")], NotDurable.ENDED, id="ended the day before"),
        pytest.param([site(100, "2010-01-01", "2024-02-01")], None, id="ends today"),
    ],
)
def test_what_is_durable_and_deducted(sites: list[ReceptionSite], outcome: NotDurable | None) -> None:
    (found,) = durable_places(sites, as_of=DAY, law=LAW)
    places = sum(one.places for one in sites)
    kind = sites[0].kind
    if outcome is None:
        assert found == DurablePlaces(A, kind, places)
    else:
        assert found == NotDeducted(A, kind, places, outcome)


def test_regular_and_special_places_do_not_help_each_other() -> None:
    found = durable_places([site(90), site(12, kind=PlaceKind.SPECIAL)], as_of=DAY, law=LAW)
    assert [type(one) for one in found] == [NotDeducted, NotDeducted]


def test_a_province_sums_its_municipalities_and_deducts_what_is_durable() -> None:
    made = shared(300, {A: 1, B: 1, C: 1}, dict.fromkeys((A, B, C), "0"), minors=30)
    durable: list[DurablePlaces | NotDeducted] = [
        DurablePlaces(A, PlaceKind.REGULAR, 120),
        NotDeducted(C, PlaceKind.REGULAR, 9, NotDurable.TOO_FEW),
    ]
    tasks = provincial_tasks(made, {A: NORTH, B: NORTH, C: SOUTH}, durable)
    assert tasks == (ProvincialTask(NORTH, 200, 120, 20), ProvincialTask(SOUTH, 100, 0, 10))
    assert [(task.remaining, task.over) for task in tasks] == [(80, 0), (100, 0)]
    assert (ProvincialTask(NORTH, 100, 130).remaining, ProvincialTask(NORTH, 100, 130).over) == (0, 30)


def test_the_steps_of_a_cycle_end_the_day_before_the_law_names() -> None:
    found = cycle(2024, CYCLE)
    assert {one.step: (one.last_day, one.before) for one in found.steps} == {
        CycleStep.ESTIMATE: (date(2024, 1, 31), date(2024, 2, 1)),
        CycleStep.REPORT: (date(2024, 10, 31), date(2024, 11, 1)),
        CycleStep.DECISION: (date(2024, 12, 30), date(2024, 12, 31)),
        CycleStep.PLACES: (date(2025, 6, 30), None),
    }
    assert (found.first_day, found.last_day) == (date(2025, 1, 1), date(2026, 12, 31))
    assert [one.citation.article.split(",")[0] for one in found.steps] == [
        "arts. 2 and 3",
        "art. 4",
        "art. 5",
        "art. 7",
    ]


def test_the_term_for_places_counts_from_the_decision() -> None:
    found = cycle(2024, CYCLE, decided_on=date(2024, 12, 20))
    assert found.steps[-1].last_day == date(2025, 6, 20)


@pytest.mark.parametrize(
    ("year", "remedy"),
    [(2025, "ask for 2024 or 2026"), (2023, "ask for 2024"), (2027, "ask for 2026 or 2028")],
)
def test_no_cycle_begins_in_a_year_between(year: int, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        cycle(year, CYCLE)


def test_a_decision_before_its_cycle_is_refused() -> None:
    with pytest.raises(InputError, match="2023-12-31 lies before the cycle of 2024"):
        cycle(2024, CYCLE, decided_on=date(2023, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 5, 15), 0, date(2024, 5, 15)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_changed_estimate_is_a_new_computation_with_the_same_weights() -> None:
    before, after = (shared(need, {A: 30, B: 70}, {A: "0.2", B: "-0.4"}) for need in (100, 50))
    assert [share.exact for share in before.shares] == [2 * share.exact for share in after.shares]
