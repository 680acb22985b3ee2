"""The allocation ("verdeelbesluit") of the reception places of a province over its municipalities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eenthuis.law.reception import ReceptionLaw
from eenthuis.rules.regional_table import PlacesSwapped, PlaceSwapRefused, swap_places
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceSwap, ProvincialTask


@dataclass(frozen=True, slots=True)
class AllocatedLine:
    """What is allocated to one municipality, in places.

    ``share`` is the indicative share, ``swapped`` what swaps change in it, ``durable`` what is deducted, ``standing``
    and ``offered`` what the municipality has and offers, ``added`` what a proposal to fill adds.
    """

    municipality: MunicipalityCode
    share: int
    swapped: int
    durable: int
    standing: int
    offered: int
    added: int

    @property
    def places(self) -> int:
        """The places the municipality is to make available besides its durable ones."""
        return self.standing + self.offered + self.added

    @property
    def lacking(self) -> int:
        """What it offers less than its share after swaps, negative where it offers more."""
        return self.share + self.swapped - self.durable - self.standing - self.offered


@dataclass(frozen=True, slots=True)
class Allocation:
    """The allocation of a province; ``task`` is its number less durable places, in places."""

    province: ProvinceCode
    task: ProvincialTask
    lines: tuple[AllocatedLine, ...]

    @property
    def allocated(self) -> int:
        """The places allocated together."""
        return sum(line.places for line in self.lines)

    @property
    def short(self) -> int:
        """What the allocation lacks of the remaining number of the province."""
        return max(self.task.remaining - self.allocated, 0)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a regional table has before it: shares, durable and standing places, offers, swaps and places added."""

    shares: Mapping[MunicipalityCode, int]
    durable: Mapping[MunicipalityCode, int]
    standing: Mapping[MunicipalityCode, int]
    offers: tuple[Offer, ...]
    swaps: tuple[PlaceSwap, ...]
    added: Mapping[MunicipalityCode, int]


def allocate(
    province: ProvinceCode, facts: TableFacts, *, law: ReceptionLaw
) -> Allocation | PlaceSwapRefused:
    """Return what each municipality of a province is allocated: what stands, what it offers, and what is added.

    Swaps move shares, one after another, and the sum stays. The number of the province is the sum of the shares.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 3 to 5.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> a, b = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
    >>> facts = TableFacts({a: 40, b: 70}, {}, {b: 30}, (Offer(a, 20),), (PlaceSwap({a: -20, b: 20}),), {b: 50})
    >>> found = allocate(ProvinceCode("PV20"), facts, law=law_book().reception(date(2024, 2, 1)))
    >>> [(line.municipality, line.places, line.lacking) for line in found.lines], found.short
    ([('GM0001', 20, 0), ('GM0002', 80, 60)], 10)
    """
    shares: Mapping[MunicipalityCode, int] = facts.shares
    for agreed in facts.swaps:
        outcome = swap_places(
            shares,
            agreed,
            provinces=dict.fromkeys(facts.shares, province),
            law=law,
            durable=_above(facts.durable, facts.offers),
        )
        match outcome:
            case PlaceSwapRefused():
                return outcome
            case PlacesSwapped(swapped):
                shares = swapped
    offered = _offered(facts.offers)
    lines = tuple(
        AllocatedLine(
            municipality=code,
            share=share,
            swapped=shares[code] - share,
            durable=facts.durable.get(code, 0),
            standing=facts.standing.get(code, 0),
            offered=offered[code],
            added=facts.added.get(code, 0),
        )
        for code, share in sorted(facts.shares.items())
    )
    task = ProvincialTask(province, sum(facts.shares.values()), sum(line.durable for line in lines))
    return Allocation(province, task, lines)


def _offered(offers: Iterable[Offer]) -> Counter[MunicipalityCode]:
    found: Counter[MunicipalityCode] = Counter()
    for offer in offers:
        found[offer.municipality] += offer.places
    return found


def _above(
    durable: Mapping[MunicipalityCode, int], offers: Iterable[Offer]
) -> Mapping[MunicipalityCode, int]:
    """Return the durable places that a municipality has or offers."""
    return _offered(offer for offer in offers if offer.is_durable) + Counter(durable)
