"""Codes for letters as rows; a row is found by the number of the letter, never by the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from eenthuis.store.letter_models import LetterCodeRow
from eenthuis.terms.people import HouseholdId


@dataclass(frozen=True, slots=True)
class HeldCode:
    """What is kept of a code: whose letter it opens, how it was hashed, until when and how often it was tried."""

    letter: str
    household: HouseholdId
    salt: bytes
    digest: bytes
    last_day: date
    tries: int
    is_open: bool


def withdraw_open(household: HouseholdId) -> None:
    """Let no earlier code of a household open anything any more."""
    LetterCodeRow.objects.filter(household=household, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


def open_codes(household: HouseholdId) -> int:
    """Return how many codes of a household were given and not used yet."""
    rows = LetterCodeRow.objects.filter(household=household, used_at__isnull=True, withdrawn_at__isnull=True)
    return rows.count()


def add(held: HeldCode, *, issued_by: str) -> None:
    """Keep a new code."""
    LetterCodeRow.objects.create(
        letter=held.letter,
        household=held.household,
        salt=held.salt,
        digest=held.digest,
        last_day=held.last_day,
        issued_by=issued_by,
    )


def locked(letter: str) -> HeldCode | None:
    """Return the code of a letter and hold it until the transaction ends; others who try it wait."""
    row = LetterCodeRow.objects.select_for_update().filter(letter=letter).first()
    if row is None:
        return None
    return HeldCode(
        letter=row.letter,
        household=HouseholdId(row.household),
        salt=bytes(row.salt),
        digest=bytes(row.digest),
        last_day=row.last_day,
        tries=row.tries,
        is_open=row.used_at is None and row.withdrawn_at is None,
    )


def household_of(letter: str) -> HouseholdId | None:
    """Return whose letter this is, once its code was used."""
    name = (
        LetterCodeRow.objects.filter(letter=letter, used_at__isnull=False, withdrawn_at__isnull=True)
        .values_list("household", flat=True)
        .first()
    )
    return HouseholdId(name) if name else None


def count_try(letter: str) -> None:
    """Count one more wrong code."""
    LetterCodeRow.objects.filter(letter=letter).update(tries=F("tries") + 1)


def mark_used(letter: str) -> None:
    """Say that a code was used; it opens nothing a second time."""
    LetterCodeRow.objects.filter(letter=letter).update(used_at=timezone.now())
