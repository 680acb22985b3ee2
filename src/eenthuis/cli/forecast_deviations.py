"""``eenthuis forecast deviations``: what history showed of each official figure, and when another was told."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar

if TYPE_CHECKING:
    from eenthuis.forecast.deviating import PastDeviation

COLUMNS = (
    "half_year", "official", "known_from", "origin", "shown_on", "expected", "told_on", "instead", "is_day_found",
    "days", "days_untold", "source",
)  # fmt: skip


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "deviations",
        help="when the data showed a substantial deviation, and when it was told",
        description="For every official figure of the packaged history: the first day on which arrivals or our own "
        "forecast deviated substantially, the day another figure was told, and the days between. No database is "
        "needed.",
        epilog="Example: eenthuis forecast deviations --format csv",
    )
    add_format(parser)
    parser.set_defaults(run=run_deviations)


def run_deviations(options: argparse.Namespace) -> int:
    """Print what history showed and when it was told."""
    from eenthuis.forecast.deviating import past_deviations
    from eenthuis.law import law_book

    with ExitStack() as stack:
        found = past_deviations(law_book().deviation, bar(stack, "Looking through history"))
    write_rows([row(one) for one in found], form=options.format, columns=COLUMNS, document={})
    untold = [one.days_untold for one in found if one.days_untold is not None]
    shown = sum(one.shown_on is not None for one in found)
    print(
        f"{shown} of {len(found)} figures deviated substantially by the data; {len(untold)} of them were never "
        "followed by another figure. What is substantial is an assumption. Bron: CBS",
        file=sys.stderr,
    )
    return 0


def row(one: PastDeviation) -> dict[str, object]:
    """Return a figure as a row."""
    return {
        "half_year": str(one.told.half_year),
        "official": one.told.people,
        "known_from": one.told.known_from,
        "origin": one.origin.value if one.origin else "",
        "shown_on": one.shown_on or "",
        "expected": "" if one.expected is None else one.expected,
        "told_on": one.told_on or "",
        "instead": "" if one.instead is None else one.instead,
        "is_day_found": int(one.is_day_found),
        "days": "" if one.days is None else one.days,
        "days_untold": "" if one.days_untold is None else one.days_untold,
        "source": one.told.source,
    }
