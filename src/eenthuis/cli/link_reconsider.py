"""``eenthuis link reconsider``: solve again around what a person pins or forbids."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import to_write
from eenthuis.cli.link_explain import Commands, Row, add_proposal, short
from eenthuis.cli.output import add_format, write_rows
from eenthuis.terms.errors import CODES
from eenthuis.terms.overriding import Conflict, Refused, RepairKind, Wish, WishKind

if TYPE_CHECKING:
    from eenthuis.matching.overriding import Reconsidered

MOVES = ("household_id", "persons", "before", "after")
WISHES = ("conflict", "about", "kind", "household_id", "place_id", "use", "amount", "other_households")
CANNOT_HOLD = 1


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command."""
    again = commands.add_parser(
        "reconsider",
        help="solve again around what a person pins or forbids",
        description=(
            "Solve a proposal again around overrides (a CSV file: kind,household_id,place_id,reason with kinds pin, "
            "forbid and release); exit 1, with what cannot hold together, when they cannot be followed."
        ),
        epilog=(
            "Example: eenthuis link reconsider INSTANCE proposal.csv certificate.json --overrides overrides.csv "
            "--out new.csv --certificate new.json"
        ),
    )
    add_proposal(again)
    again.add_argument("--overrides", type=Path, required=True, help="ordered list of overrides (CSV)")
    again.add_argument("--out", type=Path, required=True, help="where the new proposal goes (CSV)")
    again.add_argument(
        "--certificate", dest="new_certificate", type=Path, required=True, help="where its certificate goes"
    )
    add_format(again)
    again.set_defaults(run=run_reconsider)


def run_reconsider(asked: argparse.Namespace) -> int:
    """Solve again around overrides and write the new proposal; 1 when they cannot be followed."""
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.overrides import read_overrides, read_solution, stated_overrides
    from eenthuis.matching.overriding import reconsider

    to_write(asked.out, asked.new_certificate)
    problem = read_instance(asked.instance).problem
    solution = read_solution(asked.proposal, asked.old_certificate, problem)
    log = (*stated_overrides(asked.old_certificate), *read_overrides(asked.overrides, problem))
    found = reconsider(problem, solution, log)
    if isinstance(found, Refused):
        return _refuse(found, asked.format)
    _write(found, asked)
    change = found.difference
    rows: list[Row] = [
        {
            "household_id": one.household,
            "persons": one.persons,
            "before": one.before,
            "after": one.after,
        }
        for one in change.moved
    ]
    write_rows(
        rows,
        form=asked.format,
        columns=MOVES,
        document={**asdict(change), "people_moved": change.people_moved},
    )
    if change.floors_missed:
        print(
            f"least gain no longer reached for {', '.join(change.floors_missed)}: what a person asks goes before it",
            file=sys.stderr,
        )
    if asked.format == "table":
        print(
            f"score {change.score:+.3f}, persons linked {change.persons:+d}, people moved {change.people_moved}, "
            f"total {-change.cost:+.3f}",
            file=sys.stderr,
        )
    return 0


def _write(found: Reconsidered, asked: argparse.Namespace) -> None:
    from eenthuis.connect.proposals import write_certificate, write_proposal
    from eenthuis.matching.certificate import certificate_document
    from eenthuis.matching.wording import reason_codes

    solution = found.solution
    reasons = reason_codes(found.problem, solution.assignment, solution.certificate)
    write_proposal(asked.out, found.problem, solution.assignment, reasons)
    write_certificate(asked.new_certificate, certificate_document(found.problem, solution.certificate))


def _refuse(refused: Refused, form: str) -> int:
    rows = [
        row for number, one in enumerate(refused.conflicts, start=1) for row in _conflict_rows(number, one)
    ]
    document = {"conflicts": [asdict(one) for one in refused.conflicts]}
    write_rows(rows, form=form, columns=WISHES, document=document)
    for conflict in refused.conflicts:
        wishes = "; ".join(_in_words(wish) for wish in conflict.wishes)
        print(
            f"LNK-03 {CODES['LNK-03']}: these cannot hold together: {wishes}. "
            f"{_mending(conflict)} Nothing was written.",
            file=sys.stderr,
        )
    return CANNOT_HOLD


def _conflict_rows(number: int, conflict: Conflict) -> Iterator[Row]:
    for wish in conflict.wishes:
        yield _wish_row(number, "wish", wish.kind.value, wish, wish.amount or None)
    for repair in conflict.repairs:
        about = "repair" if repair.is_enough else "partial-repair"
        yield _wish_row(number, about, repair.kind.value, repair.wish, repair.amount or None)


def _wish_row(number: int, about: str, kind: str, wish: Wish, amount: float | None) -> Row:
    return {
        "conflict": number,
        "about": about,
        "kind": kind,
        "household_id": wish.household or None,
        "place_id": wish.place or None,
        "use": wish.use or None,
        "amount": None if amount is None else short(amount),
        "other_households": " ".join(wish.households) or None,
    }


def _in_words(wish: Wish) -> str:
    names = ", ".join(wish.households)
    return {
        WishKind.PIN: f"{wish.household} is pinned to {wish.place}",
        WishKind.FORBID: f"{wish.household} may not go to {wish.place}",
        WishKind.MUST_LINK: f"{wish.household} must get a place",
        WishKind.HELD_BACK: f"{wish.household} is held back",
        WishKind.GROUP: f"{names} stay together",
        WishKind.CRITERION: f"a hard criterion keeps {wish.household} from {wish.place or 'other places'}",
        WishKind.CAP: f"{wish.place} holds {wish.amount:g} of {wish.use}",
        WishKind.FLOOR: f"{wish.label} reaches {wish.amount:g}",
    }[wish.kind]


def _mending(conflict: Conflict) -> str:
    repair = conflict.repairs[0]
    wish = repair.wish
    names = ", ".join(wish.households)
    return {
        RepairKind.DROP_PIN: f"Drop the pin of {wish.household}.",
        RepairKind.DROP_FORBID: f"Allow {wish.household} at {wish.place} again.",
        RepairKind.DROP_MUST_LINK: f"Let {wish.household} wait.",
        RepairKind.DROP_HELD_BACK: f"Hold {wish.household} back no longer.",
        RepairKind.SPLIT_GROUP: f"Let {names} go apart.",
        RepairKind.LIFT_CRITERION: f"Allow {wish.household} at {wish.place or 'other places'}.",
        RepairKind.RAISE_CAP: f"Let {wish.place} hold {repair.amount:g} more of {wish.use}.",
        RepairKind.LOWER_FLOOR: f"Ask no more than {repair.amount:g} of {wish.label}.",
    }[repair.kind]
