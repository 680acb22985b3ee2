"""Delivering what was told: events to other systems and the daily overview by mail, tried again with growing waits."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from eenthuis.connect.events import CONTENT_TYPE, ToldEvent, event_body
from eenthuis.connect.mail import Mail, send_mail
from eenthuis.connect.webhooks import SIGNATURE, NotArrived, post, signature
from eenthuis.services.erasing import erase_some
from eenthuis.services.notices import escalate
from eenthuis.services.outside import Outside, outside, secret_of
from eenthuis.services.overview import overview_text
from eenthuis.store import accounts, deliveries
from eenthuis.store import notices as stored
from eenthuis.store.delivery_models import DeliveryRow
from eenthuis.terms.access import Actor
from eenthuis.terms.notices import NoticeFilter

WAITS = (60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600)
"""Seconds to wait after each try that did not arrive; after the last one a delivery has failed."""

IN_AN_OVERVIEW = 50
"""So many notices stand in an overview; how many more there are is said."""


def tend(*, now: datetime, today: date) -> int:
    """Escalate what nobody acknowledged, erase what is due, and make the overviews of the day; return how many.

    Any number of workers may call this at any time.
    """
    done = escalate(today=today) + erase_some(as_of=today)
    held = outside()
    if held.mail is not None and now.hour >= held.overview_hour:
        done += deliveries.add_overviews(today)
    return done


def deliver_once(*, now: datetime) -> bool:
    """Try the delivery that is due longest; False when none is due.

    Its row stays locked while it is tried, so that nobody else tries it meanwhile; whoever is killed lets it go.
    """
    held = outside()
    with transaction.atomic():
        row = deliveries.take()
        if row is None:
            return False
        problem = _tried(row, held, now)
        if problem is None:
            deliveries.delivered(row.pk, state="nothing")
        elif problem:
            wait = WAITS[row.attempts] if row.attempts < len(WAITS) else None
            deliveries.refused(row.pk, problem=problem, wait=wait)
            if row.subscriber_id is not None:
                deliveries.hold_back(row.subscriber_id, besides=row.pk, seconds=WAITS[0])
        else:
            deliveries.delivered(row.pk)
    return True


def _tried(row: DeliveryRow, held: Outside, now: datetime) -> str | None:
    """Try a delivery; one that cannot even be written is set aside like one that does not arrive."""
    try:
        return _event(row, held, now) if row.notice_id else _overview(row, held, now)
    except (ArithmeticError, LookupError, TypeError, ValueError) as wrong:
        return f"cannot be written ({type(wrong).__name__})"


def _event(row: DeliveryRow, held: Outside, now: datetime) -> str | None:
    """Send a notice to a subscriber; return what went wrong, nothing, or None when it is wanted no more."""
    notice, to = row.notice, row.subscriber
    if notice is None or to is None or not to.is_active:
        return None
    told = ToldEvent(
        event=str(row.event),
        kind=notice.kind,
        reference=notice.reference,
        role=notice.role,
        place=notice.municipality or notice.province or notice.region,
        figures=notice.figures,
        told_at=notice.told_at,
        due_on=notice.due_on,
        acknowledge_by=notice.acknowledge_by,
        number=notice.pk,
    )
    body = event_body(told, held.sender)
    headers = {
        "Content-Type": CONTENT_TYPE,
        "User-Agent": "Eenthuis",
        SIGNATURE: signature(secret_of(to), body, int(now.timestamp())),
    }
    outcome = post(to.address, body, headers, held.allowed)
    return outcome.problem if isinstance(outcome, NotArrived) else ""


def _overview(row: DeliveryRow, held: Outside, now: datetime) -> str | None:
    """Mail an account what is new; return what went wrong, nothing, or None when there is nothing to say."""
    if row.user is None or row.day is None:
        return None
    who = accounts.actor(row.user.pk, row.user.get_username())
    address = deliveries.mail_of(row.user.pk)
    if who is None or not address:
        return None
    return _mailed(row, who, address, held, now)


def _mailed(row: DeliveryRow, who: Actor, address: str, held: Outside, now: datetime) -> str | None:
    if held.mail is None:
        return "no mail server"
    rows, count = stored.listed(who, NoticeFilter(only_unread=True), first=0, most=IN_AN_OVERVIEW)
    if not count:
        return None
    said = overview_text(rows, count=count, site=held.sender.site)
    host = held.sender.site.partition("://")[2].partition("/")[0].partition(":")[0] or "eenthuis"
    mail = Mail(
        sender=held.mail_from,
        to=address,
        subject=said.subject,
        text=said.text,
        identity=f"<{row.event}@{host}>",
        at=now,
    )
    return send_mail(mail, held.mail)
