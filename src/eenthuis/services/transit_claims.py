"""Asking for the money of a month of a transit location: the bill of that month becomes a money file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from eenthuis.law.schemes import TRANSIT
from eenthuis.rules.money_files import state_of
from eenthuis.rules.months import months_after
from eenthuis.services.access import place_of, require
from eenthuis.services.money_files import add_file
from eenthuis.services.transit_days import bill_of
from eenthuis.services.transit_sites import require_site
from eenthuis.store import journal, money_files
from eenthuis.store.money_files import HeldFile
from eenthuis.store.transit import HeldTransitSite
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import StateError
from eenthuis.terms.money_files import (
    AskedLine,
    CostKind,
    EvidenceKind,
    FileKind,
    MoneyFile,
    MoneyFileId,
    MoneyStage,
)
from eenthuis.terms.transit import SiteId

_ENDED = frozenset({MoneyStage.REFUSED, MoneyStage.WITHDRAWN})


def claims_of(*, actor: Actor, identifier: SiteId) -> Mapping[date, HeldFile]:
    """Return the file in which each month of a site was asked, by the first day of the month.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sites, ACC-02 when there is no such site in its reach.
    """
    held = require_site(actor=actor, action="see-transit-sites", identifier=identifier)
    return _claims(held)


def claim_month(*, actor: Actor, identifier: SiteId, month: date, today: date) -> MoneyFileId:
    """Ask for what a site comes to in a month that has passed, and return the number of the file.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    StateError
        STA-01 when the month was asked for before; STA-06 when it has not passed or nothing is paid in it.
    """
    held = require_site(actor=actor, action="keep-transit-sites", identifier=identifier)
    require(actor, "ask-for-money", place_of(held.site.municipality))
    first = month.replace(day=1)
    last = months_after(first, 1) - timedelta(days=1)
    if last >= today:
        raise StateError("STA-06", "the month has not passed", remedy="Ask when the month has passed.")
    lines = _lines(held, first, last)
    if not lines:
        raise StateError("STA-06", "nothing is paid in this month", remedy="Look at the bill of the site.")
    file = MoneyFile(
        identifier=MoneyFileId(""),
        kind=FileKind.TRANSIT_CLAIM,
        municipality=held.site.municipality,
        owner="",
        title=f"{held.name[:60]}, {first:%m-%Y}",
        asked_on=today,
        asked_by="",
        first_day=first,
        last_day=last,
        lines=lines,
        scheme=TRANSIT,
        site=held.site.site,
    )
    with transaction.atomic():
        journal.lock_subject(f"transit claim:{held.site.site}:{first}")
        before = _claims(held).get(first)
        if before is not None:
            raise StateError(
                "STA-01",
                "the month was asked for before",
                remedy=f"Look at {before.file.identifier}.",
            )
        return add_file(actor=actor, file=file, today=today)


def _lines(held: HeldTransitSite, first: date, last: date) -> tuple[AskedLine, ...]:
    """Return what is asked: days of people linked here, and of those linked to another that takes part."""
    paid = [one for one in bill_of(held, last).days if one.not_paid is None and one.day >= first]
    found: list[AskedLine] = []
    for is_elsewhere, what in (
        (False, "personen gekoppeld aan deze gemeente"),
        (True, "personen elders gekoppeld"),
    ):
        days = [one for one in paid if one.is_elsewhere is is_elsewhere]
        if days:
            found.append(
                AskedLine(
                    len(found) + 1,
                    CostKind.PERSON_DAYS,
                    f"{len(days)} dagen, {what}",
                    sum(one.cents for one in days),
                    EvidenceKind.OCCUPANCY_PER_DAY,
                    f"bezetting per dag van {held.site.site}",
                )
            )
    return tuple(found)


def _claims(held: HeldTransitSite) -> Mapping[date, HeldFile]:
    return {
        one.file.first_day: one
        for one in money_files.files(kind=FileKind.TRANSIT_CLAIM.value, site=held.site.site)
        if state_of(one.file, one.steps).stage not in _ENDED
    }
