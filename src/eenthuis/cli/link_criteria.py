"""``eenthuis link criteria``: the registers of criteria, as they are used."""

from __future__ import annotations

import argparse
from decimal import Decimal

from eenthuis.cli.output import add_format, write_rows

COLUMNS = ("key", "meaning", "unit", "basis", "source", "reads", "number", "number_unit", "number_why")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    listed = commands.add_parser(
        "criteria",
        help="list the criteria of linking with their basis and source",
        description="List every criterion of linking: its meaning, unit, basis, source and stated number.",
        epilog="Example: eenthuis link criteria --kind soft --format csv",
    )
    listed.add_argument(
        "--kind", choices=["hard", "soft", "count", "spread", "pace"], help="one kind; left out, all"
    )
    add_format(listed)
    listed.set_defaults(run=run_criteria)


def run_criteria(options: argparse.Namespace) -> int:
    """Print the registers."""
    from eenthuis.matching.registers import every_criterion

    rows = [
        {
            "key": one.key,
            "meaning": one.meaning,
            "unit": one.unit,
            "basis": one.basis.value,
            "source": one.source,
            "reads": " ".join(one.reads),
            "number": Decimal(str(one.setting.value)) if one.setting else "",
            "number_unit": one.setting.unit if one.setting else "",
            "number_why": f"{one.setting.authority.value}: {one.setting.why}" if one.setting else "",
        }
        for one in every_criterion()
        if options.kind in {None, one.kind.value}
    ]
    write_rows(rows, form=options.format, columns=COLUMNS)
    return 0
