"""``eenthuis link criteria`` and the page of the documentation say what the registers hold."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from pathlib import Path

import pytest

from eenthuis.cli.main import main
from eenthuis.matching.registers import every_criterion

Printed = pytest.CaptureFixture[str]
GENERATE = Path(__file__).resolve().parents[2] / "docs" / "generate.py"


def test_every_criterion_is_listed_with_its_basis_and_source(capsys: Printed) -> None:
    assert main(["link", "criteria", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["key"] for row in rows] == [one.key for one in every_criterion()]
    for row, one in zip(rows, every_criterion(), strict=True):
        assert (row["meaning"], row["unit"], row["basis"], row["source"]) == (
            one.meaning,
            one.unit,
            one.basis.value,
            one.source,
        )
        assert bool(row["number"]) == (one.setting is not None)


def test_one_kind_is_listed_when_asked(capsys: Printed) -> None:
    assert main(["link", "criteria", "--kind", "soft", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["key"]: row["number"] for row in rows}["soft:region"] == 0.5
    assert {row["key"].partition(":")[0] for row in rows} == {"soft"}


def test_a_table_is_printed_on_a_terminal_too(capsys: Printed) -> None:
    assert main(["link", "criteria", "--format", "table"]) == 0
    assert "hard:work-contract" in capsys.readouterr().out


def test_the_reference_page_has_a_line_for_every_criterion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(GENERATE.parent))
    spec = importlib.util.spec_from_file_location("generate", GENERATE)
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    page = pages.PAGES["criteria"]()
    for one in every_criterion():
        assert f"| `{one.key}` | {one.meaning} | {one.unit} | {one.basis.value} |" in page
