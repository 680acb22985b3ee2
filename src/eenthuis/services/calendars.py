"""The calendar of an account: days by which something is asked of it, at a secret address that can be renewed."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from eenthuis.connect.calendars import CalendarDay, calendar_text
from eenthuis.services.access import in_person, may, place_of, require
from eenthuis.services.notices import NoticeView, view_of
from eenthuis.services.way_reading import deadlines_due
from eenthuis.store import accounts, calendars, journal, scope
from eenthuis.store import notices as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.notice_deadlines import DEADLINE_KINDS
from eenthuis.terms.notices import KINDS, NoticeKind
from eenthuis.terms.way import DeadlineKind

SECRET_BYTES = 32
MOST_DEADLINES = 2000
DEADLINES = {
    DeadlineKind.LINK: "Uiterlijk koppelen",
    DeadlineKind.LEASE: "Uiterlijk huurcontract",
    DeadlineKind.ANSWER: "Uiterlijk antwoord op het aanbod",
    DeadlineKind.JUDGE_REFUSAL: "Uiterlijk oordeel over de weigering",
    DeadlineKind.LEAVE_RECEPTION: "Uiterlijk vertrek uit de opvang",
    DeadlineKind.MOVE: "Uiterlijk verhuizen",
    DeadlineKind.SIGN_OFF: "Uiterlijk afmelden",
    DeadlineKind.LEAVE_TRANSIT: "Uiterlijk weg uit de doorstroomlocatie",
    DeadlineKind.LEAVE_HOTEL: "Uiterlijk weg uit de hotelregeling",
    DeadlineKind.WHOLE_WAY: "Uiterlijk gehuisvest",
}
"""What a deadline asks, as a calendar says it."""

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
        ACC-01 for who has no notices; ACC-02 when there is no such account; ACC-04 while standing in for another.
    """
    require(actor, "see-notices")
    in_person(actor)
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
        told = [
            view_of(row) for row in rows if NoticeKind(row.kind) not in DEADLINE_KINDS
        ]  # they stand below, as days
        days = [day for one in told for day in _days(one, site)]
        days += _deadlines(owner, today, site)
    return Calendar(calendar_text(days, name=f"Eenthuis {owner.name}", language="nl"), len(days))


def _days(notice: NoticeView, site: str) -> list[CalendarDay]:
    asked = notice.acknowledge_by if notice.may_acknowledge else None
    return [
        _day(notice, site, what, on)
        for what, on in (("bevestigen", asked), ("gereed", notice.due_on))
        if on is not None
    ]


def _deadlines(owner: Actor, today: date, site: str) -> list[CalendarDay]:
    """Return the days by which something must have happened for households in reach: how many, never which."""
    if not (owner.municipality or may(owner, "see-linked-household")):
        return []
    if not may(owner, "see-linked-household", place_of(owner.municipality) if owner.municipality else None):
        return []
    due = deadlines_due(actor=owner, today=today, most=MOST_DEADLINES)
    counted = Counter((line.kind, line.last_day) for line in due.lines)
    return [
        CalendarDay(
            uid=f"deadline-{kind.value}-{day:%Y%m%d}@{_host(site)}",
            on=day,
            summary=f"{DEADLINES[kind]}: {count} {'huishouden' if count == 1 else 'huishoudens'}",
            description="Meld u aan om te zien om welke huishoudens het gaat.",
            url=f"{site}/werk/",
            told_at=datetime.combine(today, time(), tzinfo=UTC),
        )
        for (kind, day), count in sorted(counted.items(), key=lambda one: (one[0][1], one[0][0]))
    ]


def _host(site: str) -> str:
    return site.partition("://")[2].partition("/")[0].partition(":")[0]


def _day(notice: NoticeView, site: str, what: str, on: date) -> CalendarDay:
    row = KINDS[notice.kind]
    where = f" ({notice.municipality_name})" if notice.municipality_name else ""
    return CalendarDay(
        uid=f"notice-{notice.number}-{what}@{_host(site)}",
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
