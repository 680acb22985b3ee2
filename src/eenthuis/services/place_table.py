"""The regional table of a province: shares, what stands and is offered, swaps, what is short, and how to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.allocation import AllocatedLine, Allocation, TableFacts, allocate
from eenthuis.rules.filling import Filling
from eenthuis.rules.provincial_tasks import smallest
from eenthuis.rules.reception_cycle import Cycle
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.rules.table_proposals import FillingLine, fillings
from eenthuis.services.access import is_other, may, place_of, require
from eenthuis.services.reception_reading import available, cycle_of, law_state, running_year
from eenthuis.store import allocations, sites
from eenthuis.store import place_table as stored
from eenthuis.store import reception as shared
from eenthuis.store.allocations import HeldAdvice, HeldAllocation
from eenthuis.store.place_table import HeldOffer, HeldPlaceSwap
from eenthuis.store.reception import HeldShares
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.places import MunicipalityCode, Province, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind


@dataclass(frozen=True, slots=True)
class TableLine:
    """A municipality at the table, with its name and what it is allocated as things stand."""

    name: str
    line: AllocatedLine


@dataclass(frozen=True, slots=True)
class TableState:
    """What a table rests on: the facts, the allocation that follows, and who has what."""

    year: int
    cycle: Cycle
    shares: HeldShares
    facts: TableFacts
    made: Allocation
    offers: tuple[HeldOffer, ...]
    swaps: tuple[HeldPlaceSwap, ...]
    advice: tuple[HeldAdvice, ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """The table of a province as its reader sees it, with the numbers of the swaps that wait for the reader."""

    province: Province
    provinces: tuple[Province, ...]
    today: date
    state: TableState
    lines: tuple[TableLine, ...]
    fillings: tuple[FillingLine, ...]
    smallest: int
    decisions: tuple[HeldAllocation, ...]
    is_binding: bool
    may_offer: bool
    may_swap: bool
    may_accept: frozenset[int]
    may_withdraw: frozenset[int]
    may_advise: bool
    may_decide: bool
    may_change_share: frozenset[MunicipalityCode]

    @property
    def drafted(self) -> HeldAdvice | None:
        """The newest draft or report to fill what is short."""
        return next(iter(self.state.advice), None)

    @property
    def receivers(self) -> tuple[MunicipalityCode, ...]:
        """The municipalities to which any proposal adds places, in order of code."""
        found = {
            code for one in self.fillings if isinstance(one.filling, Filling) for code in one.filling.places
        }
        return tuple(sorted(found))


def table_province(own: ProvinceCode | None, asked: str = "") -> ProvinceCode:
    """Return the province whose table is meant: the one asked for, or one's own, or the first."""
    codes = {one.code for one in reference.provinces()}
    if asked in codes:
        return ProvinceCode(asked)
    return own or reference.provinces()[0].code


def read_table(*, actor: Actor, province: ProvinceCode, today: date, least: int | None = None) -> TablePage:
    """Return the table of a province in the running cycle; ``least`` is the smallest site that proposals may add.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when the table is out of reach.
    StateError
        STA-06 while no shares were computed.
    ReferenceFactError
        REF-01 when there is no such province.
    """
    require(actor, "see-place-offers", Place(province=province))
    state = table_state(running_year(today), province, today)
    law = law_book().reception(max(today, law_state(today).first_day))
    size = least if least is not None and least > 0 else smallest(PlaceKind.REGULAR, law)
    place = Place(province=province)
    own = actor.municipality if actor.role is Role.MUNICIPALITY else None
    here = own is not None and reference.municipality(own).province == province
    by_province = may(actor, "agree-place-swap", place)
    taken_part = [
        one
        for one in state.swaps
        if one.state == "open" and (by_province or (here and own in one.agreed.changes))
    ]
    return TablePage(
        province=reference.province(province),
        provinces=tuple(
            one for one in reference.provinces() if may(actor, "see-place-offers", Place(province=one.code))
        ),
        today=today,
        state=state,
        lines=tuple(
            TableLine(reference.municipality(one.municipality).name, one) for one in state.made.lines
        ),
        fillings=fillings(state.made, size),
        smallest=size,
        decisions=allocations.decisions(state.year, province),
        is_binding=law_state(today).holds,
        may_offer=own is not None and here and may(actor, "keep-place-offers", place_of(own)),
        may_swap=by_province or (own is not None and here),
        may_accept=frozenset(
            one.number
            for one in taken_part
            if (is_other(actor, one.steps[0].decided_by) if by_province else own in one.waiting_for)
        ),
        may_withdraw=frozenset(one.number for one in taken_part),
        may_advise=may(actor, "advise-allocation", place),
        may_decide=may(actor, "decide-allocation", place),
        may_change_share=frozenset(state.facts.shares)
        if by_province
        else frozenset({own} if own and here else ()),
    )


def table_state(year: int, province: ProvinceCode, today: date) -> TableState:
    """Return what the table of a province rests on in a cycle, with the newest draft left out.

    What the register has on the first day for which is decided stands as offered; durable places were deducted.

    Raises
    ------
    StateError
        STA-06 while no shares were computed, or a swap no longer fits them.
    """
    shares, found = shared.shares(year), cycle_of(year)
    if shares is None:
        raise StateError(
            "STA-06",
            f"no shares were computed for {year}",
            remedy="The ministry announces the estimate first.",
        )
    own = {code: places for code, places in shares.places.items() if _in(code, province)}
    lasting = [
        one for one in sites.confirmed_sites(own) if not one.site.is_durable and not one.site.for_minors
    ]
    offers, swaps = stored.offers(year, own), stored.swaps(year, province)
    facts = TableFacts(
        shares=own,
        durable={code: shares.durable[code] for code in own if code in shares.durable},
        standing={code: places for code, places in available(lasting, found.first_day).items() if places},
        offers=tuple(
            Offer(one.offer.municipality, one.offer.places, one.offer.kind, one.offer.is_durable)
            for one in offers
            if not one.offer.for_minors
        ),
        swaps=tuple(one.agreed for one in swaps if one.holds),
        added={},
    )
    made = allocate(province, facts, law=law_book().reception(max(today, law_state(today).first_day)))
    if isinstance(made, PlaceSwapRefused):
        raise StateError("STA-06", "; ".join(made.reasons), remedy="Withdraw the swap that no longer fits.")
    return TableState(year, found, shares, facts, made, offers, swaps, allocations.advice(year, province))


def _in(code: MunicipalityCode, province: ProvinceCode) -> bool:
    return reference.municipality(code).province == province
