"""``eenthuis reference`` from the outside: what it prints, what it writes and how it ends."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.cli.reference import report
from eenthuis.connect import boundaries
from eenthuis.reference.check_result import CheckResult
from eenthuis.reference.counted import published_totals

Printed = pytest.CaptureFixture[str]


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def test_check_prints_every_check_and_ends_well(capsys: Printed) -> None:
    assert main(["reference", "check", "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    found = rows(out)
    assert {row["verdict"] for row in found} == {"holds"}
    assert {"expected": "17475415", "found": "17475415"}.items() <= next(
        row for row in found if row["subject"] == "2021-01-01"
    ).items()
    assert err == f"{len(found)} checks, 0 failing\n"


def test_the_report_ends_with_1_when_a_check_fails(capsys: Printed) -> None:
    failing = (CheckResult("sum", "2021", "3", "3"), CheckResult("sum", "2022", "3", "4"))
    assert report(failing, form="json") == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["checks"], document["failing"]) == (2, 1)
    assert [row["verdict"] for row in document["rows"]] == ["holds", "FAILS"]


def test_show_tells_what_is_known_on_the_day(capsys: Printed) -> None:
    assert main(["reference", "show", "municipality", "weesp", "--on", "2022-03-23", "--format", "csv"]) == 0
    (row,) = rows(capsys.readouterr().out)
    assert (row["code"], row["last_day"], row["inhabitants"]) == ("GM0457", "2022-03-23", "20766")


def test_show_takes_today_when_no_day_is_named(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", "2020-06-01")
    assert main(["reference", "show", "municipality", "Appingedam", "--format", "csv"]) == 0
    assert rows(capsys.readouterr().out)[0]["reference_date"] == "2020-01-01"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "municipality", "Bergen"], "REF-02"),
        (["show", "municipality", "Weesp", "--on", "2022-03-24"], "REF-03"),
        (["show", "municipality", "Utrekt", "--on", "2022-03-24"], "Did you mean Utrecht"),
        (["show", "municipality", "Utrecht", "--on", "24-03-2022"], "--on"),
        (["announcements", "--half-year", "2019-I"], "REF-05"),
        (["announcements", "--half-year", "2019-III"], "INP-01"),
        (["inhabitants", "--on", "2021-07-01"], "REF-04"),
        (["load", "inhabitants", "nothing", "--reference-date", "2022-01-01", "--out", "x"], "INP-07"),
        (["load", "boundaries", "nothing"], "INP-07"),
        (["load", "boundaries", "nothing", "--metres", "far"], "--metres"),
        (["load", "boundaries", "nothing", "--metres", "nan"], "INP-06"),
    ],
)
def test_bad_input_ends_with_2_and_one_clear_line(arguments: list[str], told: str, capsys: Printed) -> None:
    assert main(["reference", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_announcements_show_the_replaced_one_too(capsys: Printed) -> None:
    assert main(["reference", "announcements", "--half-year", "2025-I", "--format", "csv"]) == 0
    found = rows(capsys.readouterr().out)
    assert [(row["people"], row["replaces"]) for row in found] == [("17700", ""), ("15000", "2025-I/1")]
    assert main(["reference", "announcements", "--format", "csv"]) == 0
    assert len(rows(capsys.readouterr().out)) == len(reference.announcements())


def test_inhabitants_and_reception_are_listed(capsys: Printed) -> None:
    assert main(["reference", "inhabitants", "--on", "2021-01-01", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (len(document["rows"]), document["country"], document["credit"]) == (352, 17_475_415, "Bron: CBS")
    assert main(["reference", "reception", "--format", "csv"]) == 0
    assert len(rows(capsys.readouterr().out)) == len(reference.reception_history())


def cbs_file(folder: Path, **changed: int) -> Path:
    day = date(2022, 1, 1)
    figures = dict(published_totals(day))
    figures.update({str(code): people for code, people in reference.inhabitants(day).people.items()})
    figures.update(changed)
    path = folder / "03759ned.csv"
    lines = [f'"{region:6}";"2022JJ00";"{people:>10}"' for region, people in figures.items()]
    path.write_text("\n".join(['"RegioS";"Perioden";"BevolkingOp1Januari_1"', *lines]), encoding="utf-8")
    return path


def test_newer_inhabitants_go_straight_into_targets(tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "new.csv"
    loaded = [
        "load",
        "inhabitants",
        str(cbs_file(tmp_path)),
        "--reference-date",
        "2022-01-01",
        "--out",
        str(out),
    ]
    assert main(["reference", *loaded]) == 0
    assert "345 municipalities, 17590672 inhabitants" in (err := capsys.readouterr().err)
    assert "Equal to the packaged figures. Bron: CBS" in err
    assert len(rows(out.read_text(encoding="utf-8"))) == 345


def test_what_differs_from_the_packaged_figures_is_named(tmp_path: Path, capsys: Printed) -> None:
    utrecht, nieuwegein = (reference.inhabitants(date(2022, 1, 1)).people[c] for c in ("GM0344", "GM0356"))  # type: ignore[index]
    path = cbs_file(tmp_path, GM0344=utrecht + 1, GM0356=nieuwegein - 1)
    loaded = [
        "load",
        "inhabitants",
        str(path),
        "--reference-date",
        "2022-01-01",
        "--out",
        str(tmp_path / "o"),
    ]
    assert main(["reference", *loaded]) == 0
    assert "Differs from the packaged figures for GM0344, GM0356" in capsys.readouterr().err


def test_nothing_is_written_when_something_is_wrong(tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "new.csv"
    path = cbs_file(tmp_path, GM0344=1)
    loaded = ["load", "inhabitants", str(path), "--reference-date", "2022-01-01", "--out", str(out)]
    assert main(["reference", *loaded]) == 2
    assert "REF-06" in capsys.readouterr().err
    assert not out.exists()


def test_boundaries_are_kept_where_the_pages_look(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = [[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code in ("GM0344", "GM9998")
    ]
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    monkeypatch.setenv("EENTHUIS_HOME", str(tmp_path / "home"))
    assert main(["reference", "load", "boundaries", str(path)]) == 0
    err = capsys.readouterr().err
    assert "No boundary for" in err
    assert "and 336 more" in err
    assert "Not a municipality of the latest list: GM9998" in err
    assert set(boundaries.load(tmp_path / "home" / "boundaries.json")) == {"GM0344", "GM9998"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "no" / "folder" / "new.csv"
    loaded = [
        "load",
        "inhabitants",
        str(cbs_file(tmp_path)),
        "--reference-date",
        "2022-01-01",
        "--out",
        str(out),
    ]
    assert main(["reference", *loaded]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "show",
        "announcements",
        "inhabitants",
        "reception",
        "load",
        "load inhabitants",
        "load boundaries",
    ],
)
def test_every_command_has_help_with_an_example(command: str, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reference", *command.split(), "--help"])
    assert ended.value.code == 0
    assert "Example: eenthuis reference" in capsys.readouterr().out
