"""A certificate that was changed, or a proposal that does not belong to it, is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from eenthuis.cli.main import main
from eenthuis.connect.instances import write_instance
from eenthuis.matching import Problem, solve
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.terms.linking import Goal

HOUSEHOLDS, PLACES = 30, 5


def _problem() -> Problem:
    rng = np.random.default_rng(5)
    group = np.full(HOUSEHOLDS, -1)
    group[[1, 4]] = 0
    return Problem(
        households=tuple(f"h{row}" for row in range(HOUSEHOLDS)),
        places=tuple(f"p{row}" for row in range(PLACES)),
        uses=("persons", "homes"),
        demand=np.stack([rng.integers(1, 6, HOUSEHOLDS), np.ones(HOUSEHOLDS, int)], axis=1),
        capacity=np.stack([rng.integers(8, 18, PLACES), rng.integers(3, 8, PLACES)], axis=1),
        allowed=rng.random((HOUSEHOLDS, PLACES)) < 0.8,
        score=rng.random((HOUSEHOLDS, PLACES), np.float32),
        group=group,
        arrival=np.zeros(HOUSEHOLDS, np.int64),
    )


def _raise_price(document: dict[str, object]) -> None:
    document["prices"]["p0"]["persons"] += 0.25  # type: ignore[index]


def _negative_price(document: dict[str, object]) -> None:
    document["prices"]["p1"]["homes"] = -0.5  # type: ignore[index]


def _lose_price(document: dict[str, object]) -> None:
    del document["prices"]["p2"]  # type: ignore[attr-defined]


def _lower_bound(document: dict[str, object]) -> None:
    document["bound"] = float(document["objective"])  # type: ignore[arg-type]
    document["gap"] = 0.0


def _raise_objective(document: dict[str, object]) -> None:
    document["objective"] = float(document["objective"]) + 0.01  # type: ignore[arg-type]


def _hide_violation(document: dict[str, object]) -> None:
    document["checks"] = []


def _more_persons(document: dict[str, object]) -> None:
    document["persons_linked"] = int(document["persons_linked"]) + 1  # type: ignore[call-overload]


def _lower_first_stage(document: dict[str, object]) -> None:
    document["stages"][0]["bound"] -= 5  # type: ignore[index]


def _raise_solver_bound_below(document: dict[str, object]) -> None:
    document["solver_bound"] = float(document["objective"]) * 0.9  # type: ignore[arg-type]


TAMPERING: dict[str, tuple[Callable[[dict[str, object]], None], str]] = {
    "a price raised": (_raise_price, "bound"),
    "a price below 0": (_negative_price, "prices"),
    "a price left out": (_lose_price, "prices"),
    "a bound lowered": (_lower_bound, "bound"),
    "an objective raised": (_raise_objective, "objective"),
    "checks left out": (_hide_violation, "cap-persons"),
    "a person more": (_more_persons, "persons_linked"),
    "the first stage's bound lowered": (_lower_first_stage, "persons: bound"),
    "a solver's bound below the objective": (_raise_solver_bound_below, "solver_bound"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_changed_certificate_is_refused(name: str) -> None:
    change, statement = TAMPERING[name]
    problem = _problem()
    solution = solve(problem)
    document = certificate_document(problem, solution.certificate)
    assert all(line.holds for line in check_certificate(problem, solution.assignment, document))
    changed = copy.deepcopy(document)
    change(changed)
    wrong = {line.name for line in check_certificate(problem, solution.assignment, changed) if not line.holds}
    assert statement in wrong


def test_an_overfull_place_is_refused() -> None:
    problem = _problem()
    solution = solve(problem, goal=Goal.SCORE)
    document = certificate_document(problem, solution.certificate)
    crowded = np.zeros(HOUSEHOLDS, np.int64)
    wrong = {line.name for line in check_certificate(problem, crowded, document) if not line.holds}
    assert {"cap-persons", "cap-homes", "allowed", "objective"} <= wrong


def test_a_group_torn_apart_is_refused() -> None:
    problem = _problem()
    solution = solve(problem, goal=Goal.SCORE)
    document = certificate_document(problem, solution.certificate)
    torn = solution.assignment.copy()
    torn[1], torn[4] = -1, 0
    wrong = {line.name for line in check_certificate(problem, torn, document) if not line.holds}
    assert "groups-together" in wrong


def test_the_command_solves_and_refuses_what_was_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_instance(_problem(), tmp_path / "instance", notes={"goal": "score"})
    paths = [str(tmp_path / name) for name in ("instance", "proposal.csv", "certificate.json")]
    assert main(["link", "solve", paths[0], "--out", paths[1], "--certificate", paths[2]]) == 0
    assert main(["link", "check", *paths]) == 0
    document = json.loads(Path(paths[2]).read_text(encoding="utf-8"))
    assert document["goal"] == "score"
    assert document["gap"] == pytest.approx(
        (document["bound"] - document["objective"]) / max(abs(document["bound"]), 1e-9)
    )
    rows = Path(paths[1]).read_text(encoding="utf-8").splitlines()
    taken = next(number for number, row in enumerate(rows[1:], start=1) if row.split(",")[1])
    rows[taken] = rows[taken].split(",")[0] + ",,"
    Path(paths[1]).write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["link", "check", *paths]) == 1
    assert "LNK-02" in capsys.readouterr().err
