"""A new proposal takes over what a person changed in the one before, as far as it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from eenthuis.services.access import require
from eenthuis.services.room import Ground
from eenthuis.store import carried, changes, journal, links, proposals
from eenthuis.store.carried import Carried
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import LinkingProposal, Wishes
from eenthuis.terms.overriding import (
    Conflict,
    Difference,
    NoLonger,
    Override,
    OverrideKind,
    Refused,
    WishKind,
)
from eenthuis.terms.people import HouseholdId

if TYPE_CHECKING:
    from eenthuis.matching.changing import Changed


@dataclass(frozen=True, slots=True)
class Following:
    """A proposal solved around what was taken over, with all that is kept beside it."""

    proposal: LinkingProposal
    difference: Difference
    accounted: proposals.Accounted


def decided_before(half_year: HalfYear) -> tuple[Carried, ...]:
    """Return the overrides in force of the proposal that counts now, in the order in which they were decided."""
    from eenthuis.matching.wishes import in_force

    latest = proposals.latest(half_year)
    if latest is None:
        return ()
    kept = changes.overrides_of(changes.chain(latest.pk))
    holding = in_force([one.override for one in kept])
    newest = {one.override: one for one in kept}
    found = [one for override, one in newest.items() if override in holding]
    return tuple(Carried(one.override, one.proposal, one.decided_by) for one in found)


def take_over(
    ground: Ground, made: LinkingProposal, wishes: Wishes, before: tuple[Carried, ...]
) -> tuple[tuple[Carried, ...], Changed | None]:
    """Solve a new proposal around what was decided ``before``; return what became of each, and what comes of it.

    Of overrides that cannot hold together the one decided last is left out, until the rest can.
    """
    from eenthuis.matching.changing import change_proposal  # the engine is heavy, and only this needs it

    said = {one.override: _gone(ground, one.override) for one in before}
    order = {one.override: at for at, one in enumerate(before)}
    while True:
        asked = [override for override, because in said.items() if because is None]
        if not asked:
            return _told(before, said), None
        found = change_proposal(
            ground.households,
            ground.places,
            origin=made,
            before=made,
            overrides=asked,
            choices=ground.choices,
            seed=wishes.seed,
        )
        if not isinstance(found, Refused):
            return _told(before, said), found
        said |= _in_the_way(found.conflicts, asked, order)


def keep_following(
    *, actor: Actor, base: int, half_year: HalfYear, told: tuple[Carried, ...], following: Following
) -> int:
    """Keep a proposal that follows what was taken over, in force at once since all of it was decided before.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "propose")
    kept = [one for one in told if one.because is None]
    number = proposals.save_proposal(
        following.proposal,
        half_year=half_year,
        made_by=actor.name,
        accounted=following.accounted,
        changed=proposals.ChangedFrom(
            base, {**changes.difference_plain(following.difference), **carried.plain(told)}
        ),
    )
    changes.save_overrides(number, [(one.override, one.decided_by) for one in kept])
    changes.decide(number, replaces=base, accepted=True, decided_by=actor.name)
    why = "; ".join(one.override.reason for one in kept)
    journal.write(actor, "accept-change", f"proposal {number}", before=base, after=number, why=why)
    return number


def _gone(ground: Ground, override: Override) -> NoLonger | None:
    """Return why an override cannot hold, whatever else is asked."""
    household = HouseholdId(override.household)
    if household not in {one.identifier for one in ground.households}:
        return NoLonger.LINKED if links.links_in_force([household]) else NoLonger.GONE
    if override.place and override.place not in {one.municipality for one in ground.places}:
        return NoLonger.NO_TARGET
    return None


def _in_the_way(
    conflicts: tuple[Conflict, ...], asked: list[Override], order: Mapping[Override, int]
) -> dict[Override, NoLonger]:
    """Return the override decided last of every conflict, with why; the last one of all where none is named."""
    out: dict[Override, NoLonger] = {}
    for conflict in conflicts:
        named = [
            one
            for one in asked
            if any(_says(one, wish.kind, wish.household, wish.place) for wish in conflict.wishes)
        ]
        if not named or set(named) & set(out):
            continue
        kinds = {wish.kind for wish in conflict.wishes}
        because = NoLonger.TOGETHER
        if WishKind.CRITERION in kinds:
            because = NoLonger.CRITERION
        elif WishKind.CAP in kinds:
            because = NoLonger.NO_ROOM
        out[max(named, key=order.__getitem__)] = because
    return out or {asked[-1]: NoLonger.TOGETHER}


def _says(override: Override, kind: WishKind, household: str, place: str) -> bool:
    """Return whether a wish is what an override asks."""
    own = {
        OverrideKind.PIN: WishKind.PIN if override.place else WishKind.MUST_LINK,
        OverrideKind.FORBID: WishKind.FORBID if override.place else WishKind.HELD_BACK,
    }
    return (own.get(override.kind), override.household, override.place) == (kind, household, place)


def _told(before: tuple[Carried, ...], said: Mapping[Override, NoLonger | None]) -> tuple[Carried, ...]:
    return tuple(replace(one, because=said[one.override]) for one in before)
