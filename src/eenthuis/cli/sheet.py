"""``eenthuis sheet``: templates of spreadsheets, and spreadsheets checked and taken in, whole or not at all."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from eenthuis.cli.arguments import to_write
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.sheets import SheetKind

FOUND_WRONG = 2
COLUMNS = ("row", "column", "value", "why", "remedy")
KINDS = [kind.value for kind in SheetKind]


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    made = commands.add_parser(
        "template",
        help="write the workbook to fill in",
        description="Write the workbook to fill in: Dutch headings, lists to choose from, and an explanation.",
        epilog="Example: eenthuis sheet template households --out huishoudens.xlsx",
    )
    made.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    made.add_argument("--out", required=True, type=Path, metavar="FILE", help="the workbook to write (.xlsx)")
    made.set_defaults(run=run_template)
    taken = commands.add_parser(
        "import",
        help="check a spreadsheet and take it in",
        description="Check a spreadsheet (.xlsx, .ods or .csv) and take it in: every row, or none when any is wrong.",
        epilog="Example: eenthuis sheet import households huishoudens.xlsx --check",
    )
    taken.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--check", action="store_true", help="only check, take nothing in")
    taken.add_argument("--account", metavar="NAME", help="the account in whose name this is done")
    taken.add_argument(
        "--marked", type=Path, metavar="FILE", help="write the workbook back with the errors in it"
    )
    add_format(taken)
    taken.set_defaults(run=run_import)


def run_template(options: argparse.Namespace) -> int:
    """Write a template; this needs no database."""
    from eenthuis.connect.clock import today
    from eenthuis.connect.sheet_book import forms
    from eenthuis.connect.sheet_writing import template

    to_write(options.out)
    _write(options.out, template(forms()[SheetKind(options.kind)], today()))
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Check a file, and take it in when every row is sound."""
    from eenthuis.connect.text import content

    to_write(*([options.marked] if options.marked else []))
    given = content(options.file)
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.connect.clock import today
    from eenthuis.services import sheet_work
    from eenthuis.services.accounts import account_for

    kind = SheetKind(options.kind)
    actor = account_for(name=options.account, kind=kind)
    does = sheet_work.look_at if options.check else sheet_work.take_in_now
    with ExitStack() as stack:
        told = does(
            actor=actor,
            kind=kind,
            name=options.file.name,
            content=given,
            today=today(),
            on_progress=bar(stack, "checking rows"),
        )
    looked, receipt = told if isinstance(told, tuple) else (told, "")
    _report(options, looked, receipt)
    if options.marked:
        from eenthuis.services.sheets import mark

        _write(
            options.marked,
            mark(looked.read.form, given, options.file.name, looked.read.heading_row, looked.problems),
        )
    return 0 if looked.is_sound else FOUND_WRONG


def _report(options: argparse.Namespace, looked: object, receipt: str) -> None:
    from eenthuis.services.sheet_work import Looked
    from eenthuis.services.sheets import in_words

    if not isinstance(looked, Looked):
        raise TypeError("a file that was looked at")
    lines = [in_words(problem, looked.read.form, "en") for problem in looked.problems]
    rows = [
        {"row": one.row, "column": one.column, "value": one.value, "why": one.why, "remedy": one.remedy}
        for one in lines
    ]
    counts = looked.counts
    told = {**counts, "taken_in": bool(receipt), "receipt": receipt}
    if options.format == "json" or rows:
        write_rows(rows, form=options.format, columns=COLUMNS, document=told)
    said = f"{counts['new']} new, {counts['same']} there already, {counts['wrong']} wrong"
    if receipt:
        said += f"; taken in, receipt {receipt}"
    elif looked.is_sound and options.check:
        said += "; nothing was taken in, as asked"
    else:
        said += "; nothing was taken in"
    print(said, file=sys.stderr)


def _write(file: Path, made: bytes) -> None:
    try:
        file.write_bytes(made)
    except OSError as wrong:
        raise InputError(
            "INP-07",
            f"the file cannot be written: {wrong.strerror}",
            remedy="Give a path in a folder that you may write in.",
            location=Location(str(file)),
        ) from wrong
