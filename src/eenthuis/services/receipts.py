"""Receipts: shown, and computed again."""

from __future__ import annotations

from eenthuis.rules.receipts import Recomputed, recompute
from eenthuis.services.access import require
from eenthuis.store import journal
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError
from eenthuis.terms.receipt import Receipt


def read_receipt(*, actor: Actor, number: str) -> Receipt:
    """Return a receipt by its number.

    Raises
    ------
    InputError
        INP-04 when there is none.
    """
    require(actor, "see-published-figures")
    found = journal.receipt(number)
    if found is None:
        raise InputError(
            "INP-04",
            f"no receipt has the number {number[:20]!r}",
            remedy="Check the number on the letter or page.",
        )
    return found


def verify_receipt(*, actor: Actor, number: str) -> Recomputed:
    """Compute a receipt again from its own inputs."""
    return recompute(read_receipt(actor=actor, number=number))
