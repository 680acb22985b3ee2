"""``eenthuis register``: the record of the linking engine for the Dutch Algorithm Register."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Sequence

from eenthuis import reference
from eenthuis.cli.output import add_format, write_rows
from eenthuis.reference import AlgorithmRecord
from eenthuis.reference.algorithm_register import Reference, blocks, filled, not_filled, titles, to_fill
from eenthuis.terms.errors import InputError, Location

COLUMNS = ("field", "title", "to_fill", "value")
WIDTH = 96


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    show = commands.add_parser(
        "show",
        help="print the record of the linking engine, as it is handed in",
        description="Print the record of the linking engine; json is what the register takes. "
        "Fields that depend on who uses the engine are filled in with --set: "
        + ", ".join(one.field for one in to_fill())
        + ".",
        epilog="Example: eenthuis register show --format json --set organization='Gemeente Voorbeeld'",
    )
    show.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="fill in a field; may be repeated"
    )
    add_format(show)
    show.set_defaults(run=run_show)


def run_show(options: argparse.Namespace) -> int:
    """Print the record; what is left to fill in is said beside it."""
    record = filled(reference.algorithm_record(), _values(options.set))
    if options.format == "json":
        print(json.dumps(record.document(), ensure_ascii=False, indent=2))
    elif options.format == "csv":
        write_rows(_rows(record), form="csv", columns=COLUMNS)
    else:
        for row in _rows(record):
            print(_paragraphs(row))
    for one in not_filled(record):
        print(f"Fill in {one.field} before publishing. {one.how}", file=sys.stderr)
    return 0


def _values(given: Sequence[str]) -> dict[str, str]:
    values = {}
    for one in given:
        field, equals, value = one.partition("=")
        if not equals:
            raise InputError(
                "INP-01",
                "--set needs a field and a value",
                remedy="Write FIELD=VALUE, such as organization=NAME.",
                location=Location(column="--set", value=one),
            )
        values[field.strip()] = value.strip()
    return values


def _rows(record: AlgorithmRecord) -> list[dict[str, object]]:
    wanted = {one.field: "must" if one.must else "may" for one in to_fill()}
    return [
        {"field": field, "title": title, "to_fill": wanted.get(field, ""), "value": _text(record, field)}
        for field, title in titles().items()
    ]


def _text(record: AlgorithmRecord, field: str) -> str:
    value = getattr(record, field)
    if isinstance(value, tuple):
        return "\n".join(f"{one.title}: {one.link}" if isinstance(one, Reference) else one for one in value)
    return str(value)


def _paragraphs(row: dict[str, object]) -> str:
    mark = {"must": " [in te vullen]", "may": " [aan te vullen]"}.get(str(row["to_fill"]), "")
    lines = [f"{row['title']} ({row['field']}){mark}"]
    for is_list, items in blocks(str(row["value"])):
        for item in items:
            first, rest = ("  - ", "    ") if is_list else ("  ", "  ")
            lines.append(textwrap.fill(item, WIDTH, initial_indent=first, subsequent_indent=rest))
    return "\n".join([*lines, ""])
