"""Money for reception places: the grant above a share of a province's number, and the bill per scenario."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eenthuis.law.money import BillPrices, BillScenario, GrantLaw
from eenthuis.rules.rounding import rounded
from eenthuis.terms.errors import InputError
from eenthuis.terms.law import Citation, Rounding


@dataclass(frozen=True, slots=True)
class PlacesGrant:
    """The grant for places above a share of a province's number.

    ``threshold`` is exact; ``places_above`` counts whole places above it, ``most`` those that are granted to the
    municipalities of the province together, ``granted`` those of them that are of the one who asks and were not asked
    for before, and ``cents`` is what they come to.
    """

    threshold: Fraction
    places_above: int
    most: int
    granted: int
    cents: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class BillLine:
    """What reception of so many places comes to in a year under one scenario, in whole cents."""

    scenario: BillScenario
    regular_places: int
    emergency_places: int
    cents: int
    prices: BillPrices


def places_grant(
    *, number: int, places: int, own_places: int, law: GrantLaw, held: int = 0, own_held: int = 0
) -> PlacesGrant:
    """Return the grant for places above a share of a province's number.

    Parameters
    ----------
    number
        Places that the province is to make available.
    places
        Places that are there in the province.
    own_places
        Those of them that the municipality offers; never more of them are granted than lie above the threshold.
    law
        The share and the amount.
    held, own_held
        Places that municipalities of the province asked the grant for before, for the same years, and those of the one
        who asks now: no place is granted twice.

    Raises
    ------
    InputError
        INP-06 when a number is below 0, or the municipality offers more than its province.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, art. 9.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.money import grant_law
    >>> found = places_grant(number=1000, places=800, own_places=80, law=grant_law(law_book(), date(2026, 3, 3)))
    >>> found.threshold, found.places_above, found.granted, found.cents
    (Fraction(750, 1), 50, 50, 7500000)
    """
    if min(number, places, own_places, held, own_held) < 0 or own_places > places:
        raise InputError(
            "INP-06",
            f"{own_places} places of {places} in a province that is to make {number} available",
            remedy="Give numbers from 0 on; a municipality offers no more places than its province.",
        )
    threshold = law.above * number
    whole = rounded(threshold.numerator, threshold.denominator, Rounding.UP)
    above = max(0, places - whole)
    part = law.most_part * above
    most = part.numerator // part.denominator
    granted = max(0, min(own_places - own_held, most - held))
    return PlacesGrant(threshold, above, most, granted, granted * law.place_cents, law.citations)


def reception_bill(places: int, prices: BillPrices) -> BillLine:
    """Return what so many places come to in a year; places are whole, and emergency places are rounded up.

    Raises
    ------
    InputError
        INP-06 below one place.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.money import bill_prices
    >>> line = reception_bill(96_000, bill_prices(law_book(), date(2026, 3, 3), BillScenario.MIDDLE))
    >>> line.regular_places, line.emergency_places, line.cents // 100
    (72000, 24000, 3840000000)
    """
    if places < 1:
        raise InputError("INP-06", f"{places} places", remedy="Give at least one place.")
    exact = prices.emergency_part * places
    emergency = rounded(exact.numerator, exact.denominator, Rounding.UP)
    regular = places - emergency
    cents = regular * prices.regular_cents + emergency * prices.emergency_cents
    return BillLine(prices.scenario, regular, emergency, cents, prices)
