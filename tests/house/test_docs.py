"""What the documentation says is true: examples run, codes have chapters, links lead somewhere."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eenthuis.terms.errors import CODES

if TYPE_CHECKING:
    from tests.house.conftest import Source

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if not {"_build", "generated"}.intersection(path.parts)
)
CORE = (
    "terms", "law", "reference", "access", "rules", "matching", "demonstration", "forecast", "lab", "sessions"
)  # fmt: skip
CONSOLE = re.compile(r"^( *)```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)#]+)(?:#[^)]*)?\)")
CHAPTER = re.compile(r"^### ([A-Z]{3}-\d\d) (.+)$", re.MULTILINE)


def core_modules() -> list[str]:
    """Return every module of the core by its full name, and the notebook door."""
    names = ["eenthuis"]
    for floor in CORE:
        package = importlib.import_module(f"eenthuis.{floor}")
        names.append(package.__name__)
        names += [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return names


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def examples(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of the console blocks of a page with the lines it should print."""
    found: list[tuple[str, list[str]]] = []
    for indent, block in CONSOLE.findall(text):
        for line in block.splitlines():
            shown = line.removeprefix(indent)
            if shown.startswith("$ "):
                found.append((shown[2:], []))
            else:
                found[-1][1].append(shown)
    return found


def agrees(printed: list[str], shown: list[str]) -> bool:
    """Return whether ``printed`` is what a page shows, in which ``...`` stands for any lines."""
    if "..." not in shown:
        return printed == shown
    place = shown.index("...")
    head, tail = shown[:place], shown[place + 1 :]
    ends = not tail or printed[-len(tail) :] == tail
    return printed[:place] == head and ends and len(printed) >= len(head) + len(tail)


WITH_COMMANDS = [page for page in PAGES if CONSOLE.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=page_name)
def test_commands_on_a_page_print_what_it_shows(document: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command, shown in examples(document.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        printed = (done.stdout + done.stderr).splitlines()
        assert agrees(printed, shown), f"{command}\n" + "\n".join(printed[:20])


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b", "c"], ["a", "...", "c"], True),
        (["a", "b"], ["a"], False),
        (["a", "b", "c"], ["a", "...", "b"], False),
        ([], ["a", "..."], False),
    ],
)
def test_dots_stand_for_lines_and_nothing_else_does(
    printed: list[str], shown: list[str], *, same: bool
) -> None:
    assert agrees(printed, shown) is same


@pytest.mark.parametrize("document", PAGES, ids=page_name)
def test_links_between_pages_lead_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    missing = [
        target for target in targets if "generated/" not in target and not (document.parent / target).exists()
    ]
    assert not missing


def test_every_error_code_has_a_chapter_with_its_title() -> None:
    chapters = CHAPTER.findall((ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8"))
    assert dict(chapters) == CODES
    assert len(chapters) == len(CODES)


def undocumented(tree: ast.Module) -> list[str]:
    """Return the public classes and functions of a module that say nothing about themselves."""
    inside = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    found = [
        node.name
        for body in (tree.body, *(node.body for node in inside))
        for node in body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    return found if ast.get_docstring(tree) else ["the module itself", *found]


def test_everything_public_in_the_core_says_what_it_is(sources: tuple[Source, ...]) -> None:
    found = {
        source.name: missing
        for source in sources
        if source.floor in CORE and (missing := undocumented(source.tree))
    }
    assert not found


def test_the_search_finds_a_recorded_undocumented_function() -> None:
    written = '"""A module."""\nclass A:\n    """A."""\n    def f(self): ...\ndef g(): ...\ndef _h(): ...'
    assert undocumented(ast.parse(written)) == ["g", "f"]


def test_make_knows_every_target_the_pages_name() -> None:
    shown = "\n".join(
        block
        for page in PAGES
        for block in re.findall(r"```shell\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    )
    named = set(re.findall(r"(?:^|\s)make ([a-z]+)", shown))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("name", core_modules())
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_some_examples_ran() -> None:
    tests = [
        test
        for name in core_modules()
        for test in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name))
        if test.examples
    ]
    assert len(tests) > len(CORE)


def test_readme_and_its_dutch_twin_say_the_same_things() -> None:
    def shape(name: str) -> list[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return [line.split(" ")[0] for line in lines if line.startswith(("#", "|", "```"))]

    assert shape("README.md") == shape("LEESMIJ.md")
