"""What counts for municipalities right before and right after an act that is tried first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.services.balances import standing
from eenthuis.services.country import running_half_year
from eenthuis.terms.places import MunicipalityCode


@dataclass(frozen=True, slots=True)
class Counted:
    """Corrected target, people linked and people who can still be linked of one municipality."""

    corrected: int
    linked: int
    open: int


@dataclass(frozen=True, slots=True)
class CountLine:
    """What counts for one municipality, in people, right before and right after."""

    municipality: MunicipalityCode
    municipality_name: str
    corrected: int
    linked_before: int
    linked_after: int
    open_before: int
    open_after: int


def count_now(codes: Iterable[MunicipalityCode], today: date) -> Mapping[MunicipalityCode, Counted]:
    """Return what counts now; a municipality without a target has none of it."""
    where = standing(running_half_year(today), today)
    return {
        code: Counted(where.corrected[code].people, where.linked.get(code, 0), where.open_people(code))
        if code in where.corrected
        else Counted(0, where.linked.get(code, 0), 0)
        for code in dict.fromkeys(codes)
    }


def compared(
    before: Mapping[MunicipalityCode, Counted], after: Mapping[MunicipalityCode, Counted]
) -> tuple[CountLine, ...]:
    """Return both counts side by side, in the order of the first."""
    return tuple(
        CountLine(
            code,
            reference.municipality(code).name,
            was.corrected,
            was.linked,
            after[code].linked,
            was.open,
            after[code].open,
        )
        for code, was in before.items()
    )
