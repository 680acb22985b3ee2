"""The words of the glossary are the words of the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.house.conftest import Source

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "eenthuis"
GLOSSARY = tomllib.loads((PACKAGE / "terms" / "glossary.toml").read_text(encoding="utf-8"))
TERMS = GLOSSARY["term"]
EMPTY_WORDS = set(GLOSSARY["empty_words"])
DUTCH_WORDS = set(GLOSSARY["dutch_words"]) - set(GLOSSARY["proper_names"])
FORBIDDEN = {tuple(synonym.split("_")): row["english"] for row in TERMS for synonym in row["not"]}


def words(identifier: str) -> tuple[str, ...]:
    """Return the words of an identifier in lower case, for any way of writing it."""
    return tuple(
        part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", identifier.replace("_", " "))
    )


def identifiers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything a module names itself."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case _:
                continue


def synonym_in(identifier: str) -> str | None:
    """Return what is wrong with an identifier, if it holds a word that the glossary refuses."""
    parts = words(identifier)
    for refused, english in FORBIDDEN.items():
        size = len(refused)
        if any(parts[start : start + size] == refused for start in range(len(parts) - size + 1)):
            return f"{identifier}: say {english!r}, not {' '.join(refused)!r}"
    dutch = DUTCH_WORDS.intersection(parts)
    return f"{identifier}: {dutch.pop()!r} is Dutch" if dutch else None


def test_identifiers_use_the_words_of_the_glossary(sources: tuple[Source, ...]) -> None:
    found = [
        f"{source.name}:{line} {wrong}"
        for source in sources
        for line, name in identifiers(source.tree)
        if (wrong := synonym_in(name))
    ]
    assert not found


def test_no_module_or_class_has_an_empty_name(sources: tuple[Source, ...]) -> None:
    modules = [
        source.name
        for source in sources
        for part in source.path.relative_to(PACKAGE).with_suffix("").parts
        if EMPTY_WORDS.intersection(words(part))
    ]
    classes = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and EMPTY_WORDS.intersection(words(node.name))
    ]
    assert not modules + classes


def test_every_type_the_glossary_names_is_there(sources: tuple[Source, ...]) -> None:
    classes = {
        node.name for source in sources for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    }
    named = {name for row in TERMS for name in row["code"]}
    assert named <= classes, named - classes


def test_one_english_word_per_dutch_term_and_one_meaning_per_word() -> None:
    english = [row["english"] for row in TERMS]
    dutch = [term for row in TERMS for term in row["dutch"]]
    assert len(english) == len(set(english))
    assert len(dutch) == len(set(dutch))
    for row in TERMS:
        assert row["source"], row
        assert row["meaning"], row
        assert row["english"] not in {synonym.replace("_", " ") for synonym in row["not"]}


@pytest.mark.parametrize("name", ["national_quota", "NetTaakstelling", "signedOffSemester", "find_key_date"])
def test_the_search_finds_a_recorded_wrong_word(name: str) -> None:
    assert synonym_in(name)


@pytest.mark.parametrize("name", ["net_targets", "HalfYear", "target_in_force", "coa"])
def test_the_search_passes_right_words(name: str) -> None:
    assert synonym_in(name) is None


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("HTTPError", ("http", "error")),
        ("net_targets", ("net", "targets")),
        ("INDDesk", ("ind", "desk")),
        ("year2024", ("year", "2024")),
    ],
)
def test_words_of_an_identifier(name: str, parts: tuple[str, ...]) -> None:
    assert words(name) == parts
