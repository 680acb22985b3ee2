"""Checking a letter of supervision by the number on it: that it was sent, never what it says."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.services.access import require
from eenthuis.services.allowances import take
from eenthuis.store import supervision_letters as stored
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor
from eenthuis.terms.supervision import Letter

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for another."""

NUMBER_PARTS, PART_LENGTH = 3, 4
CHECKS_A_MINUTE = 10
"""So often one address may check a number in a minute."""


@dataclass(frozen=True, slots=True)
class Checked:
    """That a letter with a number was sent: when, by which province and of what kind; nothing of what it says.

    ``is_same`` says whether a file handed in is that letter to the last byte; None where none was.
    """

    number: str
    sent_on: date
    province: str
    kind: Letter
    is_same: bool | None


def draw_number() -> str:
    """Return a number for a letter that nobody can guess."""
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(PART_LENGTH)) for _ in range(NUMBER_PARTS))
    return "-".join(parts)


def check_letter(*, actor: Actor, number: str, content: bytes | None, address: str) -> Checked | None:
    """Return that a letter was sent under a number, never what it says; None for whatever is wrong, always the same.

    ``address`` is where it is checked from, of which only a digest is kept, for minutes.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "check-letter")
    asked_from = hashlib.sha256(address.encode()).hexdigest()[:32]
    if take(who=f"check:{asked_from}", limit=CHECKS_A_MINUTE).is_spent:
        return None
    with whole("letters"):
        held = stored.by_number(_plain(number))
    sent = held.step(stored.SENT) if held else None
    if held is None or sent is None:
        return None
    is_same = None
    if content is not None:
        digest = hashlib.sha256(content).hexdigest()
        is_same = any(hmac.compare_digest(digest, one) for one in held.digests.values())
    return Checked(held.number, sent.on, reference.province(held.province).name, held.kind, is_same)


def _plain(written: str) -> str:
    bare = "".join(one for one in written.upper() if one.isalnum())[: NUMBER_PARTS * PART_LENGTH]
    return "-".join(bare[start : start + PART_LENGTH] for start in range(0, len(bare), PART_LENGTH))
