"""Sending mail over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from eenthuis.terms.errors import SetupError

SECONDS = 10
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in: ``smtp`` without encryption (only for this machine), with STARTTLS, or over TLS."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One message in plain text; ``identity`` stays the same when it is sent again."""

    sender: str
    to: str
    subject: str
    text: str
    identity: str
    at: datetime


def mail_server(address: str) -> MailServer | None:
    """Read ``smtp+starttls://user:password@host:587``; None when it is empty.

    Raises
    ------
    SetupError
        SET-04 when it is no address of a mail server.

    Examples
    --------
    >>> mail_server("smtps://mail.example").port
    465
    """
    if not address:
        return None
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise SetupError(
            "SET-04",
            "EMAIL_SERVER is no address of a mail server",
            remedy="Write it as smtp+starttls://user:password@host:587, smtps://… or smtp://127.0.0.1:25.",
        )
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def send_mail(mail: Mail, server: MailServer) -> str:
    """Hand a message in; return what went wrong in a few words, or nothing when it was taken."""
    message = EmailMessage()
    try:
        message["From"] = mail.sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(mail.at)
        message["Message-ID"] = mail.identity
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        with _opened(server) as open_server:
            if server.user:
                open_server.login(server.user, server.password)
            open_server.send_message(message)
    except smtplib.SMTPResponseException as wrong:
        return f"SMTP {wrong.smtp_code}"
    except smtplib.SMTPRecipientsRefused as wrong:
        codes = sorted({str(code) for code, _ in wrong.recipients.values()})
        return f"SMTP {' '.join(codes)}"
    except (smtplib.SMTPException, OSError, ValueError) as wrong:
        return f"no mail server ({type(wrong).__name__})"
    return ""


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    plain = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    if server.scheme == "smtp+starttls":
        plain.starttls(context=ssl.create_default_context())
    return plain
