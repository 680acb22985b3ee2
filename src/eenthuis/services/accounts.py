"""Who is asking."""

from __future__ import annotations

from eenthuis import reference
from eenthuis.services.read_models import AccountLine
from eenthuis.store import accounts
from eenthuis.terms.access import ANYONE, Actor


def actor_of(*, user_id: int | None, name: str) -> Actor:
    """Return the actor behind a signed-in user; anyone when nobody is signed in or the account has no role."""
    if user_id is None:
        return ANYONE
    return accounts.actor(user_id, name) or ANYONE


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
        lines.append(AccountLine(who.name, who.role.value, place))
    return tuple(lines)


def demonstration_user(name: str) -> int | None:
    """Return the key of a demonstration account, if there is one by that name."""
    return accounts.user_id(name)
