"""Easter, public holidays and the last day of a term: against published days, and against dateutil's Easter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as another_easter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.calendar import CalendarLaw, FixedHoliday, Term, TermUnit, calendar_law
from eenthuis.law.page import Page
from eenthuis.rules.calendar import easter, holidays, is_closed, last_day, open_day
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Authority
from eenthuis.terms.way import DeadlineKind

LAW = law_book().way(date(2026, 1, 1))
CALENDAR = LAW.calendar


def test_easter_is_what_another_program_reckons() -> None:
    assert [easter(year) for year in range(1900, 2200)] == [
        another_easter(year) for year in range(1900, 2200)
    ]


def test_a_reckoning_without_the_century_shift_would_be_wrong() -> None:
    assert easter(2026) != another_easter(2026, method=2)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26"),
        (2025, "01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26"),
        (2024, "01-01 03-29 04-01 04-27 05-05 05-09 05-10 05-20 12-25 12-26 12-27"),
    ],
)
def test_the_public_holidays_of_a_year(year: int, days: str) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in days.split()}
    assert holidays(year, CALENDAR) == expected


def test_the_day_of_the_king_is_kept_on_saturday_when_it_falls_on_sunday() -> None:
    assert date(2025, 4, 27).isoweekday() == 7
    assert date(2025, 4, 26) in holidays(2025, CALENDAR)
    assert date(2025, 4, 27) not in holidays(2025, CALENDAR)


@pytest.mark.parametrize(
    ("kind", "start", "ends"),
    [
        pytest.param(DeadlineKind.LINK, date(2026, 3, 3), date(2026, 3, 17), id="two weeks, a Tuesday"),
        pytest.param(
            DeadlineKind.LINK, date(2026, 3, 20), date(2026, 4, 7), id="Good Friday runs to Tuesday"
        ),
        pytest.param(DeadlineKind.LINK, date(2026, 4, 13), date(2026, 4, 28), id="the day of the King"),
        pytest.param(
            DeadlineKind.LEASE,
            date(2026, 3, 5),
            date(2026, 5, 18),
            id="ten weeks to Ascension Day, and the day after",
        ),
        pytest.param(DeadlineKind.MOVE, date(2026, 12, 11), date(2026, 12, 28), id="Christmas and a weekend"),
        pytest.param(
            DeadlineKind.WHOLE_WAY, date(2026, 3, 7), date(2026, 6, 13), id="fourteen weeks: too long"
        ),
        pytest.param(DeadlineKind.LEAVE_TRANSIT, date(2026, 4, 3), date(2027, 4, 3), id="365 days: too long"),
        pytest.param(
            DeadlineKind.LEAVE_HOTEL, date(2026, 8, 31), date(2027, 2, 28), id="six months: too long"
        ),
    ],
)
def test_the_last_day_of_a_term(kind: DeadlineKind, start: date, ends: date) -> None:
    assert last_day(start, LAW.terms[kind], CALENDAR) == ends


def test_terms_of_practice_are_extended_by_a_stated_choice_only() -> None:
    book = law_book().assuming({"calendar.extends_practice": False}, why="as the Act is written")
    law = book.way(date(2026, 1, 1))
    assert last_day(date(2026, 3, 20), law.terms[DeadlineKind.LINK], law.calendar) == date(2026, 4, 3)
    citation = next(one for one in CALENDAR.citations if one.key == "calendar.extends_practice")
    assert citation.authority is Authority.ASSUMPTION


@given(st.dates(date(2015, 1, 1), date(2060, 12, 31)), st.integers(1, 90))
def test_a_short_term_ends_on_an_open_day_and_never_before_its_length(start: date, days: int) -> None:
    ends = last_day(start, Term(days, TermUnit.DAYS, ()), CALENDAR)
    assert not is_closed(ends, CALENDAR)
    assert timedelta(days=days) <= ends - start <= timedelta(days=days + 4)


@given(st.dates(date(2015, 1, 1), date(2060, 12, 31)))
def test_a_later_term_never_ends_earlier(day: date) -> None:
    assert open_day(day, CALENDAR) <= open_day(day + timedelta(days=1), CALENDAR)


def test_the_properties_would_find_a_calendar_that_only_knows_weekends() -> None:
    weekends = CalendarLaw((), frozenset({6, 7}), CALENDAR.longest, extends_practice=True, citations=())
    assert is_closed(last_day(date(2026, 3, 20), Term(2, TermUnit.WEEKS, ()), weekends), CALENDAR)


@pytest.mark.parametrize(
    "written", ["25-12-2026", "pasen+1", "easter", "04-27 unless monday, then 04-26", "2026-05-32"]
)
def test_a_holiday_that_cannot_be_read_is_refused(written: str) -> None:
    def look_up(_: str) -> tuple[str, object]:
        return written, CALENDAR.citations[0]

    with pytest.raises(LawError, match="LAW-02"):
        calendar_law(Page(look_up, date(2026, 1, 1)), ("holiday.x",))  # type: ignore[arg-type]


def test_a_scheme_that_does_not_hold_on_a_day_has_no_term_then() -> None:
    assert DeadlineKind.LEAVE_TRANSIT not in law_book().way(date(2024, 1, 1)).terms
    assert FixedHoliday(4, 27, (4, 26)) in CALENDAR.holidays


def test_a_day_that_a_royal_decree_closes_moves_the_last_day_and_its_paper_comes_along() -> None:
    """Besluit van 24 oktober 2016, nr. 2016001827 (BWBR0038666), art. 1: Friday 26 May 2017, after Ascension Day."""
    term = law_book().way(date(2017, 5, 1)).terms[DeadlineKind.LINK]
    known, before = (law_book().calendar(day) for day in (date(2017, 5, 1), date(2016, 10, 31)))
    assert last_day(date(2017, 5, 12), term, known) == date(2017, 5, 29)
    assert last_day(date(2017, 5, 12), term, before) == date(2017, 5, 26)
    assert "holiday.decreed-2017-2019" in {one.key for one in known.citations}
    assert last_day(date(2026, 5, 1), LAW.terms[DeadlineKind.LINK], CALENDAR) == date(2026, 5, 18)
    assert last_day(date(2027, 5, 1), LAW.terms[DeadlineKind.LINK], CALENDAR) == date(2027, 5, 18)
