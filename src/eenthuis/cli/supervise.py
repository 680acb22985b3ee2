"""``eenthuis supervise``: assess municipalities and show the ladder of a province, without a database."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli import supervise_warn
from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.supervise_files import OPTIONAL, ProgressRow, read_progress
from eenthuis.cli.supervise_output import (
    ASSESSED_COLUMNS,
    LADDER_COLUMNS,
    assessed_row,
    assumption_note,
    assumption_rows,
    counted,
    ladder_rows,
    setting_rows,
)
from eenthuis.cli.target_output import write_notes
from eenthuis.law import law_book
from eenthuis.law.book import NATION
from eenthuis.rules.ladder import Advanced, Decision, Kept, NoSuchRung, SkipRefused, SteppedDown
from eenthuis.rules.supervision import Assessment, assess_supervision
from eenthuis.rules.supervision_receipts import assessment_receipt
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.version import code_version

_LATEST = 20  # half-years


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    assess = commands.add_parser(
        "assess",
        help="verdict, rung, reasons and term of every municipality",
        description="Read how municipalities stand and propose a rung of their province's ladder, with the reasons. "
        "Several half-years of a municipality are its history. A person in the province decides.",
        epilog="Example: eenthuis supervise assess --half-year 2025-II --progress progress.csv "
        "--province Utrecht --as-of 2026-01-01",
    )
    assess.add_argument(
        "--half-year", required=True, metavar="H", help="the half-year to assess, such as 2025-II"
    )
    assess.add_argument(
        "--progress",
        required=True,
        type=Path,
        metavar="FILE",
        help="CSV code,half_year,corrected_target,realised,linked; linked counts everyone linked by 1 April or "
        f"1 October. May also have {', '.join(OPTIONAL)}",
    )
    assess.add_argument("--province", metavar="P", help="only this province: its name or CBS code")
    assess.add_argument(
        "--as-of",
        required=True,
        metavar="D",
        help="day of the reading; 1 January or 1 July after the half-year, or a day in it for a provisional one",
    )
    add_format(assess)
    assess.set_defaults(run=run_assess)
    supervise_warn.register(commands)
    ladder = commands.add_parser(
        "ladder",
        help="the intervention ladder of a province, with sources",
        description="Show the rungs of a province's ladder on a day, with the ground and source of each value.",
        epilog="Example: eenthuis supervise ladder --province Flevoland --as-of 2026-01-01",
    )
    ladder.add_argument(
        "--province", metavar="P", help="its name or CBS code; left out, the common ladder of the provinces"
    )
    ladder.add_argument("--as-of", required=True, metavar="D", help="a day on which it holds")
    add_format(ladder)
    ladder.set_defaults(run=run_ladder)


def run_assess(options: argparse.Namespace) -> int:
    """Print the readings."""
    half_year = HalfYear.parse(options.half_year)
    as_of = _as_of(options.as_of, half_year)
    province = None if options.province is None else reference.province(options.province).code
    rows, remarks = read_progress(options.progress, half_year, province)
    progress = {code: [one.figures for one in found] for code, found in rows.items()}
    assessments = assess_supervision(
        half_year=half_year,
        as_of=as_of,
        progress=progress,
        places=reference.supervising_places(),
        book=law_book(),
    )
    _require_decisions(assessments, rows)
    receipt = assessment_receipt(
        assessments=assessments,
        progress=progress,
        half_year=half_year,
        as_of=as_of,
        code_version=code_version(),
    )
    assumptions = assumption_rows(receipt.citations)
    told = {
        "half_year": half_year,
        "as_of": as_of,
        "is_provisional": assessments[0].is_provisional,
        "assessed": len(assessments),
        "law": receipt.citations,
        "assumptions": assumptions,
        "remarks": remarks,
        "receipt_number": receipt.number,
        "receipt": receipt,
    }
    is_json = options.format == "json"
    write_rows(
        [assessed_row(one, full=is_json) for one in assessments],
        form=options.format,
        columns=ASSESSED_COLUMNS,
        document=told,
    )
    notes = [
        f"{len(assessments)} assessed: {counted(assessments)}. A rung is proposed; the province decides.",
        *remarks,
        assumption_note(assumptions),
    ]
    write_notes(notes, options.format)
    return 0


def run_ladder(options: argparse.Namespace) -> int:
    """Print the ladder."""
    as_of = day(options.as_of, "--as-of")
    place = NATION if options.province is None else _place(options.province)
    law = law_book().supervision(as_of, place)
    substitution = law_book().substitution(as_of, place)
    information = law_book().information(as_of, place)
    citations = (*law.citations, *substitution.citations, *information.citations)
    told = {
        "place": place,
        "as_of": as_of,
        "scope": law.ladder.scope,
        "law": citations,
        "assumptions": assumption_rows(law.citations),
        "has_own_values": place != NATION and any(one.place == place for one in citations),
    }
    write_rows(ladder_rows(law), form=options.format, columns=LADDER_COLUMNS, document=told)
    notes = [
        f"{one.key} = {one.value} ({one.authority.value}, {one.place}: {one.source})"
        for one in (*setting_rows(law), *substitution.citations, *information.citations)
    ]
    write_notes([*notes, assumption_note(assumption_rows(law.citations))], options.format)
    return 0


def _place(province: str) -> str:
    return reference.province_place(reference.province(province))


def _as_of(written: str, half_year: HalfYear) -> date:
    as_of = day(written, "--as-of")
    if as_of < half_year.first_day:
        raise InputError(
            "INP-06",
            f"{as_of.isoformat()} lies before {half_year}, which begins on {half_year.first_day.isoformat()}",
            remedy="Give a day in the half-year or after it.",
            location=Location(column="--as-of", value=written),
        )
    if as_of >= half_year.shift(_LATEST).first_day:
        raise InputError(
            "INP-06",
            f"{as_of.isoformat()} lies over ten years after {half_year}",
            remedy="Give a day in the half-year, its reading date, or a day not long after it.",
            location=Location(column="--as-of", value=written),
        )
    return as_of


def _require_decisions(
    assessments: Sequence[Assessment], rows: Mapping[MunicipalityCode, Sequence[ProgressRow]]
) -> None:
    """Refuse decided rungs that skip one without a written reason, or that the ladder does not have."""
    problems: list[EenthuisError] = []
    for one in assessments:
        by_half_year = {found.figures.half_year: found.row for found in rows[one.municipality]}
        for half_year, decision in one.decisions:
            if (refusal := _refusal(decision)) is not None:
                column, message, remedy = refusal
                where = by_half_year[half_year].where(column)
                problems.append(InputError("INP-06", message, remedy=remedy, location=where))
    if problems:
        raise InputErrors(tuple(problems))


def _refusal(decision: Decision) -> tuple[str, str, str] | None:
    match decision:
        case SkipRefused(skipped):
            skips = ", ".join(map(str, skipped))
            return (
                "decided_rung",
                f"rung {skips} is skipped without a written reason",
                "Write the reason in the column skip_reason, or give the next rung.",
            )
        case NoSuchRung(top):
            return ("decided_rung", f"the ladder has rungs 1 to {top}", f"Give 0 to {top}.")
        case Advanced() | Kept() | SteppedDown():
            return None
