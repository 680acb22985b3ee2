"""``eenthuis erase``: erase personal data whose time has passed."""

from __future__ import annotations

import argparse

from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect.clock import today

COLUMNS = ("kind", "count", "ended_by", "days", "authority", "source", "state")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Erase personal data of households whose time has passed. Targets, progress and counts stay as they are. "
        "A worker does this by itself every day."
    )
    parser.epilog = "Example: eenthuis erase --as-of 2028-03-03 --dry-run"
    parser.add_argument("--as-of", metavar="DAY", help="the day it is (default today)")
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    add_format(parser)
    parser.set_defaults(run=run_erase)


def run_erase(options: argparse.Namespace) -> int:
    """Erase, or say what would be."""
    as_of = today() if options.as_of is None else day(options.as_of, "--as-of")
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.services.erasing import due, erase

    found = due(as_of=as_of) if options.dry_run else erase(as_of=as_of, today=today())
    rows = [
        {
            "kind": one.kind.value,
            "count": one.count,
            "ended_by": one.ended_by.isoformat(),
            "days": one.days,
            "authority": one.authority,
            "source": one.source,
            "state": "would go" if options.dry_run else "erased",
        }
        for one in found
    ]
    write_rows(rows, form=options.format, columns=COLUMNS)
    return 0
