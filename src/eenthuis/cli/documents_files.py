"""Files handed to ``eenthuis documents``; what is wrong is told with row, column, value and remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from eenthuis.connect.cells import at_row, given, yes_or_no
from eenthuis.connect.document_files import SPAN, span
from eenthuis.connect.tables import Row, day, read_table
from eenthuis.reference import find, ind_desks, point_of
from eenthuis.sessions.problem import CentreStop
from eenthuis.terms.documents import DeskCode, DocumentNumber, ResidenceDocument
from eenthuis.terms.errors import InputError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import Point

DOCUMENT_COLUMNS = ("number", "household", "centre", "ready_on", "born_on", "citizen_number", "address")
DOCUMENT_OPTIONAL = ("photo_on", "fingerprints_on")
CENTRE_COLUMNS = ("code", "municipality")


def read_documents(
    file: Path, centres: Collection[CentreCode] | None = None
) -> tuple[ResidenceDocument, ...]:
    """Return documents from a CSV with :data:`DOCUMENT_COLUMNS` and, where known, :data:`DOCUMENT_OPTIONAL`.

    Each is for one of ``centres``; None looks at no centre.

    Raises
    ------
    InputErrors
        With every row that is wrong: INP-01 for what cannot be read or a centre that is not given, INP-03 for a number
        that stands twice, INP-06 for days that cannot be.
    """
    table = read_table(
        file,
        columns=DOCUMENT_COLUMNS,
        optional=DOCUMENT_OPTIONAL,
        kinds={
            "number": given,
            "household": given,
            "centre": given,
            **dict.fromkeys(("ready_on", "born_on", "photo_on", "fingerprints_on"), day),
            **dict.fromkeys(("citizen_number", "address"), yes_or_no),
        },
        unique=("number",),
    )
    return table.each(lambda row: _document(row, centres))


def read_centres(file: Path, on: date, points: Mapping[str, Point]) -> tuple[CentreStop, ...]:
    """Return centres from a CSV with :data:`CENTRE_COLUMNS`, and the days they are open where those are given.

    ``points`` are real coordinates by code; a centre without any stands for the point of its municipality on that day.
    """
    table = read_table(
        file,
        columns=CENTRE_COLUMNS,
        optional=("name", *SPAN),
        kinds={"code": given, **dict.fromkeys(SPAN, day)},
        unique=("code",),
    )

    def centre(row: Row) -> CentreStop:
        first, last = span(row)
        with at_row(row, "municipality"):
            place = find(given(row, "municipality"), on).code
            point = points.get(row["code"]) or point_of(place)
        return CentreStop(CentreCode(row["code"]), point, first, last)

    return table.each(centre)


def desk_points(points: Mapping[str, Point]) -> dict[DeskCode, Point]:
    """Return where each packaged desk is: real coordinates where handed in, else the point of its municipality."""
    packaged = {desk.code: points.get(desk.code) or point_of(desk.municipality) for desk in ind_desks()}
    return {**{DeskCode(code): point for code, point in points.items()}, **packaged}


def _document(row: Row, centres: Collection[CentreCode] | None) -> ResidenceDocument:
    if centres is not None and row["centre"] not in centres:
        raise InputError(
            "INP-01",
            f"{row['centre']!r} is no centre that is given",
            remedy="Add the centre to the file of centres, or mend its code.",
            location=row.where("centre"),
        )
    ready_on, born_on = day(row, "ready_on"), day(row, "born_on")
    for column in ("photo_on", "fingerprints_on", "ready_on"):
        if row[column] and day(row, column) < born_on:
            raise InputError(
                "INP-06",
                f"{column} is before the day of birth",
                remedy="Mend one of the two days.",
                location=row.where(column),
            )
    return ResidenceDocument(
        DocumentNumber(row["number"]),
        HouseholdId(row["household"]),
        CentreCode(row["centre"]),
        ready_on=ready_on,
        born_on=born_on,
        photo_on=day(row, "photo_on") if row["photo_on"] else None,
        fingerprints_on=day(row, "fingerprints_on") if row["fingerprints_on"] else None,
        has_citizen_number=yes_or_no(row, "citizen_number"),
        has_address=yes_or_no(row, "address"),
    )
