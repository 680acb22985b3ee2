"""Three proposals to fill what a regional table is short, beside each other; a person chooses one of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eenthuis.rules.allocation import Allocation
from eenthuis.rules.filling import CannotFill, Filling, fewest_sites, least_deviation, widest_spread
from eenthuis.terms.places import MunicipalityCode

AIMS = ("least-deviation", "fewest-sites", "spread")


@dataclass(frozen=True, slots=True)
class FillingLine:
    """A proposal to fill what is short by one aim: the places it adds, and what it comes to.

    ``deviation`` is the sum of what municipalities differ from their share after it, in places.
    """

    aim: str
    filling: Filling | CannotFill
    deviation: int


def fillings(made: Allocation, least: int) -> tuple[FillingLine, ...]:
    """Return three proposals to fill what is short: closest to the shares, fewest sites, widest spread.

    A municipality that offers less than its share has room for what it lacks, and for one site of the least size.
    """
    lacking = {line.municipality: line.lacking for line in made.lines}
    room = {code: max(places, least) for code, places in lacking.items() if places > 0}
    found: Mapping[str, Filling | CannotFill] = {
        "least-deviation": least_deviation(made.short, lacking=lacking, room=room),
        "fewest-sites": fewest_sites(made.short, room=room, smallest=least),
        "spread": widest_spread(made.short, room=room, smallest=least),
    }
    return tuple(FillingLine(aim, found[aim], _deviation(lacking, found[aim])) for aim in AIMS)


def _deviation(lacking: Mapping[MunicipalityCode, int], filling: Filling | CannotFill) -> int:
    added = filling.places if isinstance(filling, Filling) else {}
    return sum(abs(places - added.get(code, 0)) for code, places in lacking.items())
