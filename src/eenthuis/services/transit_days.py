"""The days of people at a transit location: each counted once, and never more for a person than is paid over sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.law.schemes import TransitLaw, transit_laws
from eenthuis.rules.transit import PersonDay, TransitBill, only_at, transit_bill
from eenthuis.rules.transit_people import one_number_each
from eenthuis.store import transit
from eenthuis.store.transit import HeldTransitSite
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import NotPaid, PersonNumber, TransitStay


@dataclass(frozen=True, slots=True)
class DayUsed:
    """How many people are at a site on one day, and for how many of them that day is paid."""

    day: date
    people: int
    paid: int


@dataclass(frozen=True, slots=True)
class SiteDays:
    """What a site comes to, and the municipality that each person there is linked to, by the number inside the site."""

    bill: TransitBill
    linked: Mapping[PersonNumber, MunicipalityCode]


def site_days(held: HeldTransitSite, today: date) -> SiteDays:
    """Return the days of a site up to and with today; days that people had at sites before count towards their most."""
    sites, stays = transit.together(held.site.site)
    numbered = one_number_each(stays)
    here = [
        (one, given)
        for one, given in zip(numbered, stays, strict=True)
        if given.site == held.site.site and given.first_day <= today
    ]
    bill = only_at(transit_bill(sites, numbered, transit_laws(law_book()), today), held.site.site)
    days = tuple(replace(one, person=_inside(one, here)) for one in bill.days)
    return SiteDays(replace(bill, days=days), {given.person: given.linked_to for _, given in here})


def bill_of(held: HeldTransitSite, today: date) -> TransitBill:
    """Return what a site comes to, day by day."""
    return site_days(held, today).bill


def law_on(day: date) -> TransitLaw | None:
    """Return what is paid on a day; None where nothing is."""
    return next(
        (
            one
            for one in transit_laws(law_book())
            if one.first_day <= day and (one.last_day is None or day <= one.last_day)
        ),
        None,
    )


def days_used(bill: TransitBill, first: date, last: date) -> tuple[DayUsed, ...]:
    """Return every day between two that both count, also those on which nobody is there."""
    people: Counter[date] = Counter()
    paid: Counter[date] = Counter()
    for one in bill.days:
        people[one.day] += one.not_paid is not NotPaid.COUNTED_ELSEWHERE
        paid[one.day] += one.not_paid is None
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(DayUsed(day, people[day], paid[day]) for day in days)


def _inside(day: PersonDay, stays: list[tuple[TransitStay, TransitStay]]) -> PersonNumber:
    """Return the number inside the site of whoever a day is of."""
    return next(
        given.person
        for one, given in stays
        if one.person == day.person
        and given.first_day <= day.day
        and (given.last_day is None or day.day <= given.last_day)
    )
