"""Reading the packaged tables and their cards; the only place of this package that opens files."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from eenthuis.terms.errors import ReferenceFactError


def _facts() -> Traversable:
    return resources.files("eenthuis.reference") / "facts"


@cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one packaged table, as text, in file order."""
    text = (_facts() / f"{table}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(io.StringIO(text)))


@cache
def card(table: str) -> Mapping[str, object]:
    """Return the source card of one packaged table.

    Raises
    ------
    ReferenceFactError
        REF-06 when the card lacks a part that every card has.
    """
    document = tomllib.loads((_facts() / f"{table}.toml").read_text(encoding="utf-8"))
    missing = {"title", "meaning", "source", "licence", "checked_on", "columns", "limits"} - document.keys()
    if missing:
        raise ReferenceFactError(
            "REF-06",
            f"the card of {table} lacks {', '.join(sorted(missing))}",
            remedy="Add the missing parts to the card beside the table.",
        )
    return MappingProxyType(document)


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of all packaged tables."""
    return tuple(
        sorted(file.name.removesuffix(".csv") for file in _facts().iterdir() if file.name.endswith(".csv"))
    )
