"""Deliveries as rows: made when something is told, held by one worker while it tries, and never lost.

A worker keeps the row locked in an open transaction while it sends; others skip it, and the lock of a worker that dies
goes with its connection. The database's clock is the only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from eenthuis.store.delivery_models import DeliveryRow, MailDigestRow, SubscriberRow
from eenthuis.store.notice_models import NoticeRow
from eenthuis.terms.notices import Addressee


def add_for(notice: NoticeRow) -> int:
    """Add a delivery of a notice to every active subscriber it is for; return how many.

    A subscriber stands for no housing association: what is for one of them stays on its page.
    """
    return _run(
        """
        insert into store_deliveryrow (event, notice_id, subscriber_id, state, attempts, next_at, problem, made_at)
        select gen_random_uuid(), %s, s.id, 'waiting', 0, clock_timestamp(), '', clock_timestamp()
        from store_subscriberrow s
        where s.is_active and s.role = %s and (%s = '' or s.municipality in ('', %s))
          and (%s = '' or s.province in ('', %s)) and %s = ''
        """,
        [
            notice.pk,
            notice.role,
            notice.municipality,
            notice.municipality,
            notice.province,
            notice.province,
            notice.association,
        ],
    )


def add_overviews(day: date) -> int:
    """Add the overview of a day for every account that wants one and has none yet; return how many."""
    return _run(
        """
        insert into store_deliveryrow (event, user_id, day, state, attempts, next_at, problem, made_at)
        select gen_random_uuid(), m.user_id, %s, 'waiting', 0, clock_timestamp(), '', clock_timestamp()
        from store_maildigestrow m join auth_user u on u.id = m.user_id and u.is_active
        on conflict do nothing
        """,
        [day],
    )


def take() -> DeliveryRow | None:
    """Return the delivery that is due longest, held until the transaction ends; one that another holds is skipped."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select id from store_deliveryrow where state = 'waiting' and next_at <= clock_timestamp()
            order by next_at, id limit 1 for update skip locked
            """
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return DeliveryRow.objects.select_related("notice", "subscriber", "user").get(pk=row[0])


def delivered(number: int, *, state: str = "delivered") -> None:
    """Note that a delivery arrived, or that there was nothing to deliver."""
    _run(
        """
        update store_deliveryrow set state = %s, attempts = attempts + 1, problem = '', ended_at = clock_timestamp()
        where id = %s
        """,
        [state, number],
    )


def refused(number: int, *, problem: str, wait: int | None) -> None:
    """Note that a try did not arrive; it is tried again after ``wait`` seconds, or has failed when that is None."""
    _run(
        """
        update store_deliveryrow set attempts = attempts + 1, problem = %s,
          state = case when %s::int is null then 'failed' else 'waiting' end,
          ended_at = case when %s::int is null then clock_timestamp() end,
          next_at = clock_timestamp() + make_interval(secs => coalesce(%s::int, 0))
        where id = %s
        """,
        [problem, wait, wait, wait, number],
    )


def hold_back(subscriber_id: int, *, besides: int, seconds: int) -> int:
    """Let the other deliveries to a subscriber that does not answer wait a while, so that it holds up nobody else."""
    return _run(
        """
        update store_deliveryrow set next_at = clock_timestamp() + make_interval(secs => %s)
        where id in (
          select id from store_deliveryrow
          where subscriber_id = %s and id <> %s and state = 'waiting' and next_at <= clock_timestamp()
          for update skip locked
        )
        """,
        [seconds, subscriber_id, besides],
    )


def send_again(numbers: Sequence[int]) -> int:
    """Let failed deliveries wait anew, as if never tried; return how many."""
    return _run(
        """
        update store_deliveryrow set state = 'waiting', attempts = 0, ended_at = null, next_at = clock_timestamp()
        where state = 'failed' and id = any(%s)
        """,
        [list(numbers)],
    )


def counts() -> dict[str, int]:
    """Return how many deliveries are in each state."""
    with connection.cursor() as cursor:
        cursor.execute("select state, count(*) from store_deliveryrow group by state")
        return {str(state): int(count) for state, count in cursor.fetchall()}


def listed(state: str, *, first: int, most: int) -> tuple[tuple[DeliveryRow, ...], int]:
    """Return a page of the deliveries in a state, newest first, and how many there are."""
    found = DeliveryRow.objects.filter(state=state).select_related("notice", "subscriber", "user")
    return tuple(found.order_by("-id")[first : first + most]), found.count()


def subscribers() -> tuple[SubscriberRow, ...]:
    """Return every subscriber by name."""
    return tuple(SubscriberRow.objects.order_by("name", "id"))


def subscriber(number: int) -> SubscriberRow | None:
    """Return a subscriber by its number, held until the transaction ends."""
    return SubscriberRow.objects.select_for_update().filter(pk=number).first()


def add_subscriber(*, name: str, address: str, contact: str, to: Addressee, made_by: str) -> SubscriberRow:
    """Add a subscriber."""
    return SubscriberRow.objects.create(
        name=name,
        address=address,
        contact=contact,
        role=to.role.value,
        municipality=to.municipality or "",
        province=to.province or "",
        made_by=made_by,
    )


def set_mail(user_id: int, address: str) -> None:
    """Send the daily overview of an account to an address; to none when it is empty."""
    if address:
        MailDigestRow.objects.update_or_create(user_id=user_id, defaults={"address": address})
    else:
        MailDigestRow.objects.filter(user_id=user_id).delete()


def mail_of(user_id: int) -> str:
    """Return the address for the daily overview of an account; empty when it wants none."""
    row = MailDigestRow.objects.filter(user_id=user_id).first()
    return row.address if row else ""


def _run(query: str, values: list[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return int(cursor.rowcount)
