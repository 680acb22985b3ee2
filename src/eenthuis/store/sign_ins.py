"""Second factors, recovery codes and open sessions of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from eenthuis.store.sign_in_models import OpenSessionRow, RecoveryCodeRow

DEVICE = "app"
LONGEST_PROGRAM = 120


@dataclass(frozen=True, slots=True)
class OpenSession:
    """An open session of an account."""

    number: int
    session_key: str
    program: str
    with_second_factor: bool
    began_at: datetime


def has_second_factor(user_id: int) -> bool:
    """Return whether an account has a second factor that was tried once."""
    return bool(TOTPDevice.objects.filter(user_id=user_id, confirmed=True).exists())


def begin(user_id: int) -> tuple[str, str]:
    """Return secret (base 32) and address of a factor not yet tried; the one begun before is taken up again."""
    device, _ = TOTPDevice.objects.get_or_create(user_id=user_id, confirmed=False, defaults={"name": DEVICE})
    return secret_of(device), str(device.config_url)


def secret_of(device: TOTPDevice) -> str:
    """Return the secret of a factor as people type it over."""
    from base64 import b32encode

    return b32encode(device.bin_key).decode().rstrip("=")


def settle(user_id: int, code: str) -> bool:
    """Let the factor that was begun take the place of any before, when a code of it is right."""
    device = TOTPDevice.objects.select_for_update().filter(user_id=user_id, confirmed=False).first()
    if device is None or not device.verify_token(code):
        return False
    TOTPDevice.objects.filter(user_id=user_id, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return True


def is_right(user_id: int, code: str) -> bool:
    """Return whether a code of the second factor is right now; each code is right once, and failures slow down."""
    device = TOTPDevice.objects.select_for_update().filter(user_id=user_id, confirmed=True).first()
    return device is not None and bool(device.verify_token(code))


def take_away(user_id: int) -> bool:
    """Take the second factor and the codes of an account away; False when it had none."""
    RecoveryCodeRow.objects.filter(user_id=user_id).delete()
    gone, _ = TOTPDevice.objects.filter(user_id=user_id).delete()
    return bool(gone)


def save_codes(user_id: int, codes: Sequence[str]) -> None:
    """Keep the digests of new codes in place of earlier ones."""
    RecoveryCodeRow.objects.filter(user_id=user_id).delete()
    RecoveryCodeRow.objects.bulk_create(
        RecoveryCodeRow(user_id=user_id, digest=_digest(user_id, code)) for code in codes
    )


def use_code(user_id: int, code: str) -> bool:
    """Use up a recovery code; False when it is none of the account's, or used before."""
    digest = _digest(user_id, code)
    rows = RecoveryCodeRow.objects.filter(user_id=user_id, digest=digest, used_at__isnull=True)
    return rows.update(used_at=timezone.now()) == 1


def _digest(user_id: int, code: str) -> str:
    """Return what is kept of a code; it is drawn by chance and long, so it needs no slow digest."""
    return salted_hmac("eenthuis recovery code", f"{user_id}:{code}", algorithm="sha256").hexdigest()


def codes_left(user_id: int) -> int:
    """Return how many recovery codes are not used yet."""
    return RecoveryCodeRow.objects.filter(user_id=user_id, used_at__isnull=True).count()


def open_session(user_id: int, session_key: str, *, program: str, with_second_factor: bool) -> None:
    """Note that a session was opened, and forget those that are over."""
    _forget_past(user_id)
    OpenSessionRow.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user_id": user_id,
            "program": program[:LONGEST_PROGRAM],
            "with_second_factor": with_second_factor,
        },
    )


def sessions(user_id: int) -> tuple[OpenSession, ...]:
    """Return the open sessions of an account, latest first."""
    _forget_past(user_id)
    rows = OpenSessionRow.objects.filter(user_id=user_id).order_by("-began_at", "-id")
    return tuple(
        OpenSession(row.pk, row.session_key, row.program, row.with_second_factor, row.began_at)
        for row in rows
    )


def end(user_id: int, *, number: int | None = None, but: str = "") -> int:
    """End one session of an account, or all of them except the one with the key ``but``; return how many."""
    rows = OpenSessionRow.objects.filter(user_id=user_id).exclude(session_key=but)
    if number is not None:
        rows = rows.filter(pk=number)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def _forget_past(user_id: int) -> None:
    held = OpenSessionRow.objects.filter(user_id=user_id)
    known = set(held.values_list("session_key", flat=True))
    live = Session.objects.filter(session_key__in=known, expire_date__gt=timezone.now())
    held.exclude(session_key__in=list(live.values_list("session_key", flat=True))).delete()
