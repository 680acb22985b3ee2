"""Tables on a terminal, CSV and JSON for machines."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TextIO

from eenthuis.terms.receipt import plain


def add_format(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the option ``--format``; a terminal gets a table, a pipe CSV."""
    parser.add_argument(
        "--format",
        choices=["table", "csv", "json"],
        default="table" if sys.stdout.isatty() else "csv",
        help="table on a terminal, csv in a pipe, unless you say otherwise",
    )


def write_rows(
    rows: Sequence[Mapping[str, object]],
    *,
    form: str,
    columns: Sequence[str],
    document: Mapping[str, object] | None = None,
    to: TextIO | None = None,
) -> None:
    """Write ``rows`` as ``form``; JSON writes ``document`` with the rows under ``rows``."""
    out = to or sys.stdout
    if form == "json":
        listed = [{key: _number(value) for key, value in row.items()} for row in rows]
        json.dump(
            {**{key: _number(value) for key, value in (document or {}).items()}, "rows": listed},
            out,
            ensure_ascii=False,
            indent=2,
        )
        out.write("\n")
        return
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[key]) for key in columns] for row in rows)
        return
    cells = [[str(_cell(row[key])) for key in columns] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(columns, *cells, strict=True)]
    for line in (list(columns), *cells):
        out.write(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() + "\n"
        )


def _number(value: object) -> object:
    """Return ``value`` as JSON holds it: measured numbers as they are, everything else in its plain form."""
    match value:
        case Decimal():
            return float(value)
        case float():
            return value
        case Mapping():
            return {str(key): _number(value[key]) for key in sorted(value, key=str)}
        case list() | tuple():
            return [_number(item) for item in value]
        case _:
            return plain(value)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return format(value, "f") if isinstance(value, Decimal) else plain(value)
