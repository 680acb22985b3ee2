"""Inhabitants, announcements and reception: the published figures, and an error where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from eenthuis import reference
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.targets import AnnouncementStatus


@pytest.mark.parametrize(
    ("year", "country"),
    [
        (2019, 17_282_163),
        (2020, 17_407_585),
        (2021, 17_475_415),
        (2022, 17_590_672),
        (2023, 17_811_291),
        (2024, 17_942_942),
        (2025, 18_044_027),
        (2026, 18_130_208),
    ],
)
def test_the_country_as_cbs_published_it(year: int, country: int) -> None:
    """CBS StatLine 03759ned, 1 January."""
    counted = reference.inhabitants(date(year, 1, 1))
    assert counted.country == country == sum(counted.people.values())
    assert set(counted.people) == {m.code for m in reference.municipalities(date(year, 1, 1))}


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2021, 7, 1), date(2027, 1, 1)])
def test_no_inhabitants_are_made_up(day: date) -> None:
    with pytest.raises(ReferenceFactError) as caught:
        reference.inhabitants(day)
    assert caught.value.code == "REF-04"
    assert "2026-01-01" in str(caught.value)


def test_inhabitants_cannot_be_changed() -> None:
    people = reference.inhabitants(date(2021, 1, 1)).people
    with pytest.raises(TypeError):
        people["GM0344"] = 1  # type: ignore[index]


@pytest.mark.parametrize(
    ("half_year", "people", "status"),
    [
        ("2016-II", 23_000, AnnouncementStatus.PRESS),
        ("2017-I", 13_000, AnnouncementStatus.PRESS),
        ("2017-II", 10_000, AnnouncementStatus.PRESS),
        ("2018-I", 13_000, AnnouncementStatus.OFFICIAL),
        ("2020-II", 6_500, AnnouncementStatus.PRESS),
        ("2021-II", 11_000, AnnouncementStatus.PRESS),
        ("2022-I", 10_000, AnnouncementStatus.PRESS),
        ("2022-II", 13_500, AnnouncementStatus.PRESS),
        ("2023-I", 21_200, AnnouncementStatus.OFFICIAL),
        ("2023-II", 27_300, AnnouncementStatus.PRESS),
        ("2025-I", 17_700, AnnouncementStatus.PRESS),
        ("2025-II", 13_000, AnnouncementStatus.PRESS),
        ("2026-I", 15_000, AnnouncementStatus.SECONDARY),
    ],
)
def test_the_national_numbers_as_they_were_published(
    half_year: str, people: int, status: AnnouncementStatus
) -> None:
    first = reference.announcements(HalfYear.parse(half_year))[0]
    assert (first.people, first.status) == (people, status)
    assert first.source.startswith("http")


@pytest.mark.parametrize("half_year", ["2024-I", "2024-II", "2026-I"])
def test_what_only_a_secondary_source_says_is_marked(half_year: str) -> None:
    (only,) = reference.announcements(HalfYear.parse(half_year))
    assert only.status is AnnouncementStatus.SECONDARY
    assert "unverified" in only.note


@pytest.mark.parametrize("half_year", ["2020-I", "2021-I"])
def test_what_was_worked_out_from_a_year_is_marked(half_year: str) -> None:
    (only,) = reference.announcements(HalfYear.parse(half_year))
    assert only.status is AnnouncementStatus.DERIVED
    assert "not published as such" in only.note


@pytest.mark.parametrize(
    ("as_of", "people"),
    [(date(2024, 11, 1), 17_700), (date(2025, 3, 31), 17_700), (date(2025, 5, 1), 15_000)],
)
def test_the_number_lowered_inside_its_half_year(as_of: date, people: int) -> None:
    in_force = reference.announcement_in_force(HalfYear(2025, 1), as_of)
    assert in_force.people == people
    assert [a.people for a in reference.announcements(HalfYear(2025, 1))] == [17_700, 15_000]
    assert [a.replaces for a in reference.announcements(HalfYear(2025, 1))] == [None, "2025-I/1"]


@pytest.mark.parametrize(
    ("half_year", "as_of", "told"),
    [
        (HalfYear(2023, 1), date(2022, 9, 29), "first announced on 2022-09-30"),
        (HalfYear(2019, 1), date(2019, 1, 1), "--national"),
        (HalfYear(2026, 2), date(2026, 7, 1), "--national"),
    ],
)
def test_no_number_before_it_is_announced(half_year: HalfYear, as_of: date, told: str) -> None:
    with pytest.raises(ReferenceFactError) as caught:
        reference.announcement_in_force(half_year, as_of)
    assert caught.value.code == "REF-05"
    assert told in str(caught.value)


def test_all_announcements_stand_in_order() -> None:
    half_years = [a.half_year for a in reference.announcements()]
    assert half_years == sorted(half_years)


def test_reception_is_dated_and_sourced() -> None:
    history = reference.reception_history()
    assert [c.day for c in history] == sorted(c.day for c in history)
    assert all(c.source and c.number >= 0 for c in history)
    assert {c.number for c in history if c.day == date(2001, 12, 31)} == {83_801}
