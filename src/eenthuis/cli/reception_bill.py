"""``eenthuis reception bill``: what reception of so many places comes to in a year, per scenario with its sources."""

from __future__ import annotations

import argparse
from fractions import Fraction

from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_output import write_notes
from eenthuis.law import law_book
from eenthuis.law.money import BillScenario, bill_prices
from eenthuis.rules.reception_money import BillLine, reception_bill
from eenthuis.terms.errors import InputError, Location

COLUMNS = (
    "scenario",
    "places",
    "regular_places",
    "emergency_places",
    "regular_cents",
    "emergency_cents",
    "emergency_part",
    "cents",
    "assumed",
    "source",
)


def register_bill(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    bill = commands.add_parser(
        "bill",
        help="what so many places come to in a year: low, middle and high, each price with its source",
        description="Reckon the bill of reception for a year. Prices are those of the law book; the part that is "
        "emergency reception is a stated choice of each scenario, unless you give one.",
        epilog="Example: eenthuis reception bill --places 96000 --as-of 2026-03-03",
    )
    bill.add_argument("--places", required=True, metavar="N", help="places in the country")
    bill.add_argument("--as-of", required=True, metavar="D", help="day of the prices")
    bill.add_argument(
        "--emergency-part", metavar="P", help="part of the places that is emergency reception, such as 1/4"
    )
    add_format(bill)
    bill.set_defaults(run=run_bill)


def run_bill(options: argparse.Namespace) -> int:
    """Print one line for each scenario."""
    on = day(options.as_of, "--as-of")
    places = whole_number(options.places, "--places")
    part = None if options.emergency_part is None else _part(options.emergency_part)
    lines = [
        reception_bill(places, bill_prices(law_book(), on, scenario).with_part(part))
        for scenario in BillScenario
    ]
    write_rows(
        [_row(line) for line in lines],
        form=options.format,
        columns=COLUMNS,
        document={
            "as_of": on,
            "places": places,
            "law": {line.scenario.value: line.prices.citations for line in lines},
        },
    )
    write_notes(
        [f"{line.scenario.value}: {line.cents // 100} euros for {places} places." for line in lines],
        options.format,
    )
    return 0


def _row(line: BillLine) -> dict[str, object]:
    prices = line.prices
    return {
        "scenario": line.scenario,
        "places": line.regular_places + line.emergency_places,
        "regular_places": line.regular_places,
        "emergency_places": line.emergency_places,
        "regular_cents": prices.regular_cents,
        "emergency_cents": prices.emergency_cents,
        "emergency_part": prices.emergency_part,
        "cents": line.cents,
        "assumed": " ".join(prices.assumed),
        "source": " ".join(dict.fromkeys(cited.source for cited in prices.citations)),
    }


def _part(written: str) -> Fraction:
    try:
        part = Fraction(written)
    except (ValueError, ZeroDivisionError):
        part = Fraction(-1)
    if not 0 <= part <= 1:
        raise InputError(
            "INP-01",
            f"{written!r} is no part",
            remedy="Write a part from 0 to 1, such as 1/4 or 0.25.",
            location=Location(column="--emergency-part", value=written),
        )
    return part
