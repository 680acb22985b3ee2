"""``eenthuis targets verify`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]


def computed(capsys: Printed, half_year: str, *arguments: str) -> dict[str, int]:
    assert main(["targets", "compute", "--half-year", half_year, *arguments, "--format", "json"]) == 0
    return {row["code"]: row["net_target"] for row in json.loads(capsys.readouterr().out)["rows"]}


def written(path: Path, published: dict[str, int]) -> str:
    path.write_text(
        "code;published\n" + "".join(f"{c};{n}\n" for c, n in published.items()), encoding="utf-8-sig"
    )
    return str(path)


def verified(capsys: Printed, ends: int, *arguments: str) -> dict[str, Any]:
    assert main(["targets", "verify", *arguments, "--format", "json"]) == ends
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def test_what_was_computed_verifies(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "published.csv", computed(capsys, "2023-I"))
    read = verified(capsys, 0, file, "--half-year", "2023-I")
    assert (read["compared"], read["different"], read["unexplained"]) == (342, 0, 0)
    assert read["best_fits"][0]["is_the_rule_used"] is True


def test_a_difference_of_one_is_explained_by_the_other_rounding(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "published.csv", computed(capsys, "2023-I", "--rounding", "up"))
    read = verified(capsys, 0, file, "--half-year", "2023-I")
    different = [row for row in read["rows"] if row["difference"]]
    assert len(different) == read["different"] > 100
    assert all("fits up rounding instead of arithmetic" in row["explanation"] for row in different)
    assert read["best_fits"][0] == {
        "rounding": "up",
        "reference_rule": "year-before-announcement",
        "reference_date": "2021-01-01",
        "national": 21200,
        "equal": 342,
        "compared": 342,
        "is_the_rule_used": False,
    }


def test_a_difference_is_explained_by_the_other_reference_date(capsys: Printed, tmp_path: Path) -> None:
    other = computed(capsys, "2023-I", "--reference-rule", "year-before-half-year")
    own = computed(capsys, "2023-I")
    code = next(code for code in own if abs(own[code] - other[code]) > 1)
    file = written(tmp_path / "published.csv", {code: other[code]})
    read = verified(capsys, 0, file, "--half-year", "2023-I")
    assert "inhabitants of 2022-01-01 (year-before-half-year)" in read["rows"][0]["explanation"]


def test_a_number_that_was_replaced_explains_too(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "published.csv", computed(capsys, "2025-I", "--national", "17700"))
    read = verified(capsys, 0, file, "--half-year", "2025-I")
    utrecht = next(row for row in read["rows"] if row["code"] == "GM0344")
    assert utrecht["explanation"] == "fits national number 17700 instead of 15000"


def test_another_number_in_circulation_can_be_tried(capsys: Printed, tmp_path: Path) -> None:
    file = written(
        tmp_path / "published.csv", {"GM0363": computed(capsys, "2022-I", "--national", "9000")["GM0363"]}
    )
    assert verified(capsys, 1, file, "--half-year", "2022-I")["unexplained"] == 1
    read = verified(capsys, 0, file, "--half-year", "2022-I", "--or-national", "9000")
    assert "national number 9000 instead of 10000" in read["rows"][0]["explanation"]


@pytest.mark.parametrize("form", ["csv", "table"])
def test_what_stays_unexplained_ends_with_1(form: str, capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "published.csv", {"Delft": 126, "GM0629": 99})
    assert main(["targets", "verify", file, "--half-year", "2023-I", "--format", form]) == 1
    out, err = capsys.readouterr()
    assert "2 compared, 1 differ, 1 without explanation." in (err if form == "csv" else out)
    if form == "csv":
        delft, wassenaar = csv.DictReader(io.StringIO(out))
        assert list(delft) == ["code", "name", "published", "computed", "difference", "explanation"]
        assert (delft["code"], delft["difference"], delft["explanation"]) == ("GM0503", "0", "")
        assert (wassenaar["computed"], wassenaar["difference"], wassenaar["explanation"]) == ("33", "66", "")


def test_where_one_reference_date_is_not_packaged_the_others_are_tried(
    capsys: Printed, tmp_path: Path
) -> None:
    file = written(tmp_path / "published.csv", {"GM1942": 18})
    read = verified(capsys, 0, file, "--half-year", "2020-I")
    assert read["rows"][0]["explanation"] == (
        "fits arithmetic rounding instead of up or down rounding instead of up"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,published\nBergen,3\n", ["REF-02", "row 2"]),
        ("code,published\nGM0457,3\n", ["REF-03", "Amsterdam"]),
        ("code,published\nGM0344,3\nUtrecht (gemeente),4\n", ["INP-03", "row 3"]),
        ("code,published\nGM0344,3.5\n", ["INP-01", "row 2", "published"]),
        ("code\nGM0344\n", ["INP-02", "published"]),
        ("", ["INP-02"]),
    ],
)
def test_bad_files_are_refused(text: str, said: list[str], capsys: Printed, tmp_path: Path) -> None:
    file = tmp_path / "published.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["targets", "verify", str(file), "--half-year", "2023-I"]) == 2
    err = capsys.readouterr().err
    for part in ["published.csv", *said]:
        assert part in err


def test_a_code_without_a_target_is_refused(capsys: Printed, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("code,inhabitants\nGM0001,5\n", encoding="utf-8")
    file = written(tmp_path / "published.csv", {"GM0002": 3})
    asked = ["--half-year", "2016-II", "--national", "9", "--inhabitants", str(people)]
    assert main(["targets", "verify", file, *asked]) == 2
    assert "no target was computed for GM0002" in capsys.readouterr().err
