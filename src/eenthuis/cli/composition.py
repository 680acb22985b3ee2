"""``eenthuis composition``: make the monthly report on family composition by hand, and attack what was published."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect import clock
from eenthuis.connect.whole_files import write_whole
from eenthuis.rules.months import month_from
from eenthuis.terms.errors import InputError, Location

ATTACK_COLUMNS = ("month", "stage", "characteristic", "place", "category", "least", "most", "asked")


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
    tried = commands.add_parser(
        "attack",
        help="try to work out hidden counts from everything published",
        description="Everything shown in the last twelve months, all totals and the people linked per municipality go "
        "into one attack by linear programs. Exit code 1 when it leaves less open of a hidden count than is asked.",
        epilog="Example: eenthuis composition attack --format json",
    )
    add_format(tried)
    tried.set_defaults(run=run_attack)


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


def run_attack(options: argparse.Namespace) -> int:
    """Attack what was published and print what that finds; exit 1 when it finds anything."""
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.services.attacking import attack_published
    from eenthuis.services.composing import BY_ITSELF

    made = attack_published(actor=BY_ITSELF)
    rows = [
        {
            "month": f"{one.month:%Y-%m}",
            "stage": one.cell.stage.value,
            "characteristic": one.cell.characteristic.value,
            "place": one.cell.place,
            "category": one.cell.category,
            "least": one.least,
            "most": one.most,
            "asked": one.asked,
        }
        for one in made.found
    ]
    write_rows(rows, form=options.format, columns=ATTACK_COLUMNS)
    print(
        f"{len(made.months)} months, {made.hidden} hidden counts and {made.untold} that are told of nowhere: "
        f"{len(made.found)} found; of {made.public} other public figures say more than is asked here",
        file=sys.stderr,
    )
    return int(bool(made.found))
