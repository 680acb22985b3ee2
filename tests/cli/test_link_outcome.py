"""``eenthuis link outcome``: from a table to scores that an instance is solved with, and nothing half done."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from eenthuis.cli.main import main
from eenthuis.connect.instances import read_instance

Printed = pytest.CaptureFixture[str]
WAYS = ["sum", "mean", "at-least-one", "minimum", "earners"]
FILES = ["calibration.csv", "calibration.svg", "card.json", "card.md", "model.json", "terms.csv"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented files and a model trained on them."""
    folder = tmp_path_factory.mktemp("outcome") / "example"
    assert main(["link", "outcome", "example", str(folder)]) == 0
    arguments = [
        "--months",
        "12",
        "--as-of",
        "2025-01-01",
        "--out",
        str(folder / "model"),
        "--format",
        "json",
    ]
    assert main(["link", "outcome", "train", str(folder / "table.csv"), *arguments]) == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "example"))


def score(folder: Path, *more: str) -> int:
    instance = folder / "instance"
    given = ["--instance", str(instance), "--out", str(instance / "scores.npy"), "--format", "csv", *more]
    return main(["link", "outcome", "score", str(folder / "model"), str(folder / "members.csv"), *given])


def test_training_writes_model_card_plot_and_tables(made: Path) -> None:
    assert sorted(path.name for path in (made / "model").iterdir()) == FILES
    card = json.loads((made / "model" / "card.json").read_text(encoding="utf-8"))
    assert card["table"]["file"] == "table.csv"
    assert card["table"]["outcomes_looked_up_on"] == "2025-01-01"
    assert [split["left_out"] for split in card["splits"]] == ["households", "time"]
    assert card["splits"][0]["verdict"] == "better"
    assert set(card["splits"][0]["measures"]) == {
        "pooled",
        "plain-logistic",
        "logistic-per-place",
        "share-for-all",
    }


def test_scores_are_written_in_file_order_and_solved_as_any_instance(folder: Path, capsys: Printed) -> None:
    assert score(folder) == 0
    printed = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert list(dict.fromkeys(row["combine"] for row in rows)) == WAYS
    characteristics = {row["characteristic"] for row in rows}
    assert characteristics == {"everyone", "size", "children", "sex", "age", "earner"}
    scores = np.load(folder / "instance" / "scores.npy", allow_pickle=False)
    problem = read_instance(folder / "instance").problem
    assert (scores.dtype, scores.shape) == (
        np.dtype(np.float32),
        (len(problem.households), len(problem.places)),
    )
    expected = {row["combine"]: float(row["expected_at_work"]) for row in rows if row["label"] == "everyone"}
    assert max(expected.values()) == expected["sum"]
    out = ["--out", str(folder / "proposal.csv"), "--certificate", str(folder / "certificate.json")]
    assert main(["link", "solve", str(folder / "instance"), *out, "--format", "json"]) == 0
    certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    linked = next(row for row in rows if row["combine"] == "sum" and row["label"] == "everyone")
    assert certificate["linked"] == int(linked["households_linked"])
    reached = certificate["audit"]["ways"][0]["score"]
    assert reached == pytest.approx(expected["sum"], abs=0.01)


def test_the_way_to_combine_is_the_sum_unless_said(folder: Path, capsys: Printed) -> None:
    assert score(folder, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["combine"], told["months"]) == ("sum", 12)
    assert all(isinstance(row["mean_chance"], float | None) for row in told["rows"])
    total = np.load(folder / "instance" / "scores.npy")
    assert score(folder, "--combine", "at-least-one") == 0
    at_least_one = np.load(folder / "instance" / "scores.npy")
    assert (at_least_one <= total + 1e-6).all()
    assert (at_least_one < total - 1e-3).any()


