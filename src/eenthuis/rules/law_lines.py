"""The values of the law that a receipt keeps, so that it computes again after the law book has grown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eenthuis.law.book import Book
from eenthuis.law.loading import DatedValue, LawValue
from eenthuis.rules.inputs import listed
from eenthuis.terms.law import Authority, Citation
from eenthuis.terms.receipt import Receipt


def law_line(citation: Citation) -> list[object]:
    """Return a citation as a receipt keeps it: place, key, value and the days between which it holds."""
    last = citation.last_day.isoformat() if citation.last_day else None
    return [citation.place, citation.key, citation.value, citation.first_day.isoformat(), last]


def book_of(inputs: Mapping[str, object]) -> Book:
    """Return the law book of nothing but the values that a receipt keeps under ``law``."""
    return Book(tuple(_value(listed(line)) for line in listed(inputs["law"])))


def law_differences(receipt: Receipt) -> tuple[str, ...]:
    """Return where the citations name another value than the one it was computed with."""
    lines = {_key(listed(line)): str(listed(line)[2]) for line in listed(receipt.inputs["law"])}
    cited = {_key(law_line(citation)): citation.value for citation in receipt.citations}
    return tuple(
        f"the receipt cites {' '.join(key)} as {cited.get(key)!r} but was computed with {lines.get(key)!r}"
        for key in sorted(lines.keys() | cited.keys())
        if lines.get(key) != cited.get(key)
    )


def _key(line: Sequence[object]) -> tuple[str, str, str]:
    place, key, _, first, _ = line
    return str(place), str(key), str(first)


def _value(line: Sequence[object]) -> DatedValue:
    place, key, written, first, last = line
    return DatedValue(
        place=str(place),
        key=str(key),
        value=_worth(str(written)),
        first_day=date.fromisoformat(str(first)),
        last_day=None if last is None else date.fromisoformat(str(last)),
        instrument="the receipt",
        article="",
        authority=Authority.INFERRED,
        source="the receipt",
        checked_on=date.fromisoformat(str(first)),
        note="",
    )


def _worth(written: str) -> LawValue:
    """Return the value that a citation writes as text."""
    if written in {"true", "false"}:
        return written == "true"
    return int(written) if written.isdigit() else written
