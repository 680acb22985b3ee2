"""``eenthuis processing``: for what the record of a household was used, and the register of activities."""

from __future__ import annotations

import argparse

from eenthuis.cli.output import add_format, write_rows
from eenthuis.terms.processing import ACTIVITIES

LINE = (
    "trace_id",
    "start_time",
    "name",
    "processing_activity_id",
    "data_subject_id",
    "data_subject_id_type",
    "purpose",
    "ground",
)
ROW = ("activity", "meaning", "purpose", "ground", "fields")
URN = "urn:eenthuis:verwerking:"


def register(parser: argparse.ArgumentParser) -> None:
    """Add the two commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    show = commands.add_parser(
        "show",
        help="for what the record of a household was used",
        description="For what the record of a household was used, line by line; nobody who looked stands in it.",
        epilog="Example: eenthuis processing show PE-000001 --format json",
    )
    show.add_argument("household", metavar="HOUSEHOLD", help="the number of a household")
    add_format(show)
    show.set_defaults(run=run_show)
    activities = commands.add_parser(
        "activities",
        help="the register of processing activities",
        description="The register of processing activities, with purpose and ground.",
        epilog="Example: eenthuis processing activities --format csv",
    )
    add_format(activities)
    activities.set_defaults(run=run_activities)


def run_show(options: argparse.Namespace) -> int:
    """Print the log of a household."""
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.services.processing import processed

    rows = [
        {
            "trace_id": line.trace,
            "start_time": line.at.isoformat(),
            "name": line.activity.value,
            "processing_activity_id": f"{URN}{line.activity.value}",
            "data_subject_id": options.household,
            "data_subject_id_type": "household",
            "purpose": line.purpose,
            "ground": line.ground,
        }
        for line in processed(options.household)
    ]
    write_rows(rows, form=options.format, columns=LINE)
    return 0


def run_activities(options: argparse.Namespace) -> int:
    """Print the register."""
    rows = [
        {
            "activity": activity.value,
            "meaning": row.meaning,
            "purpose": row.purpose,
            "ground": row.ground,
            "fields": "; ".join(row.fields),
        }
        for activity, row in ACTIVITIES.items()
    ]
    write_rows(rows, form=options.format, columns=ROW)
    return 0
