"""What ``eenthuis documents`` reads from the law book, and what of it was assumed on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.documents import document_law, session_law
from eenthuis.law.loading import LawValue
from eenthuis.sessions.problem import Rules
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.law import Authority, Citation

PREFIXES = ("documents.", "sessions.")
"""Keys of the law book that can be assumed otherwise."""

_YES_OR_NO: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}


def assumed_values(asked: Sequence[str]) -> dict[str, str]:
    """Return assumptions ``KEY=VALUE`` by key.

    Raises
    ------
    InputError
        INP-01 for another shape or a key that is not of documents or sessions, INP-03 for a key that stands twice.
    """
    found: dict[str, str] = {}
    for one in asked:
        key, equals, value = one.partition("=")
        if not equals or key not in _keys():
            raise InputError(
                "INP-01",
                f"{one!r} assumes nothing that is known",
                remedy=f"Write KEY=VALUE with one of {', '.join(_keys())}.",
                location=Location(column="--assume", value=one),
            )
        if key in found:
            raise InputError(
                "INP-03",
                f"{key} is assumed twice",
                remedy="Assume it once.",
                location=Location(column="--assume", value=one),
            )
        found[key] = value
    return found


def rules_on(day: date, assumed: Mapping[str, str]) -> Rules:
    """Return the rules as they hold on a day, with what is assumed otherwise.

    Raises
    ------
    InputError
        INP-01 when a value is of another kind than the one it replaces.
    """
    book = law_book()
    if assumed:
        values = {key: _value(book, key, text, day) for key, text in assumed.items()}
        book = book.assuming(values, why="assumed on the command line")
    return Rules(document_law(book, day), session_law(book, day), book.calendar(day))


def citations_of(rules: Rules) -> tuple[Citation, ...]:
    """Return where everything stands that was asked of the law."""
    return (*rules.document.citations, *rules.session.citations, *rules.calendar.citations)


def assumption_notes(rules: Rules) -> list[str]:
    """Return a line for each value that is an assumption, with what it is."""
    return [
        f"Assumption: {one.article} = {one.value} ({one.key})."
        for one in (*rules.document.citations, *rules.session.citations)
        if one.authority is Authority.ASSUMPTION
    ]


def _keys() -> tuple[str, ...]:
    return tuple(key for prefix in PREFIXES for key in law_book().keys(prefix))


def _value(book: Book, key: str, text: str, day: date) -> LawValue:
    held, _ = book.look_up(key, day)
    if isinstance(held, bool):
        if text in _YES_OR_NO:
            return _YES_OR_NO[text]
    elif isinstance(held, int):
        if text.isascii() and text.isdigit():
            return int(text)
    else:
        return text
    raise InputError(
        "INP-01",
        f"{text!r} cannot stand for {key}, which is {held!r}",
        remedy="Write a value of the same kind.",
        location=Location(column="--assume", value=f"{key}={text}"),
    )
