"""Substitution ("indeplaatsstelling"): what must still happen before a province acts in a municipality's place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.law.supervision import SubstitutionLaw


class EventKind(StrEnum):
    """What happened in a substitution; the intention is the "vooraankondiging"."""

    INTENTION = "intention"
    INTENTION_IN_GAZETTE = "intention-in-gazette"
    INTENTION_TO_COUNCIL = "intention-to-council"
    DECISION = "decision"
    DECISION_IN_GAZETTE = "decision-in-gazette"
    DECISION_TO_COUNCIL = "decision-to-council"
    ITEM_DONE = "item-done"
    CARRIED_OUT = "carried-out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day; ``item`` names what was done, for :attr:`EventKind.ITEM_DONE`."""

    kind: EventKind
    on: date
    item: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A decision, act or result that the province asks for, with the last day of its own term, None without one."""

    what: str
    term_ends: date | None


@dataclass(frozen=True, slots=True)
class Proceedings:
    """A substitution: the items that its decision names, whether it is urgent, and what happened, in any order."""

    items: tuple[Item, ...]
    events: frozenset[Event]
    is_urgent: bool = False


class Duty(StrEnum):
    """What the Act still asks of the province."""

    STATE_INTENTION = "state-intention"
    INTENTION_IN_GAZETTE = "intention-in-gazette"
    INTENTION_TO_COUNCIL = "intention-to-council"
    NAME_ITEMS = "name-items"
    NAME_TERMS = "name-terms"
    DECIDE = "decide"
    DECISION_IN_GAZETTE = "decision-in-gazette"
    DECISION_TO_COUNCIL = "decision-to-council"


@dataclass(frozen=True, slots=True)
class StillToDo:
    """The province must do these first, in this order."""

    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class TermsRun:
    """The municipality can still comply: ``items`` are open, and the first of their terms ends on ``until``."""

    until: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MayCarryOut:
    """The terms of ``items`` have passed: the province provides for them, at the cost of ``cost_of``."""

    items: tuple[Item, ...]
    cost_of: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is left to do: all items are done, or it was carried out or withdrawn."""


NextStep = StillToDo | TermsRun | MayCarryOut | Closed
"""Everything that can come next in a substitution."""


def next_step(proceedings: Proceedings, as_of: date, law: SubstitutionLaw) -> NextStep:
    """Return what comes next at the start of a day; only what happened before that day counts, in whatever order.

    Items whose own term has passed can be carried out while the terms of others still run.

    References
    ----------
    Gemeentewet, art. 124: the duty and the cost (first paragraph), the term and urgent cases (second), terms per item
    (third), gazette and council (fourth).

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().substitution(date(2025, 7, 1))
    >>> next_step(Proceedings((), frozenset()), date(2025, 7, 1), law).duties[0].value
    'state-intention'
    """
    happened = frozenset(event for event in proceedings.events if event.on < as_of)
    kinds = {event.kind for event in happened}
    done = {event.item for event in happened if event.kind is EventKind.ITEM_DONE}
    open_items = tuple(item for item in proceedings.items if item.what not in done)
    if kinds & {EventKind.CARRIED_OUT, EventKind.WITHDRAWN} or (proceedings.items and not open_items):
        return Closed()
    if duties := tuple(_duties(proceedings, kinds, law)):
        return StillToDo(duties)
    if waives_terms(proceedings, law):
        return MayCarryOut(open_items, law.cost_of)
    passed = tuple(item for item in open_items if item.term_ends is None or item.term_ends < as_of)
    if passed:
        return MayCarryOut(passed, law.cost_of)
    return TermsRun(min(item.term_ends for item in open_items if item.term_ends), open_items)


def waives_terms(proceedings: Proceedings, law: SubstitutionLaw) -> bool:
    """Return whether no term has to pass, because the case is urgent or the law asks none."""
    return not law.term_needed or (proceedings.is_urgent and law.urgent_without_term)


def _duties(proceedings: Proceedings, kinds: set[EventKind], law: SubstitutionLaw) -> Iterator[Duty]:
    if EventKind.INTENTION not in kinds:
        yield Duty.STATE_INTENTION
    if law.in_gazette and EventKind.INTENTION_IN_GAZETTE not in kinds:
        yield Duty.INTENTION_IN_GAZETTE
    if law.copy_to_council and EventKind.INTENTION_TO_COUNCIL not in kinds:
        yield Duty.INTENTION_TO_COUNCIL
    if not proceedings.items:
        yield Duty.NAME_ITEMS
    elif not waives_terms(proceedings, law) and any(item.term_ends is None for item in proceedings.items):
        yield Duty.NAME_TERMS
    if EventKind.DECISION not in kinds:
        yield Duty.DECIDE
    if law.in_gazette and EventKind.DECISION_IN_GAZETTE not in kinds:
        yield Duty.DECISION_IN_GAZETTE
    if law.copy_to_council and EventKind.DECISION_TO_COUNCIL not in kinds:
        yield Duty.DECISION_TO_COUNCIL
