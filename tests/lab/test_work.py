"""Work within a year: only with scores that somebody loads, what they say of who got a home, and nothing else."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from eenthuis.connect.instances import write_instance
from eenthuis.connect.lab_report import files
from eenthuis.connect.lab_work import read_work, work_of_instance, work_table
from eenthuis.lab import WORK_MEASURES, Run, compare
from eenthuis.lab.local import place_codes, place_measures, province_measures
from eenthuis.lab.running import FIRST
from eenthuis.lab.work import at_work, invented
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.reference.policy import scenarios
from eenthuis.terms.errors import EenthuisError, InputErrors
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.work_scores import MILLION, WorkScores

PAIR = (scenarios()["today"], scenarios()["as-advised"])
SCORES = invented(np.random.default_rng(3), FIRST)
FUTURES, HALF_YEARS = 12, 2
HEAD = "code,persons,at_work\n"
ALL = "".join(f",{persons},0.5\n" for persons in range(1, 9))


@pytest.fixture(scope="module")
def run() -> Run:
    """A small comparison with scores."""
    return compare(PAIR, futures=FUTURES, seed=5, half_years=HALF_YEARS, work=SCORES)


@pytest.fixture(scope="module")
def bare() -> Run:
    """The same without."""
    return compare(PAIR, futures=FUTURES, seed=5, half_years=HALF_YEARS)


def test_scores_add_work_and_change_no_other_digit(run: Run, bare: Run) -> None:
    mine, plain = files(run, "x"), files(bare, "x")
    assert not any("work" in name for name in plain)
    added = {one.name for one in WORK_MEASURES}
    for name, content in plain.items():
        if not name.endswith(".csv"):
            continue
        rows = [line for line in mine[name].decode().splitlines() if not added & set(line.split(",")[:2])]
        assert rows == content.decode().splitlines()
    assert not any(b"work" in plain[name] for name in ("fan.csv", "differences.csv", "provinces.csv"))
    assert b"invented scores" in mine["work.svg"]
    assert SCORES.digest.encode() in mine["summary.json"]
    assert b"invented scores" not in mine["backlog.svg"]


def of(scores: float) -> WorkScores:
    """Return scores in which every member of a household of one, and nobody else, has this chance."""
    own = (round(scores * MILLION), *([0] * 7))
    return WorkScores(dict.fromkeys(place_codes(FIRST), own), "a trial", is_invented=True)


def test_twice_the_chance_is_twice_the_work() -> None:
    half, whole = (compare(PAIR[:1], futures=4, seed=2, half_years=1, work=of(one)) for one in (0.4, 0.8))
    assert whole.values[0, "work", 0].total == 2 * half.values[0, "work", 0].total > 0


def test_provinces_and_municipalities_add_up_to_the_nation(run: Run) -> None:
    place = [one.name for one in place_measures(has_work=True)].index("work")
    province = [one.name for one in province_measures(has_work=True)].index("work")
    for which in (0, 1):
        nation = run.values[which, "work", 0].mean
        for grid in (run.local.places[which, place], run.local.provinces[which, province]):
            found = grid.means().reshape(HALF_YEARS, -1)[0].sum() / 100
            assert found == pytest.approx(nation, abs=len(place_codes(FIRST)) * 0.005)


def test_per_household_lies_between_the_least_and_most_score(run: Run) -> None:
    chances = at_work(SCORES, FIRST)
    mean = run.quantile("work-per-household", FIRST, 0.5)
    assert chances.min() < mean < chances.max()


def test_a_place_with_better_chances_has_more_work() -> None:
    first = place_codes(FIRST)[0]
    better = WorkScores({**of(0.1).millionths, first: (900_000,) * 8}, "a trial", is_invented=True)
    found = files(compare(PAIR[:1], futures=4, seed=2, half_years=1, work=better), "x")
    table = gzip.decompress(found["municipalities-work.csv.gz"]).decode()
    rows = {row["code"]: float(row["mean"]) for row in csv.DictReader(io.StringIO(table))}
    plain = files(compare(PAIR[:1], futures=4, seed=2, half_years=1, work=of(0.1)), "x")
    again = gzip.decompress(plain["municipalities-work.csv.gz"]).decode()
    before = {row["code"]: float(row["mean"]) for row in csv.DictReader(io.StringIO(again))}
    assert rows.pop(first) > before.pop(first)
    assert rows == before


def test_a_table_gives_its_scores_back(tmp_path: Path) -> None:
    file = tmp_path / "work.csv"
    file.write_bytes(work_table(SCORES))
    assert read_work(file) == SCORES
    file.write_text(f"{HEAD}GM0344,1,0.75\n{ALL}", encoding="utf-8")
    found = read_work(file)
    assert found.millionths[MunicipalityCode("GM0344")][:2] == (750_000, 500_000)
    assert found.millionths[MunicipalityCode("GM0363")][0] == 500_000
    assert (found.source, found.is_invented) == ("work.csv", False)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (HEAD + "GM0344,1,1.5\n", ["INP-06", "row 2", "at_work", "1.5", "0 to 1"]),
        (HEAD + "GM0344,2,-0.1\n", ["INP-06", "row 2", "-0.1"]),
        (HEAD + "GM0344,2,nan\n", ["INP-01", "at_work", "nan"]),
        (HEAD + "GM0344,9,0.1\n", ["INP-06", "persons", "9", "1 to 8"]),
        (HEAD + "GM9999,1,0.1\n", ["INP-02", "GM9999", "2026-I"]),
        (HEAD + "GM0344,1,0.1\nGM0344,1,0.2\n", ["INP-03", "row 3", "twice"]),
        (HEAD + "GM0344,1,0.1\n", ["INP-04", "Groningen (GM0014) of 1", "more"]),
        (HEAD, ["INP-04"]),
        ("code,persons\nGM0344,1\n", ["INP-02", "at_work"]),
        (HEAD.strip() + ",is_invented\n,1,0.1,maybe\n", ["INP-01", "maybe", "yes or no"]),
        (HEAD.strip() + ",source\n,1,0.1,a\n,2,0.1,b\n", ["INP-06", "row 3", "source", "same in every row"]),
    ],
)
def test_a_wrong_table_is_told_where(tmp_path: Path, written: str, told: list[str]) -> None:
    file = tmp_path / "work.csv"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(EenthuisError) as wrong:
        read_work(file)
    every = wrong.value.errors if isinstance(wrong.value, InputErrors) else (wrong.value,)
    said = " ".join(f"{one.code} {one.location} {one.message} {one.remedy}" for one in every)
    assert all(part in said for part in told), said


def test_an_instance_is_averaged_by_size_and_municipality(tmp_path: Path) -> None:
    """Twelve households of one and twelve of three; three of five are averaged with their neighbours."""
    persons = np.asarray([1] * 12 + [3] * 12 + [5] * 3)
    score = np.stack([persons / 4, persons / 8], axis=1).astype(np.float32)
    problem = Problem(
        households=tuple(f"H{row}" for row in range(27)),
        places=("GM0344", "GM0363"),
        uses=("persons",),
        demand=persons[:, None].astype(np.int64),
        capacity=np.full((2, 1), UNLIMITED),
        allowed=np.ones((27, 2), bool),
        score=score,
        group=np.full(27, -1, np.int64),
        arrival=np.arange(27),
    )
    write_instance(problem, tmp_path / "instance")
    found = work_of_instance(tmp_path / "instance")
    utrecht = found.millionths[MunicipalityCode("GM0344")]
    assert (utrecht[0], utrecht[2]) == (250_000, 750_000)
    assert utrecht[4] == round((12 * 0.75 + 3 * 1.25) / 15 * MILLION)
    assert found.millionths[MunicipalityCode("GM0363")][0] == 125_000
    assert found.millionths[MunicipalityCode("GM0014")][0] == 187_500
    assert not found.is_invented
