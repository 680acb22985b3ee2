"""The record of the linking engine for the Dutch Algorithm Register ("Algoritmeregister"), standard 1.0.

The texts stand in ``algorithm_register.toml`` and the rules of the standard in ``algorithm_register.schema.json``.

References
----------
Publication standard 1.0: github.com/MinBZK/Algoritmeregister, ``backend/app/schemas/config/v1_0.json``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from itertools import groupby
from types import MappingProxyType
from typing import Any

from eenthuis.terms.errors import InputError, Location

ITEM = "- "


@dataclass(frozen=True, slots=True)
class Reference:
    """A title with its address, which is empty when there is none."""

    title: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class ToFill:
    """A field that depends on who uses the engine, and what to write there; ``must`` before publishing."""

    field: str
    how: str
    must: bool


@dataclass(frozen=True, slots=True)
class AlgorithmRecord:
    """One record, with the field names of the standard in its order; an empty value is left out when handed in.

    Long texts are plain: an empty line starts a paragraph, ``- `` an item of a list.
    """

    name: str
    description_short: str
    organization: str
    category: tuple[str, ...]
    status: str
    begin_date: str
    end_date: str
    contact_email: str
    website: str
    publication_category: str
    url: str
    goal: str
    proportionality: str
    human_intervention: str
    risks: str
    lawful_basis: str
    lawful_basis_grouping: tuple[Reference, ...]
    process_index_url: str
    impacttoetsen_grouping: tuple[Reference, ...]
    impacttoetsen: str
    source_data: str
    source_data_grouping: tuple[Reference, ...]
    methods_and_models: str
    provider: str
    publiccode: str
    lang: str
    standard_version: str
    source_id: str
    tags: str

    def document(self) -> dict[str, object]:
        """Return the record as it is handed in: JSON values, long texts in the HTML that the standard allows."""
        return {
            field.name: written
            for field in fields(self)
            if (written := _written(field.name, getattr(self, field.name)))
        }


@cache
def algorithm_record() -> AlgorithmRecord:
    """Return the packaged record of the linking engine.

    >>> algorithm_record().name
    'Koppelvoorstel statushouders'
    """
    packaged = dict(_packaged()["record"])
    for field in fields(AlgorithmRecord):
        if field.name.endswith("_grouping"):
            packaged[field.name] = tuple(Reference(**row) for row in packaged.get(field.name, ()))
    packaged["category"] = tuple(packaged["category"])
    return AlgorithmRecord(**packaged)


@cache
def to_fill() -> tuple[ToFill, ...]:
    """Return what whoever uses the engine fills in, what must be filled in first."""
    return tuple(ToFill(**row) for row in _packaged()["to_fill"])


@cache
def titles() -> Mapping[str, str]:
    """Return the Dutch title of every field of the standard, in its order."""
    return MappingProxyType({name: rules["title"] for name, rules in standard()["properties"].items()})


@cache
def standard() -> Mapping[str, Any]:
    """Return the rules of the standard as a JSON Schema (draft 2020-12)."""
    return MappingProxyType(json.loads(_text("algorithm_register.schema.json")))


def not_filled(record: AlgorithmRecord) -> tuple[ToFill, ...]:
    """Return what must be filled in before publishing, and still says what the package says."""
    packaged = algorithm_record()
    return tuple(
        one for one in to_fill() if one.must and getattr(record, one.field) == getattr(packaged, one.field)
    )


def filled(record: AlgorithmRecord, values: Mapping[str, str]) -> AlgorithmRecord:
    """Return the record with the ``values`` of whoever uses the engine.

    Raises
    ------
    InputError
        INP-02 for a field that is not theirs to fill, INP-01 for a value that the standard does not allow.
    """
    theirs = {one.field: one for one in to_fill()}
    for field, value in values.items():
        where = Location(column=field, value=value)
        if field not in theirs:
            raise InputError(
                "INP-02",
                f"{field} is not a field to fill in",
                remedy=f"Choose from {', '.join(theirs)}.",
                location=where,
            )
        if wrong := _wrong(value, standard()["properties"][field], field):
            raise InputError("INP-01", f"{field} {wrong}", remedy=theirs[field].how, location=where)
    return replace(record, **values)  # type: ignore[arg-type]  # every field to fill in is text


def _wrong(value: str, rules: Mapping[str, object], field: str) -> str:
    """Return what a text breaks of the few rules that fields to fill in have, or nothing."""
    allowed, most, shape = rules.get("enum"), rules.get("maxLength"), rules.get("pattern")
    written = str(_written(field, value))
    if isinstance(allowed, list) and value not in allowed:
        return f"must be one of: {'; '.join(allowed)}"
    if not value.strip():
        return "is empty"
    if isinstance(most, int) and len(written) > most:
        return f"is longer than {most} characters"
    if isinstance(shape, str) and not re.search(shape, written):
        return "is not written as the standard asks"
    return ""


def _written(field: str, value: object) -> object:
    if isinstance(value, tuple):
        return [_reference(one) if isinstance(one, Reference) else one for one in value]
    return _html(str(value)) if field in LONG else value


def _reference(one: Reference) -> dict[str, str]:
    return {"title": one.title, "link": one.link} if one.link else {"title": one.title}


LONG = frozenset(
    {
        "goal",
        "proportionality",
        "human_intervention",
        "risks",
        "lawful_basis",
        "impacttoetsen",
        "source_data",
        "methods_and_models",
    }
)
"""Fields with paragraphs and lists."""


def blocks(text: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    r"""Yield the blocks of a long text: whether it is a list, and its items or the one paragraph.

    >>> list(blocks("Per place:\n\n- room\n- region"))
    [(False, ('Per place:',)), (True, ('room', 'region'))]
    """
    for is_list, lines in groupby(filter(None, text.split("\n")), lambda line: line.startswith(ITEM)):
        if is_list:
            yield True, tuple(line.removeprefix(ITEM) for line in lines)
        else:
            for line in lines:
                yield False, (line,)


def _html(text: str) -> str:
    return "".join(
        "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>" if is_list else f"<p>{items[0]}</p>"
        for is_list, items in blocks(text)
    )


@cache
def _packaged() -> dict[str, Any]:
    return tomllib.loads(_text("algorithm_register.toml"))


def _text(file: str) -> str:
    return (resources.files("eenthuis.reference") / file).read_text(encoding="utf-8")
