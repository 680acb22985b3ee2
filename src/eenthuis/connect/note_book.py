"""Drawing up a decision note from the register of recommendations, in Dutch, and the words around a published one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from eenthuis.connect.letter_book import day_in_words
from eenthuis.rules.recommendations import PromisedStep, Standing
from eenthuis.terms.decision_notes import NoteText, Section
from eenthuis.terms.recommendations import EntryKind, Party, Recommendation


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """A recommendation as a note is drawn up from it: how it stands, and how many comments of partners there are."""

    one: Recommendation
    standing: Standing
    comments: int


@cache
def note_book() -> Mapping[str, Any]:
    """Return the packaged words."""
    text = (resources.files("eenthuis.connect") / "note_book.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def section_title(section: Section) -> str:
    """Return the heading of a section.

    Examples
    --------
    >>> section_title(Section.OCCASION)
    '1. Aanleiding'
    """
    return str(note_book()["sections"][section.value])


def drawn_up(facts: Sequence[AdviceFacts], *, today: date, near_days: int, article: str) -> NoteText:
    """Return a note drawn up from recommendations, every section filled in as far as the register can.

    ``article`` is the ground on which personal data are not made public.
    """
    words = note_book()["prefill"]
    numbers = _listed([str(one.one.number) for one in facts])
    which = words["which_one" if len(facts) == 1 else "which_more"].format(numbers=numbers)
    title = note_book()["title_one" if len(facts) == 1 else "title_more"]
    first = facts[0].one
    values = {
        "which": which,
        "today": day_in_words(today),
        "given_on": day_in_words(first.given_on),
        "answered_on": _listed(list(dict.fromkeys(day_in_words(one.one.answered_on) for one in facts))),
        "parties": _listed(_parties(facts)),
        "comments": sum(one.comments for one in facts),
        "article": article,
    }
    own = {
        Section.KEY_POINTS: "\n\n".join(_key_point(one) for one in facts),
        Section.EXPLANATION: "\n\n".join(_explained(one) for one in facts),
        Section.STRATEGY: _steps(facts, today, near_days, ended=False),
        Section.IMPLEMENTATION: _steps(facts, today, near_days, ended=True),
    }
    return NoteText(
        title=title.format(numbers=numbers, subject=first.subject_nl),
        sections={
            section: own[section] if section in own else words[section.value].format(**values)
            for section in Section
        },
        withheld={},
    )


def _listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    Examples
    --------
    >>> _listed(["1", "2", "3"])
    '1, 2 en 3'
    """
    return " en ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def _name(party: Party | None) -> str:
    return str(note_book()["parties"][party.value]) if party else ""


def _parties(facts: Sequence[AdviceFacts]) -> list[str]:
    found: dict[str, None] = {}
    for one in facts:
        owners = [step.promised.owner for step in one.standing.steps]
        for party in (*one.one.addressees, one.one.answered_by, *owners):
            found[_name(party)] = None
    return [name for name in found if name]


def _key_point(facts: AdviceFacts) -> str:
    answer = facts.standing.answer
    told = answer.answer.value if answer and answer.answer else ""
    return str(
        note_book()["prefill"]["key-points"].format(
            number=facts.one.number,
            subject=facts.one.subject_nl,
            addressees=_listed([_name(party) for party in facts.one.addressees]),
            answer=note_book()["answers"].get(told, note_book()["states"]["given"]),
            answered_on=day_in_words(answer.on) if answer else "",
            response=answer.what if answer else "",
        )
    )


def _explained(facts: AdviceFacts) -> str:
    state = note_book()["states"][facts.standing.state.value]
    return str(
        note_book()["prefill"]["explanation"].format(
            number=facts.one.number, advice=facts.one.advice_nl, state=state
        )
    )


def _steps(facts: Sequence[AdviceFacts], today: date, near_days: int, *, ended: bool) -> str:
    words = note_book()["prefill"]
    lines = [
        _step(step, today, near_days)
        for one in facts
        for step in one.standing.steps
        if (step.end is not None and step.end.kind is EntryKind.STEP_DONE if ended else step.end is None)
    ]
    head = "implementation" if ended else "strategy_open"
    none = "implementation_none" if ended else "strategy_none"
    return "\n".join([words[head], *lines]) if lines else str(words[none])


def _step(step: PromisedStep, today: date, near_days: int) -> str:
    words = note_book()["prefill"]
    due = words["due"].format(day=day_in_words(step.due)) if step.due else words["no_due"]
    state = note_book()["steps"][step.state(today, near_days).value]
    what = step.promised.what.rstrip(".")
    return str(words["step"].format(what=what, owner=_name(step.promised.owner), due=due, state=state))
