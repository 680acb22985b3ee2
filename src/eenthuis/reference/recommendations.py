"""The ten recommendations with their answers, and the steps that were promised in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from eenthuis.reference.tables import rows
from eenthuis.terms.recommendations import Answer, EntryKind, Party, Recommendation, RegisterEntry

PER_RECOMMENDATION = 100
"""Numbers of packaged entries: minus this times the recommendation for its answer, and on from there for its steps."""
PER_STEP = 10


@cache
def recommendations() -> Mapping[int, Recommendation]:
    """Return the packaged recommendations by number.

    Examples
    --------
    >>> recommendations()[4].answer.value, len(recommendations())
    ('not', 10)
    """
    found = (
        Recommendation(
            number=int(row["number"]),
            code=row["code"],
            addressees=tuple(Party(one) for one in _parts(row["addressees"])),
            answered_by=Party(row["answered_by"]),
            subject=row["subject"],
            subject_nl=row["subject_nl"],
            advice=row["advice"],
            advice_nl=row["advice_nl"],
            answer=Answer(row["answer"]),
            is_answer_read=row["is_answer_read"] == "yes",
            response=row["response"],
            response_nl=row["response_nl"],
            given_on=date.fromisoformat(row["given_on"]),
            answered_on=date.fromisoformat(row["answered_on"]),
            source=row["source"],
            levers=_parts(row["levers"]),
            measures=_parts(row["measures"]),
            indicators=_parts(row["indicators"]),
        )
        for row in rows("recommendations")
    )
    return MappingProxyType({one.number: one for one in found})


def _parts(written: str) -> tuple[str, ...]:
    return tuple(written.split("|")) if written else ()


@cache
def packaged_entries() -> Mapping[int, tuple[RegisterEntry, ...]]:
    """Return what the packaged facts say happened with each recommendation: its answer, steps promised and done.

    Examples
    --------
    >>> [one.kind.value for one in packaged_entries()[1]]
    ['answered', 'step-promised', 'step-done']
    """
    found = {number: [_answered(one)] for number, one in recommendations().items()}
    for row in rows("recommendation_steps"):
        number = int(row["recommendation"])
        key = -(number * PER_RECOMMENDATION + int(row["step"]) * PER_STEP)
        promised = RegisterEntry(
            number=key,
            recommendation=number,
            kind=EntryKind.STEP_PROMISED,
            on=date.fromisoformat(row["promised_on"]),
            what=row["what_nl"],
            what_en=row["what"],
            source=row["source"],
            owner=Party(row["owner"]),
            due=date.fromisoformat(row["due"]) if row["due"] else None,
        )
        found[number].append(promised)
        if row["done_on"]:
            done = RegisterEntry(
                number=key - 1,
                recommendation=number,
                kind=EntryKind.STEP_DONE,
                on=date.fromisoformat(row["done_on"]),
                what=row["what_nl"],
                what_en=row["what"],
                source=row["source"],
                about=key,
            )
            found[number].append(done)
    return MappingProxyType({number: tuple(entries) for number, entries in found.items()})


def _answered(one: Recommendation) -> RegisterEntry:
    return RegisterEntry(
        number=-one.number * PER_RECOMMENDATION,
        recommendation=one.number,
        kind=EntryKind.ANSWERED,
        on=one.answered_on,
        what=one.response_nl,
        what_en=one.response,
        source=one.source,
        answer=one.answer,
    )
