"""Verifying the journal every day by itself, against the digest that was found the day before."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from eenthuis.services.journal_chain import verify_journal
from eenthuis.store import journal, verifications
from eenthuis.store.verifications import Verification


def verify_due(today: date) -> str:
    """Verify the journal unless that was done today; return what was found, or nothing when it was not due.

    Lines cut from the end are seen too, since the head of the last sound verification must still be in the chain.
    """
    with transaction.atomic():
        journal.lock_subject("journal verification")
        last = verifications.latest()
        if last is not None and last.on >= today:
            return ""
        found = verify_journal(expected=verifications.last_sound_head())
        broken = found.broken
        verifications.keep(
            Verification(today, found.lines, found.head, None if broken is None else broken.line),
            fault="" if broken is None else broken.fault.value,
        )
    return f"{found.lines} lines" if broken is None else f"broken at line {broken.line}: {broken.fault.value}"
