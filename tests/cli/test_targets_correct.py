"""``eenthuis targets correct`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.terms.half_year import HalfYear

Printed = pytest.CaptureFixture[str]
Line = tuple[object, ...]


def lines(*half_years: str, realised: int = 30) -> list[Line]:
    return [
        (m.code, half_year, realised)
        for half_year in half_years
        for m in reference.municipalities(HalfYear.parse(half_year).first_day)
    ]


def written(path: Path, found: Iterable[Line], header: str = "code,half_year,realised") -> str:
    path.write_text("\n".join([header, *(",".join(map(str, line)) for line in found)]), encoding="utf-8")
    return str(path)


def document(capsys: Printed, *arguments: str) -> dict[str, Any]:
    assert main(["targets", "correct", *arguments, "--format", "json"]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def refused(capsys: Printed, *arguments: str) -> str:
    assert main(["targets", "correct", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def net(capsys: Printed, half_year: str, *arguments: str) -> dict[str, int]:
    assert main(["targets", "compute", "--half-year", half_year, *arguments, "--format", "json"]) == 0
    return {row["code"]: row["net_target"] for row in json.loads(capsys.readouterr().out)["rows"]}


def test_columns_and_sums(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "realised.csv", lines("2022-II"))
    assert main(["targets", "correct", "--half-year", "2023-I", "--realised", file, "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].endswith("exact,net_target,backlog_or_lead,corrected_target,pace_per_month")
    earlier = net(capsys, "2022-II")
    for row in csv.DictReader(io.StringIO(out)):
        code, corrected = row["code"], int(row["corrected_target"])
        assert corrected == int(row["net_target"]) + int(row["backlog_or_lead"])
        assert float(row["pace_per_month"]) == pytest.approx(max(corrected, 0) / 6, abs=0.005)
        if code in earlier:
            assert int(row["backlog_or_lead"]) == earlier[code] - 30


def test_the_chain_is_carried_oldest_first_through_mergers(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "realised.csv", lines("2021-II", "2022-I", "2022-II"))
    read = document(capsys, "--half-year", "2023-I", "--realised", file)
    asked = {row["code"]: row for row in read["rows"]}
    parts = ["GM0501", "GM0530", "GM0614"]  # Brielle, Hellevoetsluis, Westvoorne: Voorne aan Zee from 2023
    targets = [net(capsys, half_year) for half_year in ("2021-II", "2022-I", "2022-II")]
    assert asked["GM1992"]["backlog_or_lead"] == sum(t[code] - 30 for t in targets for code in parts)
    weesp = targets[0]["GM0457"] + targets[1]["GM0457"] - 60
    amsterdam = sum(t["GM0363"] - 30 for t in targets)
    assert asked["GM0363"]["backlog_or_lead"] == amsterdam + weesp
    owed = sum(sum(t.values()) for t in targets) - 30 * len(lines("2021-II", "2022-I", "2022-II"))
    assert read["total_backlog"] - read["total_lead"] == owed
    assert read["total_corrected"] == read["total"] + owed
    assert [one["half_year"] for one in read["earlier"]] == ["2021-II", "2022-I", "2022-II"]
    assert any("begins on 2021-07-01 without backlog or lead" in remark for remark in read["remarks"])


def test_amsterdam_may_answer_for_weesp_in_the_half_year_of_the_merger(
    capsys: Printed, tmp_path: Path
) -> None:
    together = [
        (code, half_year, 60 if code == "GM0363" else realised)
        for code, half_year, realised in lines("2022-I")
        if code != "GM0457"
    ] + lines("2022-II")
    apart = written(tmp_path / "apart.csv", lines("2022-I", "2022-II"))
    joined = written(tmp_path / "joined.csv", together)
    first = document(capsys, "--half-year", "2023-I", "--realised", apart)
    second = document(capsys, "--half-year", "2023-I", "--realised", joined)
    assert first["rows"] == second["rows"]


def test_a_national_number_may_stand_in_the_file_or_beside_it(capsys: Printed, tmp_path: Path) -> None:
    header = "code,half_year,realised,national"
    inside = written(tmp_path / "inside.csv", [(*line, 9979) for line in lines("2022-I")], header)
    read = document(capsys, "--half-year", "2022-II", "--realised", inside)
    assert read["earlier"][0]["national"] == 9979
    plain_file = written(tmp_path / "plain.csv", lines("2022-I"))
    beside = written(tmp_path / "announced.csv", [("2022-I", 9979)], "half_year,national")
    other = document(capsys, "--half-year", "2022-II", "--realised", plain_file, "--announcements", beside)
    assert other["rows"] == read["rows"]
    packaged = document(capsys, "--half-year", "2022-II", "--realised", plain_file)
    assert packaged["earlier"][0]["national"] == 10_000


def test_the_number_that_held_at_the_end_of_the_half_year_is_carried(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "realised.csv", lines("2025-I"))
    read = document(capsys, "--half-year", "2025-II", "--realised", file)
    assert read["earlier"][0]["national"] == 15_000


def test_names_will_do_and_ambiguous_ones_are_refused(capsys: Printed, tmp_path: Path) -> None:
    named = [("Den Haag" if code == "GM0518" else code, *rest) for code, *rest in lines("2022-II")]
    file = written(tmp_path / "named.csv", named)
    assert document(capsys, "--half-year", "2023-I", "--realised", file)["total_corrected"]
    twice = [("Bergen" if code in {"GM0373", "GM0893"} else code, *rest) for code, *rest in lines("2022-II")]
    err = refused(capsys, "--half-year", "2023-I", "--realised", written(tmp_path / "bergen.csv", twice))
    assert err.count("REF-02") == 2


@pytest.mark.parametrize(
    ("found", "header", "said"),
    [
        pytest.param(lines("2022-I"), None, ["INP-04", "2022-II is missing"], id="a gap before the target"),
        pytest.param(
            lines("2021-II", "2022-II"), None, ["INP-04", "2022-I is missing"], id="a gap inside the chain"
        ),
        pytest.param(
            lines("2022-I")[1:] + lines("2022-II"),
            None,
            ["INP-04", "no realised people in 2022-I for Groningen (GM0014)"],
            id="a municipality missing in one half-year",
        ),
        pytest.param(lines("2023-I"), None, ["INP-06", "does not lie before"], id="not earlier"),
        pytest.param([*lines("2022-II"), ("GM0014", "2022-II", 3)], None, ["INP-03", "GM0014"], id="twice"),
        pytest.param([("GM0014", "2022-III", 3)], None, ["INP-01", "half_year", "row 2"], id="no half-year"),
        pytest.param([("GM0014", "2022-II", "x")], None, ["INP-01", "realised", "row 2"], id="no number"),
        pytest.param([("GM0014", "2022-II", -1)], None, ["INP-06", "realised", "row 2"], id="negative"),
        pytest.param([("GM0457", "2022-II", 1)], None, ["REF-03", "Amsterdam", "row 2"], id="merged before"),
        pytest.param(
            [("GM0014", "2022-II", 3, 5), ("GM0034", "2022-II", 3, 6)],
            "code,half_year,realised,national",
            ["INP-01", "the national numbers 5 and 6", "row 3"],
            id="two national numbers",
        ),
        pytest.param([("GM0014", 3)], "code,realised", ["INP-02", "half_year"], id="a column is missing"),
        pytest.param([], None, ["INP-04", "no rows"], id="no rows"),
    ],
)
def test_bad_files_are_refused(
    found: list[Line], header: str | None, said: list[str], capsys: Printed, tmp_path: Path
) -> None:
    file = written(tmp_path / "realised.csv", found, header or "code,half_year,realised")
    err = refused(capsys, "--half-year", "2023-I", "--realised", file)
    for part in ["realised.csv", *said]:
        assert part in err


def test_a_half_year_without_a_known_number_is_refused(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "realised.csv", lines("2019-II"))
    assert refused(capsys, "--half-year", "2020-I", "--realised", file).startswith("REF-05")


def test_a_table_has_the_remarks_below(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "realised.csv", lines("2022-II"))
    assert main(["targets", "correct", "--half-year", "2023-I", "--realised", file, "--format", "table"]) == 0
    assert "what was carried in before is not in the file" in capsys.readouterr().out
