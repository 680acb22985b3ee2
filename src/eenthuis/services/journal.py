"""The journal for those who account for decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eenthuis.services.access import require
from eenthuis.services.processing import note_processing
from eenthuis.services.read_models import JournalLine
from eenthuis.store import journal
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor
from eenthuis.terms.journal import JournalFilter
from eenthuis.terms.processing import Activity

LINES_A_PAGE = 50
OF_HOUSEHOLD = "household "
MOST_IN_A_FILE = 100_000


@dataclass(frozen=True, slots=True)
class JournalChoices:
    """What the journal can be filtered by: who wrote in it, and what was done."""

    actors: tuple[str, ...]
    actions: tuple[str, ...]


def read_journal(
    *, actor: Actor, wanted: JournalFilter | None = None, page: int = 1, most: int = LINES_A_PAGE
) -> tuple[tuple[JournalLine, ...], int]:
    """Return a page of the journal, newest first, and how many lines match."""
    require(actor, "see-journal")
    rows, count = journal.lines(wanted or JournalFilter(), first=(page - 1) * most, most=most)
    note_processing(Activity.READ_JOURNAL, households_in(rows))
    return tuple(_line(row) for row in rows), count


def households_in(rows: Iterable[JournalRow]) -> tuple[str, ...]:
    """Return the households that lines of the journal are about."""
    found = (row.subject.removeprefix(OF_HOUSEHOLD) for row in rows if row.subject.startswith(OF_HOUSEHOLD))
    return tuple(dict.fromkeys(found))


def journal_file(*, actor: Actor, wanted: JournalFilter) -> tuple[JournalLine, ...]:
    """Return every line that matches, newest first, up to :data:`MOST_IN_A_FILE`."""
    lines, _ = read_journal(actor=actor, wanted=wanted, most=MOST_IN_A_FILE)
    return lines


def journal_choices(*, actor: Actor) -> JournalChoices:
    """Return what the journal can be filtered by."""
    require(actor, "see-journal")
    return JournalChoices(*journal.choices())


def _line(row: JournalRow) -> JournalLine:
    return JournalLine(
        number=row.pk,
        at=row.at,
        actor=row.actor,
        role=row.role,
        action=row.action,
        subject=row.subject,
        municipality=row.municipality,
        before=row.before,
        after=row.after,
        why=row.why,
        hand=row.hand,
    )
