"""The checks pass on the packaged facts, and every one of them can fail."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.reference import checking
from eenthuis.reference.check_result import CheckResult
from eenthuis.reference.tables import card, rows, table_names
from eenthuis.terms.errors import ReferenceFactError


def test_the_packaged_facts_hold() -> None:
    assert [result for result in reference.checks() if not result.holds] == []
    checking.require(reference.checks())


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


def test_a_card_without_its_parts_is_refused(package: Path) -> None:
    path = package / "eenthuis" / "reference" / "facts" / "mergers.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("licence", "license"), encoding="utf-8")
    done = checked(package)
    path.write_text(good, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.startswith("REF-06")
    assert "the card of mergers lacks licence" in done.stderr


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


def test_the_first_failing_check_is_raised() -> None:
    good = CheckResult("municipalities add up to the country", "2020-01-01", "17407585", "17407585")
    failing = CheckResult("municipalities add up to the country", "2021-01-01", "17475415", "17475414")
    with pytest.raises(ReferenceFactError, match="expected 17475415, found 17475414"):
        checking.require((good, failing))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose facts a test may spoil."""
    folder = tmp_path_factory.mktemp("copy")
    source = Path(checking.__file__).parents[1]
    for part in ("terms", "reference", "connect", "cli"):
        shutil.copytree(
            source / part, folder / "eenthuis" / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    (folder / "eenthuis" / "__init__.py").write_text("")
    return folder


def checked(package: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", "reference", "check", "--format", "csv"],
        env={**os.environ, "PYTHONPATH": str(package)},
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("file", "stands", "spoilt", "failing"),
    [
        (
            "inhabitants.csv",
            "GM0344,2021-01-01,359370",
            "GM0344,2021-01-01,359371",
            "municipalities add up to the country",
        ),
        (
            "inhabitants.csv",
            "GM0344,2021-01-01,359370",
            "GM0344,2021-01-01,359371",
            "municipalities add up to the province",
        ),
        (
            "inhabitants.csv",
            "GM0344,2021-01-01,359370\n",
            "",
            "every municipality of the day has inhabitants, and no other",
        ),
        (
            "inhabitants.csv",
            "GM0344,2021-01-01",
            "GM9344,2021-01-01",
            "every municipality of the day has inhabitants, and no other",
        ),
        ("municipalities.csv", "2022-03-23", "2022-03-22", "a merged municipality ends the day before"),
        (
            "municipalities.csv",
            "GM0363,Amsterdam,Amsterdam,PV27",
            "GM0363,Amsterdam,Amsterdam,PV99",
            "province, COROP area and point known for each",
        ),
        ("mergers.csv", "GM0457,GM0363", "GM0457,GM9363", "the receiving municipality exists on the day"),
        ("mergers.csv", "GM0457,GM0363", "GM0363,GM0457", "every ended municipality has a merger"),
        (
            "announcements.csv",
            "2025-I/1,http",
            "2025-I/9,http",
            "each announcement replaces the one before it",
        ),
        ("announcements.csv", "2017-I/1,", "2016-II/1,", "identifiers are unique"),
        ("provinces.csv", "PV20,Groningen,groningen-friesland-drenthe\n", "", "provinces"),
        ("corop_areas.csv", "01,Oost-Groningen\n", "", "COROP areas"),
        ("reception.csv", "1995-12-31", "2025-12-31", "counts stand in order of day"),
        ("reception.csv", ",30166,", ",-1,", "a count is positive and has a source"),
        (
            "arrivals.csv",
            "2015-03,first-requests,syria",
            "2015-04,first-requests,syria",
            "every month stands there once, in order",
        ),
        (
            "arrivals.csv",
            "2015-01,first-requests,syria,315",
            "2015-01,first-requests,syria,316",
            "a month is a count rounded as published",
        ),
        (
            "arrivals_totals.csv",
            "2024,first-requests,syria,11525",
            "2024,first-requests,syria,11425",
            "months add up to the published year",
        ),
        (
            "arrivals_totals.csv",
            "2025,joining-relatives,all,16470",
            "2025,joining-relatives,all,15200",
            "the groups together are no more than everyone",
        ),
        ("mergers.toml", "giving =", "taking =", "the card describes the columns"),
    ],
)
def test_every_check_can_fail(package: Path, file: str, stands: str, spoilt: str, failing: str) -> None:
    path = package / "eenthuis" / "reference" / "facts" / file
    good = path.read_text(encoding="utf-8")
    assert stands in good
    path.write_text(good.replace(stands, spoilt, 1), encoding="utf-8")
    try:
        done = checked(package)
    finally:
        path.write_text(good, encoding="utf-8")
    assert done.returncode == 1, done.stderr
    found = csv.DictReader(io.StringIO(done.stdout))
    assert failing in {row["check"] for row in found if row["verdict"] == "FAILS"}
