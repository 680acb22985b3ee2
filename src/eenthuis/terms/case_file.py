"""Words of the file that a province keeps of a municipality ("dossier"): contacts, plans, rungs and substitution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from eenthuis.terms.half_year import HalfYear


class ContactKind(StrEnum):
    """What an entry of the file is; :mod:`eenthuis.rules.case_file` says what each needs."""

    TALK_OFFICIALS = "talk-officials"
    TALK_ADMINISTRATORS = "talk-administrators"
    LETTER = "letter"
    INFORMATION_OBLIGED = "information-obliged"
    INFORMATION_VOLUNTARY = "information-voluntary"
    NOTE = "note"
    REQUESTS_UNMET = "requests-unmet"
    HOMES_READY = "homes-ready"
    PLAN = "plan"
    PLAN_ENDED = "plan-ended"
    MILESTONE = "milestone"
    MILESTONE_MET = "milestone-met"
    RUNG_PUT_FORWARD = "rung-put-forward"
    RUNG_CONFIRMED = "rung-confirmed"
    RUNG_REFUSED = "rung-refused"
    INTENTION = "intention"
    INTENTION_IN_GAZETTE = "intention-in-gazette"
    INTENTION_TO_COUNCIL = "intention-to-council"
    SUBSTITUTION_ITEM = "substitution-item"
    SUBSTITUTION_URGENT = "substitution-urgent"
    DECISION = "decision"
    DECISION_IN_GAZETTE = "decision-in-gazette"
    DECISION_TO_COUNCIL = "decision-to-council"
    ITEM_DONE = "item-done"
    CARRIED_OUT = "carried-out"
    WITHDRAWN = "withdrawn"
    STRUCK_OUT = "struck-out"


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of the file, on the day it happened.

    ``people`` are people, or homes for :attr:`ContactKind.HOMES_READY`. ``about`` is the number of the entry that this
    one is about, ``replaces`` of the one that it corrects. ``due`` is the last day of a plan, milestone or item.
    """

    number: int
    kind: ContactKind
    on: date
    what: str
    by: str
    half_year: HalfYear | None = None
    due: date | None = None
    people: int | None = None
    rung: int | None = None
    about: int | None = None
    replaces: int | None = None
    reference: str = ""
    recorded_at: datetime | None = None
