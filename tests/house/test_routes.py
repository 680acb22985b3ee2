"""Nothing goes round access: every route, use case and action has its row."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from eenthuis.access.matrix import actions
from eenthuis.terms.errors import CODES

if TYPE_CHECKING:
    from tests.house.conftest import Source

ROOT = Path(__file__).resolve().parents[2]
ROUTES = tomllib.loads((ROOT / "tests" / "access" / "routes.toml").read_text(encoding="utf-8"))
ASKS = {"require", "require_somewhere", "may", "decide"}


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield every route below a resolver with its name."""
    for entry in resolver.url_patterns:
        where = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from ((path, name and namespace + name) for path, name in patterns(entry, where))
        elif isinstance(entry, URLPattern):
            yield where, entry.name


def actions_asked(tree: ast.AST) -> set[str]:
    """Return the actions that a piece of code asks for by name."""
    return {
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def takes_an_actor(function: ast.FunctionDef) -> bool:
    """Return whether a function is a use case: anyone calls it, and it says who asks."""
    named = [*function.args.args, *function.args.kwonlyargs]
    return not function.name.startswith("_") and "actor" in {argument.arg for argument in named}


def asks_first(function: ast.FunctionDef, use_cases: set[str]) -> bool:
    """Return whether a use case asks for access itself, or leaves all to a use case that does."""
    called = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return bool(called & (ASKS | use_cases - {function.name}))


def services(sources: tuple[Source, ...]) -> list[tuple[str, ast.FunctionDef]]:
    """Return the use cases with the module they stand in."""
    return [
        (source.name, node)
        for source in sources
        if source.floor == "services" and source.path.stem != "access"
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef) and takes_an_actor(node)
    ]


def test_every_route_has_a_name_and_a_row() -> None:
    routes = dict(patterns(get_resolver()))
    assert routes
    assert not [path for path, name in routes.items() if name is None]
    assert {name for name in routes.values() if name} == set(ROUTES)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_row_of_a_route_names_an_action_of_the_matrix(name: str) -> None:
    assert ROUTES[name]["action"] in actions()


def test_every_use_case_asks_for_access(sources: tuple[Source, ...]) -> None:
    found = services(sources)
    use_cases = {function.name for _, function in found}
    assert found
    assert not [f"{name}::{function.name}" for name, function in found if not asks_first(function, use_cases)]


def test_actions_asked_for_are_the_rows_of_the_matrix(sources: tuple[Source, ...]) -> None:
    asked = set().union(
        *(actions_asked(source.tree) for source in sources if source.floor in {"services", "web"})
    )
    routes = {row["action"] for row in ROUTES.values()}
    assert asked <= set(actions())
    assert set(actions()) <= asked | routes


def test_the_search_finds_a_recorded_use_case_that_does_not_ask() -> None:
    module = ast.parse("def read_all(*, actor): return load_all()\ndef load_all(): ...")
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    assert [takes_an_actor(function) for function in functions] == [True, False]
    assert not asks_first(functions[0], {"read_all"})


def test_every_error_code_has_a_dutch_sentence() -> None:
    from eenthuis.web.sentences import SENTENCES

    assert set(SENTENCES) == set(CODES)
    assert all(str(sentence).strip() for sentence in SENTENCES.values())
