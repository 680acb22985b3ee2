"""What part of the journal is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which lines of the journal are asked for; what is empty asks for everything. Both days count.

    ``actor`` and ``action`` are exact; ``subject`` is a part of the subject, the municipality's code or the reason.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None
