"""Files and functions stay small enough to read; the exceptions are listed with their reason."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
FILE_LINES = {"src": 400, "benchmarks": 400, "docs": 400, "tools": 400, "tests": 600}
FUNCTION_LINES = 50


def python_files() -> dict[str, str]:
    """Return the text of every Python file by its path."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in FILE_LINES
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "_build" not in path.parts
    }


def too_long(files: dict[str, str]) -> dict[str, int]:
    """Return the files with more lines than their folder allows."""
    lengths = {name: len(text.splitlines()) for name, text in files.items()}
    return {name: lines for name, lines in lengths.items() if lines > FILE_LINES[name.split("/")[0]]}


def long_functions(name: str, text: str) -> dict[str, int]:
    """Return the functions of a file with more lines than a function may have, docstring left out."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > FUNCTION_LINES:
                found[f"{name}::{node.name}"] = lines
    return found


def beyond(found: dict[str, int], kind: str) -> list[str]:
    """Return what is longer than allowed and than its exception, and exceptions that are not needed."""
    allowed = EXCEPTIONS[kind]
    over = [
        f"{name}: {lines} lines"
        for name, lines in found.items()
        if lines > allowed.get(name, {}).get("lines", 0)
    ]
    return over + [f"{name}: exception not needed" for name in allowed if name not in found]


def test_files_fit_their_room() -> None:
    assert not beyond(too_long(python_files()), "files")


def test_functions_fit_their_room() -> None:
    found: dict[str, int] = {}
    for name, text in python_files().items():
        found |= long_functions(name, text)
    assert not beyond(found, "functions")


@pytest.mark.parametrize("kind", ["files", "functions"])
def test_every_exception_says_why(kind: str) -> None:
    assert all(row["reason"] for row in EXCEPTIONS[kind].values())


def test_the_search_finds_a_recorded_long_file_and_function() -> None:
    body = "    x = 1\n" * (FUNCTION_LINES + 1)
    assert long_functions("src/a.py", f"def f():\n{body}") == {"src/a.py::f": FUNCTION_LINES + 1}
    assert not long_functions("src/a.py", f'def f():\n    """One line."""\n{body[10:]}')
    assert too_long({"src/a.py": "x\n" * 401, "tests/a.py": "x\n" * 401}) == {"src/a.py": 401}
