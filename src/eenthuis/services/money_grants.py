"""What the grant for places above a share of a province's number is reckoned on: the registers, not what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.money import grant_law
from eenthuis.rules.reception_money import PlacesGrant, places_grant
from eenthuis.services.access import place_of, require
from eenthuis.services.money_asked import GrantAsked
from eenthuis.services.reception_reading import available, cycle_of, year_that_binds
from eenthuis.store import money_files, sites
from eenthuis.store import reception as shared
from eenthuis.store.reception import HeldShares
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.money_files import GrantBasis
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

LONGEST_WHY = 400


@dataclass(frozen=True, slots=True)
class GrantNumbers:
    """What the registers say of a municipality and its province on a day, in places.

    ``number`` is what the province is to make available after its durable places, of the newest shares of the cycle
    that binds on the day, with their receipt and the day they were computed as of; None where there are none.
    ``places`` and ``own_places`` are those that COA confirmed. ``held`` and ``own_held`` were asked for before.
    """

    province: ProvinceCode
    counted_on: date
    year: int
    number: int | None
    receipt: str
    as_of: date | None
    is_invented: bool
    places: int
    own_places: int
    held: int
    own_held: int


def read_grant_numbers(*, actor: Actor, municipality: MunicipalityCode, counted_on: date) -> GrantNumbers:
    """Return what the registers say on a day about the places of a municipality and of its province.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask for the grant; ACC-02 when it may, but not there.
    LawError
        LAW-01 for a day before the Act came into force.
    """
    require(actor, "ask-for-money", place_of(municipality))
    law = grant_law(law_book(), counted_on)
    province = reference.municipality(municipality).province
    here = reference.municipalities_ever(province)
    year = year_that_binds(counted_on)
    made = shared.shares(year) if year is not None else None
    durable = {} if made is None or law.counts_deducted else made.durable
    found = {
        code: max(places - durable.get(code, 0), 0)
        for code, places in available(
            (one for one in sites.confirmed_sites(here) if not one.site.for_minors), counted_on
        ).items()
    }
    years = cycle_of(year) if year is not None else None
    asked = money_files.places_asked(
        here, years.first_day if years else counted_on, years.last_day if years else counted_on
    )
    return GrantNumbers(
        province=province,
        counted_on=counted_on,
        year=year or 0,
        number=None if made is None else _number_of(made, province),
        receipt=made.receipt if made else "",
        as_of=made.as_of if made else None,
        is_invented=made is not None and made.is_invented,
        places=sum(found.values()),
        own_places=found.get(municipality, 0),
        held=sum(asked.values()),
        own_held=asked.get(municipality, 0),
    )


def grant_basis(*, actor: Actor, asked: GrantAsked) -> GrantBasis:
    """Return the numbers to reckon with: those of the registers, unless others were typed with the reason.

    Raises
    ------
    AccessError, LawError
        As :func:`read_grant_numbers`.
    InputError
        INP-04 when a number is another than the register's and no reason is given, or when neither is there.
    """
    found = read_grant_numbers(actor=actor, municipality=asked.municipality, counted_on=asked.counted_on)
    number = found.number if asked.number is None else asked.number
    if number is None:
        raise _wrong(
            f"no shares were computed for {asked.counted_on}",
            "Type the number of the province, and say where it comes from.",
            "provincie",
        )
    basis = GrantBasis(
        year=found.year,
        receipt=found.receipt,
        number=number,
        places=found.places if asked.places is None else asked.places,
        own_places=found.own_places if asked.own_places is None else asked.own_places,
        registered=(found.number, found.places, found.own_places),
        held=found.held,
        own_held=found.own_held,
        why=asked.why.strip()[:LONGEST_WHY],
    )
    if basis.deviates and not basis.why:
        raise _wrong(
            "a number is another than that of the register",
            "Say why, or leave the number empty to use that of the register.",
            "reden",
        )
    return basis


def grant_on(basis: GrantBasis, counted_on: date) -> PlacesGrant:
    """Return what the grant comes to on these numbers, under the law of the day of counting."""
    return places_grant(
        number=basis.number,
        places=basis.places,
        own_places=basis.own_places,
        held=basis.held,
        own_held=basis.own_held,
        law=grant_law(law_book(), counted_on),
    )


def _number_of(made: HeldShares, province: ProvinceCode) -> int:
    """Return the number of a province after its durable places, at least 0."""
    own = [code for code in made.places if reference.municipality(code).province == province]
    return max(sum(made.places[code] - made.durable.get(code, 0) for code in own), 0)


def _wrong(what: str, remedy: str, field: str) -> InputError:
    return InputError("INP-04", what, remedy=remedy, location=Location(column=field))
