"""The number of reception places of every province, and the durable ("duurzaam") places deducted from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eenthuis.law.reception import ReceptionLaw
from eenthuis.rules.months import months_after, years_after
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind, ProvincialTask, ReceptionShares, ReceptionSite


class NotDurable(StrEnum):
    """Why places are not deducted from the number of a province."""

    TOO_LATE = "available-too-late"
    ENDED = "no-longer-available"
    TOO_SHORT = "available-too-short"
    TOO_FEW = "too-few-in-the-municipality"


@dataclass(frozen=True, slots=True)
class DurablePlaces:
    """Durable places of one kind in one municipality that are deducted."""

    municipality: MunicipalityCode
    kind: PlaceKind
    places: int


@dataclass(frozen=True, slots=True)
class NotDeducted:
    """Places of one kind in one municipality that are not deducted, and why."""

    municipality: MunicipalityCode
    kind: PlaceKind
    places: int
    reason: NotDurable


def smallest(kind: PlaceKind, law: ReceptionLaw) -> int:
    """Return how many durable places of a kind a municipality needs at least for them to count."""
    return law.smallest_special if kind is PlaceKind.SPECIAL else law.smallest_regular


def durable_places(
    sites: Iterable[ReceptionSite], *, as_of: date, law: ReceptionLaw
) -> tuple[DurablePlaces | NotDeducted, ...]:
    """Return the places that are deducted, and those that are not with the reason, per municipality and kind.

    Durable places may be spread over sites of one municipality: their sum must reach the smallest number.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 2 and 3; its decree, art. 1.1 and
    smallest numbers.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> on, here = date(2024, 2, 1), MunicipalityCode("GM0344")
    >>> site = ReceptionSite(here, PlaceKind.REGULAR, 60, date(2020, 1, 1))
    >>> [type(one).__name__ for one in durable_places([site, site], as_of=on, law=law_book().reception(on))]
    ['DurablePlaces']
    """
    lasting: defaultdict[tuple[MunicipalityCode, PlaceKind], int] = defaultdict(int)
    other: defaultdict[tuple[MunicipalityCode, PlaceKind, NotDurable], int] = defaultdict(int)
    for site in sites:
        reason = _why_not(site, as_of, law)
        if reason is None:
            lasting[site.municipality, site.kind] += site.places
        else:
            other[site.municipality, site.kind, reason] += site.places
    found: list[DurablePlaces | NotDeducted] = []
    for (code, kind), places in sorted(lasting.items()):
        if places >= smallest(kind, law):
            found.append(DurablePlaces(code, kind, places))
        else:
            found.append(NotDeducted(code, kind, places, NotDurable.TOO_FEW))
    found += [NotDeducted(code, kind, places, why) for (code, kind, why), places in sorted(other.items())]
    return tuple(found)


def provincial_tasks(
    shares: ReceptionShares,
    provinces: Mapping[MunicipalityCode, ProvinceCode],
    durable: Iterable[DurablePlaces | NotDeducted] = (),
) -> tuple[ProvincialTask, ...]:
    """Return the number of every province: the sum of its municipal shares, less its durable places.

    ``provinces`` names the province of every municipality.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 2 and 3; its decree.
    """
    places: defaultdict[ProvinceCode, int] = defaultdict(int)
    minors: defaultdict[ProvinceCode, int] = defaultdict(int)
    deducted: defaultdict[ProvinceCode, int] = defaultdict(int)
    for share in shares.shares:
        places[provinces[share.municipality]] += share.places
        minors[provinces[share.municipality]] += share.minors or 0
    for one in durable:
        match one:
            case DurablePlaces():
                deducted[provinces[one.municipality]] += one.places
            case NotDeducted():
                continue
    has_minors = shares.minors_need is not None
    return tuple(
        ProvincialTask(code, number, deducted[code], minors[code] if has_minors else None)
        for code, number in sorted(places.items())
    )


def _why_not(site: ReceptionSite, as_of: date, law: ReceptionLaw) -> NotDurable | None:
    if site.first_day > months_after(as_of, law.durable_within_months):
        return NotDurable.TOO_LATE
    if site.last_day is None:
        return None
    if site.last_day < as_of:
        return NotDurable.ENDED
    if site.last_day < years_after(site.first_day, law.durable_years) - timedelta(days=1):
        return NotDurable.TOO_SHORT
    return None
