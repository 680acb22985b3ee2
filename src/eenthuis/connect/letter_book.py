"""Letters of supervision in words, from the packaged texts per kind of letter and province."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from eenthuis.terms.letters import LetterFacts, LetterPart, LetterText

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


@cache
def _book() -> Mapping[str, Any]:
    text = (resources.files("eenthuis.connect") / "letter_book.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def kinds() -> tuple[str, ...]:
    """Return the kinds of letter that have texts."""
    return tuple(_book()["letter"])


def day_in_words(day: date) -> str:
    """Return a day as a letter writes it.

    Examples
    --------
    >>> day_in_words(date(2026, 3, 3))
    '3 maart 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def letter_in_words(facts: LetterFacts, *, number: str, address: str) -> LetterText:
    """Return the letter that goes with facts; ``number`` is its own and ``address`` where it can be checked."""
    common, own = _book()["common"], _book()["letter"][facts.letter.value]
    values = _values(facts, number=number, address=address)
    asked = [text.format(**values) for text in own["ask"]]
    answer = common["answer"] if facts.answer_by else common["no_answer"]
    grounds = [common["ground"], *(common[name] for name in own["extra"])]
    adds = _book()["province"].get(facts.province)
    if adds:
        grounds.append(f"{adds['adds']} ({adds['source']})")
    check = [common["check"], *([common["receipt"]] if facts.receipt else [])]
    parts = (
        (common["facts_title"], common["facts"]),
        (common["ask_title"], asked),
        (common["answer_title"], [answer]),
        (common["ground_title"], grounds),
        (common["check_title"], check),
    )
    return LetterText(
        subject=own["subject"].format(**values),
        parts=tuple(
            LetterPart(title, tuple(text if texts is asked else text.format(**values) for text in texts))
            for title, texts in parts
        ),
    )


def _values(facts: LetterFacts, *, number: str, address: str) -> Mapping[str, str]:
    def people(count: int) -> str:
        return f"{count:,}".replace(",", ".")

    return {
        "read_on": day_in_words(facts.read_on),
        "half_year": str(facts.half_year),
        "corrected": people(facts.corrected),
        "realised": people(facts.realised),
        "linked": people(facts.linked),
        "short": people(facts.short),
        "answer_by": day_in_words(facts.answer_by) if facts.answer_by else "",
        "scope": _book()["scope"]["whole" if facts.whole_task else "backlog"],
        "receipt": facts.receipt,
        "number": number,
        "address": address,
    }
