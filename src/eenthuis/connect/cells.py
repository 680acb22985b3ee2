"""Cells of files handed in: words out of a list, yes or no, and errors that say in which row they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TypeVar

from eenthuis.connect.tables import Row
from eenthuis.terms.errors import EenthuisError, InputError

Choice = TypeVar("Choice", bound=StrEnum)
_YES, _NO = frozenset({"yes", "ja", "true", "1"}), frozenset({"no", "nee", "false", "0"})


def choice(row: Row, column: str, kind: type[Choice]) -> Choice:
    """Return a cell as one of the words of ``kind``.

    Raises
    ------
    InputError
        INP-01 when it is none of them.
    """
    try:
        return kind(row[column].casefold())
    except ValueError:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is none of the words that go here",
            remedy=f"Write one of {', '.join(kind)}.",
            location=row.where(column),
        ) from None


def choices(row: Row, column: str, kind: type[Choice]) -> tuple[Choice, ...]:
    """Return a cell as words of ``kind`` with spaces between them, each once, in the order written.

    Raises
    ------
    InputError
        INP-01 when one is none of them, INP-03 when one stands twice.
    """
    found: list[Choice] = []
    for word in row[column].casefold().split():
        one = choice(Row(row.file, row.number, {column: word}), column, kind)
        if one in found:
            raise InputError(
                "INP-03", f"{word!r} stands twice", remedy="Keep it once.", location=row.where(column)
            )
        found.append(one)
    return tuple(found)


def yes_or_no(row: Row, column: str) -> bool:
    """Return a cell as yes or no.

    Raises
    ------
    InputError
        INP-01 when it is neither.
    """
    written = row[column].casefold()
    if written not in _YES | _NO:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is neither yes nor no",
            remedy="Write yes or no.",
            location=row.where(column),
        )
    return written in _YES


def given(row: Row, column: str) -> str:
    """Return the text of a cell.

    Raises
    ------
    InputError
        INP-04 when it is empty.
    """
    if not row[column]:
        raise InputError(
            "INP-04", f"the {column} is missing", remedy="Fill in the cell.", location=row.where(column)
        )
    return row[column]


def of_kind(
    kind: type[StrEnum], read: Callable[[Row, str, type[StrEnum]], object]
) -> Callable[[Row, str], object]:
    """Return a reader of cells for one list of words, as :func:`read_table` wants it."""
    return lambda row, column: read(row, column, kind)


@contextmanager
def at_row(row: Row, column: str) -> Iterator[None]:
    """Say of an error raised inside in which row it stands, unless it says so itself."""
    try:
        yield
    except EenthuisError as wrong:
        if wrong.location is not None:
            raise
        raise type(wrong)(
            wrong.code, wrong.message, remedy=wrong.remedy, location=row.where(column)
        ) from wrong
