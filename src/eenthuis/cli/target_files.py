"""Reading the files that ``eenthuis targets`` is given, with file, row, column, value and remedy for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from eenthuis import reference
from eenthuis.connect.tables import Row, code, day, half_year, read_table, whole_number
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, Municipality, MunicipalityCode

T = TypeVar("T")
_NAMED = 8


@dataclass(frozen=True, slots=True)
class RealisedRow:
    """Realised people of one municipality in one earlier half-year, with the national number where it is given."""

    code: MunicipalityCode
    half_year: HalfYear
    people: int
    national: int | None
    row: Row


def read_inhabitants(file: Path, *, asked: HalfYear, reference_date: date) -> tuple[Inhabitants, bool]:
    """Return handed-in inhabitants and whether they stand in the boundaries of the reference date.

    The file holds every municipality of the reference date, or every one of the first day of the half-year; the
    country is their sum. A column ``reference_date`` is checked against the date the rule names.

    Raises
    ------
    InputErrors
        With every row that is wrong; REF-01 to REF-03 for what is no municipality of those days, INP-03 for one that
        stands twice, INP-04 for those that are missing.
    """
    table = read_table(
        file,
        columns=("code", "inhabitants"),
        optional=("name", "reference_date"),
        kinds={"inhabitants": whole_number, "reference_date": day},
    )
    table.each(lambda row: _same_day(row, reference_date))
    now = _municipalities(asked.first_day)
    if now is None:
        pairs = table.each(lambda row: (code(row), whole_number(row, "inhabitants"), row))
        return _counted(pairs, reference_date, file), False
    then = _municipalities(reference_date) or now
    pairs = table.each(
        lambda row: (
            municipality_of(row, asked.first_day, reference_date),
            whole_number(row, "inhabitants"),
            row,
        )
    )
    counted = _counted(pairs, reference_date, file)
    in_old_boundaries = any(code not in now for code in counted.people)
    expected = then if in_old_boundaries else now
    strange = [row for code, _, row in pairs if code not in expected]
    if strange:
        raise InputErrors(tuple(_mixed(row, reference_date) for row in strange))
    require_all(expected, counted.people.keys(), file, "no inhabitants for")
    return counted, in_old_boundaries


def read_published(file: Path, asked: HalfYear) -> dict[MunicipalityCode, int]:
    """Return published targets by municipality; a part of the country will do."""
    table = read_table(
        file, columns=("code", "published"), optional=("name",), kinds={"published": whole_number}
    )
    if _municipalities(asked.first_day) is None:
        return once((code(row), whole_number(row, "published"), row) for row in table.rows)
    return once(
        table.each(lambda row: (municipality_of(row, asked.first_day), whole_number(row, "published"), row))
    )


def read_realised(file: Path, asked: HalfYear) -> tuple[RealisedRow, ...]:
    """Return realised people of half-years before the one asked for.

    Raises
    ------
    InputErrors
        With every row that is wrong; INP-06 for a half-year that does not lie before the one asked for.
    """
    table = read_table(
        file,
        columns=("code", "half_year", "realised"),
        optional=("national", "name"),
        kinds={"half_year": half_year, "realised": whole_number, "national": whole_number},
    )
    found = table.each(lambda row: _realised(row, asked))
    seen: dict[tuple[MunicipalityCode, HalfYear], int] = {}
    twice = [
        _repeated(one.row, one.code, first)
        for one in found
        if (first := seen.setdefault((one.code, one.half_year), one.row.number)) != one.row.number
    ]
    if twice:
        raise InputErrors(tuple(twice))
    return found


def read_announcements(file: Path) -> dict[HalfYear, int]:
    """Return the national numbers of a CSV ``half_year,national``; a later row replaces an earlier one."""
    table = read_table(
        file,
        columns=("half_year", "national"),
        optional=("announced_on", "source"),
        kinds={"half_year": half_year, "national": whole_number},
    )
    return {half_year(row): whole_number(row, "national") for row in table.rows}


def municipality_of(row: Row, on: date, *or_on: date) -> MunicipalityCode:
    """Return the municipality that the cell ``code`` means, by code or name, on the first day on which it does.

    Raises
    ------
    InputError
        INP-04 when the cell is empty.
    ReferenceFactError
        REF-01 to REF-03 when it means none, several, or one that did not exist on these days.
    """
    written = row["code"]
    asked = code(row) if not written or _is_code(written) else written
    try:
        return reference.find(asked, on).code
    except ReferenceFactError as wrong:
        for other in or_on:
            with suppress(ReferenceFactError):
                return reference.find(asked, other).code
        raise ReferenceFactError(
            wrong.code, wrong.message, remedy=wrong.remedy, location=row.where("code")
        ) from wrong


def _is_code(written: str) -> bool:
    return written.isdigit() or (written[:2].upper() == "GM" and written[2:].isdigit())


def _municipalities(on: date) -> Mapping[MunicipalityCode, Municipality] | None:
    try:
        return {municipality.code: municipality for municipality in reference.municipalities(on)}
    except ReferenceFactError:
        return None


def _counted(
    pairs: Iterable[tuple[MunicipalityCode, int, Row]], reference_date: date, file: Path
) -> Inhabitants:
    people = once(pairs)
    return Inhabitants(reference_date, people, sum(people.values()), f"handed in: {file.name}")


def once(pairs: Iterable[tuple[MunicipalityCode, T, Row]]) -> dict[MunicipalityCode, T]:
    """Return what each municipality is given; one that stands twice is refused.

    Raises
    ------
    InputErrors
        INP-03 with every row that repeats one.
    """
    rows: dict[MunicipalityCode, int] = {}
    people: dict[MunicipalityCode, T] = {}
    twice: list[EenthuisError] = []
    for municipality, number, row in pairs:
        if municipality in rows:
            twice.append(_repeated(row, municipality, rows[municipality]))
        rows.setdefault(municipality, row.number)
        people.setdefault(municipality, number)
    if twice:
        raise InputErrors(tuple(twice))
    return people


def _repeated(row: Row, code: MunicipalityCode, first: int) -> InputError:
    return InputError(
        "INP-03",
        f"{code} stands in row {first} and again in row {row.number}",
        remedy="Keep one of the two rows.",
        location=row.where("code"),
    )


def _same_day(row: Row, reference_date: date) -> None:
    if row["reference_date"] and day(row, "reference_date") != reference_date:
        raise InputError(
            "INP-01",
            f"the rule asks for the inhabitants of {reference_date.isoformat()}",
            remedy="Give the figures of that day, or name another rule with --reference-rule.",
            location=row.where("reference_date"),
        )


def _mixed(row: Row, reference_date: date) -> ReferenceFactError:
    return ReferenceFactError(
        "REF-03",
        f"the other rows stand in the boundaries of {reference_date.isoformat()}, and this municipality came later",
        remedy="Give every municipality of one day.",
        location=row.where("code"),
    )


def require_all(
    expected: Mapping[MunicipalityCode, Municipality],
    given: Iterable[str],
    file: Path,
    what: str,
    *,
    in_full: bool = False,
) -> None:
    """Refuse a file that leaves municipalities out, naming the first ones, or all of them ``in_full``.

    Raises
    ------
    InputError
        INP-04 with the names; ``what`` begins the sentence.
    """
    missing = [expected[code] for code in sorted(expected.keys() - set(given))]
    if missing:
        raise InputError(
            "INP-04",
            f"{what} {named(missing, len(missing) if in_full else _NAMED)}",
            remedy="Add a row for each; without them the shares of all others would be wrong.",
            location=Location(file.name, column="code"),
        )


def named(municipalities: Iterable[Municipality], at_most: int = _NAMED) -> str:
    """Return names with codes, the first ones only when there are more than ``at_most``."""
    every = [f"{municipality.name} ({municipality.code})" for municipality in municipalities]
    more = len(every) - at_most
    return ", ".join(every[:at_most]) + (f" and {more} more" if more > 0 else "")


def _realised(row: Row, asked: HalfYear) -> RealisedRow:
    earlier = half_year(row)
    if earlier >= asked:
        raise InputError(
            "INP-06",
            f"{earlier} does not lie before {asked}",
            remedy="Give earlier half-years only.",
            location=row.where("half_year"),
        )
    national = whole_number(row, "national") if row["national"] else None
    return RealisedRow(
        municipality_of(row, earlier.first_day), earlier, whole_number(row, "realised"), national, row
    )
