"""Standing in for a colleague between two days: with exactly their reach, and told in the journal as done for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis.services.access import in_person, require
from eenthuis.store import accounts, journal, organisations, scope
from eenthuis.store.organisations import Deputy
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, Location

__all__ = ["Deputy"]

STANDS_IN = "stands_in"
"""Key in a session in which somebody stands in for another: the number under which."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who may stand in for one, for whom one may stand in today, and whom one could ask."""

    deputies: tuple[Deputy, ...]
    for_whom: tuple[Deputy, ...]
    colleagues: tuple[str, ...]


def read_standing(*, actor: Actor, today: date) -> Standing:
    """Return who stands in for whom, as far as it is about oneself.

    Raises
    ------
    AccessError
        ACC-01 for who has no account.
    """
    require(actor, "keep-own-account")
    asked = () if actor.role is Role.ADMINISTRATOR else organisations.colleagues(actor)
    return Standing(
        organisations.deputies_of(actor.name, today), organisations.stood_in_for(actor.name, today), asked
    )


def name_deputy(
    *, actor: Actor, deputy: str, first_day: date | None, last_day: date | None, today: date
) -> None:
    """Let a colleague of one's own organisation stand in for oneself.

    Raises
    ------
    AccessError
        ACC-01 for who has no account; ACC-03 for an administrator, whose work takes two people anyway; ACC-04 while
        standing in for another.
    InputError
        INP-01 when that is no colleague, or the days cannot be.
    """
    require(actor, "keep-own-account")
    in_person(actor)
    if actor.role is Role.ADMINISTRATOR:
        raise AccessError(
            "ACC-03", "nobody stands in for an administrator", remedy="Ask another administrator."
        )
    if deputy not in organisations.colleagues(actor):
        raise _cannot("deputy", "this is no colleague of your organisation", "Choose one of the list.")
    if first_day is None or last_day is None or not today <= last_day or first_day > last_day:
        raise _cannot("days", "these days cannot be", "Give a first and a last day that is not past.")
    with transaction.atomic():
        user_id, deputy_id = accounts.user_id(actor.name), accounts.user_id(deputy)
        if user_id is None or deputy_id is None:
            raise AccessError("ACC-02", "no account by that name", remedy="Reload the page.")
        organisations.add_deputy(user_id, deputy_id, first_day, last_day, made_by=actor.name)
        told = {"deputy": deputy, "first_day": first_day, "last_day": last_day}
        with scope.within(scope.scope_of(actor)):
            journal.write(actor, "name-deputy", f"account {actor.name}", after=told)


def end_deputy(*, actor: Actor, number: int) -> None:
    """End that somebody stands in for oneself.

    Raises
    ------
    AccessError
        ACC-01 for who has no account; ACC-02 when there is no such number; ACC-04 while standing in for another.
    """
    require(actor, "keep-own-account")
    in_person(actor)
    with transaction.atomic():
        ended = organisations.end_deputy(number, name=actor.name, ended_by=actor.name)
        if ended is None:
            raise AccessError("ACC-02", "nobody stands in under this number", remedy="Reload the page.")
        with scope.within(scope.scope_of(actor)):
            journal.write(actor, "end-deputy", f"account {actor.name}", before={"deputy": ended.deputy})


def stand_in(*, actor: Actor, number: int, today: date) -> Actor:
    """Return the colleague one stands in for, with one's own name as the hand that does it.

    Raises
    ------
    AccessError
        ACC-01 for who has no account; ACC-02 when one may not stand in under this number today.
    """
    require(actor, "keep-own-account")
    found = standing(actor, number, today)
    if found is None:
        raise AccessError("ACC-02", "you stand in for nobody under this number", remedy="Reload the page.")
    return found


def standing(who: Actor, number: int, today: date) -> Actor | None:
    """Return whom somebody stands in for, with the hand that does it; None when that is over."""
    key = accounts.user_id(who.name)
    absent = None if key is None else organisations.standing_in(number, key, today)
    return None if absent is None else replace(absent, hand=who.name)


def _cannot(column: str, found: str, remedy: str) -> InputError:
    return InputError("INP-01", found, remedy=remedy, location=Location(column=column))
