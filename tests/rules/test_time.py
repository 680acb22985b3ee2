"""Deadlines, announcements, pace and its classes, who counts: one row per clause or practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from eenthuis.law import law_book
from eenthuis.rules.announcing import Remark, remarks
from eenthuis.rules.counting import counts, every_group
from eenthuis.rules.deadlines import (
    announced_in_time,
    announcement_deadline,
    linking_deadline,
    process_days,
)
from eenthuis.rules.progress import PaceClass, expected, months_passed, pace_class
from eenthuis.terms.errors import LawError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Progress

FIRST_2025 = HalfYear(2025, 1)
LAW_2025 = law_book().targets(FIRST_2025)
PACE = law_book().progress(HalfYear(2026, 1))


@pytest.mark.parametrize(
    ("half_year", "deadline"),
    [
        ("2018-I", date(2017, 10, 2)),
        ("2021-II", date(2021, 4, 1)),
        ("2023-I", date(2022, 10, 2)),
        ("2026-I", date(2025, 10, 2)),
        ("2026-II", date(2026, 4, 1)),
    ],
)
def test_the_number_is_published_thirteen_weeks_before(half_year: str, deadline: date) -> None:
    asked = HalfYear.parse(half_year)
    assert announcement_deadline(asked, law_book().targets(asked)) == deadline


@pytest.mark.parametrize(
    ("half_year", "day", "days", "in_time"),
    [
        pytest.param("2023-I", date(2022, 9, 30), -2, True, id="2023-I two days early"),
        pytest.param("2021-II", date(2021, 3, 29), -3, True, id="2021-II three days early"),
        pytest.param("2018-I", date(2017, 10, 5), 3, False, id="2018-I three days late"),
        pytest.param("2018-I", date(2017, 10, 2), 0, True, id="on the day itself is in time"),
    ],
)
def test_an_announcement_is_in_time_or_late(half_year: str, day: date, days: int, *, in_time: bool) -> None:
    asked = HalfYear.parse(half_year)
    found = announced_in_time(asked, day, law_book().targets(asked))
    assert (found.days, found.is_in_time) == (days, in_time)


@pytest.mark.parametrize(
    ("people", "announced_on", "replaced", "said"),
    [
        pytest.param(100, None, None, [Remark.DATE_UNKNOWN], id="day unknown"),
        pytest.param(100, date(2024, 10, 2), None, [Remark.IN_TIME], id="first number, in time"),
        pytest.param(100, date(2024, 10, 3), None, [Remark.LATE], id="first number, late"),
        pytest.param(
            90, date(2024, 9, 1), 100, [Remark.REPLACES_BEFORE, Remark.IN_TIME], id="replaced in time"
        ),
        pytest.param(90, date(2024, 12, 1), 100, [Remark.REPLACES_BEFORE, Remark.LATE], id="replaced late"),
        pytest.param(
            90, date(2025, 4, 1), 100, [Remark.NO_GROUND, Remark.DOWN_IS_PRACTICE], id="down inside"
        ),
        pytest.param(
            110, date(2025, 4, 1), 100, [Remark.NO_GROUND, Remark.UP_IS_NOT_PRACTICE], id="up inside"
        ),
        pytest.param(100, date(2025, 4, 1), 100, [Remark.NO_GROUND], id="the same inside"),
    ],
)
def test_an_announcement_gets_its_legal_remarks(
    people: int, announced_on: date | None, replaced: int | None, said: list[Remark]
) -> None:
    found = remarks(
        half_year=FIRST_2025, people=people, announced_on=announced_on, replaced_people=replaced, law=LAW_2025
    )
    assert list(found) == said


def test_a_law_with_a_ground_takes_the_remark_away() -> None:
    law = replace(LAW_2025, interim_change_has_ground=True, up_inside=True)
    found = remarks(
        half_year=FIRST_2025, people=110, announced_on=date(2025, 4, 1), replaced_people=100, law=law
    )
    assert found == ()


def test_two_ten_and_two_weeks_from_permit_to_key() -> None:
    found = process_days(date(2026, 1, 1), law_book().process(date(2026, 1, 1)))
    assert (found.linked_by, found.home_by, found.moved_by) == (
        date(2026, 1, 15),
        date(2026, 3, 26),
        date(2026, 4, 9),
    )


@pytest.mark.parametrize(("half_year", "day"), [("2026-I", date(2026, 4, 1)), ("2026-II", date(2026, 10, 1))])
def test_enough_people_are_linked_by_the_fourth_month(half_year: str, day: date) -> None:
    asked = HalfYear.parse(half_year)
    assert linking_deadline(asked, law_book().linking(asked.first_day)) == day


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2025, 12, 1), 0),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 31), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 6, 30), 5),
        (date(2026, 7, 1), 6),
        (date(2027, 1, 1), 6),
    ],
)
def test_whole_months_that_have_passed(day: date, months: int) -> None:
    assert months_passed(HalfYear(2026, 1), day) == months


def test_a_sixth_is_expected_each_month_and_nothing_of_a_lead() -> None:
    half_year = HalfYear(2026, 1)
    assert expected(60, half_year, date(2026, 4, 1), PACE) == 30
    assert expected(10, half_year, date(2026, 2, 1), PACE) == Fraction(5, 3)
    assert expected(-10, half_year, date(2026, 4, 1), PACE) == 0


@pytest.mark.parametrize(
    ("corrected", "realised", "asked", "pace"),
    [
        pytest.param(60, 60, Fraction(30), PaceClass.MET, id="the whole target"),
        pytest.param(-4, 0, Fraction(0), PaceClass.MET, id="a lead over the whole target"),
        pytest.param(60, 30, Fraction(30), PaceClass.ON_SCHEDULE, id="exactly the pace"),
        pytest.param(60, 0, Fraction(0), PaceClass.ON_SCHEDULE, id="the first day asks nothing"),
        pytest.param(60, 29, Fraction(30), PaceClass.BEHIND, id="one short of the pace"),
        pytest.param(60, 15, Fraction(30), PaceClass.BEHIND, id="exactly half the pace"),
        pytest.param(60, 14, Fraction(30), PaceClass.FAR_BEHIND, id="under half the pace"),
    ],
)
def test_pace_classes(corrected: int, realised: int, asked: Fraction, pace: PaceClass) -> None:
    half_year = HalfYear(2026, 1)
    progress = Progress(
        MunicipalityCode("GM0001"), half_year, date(2026, 4, 1), corrected, realised, 0, asked
    )
    assert pace_class(progress, PACE) is pace


def test_the_limits_of_the_classes_are_settings() -> None:
    law = replace(PACE, on_schedule_from=Fraction(9, 10), far_behind_below=Fraction(3, 4))
    half_year = HalfYear(2026, 1)
    found = [
        pace_class(
            Progress(MunicipalityCode("GM0001"), half_year, date(2026, 4, 1), 60, realised, 0, Fraction(30)),
            law,
        )
        for realised in (27, 26, 22)
    ]
    assert found == [PaceClass.ON_SCHEDULE, PaceClass.BEHIND, PaceClass.FAR_BEHIND]


@pytest.mark.parametrize(
    ("group", "does", "authority"),
    [
        ("reception-centre", True, "inferred"),
        ("own-search", True, "assumption"),
        ("joining-relative-in-centre", True, "practice"),
        ("joining-relative-direct", True, "assumption"),
        ("hotel-scheme", False, "assumption"),
        ("interim-facility", True, "assumption"),
        ("invited-refugee", True, "assumption"),
        ("unaccompanied-minor", True, "assumption"),
        ("child-born-after-permit", True, "assumption"),
        ("temporary-protection", False, "inferred"),
        ("evacuee-added", True, "circular"),
        ("moved-later", True, "assumption"),
        ("wadden-islands", True, "inferred"),
    ],
)
def test_each_group_is_a_switch_with_its_authority(group: str, authority: str, *, does: bool) -> None:
    found = counts(group, law_book().counting(date(2023, 3, 1)))
    assert (found.counts, found.citation.authority) == (does, authority)


def test_a_transit_location_counts_from_the_day_of_its_scheme() -> None:
    with pytest.raises(LawError, match="does not say whether 'transit-location' counts"):
        counts("transit-location", law_book().counting(date(2023, 3, 1)))
    assert counts("transit-location", law_book().counting(date(2025, 4, 9))).counts


def test_a_switch_can_be_turned_for_a_scenario() -> None:
    book = law_book().assuming({"counting.hotel-scheme": True}, why="what if it counts")
    found = counts("hotel-scheme", book.counting(date(2023, 3, 1)))
    assert found.counts
    assert found.citation.authority == "assumption"


def test_all_groups_can_be_listed() -> None:
    names = [found.group for found in every_group(law_book().counting(date(2026, 7, 1)))]
    assert len(names) == 13
    assert names == sorted(names)
    assert "evacuee-added" not in names
