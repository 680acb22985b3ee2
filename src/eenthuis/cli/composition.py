"""``eenthuis composition``: make the monthly report on family composition by hand."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eenthuis.connect import clock
from eenthuis.connect.whole_files import write_whole
from eenthuis.rules.months import month_from
from eenthuis.terms.errors import InputError, Location


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    parser.epilog = "Example: eenthuis composition report --month 2026-11 --out reports"
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    report = commands.add_parser(
        "report",
        help="write the report of a month: PDF, workbook and tables",
        description="The worker makes it on the first of the month by itself; a month that was published is not "
        "made again, its files are written as they were.",
        epilog="Example: eenthuis composition report --month 2026-11 --out reports",
    )
    report.add_argument("--month", required=True, metavar="YYYY-MM", help="the month, such as 2026-11")
    report.add_argument("--out", required=True, metavar="DIR", help="the folder the files are written to")
    report.set_defaults(run=run_report)


def run_report(options: argparse.Namespace) -> int:
    """Publish a month unless it was, and write its files.

    Raises
    ------
    InputError
        INP-01 when the month is none; INP-06 when it has not begun, or nobody was in reception then.
    """
    month = month_from(options.month)
    if month > clock.today():
        raise InputError(
            "INP-06",
            f"{options.month} has not begun",
            remedy="Give this month or an earlier one.",
            location=Location(column="--month", value=options.month),
        )
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.services.composing import BY_ITSELF, month_files, publish

    is_new = publish(actor=BY_ITSELF, month=month)
    files = month_files(actor=BY_ITSELF, month=month)
    if not files:
        raise InputError(
            "INP-06",
            f"nobody was in reception on {month.isoformat()}",
            remedy="Give a month with households in the tables.",
            location=Location(column="--month", value=options.month),
        )
    out = Path(options.out)
    write_whole(out, files)
    for name in files:
        print(out / name)
    print("published now" if is_new else "published before", file=sys.stderr)
    return 0
