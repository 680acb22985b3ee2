"""Telling of reception places in time: sites that end, municipalities that offer too little, tables that are late.

A worker calls this; each day is told once, and each thing once to whom it concerns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.reception_cycle import CycleStep
from eenthuis.services.notices import tell
from eenthuis.services.place_table import table_state
from eenthuis.services.reception_reading import cycle_of, law_state, running_year
from eenthuis.store import allocations, journal, scope, sites
from eenthuis.store import notices as stored
from eenthuis.store import reception as shared
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import ProvinceCode

ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
DONE = "tell-reception"


@dataclass(frozen=True, slots=True)
class _Due:
    """Something to tell somebody, with the day it is about and the places it concerns."""

    kind: NoticeKind
    to: Addressee
    about: str
    day: date
    places: int


def tell_reception(today: date) -> int:
    """Tell of what ends or is asked soon, and of what is late; return how many notices."""
    subject = f"reception day {today.isoformat()}"
    with scope.whole("deadlines"), transaction.atomic():
        journal.lock_subject(DONE)
        if journal.is_written(DONE, subject):
            return 0
        told = 0
        for one in (*_ending(today), *_asked(today)):
            if stored.is_told(one.kind, one.to, one.about):
                continue
            tell(
                kind=one.kind,
                to=one.to,
                reference=one.about,
                today=today,
                due_on=one.day,
                figures={"places": one.places},
            )
            told += 1
        journal.write(ITSELF, "tell-reception", subject, after={"notices": told})
    return told


def _ending(today: date) -> Iterator[_Due]:
    days, _ = law_book().look_up("reception.site_ends_days", today)
    for held in sites.ending(today, today + timedelta(days=int(days))):
        site = held.site
        about = f"{Thing.SITE}:{int(site.identifier.removeprefix('S-'))}"
        province = reference.municipality(site.municipality).province
        for to in (
            Addressee(Role.MUNICIPALITY, municipality=site.municipality),
            Addressee(Role.PROVINCE, province=province),
            Addressee(Role.COA),
        ):
            yield _Due(NoticeKind.SITE_ENDS, to, about, site.last_day or today, site.spans[-1].places)


def _asked(today: date) -> Iterator[_Due]:
    if not law_state(today).holds:
        return
    year = running_year(today)
    report = next(one for one in cycle_of(year).steps if one.step is CycleStep.REPORT)
    days, _ = law_book().look_up("reception.offer_asked_days", today)
    if shared.shares(year) is None or today < report.last_day - timedelta(days=int(days)):
        return
    reported = allocations.reported(year)
    short = 0
    for province in reference.provinces():
        if province.code in reported:
            continue
        for one in _of_province(year, province.code, report.last_day, today):
            short += one.places if one.kind is NoticeKind.PLACES_LATE else 0
            yield one
    if short:
        about = f"{Thing.RECEPTION}:{year}"
        yield _Due(NoticeKind.PLACES_LATE, Addressee(Role.MINISTRY), about, report.last_day, short)


def _of_province(year: int, province: ProvinceCode, last: date, today: date) -> Iterator[_Due]:
    made = table_state(year, province, today).made
    about = f"{Thing.RECEPTION}:{year}"
    if today <= last:
        for line in made.lines:
            if line.lacking > 0:
                to = Addressee(Role.MUNICIPALITY, municipality=line.municipality)
                yield _Due(NoticeKind.PLACES_ASKED, to, about, last, line.lacking)
    elif made.short:
        to = Addressee(Role.PROVINCE, province=province)
        yield _Due(NoticeKind.PLACES_LATE, to, about, last, made.short)
