"""Telling the chain what happened, and what those who are told do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from eenthuis import reference as facts
from eenthuis.law import law_book
from eenthuis.services.access import may, place_of, require
from eenthuis.store import deliveries, journal, links
from eenthuis.store import notices as stored
from eenthuis.store.notice_models import NoticeRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.notices import KINDS, Addressee, NoticeFilter, NoticeKind, Thing, check_notice
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode

NOTICES_A_PAGE = 25
ESCALATED_AT_ONCE = 200
"""So many notices are escalated in one transaction."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice as its reader sees it; ``thing`` and ``key`` are the two halves of its reference."""

    number: int
    kind: NoticeKind
    thing: str
    key: str
    municipality: str
    municipality_name: str
    figures: Mapping[str, int]
    told_on: date
    told_at: datetime
    due_on: date | None
    acknowledge_by: date | None
    is_read: bool
    acknowledged_by: str
    acknowledged_on: date | None

    @property
    def may_acknowledge(self) -> bool:
        """Whether it still asks to be acknowledged."""
        return self.acknowledge_by is not None and self.acknowledged_on is None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """A page of notices, newest first; ``count`` is of all that match the filter."""

    notices: tuple[NoticeView, ...]
    count: int
    page: int
    pages: int


def tell(
    *,
    kind: NoticeKind,
    to: Addressee,
    reference: str,
    today: date,
    due_on: date | None = None,
    figures: Mapping[str, int] | None = None,
) -> int:
    """Tell a part of the chain that something happened, in the transaction in which it happens; return its number.

    Delivery comes later, by a worker; when the transaction fails, nobody is told anything. ``reference`` points at
    a row, never at a person, such as ``link:12``. ``due_on`` is the day by which something must have happened.

    Raises
    ------
    ValueError
        When the kind does not allow this addressee, reference or figure: a mistake in the program that tells.
    RuntimeError
        Outside a transaction, where the fact could be lost and the notice kept.
    """
    if not connection.in_atomic_block:
        msg = "a notice is written in the transaction of what it tells"
        raise RuntimeError(msg)
    given = dict(figures or {})
    check_notice(kind, to, reference, given)
    days = law_book().notices(today).acknowledge_days
    asks = KINDS[kind].escalates_to is not None
    row = stored.add(
        kind=kind,
        to=to,
        reference=reference,
        figures=given,
        told_on=today,
        due_on=due_on,
        acknowledge_by=today + timedelta(days=days) if asks else None,
    )
    deliveries.add_for(row)
    return row.pk


