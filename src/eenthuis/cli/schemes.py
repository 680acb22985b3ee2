"""``eenthuis schemes``: the register of schemes, eligibility, the lot and settlement, without a database."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.schemes_files import (
    read_applications,
    read_awards,
    read_entries,
    read_seed,
    read_stays,
    read_transit_sites,
)
from eenthuis.cli.schemes_output import (
    AWARD_COLUMNS,
    CHECK_COLUMNS,
    DRAW_COLUMNS,
    LIST_COLUMNS,
    MONTH_COLUMNS,
    OVERLAP_COLUMNS,
    award_row,
    check_rows,
    draw_notes,
    draw_rows,
    list_row,
    month_row,
    overlap_row,
    unpaid_notes,
)
from eenthuis.cli.target_output import write_notes
from eenthuis.law import law_book
from eenthuis.law.schemes import Scheme, holds, scheme, scheme_codes, schemes_on, transit_laws
from eenthuis.rules.lot_receipts import draw_receipt
from eenthuis.rules.lots import ALGORITHM, commitment_of, draw, entries_digest
from eenthuis.rules.scheme_conditions import check_eligibility
from eenthuis.rules.scheme_overlap import overlaps
from eenthuis.rules.transit import transit_bill
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.schemes import ConditionKind, Outcome, ProjectFact, SchemeCode, WhenShort
from eenthuis.terms.version import code_version

NOT_ELIGIBLE = 1
"""Exit code when a condition is not met."""


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    listed = commands.add_parser(
        "list",
        help="the schemes that hold on a day, with amounts, conditions and sources",
        description="List the schemes that hold on a day, or where they overlap. What is not known stays empty.",
        epilog="Example: eenthuis schemes list --as-of 2024-04-02",
    )
    listed.add_argument("--as-of", required=True, metavar="D", help="the day")
    listed.add_argument(
        "--overlaps", action="store_true", help="pairs for the same purpose and groups, and where they differ"
    )
    add_format(listed)
    listed.set_defaults(run=run_list)
    check = commands.add_parser(
        "check",
        help="whether applications are eligible, condition by condition",
        description="Check applications against a scheme as it held on the day of each. A fact that is not in the file "
        "is not known, never met. Ends with 1 when a condition is not met.",
        epilog="Example: eenthuis schemes check applications.csv --scheme sft-2023",
    )
    check.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV application,code,applied_on,units and a column for each fact",
    )
    check.add_argument("--scheme", required=True, metavar="S", help="code of the scheme, as list shows it")
    add_format(check)
    check.set_defaults(run=run_check)
    _register_lot(commands)
    _register_settle(commands)


def _register_lot(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commit = commands.add_parser(
        "commit",
        help="the commitment to a seed, to publish before applications close",
        description="Print the commitment to a seed. It tells nothing of the seed and allows no other.",
        epilog="Example: eenthuis schemes commit --seed-file seed.txt --round 2024-2",
    )
    drawn = commands.add_parser(
        "draw",
        help="categories and the lot within them, drawn from the seed revealed",
        description=f"Draw the order of applications by the algorithm {ALGORITHM}, and award while the budget reaches.",
        epilog="Example: eenthuis schemes draw entries.csv --seed-file seed.txt --round 2024-2 "
        "--commitment HEX --budget-cents 7400000000 --as-of 2024-06-01",
    )
    drawn.add_argument("file", type=Path, metavar="FILE", help="CSV application,category,asked_cents")
    for one in (commit, drawn):
        one.add_argument(
            "--seed-file", required=True, type=Path, metavar="FILE", help="the seed on its first line"
        )
        one.add_argument("--round", required=True, metavar="R", help="name of the round, as it was published")
    drawn.add_argument("--commitment", required=True, metavar="HEX", help="what was published beforehand")
    drawn.add_argument(
        "--budget-cents", required=True, metavar="N", help="budget of the round in whole cents"
    )
    drawn.add_argument("--as-of", required=True, metavar="D", help="day of the draw, for the receipt")
    drawn.add_argument(
        "--public-value",
        default="",
        metavar="V",
        help="a value of a later day, where one was named beforehand",
    )
    drawn.add_argument(
        "--when-short",
        choices=list(WhenShort),
        default=WhenShort.STOP.value,
        help="at the first that no longer fits: stop, or skip it",
    )
    for one, run in ((commit, run_commit), (drawn, run_draw)):
        add_format(one)
        one.set_defaults(run=run)


def _register_settle(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    settled = commands.add_parser(
        "settle",
        help="settle awards on what was shown, or transit locations on their occupancy",
        description="With --scheme: settle awards. With --sites: what transit locations come to each month.",
        epilog="Example: eenthuis schemes settle stays.csv --sites sites.csv --as-of 2026-06-30",
    )
    settled.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV application,awarded_cents,paid_cents,shown_units, or person,site,code,first_day,last_day",
    )
    which = settled.add_mutually_exclusive_group(required=True)
    which.add_argument("--scheme", metavar="S", help="code of the scheme of the awards")
    which.add_argument(
        "--sites", type=Path, metavar="FILE", help="CSV site,code,places,first_day,participants"
    )
    settled.add_argument("--as-of", required=True, metavar="D", help="day of the scheme, or last day counted")
    add_format(settled)
    settled.set_defaults(run=run_settle)


def run_list(options: argparse.Namespace) -> int:
    """Print the register, or the overlaps."""
    on = day(options.as_of, "--as-of")
    found = schemes_on(law_book(), on)
    if options.overlaps:
        rows = [overlap_row(one) for one in overlaps(found)]
        write_rows(rows, form=options.format, columns=OVERLAP_COLUMNS, document={"as_of": on})
        write_notes([f"{len(rows)} pairs among {len(found)} schemes."], options.format)
        return 0
    citations = {one.code: one.citations for one in found}
    write_rows(
        [list_row(one) for one in found],
        form=options.format,
        columns=LIST_COLUMNS,
        document={"as_of": on, "law": citations},
    )
    write_notes(
        [f"{len(found)} schemes hold on {on.isoformat()}. An empty cell is not known."], options.format
    )
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print every condition of every application."""
    asked = _known(options.scheme)
    checked = [
        check_eligibility(one.project, _as_applied(asked, one.project.applied_on), homes=one.homes)
        for one in read_applications(options.file, _kinds(asked))
    ]
    rows = [row for one in checked for row in check_rows(one)]
    outcomes = [
        {
            "application": one.project.application,
            "outcome": one.outcome,
            "most_cents": one.amount_cents,
            "capped": one.is_capped,
        }
        for one in checked
    ]
    write_rows(
        rows,
        form=options.format,
        columns=CHECK_COLUMNS,
        document={"scheme": asked, "applications": outcomes},
    )
    write_notes(
        [f"{one['application']}: {one['outcome']}, at most {one['most_cents']} cents." for one in outcomes],
        options.format,
    )
    return NOT_ELIGIBLE if any(one.outcome is Outcome.NOT_MET for one in checked) else 0


