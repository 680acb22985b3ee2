"""The forms of spreadsheets, and the sentences for what can be wrong in them, read from their table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from eenthuis.terms.sheets import CellKind, Column, SheetForm, SheetKind, SheetProblem, Why

Sentences = Mapping[str, tuple[str, str]]


@cache
def _book() -> Mapping[str, object]:
    text = (resources.files("eenthuis.connect") / "sheet_book.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def forms() -> Mapping[SheetKind, SheetForm]:
    """Return the form of every kind."""
    book = _book()["form"]
    assert isinstance(book, dict)  # noqa: S101 - our own packaged file
    return MappingProxyType({SheetKind(name): _form(name, form) for name, form in book.items()})


def _form(name: str, form: Mapping[str, object]) -> SheetForm:
    columns = form["column"]
    key = form["key"]
    assert isinstance(columns, list)  # noqa: S101 - our own packaged file
    assert isinstance(key, list)  # noqa: S101 - our own packaged file
    return SheetForm(
        kind=SheetKind(name),
        sheet=str(form["sheet"]),
        title=str(form["title"]),
        title_en=str(form["title_en"]),
        columns=tuple(
            Column(**{**one, "kind": CellKind(one["kind"]), "choices": one.get("choices", {})})
            for one in columns
        ),
        key=tuple(key),
    )


@cache
def refused_headings() -> frozenset[str]:
    """Return the headings, folded, of columns that are refused with an explanation."""
    refused = _book()["refused"]
    assert isinstance(refused, dict)  # noqa: S101 - our own packaged file
    return frozenset(folded(heading) for heading in refused["headings"])


@cache
def own_headings() -> frozenset[str]:
    """Return the headings, folded, of columns that Eenthuis adds itself and does not read."""
    own = _book()["own_columns"]
    assert isinstance(own, list)  # noqa: S101 - our own packaged file
    return frozenset(folded(heading) for heading in own)


def folded(heading: str) -> str:
    """Return a heading as it is compared: without case, stars and double spaces."""
    return re.sub(r"\s+", " ", heading.replace("*", " ").replace("\u00a0", " ")).strip().casefold()


def sentence(problem: SheetProblem, form: SheetForm, *, language: str = "nl") -> tuple[str, str]:
    """Return why and what to do, in Dutch or English."""
    column = next((one for one in form.columns if one.heading == problem.column), None)
    values = {
        "sheet": form.sheet,
        "heading": problem.column,
        "value": problem.value,
        "example": column.example if column else "",
        "least": str(column.least) if column else "",
        "most": str(column.most) if column else "",
        "choices": "; ".join(column.choices) if column else "",
        **problem.values,
    }
    why, remedy = _sentences(problem.why, language)
    return why.format_map(values), remedy.format_map(values)


def _sentences(why: Why, language: str) -> tuple[str, str]:
    book = _book()["why"]
    assert isinstance(book, dict)  # noqa: S101 - our own packaged file
    both = book[why.value]["en" if language == "en" else "nl"]
    return str(both[0]), str(both[1])


@dataclass(frozen=True, slots=True)
class ListWords:
    """How a list that goes out is called, and its headings."""

    sheet: str
    title: str
    headings: tuple[str, ...]


@cache
def list_words(name: str) -> ListWords:
    """Return the words of a list; one that can be handed in again has those of its form."""
    if name in set(SheetKind):
        form = forms()[SheetKind(name)]
        return ListWords(form.sheet, form.title, tuple(column.heading for column in form.columns))
    lists = _book()["list"]
    assert isinstance(lists, dict)  # noqa: S101 - our own packaged file
    found = lists[name]
    return ListWords(found["sheet"], found["title"], tuple(found["headings"]))
