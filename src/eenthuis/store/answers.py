"""The answers that writes got, kept for a day under the idempotency key of whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from eenthuis.store.models import AnsweredRow

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it went out, with the digest of what was asked."""

    asked: str
    status: int
    headers: Mapping[str, str]
    body: str


def kept(who: str, key: str) -> Kept | None:
    """Return the answer under a key that is not older than a day."""
    row = AnsweredRow.objects.filter(who=who, key=key, at__gt=timezone.now() - KEPT).first()
    return None if row is None else Kept(row.asked, row.status, row.headers, row.body)


def keep(who: str, key: str, answer: Kept) -> None:
    """Keep an answer, and let those go that are older than a day."""
    AnsweredRow.objects.filter(at__lte=timezone.now() - KEPT).delete()
    AnsweredRow.objects.create(
        who=who,
        key=key,
        asked=answer.asked,
        status=answer.status,
        headers=dict(answer.headers),
        body=answer.body,
    )
