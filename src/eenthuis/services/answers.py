"""Doing a write once: the same idempotency key with the same request gets the same answer, and does nothing more."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from eenthuis.store import answers, journal
from eenthuis.store.answers import Kept
from eenthuis.terms.errors import ApiError

__all__ = ["Kept", "answer_once"]


def answer_once(*, who: str, key: str, asked: str, act: Callable[[], Kept]) -> tuple[Kept, bool]:
    """Return the answer under a key, and whether it was given before.

    The answer is kept in the transaction of what it tells, so that after a crash either both stand or neither. Two
    requests with one key wait for each other. A request that fails changes nothing, and its answer is not kept.

    Raises
    ------
    ApiError
        API-05 when the key stands for a request with another digest.
    """
    with transaction.atomic():
        journal.lock_subject(f"answer:{who}:{key}")
        held = answers.kept(who, key)
        if held is None:
            made = act()
            answers.keep(who, key, made)
            return made, False
    if held.asked != asked:
        raise ApiError(
            "API-05",
            "the same key came with another address or body before",
            remedy="Send a new Idempotency-Key with a new request.",
        )
    return held, True
