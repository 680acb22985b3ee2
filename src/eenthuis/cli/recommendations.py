"""``eenthuis recommendations``: the ten as packaged, and the steps promised on them, without a database."""

from __future__ import annotations

import argparse
from datetime import date

from eenthuis import reference
from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_output import write_notes
from eenthuis.law import law_book
from eenthuis.rules.recommendations import Standing, standing
from eenthuis.terms.recommendations import Recommendation

LIST_COLUMNS = (
    "number",
    "code",
    "subject",
    "addressees",
    "given_on",
    "answered_on",
    "answer",
    "state",
    "source",
)
DUE_COLUMNS = ("recommendation", "what", "owner", "promised_on", "due", "state", "days_since", "source")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    listed = commands.add_parser(
        "list",
        help="the ten recommendations, to whom, what was answered and how far each is",
        description="List the recommendations as packaged, with the answer and the state on a day.",
        epilog="Example: eenthuis recommendations list --as-of 2026-03-03",
    )
    due = commands.add_parser(
        "due",
        help="steps that were promised and are not done",
        description="List the promised steps that have not ended on a day. An empty due says that no last day was "
        "promised.",
        epilog="Example: eenthuis recommendations due --as-of 2026-03-03",
    )
    for one, run in ((listed, run_list), (due, run_due)):
        one.add_argument("--as-of", required=True, metavar="D", help="the day")
        add_format(one)
        one.set_defaults(run=run)


def _standings(on: date) -> tuple[tuple[Recommendation, Standing], ...]:
    entries = reference.packaged_entries()
    found = reference.recommendations().values()
    return tuple((one, standing(entries[one.number], on)) for one in found if one.given_on <= on)


def run_list(options: argparse.Namespace) -> int:
    """Print the recommendations."""
    on = day(options.as_of, "--as-of")
    rows = []
    for one, now in _standings(on):
        answer = now.answer
        rows.append(
            {
                "number": one.number,
                "code": one.code,
                "subject": one.subject,
                "addressees": "|".join(one.addressees),
                "given_on": one.given_on,
                "answered_on": answer.on if answer else None,
                "answer": answer.answer if answer else None,
                "state": now.state,
                "source": one.source,
            }
        )
    write_rows(rows, form=options.format, columns=LIST_COLUMNS, document={"as_of": on})
    write_notes([f"{len(rows)} recommendations on {on.isoformat()}, as packaged."], options.format)
    return 0


def run_due(options: argparse.Namespace) -> int:
    """Print the steps that have not ended."""
    on = day(options.as_of, "--as-of")
    near = law_book().notices(on).near_days
    rows = [
        {
            "recommendation": one.number,
            "what": step.promised.what_en,
            "owner": step.promised.owner,
            "promised_on": step.promised.on,
            "due": step.due,
            "state": step.state(on, near),
            "days_since": (on - step.promised.on).days,
            "source": step.promised.source,
        }
        for one, now in _standings(on)
        for step in now.open_steps
    ]
    write_rows(rows, form=options.format, columns=DUE_COLUMNS, document={"as_of": on})
    write_notes([f"{len(rows)} steps are open on {on.isoformat()}."], options.format)
    return 0
