"""``eenthuis reception`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.cli.reception_output import STEPS
from eenthuis.rules.reception_cycle import CycleStep

Printed = pytest.CaptureFixture[str]
DAY = "2024-01-01"
CODES = [str(m.code) for m in reference.municipalities(date.fromisoformat(DAY))]
SCORES = {code: f"0.{number:03d}" for number, code in enumerate(CODES)}


def written(path: Path, scores: dict[str, str], *more: str, header: str = "code,ses_woa") -> str:
    lines = [f'{code},"{score}"' for code, score in scores.items()]
    path.write_text("\n".join([header, *lines, *more]), encoding="utf-8")
    return str(path)


@pytest.fixture
def ses(tmp_path: Path) -> str:
    return written(tmp_path / "ses.csv", SCORES)


def asked(ses: str, *more: str, need: str = "96000", on: str = DAY) -> list[str]:
    return ["reception", "distribute", "--need", need, "--ses", ses, "--reference-date", on, *more]


def document(capsys: Printed, arguments: list[str]) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def refused(capsys: Printed, arguments: list[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_one_row_per_municipality_with_weight_exact_and_places(capsys: Printed, ses: str) -> None:
    assert main([*asked(ses), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["code"] for row in rows] == CODES
    people = reference.inhabitants(date.fromisoformat(DAY))
    weights = {
        row["code"]: (Fraction(SCORES[row["code"]]) + 1) * Fraction(int(row["inhabitants"]), people.country)
        for row in rows
    }
    for row in rows:
        assert Fraction(row["weight"]) == weights[row["code"]]
        assert Fraction(row["exact"]) == 96000 * weights[row["code"]] / sum(weights.values())
        assert abs(int(row["places"]) - Fraction(row["exact"])) <= Fraction(1, 2)
        assert row["scores"] == "handed in"
    assert sum(Fraction(row["exact"]) for row in rows) == 96000
    assert f"Total {sum(int(row['places']) for row in rows)} for a need of 96000" in err
    assert "minors" not in rows[0]


def test_provinces_sum_their_municipalities(capsys: Printed, ses: str) -> None:
    told = document(capsys, asked(ses, "--minors", "8160"))
    for province in told["provinces"]:
        own = [row for row in told["rows"] if row["province"] == province["name"]]
        assert province["municipalities"] == len(own)
        assert province["places"] == sum(row["places"] for row in own)
        assert province["minors"] == sum(row["minors"] for row in own)
        assert Fraction(province["exact"]) == sum(Fraction(row["exact"]) for row in own)
    assert len(told["provinces"]) == 12
    assert told["total"] == sum(province["places"] for province in told["provinces"])
    assert sum(Fraction(row["minors_exact"]) for row in told["rows"]) == 8160
    assert told["rule"]["rounding"] == "arithmetic"
    assert told["rule"]["rounding_source"]["authority"] == "decree"


def test_rows_per_province_on_request(capsys: Printed, ses: str) -> None:
    assert main([*asked(ses, "--per", "province"), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 12
    assert sum(Fraction(row["exact"]) for row in rows) == 96000
    assert main([*asked(ses, "--per", "province"), "--format", "table"]) == 0
    assert "Total" in capsys.readouterr().out


def test_a_comma_or_point_and_a_code_or_name_are_the_same(capsys: Printed, ses: str, tmp_path: Path) -> None:
    comma = {code: score.replace(".", ",") for code, score in SCORES.items() if code != "GM0344"}
    other = written(tmp_path / "other.csv", comma, f'Utrecht,"{SCORES["GM0344"]}"')
    first, second = document(capsys, asked(ses)), document(capsys, asked(other))
    assert first["rows"] == second["rows"]


def test_a_receipt_computes_again_and_tells_what_was_changed(
    capsys: Printed, ses: str, tmp_path: Path
) -> None:
    sites = tmp_path / "sites.csv"
    sites.write_text("code,kind,places,first_day\nGM0344,regular,150,2020-01-01\n", encoding="utf-8")
    told = document(capsys, asked(ses, "--minors", "8160", "--durable", str(sites)))
    kept = tmp_path / "shared.json"
    kept.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(kept)]) == 0
    assert "same: reception.distribute" in capsys.readouterr().out
    told["rows"][0]["places"] += 1
    told["provinces"][0]["remaining"] -= 1
    told["total"] += 1
    kept.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(kept)]) == 1
    out = capsys.readouterr().out
    assert out.count("- ") == 3
    assert "PV20 remaining: computed again" in out
    for part, changed in (
        ("inputs", {"need": 1}),
        ("inputs", {"law": told["receipt"]["inputs"]["law"][:-1]}),
    ):
        broken = json.loads(json.dumps(told["receipt"]))
        broken[part] |= changed
        kept.write_text(json.dumps(broken), encoding="utf-8")
        assert main(["receipt", "verify", str(kept)]) == 1
        capsys.readouterr()


def test_durable_places_are_deducted_and_others_named(capsys: Printed, ses: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites.csv"
    sites.write_text(
        "code,kind,places,first_day,last_day\n"
        "GM0344,regular,150,2020-01-01,\nGM0307,regular,99,2020-01-01,\nGM0310,special,16,2024-06-01,2026-01-01\n",
        encoding="utf-8",
    )
    told = document(capsys, asked(ses, "--durable", str(sites)))
    utrecht = next(row for row in told["provinces"] if row["code"] == "PV26")
    assert (utrecht["durable"], utrecht["remaining"]) == (150, utrecht["places"] - 150)
    assert [(row["code"], row["reason"]) for row in told["not_deducted"]] == [
        ("GM0307", "too-few-in-the-municipality"),
        ("GM0310", "available-too-short"),
    ]
    assert main([*asked(ses, "--durable", str(sites)), "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "less 150 durable leaves" in out
    assert "GM0307: 99 regular places not deducted, too-few-in-the-municipality." in out


def test_invented_scores_are_marked_in_every_output(capsys: Printed) -> None:
    arguments = ["reception", "distribute", "--need", "1000", "--invented-ses", "7", "--reference-date", DAY]
    told = document(capsys, arguments)
    assert told["scores_invented"] is True
    assert {row["scores"] for row in [*told["rows"], *told["provinces"]]} == {"invented"}
    assert told["receipt"]["inputs"]["scores_invented"] is True
    assert told["remarks"][0].startswith("INVENTED")
    assert len(told["rows"]) == len(CODES)
    assert document(capsys, arguments)["rows"] == told["rows"]
    assert document(capsys, [*arguments[:5], "8", *arguments[6:]])["rows"] != told["rows"]
    for form in ("csv", "table"):
        assert main([*arguments, "--format", form]) == 0
        out, err = capsys.readouterr()
        assert "INVENTED" in out + err
        assert ",invented" in out or "  invented" in out


@pytest.mark.parametrize(
    ("changed", "more", "said"),
    [
        pytest.param(
            {"GM0344": "-1"}, (), ["INP-06", "row", "'ses_woa'", "'-1'", "weight of 0 or less"], id="-1"
        ),
        pytest.param({"GM0344": "-1,5"}, (), ["INP-06", "'-1,5'"], id="below -1"),
        pytest.param({"GM0344": "1.234,5"}, (), ["INP-01", "'1.234,5'", "thousands"], id="thousands"),
        pytest.param({"GM0344": "1e-3"}, (), ["INP-01", "'1e-3'"], id="exponent"),
        pytest.param({"GM0344": "nan"}, (), ["INP-01", "'nan'"], id="nan"),
        pytest.param({"GM0344": ""}, (), ["INP-01", "decimal number is missing"], id="empty"),
        pytest.param({"GM0344": "0." + "1" * 40}, (), ["INP-06", "too long"], id="endless"),
        pytest.param({}, ("GM0344,0.1",), ["INP-03", "GM0344 stands in row", "again in row 344"], id="twice"),
        pytest.param({}, ("GM9999,0.1",), ["REF-01", "row 344", "'GM9999'"], id="unknown code"),
        pytest.param({}, ("GM0003,0.1",), ["REF-03", "Eemsdelta", "row 344"], id="ended"),
        pytest.param({}, (",0.1",), ["INP-04", "row 344"], id="no code"),
    ],
)
def test_what_is_wrong_in_the_scores_is_told_with_row_column_value_and_remedy(
    capsys: Printed, tmp_path: Path, changed: dict[str, str], more: tuple[str, ...], said: list[str]
) -> None:
    err = refused(capsys, asked(written(tmp_path / "ses.csv", SCORES | changed, *more)))
    assert "ses.csv" in err
    for part in said:
        assert part in err


def test_every_municipality_without_a_score_is_listed(capsys: Printed, tmp_path: Path) -> None:
    gone = CODES[:30]
    few = {code: score for code, score in SCORES.items() if code not in gone}
    err = refused(capsys, asked(written(tmp_path / "ses.csv", few)))
    assert "INP-04" in err
    assert all(f"({code})" in err for code in gone)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--need", "-1"], "INP-06", id="negative need"),
        pytest.param(["--need", "96.000"], "INP-01", id="thousands sign"),
        pytest.param(["--minors", "many"], "INP-01", id="minors in words"),
        pytest.param(["--reference-date", "1 January"], "INP-01", id="no day"),
        pytest.param(["--reference-date", "2024-03-01"], "REF-04", id="nothing counted"),
        pytest.param(["--reference-date", "9999-01-01"], "INP-06", id="far off"),
        pytest.param(["--reference-date", "2020-01-01"], "LAW-01", id="long before the Act"),
        pytest.param(["--as-of", "2024-01-31"], "LAW-01", id="the day before the Act"),
        pytest.param(
            ["--as-of", "2026-03-01", "--repealed-from", "2026-02-01"], "does not hold", id="repealed"
        ),
        pytest.param(["--inhabitants", "nothing.csv"], "INP-07", id="no such file"),
        pytest.param(["--ses", "nothing.csv"], "INP-07", id="no such scores"),
        pytest.param(["--durable", "nothing.csv"], "INP-07", id="no such sites"),
    ],
)
def test_bad_options_end_with_their_code(capsys: Printed, ses: str, arguments: list[str], said: str) -> None:
    assert said in refused(capsys, [*asked(ses), *arguments])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("GM0344,large,100,2020-01-01,", "'large' is no kind of place"),
        ("GM0344,regular,-5,2020-01-01,", "INP-06"),
        ("GM0344,regular,100,yesterday,", "'yesterday' is not a day"),
        ("GM0344,regular,100,2020-01-02,2020-01-01", "ends before it begins"),
        ("GM9999,regular,100,2020-01-01,", "REF-01"),
    ],
)
def test_a_site_that_cannot_be_read_is_told(
    capsys: Printed, ses: str, tmp_path: Path, row: str, said: str
) -> None:
    sites = tmp_path / "sites.csv"
    sites.write_text(f"code,kind,places,first_day,last_day\n{row}\n", encoding="utf-8")
    err = refused(capsys, asked(ses, "--durable", str(sites)))
    assert said in err
    assert "sites.csv, row 2" in err


def test_inhabitants_handed_in_are_used_and_checked(capsys: Printed, ses: str, tmp_path: Path) -> None:
    counted = tmp_path / "people.csv"
    header = "code,inhabitants"
    given = written(counted, dict.fromkeys(CODES, "10"), header=header)
    told = document(capsys, asked(ses, "--inhabitants", given))
    assert told["country_inhabitants"] == 10 * len(CODES)
    assert told["inhabitants_source"] == "handed in: people.csv"
    given = written(counted, dict.fromkeys(CODES[1:], "10"), header=header)
    assert f"({CODES[0]})" in refused(capsys, asked(ses, "--inhabitants", given))
    given = written(counted, dict.fromkeys(CODES, "0"), header=header)
    assert "REF-04" in refused(capsys, asked(ses, "--inhabitants", given))


def test_figures_that_preceded_the_act_or_are_not_the_newest_are_remarked(capsys: Printed) -> None:
    before = [
        "reception",
        "distribute",
        "--need",
        "9",
        "--invented-ses",
        "1",
        "--reference-date",
        "2023-01-01",
    ]
    told = document(capsys, before)
    assert told["as_of"] == "2024-02-01"
    assert any("its first day" in remark for remark in told["remarks"])
    assert any("inhabitants of 2024-01-01 are packaged too" in remark for remark in told["remarks"])


def test_the_cycle_lists_its_steps_with_days_and_articles(capsys: Printed) -> None:
    told = document(capsys, ["reception", "cycle", "--year", "2026"])
    assert [(row["step"], row["last_day"], row["article"]) for row in told["rows"]] == [
        ("estimate", "2026-01-31", "arts. 2 and 3"),
        ("report", "2026-10-31", "art. 4, second paragraph"),
        ("decision", "2026-12-30", "art. 5"),
        ("places", "2027-06-30", "art. 7, first paragraph, under a"),
    ]
    assert (told["first_day"], told["last_day"]) == ("2027-01-01", "2028-12-31")
    decided = ["reception", "cycle", "--year", "2026", "--decided-on", "2026-12-01"]
    assert document(capsys, decided)["rows"][-1]["last_day"] == "2027-06-01"
    assert main(["reception", "cycle", "--year", "2024", "--format", "table"]) == 0
    assert "began on 2024-02-01, after the last day of the estimate" in capsys.readouterr().out
    assert set(STEPS) == set(CycleStep)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2025"], "ask for 2024 or 2026"),
        (["--year", "2023"], "LAW-01"),
        (["--year", "0"], "INP-01"),
        (["--year", "99999"], "INP-01"),
        (["--year", "9998"], "INP-06"),
        (["--year", "2026", "--decided-on", "2025-01-01"], "lies before the cycle"),
        (["--year", "2026", "--repealed-from", "2026-02-01"], "does not hold on 2026-12-31"),
    ],
)
def test_a_cycle_that_is_none_is_refused(capsys: Printed, arguments: list[str], said: str) -> None:
    assert said in refused(capsys, ["reception", "cycle", *arguments])


def test_scores_of_cbs_become_the_file_that_distribute_reads(capsys: Printed, tmp_path: Path) -> None:
    rows = [
        {"WijkenEnBuurten": code, "Perioden": "2022JJ00", "GemiddeldeScore_29": float(score)}
        for code, score in SCORES.items()
    ]
    source, out = tmp_path / "cbs.json", tmp_path / "ses.csv"
    source.write_text(json.dumps({"value": rows}), encoding="utf-8")
    asked_for = ["reception", "scores", str(source), "--period", "2022", "--on", DAY, "--out", str(out)]
    assert main(asked_for) == 0
    assert f"{len(CODES)} municipalities" in capsys.readouterr().err
    told = document(capsys, asked(str(out)))
    assert {row["code"]: row["ses_woa"] for row in told["rows"]} == {
        code: float(score) for code, score in SCORES.items()
    }
    out.unlink()
    source.write_text(json.dumps({"value": rows[1:]}), encoding="utf-8")
    assert f"({CODES[0]})" in refused(capsys, asked_for)
    assert not list(tmp_path.glob("ses.csv*"))