def notices_for(
    *, actor: Actor, wanted: NoticeFilter | None = None, page: int = 1, most: int = NOTICES_A_PAGE
) -> NoticesPage:
    """Return a page of the notices that are for an actor.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices.
    """
    require(actor, "see-notices")
    chosen = wanted or NoticeFilter()
    rows, count = stored.listed(actor, chosen, first=(page - 1) * most, most=most)
    pages = max(1, -(-count // most))
    if page > pages:
        return notices_for(actor=actor, wanted=chosen, page=pages, most=most)
    return NoticesPage(tuple(view_of(row) for row in rows), count, page, pages)


def unread_count(*, actor: Actor) -> int:
    """Return how many notices an actor has not read, counted up to a hundred.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices.
    """
    require(actor, "see-notices")
    return stored.unread(actor)


def mark_read(*, actor: Actor, numbers: tuple[int, ...]) -> int:
    """Note that an actor has read notices; those of others are left alone. Return how many that are.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices.
    """
    require(actor, "see-notices")
    with transaction.atomic():
        return stored.mark_read(actor, numbers)


@dataclass(frozen=True, slots=True)
class Opened:
    """A notice and what lies behind its reference: a household where there is one to see, or the notice it is about."""

    notice: NoticeView
    household: HouseholdId | None
    about: NoticeView | None


def open_notice(*, actor: Actor, number: int) -> Opened:
    """Return a notice with what it refers to, as far as its reader may see that, and note that it was read.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02, "not found", for a notice that is for others.
    """
    require(actor, "see-notices")
    with transaction.atomic():
        row = _found(actor, number)
        stored.mark_read(actor, (number,))
    view = view_of(row)
    about = stored.by_number(int(view.key)) if view.thing == Thing.NOTICE else None
    return Opened(view, _household(actor, view), view_of(about) if about else None)


def _household(actor: Actor, view: NoticeView) -> HouseholdId | None:
    """Return the household behind a link, a sign-off or a step, to who may see it now."""
    if view.thing not in {Thing.LINK, Thing.SIGN_OFF, Thing.STEP}:
        return None
    name = links.household_of(view.thing, int(view.key))
    in_force = links.links_in_force([name]).get(name) if name else None
    if name is None or in_force is None:
        return name if name and may(actor, "see-linked-household") else None
    place = place_of(MunicipalityCode(in_force.municipality))
    return name if may(actor, "see-linked-household", place) else None


def read_notice(*, actor: Actor, number: int) -> NoticeView:
    """Return a notice without noting that it was read: a program is no reader.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02, "not found", for a notice that is for others.
    """
    require(actor, "see-notices")
    return view_of(_found(actor, number))


def acknowledge(*, actor: Actor, number: int, today: date) -> None:
    """Acknowledge a notice for everybody it is for.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02, "not found", for a notice that is for others.
    StateError
        STA-01 when it asks for no acknowledgement, or has one already.
    """
    require(actor, "see-notices")
    with transaction.atomic():
        row = _found(actor, number)
        if row.acknowledge_by is None:
            raise StateError(
                "STA-01", "this notice asks for no acknowledgement", remedy="Reading it is enough."
            )
        if not stored.acknowledge(number, by=actor.name, on=today):
            raise StateError("STA-01", "this notice has been acknowledged already", remedy="Reload the page.")
        stored.mark_read(actor, (number,))
        journal.write(
            actor,
            "acknowledge-notice",
            f"notice {number}",
            municipality=row.municipality,
            after={"kind": row.kind, "reference": row.reference},
        )


def escalate(*, today: date) -> int:
    """Tell the next in line of notices that nobody acknowledged in time, each once; return how many.

    Called by a worker; several at once never tell the same twice.
    """
    with transaction.atomic():
        late = stored.overdue(today, ESCALATED_AT_ONCE)
        for row in late:
            tell(
                kind=NoticeKind.NOT_ACKNOWLEDGED,
                to=_next_in_line(row),
                reference=f"notice:{row.pk}",
                today=today,
            )
    return len(late)


def _next_in_line(row: NoticeRow) -> Addressee:
    role = KINDS[NoticeKind(row.kind)].escalates_to or Role.ADMINISTRATOR
    if role is Role.COA and row.municipality:
        province = facts.municipality(row.municipality).province
        region = next(one.region for one in facts.provinces() if one.code == province)
        return Addressee(role, region=region)
    return Addressee(role)


def _found(actor: Actor, number: int) -> NoticeRow:
    row = stored.found(actor, number)
    if row is None:
        raise AccessError("ACC-02", "no notice by that number", remedy="Check the number.")
    return row


def view_of(row: NoticeRow) -> NoticeView:
    """Return a notice as its reader sees it."""
    thing, _, key = row.reference.partition(":")
    held = getattr(row, "acknowledgement", None)
    code = MunicipalityCode(row.municipality)
    return NoticeView(
        number=row.pk,
        kind=NoticeKind(row.kind),
        thing=thing,
        key=key,
        municipality=row.municipality,
        municipality_name=facts.municipality(code).name if code else "",
        figures=row.figures,
        told_on=row.told_on,
        told_at=row.told_at,
        due_on=row.due_on,
        acknowledge_by=row.acknowledge_by,
        is_read=bool(getattr(row, "is_read", False)),
        acknowledged_by=held.acknowledged_by if held else "",
        acknowledged_on=held.acknowledged_on if held else None,
    )
