"""``eenthuis supervise warn``: the chance of every municipality to meet its target, from files, without a database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis import reference
from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.supervise_output import assumption_rows
from eenthuis.cli.target_files import municipality_of
from eenthuis.cli.target_output import write_notes
from eenthuis.connect import tables
from eenthuis.connect.tables import Row
from eenthuis.law import law_book
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.warning import OnTheWay, TargetToMeet

if TYPE_CHECKING:
    from eenthuis.forecast.warning_turn import Outlook, Warned

COLUMNS = (
    "code", "name", "province", "chance", "is_low", "needed", "realised", "linked", "expected", "coming", "short",
    "why", "links", "homes",
)  # fmt: skip
LINK_COLUMNS = ("code", "persons", "linked_on")
LINK_DAYS = ("home_on", "signed_off_on", "ended_on")
_LOWEST = -(10**6)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    warn = commands.add_parser(
        "warn",
        help="the chance of every municipality to meet its target, and whom to talk to first",
        description="Tell for each municipality the chance to meet its target by the end of a half-year, from pace, "
        "season and who is on the way, with models that were tried on the half-years before. What would turn it stands "
        "beside it.",
        epilog="Example: eenthuis supervise warn --half-year 2026-I --targets targets.csv --links links.csv "
        "--as-of 2026-03-03",
    )
    warn.add_argument(
        "--half-year", required=True, metavar="H", help="the half-year that runs, such as 2026-I"
    )
    warn.add_argument(
        "--targets",
        required=True,
        type=Path,
        metavar="FILE",
        help="CSV code,half_year,corrected_target of this half-year and of earlier ones to learn from",
    )
    warn.add_argument(
        "--links",
        required=True,
        type=Path,
        metavar="FILE",
        help=f"CSV {','.join(LINK_COLUMNS)}, one row per household linked; may also have {', '.join(LINK_DAYS)}",
    )
    warn.add_argument(
        "--as-of", required=True, metavar="D", help="a day in the half-year; what happened before it counts"
    )
    warn.add_argument("--province", metavar="P", help="only this province: its name or CBS code")
    add_format(warn)
    warn.set_defaults(run=run_warn)


def run_warn(options: argparse.Namespace) -> int:
    """Print the chances, whom to talk to first on top."""
    from eenthuis.forecast.warning import history_of
    from eenthuis.forecast.warning_turn import outlook

    half_year = HalfYear.parse(options.half_year)
    as_of = _as_of(options.as_of, half_year)
    province = None if options.province is None else reference.province(options.province)
    targets = _targets(options.targets, half_year)
    ways = _ways(options.links)
    unhoused: dict[tuple[MunicipalityCode, int], int] = {}
    for way in ways:
        if way.linked_on < as_of and not any(
            found is not None and found < as_of for found in (way.home_on, way.signed_off_on, way.ended_on)
        ):
            key = (way.municipality, way.persons)
            unhoused[key] = unhoused.get(key, 0) + 1
    found = outlook(
        history_of(ways, targets),
        half_year,
        as_of,
        law_book().warning(as_of),
        unhoused,
    )
    shown = [
        one
        for one in found.warned
        if province is None or reference.municipality(one.municipality).province == province.code
    ]
    write_rows(
        [_row(one, full=options.format == "json") for one in shown],
        form=options.format,
        columns=COLUMNS,
        document=_told(found, shown),
    )
    write_notes(_notes(found, shown), options.format)
    return 0


def _as_of(written: str, half_year: HalfYear) -> date:
    as_of = day(written, "--as-of")
    if not half_year.first_day <= as_of <= half_year.last_day:
        raise InputError(
            "INP-06",
            f"{as_of.isoformat()} does not lie in {half_year}",
            remedy=f"Give a day from {half_year.first_day.isoformat()} up to {half_year.last_day.isoformat()}.",
            location=Location(column="--as-of", value=written),
        )
    return as_of


def _targets(file: Path, half_year: HalfYear) -> tuple[TargetToMeet, ...]:
    """Return the targets in a file.

    Raises
    ------
    InputErrors
        With every row that is wrong; INP-04 when the half-year asked for is not there.
    """
    table = tables.read_table(
        file,
        columns=("code", "half_year", "corrected_target"),
        optional=("name", "province"),
        kinds={"half_year": tables.half_year, "corrected_target": _corrected},
        unique=("code", "half_year"),
    )
    found = table.each(_target)
    if not any(one.half_year == half_year for one in found):
        raise InputError(
            "INP-04",
            f"no row is of {half_year}",
            remedy="Add the corrected targets of the half-year asked for.",
            location=Location(table.file, column="half_year"),
        )
    return tuple(one for one in found if one.half_year <= half_year)


def _ways(file: Path) -> tuple[OnTheWay, ...]:
    """Return the linked households in a file.

    Raises
    ------
    InputErrors
        With every row that is wrong.
    """
    table = tables.read_table(
        file,
        columns=LINK_COLUMNS,
        optional=LINK_DAYS,
        kinds={"persons": _persons, "linked_on": tables.day, **dict.fromkeys(LINK_DAYS, tables.day)},
    )
    return table.each(_way)


def _corrected(row: Row, column: str) -> int:
    return tables.whole_number(row, column, minimum=_LOWEST)


def _persons(row: Row, column: str) -> int:
    return tables.whole_number(row, column, minimum=1)


def _target(row: Row) -> TargetToMeet:
    half_year = tables.half_year(row)
    code = municipality_of(row, half_year.first_day, half_year.last_day)
    return TargetToMeet(code, half_year, _corrected(row, "corrected_target"))


def _way(row: Row) -> OnTheWay:
    linked_on = tables.day(row, "linked_on")
    days = {column: tables.day(row, column) if row[column] else None for column in LINK_DAYS}
    for column, found in days.items():
        if found is not None and found < linked_on:
            raise InputError(
                "INP-06",
                f"{found.isoformat()} lies before the link of {linked_on.isoformat()}",
                remedy="Give a day on or after linked_on, or leave it empty.",
                location=row.where(column),
            )
    code = reference.municipality(tables.code(row)).code
    return OnTheWay(code, _persons(row, "persons"), linked_on, **days)


def _row(one: Warned, *, full: bool) -> dict[str, object]:
    place = reference.municipality(one.municipality)
    homes = one.turn.homes
    written = (
        None if homes is None else " ".join(f"{n}x{size}" for size, n in sorted(homes.items(), reverse=True))
    )
    return {
        "code": one.municipality,
        "name": place.name,
        "province": next(p.name for p in reference.provinces() if p.code == place.province),
        "chance": None if one.chance is None else round(one.chance, 3),
        "is_low": one.is_low,
        "needed": one.needed,
        "realised": one.realised,
        "linked": one.linked,
        "expected": round(one.expected, 1),
        "coming": round(one.coming, 1),
        "short": round(one.short, 1),
        "why": one.why.value,
        "links": one.turn.links,
        "homes": {str(size): number for size, number in homes.items()}
        if full and homes is not None
        else written,
    }


def _told(found: Outlook, shown: Sequence[Warned]) -> dict[str, object]:
    return {
        "half_year": found.half_year,
        "as_of": found.on,
        "days_left": found.days_left,
        "warned": sum(one.is_low for one in shown),
        "model": found.trials.chosen,
        "tried": found.trials.tried,
        "scores": [asdict(score) for score in found.trials.scores],
        "reliability": [asdict(one) for one in found.trials.reliability],
        "home_from_figures": found.home_from_figures,
        "law": found.law.citations,
        "assumptions": assumption_rows(found.law.citations),
    }


def _notes(found: Outlook, shown: Sequence[Warned]) -> list[str]:
    low = sum(one.is_low for one in shown)
    notes = [
        f"{low} of {len(shown)} under {found.law.threshold}; {found.days_left} days left. It moves nobody's rung."
    ]
    if found.fit is None:
        notes.append("No chance is told: there are too few ended half-years in the files to learn it from.")
    notes += [
        f"{score.model}: log loss {score.log_loss:.3f}, Brier {score.brier:.3f} over {score.cases} chances"
        + (" (chosen)" if score.model == found.trials.chosen else "")
        for score in found.trials.scores
    ]
    named = ", ".join(f"{one['key']}={one['value']}" for one in assumption_rows(found.law.citations))
    return [*notes, f"Assumptions, found in no source: {named}."]
