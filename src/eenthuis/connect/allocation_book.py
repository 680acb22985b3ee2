"""An allocation decision on reception places in words and as files: PDF/UA-1, and docx to work in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from eenthuis.connect.letter_book import day_in_words
from eenthuis.connect.letter_files import text_files
from eenthuis.rules.allocation import AllocatedLine, Allocation
from eenthuis.terms.letters import LetterPart, LetterText
from eenthuis.terms.places import MunicipalityCode

SENDER = "De minister, namens deze het ministerie"


@dataclass(frozen=True, slots=True)
class AllocationWords:
    """What stands in a decision besides its numbers; ``replaces`` is the number on the decision that it changes."""

    number: str
    province: str
    names: Mapping[MunicipalityCode, str]
    first_day: date
    last_day: date
    due: date
    shares_receipt: str
    receipt: str
    address: str
    is_invented: bool
    replaces: str = ""
    why: str = ""


@cache
def _book() -> Mapping[str, Any]:
    text = (resources.files("eenthuis.connect") / "allocation_book.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def allocation_in_words(made: Allocation, words: AllocationWords) -> LetterText:
    """Return the text of a decision."""
    book = _book()
    values = _values(made, words)
    decided = [text.format(**values) for text in book["decision"]["paragraphs"]]
    if words.replaces:
        decided.append(book["decision"]["change"].format(**values))
    division = [_line(line, words, book["division"]) for line in made.lines if line.places or line.share]
    division.append(book["division"]["total"].format(**values))
    if made.short:
        division.append(book["division"]["short"].format(**values))
    ground = [text.format(**values) for text in book["ground"]["paragraphs"]]
    if words.is_invented:
        ground.insert(0, book["ground"]["invented"])
    parts = [
        (book["decision"]["title"], decided),
        (book["division"]["title"], division),
        (book["term"]["title"], [text.format(**values) for text in book["term"]["paragraphs"]]),
        (book["ground"]["title"], ground),
        (book["check"]["title"], [text.format(**values) for text in book["check"]["paragraphs"]]),
    ]
    subject = book["changed_subject" if words.replaces else "subject"].format(**values)
    return LetterText(subject, tuple(LetterPart(title, tuple(texts)) for title, texts in parts))


def allocation_files(text: LetterText, words: AllocationWords, *, day: date) -> Mapping[str, bytes]:
    """Return a decision as ``pdf`` and ``docx``; ``day`` is that on which it is written."""
    return text_files(text, sender=SENDER, description=text.subject, number=words.number, day=day)


def _values(made: Allocation, words: AllocationWords) -> Mapping[str, str]:
    return {
        "province": words.province,
        "first_year": str(words.first_day.year),
        "last_year": str(words.last_day.year),
        "first_day": day_in_words(words.first_day),
        "last_day": day_in_words(words.last_day),
        "due": day_in_words(words.due),
        "places": _dotted(made.task.places),
        "durable": _dotted(made.task.durable),
        "remaining": _dotted(made.task.remaining),
        "allocated": _dotted(made.allocated),
        "short": _dotted(made.short),
        "shares_receipt": words.shares_receipt,
        "receipt": words.receipt,
        "number": words.number,
        "address": words.address,
        "replaces": words.replaces,
        "why": words.why,
    }


def _line(line: AllocatedLine, words: AllocationWords, book: Mapping[str, str]) -> str:
    after = book["swapped"].format(after=_dotted(line.share + line.swapped)) if line.swapped else ""
    return book["line"].format(
        name=words.names.get(line.municipality, line.municipality),
        places=_dotted(line.places),
        share=_dotted(line.share),
        swapped=after,
        standing=_dotted(line.standing),
        offered=_dotted(line.offered),
        added=_dotted(line.added),
    )


def _dotted(places: int) -> str:
    return f"{places:,}".replace(",", ".")