def test_places_that_training_did_not_know_are_named(folder: Path, capsys: Printed) -> None:
    places = folder / "instance" / "places.csv"
    text = places.read_text(encoding="utf-8").replace("P001,", "NEW1,").replace("P002,", "NEW2,")
    places.write_text(text, encoding="utf-8")
    assert score(folder) == 0
    assert (
        "2 places have no effect of their own and take that of all places together: NEW1, NEW2"
        in capsys.readouterr().err
    )
    rows = ["place_id,region,place_jobs", "NEW1,R01,1.0", "NEW2,,0.9"]
    rows += [f"P{number:03d},R01,1.0" for number in range(3, 13)]
    (folder / "places.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert score(folder, "--places", str(folder / "places.csv")) == 0
    told = capsys.readouterr().err
    assert "1 places have no effect of their own and take that of their region: NEW1" in told
    assert "take that of all places together: NEW2" in told


def test_strange_texts_and_households_without_members_are_told(folder: Path, capsys: Printed) -> None:
    members = folder / "members.csv"
    lines = members.read_text(encoding="utf-8").replace(",office,", ",sailing,").splitlines()
    kept = [line for line in lines if not line.startswith("N1,")]
    members.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert score(folder) == 0
    told = capsys.readouterr().err
    assert "members have a text that training did not know in craft" in told
    assert "1 households have no members in the table; their score is 0 everywhere" in told
    assert not np.load(folder / "instance" / "scores.npy")[0].any()


def refused(capsys: Printed, *arguments: str) -> str:
    assert main(["link", "outcome", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("craft", "nationality"),
            "'nationality' tells 'nationality', which may not count (table.csv, row 1",
        ),
        (("craft", "geloof"), "'geloof' tells 'geloof'"),
        (("craft", "ethnic_group"), "'ethnic_group' tells 'ethnic'"),
        (("years_of_work", "age"), "counts only when you ask for it by name"),
        (("H2,P006,1", "H2,P006,yes"), "row 3, column 'worked', value 'yes'"),
    ],
)
def test_a_wrong_table_trains_nothing(
    folder: Path, capsys: Printed, change: tuple[str, str], says: str
) -> None:
    table = folder / "table.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    told = refused(capsys, "train", str(table), "--months", "12", "--out", str(folder / "other"))
    assert says in told
    assert not (folder / "other").exists()


def test_a_small_table_is_refused_with_what_is_needed(folder: Path, capsys: Printed) -> None:
    table = folder / "table.csv"
    lines = table.read_text(encoding="utf-8").splitlines()[:200]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = refused(capsys, "train", str(table), "--months", "12", "--out", str(folder / "other"))
    assert told.startswith("LNK-05")
    assert "at least 100 are needed" in told


@pytest.mark.parametrize("months", ["0", "121", "-1", "a year"])
def test_months_are_a_number_of_one_or_more(folder: Path, capsys: Printed, months: str) -> None:
    told = refused(
        capsys, "train", str(folder / "table.csv"), f"--months={months}", "--out", str(folder / "m")
    )
    assert "--months" in told


def test_pairs_would_hide_the_scores_and_are_refused(folder: Path, capsys: Printed) -> None:
    instance = folder / "instance"
    (instance / "pairs.csv").write_text(
        "household_id,place_id,score,allowed\nN1,P001,0,1\n", encoding="utf-8"
    )
    before = (instance / "scores.npy").read_bytes()
    told = refused(
        capsys,
        "score",
        str(folder / "model"),
        str(folder / "members.csv"),
        "--instance",
        str(instance),
        "--out",
        str(instance / "scores.npy"),
    )
    assert "takes its scores from there" in told
    assert (instance / "scores.npy").read_bytes() == before


def test_allowed_pairs_go_along_where_they_stood_in_pairs(folder: Path) -> None:
    instance, beside = folder / "instance", folder / "scored"
    lines = ["household_id,place_id,score,allowed"]
    lines += [f"N{at},P{1 + at % 12:03d},0,1" for at in range(1, 61)]
    (instance / "pairs.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.mkdir()
    given = ["--instance", str(instance), "--out", str(beside / "scores.npy")]
    assert main(["link", "outcome", "score", str(folder / "model"), str(folder / "members.csv"), *given]) == 0
    for name in ("households.csv", "places.csv"):
        shutil.copy(instance / name, beside / name)
    problem = read_instance(beside).problem
    assert problem.allowed.sum(axis=1).tolist() == [1] * 60
    assert (problem.score > 0).any()


def test_earners_are_combined_only_when_they_are_named(folder: Path, capsys: Printed) -> None:
    members = folder / "members.csv"
    members.write_text(members.read_text(encoding="utf-8").replace("earner", "other"), encoding="utf-8")
    before = (folder / "instance" / "scores.npy").read_bytes()
    assert score(folder, "--combine", "earners") == 2
    assert "Add a column 'earner'" in capsys.readouterr().err
    assert (folder / "instance" / "scores.npy").read_bytes() == before


def test_a_changed_model_scores_nothing(folder: Path, capsys: Printed) -> None:
    model = folder / "model" / "model.json"
    model.write_text(
        model.read_text(encoding="utf-8").replace('"months": 12', '"months": 24'), encoding="utf-8"
    )
    before = (folder / "instance" / "scores.npy").read_bytes()
    assert score(folder) == 2
    assert "LNK-06" in capsys.readouterr().err
    assert (folder / "instance" / "scores.npy").read_bytes() == before
