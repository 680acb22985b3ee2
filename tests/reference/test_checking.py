"""The checks pass on the packaged facts, and every one of them can fail."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from eenthuis import reference
from eenthuis.reference import checking
from eenthuis.reference.checking import CheckResult
from eenthuis.reference.tables import card, rows, table_names
from eenthuis.terms.errors import ReferenceFactError


def test_the_packaged_facts_hold() -> None:
    assert [result for result in reference.checks() if not result.holds] == []
    checking.require()


def test_every_year_is_added_up_for_the_country_and_each_province() -> None:
    counted = Counter(result.check for result in reference.checks())
    years = len(reference.reference_dates())
    assert years == 8
    assert counted["municipalities add up to the country"] == years
    assert counted["municipalities add up to the province"] == 12 * years
    assert counted["every municipality of the day has inhabitants, and no other"] == years


def test_a_check_that_differs_does_not_hold() -> None:
    assert CheckResult("sum", "2021", "3", "3").holds
    assert not CheckResult("sum", "2021", "3", "4").holds


@pytest.mark.parametrize("table", table_names())
def test_every_table_has_a_card_with_source_licence_and_limits(table: str) -> None:
    described = card(table)
    columns = described["columns"]
    assert isinstance(columns, dict)
    assert set(columns) == set(rows(table)[0])
    assert all(str(meaning).strip() for meaning in columns.values())
    assert isinstance(described["checked_on"], date)
    assert described["licence"]


def test_an_unknown_table_is_an_error_not_an_empty_list() -> None:
    with pytest.raises(FileNotFoundError):
        rows("nothing")


def test_reading_the_facts_loads_neither_numpy_nor_django() -> None:
    asked = (
        "import sys; from eenthuis import reference; reference.checks();"
        "print([name for name in ('numpy', 'django', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_failing_check_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = CheckResult("municipalities add up to the country", "2021-01-01", "17475415", "17475414")
    monkeypatch.setattr(checking, "checks", lambda: (failing,))
    with pytest.raises(ReferenceFactError, match="expected 17475415, found 17475414"):
        checking.require()
