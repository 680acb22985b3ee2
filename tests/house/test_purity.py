"""The core has no clock, no dice and no files but its own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house.conftest import Source

CORE = {
    "terms",
    "law",
    "reference",
    "access",
    "rules",
    "matching",
    "demonstration",
    "forecast",
    "disclosure",
    "lab",
    "sessions",
}
OWN_FILES = {"law", "reference"}
READERS = {
    "access/matrix.py": "the authority matrix is packaged beside it",
    "disclosure/solver.py": "sends the banner of the solver to nowhere",
    "matching/solver.py": "sends the banner of the solver to nowhere",
}
CLOCKS = {"today", "now", "utcnow", "gmtime", "localtime", "time"}
STOPWATCHES = {"perf_counter", "monotonic"}  # an engine may say how long it took
DICE = {"random", "secrets", "uuid"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def called(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and last name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield node.lineno, name
                case _:
                    continue


def clocks(tree: ast.Module) -> list[int]:
    """Return the lines on which a clock is read."""
    return [line for line, name in called(tree) if name in CLOCKS]


def dice(tree: ast.Module) -> list[int]:
    """Return the lines on which chance comes from elsewhere than a seeded generator."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if DICE.intersection(name.name for name in names):
                found.append(node.lineno)
            case ast.ImportFrom(module=module) if module in DICE:
                found.append(node.lineno)
            case ast.Call(func=ast.Attribute(attr="default_rng"), args=[], keywords=[]):
                found.append(node.lineno)
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Attribute(attr="random"))) if name[
                0
            ].islower():
                found += [node.lineno] * (name != "default_rng")
            case _:
                continue
    return found


def files(tree: ast.Module) -> list[int]:
    """Return the lines on which a file is opened."""
    return [line for line, name in called(tree) if name in FILES]


def test_the_core_reads_no_clock(sources: tuple[Source, ...]) -> None:
    found = [f"{s.name}:{line}" for s in sources if s.floor in CORE for line in clocks(s.tree)]
    assert not found


def test_the_core_throws_no_dice_of_its_own(sources: tuple[Source, ...]) -> None:
    found = [f"{s.name}:{line}" for s in sources if s.floor in CORE for line in dice(s.tree)]
    assert not found


def test_only_law_and_reference_open_their_packaged_files(sources: tuple[Source, ...]) -> None:
    found = [
        f"{s.name}:{line}"
        for s in sources
        if s.floor in CORE - OWN_FILES and s.name not in READERS
        for line in files(s.tree)
    ]
    assert not found


def test_stopwatches_stand_in_engines_only(sources: tuple[Source, ...]) -> None:
    found = [
        f"{s.name}:{line}"
        for s in sources
        if s.floor in CORE - {"matching"}
        for line, name in called(s.tree)
        if name in STOPWATCHES
    ]
    assert not found


@pytest.mark.parametrize("written", ["as_of = date.today()", "moment = datetime.now(UTC)", "t = time.time()"])
def test_the_search_finds_a_recorded_clock(written: str) -> None:
    assert clocks(ast.parse(written)) == [1]


@pytest.mark.parametrize(
    "written",
    ["import random", "from uuid import uuid4", "rng = np.random.default_rng()", "np.random.shuffle(rows)"],
)
def test_the_search_finds_recorded_dice(written: str) -> None:
    assert dice(ast.parse(written)) == [1]


def test_the_search_passes_a_seeded_generator() -> None:
    assert dice(ast.parse("rng = np.random.default_rng(seed)\nrng.shuffle(rows)")) == []


@pytest.mark.parametrize("written", ["open('a')", "path.read_text()"])
def test_the_search_finds_a_recorded_file(written: str) -> None:
    assert files(ast.parse(written)) == [1]
