"""The receipt of a spreadsheet that was taken in: which file, and what came of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from eenthuis.rules.inputs import listed, whole
from eenthuis.terms.receipt import Receipt, make_receipt
from eenthuis.terms.sheets import Outcome, SheetKind

TAKE_IN = "sheets.take-in"
TAKE_IN_COLUMNS = ("rows",)


def sheet_receipt(
    *, kind: SheetKind, file_digest: str, outcomes: Mapping[int, Outcome], as_of: date, code_version: str
) -> Receipt:
    """Return the receipt of a file taken in; rows that follow each other with the same outcome stand together.

    Nothing of what the rows say is in it: who holds the file can show by its SHA-256 that it is this one.

    Examples
    --------
    >>> made = sheet_receipt(kind=SheetKind.SIGN_OFFS, file_digest="sha256:00", as_of=date(2026, 3, 3),
    ...     outcomes={2: Outcome.NEW, 3: Outcome.NEW, 4: Outcome.SAME}, code_version="0")
    >>> made.inputs["rows"], take_in_again(made.inputs)
    ([[2, 3, 'new'], [4, 4, 'same']], {'new': 2, 'same': 1})
    """
    inputs: dict[str, object] = {
        "kind": kind.value,
        "file": file_digest,
        "rows": _stretches(outcomes),
    }
    return make_receipt(
        action=TAKE_IN,
        as_of=as_of,
        inputs=inputs,
        output=take_in_again(inputs),
        citations=(),
        code_version=code_version,
    )


def _stretches(outcomes: Mapping[int, Outcome]) -> list[list[int | str]]:
    numbered = sorted(outcomes.items())
    found: list[list[int | str]] = []
    for (_, outcome), stretch in groupby(enumerate(numbered), key=lambda at: (at[1][0] - at[0], at[1][1])):
        rows = [number for _, (number, _) in stretch]
        found.append([rows[0], rows[-1], outcome.value])
    return found


def take_in_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Return how many rows were new and how many stood there already."""
    counts = {Outcome.NEW: 0, Outcome.SAME: 0}
    for stretch in listed(inputs["rows"]):
        first, last, outcome = listed(stretch)
        counts[Outcome(str(outcome))] += whole(last) - whole(first) + 1
    return {outcome.value: rows for outcome, rows in counts.items()}
