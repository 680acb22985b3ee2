"""Files of where desks and centres are, and which teams travel; each error names row, column, value and remedy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from eenthuis.connect.cells import given
from eenthuis.connect.tables import Row, day, exact_decimal, read_table, whole_number
from eenthuis.reference import ind_desks
from eenthuis.terms.documents import DeskCode, DocumentTeam, TeamCode
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import Point

SPAN = ("first_day", "last_day")
TEAM_COLUMNS = ("code", "desk", "staff", "vans")
COORDINATE_COLUMNS = ("code", "lat", "lon")
NETHERLANDS = {"lat": (50, 54), "lon": (3, 8)}
"""Degrees between which a desk or a centre lies; what is outside was swapped or mistyped."""


def read_teams(file: Path, points: Collection[str]) -> tuple[DocumentTeam, ...]:
    """Return teams from a CSV with :data:`TEAM_COLUMNS`, and the days they work where those are given.

    A desk is a packaged one, or one with coordinates in ``points``.
    """
    known = {desk.code for desk in ind_desks()}
    table = read_table(
        file,
        columns=TEAM_COLUMNS,
        optional=SPAN,
        kinds={
            "code": given,
            "desk": given,
            "staff": whole_number,
            "vans": whole_number,
            **dict.fromkeys(SPAN, day),
        },
        unique=("code",),
    )

    def team(row: Row) -> DocumentTeam:
        if row["desk"] not in known and row["desk"] not in points:
            raise InputError(
                "INP-01",
                f"{row['desk']!r} is no desk that is known",
                remedy=f"Write one of {', '.join(sorted(known))}, or hand in its coordinates.",
                location=row.where("desk"),
            )
        first, last = span(row)
        return DocumentTeam(
            TeamCode(row["code"]),
            DeskCode(row["desk"]),
            whole_number(row, "staff"),
            whole_number(row, "vans"),
            first,
            last,
        )

    return table.each(team)


def read_coordinates(file: Path) -> dict[str, Point]:
    """Return points by code from a CSV ``code,lat,lon`` in WGS84 degrees.

    Raises
    ------
    InputErrors
        INP-01 for what is no number, INP-03 for a code that stands twice, INP-06 for a point outside the Netherlands.
    """
    table = read_table(
        file,
        columns=COORDINATE_COLUMNS,
        kinds={"code": given, "lat": _degrees, "lon": _degrees},
        unique=("code",),
    )
    return {row["code"]: Point(_degrees(row, "lat"), _degrees(row, "lon")) for row in table.rows}


def span(row: Row) -> tuple[date | None, date | None]:
    """Return the first and the last day of a row, both counted; None where it is unbounded.

    Raises
    ------
    InputError
        INP-06 when the last day is before the first.
    """
    first, last = (day(row, column) if row[column] else None for column in SPAN)
    if first is not None and last is not None and last < first:
        raise InputError(
            "INP-06",
            "the last day is before the first",
            remedy="Both ends count; mend one of them.",
            location=row.where("last_day"),
        )
    return first, last


def _degrees(row: Row, column: str) -> float:
    degrees = exact_decimal(row, column)
    low, high = NETHERLANDS[column]
    if not low <= degrees <= high:
        raise InputError(
            "INP-06",
            f"a {column} of {row[column]} is not in the Netherlands",
            remedy=f"Write degrees between {low} and {high}, such as {low + 2}.09; lat comes before lon.",
            location=row.where(column),
        )
    return float(degrees)
