"""``eenthuis forecast estimates``: the official figures beside our forecasts, and entering one."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect.clock import today
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear

if TYPE_CHECKING:
    from eenthuis.services.estimates import EstimateView

COLUMNS = (
    "number", "quantity", "half_year", "kind", "low", "middle", "high", "made_on", "known_by", "until", "source",
    "is_replaced",
)  # fmt: skip


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    listed = commands.add_parser(
        "estimates",
        help="the official estimates and counts, packaged and entered",
        description="List official estimates (minimum, middle, maximum) and counts per half-year.",
        epilog="Example: eenthuis forecast estimates --quantity national-number",
    )
    listed.add_argument("--quantity", metavar="NAME", help=f"one of {', '.join(Quantity)}; left out, all")
    listed.add_argument("--demonstration", action="store_true", help="in the demonstration country")
    add_format(listed)
    listed.set_defaults(run=run_estimates)
    added = commands.add_parser(
        "add-estimate",
        help="enter an official estimate or a count",
        description="Enter an official figure for a half-year. One of the same kind, half-year and day corrects the "
        "one before; both stay.",
        epilog="Example: eenthuis forecast add-estimate --quantity national-number --half-year 2026-II "
        "--low 13000 --middle 15000 --high 18000 --made-on 2026-01-05 --source 'MPP, voorjaar 2026'",
    )
    added.add_argument("--quantity", required=True, metavar="NAME", help=f"one of {', '.join(Quantity)}")
    added.add_argument(
        "--half-year", required=True, metavar="H", help="half-year that is estimated or counted"
    )
    added.add_argument("--low", metavar="N", help="minimum scenario, in people")
    added.add_argument("--middle", required=True, metavar="N", help="middle scenario or count, in people")
    added.add_argument("--high", metavar="N", help="maximum scenario, in people")
    added.add_argument("--made-on", required=True, metavar="DAY", help="day of publication")
    added.add_argument("--counted-until", metavar="DAY", help="makes it a count: the last day counted")
    added.add_argument("--source", required=True, metavar="TEXT", help="where it was published")
    added.add_argument("--note", default="", metavar="TEXT", help="what a reader must know")
    added.add_argument("--demonstration", action="store_true", help="in the demonstration country")
    added.set_defaults(run=run_add)


def run_estimates(options: argparse.Namespace) -> int:
    """Print the official figures."""
    from eenthuis.cli.django_ready import ready

    wanted = _quantity(options.quantity) if options.quantity else None
    ready(demonstration=options.demonstration)
    from eenthuis.services.estimates import read_estimates

    listed = read_estimates(actor=_by(), quantity=wanted)
    write_rows([_row(view) for view in listed], form=options.format, columns=COLUMNS, document={})
    return 0


def run_add(options: argparse.Namespace) -> int:
    """Enter an official figure."""
    until = day(options.counted_until, "--counted-until") if options.counted_until else None
    made = Estimate(
        quantity=_quantity(options.quantity),
        half_year=HalfYear.parse(options.half_year),
        kind=EstimateKind.COUNT if until else EstimateKind.ESTIMATE,
        middle=whole_number(options.middle, "--middle"),
        low=whole_number(options.low, "--low") if options.low else None,
        high=whole_number(options.high, "--high") if options.high else None,
        made_on=day(options.made_on, "--made-on"),
        known_by=None,
        until=until,
        source=options.source,
        note=options.note,
    )
    from eenthuis.cli.django_ready import ready

    ready(demonstration=options.demonstration)
    from eenthuis.services.deviating import enter_estimate

    view = enter_estimate(actor=_by(), made=made, today=today())
    told = f", it corrects number {view.replaces}" if view.replaces else ""
    print(f"entered as number {view.number}{told}", file=sys.stderr)
    return 0


def _row(view: EstimateView) -> dict[str, object]:
    made = view.estimate
    return {
        "number": view.number or "",
        "quantity": made.quantity.value,
        "half_year": str(made.half_year),
        "kind": made.kind.value,
        "low": "" if made.low is None else made.low,
        "middle": made.middle,
        "high": "" if made.high is None else made.high,
        "made_on": made.made_on or "",
        "known_by": made.known_by or "",
        "until": made.until or "",
        "source": made.source,
        "is_replaced": view.is_replaced,
    }


def _quantity(name: str) -> Quantity:
    if name not in set(Quantity):
        raise InputError(
            "INP-01",
            f"{name!r} is nothing that is estimated",
            remedy=f"Give one of {', '.join(Quantity)}.",
            location=Location(column="--quantity", value=name),
        )
    return Quantity(name)


def _by() -> Actor:
    """Return who acts: whoever may run commands on the server may enter what the ministry published."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Actor(f"command line ({name})", Role.MINISTRY)
