"""Desks of the IND where people fetch their residence documents themselves."""

from __future__ import annotations

from datetime import date
from functools import cache

from eenthuis.reference.places import municipality
from eenthuis.reference.tables import rows
from eenthuis.terms.documents import DeskCode, DeskKind, IndDesk
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import MunicipalityCode, Point


@cache
def ind_desks() -> tuple[IndDesk, ...]:
    """Return every packaged desk, open or closed, by code.

    Examples
    --------
    >>> [desk.code for desk in ind_desks() if desk.kind is DeskKind.IND and desk.is_open(date(2026, 1, 1))]
    ['IND-AMSTERDAM', 'IND-DEN-BOSCH', 'IND-DEN-HAAG', 'IND-ZWOLLE']
    """
    return tuple(
        IndDesk(
            code=DeskCode(row["code"]),
            name=row["name"],
            municipality=MunicipalityCode(row["municipality"]),
            kind=DeskKind(row["kind"]),
            first_day=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            source=row["source"],
            note=row["note"],
        )
        for row in sorted(rows("ind_desks"), key=lambda row: row["code"])
    )


def point_of(code: MunicipalityCode) -> Point:
    """Return the point inside a municipality that stands for whatever is there.

    Raises
    ------
    ReferenceFactError
        REF-01 when the code is unknown, REF-06 when no point is packaged for it.
    """
    found = municipality(code)
    if found.point is None:
        raise ReferenceFactError(
            "REF-06",
            f"no point is packaged for {found.name} ({found.code})",
            remedy="Hand in coordinates, or use the municipality it became.",
        )
    return found.point
