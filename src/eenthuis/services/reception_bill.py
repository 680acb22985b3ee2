"""The bill of reception for a year, per scenario, for the places that were announced or a number of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.law import law_book
from eenthuis.law.money import BillScenario, bill_prices
from eenthuis.rules.reception_money import BillLine, reception_bill
from eenthuis.services.access import require
from eenthuis.store import reception
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import ReceptionNeed


@dataclass(frozen=True, slots=True)
class BillPage:
    """The bill per scenario; ``announced`` is the estimate whose places were taken, None for a number of one's own.

    ``places`` is None when no number was given and none was announced.
    """

    as_of: date
    places: int | None
    announced: ReceptionNeed | None
    lines: tuple[BillLine, ...]


def read_bill(*, actor: Actor, places: int | None, as_of: date) -> BillPage:
    """Return what reception comes to in a year under each scenario.

    Raises
    ------
    InputError
        INP-06 below one place.
    """
    require(actor, "see-published-figures")
    announced = (
        next((one.need for one in reception.needs() if one.is_in_force), None) if places is None else None
    )
    counted = places if announced is None else announced.places
    lines = (
        ()
        if counted is None
        else tuple(
            reception_bill(counted, bill_prices(law_book(), as_of, scenario)) for scenario in BillScenario
        )
    )
    return BillPage(as_of, counted, announced, lines)
