"""How this installation reaches others: who it is, where mail is handed in, and which networks events may reach."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

from django.conf import settings

from eenthuis.connect.events import Sender
from eenthuis.connect.mail import MailServer, mail_server
from eenthuis.connect.webhooks import Network
from eenthuis.store.delivery_models import SubscriberRow
from eenthuis.terms.errors import SetupError


@dataclass(frozen=True, slots=True)
class Outside:
    """The settings of delivery, read and checked."""

    sender: Sender
    mail: MailServer | None
    mail_from: str
    allowed: tuple[Network, ...]
    overview_hour: int


def outside() -> Outside:
    """Return the settings of delivery.

    Raises
    ------
    SetupError
        SET-04 when one of them cannot be used.
    """
    return Outside(
        sender=Sender(settings.OIN, "eenthuis", settings.SITE_ADDRESS.rstrip("/")),
        mail=mail_server(settings.EMAIL_SERVER),
        mail_from=settings.EMAIL_FROM,
        allowed=networks(settings.WEBHOOK_NETWORKS),
        overview_hour=settings.OVERVIEW_HOUR,
    )


def networks(written: str) -> tuple[Network, ...]:
    """Read networks written as ``10.1.0.0/16, 127.0.0.1/32``.

    Raises
    ------
    SetupError
        SET-04 when one of them is none.
    """
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in written.split(",") if part.strip())
    except ValueError as wrong:
        raise SetupError(
            "SET-04",
            f"WEBHOOK_NETWORKS is {written!r}",
            remedy="Write networks such as 10.1.0.0/16, with commas between them, or leave it out.",
        ) from wrong


def secret_of(row: SubscriberRow) -> str:
    """Return the secret with which events to a subscriber are signed; it follows from the secret key, unkept."""
    said = f"webhook {row.pk} {row.generation}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
