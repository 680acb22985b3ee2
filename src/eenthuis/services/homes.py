"""The register of homes: what a municipality or a housing association keeps in it, and what of it is free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.services.access import may, place_of, require
from eenthuis.services.notices import tell
from eenthuis.services.processing import note_processing
from eenthuis.store import homes, journal
from eenthuis.store.models import HomeRow
from eenthuis.terms.access import Actor, Place, Reach, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity

JOURNALLED = ("add-home", "change-home", "withdraw-home")
"""What the journal tells was done with a home."""

LONGEST_REASON = 1000
"""Characters of a reason."""

TRIES = 5
"""So often a number is asked for when others add homes at the same moment."""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A home in a list.

    ``state`` is ``free``, ``kept`` (offered, or let) or ``withdrawn``; ``household`` names who it is kept for, only to
    those who may see that household.
    """

    home: Home
    municipality_name: str
    owner_name: str
    state: str
    household: HouseholdId | None


@dataclass(frozen=True, slots=True)
class HomesPage:
    """The homes in reach, and how many are free, kept and withdrawn."""

    lines: tuple[HomeLine, ...]
    count: int
    free: int
    kept: int
    withdrawn: int


def add_home(*, actor: Actor, home: Home) -> HomeId:
    """Add a home to the register and return its number; the number that ``home`` carries does not matter.

    A housing association adds homes of its own, in any municipality; a municipality those that it lets itself or was
    told of, in its own municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-06 when the home has no room.
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    verdict = decide(actor, "keep-homes", place_of(reference.municipality(home.municipality).code))
    if verdict.reach is Reach.OWN_HOMES:
        home = replace(home, owner=owner_of(actor))
    elif not verdict.allowed:
        require(actor, "keep-homes", place_of(home.municipality))
    _check(home)
    home = home if home.owner else replace(home, owner=owner_of(actor))
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                numbered = replace(home, identifier=homes.next_identifier())
                homes.add_home_step(numbered, "added", after=None, decided_by=actor.name)
                _account(actor, numbered, "add-home")
                return numbered.identifier
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others add homes at this moment", remedy="Try again.")


def change_home(*, actor: Actor, home: Home, why: str, seen: int | None = None) -> None:
    """Change what the register says of a home, with a reason; a home that is kept for a household stays as it is.

    ``seen`` is the version that the person saw.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such home in its reach.
    InputError
        INP-04 without a reason; INP-06 when the home has no room.
    StateError
        STA-07 when somebody changed it meanwhile; STA-08 when the home is kept for a household.
    """
    require_keeper(actor, home.identifier)
    _step(actor, home.identifier, "changed", why, home, seen=seen)


def withdraw_home(*, actor: Actor, home: HomeId, why: str, today: date) -> None:
    """Withdraw a home from the register, with a reason; the rows stay, and its municipality is told of it by others.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`change_home`.
    """
    kept = require_keeper(actor, home)
    with transaction.atomic():
        _step(actor, home, "withdrawn", why, None)
        if actor.role is Role.HOUSING_ASSOCIATION:
            _tell_withdrawn(kept, today)


def _tell_withdrawn(home: Home, today: date) -> None:
    tell(
        kind=NoticeKind.HOME_WITHDRAWN,
        to=Addressee(Role.MUNICIPALITY, municipality=home.municipality),
        reference=f"{Thing.HOME}:{int(home.identifier.removeprefix('W-'))}",
        today=today,
    )


def _step(
    actor: Actor, identifier: HomeId, kind: str, why: str, changed: Home | None, *, seen: int | None = None
) -> None:
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why.")
    if len(why) > LONGEST_REASON:
        raise InputError("INP-06", "the reason is too long", remedy="Say it in fewer words.")
    with transaction.atomic():
        homes.lock_homes([identifier])
        row = homes.home(identifier)
        if row is None:
            raise _unknown()
        if seen is not None and row.step != seen:
            raise StateError("STA-07", "somebody changed it meanwhile", remedy="Reload the page.")
        if row.kind == kind == "withdrawn":
            raise StateError("STA-08", "the home was withdrawn already", remedy="Reload the page.")
        if homes.is_kept(identifier):
            raise StateError("STA-08", "the home is kept for a household", remedy="Withdraw the offer first.")
        before = homes.home_of(row)
        after = (
            before
            if changed is None
            else replace(changed, owner=before.owner, municipality=before.municipality)
        )
        _check(after)
        homes.add_home_step(after, kind, after=row, decided_by=actor.name, why=why.strip())
        _account(
            actor,
            after,
            "withdraw-home" if changed is None else "change-home",
            before=before,
            why=why.strip(),
        )


def require_keeping(*, actor: Actor) -> None:
    """Pass when the actor keeps homes somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no homes.
    """
    place = place_of(actor.municipality) if actor.municipality else Place()
    if decide(actor, "keep-homes", place).reach is not Reach.OWN_HOMES:
        require(actor, "keep-homes", place)


def require_keeper(actor: Actor, identifier: HomeId) -> Home:
    """Return a home when the actor keeps it.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no homes, ACC-02 when it does, but not this one.
    """
    row = homes.home(identifier)
    place = place_of(MunicipalityCode(row.municipality)) if row else Place()
    verdict = decide(actor, "keep-homes", place)
    if verdict.reach is Reach.OWN_HOMES:
        if row is None or row.owner != owner_of(actor):
            raise _unknown()
        return homes.home_of(row)
    require(actor, "keep-homes", place)
    if row is None:
        raise _unknown()
    return homes.home_of(row)


def owner_of(who: Actor) -> str:
    """Return the organisation for which somebody keeps homes: a housing association, or a municipality by its code.

    Raises
    ------
    AccessError
        ACC-01 when this account or key works for neither.
    """
    owner = who.association if who.role is Role.HOUSING_ASSOCIATION else who.municipality
    if not owner:
        raise AccessError(
            "ACC-01",
            "this account works for no organisation that keeps homes",
            remedy="Let the administrator say for which housing association or municipality it works.",
        )
    return owner


def _unknown() -> AccessError:
    return AccessError("ACC-02", "no home by that number", remedy="Check the number.")


def _check(home: Home) -> None:
    if home.rooms < 1 or home.largest_household < 1:
        raise InputError(
            "INP-06",
            "a home has at least one room and houses someone",
            remedy="Give whole numbers from 1 on.",
        )


def _account(actor: Actor, home: Home, action: str, *, before: Home | None = None, why: str = "") -> None:
    journal.write(
        actor,
        action,
        f"home {home.identifier}",
        municipality=home.municipality,
        before=before,
        after=home,
        why=why,
    )


def read_homes(
    *,
    actor: Actor,
    municipality: MunicipalityCode | None = None,
    state: str = "",
    first: int = 0,
    most: int = 50,
) -> HomesPage:
    """Return the homes in reach: of a municipality, of a housing association itself, or of the country.

    A housing association sees its own homes and whether they are free, never for whom one is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no homes, ACC-02 when it does, but not there.
    """
    owner, place = "", municipality
    if decide(actor, "see-homes", Place()).reach is Reach.OWN_HOMES:
        owner = owner_of(actor)
    else:
        if place is None and not may(actor, "see-homes") and actor.role is Role.MUNICIPALITY:
            place = actor.municipality
        require(actor, "see-homes", place_of(place) if place else Place())
    kept = homes.kept_homes(owner) if owner else ()
    query = homes.HomesQuery(place, owner, state, kept, first, most)
    counts = homes.home_counts(query)
    lines = tuple(_line(actor, *found) for found in homes.listed(query))
    note_processing(Activity.LIST_HOMES, [line.household for line in lines if line.household])
    return HomesPage(
        lines=lines,
        count=counts.get(state, 0) if state else sum(counts.values()),
        free=counts.get("free", 0),
        kept=counts.get("kept", 0),
        withdrawn=counts.get("withdrawn", 0),
    )


def _line(actor: Actor, row: HomeRow, state: str, household: str | None) -> HomeLine:
    code = MunicipalityCode(row.municipality)
    sees = household is not None and may(actor, "see-linked-household", place_of(code))
    return HomeLine(
        home=homes.home_of(row),
        municipality_name=reference.municipality(code).name,
        owner_name=reference.municipality(code).name if row.owner == code else row.owner,
        state=state,
        household=HouseholdId(household) if household and sees else None,
    )
