"""When the journal was verified, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.store.journal_models import VerificationRow


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found on a day; ``broken_line`` is None when the journal was as it was written."""

    on: date
    lines: int
    head: str
    broken_line: int | None


def latest() -> Verification | None:
    """Return what was found last."""
    row = VerificationRow.objects.order_by("-id").first()
    return None if row is None else Verification(row.on, row.lines, row.head, row.broken_line)


def last_sound_head() -> str:
    """Return the last digest of the latest verification that found nothing wrong; empty when there is none."""
    row = VerificationRow.objects.filter(broken_line__isnull=True).order_by("-id").first()
    return "" if row is None else row.head


def keep(found: Verification, *, fault: str) -> None:
    """Keep what was found."""
    VerificationRow.objects.create(
        on=found.on, lines=found.lines, head=found.head, broken_line=found.broken_line, fault=fault
    )
