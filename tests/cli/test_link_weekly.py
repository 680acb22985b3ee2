"""``eenthuis link replay`` and ``link stream`` from the outside."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from eenthuis.cli.main import main

HOUSEHOLDS = "household_id,persons,{order}\na,1,1\nb,1,2\nc,1,3\n"


def instance(tmp_path: Path, *, order: str = "order") -> Path:
    folder = tmp_path / order
    folder.mkdir()
    (folder / "households.csv").write_text(HOUSEHOLDS.format(order=order), encoding="utf-8")
    (folder / "places.csv").write_text("place_id,cap_persons\nx,1\ny,1\n", encoding="utf-8")
    pairs = ["household_id,place_id,score,allowed", "a,x,0.6,1", "a,y,0.5,1", "b,x,0.9,1", "c,y,0.1,1"]
    (folder / "pairs.csv").write_text("\n".join(pairs) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("order", ["order", "week"])
def test_a_replay_writes_proposal_and_certificate_with_hindsight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], order: str
) -> None:
    folder, out = instance(tmp_path, order=order), tmp_path / "proposal.csv"
    assert (
        main(["link", "replay", str(folder), "--policy", "greedy", "--out", str(out), "--format", "json"])
        == 0
    )
    (told,) = json.loads(capsys.readouterr().out)["rows"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["place_id"] for row in rows] == ["x", "", "y"]
    certificate = json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))
    assert certificate["hindsight_bound"] == pytest.approx(1.4)
    assert certificate["share_of_hindsight"] == pytest.approx(0.5)
    assert certificate["policy"] == told["policy"] == "greedy"
    assert main(["link", "check", str(folder), str(out), str(tmp_path / "certificate.json")]) == 0


def test_history_is_learned_from(tmp_path: Path) -> None:
    folder, out = instance(tmp_path), tmp_path / "proposal.csv"
    command = ["link", "replay", str(folder), "--history", str(folder), "--out", str(out)]
    assert main([*command, "--certificate", str(tmp_path / "c.json")]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["place_id"] for row in rows] == ["y", "x", ""]
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))[
        "share_of_hindsight"
    ] == pytest.approx(1)


def test_a_reserve_is_told_with_and_without(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = instance(tmp_path), tmp_path / "proposal.csv"
    command = ["link", "replay", str(folder), "--history", str(folder), "--out", str(out), "--format", "json"]
    assert main([*command, "--reserve", "0.5"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["rows"]
    assert told["reserve"] == pytest.approx(0.5)
    assert told["without_unplaced_hard_cases"] == told["unplaced_hard_cases"] == 1
    certificate = json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))
    assert certificate["reserve"]["without"]["share_of_hindsight"] == pytest.approx(1)
    assert main(["link", "check", str(folder), str(out), str(tmp_path / "certificate.json")]) == 0
    capsys.readouterr()
    assert main([*command, "--reserve", "none"]) == 0
    assert "reserve" not in json.loads(capsys.readouterr().out)["rows"][0]


def test_a_least_gain_is_told_with_its_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = instance(tmp_path), tmp_path / "proposal.csv"
    command = ["link", "replay", str(folder), "--history", str(folder), "--out", str(out), "--format", "json"]
    assert main([*command, "--least-gain", "0.5", "--groups", "size"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["rows"]
    assert told["price_of_floors"] == pytest.approx(0)
    assert main(["link", "check", str(folder), str(out), str(tmp_path / "certificate.json")]) == 0
    assert main([*command, "--least-gain", "9"]) == 0
    assert "out of reach" in capsys.readouterr().err
    assert main(["link", "check", str(folder), str(out), str(tmp_path / "certificate.json")]) == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (["--groups", "size"], "--groups"),
        (["--least-gain", "1.2", "--groups", "colour"], "--groups"),
        (["--least-gain", "1.2", "--policy", "greedy"], "--policy"),
        (["--least-gain", "much"], "--least-gain"),
    ],
)
def test_a_least_gain_that_cannot_be_heeded_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], named: str
) -> None:
    out = str(tmp_path / "p.csv")
    assert main(["link", "replay", str(instance(tmp_path)), "--out", out, *wrong]) == 2
    assert named in capsys.readouterr().err
    assert not Path(out).exists()


def test_a_stream_tells_gains_and_their_price_where_a_least_gain_is_asked() -> None:
    places = [{"id": f"p{number}", "capacity": {"persons": 4, "children": None}} for number in range(2)]
    case = {"persons": 2, "children": 1, "scores": {"p0": 0.5, "p1": 0.1}}
    lines = [
        {"type": "start", "places": places, "history": [], "batches": 2, "cases_total": 2},
        {"type": "batch", "t": 1, "cases": [{"id": "a", **case}]},
        {"type": "batch", "t": 2, "cases": [{"id": "b", **case}]},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", "link", "stream", "--least-gain=1.1"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        check=True,
        text=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["assign"] for one in told] == [{"a": "p0"}, {"b": "p0"}]
    assert told[1]["gains"]["size 1"] is None
    assert told[1]["gains"]["children with"] > 1
    assert told[1]["price_of_floors"] == pytest.approx(0)


@pytest.mark.parametrize("wrong", ["half", "1.5", "-1", "nan"])
def test_a_reserve_that_is_no_share_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    out = str(tmp_path / "p.csv")
    assert main(["link", "replay", str(instance(tmp_path)), f"--reserve={wrong}", "--out", out]) == 2
    assert "--reserve" in capsys.readouterr().err
    assert not Path(out).exists()


def test_a_missing_folder_or_a_bad_balance_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "proposal.csv")
    assert main(["link", "replay", str(tmp_path / "nowhere"), "--out", out]) == 2
    assert "INP-07" in capsys.readouterr().err
    assert main(["link", "replay", str(instance(tmp_path)), "--balance", "-1", "--out", out]) == 2
    assert "--balance" in capsys.readouterr().err
    assert main(["link", "replay", str(tmp_path / "order"), "--out", str(tmp_path / "no" / "p.csv")]) == 2
    assert "INP-07" in capsys.readouterr().err
    assert not Path(out).exists()


def test_a_stream_answers_before_the_next_batch_is_sent() -> None:
    start = {
        "type": "start",
        "places": [{"id": "x", "capacity": {"persons": 1}}],
        "history": [],
        "batches": 2,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "eenthuis.cli.main", "link", "stream", "--balance", "0.01"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdin.write(json.dumps(start) + "\n")
        for name, place in (("é", "x"), ("b", None)):
            batch = {"type": "batch", "cases": [{"id": name, "persons": 1, "scores": {"x": 0.5}}]}
            program.stdin.write(json.dumps(batch) + "\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline()) == {"assign": {name: place}}
        program.stdin.write("nonsense\n")
        program.stdin.close()
        assert program.stdout.read() == ""
        error = program.stderr.read()
        assert program.wait() == 2
    assert "INP-01" in error
    assert "row 4" in error
    assert "Traceback" not in error


def test_a_stream_says_what_it_keeps_where_a_reserve_is_asked() -> None:
    places = [{"id": f"p{number}", "capacity": {"persons": 10}} for number in range(10)]
    bound = [{"id": f"h{row}", "persons": 2, "scores": {"p0": 0.5}} for row in range(4)]
    lines = [
        {"type": "start", "places": places, "history": bound, "batches": 2, "cases_total": 3},
        {"type": "batch", "t": 1, "cases": [{"id": "a", "persons": 1, "scores": {"p0": 0.9, "p1": 0.1}}]},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", "link", "stream", "--policy=greedy", "--reserve=1"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert told["assign"] == {"a": "p0"}
    assert told["reserve"] == {
        "cases": {"few-places": 2, "large": 0, "scarce-use": 0},
        "persons": 4,
        "kept": {"p0": 4},
    }


@pytest.mark.parametrize(
    ("sent", "code"), [(b"", "INP-02"), (b'{"type": "\xff"}\n', "INP-05"), (b'{"type', "INP-01")]
)
def test_a_stream_that_ends_too_soon_or_is_no_text_ends_with_2(sent: bytes, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", "link", "stream"],
        input=sent,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert code.encode() in done.stderr
    assert b"Traceback" not in done.stderr
