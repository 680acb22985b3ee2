"""Inhabitants on their reference dates, and people in reception over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from eenthuis.reference.tables import card, rows
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import COUNTRY, Inhabitants, MunicipalityCode
from eenthuis.terms.reception import ReceptionCount


@cache
def _people() -> Mapping[date, Mapping[MunicipalityCode, int]]:
    found: defaultdict[date, dict[MunicipalityCode, int]] = defaultdict(dict)
    for row in rows("inhabitants"):
        found[date.fromisoformat(row["reference_date"])][MunicipalityCode(row["code"])] = int(row["people"])
    return {day: MappingProxyType(people) for day, people in found.items()}


@cache
def published_totals(reference_date: date) -> Mapping[str, int]:
    """Return the published inhabitants of the provinces and of the country (``NL01``) on a reference date."""
    return MappingProxyType(
        {
            row["code"]: int(row["people"])
            for row in rows("inhabitants_totals")
            if row["reference_date"] == reference_date.isoformat()
        }
    )


def reference_dates() -> tuple[date, ...]:
    """Return the reference dates ("peildata") for which inhabitants are packaged, oldest first."""
    return tuple(sorted(_people()))


@cache
def inhabitants(reference_date: date) -> Inhabitants:
    """Return the inhabitants of every municipality on a reference date, in the boundaries of that day.

    Raises
    ------
    ReferenceFactError
        REF-04 when that date is not packaged; nothing is estimated.

    Examples
    --------
    >>> inhabitants(date(2021, 1, 1)).country
    17475415
    """
    people = _people().get(reference_date)
    if people is None:
        known = ", ".join(day.isoformat() for day in reference_dates())
        raise ReferenceFactError(
            "REF-04",
            f"no inhabitants are packaged for {reference_date.isoformat()}; known reference dates: {known}",
            remedy="Hand in the figures of that day with --inhabitants.",
        )
    return Inhabitants(
        reference_date=reference_date,
        people=people,
        country=published_totals(reference_date)[COUNTRY],
        source=str(card("inhabitants")["source"]),
    )


@cache
def reception_history() -> tuple[ReceptionCount, ...]:
    """Return the published counts of people in reception, oldest first; the dates are scattered."""
    return tuple(
        ReceptionCount(
            day=date.fromisoformat(row["day"]),
            quantity=row["quantity"],
            number=int(row["number"]),
            source=row["source"],
            note=row["note"],
        )
        for row in rows("reception")
    )


@cache
def household_sizes() -> Mapping[int, float]:
    """Return the share of households per number of persons; eight stands for eight and more, and they are assumed.

    Examples
    --------
    >>> round(sum(household_sizes().values()), 9)
    1.0
    """
    return MappingProxyType({int(row["persons"]): float(row["share"]) for row in rows("household_sizes")})
