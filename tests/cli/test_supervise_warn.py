"""``eenthuis supervise warn`` from the outside: chances with what they rest on, and bad files told by row."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]
CODES = ["GM0344", "GM0310", "GM0307", "GM0356", "GM0363", "GM0599"] * 4
PLACES = sorted(
    {
        *CODES,
        *(f"GM{number:04d}" for number in (14, 34, 37, 47, 50, 59, 60, 72, 74, 80, 85, 86, 88, 90, 93, 96)),
    }
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Write targets and links of three half-years."""
    folder = tmp_path_factory.mktemp("warn")
    rng = np.random.default_rng(5)
    targets, links = ["code,half_year,corrected_target"], ["code,persons,linked_on,signed_off_on"]
    for code in PLACES:
        for name, first in (
            ("2024-II", date(2024, 7, 1)), ("2025-I", date(2025, 1, 1)), ("2025-II", date(2025, 7, 1)),
        ):  # fmt: skip
            targets.append(f"{code},{name},20")
            for _ in range(int(rng.integers(4, 14))):
                linked = first + timedelta(days=int(rng.integers(0, 180)))
                signed = linked + timedelta(days=int(20 + rng.gamma(2.0, 30)))
                written = signed.isoformat() if signed < date(2025, 10, 1) else ""
                if linked < date(2025, 10, 1):
                    links.append(f"{code},{int(rng.integers(1, 5))},{linked.isoformat()},{written}")
    (folder / "targets.csv").write_text("\n".join(targets), encoding="utf-8")
    (folder / "links.csv").write_text("\n".join(links), encoding="utf-8")
    return str(folder / "targets.csv"), str(folder / "links.csv")


def asked(
    files: tuple[str, str], *more: str, as_of: str = "2025-10-01", half_year: str = "2025-II"
) -> list[str]:
    targets, links = files
    return [
        "supervise", "warn", "--half-year", half_year, "--targets", targets, "--links", links, "--as-of", as_of, *more,
    ]  # fmt: skip


def refused(capsys: Printed, arguments: list[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_one_row_per_municipality_and_the_same_in_every_form(capsys: Printed, files: tuple[str, str]) -> None:
    assert main([*asked(files), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sorted(row["code"] for row in rows) == PLACES
    assert "(chosen)" in err
    assert "warning.threshold=1/4" in err
    assert main([*asked(files), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in document["rows"]] == [row["code"] for row in rows]
    assert {score["model"] for score in document["scores"]} >= {"pace", "pipeline"}
    assert document["reliability"]
    assert len(document["assumptions"]) == 4
    assert main([*asked(files, "--province", "Utrecht"), "--format", "csv"]) == 0
    own = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["province"] for row in own} == {"Utrecht"}


def test_days_and_files_that_cannot_be_are_told(
    capsys: Printed, files: tuple[str, str], tmp_path: Path
) -> None:
    assert "2026-01-01 does not lie in 2025-II" in refused(capsys, asked(files, as_of="2026-01-01"))
    assert "no row is of 2026-I" in refused(capsys, asked(files, as_of="2026-02-01", half_year="2026-I"))
    bad = tmp_path / "links.csv"
    bad.write_text(
        "code,persons,linked_on,signed_off_on\nGM0344,0,2025-01-01,\nGM0344,2,2025-02-01,2025-01-01\n"
        "GM9999,2,2025-02-01,\nGM0344,2,gisteren,\n",
        encoding="utf-8",
    )
    err = refused(capsys, asked((files[0], str(bad))))
    for said in ("row 2", "row 5", "gisteren"):
        assert said in err
    bad.write_text("code,persons,linked_on,signed_off_on\nGM0344,2,2025-02-01,2025-01-01\n", encoding="utf-8")
    assert "lies before the link" in refused(capsys, asked((files[0], str(bad))))
    bad.write_text("code,persons\nGM0344,2\n", encoding="utf-8")
    assert "linked_on" in refused(capsys, asked((files[0], str(bad))))
    assert "INP-07" in refused(capsys, asked((str(tmp_path / "none.csv"), files[1])))