def run_commit(options: argparse.Namespace) -> int:
    """Print the commitment."""
    made = commitment_of(round_name=options.round, seed=read_seed(options.seed_file))
    row = {"round": options.round, "algorithm": ALGORITHM, "commitment": made}
    write_rows([row], form=options.format, columns=tuple(row))
    return 0


def run_draw(options: argparse.Namespace) -> int:
    """Print the order and the awards."""
    entries = read_entries(options.file)
    made = draw(
        entries,
        round_name=options.round,
        commitment=options.commitment.strip().lower(),
        seed=read_seed(options.seed_file),
        budget_cents=whole_number(options.budget_cents, "--budget-cents"),
        when_short=WhenShort(options.when_short),
        public_value=options.public_value,
    )
    receipt = draw_receipt(
        made,
        when_short=WhenShort(options.when_short),
        as_of=day(options.as_of, "--as-of"),
        citations=(),
        code_version=code_version(),
    )
    document = {
        "algorithm": ALGORITHM,
        "as_of": receipt.as_of,
        "receipt_number": receipt.number,
        "receipt": receipt,
        "round": made.round_name,
        "commitment": made.commitment,
        "seed": made.seed,
        "public_value": made.public_value,
        "entries_digest": entries_digest(entries),
        "budget_cents": made.budget_cents,
        "awarded_cents": made.awarded_cents,
        "when_short": options.when_short,
    }
    write_rows(draw_rows(made), form=options.format, columns=DRAW_COLUMNS, document=document)
    write_notes(draw_notes(made), options.format)
    return 0


def run_settle(options: argparse.Namespace) -> int:
    """Print settlements, or the months of transit locations."""
    on = day(options.as_of, "--as-of")
    if options.sites is None:
        code = _known(options.scheme)
        awards = read_awards(options.file, scheme(law_book(), code, on))
        due = sum(one.settlement.due_cents for one in awards)
        write_rows(
            [award_row(one) for one in awards],
            form=options.format,
            columns=AWARD_COLUMNS,
            document={"scheme": code, "as_of": on, "due_cents": due},
        )
        write_notes([f"{due} cents in all; a negative number is paid back."], options.format)
        return 0
    sites = read_transit_sites(options.sites)
    laws = transit_laws(law_book())
    bill = transit_bill(sites, read_stays(options.file, sites), laws, on)
    notes = unpaid_notes(bill)
    write_rows(
        [month_row(one) for one in bill.months],
        form=options.format,
        columns=MONTH_COLUMNS,
        document={
            "as_of": on,
            "cents": bill.cents,
            "unpaid": {why.value: days for why, days in bill.unpaid.items()},
            "over_places": bill.over_places,
            "law": [one.citations for one in laws],
            "remarks": notes,
        },
    )
    write_notes(notes, options.format)
    return 0


def _known(written: str) -> SchemeCode:
    codes = scheme_codes(law_book())
    if written not in codes:
        raise InputError(
            "INP-01",
            f"{written!r} is no scheme of the law book",
            remedy=f"Name one of {', '.join(codes)}.",
            location=Location(column="--scheme", value=written),
        )
    return SchemeCode(written)


def _kinds(code: SchemeCode) -> dict[ProjectFact, ConditionKind]:
    """Return how each fact is asked for by a scheme."""
    book = law_book()
    found: dict[ProjectFact, ConditionKind] = {}
    for fact in ProjectFact:
        for kind in ConditionKind:
            if any(key.endswith(f".{kind}.{fact}") for key in book.keys(f"scheme.{code}.")):
                found[fact] = kind
    return found


def _as_applied(code: SchemeCode, on: date) -> Scheme:
    """Return the scheme on the day of an application, or as it last held so that the day itself is what fails."""
    book = law_book()
    if holds(book, code, on):
        return scheme(book, code, on)
    days = [one for one in book.change_days() if holds(book, code, one)]
    return replace(scheme(book, code, days[-1]), open_round="")
