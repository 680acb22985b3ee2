"""Which systems get events, what did not reach them, and the address for one's own daily overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.webhooks import check_address
from eenthuis.services.access import in_person, require
from eenthuis.services.outside import outside, secret_of
from eenthuis.store import accounts, deliveries, journal
from eenthuis.store.delivery_models import DeliveryRow, SubscriberRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, Location
from eenthuis.terms.notices import Addressee

DELIVERIES_A_PAGE = 50
STATES = ("failed", "waiting", "delivered")


@dataclass(frozen=True, slots=True)
class SubscriberView:
    """A system that gets events, for the administrator; never its secret."""

    number: int
    name: str
    address: str
    contact: str
    role: str
    place: str
    is_active: bool
    made_by: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A subscriber with its secret, which is shown this once."""

    subscriber: SubscriberView
    secret: str


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One delivery: to whom, what, how often it was tried, and what went wrong last."""

    number: int
    receiver: str
    is_mail: bool
    kind: str
    attempts: int
    problem: str
    next_at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveriesPage:
    """The deliveries in one state, newest first, with how many there are in each."""

    state: str
    deliveries: tuple[DeliveryView, ...]
    count: int
    counts: dict[str, int]
    subscribers: tuple[SubscriberView, ...]


def read_deliveries(*, actor: Actor, state: str = "failed", page: int = 1) -> DeliveriesPage:
    """Return subscribers, and the deliveries in a state.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "manage-deliveries")
    chosen = state if state in STATES else STATES[0]
    rows, count = deliveries.listed(chosen, first=(page - 1) * DELIVERIES_A_PAGE, most=DELIVERIES_A_PAGE)
    return DeliveriesPage(
        state=chosen,
        deliveries=tuple(_delivery(row) for row in rows),
        count=count,
        counts=deliveries.counts(),
        subscribers=tuple(_view(row) for row in deliveries.subscribers()),
    )


def subscribe(*, actor: Actor, name: str, address: str, contact: str, to: Addressee) -> Granted:
    """Let a system get the events of a role and place from now on; return it with its secret.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-01 when events may not be sent to the address; INP-04 when name or contact is missing.
    """
    require(actor, "manage-deliveries")
    for column, value in (("name", name), ("contact", contact)):
        if not value.strip():
            raise InputError(
                "INP-04", f"{column} is missing", remedy="Fill it in.", location=Location(column=column)
            )
    _check_place(to)
    check_address(address, outside().allowed)
    with transaction.atomic():
        row = deliveries.add_subscriber(
            name=name.strip(), address=address, contact=contact.strip(), to=to, made_by=actor.name
        )
        told = {"address": address, "role": to.role.value, "place": to.place}
        journal.write(actor, "subscribe", f"subscriber {row.pk}", after=told)
    return Granted(_view(row), secret_of(row))


def renew_secret(*, actor: Actor, number: int) -> Granted:
    """Give a subscriber a new secret; events are signed with it from now on.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such subscriber.
    """
    require(actor, "manage-deliveries")
    with transaction.atomic():
        row = _found(number)
        row.generation += 1
        row.save(update_fields=["generation"])
        journal.write(actor, "renew-secret", f"subscriber {number}")
    return Granted(_view(row), secret_of(row))


def set_active(*, actor: Actor, number: int, is_active: bool) -> None:
    """Let a subscriber get events, or no longer.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such subscriber.
    """
    require(actor, "manage-deliveries")
    with transaction.atomic():
        row = _found(number)
        row.is_active = is_active
        row.save(update_fields=["is_active"])
        journal.write(actor, "resume-events" if is_active else "pause-events", f"subscriber {number}")


def send_again(*, actor: Actor, numbers: tuple[int, ...]) -> int:
    """Try failed deliveries anew; return how many.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "manage-deliveries")
    with transaction.atomic():
        count = deliveries.send_again(numbers)
        if count:
            journal.write(actor, "send-again", "deliveries", after={"count": count})
    return count


def mail_address(*, actor: Actor) -> str:
    """Return where an account gets its daily overview; empty when it wants none.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices.
    """
    require(actor, "see-notices")
    key = accounts.user_id(actor.name)
    return deliveries.mail_of(key) if key is not None else ""


def set_mail_address(*, actor: Actor, address: str) -> None:
    """Send the daily overview of an account to an address, or to none.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices; ACC-02 when there is no such account.
    """
    require(actor, "see-notices")
    in_person(actor)
    key = accounts.user_id(actor.name)
    if key is None:
        raise AccessError("ACC-02", "no account by that name", remedy="Sign in again.")
    with transaction.atomic():
        deliveries.set_mail(key, address)
        journal.write(actor, "set-mail" if address else "stop-mail", f"account {actor.name}")


def mail_is_set_up() -> bool:
    """Return whether this installation can send mail."""
    return outside().mail is not None


def _check_place(to: Addressee) -> None:
    by_role: dict[Role, str | None] = {
        Role.MUNICIPALITY: to.municipality,
        Role.HOUSING_ASSOCIATION: to.municipality,
        Role.PROVINCE: to.province,
    }
    if to.place and not by_role.get(to.role):
        raise InputError(
            "INP-01",
            f"{to.role} belongs to no such place",
            remedy="Choose a municipality for a municipality, a province for a province, or the whole country.",
            location=Location(column="place", value=to.place),
        )


def _found(number: int) -> SubscriberRow:
    row = deliveries.subscriber(number)
    if row is None:
        raise AccessError("ACC-02", "no subscriber by that number", remedy="Check the number.")
    return row


def _view(row: SubscriberRow) -> SubscriberView:
    place = reference.municipality(row.municipality).name if row.municipality else row.province
    return SubscriberView(
        row.pk, row.name, row.address, row.contact, row.role, place, row.is_active, row.made_by
    )


def _delivery(row: DeliveryRow) -> DeliveryView:
    to = row.subscriber.name if row.subscriber else ""
    return DeliveryView(
        number=row.pk,
        receiver=to or (row.user.get_username() if row.user else ""),
        is_mail=row.subscriber is None,
        kind=row.notice.kind if row.notice else "",
        attempts=row.attempts,
        problem=row.problem,
        next_at=row.next_at,
        made_at=row.made_at,
    )
