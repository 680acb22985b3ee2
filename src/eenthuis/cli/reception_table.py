"""``eenthuis reception table``: what a regional table is short, and three proposals to fill it, without a database."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.reception_table_files import ShareRow, SwapRows, read_offers, read_shares, read_swaps
from eenthuis.cli.target_output import name_and_province, write_notes
from eenthuis.law import ReceptionLaw, law_book
from eenthuis.rules.allocation import AllocatedLine, Allocation, TableFacts, allocate
from eenthuis.rules.allocation_receipts import allocation_receipt
from eenthuis.rules.filling import CannotFill, Filling
from eenthuis.rules.provincial_tasks import smallest
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.rules.table_proposals import AIMS, FillingLine, fillings
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind
from eenthuis.terms.version import code_version

COLUMNS = (
    "code", "name", "province", "share", "swapped", "durable", "standing", "offered", "added", "places", "lacking",
    *(aim.replace("-", "_") for aim in AIMS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    province: ProvinceCode
    as_of: date
    law: ReceptionLaw
    facts: TableFacts
    made: Allocation
    least: int
    proposals: tuple[FillingLine, ...]


def register_table(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    table = commands.add_parser(
        "table",
        help="what the table of a province is short, and proposals to fill it",
        description="Lay the regional table of a province from files: what each municipality lacks of its share after "
        "offers and swaps, and three proposals to fill what is short. A person chooses one of them, or none.",
        epilog="Example: eenthuis reception table shares.csv --province Utrecht --as-of 2026-03-01 --offers offers.csv "
        "--swaps swaps.csv",
    )
    table.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV code,places: the shares, as distribute writes them; durable and standing where there are such places",
    )
    table.add_argument("--as-of", required=True, metavar="D", help="day of the law and of the municipalities")
    table.add_argument(
        "--province", metavar="P", help="name or CBS code; left out, the file holds one province"
    )
    table.add_argument("--offers", type=Path, metavar="FILE", help="CSV code,places with kind and durable")
    table.add_argument(
        "--swaps",
        type=Path,
        metavar="FILE",
        help="CSV swap,code,change with kind and durable; rows of one swap add up to 0",
    )
    table.add_argument(
        "--smallest", metavar="N", help="places a new site has at least; left out, the least durable number"
    )
    add_format(table)
    table.set_defaults(run=run_table)


def run_table(options: argparse.Namespace) -> int:
    """Print the table."""
    laid = _laid(options)
    write_rows(
        [_row(line, laid.proposals) for line in laid.made.lines],
        form=options.format,
        columns=COLUMNS,
        document=_document(laid),
    )
    write_notes(_notes(laid), options.format)
    return 0


def _laid(options: argparse.Namespace) -> _Table:
    as_of = day(options.as_of, "--as-of")
    law = law_book().reception(as_of)
    asked = None if options.province is None else reference.province(options.province).code
    shares = read_shares(options.file, as_of, asked)
    offers = () if options.offers is None else read_offers(options.offers, as_of, shares)
    swaps = () if options.swaps is None else read_swaps(options.swaps, as_of, shares)
    province = asked or reference.municipality(next(iter(shares))).province
    least = smallest(PlaceKind.REGULAR, law)
    if options.smallest is not None:
        least = max(whole_number(options.smallest, "--smallest"), 1)
    facts, made = _allocated(province, shares, offers, swaps, law)
    return _Table(province, as_of, law, facts, made, least, fillings(made, least))


def _allocated(
    province: ProvinceCode,
    shares: Mapping[MunicipalityCode, ShareRow],
    offers: Sequence[Offer],
    swaps: Sequence[SwapRows],
    law: ReceptionLaw,
) -> tuple[TableFacts, Allocation]:
    """Return the facts and the allocation; the first swap that cannot stand is refused with its row."""
    facts = TableFacts(
        shares={code: one.share for code, one in shares.items()},
        durable={code: one.durable for code, one in shares.items() if one.durable},
        standing={code: one.standing for code, one in shares.items() if one.standing},
        offers=tuple(offers),
        swaps=tuple(one.agreed for one in swaps),
        added={},
    )
    for number, one in enumerate(swaps, start=1):
        outcome = allocate(province, replace(facts, swaps=facts.swaps[:number]), law=law)
        if isinstance(outcome, PlaceSwapRefused):
            raise InputError(
                "INP-06",
                f"the swap cannot stand: {'; '.join(outcome.reasons)}",
                remedy="Mend its rows, or leave them out.",
                location=one.row.where("swap"),
            )
    made = allocate(province, facts, law=law)
    if isinstance(made, PlaceSwapRefused):  # every swap stood by itself just now
        raise StateError("STA-06", "; ".join(made.reasons), remedy="Tell the makers of Eenthuis.")
    return facts, made


def _row(line: AllocatedLine, proposals: Sequence[FillingLine]) -> dict[str, object]:
    name, province = name_and_province(line.municipality)
    return {
        "code": line.municipality,
        "name": name,
        "province": province,
        "share": line.share,
        "swapped": line.swapped,
        "durable": line.durable,
        "standing": line.standing,
        "offered": line.offered,
        "added": line.added,
        "places": line.places,
        "lacking": line.lacking,
    } | {
        one.aim.replace("-", "_"): (
            one.filling.places.get(line.municipality, 0) if isinstance(one.filling, Filling) else None
        )
        for one in proposals
    }


def _document(laid: _Table) -> dict[str, object]:
    receipt = allocation_receipt(
        made=laid.made,
        facts=laid.facts,
        shares_receipt="",
        as_of=laid.as_of,
        law=laid.law,
        code_version=code_version(),
    )
    return {
        "province": laid.province,
        "as_of": laid.as_of,
        "number": laid.made.task.places,
        "durable": laid.made.task.durable,
        "remaining": laid.made.task.remaining,
        "allocated": laid.made.allocated,
        "short": laid.made.short,
        "smallest": laid.least,
        "proposals": [_proposal(one) for one in laid.proposals],
        "law": laid.law.citations,
        "receipt_number": receipt.number,
        "receipt": receipt,
    }


def _proposal(one: FillingLine) -> dict[str, object]:
    if isinstance(one.filling, CannotFill):
        return {"aim": one.aim, "room": one.filling.room, "short": one.filling.short}
    filling = one.filling
    return {
        "aim": one.aim,
        "places": dict(filling.places),
        "sites": filling.sites,
        "over": filling.over,
        "deviation": one.deviation,
    }


def _notes(laid: _Table) -> list[str]:
    made = laid.made
    name, number = reference.province(laid.province).name, made.task
    told = [f"{name}: {number.places} places, less {number.durable} durable; {made.short} short."]
    for one in laid.proposals:
        if isinstance(one.filling, CannotFill):
            told.append(f"{one.aim}: cannot be; there is room for {one.filling.room} places of {made.short}.")
        elif made.short:
            told.append(
                f"{one.aim}: {one.filling.sites} sites, {one.filling.over} places beyond what is short, "
                f"{one.deviation} places from the shares."
            )
    return told
