"""Transit locations: kept by municipalities, with who stays there by number, days, places and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.law import law_book
from eenthuis.law.schemes import TransitLaw, transit_laws
from eenthuis.rules.disclosure import hide_small
from eenthuis.rules.transit import transit_bill
from eenthuis.services.access import may, place_of, require, require_somewhere
from eenthuis.services.transit_days import DayUsed, bill_of, days_used, law_on, site_days
from eenthuis.services.transit_ends import ends_on, warn_days_on
from eenthuis.services.transit_households import OnTwoSites, on_two_sites
from eenthuis.store import journal, transit
from eenthuis.store.transit import HeldTransitSite
from eenthuis.terms.access import Actor, Place, Reach, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import NotPaid, SiteId, TakesPart, TransitMonth, TransitSite

LONGEST_NAME = 80
MOST_PLACES = 10_000
TRIES = 5
"""So often a number is asked for when others add sites at the same moment."""

DAYS_SHOWN = 31


@dataclass(frozen=True, slots=True)
class TransitLine:
    """A site with its name, the people there today, the places used, and until when it can be paid."""

    site: TransitSite
    name: str
    municipality_name: str
    people: int
    ends_on: date | None
    days_left: int | None
    may_change: bool
    warn_days: int

    @property
    def participants(self) -> tuple[tuple[MunicipalityCode, tuple[TakesPart, ...]], ...]:
        """Who takes part beside the municipality itself, each with its days where it is not as long as the site."""
        days = self.site.taking_part
        return tuple(
            (code, tuple(one for one in days if one.municipality == code))
            for code in sorted(self.site.participants)
        )

    @property
    def is_full(self) -> bool:
        """Whether more people are there than there are places."""
        return self.people > self.site.places

    @property
    def ends_soon(self) -> bool:
        """Whether the site ends within the days before which is warned."""
        return self.days_left is not None and 0 <= self.days_left <= self.warn_days

    @property
    def has_ended(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class TransitPage:
    """The sites in reach, and counts of the country in which a small number is None."""

    lines: tuple[TransitLine, ...]
    sites: int
    places: int
    people: int | None
    floor: int
    may_see: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """People who are at a site today and count in the target of one municipality."""

    municipality: MunicipalityCode
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TransitSitePage:
    """One site: days, people by the municipality they are linked to, the bill per month, and what to look at.

    ``on_two_sites`` names those households that its reader may see; ``not_followed`` counts people whose household was
    at another site before, while their days there are not counted on.
    """

    line: TransitLine
    law: TransitLaw | None
    days: tuple[DayUsed, ...]
    linked: tuple[LinkedTo, ...]
    months: tuple[TransitMonth, ...]
    unpaid: Mapping[NotPaid, int]
    cents: int
    cents_today: int
    households_on_two_sites: int
    on_two_sites: tuple[OnTwoSites, ...] = ()
    not_followed: int = 0


def read_transit(*, actor: Actor, today: date) -> TransitPage:
    """Return the sites in reach, with the counts of the country that anyone may see.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no counts.
    """
    require(actor, "see-transit-counts")
    sees = decide(actor, "see-transit-sites", Place()).reach is not Reach.NOTHING
    sites, places, people = transit.in_the_country(today)
    floor = law_book().linking(today).disclosure_floor
    shown = hide_small([people], floor)[0]
    return TransitPage(
        lines=list_transit_sites(actor=actor, today=today) if sees else (),
        sites=sites,
        places=places,
        people=shown,
        floor=floor,
        may_see=sees,
        may_add=_keeps(actor),
    )


def list_transit_sites(*, actor: Actor, today: date) -> tuple[TransitLine, ...]:
    """Return the sites in reach, by municipality and number.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sites.
    """
    require_somewhere(actor, "see-transit-sites")
    there = transit.people_there(today)
    return tuple(
        _line(actor, one, there.get(one.site.site, 0), today) for one in transit.sites() if _sees(actor, one)
    )


def read_transit_site(*, actor: Actor, identifier: SiteId, today: date) -> TransitSitePage:
    """Return one site with its days, people and months up to and with a day.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sites, ACC-02 when there is no such site in its reach.
    """
    held = require_site(actor=actor, action="see-transit-sites", identifier=identifier)
    days = site_days(held, today)
    bill = days.bill
    here = [one for one in bill.days if one.day == today and one.not_paid is not NotPaid.COUNTED_ELSEWHERE]
    per = Counter(days.linked[one.person] for one in here)
    return TransitSitePage(
        line=_line(actor, held, len(here), today),
        law=law_on(today),
        days=days_used(bill, today - timedelta(days=DAYS_SHOWN - 1), today),
        linked=tuple(
            LinkedTo(code, reference.municipality(code).name, people)
            for code, people in sorted(per.items(), key=lambda found: (-found[1], found[0]))
        ),
        months=tuple(reversed(bill.months)),
        unpaid=bill.unpaid,
        cents=bill.cents,
        cents_today=sum(one.cents for one in here),
        households_on_two_sites=transit.on_two_sites(identifier, today),
        on_two_sites=on_two_sites(actor=actor, identifier=identifier, today=today),
        not_followed=transit.not_followed(identifier),
    )


def all_days(*, actor: Actor, identifier: SiteId, today: date) -> tuple[DayUsed, ...]:
    """Return every day of a site from its first one, up to and with a day.

    Raises
    ------
    AccessError
        As :func:`read_transit_site`.
    """
    held = require_site(actor=actor, action="see-transit-sites", identifier=identifier)
    last = min(today, held.site.last_day or today)
    return days_used(bill_of(held, today), held.site.first_day, last)


def months_of(*, actor: Actor, identifier: SiteId, today: date) -> tuple[TransitMonth, ...]:
    """Return what a site comes to in each month, up to and with a day.

    Raises
    ------
    AccessError
        As :func:`read_transit_site`.
    """
    return bill_of(require_site(actor=actor, action="see-transit-sites", identifier=identifier), today).months


def transit_site_behind(key: str) -> SiteId:
    """Return the site that a notice refers to by its number."""
    return SiteId(f"T-{int(key):07d}")


def require_site(*, actor: Actor, action: str, identifier: SiteId) -> HeldTransitSite:
    """Return a site when the actor may do this with it; one of somebody else is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such site in its reach.
    """
    require_somewhere(actor, action)
    held = transit.site(identifier)
    fits = held is not None and (
        may(actor, action, place_of(held.site.municipality))
        or (action == "see-transit-sites" and _sees(actor, held))
    )
    if held is None or not fits:
        raise AccessError("ACC-02", "no transit location by that number", remedy="Check the number.")
    return held


def require_keeping_sites(*, actor: Actor) -> MunicipalityCode:
    """Return the municipality for which an actor keeps sites.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps none.
    """
    if actor.municipality is None:
        require(actor, "keep-transit-sites")
        raise AccessError("ACC-01", "sites are kept by municipalities", remedy="Sign in for a municipality.")
    require(actor, "keep-transit-sites", place_of(actor.municipality))
    return actor.municipality


def add_transit_site(*, actor: Actor, site: TransitSite, name: str) -> SiteId:
    """Add a site and return its number; the number it carries does not matter.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-04 without a name; INP-06 when it ends before it begins or has no places.
    ReferenceFactError
        REF-01, REF-03 for a municipality that takes part and is none on the first day.
    StateError
        STA-01 when there is a site of this name since that day.
    """
    require(actor, "keep-transit-sites", place_of(reference.municipality(site.municipality).code))
    others = {reference.municipality(one, site.first_day).code for one in site.participants}
    site = replace(site, participants=frozenset(others - {site.municipality}))
    _check(site, name)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                if before := transit.like(site, name.strip()):
                    raise StateError("STA-01", f"just this is {before}", remedy="Change that site.")
                numbered = replace(site, site=transit.next_site())
                transit.add_site(numbered, name.strip(), after=None, decided_by=actor.name, why="")
                _account(actor, "add-transit-site", numbered)
                return numbered.site
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others add sites at this moment", remedy="Try again.")


def change_transit_site(
    *,
    actor: Actor,
    identifier: SiteId,
    places: int,
    last_day: date | None,
    why: str,
    seen: TransitSite | None = None,
) -> None:
    """Change the places or the last day of a site, with a reason; a new version takes the place of the old one.

    ``seen`` is the site as the caller saw it, where it says so.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputError
        INP-04 without a reason; INP-06 when it ends before it begins or has no places.
    StateError
        STA-07 when somebody changed it since.
    """
    with transaction.atomic():
        journal.lock_subject(f"transit:{identifier}")
        held = require_site(actor=actor, action="keep-transit-sites", identifier=identifier)
        if seen is not None and held.site != seen:
            raise StateError("STA-07", "somebody changed this site", remedy="Read it again.")
        if not why.strip():
            raise InputError("INP-04", "no reason was given", remedy="Say why.")
        after = replace(held.site, places=places, last_day=last_day)
        _check(after, held.name)
        transit.add_site(after, held.name, after=held.row, decided_by=actor.name, why=why.strip())
        _account(actor, "change-transit-site", after, before=held.site, why=why.strip())


def _line(actor: Actor, held: HeldTransitSite, people: int, today: date) -> TransitLine:
    ends = ends_on(held.site)
    return TransitLine(
        site=held.site,
        name=held.name,
        municipality_name=reference.municipality(held.site.municipality).name,
        people=people,
        ends_on=ends,
        days_left=None if ends is None else (ends - today).days,
        may_change=may(actor, "keep-transit-sites", place_of(held.site.municipality)),
        warn_days=warn_days_on(today),
    )


def _sees(actor: Actor, held: HeldTransitSite) -> bool:
    """Return whether a site is in reach: also for a municipality that takes part in it."""
    if may(actor, "see-transit-sites", place_of(held.site.municipality)):
        return True
    return (
        actor.municipality in held.site.participants
        and may(actor, "see-transit-sites", place_of(actor.municipality))
        and actor.role is Role.MUNICIPALITY
    )


def _keeps(actor: Actor) -> bool:
    return actor.municipality is not None and may(actor, "keep-transit-sites", place_of(actor.municipality))


def _check(site: TransitSite, name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError(
            "INP-04", "the site has no name, or a long one", remedy="Give a short name, no address."
        )
    if site.places > MOST_PLACES:
        raise InputError("INP-06", f"{site.places} places", remedy=f"Give at most {MOST_PLACES} places.")
    transit_bill([site], [], transit_laws(law_book()), site.first_day)


def _account(
    actor: Actor, action: str, site: TransitSite, *, before: TransitSite | None = None, why: str = ""
) -> None:
    journal.write(
        actor,
        action,
        f"transit location {site.site}",
        municipality=site.municipality,
        before=before,
        after=site,
        why=why,
    )
