"""What history showed of deviations is what the packaged table says, and nothing in it looks ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eenthuis import reference
from eenthuis.cli.forecast_deviations import row
from eenthuis.forecast.deviating import arrivals_in_a_year, arrivals_signal, past_deviations
from eenthuis.forecast.series import Series
from eenthuis.law import law_book
from eenthuis.rules.deviation import Told
from eenthuis.terms.half_year import HalfYear


def test_history_is_as_the_packaged_table_says() -> None:
    """2025-I: arrivals were 13 percent down on 30 April 2025, the day by which 15,000 had been announced for 17,700."""
    told: list[tuple[int, int]] = []
    found = past_deviations(law_book().deviation, lambda done, of: told.append((done, of)))
    assert [{name: str(value) for name, value in row(one).items()} for one in found] == [
        dict(one) for one in reference.past_deviations()
    ]
    assert told == [(place, len(found)) for place in range(1, len(found) + 1)]
    lowered = next(
        one for one in found if (one.told.half_year, one.told.people) == (HalfYear(2025, 1), 17_700)
    )
    assert (lowered.shown_on, lowered.told_on, lowered.instead, lowered.days) == (
        date(2025, 4, 30), date(2025, 4, 30), 15_000, 0,
    )  # fmt: skip


def test_arrivals_not_known_yet_change_nothing(packaged: tuple[Series, ...]) -> None:
    day, told = date(2025, 3, 15), Told(HalfYear(2025, 1), 17_700, date(2025, 1, 1), "example")
    later = tuple(
        replace(
            one,
            months=tuple(
                replace(month, people=month.people * 1000) if month.known_from > day else month
                for month in one.months
            ),
        )
        for one in packaged
    )
    assert arrivals_signal(told, packaged, day) == arrivals_signal(told, later, day)
    assert arrivals_in_a_year(packaged, date(2015, 6, 30)) == 0
