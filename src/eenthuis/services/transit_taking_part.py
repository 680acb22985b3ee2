"""Municipalities that take part in a transit location: from and until a day, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.rules.transit import takes_part
from eenthuis.services.notices import tell
from eenthuis.services.transit_claims import claims_of
from eenthuis.services.transit_sites import require_site
from eenthuis.store import journal, transit
from eenthuis.store.transit import StayGiven
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import SiteId, TakesPart, TransitSite


@dataclass(frozen=True, slots=True)
class ParticipantChange:
    """A municipality takes part from ``day`` on, or until ``day``, both counted; and why."""

    municipality: MunicipalityCode
    day: date
    joins: bool
    why: str


def change_participants(
    *, actor: Actor, identifier: SiteId, change: ParticipantChange, today: date
) -> TransitSite:
    """Let a municipality take part in a site from a day on, or until one, and return the site as it is now.

    Who left keeps sight of the site, and of the days on which its people were there.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputError
        INP-04 without a reason; INP-06 for a day outside those of the site, or one in a month that was claimed.
    ReferenceFactError
        REF-01, REF-03 for a municipality that is none on the day.
    StateError
        STA-01 when it takes part already, or does not.
    """
    with transaction.atomic():
        journal.lock_subject(f"transit:{identifier}")
        held = require_site(actor=actor, action="keep-transit-sites", identifier=identifier)
        code = reference.municipality(change.municipality, change.day).code
        claimed = max(
            (one.file.last_day for one in claims_of(actor=actor, identifier=identifier).values()),
            default=None,
        )
        _check(held.site, change, claimed)
        after = _changed(held.site, replace(change, municipality=code))
        transit.add_site(after, held.name, after=held.row, decided_by=actor.name, why=change.why.strip())
        now = transit.site(identifier)
        if now is not None and after.participants != held.site.participants:
            kept = [StayGiven(one, "") for one in transit.stays(identifier)]
            transit.add_stays(now, kept, decided_by=actor.name)
        journal.write(
            actor,
            "change-transit-participants",
            f"transit location {identifier}",
            municipality=held.site.municipality,
            before=held.site,
            after=after,
            why=change.why.strip(),
        )
        tell(
            kind=NoticeKind.TRANSIT_TAKES_PART,
            to=Addressee(Role.MUNICIPALITY, municipality=code),
            reference=f"{Thing.TRANSIT}:{int(identifier.removeprefix('T-'))}",
            today=today,
            due_on=change.day,
        )
    return after


def _check(site: TransitSite, change: ParticipantChange, claimed: date | None) -> None:
    if not change.why.strip():
        raise _wrong("INP-04", "no reason was given", "Say why.", "reden")
    if change.municipality == site.municipality:
        raise _wrong("INP-06", "the site stands there", "Choose another municipality.", "gemeente")
    if change.day < site.first_day or (site.last_day is not None and change.day > site.last_day):
        raise _wrong("INP-06", "the day lies outside those of the site", "Give a day of the site.", "dag")
    first_changed = claimed is not None and (change.day <= claimed if change.joins else change.day < claimed)
    if first_changed:
        raise _wrong(
            "INP-06",
            f"the money of days until {claimed} was asked",
            "Give a later day, or withdraw that claim first.",
            "dag",
        )


def _changed(site: TransitSite, change: ParticipantChange) -> TransitSite:
    """Return the site with one more or one fewer that takes part from a day on."""
    code = change.municipality
    own = [one for one in site.taking_part if one.municipality == code]
    if not own and code in site.participants:
        own = [TakesPart(code, site.first_day, None)]
    others = [one for one in site.taking_part if one.municipality != code]
    if change.joins:
        if any(one.last_day is None or one.last_day >= change.day for one in own):
            raise _state("it takes part on this day or later already", "Choose another day or municipality.")
        own.append(TakesPart(code, change.day, None))
    else:
        if not takes_part(site, code, change.day) or own[-1].last_day is not None:
            raise _state("it does not take part on this day, or its end was set", "Choose another one.")
        own[-1] = replace(own[-1], last_day=change.day)
    return replace(site, participants=site.participants | {code}, taking_part=(*others, *own))


def _wrong(code: str, what: str, remedy: str, field: str) -> InputError:
    return InputError(code, what, remedy=remedy, location=Location(column=field))


def _state(what: str, remedy: str) -> StateError:
    return StateError("STA-01", what, remedy=remedy, location=Location(column="gemeente"))
