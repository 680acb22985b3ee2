"""The capacity register: sites added and changed by their municipality, and confirmed by COA."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.rules.capacity import (
    CapacityStep,
    SiteChangeRefused,
    WhyNot,
    capacity_steps,
    change_site,
    places_on,
)
from eenthuis.services.access import may, place_of, require
from eenthuis.services.notices import tell
from eenthuis.store import journal
from eenthuis.store import sites as stored
from eenthuis.store.sites import HeldSite, SiteVersion
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import MOST_PLACES, Site, SiteChange, SiteForm, SiteId
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind

LONGEST_NAME = 80
TRIES = 5


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """Which sites are listed; empty parts list every one. ``state`` is open, coming, ended or to-confirm."""

    province: str = ""
    municipality: str = ""
    kind: str = ""
    form: str = ""
    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site with its places on a day, and what its reader may do with it."""

    site: Site
    name: str
    province: ProvinceCode
    places: int
    is_confirmed: bool
    version: int


@dataclass(frozen=True, slots=True)
class SitesPage:
    """The register as its reader sees it on a day; ``steps`` are the places of what is listed through time."""

    today: date
    lines: tuple[SiteLine, ...]
    steps: tuple[CapacityStep, ...]
    places: int
    to_confirm: int
    may_add: bool

    @property
    def municipalities(self) -> int:
        """In how many municipalities there are places on the day."""
        return len({line.site.municipality for line in self.lines if line.places})


@dataclass(frozen=True, slots=True)
class SitePage:
    """A site with everything that was done with it, newest first."""

    line: SiteLine
    versions: tuple[SiteVersion, ...]
    may_keep: bool
    may_confirm: bool

    @property
    def was_confirmed(self) -> bool:
        """Whether COA ever confirmed the site, so that it counts with the places of then."""
        return self.line.is_confirmed or any(one.kind == stored.CONFIRMED for one in self.versions)


def sites_for(actor: Actor, municipalities: Sequence[MunicipalityCode] | None = None) -> tuple[HeldSite, ...]:
    """Return the sites as an actor sees them: as they stand now within reach, elsewhere as COA confirmed them last."""
    public = {one.site.identifier: one for one in stored.confirmed_sites(municipalities)}
    for one in stored.sites(municipalities):
        if may(actor, "see-reception-sites", place_of(one.site.municipality)):
            public[one.site.identifier] = one
    return tuple(
        sorted(public.values(), key=lambda one: (one.site.municipality, one.site.name, one.site.identifier))
    )


def read_sites(*, actor: Actor, wanted: SiteFilter, today: date, until: date) -> SitesPage:
    """Return the sites that a filter leaves, and their places together from today until a day.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no published figures.
    """
    require(actor, "see-published-figures")
    lines = tuple(
        line for line in (line_of(one, today) for one in sites_for(actor)) if _fits(line, wanted, today)
    )
    keeps = actor.municipality is not None and may(
        actor, "keep-reception-sites", place_of(actor.municipality)
    )
    return SitesPage(
        today=today,
        lines=lines,
        steps=capacity_steps((line.site for line in lines), today, until),
        places=sum(line.places for line in lines),
        to_confirm=sum(not line.is_confirmed for line in lines),
        may_add=keeps,
    )


def read_site(*, actor: Actor, identifier: SiteId, today: date) -> SitePage:
    """Return a site; one that COA never confirmed is found only by those within reach.

    Raises
    ------
    AccessError
        ACC-02 when there is no such site for this reader.
    """
    require(actor, "see-published-figures")
    held = stored.site(identifier)
    if held is None:
        raise _not_found()
    place = place_of(held.site.municipality)
    sees = may(actor, "see-reception-sites", place)
    if not sees:
        held = next(
            (
                one
                for one in stored.confirmed_sites([held.site.municipality])
                if one.site.identifier == identifier
            ),
            None,
        )
    if held is None:
        raise _not_found()
    return SitePage(
        line=line_of(held, today),
        versions=stored.versions(identifier) if sees else (),
        may_keep=may(actor, "keep-reception-sites", place),
        may_confirm=may(actor, "confirm-reception-sites", place) and not held.is_confirmed,
    )


def require_keeping_sites(*, actor: Actor) -> None:
    """Pass when the actor keeps sites somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps none.
    """
    require(actor, "keep-reception-sites", place_of(actor.municipality) if actor.municipality else None)


def add_site(*, actor: Actor, site: Site, today: date) -> SiteId:
    """Add a site to the register and return its number; the number it carries does not matter.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-04 without a name; INP-06 when its places or days make no sense.
    """
    require(actor, "keep-reception-sites", place_of(reference.municipality(site.municipality, today).code))
    _check(site)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                numbered = replace(site, identifier=stored.identifier_of(stored.next_number()))
                stored.add_step(numbered, stored.OPENED, after=None, decided_by=actor.name, on=today)
                _account(actor, "add-reception-site", numbered, today)
                return numbered.identifier
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others add sites at this moment", remedy="Try again.")


