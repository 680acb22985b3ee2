"""The bill of reception on the command line: three scenarios, and bad input told with its remedy."""

from __future__ import annotations

import json

import pytest

from eenthuis.cli.main import main

ASKED = ["reception", "bill", "--places", "100", "--as-of", "2026-03-03", "--format", "json"]


def test_the_bill_names_what_is_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ASKED) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["scenario"], row["cents"]) for row in rows] == [
        ("low", 271_000_000),
        ("middle", 75 * 3_000_000 + 25 * 7_000_000),
        ("high", 50 * 3_000_000 + 50 * 9_100_000),
    ]
    assert rows[1]["assumed"] == "bill.middle.emergency_part"
    assert main([*ASKED, "--emergency-part", "0"]) == 0
    assert {row["emergency_places"] for row in json.loads(capsys.readouterr().out)["rows"]} == {0}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--emergency-part", "2"], "INP-01"),
        (["--emergency-part", "veel"], "INP-01"),
        (["--places", "0"], "INP-06"),
        (["--as-of", "2021-12-31"], "LAW-01"),
    ],
)
def test_what_cannot_be_used_is_told(capsys: pytest.CaptureFixture[str], more: list[str], code: str) -> None:
    assert main([*ASKED, *more]) == 2
    assert code in capsys.readouterr().err
