"""``eenthuis reception``: share reception places out and show the cycle, without a database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day, to_write, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.reception_bill import register_bill
from eenthuis.cli.reception_files import (
    read_counted,
    read_scores,
    read_sites,
    write_scores,
)
from eenthuis.cli.reception_output import (
    CYCLE_COLUMNS,
    SHARE_COLUMNS,
    TASK_COLUMNS,
    columns,
    cycle_rows,
    not_deducted_rows,
    notes,
    rule,
    share_row,
    task_row,
)
from eenthuis.cli.reception_sites import register_sites
from eenthuis.cli.reception_table import register_table
from eenthuis.cli.target_output import write_notes
from eenthuis.connect.ses_woa import read_ses_woa
from eenthuis.law import Book, law_book
from eenthuis.law.reception import IN_FORCE
from eenthuis.rules.provincial_tasks import durable_places, provincial_tasks
from eenthuis.rules.reception import distribute_reception
from eenthuis.rules.reception_cycle import Cycle, cycle
from eenthuis.rules.reception_receipts import distribution_receipt
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.places import Inhabitants, MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import ProvincialTask, ReceptionShares, ReceptionSite, SesScores
from eenthuis.terms.version import code_version

_LAST_YEAR = 2100
_REPEALED = "repealed as asked for on the command line"


@dataclass(frozen=True, slots=True)
class _Distributed:
    """Shares with what they were made from; ``kept`` are the places that were not deducted."""

    shares: ReceptionShares
    inhabitants: Inhabitants
    provinces: Mapping[MunicipalityCode, ProvinceCode]
    sites: Sequence[ReceptionSite]
    tasks: Sequence[ProvincialTask]
    kept: Sequence[Mapping[str, object]]
    remarks: Sequence[str]


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _register_distribute(commands)
    register_table(commands)
    register_sites(commands)
    register_bill(commands)
    steps = commands.add_parser(
        "cycle",
        help="the steps of a two-year cycle, with their last days",
        description="List the steps of the cycle that begins in a year, with dates and articles.",
        epilog="Example: eenthuis reception cycle --year 2026",
    )
    steps.add_argument(
        "--year", required=True, metavar="Y", help="a year in which a cycle begins, such as 2026"
    )
    steps.add_argument(
        "--decided-on", metavar="D", help="day of the decision; left out, the last day on which it is in time"
    )
    _repeal_option(steps)
    add_format(steps)
    steps.set_defaults(run=run_cycle)
    scores = commands.add_parser(
        "scores",
        help="read SES-WOA scores from a file of CBS",
        description="Read the SES-WOA scores of StatLine 85163NED or 86092NED and write the CSV that distribute reads.",
        epilog="Example: eenthuis reception scores cbs.csv --period 2022 --on 2024-01-01 --out ses.csv",
    )
    scores.add_argument(
        "file", type=Path, metavar="FILE", help="CSV of StatLine or JSON of its OData service"
    )
    scores.add_argument("--period", required=True, metavar="Y", help="year of the scores")
    scores.add_argument(
        "--on", required=True, metavar="D", help="a day; every municipality of it must be there"
    )
    scores.add_argument("--out", required=True, type=Path, metavar="CSV", help="where code,ses_woa goes")
    scores.set_defaults(run=run_scores)


def _register_distribute(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    shared = commands.add_parser(
        "distribute",
        help="indicative share of every municipality, number of every province",
        description="Share a national need for reception places out over the municipalities, by inhabitants and "
        "SES-WOA score.",
        epilog="Example: eenthuis reception distribute --need 96000 --ses ses.csv --reference-date 2024-01-01",
    )
    shared.add_argument("--need", required=True, metavar="N", help="places needed nationally")
    given = shared.add_mutually_exclusive_group(required=True)
    given.add_argument("--ses", type=Path, metavar="FILE", help="CSV code,ses_woa of every municipality")
    given.add_argument(
        "--invented-ses", metavar="SEED", help="invent the scores from a seed, marked so in every output"
    )
    shared.add_argument("--reference-date", required=True, metavar="D", help="day of the inhabitants")
    shared.add_argument(
        "--minors",
        metavar="N",
        help="places needed for unaccompanied minors, shared apart by the same formula",
    )
    shared.add_argument(
        "--inhabitants",
        type=Path,
        metavar="FILE",
        help="CSV code,inhabitants instead of the packaged figures",
    )
    shared.add_argument(
        "--durable",
        type=Path,
        metavar="FILE",
        help="CSV code,kind,places,first_day of sites, kind regular or special, last_day where an end was agreed; "
        "durable places are deducted from the number of the province",
    )
    shared.add_argument(
        "--as-of",
        metavar="D",
        help="day of the law; left out, the reference date, or the first day of the Act where that followed it",
    )
    shared.add_argument(
        "--per", choices=["municipality", "province"], default="municipality", help="rows of a table or CSV"
    )
    _repeal_option(shared)
    add_format(shared)
    shared.set_defaults(run=run_distribute)


def _repeal_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repealed-from", metavar="D", help="assume that the Act no longer holds from this day"
    )


def run_distribute(options: argparse.Namespace) -> int:
    """Print the shares."""
    made = _distributed(options)
    shares, provinces = made.shares, made.provinces
    tasks = [task_row(task, shares, provinces) for task in made.tasks]
    per_province = options.per == "province" and options.format != "json"
    write_rows(
        tasks if per_province else [share_row(share, shares) for share in shares.shares],
        form=options.format,
        columns=columns(TASK_COLUMNS if per_province else SHARE_COLUMNS, shares),
        document=_document(made) | {"provinces": tasks},
    )
    write_notes(notes(shares, made.tasks, made.remarks, per_province=per_province), options.format)
    return 0


def _distributed(options: argparse.Namespace) -> _Distributed:
    need = whole_number(options.need, "--need")
    minors = None if options.minors is None else whole_number(options.minors, "--minors")
    counted_on = _near(options.reference_date, "--reference-date")
    as_of, remarks = _as_of(options, counted_on)
    law = _book(options).reception(as_of)
    inhabitants = (
        reference.inhabitants(counted_on)
        if options.inhabitants is None
        else read_counted(options.inhabitants, counted_on)
    )
    scores = (
        _invented(inhabitants, whole_number(options.invented_ses, "--invented-ses"))
        if options.ses is None
        else read_scores(options.ses, counted_on, law)
    )
    sites = () if options.durable is None else read_sites(options.durable, counted_on)
    shares = distribute_reception(
        need=need, scores=scores, inhabitants=inhabitants, law=law, as_of=as_of, minors=minors
    )
    provinces = {code: reference.municipality(code).province for code in inhabitants.people}
    durable = durable_places(sites, as_of=as_of, law=law)
    if shares.is_invented:
        remarks.insert(0, f"INVENTED: the SES-WOA scores are {shares.score_source}; so are these shares.")
    kept = not_deducted_rows(durable)
    remarks += [
        f"{one['code']}: {one['places']} {one['kind']} places not deducted, {one['reason']}." for one in kept
    ]
    return _Distributed(
        shares=shares,
        inhabitants=inhabitants,
        provinces=provinces,
        sites=sites,
        tasks=provincial_tasks(shares, provinces, durable),
        kept=kept,
        remarks=remarks,
    )


def _invented(inhabitants: Inhabitants, seed: int) -> SesScores:
    from eenthuis.connect.invented_scores import invented_scores  # only this needs it

    return invented_scores(inhabitants.people, seed)


def _document(made: _Distributed) -> dict[str, object]:
    shares = made.shares
    receipt = distribution_receipt(
        shares=shares,
        inhabitants_source=made.inhabitants.source,
        provinces=made.provinces,
        sites=made.sites,
        tasks=made.tasks,
        code_version=code_version(),
    )
    return {
        "need": shares.need,
        "total": shares.total,
        "minors_need": shares.minors_need,
        "total_minors": shares.total_minors,
        "as_of": shares.as_of,
        "reference_date": shares.reference_date,
        "country_inhabitants": shares.country_inhabitants,
        "inhabitants_source": made.inhabitants.source,
        "scores_source": shares.score_source,
        "scores_invented": shares.is_invented,
        "total_weight": shares.total_weight,
        "rule": rule(shares.citations),
        "law": shares.citations,
        "remarks": made.remarks,
        "not_deducted": made.kept,
        "receipt_number": receipt.number,
        "receipt": receipt,
    }


def run_cycle(options: argparse.Namespace) -> int:
    """Print the steps of a cycle."""
    year = whole_number(options.year, "--year")
    asked = _near(f"{year:04d}-12-31", "--year")
    law = _book(options).reception_cycle(asked)
    decided_on = None if options.decided_on is None else _near(options.decided_on, "--decided-on")
    found = cycle(year, law, decided_on=decided_on)
    told = {
        "year": year,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "decided_on": decided_on,
        "law": law.citations,
        "remarks": _late(found),
    }
    write_rows(cycle_rows(found), form=options.format, columns=CYCLE_COLUMNS, document=told)
    holds = f"The decision holds from {found.first_day.isoformat()} to {found.last_day.isoformat()}."
    write_notes([holds, *_late(found)], options.format)
    return 0


def run_scores(options: argparse.Namespace) -> int:
    """Write the scores of CBS as ``code,ses_woa``."""
    to_write(options.out)
    period = whole_number(options.period, "--period")
    found = read_ses_woa(options.file, period=period, on=_near(options.on, "--on"))
    write_scores(found.scores, options.out)
    left = f", left out since not there on that day: {', '.join(found.left_out)}" if found.left_out else ""
    sys.stderr.write(
        f"{len(found.scores.scores)} municipalities, {found.other_regions} lines of other regions{left}\n"
    )
    return 0


def _book(options: argparse.Namespace) -> Book:
    if options.repealed_from is None:
        return law_book()
    first = day(options.repealed_from, "--repealed-from")
    return law_book().assuming({IN_FORCE: False}, why=_REPEALED, first_day=first)


def _as_of(options: argparse.Namespace, counted_on: date) -> tuple[date, list[str]]:
    """Return the day of the law with what is to be said about it.

    Inhabitants of a 1 January are the most recent for a year, so those that preceded the Act by less than that count.
    """
    remarks = []
    if options.as_of is not None:
        as_of = _near(options.as_of, "--as-of")
    else:
        begins = law_book().next_day(IN_FORCE, counted_on)
        follows = begins is not None and begins.year <= counted_on.year + 1
        as_of = begins if begins is not None and follows else counted_on
        if follows:
            remarks.append(
                f"The law is read as on {as_of.isoformat()}, its first day, after the reference date."
            )
    if newer := [known for known in reference.reference_dates() if counted_on < known <= as_of]:
        remarks.append(
            f"The decree asks for the most recent figures; inhabitants of {newer[-1].isoformat()} are packaged too."
        )
    return as_of, remarks


def _near(written: str, option: str) -> date:
    """Return a day that is not absurdly far off."""
    found = day(written, option)
    if found.year > _LAST_YEAR:
        raise InputError(
            "INP-06",
            f"{found.isoformat()} lies after {_LAST_YEAR}",
            remedy="Give a day that has been, or is near.",
            location=Location(column=option, value=written),
        )
    return found


def _late(found: Cycle) -> list[str]:
    """Return the steps whose last day came before the Act did."""
    return [
        f"The Act began on {one.citation.first_day.isoformat()}, after the last day of the {one.step}."
        for one in found.steps
        if one.last_day < one.citation.first_day
    ]
