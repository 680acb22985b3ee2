"""What pages and decisions about reception places start from: the law of the day, the cycle, and what is available."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import Book, law_book
from eenthuis.law.reception import IN_FORCE
from eenthuis.rules.capacity import layers, places_on
from eenthuis.rules.provincial_tasks import DurablePlaces, NotDeducted, durable_places
from eenthuis.rules.reception_cycle import Cycle, cycle
from eenthuis.store import sites
from eenthuis.store.sites import HeldSite
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode

REPEALED = "ingetrokken, zoals op de pagina is gevraagd"


@dataclass(frozen=True, slots=True)
class LawState:
    """Whether the Act holds on a day, since or until when, and what it says so.

    ``repealed_from`` is a day from which it is taken not to hold, where somebody asked for that.
    """

    holds: bool
    citation: Citation | None
    first_day: date
    repealed_from: date | None = None


def book_for(repealed_from: date | None) -> Book:
    """Return the law book, or one in which the Act no longer holds from a day."""
    if repealed_from is None:
        return law_book()
    return law_book().assuming({IN_FORCE: False}, why=REPEALED, first_day=repealed_from)


def law_state(day: date, repealed_from: date | None = None) -> LawState:
    """Return whether the Act holds on a day; before its first day it does not."""
    begins = law_book().next_day(IN_FORCE, date(1900, 1, 1)) or date.max
    try:
        value, citation = book_for(repealed_from).look_up(IN_FORCE, day)
    except LawError:
        return LawState(holds=False, citation=None, first_day=begins, repealed_from=repealed_from)
    return LawState(bool(value), citation, begins, repealed_from)


def running_year(today: date) -> int:
    """Return the year in which the cycle of a day began; before the Act, the first one."""
    begins = law_state(today).first_day
    law = law_book().reception_cycle(max(today, begins))
    return max(today.year - (today.year - law.first_year) % law.years, law.first_year)


def cycle_of(year: int) -> Cycle:
    """Return the cycle that begins in a year.

    Raises
    ------
    InputError
        INP-06 when none begins then.
    LawError
        LAW-01 when the Act does not hold in that year.
    """
    return cycle(year, law_book().reception_cycle(date(year, 12, 31)))


def years_known(today: date) -> tuple[int, ...]:
    """Return the years in which a cycle began up to a day, newest first."""
    law = law_book().reception_cycle(max(today, law_state(today).first_day))
    return tuple(range(running_year(today), law.first_year - 1, -law.years))


def year_that_binds(day: date) -> int | None:
    """Return the year of the cycle whose decisions hold on a day; None before the first of them begins."""
    for year in years_known(day):
        found = cycle_of(year)
        if found.first_day <= day <= found.last_day:
            return year
    return None


def available(held: Iterable[HeldSite], day: date) -> Mapping[MunicipalityCode, int]:
    """Return how many places there are per municipality on a day, for adults, families and minors together."""
    found: Counter[MunicipalityCode] = Counter()
    for one in held:
        found[one.site.municipality] += places_on(one.site.spans, day)
    return found


def deducted(as_of: date) -> tuple[DurablePlaces | NotDeducted, ...]:
    """Return the durable places of the register on a day, and those that are not with the reason.

    Only places that COA confirmed, that were agreed to be durable and are not for minors count.
    """
    law = law_book().reception(as_of)
    found = [
        layer
        for held in sites.confirmed_sites()
        if held.site.is_durable and not held.site.for_minors
        for layer in layers(held.site)
    ]
    return durable_places(found, as_of=as_of, law=law)


def durable_by_municipality(found: Iterable[DurablePlaces | NotDeducted]) -> dict[MunicipalityCode, int]:
    """Return the durable places per municipality, of both kinds together."""
    per: Counter[MunicipalityCode] = Counter()
    for one in found:
        if isinstance(one, DurablePlaces):
            per[one.municipality] += one.places
    return dict(per)


def names() -> Mapping[MunicipalityCode, str]:
    """Return the name of every municipality that has inhabitants packaged last."""
    latest = reference.reference_dates()[-1]
    return {one.code: one.name for one in reference.municipalities(latest)}
