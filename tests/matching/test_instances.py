"""An instance folder with a fault is refused with file, row and column, before anything is solved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eenthuis.cli.main import main
from eenthuis.connect.instances import read_instance, write_instance
from eenthuis.matching.problem import UNLIMITED
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.linking import Goal

GOOD = {
    "households.csv": "household_id,persons,use_children\na,2,1\nb,1,0\nc,4,2\n",
    "places.csv": "place_id,cap_persons,cap_children\nx,3,1\ny,,\n",
    "pairs.csv": "household_id,place_id,score,allowed\na,x,0.5,1\na,y,0.25,1\nb,x,1,1\nc,y,-2,1\nc,x,,0\n",
    "groups.csv": "household_id,group_id\na,g\nb,g\n",
    "instance.toml": 'goal = "score"\n',
}

BAD = {
    "a score that is no number": ("pairs.csv", "a,x,0.5,1", "a,x,nan,1", "INP-01", 2, "score"),
    "an infinite score": ("pairs.csv", "b,x,1,1", "b,x,inf,1", "INP-01", 4, "score"),
    "a score too large": ("pairs.csv", "b,x,1,1", "b,x,1e300,1", "INP-01", 4, "score"),
    "a score left out": ("pairs.csv", "b,x,1,1", "b,x,,1", "INP-01", 4, "score"),
    "allowed that is neither": ("pairs.csv", "b,x,1,1", "b,x,1,maybe", "INP-01", 4, "allowed"),
    "a pair twice": ("pairs.csv", "a,y,0.25,1", "a,x,0.25,1", "INP-03", 3, "place_id"),
    "an unknown household": ("pairs.csv", "b,x,1,1", "q,x,1,1", "LNK-01", 4, "household_id"),
    "an unknown place": ("pairs.csv", "b,x,1,1", "b,q,1,1", "LNK-01", 4, "place_id"),
    "a household twice": ("households.csv", "b,1,0", "a,1,0", "INP-03", 3, "household_id"),
    "a household without a name": ("households.csv", "b,1,0", ",1,0", "INP-04", 3, "household_id"),
    "fewer than no persons": ("households.csv", "b,1,0", "b,-1,0", "INP-06", 3, "persons"),
    "half a person": ("households.csv", "b,1,0", "b,1.5,0", "INP-01", 3, "persons"),
    "a use below 0": ("households.csv", "b,1,0", "b,1,-3", "INP-06", 3, "use_children"),
    "a use left out": ("households.csv", "b,1,0", "b,1,", "INP-01", 3, "use_children"),
    "a cap below 0": ("places.csv", "x,3,1", "x,-3,1", "INP-06", 2, "cap_persons"),
    "a cap in words": ("places.csv", "x,3,1", "x,three,1", "INP-01", 2, "cap_persons"),
    "a place twice": ("places.csv", "y,,", "x,,", "INP-03", 3, "place_id"),
    "a use without a cap": ("places.csv", "cap_children", "cap_childs", "INP-02", None, "cap_children"),
    "a column missing": ("pairs.csv", "score,allowed", "points,allowed", "INP-02", 1, "score"),
    "a row too short": ("places.csv", "x,3,1", "x,3", "INP-01", 2, ""),
    "a group of nobody": ("groups.csv", "b,g", "q,g", "LNK-01", 3, "household_id"),
    "in two groups": ("groups.csv", "b,g", "a,h", "INP-03", 3, "household_id"),
    "an unknown goal": ("instance.toml", "score", "happiness", "INP-01", None, ""),
    "broken settings": ("instance.toml", "goal =", "goal", "INP-01", None, ""),
}


def _folder(tmp_path: Path, **changed: str) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir()
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.replace(".", "_"), text), encoding="utf-8")
    return folder


def test_a_good_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    instance = read_instance(_folder(tmp_path))
    problem = instance.problem
    assert instance.goal is Goal.SCORE
    assert problem.uses == ("persons", "children")
    assert problem.capacity.tolist() == [[3, 1], [UNLIMITED, UNLIMITED]]
    assert problem.allowed.tolist() == [[True, True], [True, False], [False, True]]
    assert problem.group.tolist() == [0, 0, -1]


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_named_with_file_row_and_column(name: str, tmp_path: Path) -> None:
    file, before, after, code, row, column = BAD[name]
    folder = _folder(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(EenthuisError) as caught:
        read_instance(folder)
    location = caught.value.location
    assert caught.value.code == code
    assert location is not None
    assert location.file.endswith(file)
    assert location.row == row
    assert location.column == column


def test_faults_come_together(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "households.csv").write_text(
        "household_id,persons,use_children\na,-1,x\nb,1,0\n", encoding="utf-8"
    )
    with pytest.raises(EenthuisError) as caught:
        read_instance(folder)
    assert len(str(caught.value).splitlines()) == 4


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    text = GOOD["places.csv"].replace(",", ";")
    (folder / "places.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_instance(folder).problem.places == ("x", "y")


@pytest.mark.parametrize("name", ["households.csv", "places.csv", "pairs.csv"])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / name).unlink()
    with pytest.raises(EenthuisError) as caught:
        read_instance(folder)
    assert caught.value.code == "INP-07"


def test_arrays_are_read_back_as_written(tmp_path: Path) -> None:
    problem = read_instance(_folder(tmp_path)).problem
    write_instance(problem, tmp_path / "again", notes={"goal": "score"})
    again = read_instance(tmp_path / "again").problem
    assert np.array_equal(again.score, problem.score)
    assert np.array_equal(again.allowed, problem.allowed)
    assert np.array_equal(again.capacity, problem.capacity)
    assert np.array_equal(again.group, problem.group)


def test_a_score_in_an_array_that_is_no_number_is_refused(tmp_path: Path) -> None:
    problem = read_instance(_folder(tmp_path)).problem
    write_instance(problem, tmp_path / "again")
    score = problem.score.copy()
    score[1, 1] = np.nan
    np.save(tmp_path / "again" / "scores.npy", score)
    with pytest.raises(EenthuisError) as caught:
        read_instance(tmp_path / "again")
    assert caught.value.location is not None
    assert (caught.value.location.row, caught.value.location.column) == (2, "y")


def test_the_command_says_what_is_wrong_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path, places_csv="place_id,cap_persons,cap_children\nx,-3,1\ny,,\n")
    out, certificate = tmp_path / "proposal.csv", tmp_path / "certificate.json"
    assert main(["link", "solve", str(folder), "--out", str(out), "--certificate", str(certificate)]) == 2
    said = capsys.readouterr().err
    assert "INP-06" in said
    assert "places.csv" in said
    assert not out.exists()
