"""The law of reception places holds from its first day, not before, and not after an assumed repeal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eenthuis.law import law_book
from eenthuis.law.reception import IN_FORCE
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Authority, Rounding

FIRST = date(2024, 2, 1)
REPEALED = date(2026, 2, 1)
DAY = timedelta(days=1)
SCENARIO = law_book().assuming({IN_FORCE: False}, why="repeal after the first cycle", first_day=REPEALED)


def test_it_holds_on_its_first_day_and_not_the_day_before() -> None:
    assert law_book().reception(FIRST).rounding is Rounding.ARITHMETIC
    for ask in (law_book().reception, law_book().reception_cycle):
        with pytest.raises(LawError, match="next day it holds is 2024-02-01"):
            ask(FIRST - DAY)


def test_it_ends_exactly_on_the_day_of_an_assumed_repeal() -> None:
    assert SCENARIO.reception(REPEALED - DAY).citations[0].authority is Authority.DECREE
    for ask in (SCENARIO.reception, SCENARIO.reception_cycle):
        with pytest.raises(
            LawError, match=r"does not hold on 2026-02-01 \(assumption: repeal after the first"
        ):
            ask(REPEALED)


def test_an_assumed_repeal_leaves_the_book_itself_alone() -> None:
    assert law_book().reception(REPEALED).smallest_regular == 100
    with pytest.raises(LawError, match="has no value on 2024-01-31"):
        SCENARIO.reception(FIRST - DAY)


def test_a_value_that_ended_before_the_scenario_stays_whole() -> None:
    book = law_book().assuming({"targets.rounding": "down"}, why="example", first_day=date(2024, 7, 1))
    held = {day: book.look_up("targets.rounding", day)[0] for day in (date(2022, 1, 1), date(2024, 6, 30))}
    assert held == {date(2022, 1, 1): "arithmetic", date(2024, 6, 30): "up"}
    assert book.look_up("targets.rounding", date(2027, 1, 1))[0] == "down"


def test_the_next_day_of_a_value_is_known() -> None:
    assert law_book().next_day(IN_FORCE, date(2023, 1, 1)) == FIRST
    assert law_book().next_day(IN_FORCE, FIRST) is None


def test_the_numbers_of_the_act_and_its_decree() -> None:
    law = law_book().reception(FIRST)
    assert (law.durable_years, law.smallest_regular, law.smallest_special) == (5, 100, 16)
    assert str(law.grant_above) == "3/4"
    assert all(citation.first_day == FIRST for citation in law.citations)
    assert {citation.authority for citation in law.citations} <= {
        Authority.STATUTE,
        Authority.DECREE,
        Authority.INFERRED,
    }


def test_a_day_of_the_year_that_is_none_is_refused() -> None:
    book = law_book().assuming({"reception.cycle.report_before": "11-31"}, why="example")
    with pytest.raises(LawError, match=r"LAW-02.*report_before is '11-31'"):
        book.reception_cycle(FIRST)
