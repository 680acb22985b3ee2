"""Reception capacity per municipality as it was published."""

from __future__ import annotations

from datetime import date
from functools import cache

from eenthuis.reference.tables import card, rows
from eenthuis.terms.capacity import CountedCapacity
from eenthuis.terms.places import MunicipalityCode


@cache
def reception_capacity() -> tuple[CountedCapacity, ...]:
    """Return the places per municipality, regular and for emergencies, as counted in the packaged publication.

    Examples
    --------
    >>> sum(one.regular + one.emergency for one in reception_capacity())
    74236
    """
    source = str(card("reception_capacity")["source"])
    return tuple(
        CountedCapacity(
            municipality=MunicipalityCode(row["code"]),
            day=date.fromisoformat(row["day"]),
            regular=int(row["regular"]),
            emergency=int(row["emergency"]),
            source=source,
        )
        for row in rows("reception_capacity")
    )
