"""Who is asking."""

from __future__ import annotations

from eenthuis import reference
from eenthuis.services.read_models import AccountLine
from eenthuis.services.sheet_checks import may_hand_in
from eenthuis.store import accounts
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.sheets import SheetKind


def actor_of(*, user_id: int | None, name: str) -> Actor:
    """Return the actor behind a signed-in user; anyone when nobody is signed in or the account has no role."""
    if user_id is None:
        return ANYONE
    return accounts.actor(user_id, name) or ANYONE


def account_for(*, name: str | None, kind: SheetKind) -> Actor:
    """Return the account that hands in a sheet: the one named, or the only one that may.

    Raises
    ------
    InputError
        INP-04 when there is no such account, or nobody or more than one who may.
    """
    every = accounts.every_account()
    able = [who for who in every if may_hand_in(who, kind)]
    if name is None and len(able) == 1:
        return able[0]
    found = next((who for who in every if who.name == name), None)
    if found is None:
        raise InputError(
            "INP-04",
            f"{len(able)} accounts may hand in {kind}" if name is None else "no account has this name",
            remedy="Name the account in whose name this is done: --account NAME.",
            location=Location(column="--account", value=name or ""),
        )
    return found


def demonstration_accounts() -> tuple[AccountLine, ...]:
    """Return the accounts of the demonstration with their role and place in words."""
    names = {province.code: province.name for province in reference.provinces()}
    lines = []
    for who in accounts.every_account():
        place = ""
        if who.municipality:
            place = reference.municipality(who.municipality).name
        elif who.province:
            place = names[who.province]
        elif who.region:
            place = who.region.value
        lines.append(AccountLine(who.name, who.role.value, place))
    return tuple(lines)


def demonstration_user(name: str) -> int | None:
    """Return the key of a demonstration account, if there is one by that name."""
    return accounts.demonstrated(name)