def change_listed_site(
    *,
    actor: Actor,
    identifier: SiteId,
    change: SiteChange,
    why: str,
    today: date,
    version: int | None = None,
) -> Site:
    """Change a site from a day on, extend or close it, with a reason; COA confirms it anew. Return what it is now.

    ``version`` is the step that the caller saw, where it says so.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputError
        INP-04 without a reason; INP-06 when the change cannot stand, with why.
    StateError
        STA-07 when somebody changed the site since.
    """
    with transaction.atomic():
        stored.lock_site(identifier)
        held = require_site(actor=actor, identifier=identifier, action="keep-reception-sites")
        _require_seen(held, version)
        if not why.strip():
            raise InputError(
                "INP-04", "no reason was given", remedy="Say why.", location=Location(column="why")
            )
        outcome = change_site(held.site.spans, change)
        if isinstance(outcome, SiteChangeRefused):
            raise InputError(
                "INP-06",
                f"{outcome.reason.value}, where the register says {outcome.day or 'no end'}",
                remedy="Give a day and places that fit what the register says.",
                location=Location(
                    column="places" if outcome.reason is WhyNot.PLACES else "day", value=outcome.reason.value
                ),
            )
        changed = replace(held.site, spans=outcome.spans)
        stored.add_step(
            changed, change.kind.value, after=held, decided_by=actor.name, on=today, why=why.strip()
        )
        _account(actor, "change-reception-site", changed, today, before=held.site, why=why.strip())
    return changed


def confirm_site(*, actor: Actor, identifier: SiteId, today: date, version: int | None = None) -> Site:
    """Confirm for COA that a site has the places that the register says.

    ``version`` is the step that the caller saw, where it says so: nobody confirms places he did not see.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site.
    StateError
        STA-01 when just that was confirmed already; STA-07 when somebody changed the site since.
    """
    with transaction.atomic():
        stored.lock_site(identifier)
        held = require_site(actor=actor, identifier=identifier, action="confirm-reception-sites")
        if held.is_confirmed:
            raise StateError("STA-01", "these places were confirmed already", remedy="Reload the page.")
        _require_seen(held, version)
        stored.add_step(held.site, stored.CONFIRMED, after=held, decided_by=actor.name, on=today)
        journal.write(
            actor,
            "confirm-reception-site",
            f"reception site {identifier}",
            municipality=held.site.municipality,
            after=held.site,
        )
    return held.site


def _require_seen(held: HeldSite, version: int | None) -> None:
    if version is not None and version != held.step:
        raise StateError("STA-07", "somebody changed this site", remedy="Read it again.")


def require_site(*, actor: Actor, identifier: SiteId, action: str) -> HeldSite:
    """Return a site when the actor may do this with it; one out of reach is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such site in its reach.
    """
    held = stored.site(identifier)
    place = place_of(held.site.municipality) if held else None
    if held is None or place is None:
        require(actor, action, place_of(actor.municipality) if actor.municipality else None)
        raise _not_found()
    require(actor, action, place)
    return held


def site_behind(key: str) -> SiteId:
    """Return the site that a notice refers to by its number."""
    return stored.identifier_of(int(key))


def line_of(held: HeldSite, today: date) -> SiteLine:
    """Return a site with its places on a day."""
    site = held.site
    municipality = reference.municipality(site.municipality)
    return SiteLine(
        site=site,
        name=municipality.name,
        province=municipality.province,
        places=places_on(site.spans, today),
        is_confirmed=held.is_confirmed,
        version=held.step,
    )


def _fits(line: SiteLine, wanted: SiteFilter, today: date) -> bool:
    site = line.site
    states = {
        "open": bool(line.places),
        "coming": site.first_day > today,
        "ended": site.last_day is not None and site.last_day < today,
        "to-confirm": not line.is_confirmed,
    }
    return (
        (not wanted.province or line.province == wanted.province)
        and (not wanted.municipality or site.municipality == wanted.municipality)
        and (wanted.kind not in set(PlaceKind) or site.kind == wanted.kind)
        and (wanted.form not in set(SiteForm) or site.form == wanted.form)
        and states.get(wanted.state, True)
        and wanted.search.strip().casefold() in f"{site.name} {line.name} {site.identifier}".casefold()
    )


def _check(site: Site) -> None:
    if not site.name.strip() or len(site.name) > LONGEST_NAME:
        raise InputError(
            "INP-04",
            "the site has no name, or a long one",
            remedy="Give a short name, no address.",
            location=Location(column="name"),
        )
    span = site.spans[0]
    if not 0 < span.places <= MOST_PLACES:
        raise InputError(
            "INP-06",
            f"{span.places} places",
            remedy=f"Give 1 to {MOST_PLACES} places.",
            location=Location(column="places", value=str(span.places)),
        )
    if span.last_day is not None and span.last_day < span.first_day:
        raise InputError(
            "INP-06",
            "the site ends before it begins",
            remedy="Mend one of the two days; both count.",
            location=Location(column="last_day", value=span.last_day.isoformat()),
        )


def _not_found() -> AccessError:
    return AccessError("ACC-02", "no site by that number", remedy="Check the number.")


def _account(
    actor: Actor, action: str, site: Site, today: date, *, before: Site | None = None, why: str = ""
) -> None:
    journal.write(
        actor,
        action,
        f"reception site {site.identifier}",
        municipality=site.municipality,
        before=before,
        after=site,
        why=why,
    )
    tell(
        kind=NoticeKind.SITE_ADDED,
        to=Addressee(Role.COA),
        reference=f"{Thing.SITE}:{int(site.identifier.removeprefix('S-'))}",
        today=today,
        figures={"places": site.spans[-1].places},
    )
