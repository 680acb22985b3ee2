"""Erasing personal data whose time has passed; targets, progress and every published count stay as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.law import law_book
from eenthuis.law.retention import KindOfRecord
from eenthuis.rules.retention import ended_by
from eenthuis.store import erasing, journal, sheets
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, Location

AT_ONCE = 100
"""So many households go in one transaction."""

MOST_SHOWN = 1_000_000
ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who erases when the day has come: the service itself."""


@dataclass(frozen=True, slots=True)
class ErasedKind:
    """How many records of a kind go, those that ended on ``ended_by`` or before, and on which authority."""

    kind: KindOfRecord
    count: int
    ended_by: date
    days: int
    authority: str
    source: str


def due(*, as_of: date) -> tuple[ErasedKind, ...]:
    """Return what is to go on a day, of every kind, without changing anything."""
    law = law_book().retention(as_of)
    days = {kind: ended_by(as_of, kind, law) for kind in KindOfRecord}
    counts = {
        KindOfRecord.HOUSEHOLD: len(erasing.due(days[KindOfRecord.HOUSEHOLD], most=MOST_SHOWN)),
        KindOfRecord.DELIVERY: erasing.count_deliveries(days[KindOfRecord.DELIVERY]),
        KindOfRecord.PROOF_FOLDER: erasing.count_folders(days[KindOfRecord.PROOF_FOLDER]),
        KindOfRecord.LIST_FILE: erasing.count_files(days[KindOfRecord.LIST_FILE]),
    }
    return tuple(
        ErasedKind(kind, counts[kind], days[kind], law.days[kind], citation.authority.value, citation.source)
        for kind, citation in zip(KindOfRecord, law.citations, strict=True)
    )


def erase(*, as_of: date, today: date) -> tuple[ErasedKind, ...]:
    """Erase what is to go on a day; return how much of every kind. Each part is whole or not done at all.

    Raises
    ------
    InputError
        INP-06 when the day lies ahead: what is not due cannot be brought back.
    """
    if as_of > today:
        raise InputError(
            "INP-06",
            f"{as_of.isoformat()} lies after today, {today.isoformat()}",
            remedy="Give today or an earlier day; a day ahead is for --dry-run only.",
            location=Location(column="--as-of", value=as_of.isoformat()),
        )
    found = due(as_of=as_of)
    while erase_some(as_of=as_of):
        pass
    return found


def erase_some(*, as_of: date) -> int:
    """Erase up to a hundred households whose day has come, deliveries, folders and files; return how many households.

    A worker calls this as often as it likes; several at once take turns.
    """
    law = law_book().retention(as_of)
    with transaction.atomic():
        journal.lock_subject("erasing")
        households = erasing.due(ended_by(as_of, KindOfRecord.HOUSEHOLD, law), most=AT_ONCE)
        erasing.empty_folders(ended_by(as_of, KindOfRecord.PROOF_FOLDER, law))
        sheets.throw_old_away(ended_by(as_of, KindOfRecord.LIST_FILE, law))
        deliveries = erasing.forget_deliveries(ended_by(as_of, KindOfRecord.DELIVERY, law))
        if households:
            lines = erasing.journal_lines(households)
            told = {"households": len(households), "lines": len(lines), "deliveries": deliveries}
            number = journal.write_erasure(ITSELF, told={**told, "as_of": as_of})
            erasing.blank_lines(lines, erasure=number)
            erasing.erase(erasing.nobodies(households))
    return len(households)
