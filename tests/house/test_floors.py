"""The import contracts hold, and each of them breaks on its recorded violation."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
VIOLATIONS = tomllib.loads((Path(__file__).parent / "violations.toml").read_text(encoding="utf-8"))[
    "violation"
]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}


def lint(folder: Path) -> tuple[int, str]:
    """Run the linter in ``folder`` and return its exit code with what it printed."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def broken(printed: str) -> set[str]:
    """Return the names of the contracts that the linter calls broken."""
    return {match[1].strip() for match in re.finditer(r"^(.+?) BROKEN", printed, re.MULTILINE)}


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A house with the same floors and contracts, and nothing in the rooms but the doors to solvers and statistics."""
    package = tmp_path / "eenthuis"
    floors = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
    for floor in (name for layer in floors for name in re.split(r"\s*\|\s*", layer)):
        (package / floor).mkdir(parents=True)
        (package / floor / "__init__.py").touch()
    (package / "__init__.py").touch()
    for engine in ("matching", "disclosure"):
        (package / engine / "solver.py").write_text("import highspy\n", encoding="utf-8")
    (package / "sessions" / "solver.py").write_text("import scipy\n", encoding="utf-8")
    (package / "forecast" / "smoothing.py").write_text("import statsmodels\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_every_contract_has_a_recorded_violation() -> None:
    assert {row["contract"] for row in VIOLATIONS} == set(NAMES)


def test_a_house_in_order_breaks_nothing(small_house: Path) -> None:
    code, printed = lint(small_house)
    assert code == 0, printed


@pytest.mark.parametrize("row", VIOLATIONS, ids=[row["says"].replace(" ", "-") for row in VIOLATIONS])
def test_a_recorded_violation_breaks_its_contract(row: dict[str, object], small_house: Path) -> None:
    files = row["files"]
    assert isinstance(files, dict)
    for name, text in files.items():
        path = small_house / "eenthuis" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code, printed = lint(small_house)
    assert code == 1, printed
    assert NAMES[str(row["contract"])] in broken(printed), printed


def test_the_package_keeps_every_contract() -> None:
    code, printed = lint(ROOT)
    assert code == 0, printed
