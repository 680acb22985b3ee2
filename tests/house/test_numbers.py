"""Rules, law and access count exactly, and no number of the law stands in a rule."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.house.conftest import Source

EXACT_FLOORS = {"rules", "law", "access", "terms"}
MEASURED_TERMS = {
    "terms/policy.py",
    "terms/lab_runs.py",
    "terms/linking.py",
    "terms/overriding.py",
    "terms/explaining.py",
    "terms/places.py",
    "terms/sheets.py",
}  # values of levers, scores of an engine, coordinates of a map, cells of a spreadsheet
EVERYDAY = {-1, 0, 1, 2}
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))


def floats(tree: ast.Module) -> Iterator[int]:
    """Yield the lines on which a float is written, named or made by rounding."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno
            case ast.Name(id="float" | "round"):
                yield node.lineno
            case ast.ImportFrom(module="math" | "cmath" | "statistics"):
                yield node.lineno
            case _:
                continue


def divisions(tree: ast.Module) -> Iterator[int]:
    """Yield the lines with a true division: a fraction is written ``Fraction(n, d)``; a path may have its slash."""
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Div(), right=ast.Constant(value=str())):
                continue
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield node.lineno
            case _:
                continue


def whole_numbers(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield line and value of every whole number that is not everyday counting."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value not in EVERYDAY:
            yield node.lineno, node.value


def test_no_floats_where_people_are_counted(sources: tuple[Source, ...]) -> None:
    found = [
        f"{source.name}:{line}"
        for source in sources
        if source.floor in EXACT_FLOORS and source.name not in MEASURED_TERMS
        for line in floats(source.tree)
    ]
    assert not found


def test_rules_do_not_divide_but_make_fractions(sources: tuple[Source, ...]) -> None:
    found = [
        f"{source.name}:{line}"
        for source in sources
        if source.floor in {"rules", "access"}
        for line in divisions(source.tree)
    ]
    assert not found


def test_no_number_of_the_law_stands_in_a_rule(sources: tuple[Source, ...]) -> None:
    allowed = EXCEPTIONS["whole_numbers"]
    found = [
        f"{source.name}:{line} {value}"
        for source in sources
        if source.floor in {"rules", "access"}
        for line, value in whole_numbers(source.tree)
        if value not in allowed.get(source.name, {}).get("numbers", ())
    ]
    assert not found


def test_every_exception_for_a_number_is_needed(sources: tuple[Source, ...]) -> None:
    trees = {source.name: source.tree for source in sources}
    for name, row in EXCEPTIONS["whole_numbers"].items():
        assert row["reason"]
        assert set(row["numbers"]) <= {value for _, value in whole_numbers(trees[name])}, name


@pytest.mark.parametrize(
    "written", ["share = 0.5", "def f(x: float): ...", "people = round(share)", "from math import ceil"]
)
def test_the_search_finds_a_recorded_float(written: str) -> None:
    assert list(floats(ast.parse(written))) == [1]


@pytest.mark.parametrize("written", ["share = people / country", "share /= 2"])
def test_the_search_finds_a_recorded_division(written: str) -> None:
    assert list(divisions(ast.parse(written))) == [1]


def test_the_search_finds_a_recorded_number_of_the_law() -> None:
    assert list(whole_numbers(ast.parse("deadline = first_day - timedelta(weeks=13)"))) == [(1, 13)]
