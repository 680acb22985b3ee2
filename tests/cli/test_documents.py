"""``eenthuis documents`` from files to a plan, checked, planned again and measured; bad input named cell by cell."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]
DOCUMENTS = """number,household,centre,ready_on,born_on,photo_on,fingerprints_on,citizen_number,address
D-1,H-1,AZC-1,2026-10-20,1990-05-05,2026-09-01,2026-09-01,yes,yes
D-2,H-1,AZC-1,2026-10-20,2021-05-05,2026-09-01,,yes,yes
D-3,H-2,AZC-2,2026-10-25,1980-01-31,2026-09-15,2026-09-15,ja,ja
D-4,H-3,AZC-2,2026-10-25,1980-01-31,2026-04-15,,yes,no
D-5,H-4,AZC-2,2026-11-20,1999-01-31,2026-10-15,2026-10-15,yes,yes
"""
CENTRES = "code,municipality\nAZC-1,GM0166\nAZC-2,Assen\n"
TEAMS = "code,desk,staff,vans\nT-1,IND-ZWOLLE,4,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents.csv").write_text(DOCUMENTS, encoding="utf-8")
    (tmp_path / "centres.csv").write_text(CENTRES, encoding="utf-8")
    (tmp_path / "teams.csv").write_text(TEAMS, encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str, *more: str, printed: Printed) -> tuple[int, str, str]:
    files = [str(folder / f"{name}.csv") for name in ("documents", "centres", "teams")]
    before = [str(folder / "plan")] if command in {"replan", "check", "measure"} else []
    code = main(["documents", command, *before, *files, *more])
    out, err = printed.readouterr()
    return code, out, err


def planned(folder: Path, printed: Printed, *more: str) -> dict[str, str]:
    code, out, err = run(
        folder, "plan", "--as-of", "2026-11-02", "--out", str(folder / "plan"), *more, printed=printed
    )
    assert code == 0, err
    (row,) = csv.DictReader(out.splitlines())
    return row


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_ready_tells_every_reason(folder: Path, capsys: Printed) -> None:
    assert (
        main(
            ["documents", "ready", str(folder / "documents.csv"), "--as-of", "2026-11-02", "--format", "json"]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert (told["ready"], told["documents"]) == (3, 5)
    rows = {row["number"]: row for row in told["rows"]}
    assert rows["D-4"]["reasons"] == "no-address photo-too-old no-fingerprints"
    assert rows["D-2"]["last_day"] == "2027-03-01"
    assert rows["D-5"]["reasons"] == "card-not-there"


def test_a_plan_is_written_checked_and_measured(folder: Path, capsys: Printed) -> None:
    row = planned(folder, capsys)
    assert (row["people"], row["planned"], row["not_planned_not_ready"]) == ("5", "4", "1")
    plan = folder / "plan"
    seats = {one["document"]: one for one in table(plan / "appointments.csv")}
    assert seats["D-1"]["session"] == seats["D-2"]["session"]
    assert seats["D-1"]["begins"] == "09:30"
    assert table(plan / "not_planned.csv") == [
        {"document": "D-4", "why": "not-ready", "not_ready": "no-address photo-too-old no-fingerprints"}
    ]
    summary = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    assert summary["bound"] <= summary["cost"]
    assert summary["receipt"]["action"] == "documents.plan"
    code, out, _ = run(folder, "check", printed=capsys)
    assert code == 0
    assert {one["broken"] for one in csv.DictReader(out.splitlines())} == {"0"}
    code, out, _ = run(folder, "measure", printed=capsys)
    found = {one["measure"]: one["value"] for one in csv.DictReader(out.splitlines())}
    assert code == 0
    assert found["people"] == "4"
    assert float(found["saved_km"]) == pytest.approx(float(found["desk_km"]) - float(found["team_km"]))


def test_real_coordinates_change_the_way(folder: Path, capsys: Printed) -> None:
    without = planned(folder, capsys)
    (folder / "points.csv").write_text("code,lat,lon\nIND-ZWOLLE,52.99,6.56\n", encoding="utf-8")
    near = planned(folder, capsys, "--coordinates", str(folder / "points.csv"))
    assert float(near["team_km"]) < float(without["team_km"])


def test_what_is_assumed_is_kept_with_the_plan_and_shown(folder: Path, capsys: Printed) -> None:
    code, out, _ = run(
        folder, "plan", "--as-of", "2026-11-02", "--out", str(folder / "plan"), "--assume",
        "sessions.notice_days=21", "--format", "json", printed=capsys,
    )  # fmt: skip
    assert code == 0
    assert (
        "Assumption: days between telling and appointment = 21 (sessions.notice_days)."
        in json.loads(out)["remarks"]
    )
    assert min(one["day"] for one in table(folder / "plan" / "sessions.csv")) >= "2026-11-23"
    assert run(folder, "check", printed=capsys)[0] == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sessions.csv", ",30,09:30", ",60,09:30"),
        ("appointments.csv", ",09:30,0\n", ",09:30,29\n"),
        ("plan.json", '"bound": ', '"bound": 9'),
        ("not_planned.csv", "not-ready", "no-room"),
    ],
)
def test_a_plan_that_was_changed_does_not_hold(
    folder: Path, capsys: Printed, file: str, old: str, new: str
) -> None:
    planned(folder, capsys)
    path = folder / "plan" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out, _ = run(folder, "check", printed=capsys)
    assert code == (2 if file == "appointments.csv" else 1), out


def test_someone_who_moved_is_told_so_and_the_rest_stands(folder: Path, capsys: Printed) -> None:
    planned(folder, capsys)
    moved = DOCUMENTS.replace("D-3,H-2,AZC-2", "D-3,H-2,AZC-1")
    (folder / "documents.csv").write_text(moved, encoding="utf-8")
    code, out, err = run(
        folder, "replan", "--as-of", "2026-11-03", "--out", str(folder / "next"), printed=capsys
    )
    assert code == 0, err
    (row,) = csv.DictReader(out.splitlines())
    assert (row["kept"], row["changed"], row["new"]) == ("3", "1", "0")
    (change,) = table(folder / "next" / "changes.csv")
    assert (change["document"], change["why"]) == ("D-3", "moved-centre")
    shutil.move(folder / "plan", folder / "before")
    shutil.move(folder / "next", folder / "plan")
    assert run(folder, "check", "--earlier", str(folder / "before"), printed=capsys)[0] == 0
    assert run(folder, "check", printed=capsys)[0] == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("documents", "2026-10-20,1990-05-05", "20-10-2026,1990-05-05", "INP-01 row 2 ready_on 20-10-2026"),
        ("documents", "yes,yes\nD-2", "perhaps,yes\nD-2", "INP-01 row 2 citizen_number perhaps"),
        ("documents", "D-2,", "D-1,", "INP-03 row 3 number D-1"),
        ("documents", "D-3,H-2,AZC-2", "D-3,H-2,AZC-9", "INP-01 row 4 centre AZC-9"),
        ("documents", "2026-09-01,2026-09-01", "1980-09-01,2026-09-01", "INP-06 row 2 photo_on 1980-09-01"),
        ("documents", ",household,", ",home,", "INP-02 row 1 household"),
        ("centres", "Assen", "Assem", "REF-01 row 3 municipality Assem"),
        ("centres", "AZC-2", "AZC-1", "INP-03 row 3 code AZC-1"),
        ("teams", "IND-ZWOLLE", "IND-ZWOLE", "INP-01 row 2 desk IND-ZWOLE"),
        ("teams", ",4,1", ",four,1", "INP-01 row 2 staff four"),
        ("teams", ",4,1", ",-4,1", "INP-06 row 2 staff -4"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    folder: Path, capsys: Printed, file: str, old: str, new: str, told: str
) -> None:
    path = folder / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out, err = run(
        folder, "plan", "--as-of", "2026-11-02", "--out", str(folder / "plan"), printed=capsys
    )
    assert (code, out) == (2, "")
    for word in told.split():
        assert word in err
    assert path.name in err
    assert not (folder / "plan").exists()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("IND-ZWOLLE,6.09,52.51\n", "INP-06 row 2 lat 6.09"),
        ("IND-ZWOLLE,52.51,east\n", "INP-01 row 2 lon east"),
        ("IND-ZWOLLE,52.51,6.09\nIND-ZWOLLE,52.51,6.09\n", "INP-03 row 3 code"),
    ],
)
def test_coordinates_that_cannot_be_are_refused(folder: Path, capsys: Printed, lines: str, told: str) -> None:
    (folder / "points.csv").write_text(f"code,lat,lon\n{lines}", encoding="utf-8")
    code, _, err = run(
        folder, "plan", "--as-of", "2026-11-02", "--out", str(folder / "plan"), "--coordinates",
        str(folder / "points.csv"), printed=capsys,
    )  # fmt: skip
    assert code == 2
    for word in ("points.csv", *told.split()):
        assert word in err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--assume", "sessions.weeks=3"), "sessions.weeks"),
        (("--assume", "sessions.horizon_weeks=many"), "many"),
        (("--assume", "sessions.horizon_weeks=0"), "INP-06"),
        (("--assume", "sessions.slots_a_day=0"), "INP-06"),
        (("--assume", "sessions.people_at_counter=0"), "INP-06"),
        (("--assume", "sessions.minutes_per_slot=0"), "INP-06"),
        (("--assume", "sessions.waiting_days_per_km=-1"), "INP-06"),
        (("--assume", "sessions.notice_days=3", "--assume", "sessions.notice_days=4"), "twice"),
        (("--seed", "x"), "--seed"),
    ],
)
def test_options_that_cannot_be_are_refused(
    folder: Path, capsys: Printed, more: tuple[str, ...], told: str
) -> None:
    code, _, err = run(
        folder, "plan", "--as-of", "2026-11-02", "--out", str(folder / "plan"), *more, printed=capsys
    )
    assert code == 2
    assert told in err


def test_a_folder_that_is_no_plan_is_refused(folder: Path, capsys: Printed) -> None:
    code, _, err = run(folder, "check", printed=capsys)
    assert code == 2
    assert "INP-07" in err
    planned(folder, capsys)
    (folder / "plan" / "plan.json").write_text("{}", encoding="utf-8")
    code, _, err = run(folder, "check", printed=capsys)
    assert code == 2
    assert "INP-01" in err
    assert "plan.json" in err


def test_planning_again_from_a_later_plan_is_refused(folder: Path, capsys: Printed) -> None:
    planned(folder, capsys)
    code, _, err = run(
        folder, "replan", "--as-of", "2026-11-01", "--out", str(folder / "next"), printed=capsys
    )
    assert code == 2
    assert "--as-of" in err
