"""Residence documents in a spreadsheet of the IND: judged by the rule of the form, and signalled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from eenthuis.connect.sheet_cells import Cells, Value
from eenthuis.services.documents import (
    DocumentFacts,
    centres_of,
    check_days,
    facts_of,
    signal_documents,
)
from eenthuis.store import documents as stored
from eenthuis.store.document_models import NUMBER
from eenthuis.terms.access import Actor
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.errors import InputError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.sheets import Why

Judged = tuple[Cells, dict[str, Why], DocumentFacts, bool]


def judge_documents(rows: Sequence[Cells], today: date) -> Iterator[Judged]:
    """Yield each row that was read well: what is wrong by column, what it says, and whether it is there already."""
    made = [facts_from(row.values) for row in rows]
    there = {one.document.number: one for one in stored.several([DocumentNumber(one.number) for one in made])}
    centres = centres_of([one.household for one in made])
    for row, facts in zip(rows, made, strict=True):
        held = there.get(DocumentNumber(facts.number))
        wrong: dict[str, Why] = {}
        if not re.fullmatch(NUMBER, facts.number):
            wrong["number"] = Why.NOT_A_DOCUMENT
        elif held is not None and facts_of(held) != facts:
            wrong["number"] = Why.ALREADY_OTHERWISE
        if facts.household not in centres and held is None:
            wrong["household"] = Why.UNKNOWN_HOUSEHOLD
        try:
            check_days(facts, today)
        except InputError as day:
            wrong[day.location.column if day.location else "born_on"] = Why.DAY_CANNOT_BE
        yield row, wrong, facts, held is not None


def add_documents(actor: Actor, made: Sequence[DocumentFacts], today: date) -> None:
    """Signal the documents, in the transaction of the caller."""
    if made:
        signal_documents(actor=actor, signalled=made, today=today)


def facts_from(values: Mapping[str, Value]) -> DocumentFacts:
    """Return what a row says of a document; it has been read without a problem."""
    ready, born = values["ready_on"], values["born_on"]
    assert isinstance(ready, date)  # noqa: S101 - a cell of this kind holds one
    assert isinstance(born, date)  # noqa: S101 - a cell of this kind holds one
    photo, fingers = values.get("photo_on"), values.get("fingerprints_on")
    return DocumentFacts(
        number=str(values["number"]),
        household=HouseholdId(str(values["household"])),
        ready_on=ready,
        born_on=born,
        photo_on=photo if isinstance(photo, date) else None,
        fingerprints_on=fingers if isinstance(fingers, date) else None,
        has_citizen_number=bool(values.get("has_citizen_number")),
        has_address=bool(values.get("has_address")),
    )
