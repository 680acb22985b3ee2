"""The journal and the receipts: only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection
from django.db.models import Q, QuerySet

from eenthuis.store.models import JournalRow, ReceiptRow
from eenthuis.terms.access import Actor
from eenthuis.terms.journal import JournalFilter
from eenthuis.terms.receipt import Receipt, plain, receipt_from_plain

CHUNK = 2000


def lock_subject(subject: str) -> None:
    """Hold a subject until the transaction ends; others who decide on it wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])


def is_written(action: str, subject: str) -> bool:
    """Return whether a line says that this was done about this."""
    return JournalRow.objects.filter(action=action, subject=subject).exists()


def write(
    actor: Actor,
    action: str,
    subject: str,
    *,
    municipality: str = "",
    before: object = None,
    after: object = None,
    why: str = "",
) -> None:
    """Add a line to the journal."""
    JournalRow.objects.create(
        actor=actor.name,
        role=actor.role.value,
        action=action,
        subject=subject,
        municipality=municipality,
        before=plain(before),
        after=plain(after),
        why=why,
        hand=actor.hand,
    )


def write_erasure(actor: Actor, *, told: Mapping[str, object]) -> int:
    """Add the line of an erasure, give it its place in the chain at once, and return its number."""
    row = JournalRow.objects.create(
        actor=actor.name, role=actor.role.value, action="erase", subject="households", after=plain(told)
    )
    with connection.cursor() as cursor:
        cursor.execute("set constraints chained immediate")
    return row.pk


def write_many(actor: Actor, action: str, told: Iterable[tuple[str, str, object]]) -> None:
    """Add a line per subject, each with its municipality and what is so afterwards."""
    JournalRow.objects.bulk_create(
        [
            JournalRow(
                actor=actor.name,
                role=actor.role.value,
                action=action,
                subject=subject,
                municipality=municipality,
                before=None,
                after=plain(after),
                why="",
                hand=actor.hand,
            )
            for subject, municipality, after in told
        ],
        batch_size=CHUNK,
    )


def lines(wanted: JournalFilter, *, first: int, most: int) -> tuple[tuple[JournalRow, ...], int]:
    """Return a page of the journal, newest first, and how many lines match."""
    found = _matching(wanted)
    return tuple(found[first : first + most]), found.count()


def every_line(wanted: JournalFilter) -> Iterator[JournalRow]:
    """Yield the lines that match, newest first, without holding them all; lines added meanwhile are left out."""
    newest = None
    while True:
        found = _matching(wanted) if newest is None else _matching(wanted).filter(pk__lt=newest)
        chunk = list(found[:CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return
        newest = chunk[-1].pk


def as_text(document: object) -> str:
    """Return what was so before or after as one line of text; empty where nothing was kept."""
    return "" if document is None else json.dumps(document, ensure_ascii=False, sort_keys=True)


def _matching(wanted: JournalFilter) -> QuerySet[JournalRow]:
    found = JournalRow.objects.order_by("-id")
    if wanted.actor:
        found = found.filter(Q(actor=wanted.actor) | Q(hand=wanted.actor))
    if wanted.action:
        found = found.filter(action=wanted.action)
    if wanted.subject:
        asked = wanted.subject
        found = found.filter(
            Q(subject__icontains=asked) | Q(municipality__iexact=asked) | Q(why__icontains=asked)
        )
    if wanted.first_day:
        found = found.filter(at__date__gte=wanted.first_day)
    if wanted.last_day:
        found = found.filter(at__date__lte=wanted.last_day)
    return found


def choices() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who wrote in the journal, and what was done, each once and in order."""
    names = JournalRow.objects.order_by("actor").values_list("actor", flat=True).distinct()
    actions = JournalRow.objects.order_by("action").values_list("action", flat=True).distinct()
    return tuple(names), tuple(actions)


def save_receipt(receipt: Receipt) -> str:
    """Add a receipt unless the same one is there already; return its number."""
    document = plain(receipt)
    ReceiptRow.objects.get_or_create(
        number=receipt.number,
        defaults={"action": receipt.action, "as_of": receipt.as_of, "document": document},
    )
    return receipt.number


def receipt(number: str) -> Receipt | None:
    """Return the receipt with a number, if there is one."""
    row = ReceiptRow.objects.filter(number=number.upper()).first()
    if row is None or not isinstance(row.document, Mapping):
        return None
    return receipt_from_plain(row.document)
