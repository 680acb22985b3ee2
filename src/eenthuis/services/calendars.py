"""The calendar of an account: days by which something is asked of it, at a secret address that can be renewed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from eenthuis.connect.calendars import CalendarDay, calendar_text
from eenthuis.services.access import require
from eenthuis.services.notices import NoticeView, view_of
from eenthuis.store import accounts, calendars, journal, scope
from eenthuis.store import notices as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.notices import KINDS

SECRET_BYTES = 32
PAST_DAYS = 31
"""Days that have passed so long ago are no longer in a calendar."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar as text, and how many days it holds."""

    text: str
    days: int


def has_calendar(*, actor: Actor) -> bool:
    """Return whether an account has a calendar address."""
    require(actor, "see-notices")
    key = accounts.user_id(actor.name)
    return key is not None and calendars.has_feed(key)


def renew_calendar(*, actor: Actor) -> str:
    """Give an account a new secret for its calendar and return it; it is shown once, and an earlier one ends.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02 when there is no such account.
    """
    require(actor, "see-notices")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        calendars.renew(_account(actor), secret)
        journal.write(actor, "renew-calendar", f"account {actor.name}")
    return secret


def withdraw_calendar(*, actor: Actor) -> None:
    """End the calendar of an account.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02 when there is no such account.
    """
    require(actor, "see-notices")
    with transaction.atomic():
        if calendars.withdraw(_account(actor)):
            journal.write(actor, "withdraw-calendar", f"account {actor.name}")


def read_calendar(*, secret: str, today: date, site: str) -> Calendar:
    """Return the calendar that a secret opens; ``site`` is the address of the pages, such as ``https://x.nl``.

    Raises
    ------
    AccessError
        ACC-02, "not found", when it opens none.
    """
    owner = calendars.owner_of(secret)
    if owner is None:
        raise AccessError("ACC-02", "no calendar at this address", remedy="Renew the address.")
    require(owner, "see-notices")
    with scope.within(scope.scope_of(owner)):
        rows = stored.with_days(owner, since=today - timedelta(days=PAST_DAYS))
        days = [day for row in rows for day in _days(view_of(row), site)]
    return Calendar(calendar_text(days, name=f"Eenthuis {owner.name}", language="nl"), len(days))


def _days(notice: NoticeView, site: str) -> list[CalendarDay]:
    asked = notice.acknowledge_by if notice.may_acknowledge else None
    return [
        _day(notice, site, what, on)
        for what, on in (("bevestigen", asked), ("gereed", notice.due_on))
        if on is not None
    ]


def _day(notice: NoticeView, site: str, what: str, on: date) -> CalendarDay:
    row = KINDS[notice.kind]
    host = site.partition("://")[2].partition("/")[0].partition(":")[0]
    where = f" ({notice.municipality_name})" if notice.municipality_name else ""
    return CalendarDay(
        uid=f"notice-{notice.number}-{what}@{host}",
        on=on,
        summary=f"Uiterlijk vandaag {what}{where}: {row.sentence}",
        description=row.asks,
        url=f"{site}/berichten/openen/?bericht={notice.number}",
        told_at=notice.told_at,
    )


def _account(actor: Actor) -> int:
    key = accounts.user_id(actor.name)
    if key is None:
        raise AccessError("ACC-02", "no account by that name", remedy="Sign in again.")
    return key
