"""The journal for those who account for decisions."""

from __future__ import annotations

from eenthuis.services.access import require
from eenthuis.services.read_models import JournalLine
from eenthuis.store import journal
from eenthuis.terms.access import Actor

LINES_A_PAGE = 50


def read_journal(*, actor: Actor, search: str = "", page: int = 1) -> tuple[tuple[JournalLine, ...], int]:
    """Return a page of the journal, newest first, and how many lines match."""
    require(actor, "see-journal")
    rows, count = journal.lines(search=search, first=(page - 1) * LINES_A_PAGE, most=LINES_A_PAGE)
    lines = tuple(
        JournalLine(
            at=row.at,
            actor=row.actor,
            role=row.role,
            action=row.action,
            subject=row.subject,
            municipality=row.municipality,
            before=row.before,
            after=row.after,
            why=row.why,
        )
        for row in rows
    )
    return lines, count
