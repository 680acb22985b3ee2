"""Reading the progress handed to ``eenthuis supervise assess``; what is wrong is told with row, column and remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.target_files import municipality_of, named
from eenthuis.connect.cells import yes_or_no
from eenthuis.connect.tables import Row, code, half_year, read_table, whole_number
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.supervision import Figures

COLUMNS = ("code", "half_year", "corrected_target", "realised", "linked")
COUNTS = ("net_target", "own_count", "requests_unmet", "homes_ready", "decided_rung")
OPTIONAL = (*COUNTS, "plan_on_schedule", "skip_reason", "name", "province")
_LOWEST = -(10**6)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """The figures of one municipality in one half-year, with the row they stand in."""

    code: MunicipalityCode
    figures: Figures
    row: Row


def read_progress(
    file: Path, asked: HalfYear, province: ProvinceCode | None
) -> tuple[Mapping[MunicipalityCode, Sequence[ProgressRow]], tuple[str, ...]]:
    """Return the figures per municipality, oldest first, and remarks on what was left out.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03 for what is no municipality of that half-year, INP-01 and INP-06
        for what cannot be read, INP-03 for a half-year that stands twice, INP-04 for one that is missing.
    """
    table = read_table(
        file,
        columns=COLUMNS,
        optional=OPTIONAL,
        kinds={
            "half_year": half_year,
            "corrected_target": _corrected,
            "realised": whole_number,
            "linked": whole_number,
            "plan_on_schedule": yes_or_no,
            **dict.fromkeys(COUNTS, whole_number),
        },
    )
    every: defaultdict[MunicipalityCode, list[ProgressRow]] = defaultdict(list)
    for one in table.each(lambda row: _progress(row, asked)):
        every[one.code].append(one)
    for rows in every.values():
        rows.sort(key=lambda one: one.figures.half_year)
    if problems := tuple(wrong for rows in every.values() for wrong in _gaps(rows)):
        raise InputErrors(problems)
    return _kept(every, asked, province, file)


def _corrected(row: Row, column: str) -> int:
    """Return a corrected target, which is negative where a lead exceeds the new target."""
    return whole_number(row, column, minimum=_LOWEST)


def _progress(row: Row, asked: HalfYear) -> ProgressRow:
    held = half_year(row)
    if held > asked:
        raise InputError(
            "INP-06",
            f"{held} lies after {asked}",
            remedy=f"Give {asked} and earlier half-years only.",
            location=row.where("half_year"),
        )
    if held == asked and row["decided_rung"]:
        raise InputError(
            "INP-06",
            f"{asked} is the half-year to assess, so no rung can have been decided after it",
            remedy="Leave decided_rung empty there; give it in the rows of earlier half-years.",
            location=row.where("decided_rung"),
        )
    return ProgressRow(_municipality(row, held), _figures(row, held), row)


def _figures(row: Row, held: HalfYear) -> Figures:
    counts = {column: whole_number(row, column) for column in COUNTS if row[column]}
    return Figures(
        half_year=held,
        corrected=_corrected(row, "corrected_target"),
        realised=whole_number(row, "realised"),
        linked=whole_number(row, "linked"),
        source=f"handed in: {row.file}",
        net=counts.get("net_target"),
        own_count=counts.get("own_count"),
        requests_unmet=counts.get("requests_unmet", 0),
        homes_ready=counts.get("homes_ready", 0),
        plan_on_schedule=bool(row["plan_on_schedule"]) and yes_or_no(row, "plan_on_schedule"),
        decided_rung=counts.get("decided_rung"),
        skip_reason=row["skip_reason"],
    )


def _municipality(row: Row, held: HalfYear) -> MunicipalityCode:
    """Return the municipality of a row; for half-years from before the packaged facts any known code will do."""
    try:
        reference.municipalities(held.first_day)
    except ReferenceFactError:
        try:
            return reference.municipality(code(row)).code
        except ReferenceFactError as wrong:
            raise ReferenceFactError(
                wrong.code, wrong.message, remedy=wrong.remedy, location=row.where("code")
            ) from wrong
    return municipality_of(row, held.first_day)


def _gaps(rows: Sequence[ProgressRow]) -> Iterator[EenthuisError]:
    for earlier, later in pairwise(rows):
        before, after = earlier.figures.half_year, later.figures.half_year
        if before == after:
            yield InputError(
                "INP-03",
                f"{later.code} in {after} stands in row {earlier.row.number} and again in row {later.row.number}",
                remedy="Keep one of the two rows.",
                location=later.row.where("half_year"),
            )
        elif before.next != after:
            yield InputError(
                "INP-04",
                f"{later.code} has a row of {before} and then of {after}; {before.next} is missing",
                remedy="Add the half-years between; nothing is filled in.",
                location=later.row.where("half_year"),
            )


def _kept(
    every: Mapping[MunicipalityCode, Sequence[ProgressRow]],
    asked: HalfYear,
    province: ProvinceCode | None,
    file: Path,
) -> tuple[Mapping[MunicipalityCode, Sequence[ProgressRow]], tuple[str, ...]]:
    inside, ended, elsewhere = {}, [], 0
    problems: list[EenthuisError] = []
    for found, rows in sorted(every.items()):
        municipality = reference.municipality(found)
        if province is not None and municipality.province != province:
            elsewhere += 1
        elif rows[-1].figures.half_year == asked:
            inside[found] = rows
        elif municipality.exists_on(asked.first_day):
            problems.append(
                InputError(
                    "INP-04",
                    f"{municipality.name} ({found}) has no row of {asked}",
                    remedy="Add its row for the half-year to assess.",
                    location=rows[-1].row.where("half_year"),
                )
            )
        else:
            ended.append(municipality)
    if problems:
        raise InputErrors(tuple(problems))
    if not inside:
        raise InputError(
            "INP-04",
            f"no row is of {asked} and of the province asked for" if province else f"no row is of {asked}",
            remedy="Give at least one municipality with a row of that half-year.",
            location=Location(file.name, column="half_year"),
        )
    remarks = []
    if ended:
        remarks.append(f"Left out, since no longer there in {asked}: {named(ended)}.")
    if elsewhere:
        remarks.append(f"Left out, of other provinces: {elsewhere}.")
    return inside, tuple(remarks)
