"""Classes of tables end in Row, and nothing else does."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.house.conftest import Source

READ_MODELS = {"services", "connect", "cli"}  # their rows are of a page or of someone's file


def classes(source: Source) -> list[str]:
    """Return the names of the classes of a module that stand at its top."""
    return [node.name for node in source.tree.body if isinstance(node, ast.ClassDef)]


def test_every_model_of_the_store_ends_in_row(sources: tuple[Source, ...]) -> None:
    models = [
        node
        for source in sources
        if source.name.startswith("store/") and source.path.stem.startswith("models")
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)
    ]
    assert models
    assert not [node.name for node in models if not node.name.endswith("Row")]


def test_no_class_of_the_core_or_of_the_pages_ends_in_row(sources: tuple[Source, ...]) -> None:
    found = [
        f"{source.name} {name}"
        for source in sources
        if source.floor not in READ_MODELS | {"store"}
        for name in classes(source)
        if name.endswith("Row")
    ]
    assert not found


def test_errors_stand_in_one_tree(sources: tuple[Source, ...]) -> None:
    found = [
        f"{source.name} {name}"
        for source in sources
        if source.name != "terms/errors.py"
        for name in classes(source)
        if name.endswith(("Error", "Exception"))
    ]
    assert not found


def test_nothing_is_left_unfinished(sources: tuple[Source, ...]) -> None:
    marks = ("TODO", "FIXME", "NotImplementedError", "XXX")
    found = [
        f"{source.name}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if any(mark in line for mark in marks)
    ]
    assert not found
