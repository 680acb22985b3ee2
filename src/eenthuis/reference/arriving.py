"""First asylum requests and joining relatives per month, and the yearly totals they are checked against."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

from eenthuis.reference.tables import card, rows
from eenthuis.terms.arrivals import ArrivalCount, ArrivalTotal
from eenthuis.terms.errors import ReferenceFactError


@cache
def arrivals() -> tuple[ArrivalCount, ...]:
    """Return the published monthly counts, per series and group in order of month.

    Examples
    --------
    >>> sum(c.people for c in arrivals() if c.series == "joining-relatives" and c.month.year == 2025)
    15235
    """
    return tuple(
        ArrivalCount(
            month=date.fromisoformat(f"{row['month']}-01"),
            series=row["series"],
            group=row["group"],
            people=int(row["people"]),
        )
        for row in rows("arrivals")
    )


@cache
def arrival_totals() -> tuple[ArrivalTotal, ...]:
    """Return the published yearly totals, of groups and of everyone."""
    return tuple(
        ArrivalTotal(int(row["year"]), row["series"], row["group"], int(row["people"]), row["source"])
        for row in rows("arrivals_totals")
    )


def arrivals_in(year: int, series: str) -> Counter[str]:
    """Return the people counted in a year per group, and of all packaged groups together (``all``)."""
    found: Counter[str] = Counter()
    for count in arrivals():
        if (count.month.year, count.series) == (year, series):
            found[count.group] += count.people
            found["all"] += count.people
    return found


def known_after_months(table: str) -> int:
    """Return how many months after its day or month a figure of a table is taken to be known; an assumption.

    Raises
    ------
    ReferenceFactError
        REF-06 when the card of the table does not say it.
    """
    return _of_card(table, "known_after_months")


def tolerance() -> int:
    """Return how many people a year may differ from its months by rounding."""
    return _of_card("arrivals_totals", "tolerance")


def rounded_to() -> int:
    """Return to how many people the published months are rounded."""
    return _of_card("arrivals", "rounded_to")


def _of_card(table: str, key: str) -> int:
    found = card(table).get(key)
    if not isinstance(found, int):
        raise ReferenceFactError(
            "REF-06",
            f"the card of {table} has no whole number {key}",
            remedy="Add it to the card beside the table.",
        )
    return found
