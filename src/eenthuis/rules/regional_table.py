"""The regional table ("provinciale regietafel"): offers, swaps inside a province, and what is still short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from eenthuis.law.reception import ReceptionLaw
from eenthuis.rules.provincial_tasks import smallest
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind, PlaceSwap, ProvincialTask


@dataclass(frozen=True, slots=True)
class PlacesSwapped:
    """The shares after a swap, in places; municipalities that took no part are unchanged."""

    shares: Mapping[MunicipalityCode, int]


class SwapGround(StrEnum):
    """On which ground a swap cannot stand."""

    NO_SHARE = "no-share"
    SUM = "sum"
    PROVINCE = "province"
    BELOW_NOTHING = "below-nothing"
    TOO_FEW_DURABLE = "too-few-durable"


@dataclass(frozen=True, slots=True)
class PlaceSwapRefused:
    """Why a swap cannot stand; every reason, not only the first, and the grounds for pages to put in words."""

    reasons: tuple[str, ...]
    grounds: tuple[SwapGround, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class StillShort:
    """How far the offers of a province go.

    ``short`` is what the province's remaining number lacks, ``over`` what is offered beyond it; one of them is 0.
    ``per_municipality`` is what each municipality offers less than its share, negative where it offers more.
    """

    province: ProvinceCode
    offered: int
    short: int
    over: int
    per_municipality: Mapping[MunicipalityCode, int]


def swap_places(
    shares: Mapping[MunicipalityCode, int],
    agreed: PlaceSwap,
    *,
    provinces: Mapping[MunicipalityCode, ProvinceCode],
    law: ReceptionLaw,
    durable: Mapping[MunicipalityCode, int] = MappingProxyType({}),
) -> PlacesSwapped | PlaceSwapRefused:
    """Apply a swap between municipalities of one province, the sum staying the same.

    Durable places count only from the smallest number of their kind on, so a municipality that takes durable places
    over must come to at least that many; ``durable`` holds those of the kind that it has already.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 3 and 4; its decree, smallest numbers.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> a, b, here = MunicipalityCode("GM0001"), MunicipalityCode("GM0002"), ProvinceCode("PV20")
    >>> agreed = PlaceSwap({a: -30, b: 30})
    >>> swap_places({a: 40, b: 70}, agreed, provinces={a: here, b: here}, law=law_book().reception(date(2024, 2, 1)))
    PlacesSwapped(shares={'GM0001': 10, 'GM0002': 100})
    """
    changed = {code: change for code, change in sorted(agreed.changes.items()) if change}
    found: list[tuple[SwapGround, str]] = []
    if unknown := [code for code in changed if code not in shares]:
        found.append((SwapGround.NO_SHARE, f"no share for {', '.join(unknown)}"))
    total = sum(changed.values())
    if law.swap_keeps_sum and total:
        found.append((SwapGround.SUM, f"the changes add up to {total:+d} places where they must add up to 0"))
    places = sorted({provinces[code] for code in changed if code in provinces})
    if len(places) > 1:
        where = ", ".join(places)
        found.append(
            (SwapGround.PROVINCE, f"the municipalities lie in {where}; a swap stays in one province")
        )
    found += [
        (SwapGround.BELOW_NOTHING, f"{code} would have a share of {shares[code] + change}")
        for code, change in changed.items()
        if code in shares and shares[code] + change < 0
    ]
    if agreed.is_durable:
        small = _too_small(changed, durable, agreed.kind, law)
        found += [(SwapGround.TOO_FEW_DURABLE, reason) for reason in small]
    if found:
        grounds = tuple(dict.fromkeys(ground for ground, _ in found))
        return PlaceSwapRefused(tuple(reason for _, reason in found), grounds)
    return PlacesSwapped({code: number + agreed.changes.get(code, 0) for code, number in shares.items()})


def still_short(
    task: ProvincialTask, shares: Mapping[MunicipalityCode, int], offers: Iterable[Offer]
) -> StillShort:
    """Return how far the offers go towards what a province still has to find.

    ``shares`` are those of the municipalities of the province, after swaps. The durable places of ``task`` are
    already deducted from its number, so they are no offers.

    Examples
    --------
    >>> a, b = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
    >>> task = ProvincialTask(ProvinceCode("PV20"), places=110, durable=0)
    >>> found = still_short(task, {a: 40, b: 70}, [Offer(b, 90)])
    >>> found.short, found.per_municipality
    (20, {'GM0001': 40, 'GM0002': -20})
    """
    offered: defaultdict[MunicipalityCode, int] = defaultdict(int)
    for offer in offers:
        if offer.municipality in shares:
            offered[offer.municipality] += offer.places
    total = sum(offered.values())
    return StillShort(
        province=task.province,
        offered=total,
        short=max(task.remaining - total, 0),
        over=max(total - task.remaining, 0),
        per_municipality={code: share - offered[code] for code, share in sorted(shares.items())},
    )


def _too_small(
    changed: Mapping[MunicipalityCode, int],
    durable: Mapping[MunicipalityCode, int],
    kind: PlaceKind,
    law: ReceptionLaw,
) -> list[str]:
    least = smallest(kind, law)
    return [
        f"{code} would have {durable.get(code, 0) + change} durable {kind.value} places, which count from {least} on"
        for code, change in changed.items()
        if change > 0 and durable.get(code, 0) + change < least
    ]
