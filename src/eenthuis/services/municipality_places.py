"""Reception places of one municipality: its share with the formula, its places through time, and its sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.rules.capacity import CapacityStep, capacity_steps
from eenthuis.services.access import may, place_of, require
from eenthuis.services.reception_pages import PlacesLine, ShareFormula, places_lines, share_formula
from eenthuis.services.reception_reading import cycle_of, running_year
from eenthuis.services.reception_sites import SiteLine, line_of, sites_for
from eenthuis.store import reception as stored
from eenthuis.store.reception import HeldShares
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import Municipality, MunicipalityCode

YEARS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class MunicipalityPlaces:
    """Reception places of a municipality; ``steps`` are its places from today to ``until``."""

    municipality: Municipality
    today: date
    year: int
    line: PlacesLine
    shares: HeldShares | None
    formula: ShareFormula | None
    sites: tuple[SiteLine, ...]
    steps: tuple[CapacityStep, ...]
    until: date
    may_keep_sites: bool


def read_municipality_places(*, actor: Actor, code: MunicipalityCode, today: date) -> MunicipalityPlaces:
    """Return the reception places of a municipality as its reader may see them.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no published figures.
    ReferenceFactError
        REF-01 or REF-03 when there is no such municipality today.
    """
    require(actor, "see-published-figures")
    place = reference.municipality(code, today)
    year = running_year(today)
    shares = stored.shares(year)
    line = next((one for one in places_lines(shares, today) if one.code == place.code), None)
    if line is None:
        raise ReferenceFactError(
            "REF-03", f"{place.name} has no inhabitants packaged", remedy="Choose another municipality."
        )
    until = max(cycle_of(year).last_day, today + timedelta(days=365 * YEARS_AHEAD))
    held = sites_for(actor, [place.code])
    return MunicipalityPlaces(
        municipality=place,
        today=today,
        year=year,
        line=line,
        shares=shares,
        formula=share_formula(shares, place.code) if shares else None,
        sites=tuple(line_of(one, today) for one in held),
        steps=capacity_steps((one.site for one in held), today, until),
        until=until,
        may_keep_sites=may(actor, "keep-reception-sites", place_of(place.code)),
    )
