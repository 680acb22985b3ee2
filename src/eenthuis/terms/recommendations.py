"""Recommendations ("aanbevelingen") of the advisory council, what was answered, and what was promised on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Party(StrEnum):
    """Whom a recommendation is made to, or who owns a step: an organisation or a unit, never a person."""

    STATE = "state"
    JENV = "jenv"
    BZK = "bzk"
    COA = "coa"
    IND = "ind"
    PROVINCES = "provinces"
    MUNICIPALITIES = "municipalities"
    IPO = "ipo"
    VNG = "vng"
    AEDES = "aedes"


class Answer(StrEnum):
    """What the government answered."""

    TAKEN_OVER = "taken-over"
    PARTLY = "partly"
    NOT = "not"


class EntryKind(StrEnum):
    """What an entry of the register says happened; :mod:`eenthuis.rules.recommendations` says what each needs."""

    ANSWERED = "answered"
    STEP_PROMISED = "step-promised"
    STEP_MOVED = "step-moved"
    STEP_DONE = "step-done"
    STEP_WITHDRAWN = "step-withdrawn"
    EVIDENCE = "evidence"
    CLOSED = "closed"
    REOPENED = "reopened"
    STRUCK_OUT = "struck-out"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as it was given and first answered, by its number in the memo.

    Texts are in English and in Dutch (``_nl``). ``is_answer_read`` says that the source itself gives the answer in
    these words; otherwise it is a reading of it. ``levers``, ``measures`` are names of the policy lab, ``indicators``
    of what the system counts.
    """

    number: int
    code: str
    addressees: tuple[Party, ...]
    answered_by: Party
    subject: str
    subject_nl: str
    advice: str
    advice_nl: str
    answer: Answer
    is_answer_read: bool
    response: str
    response_nl: str
    given_on: date
    answered_on: date
    source: str
    levers: tuple[str, ...]
    measures: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """Something that happened with a recommendation, on its day; only ever added.

    ``number`` is below 0 for what is packaged. ``about`` is the number of the step or entry that this one is about.
    ``due`` is the last day of a step, None where none was promised. ``what_en`` may be empty. ``is_invented`` marks
    what the demonstration made up.
    """

    number: int
    recommendation: int
    kind: EntryKind
    on: date
    what: str
    source: str = ""
    answer: Answer | None = None
    owner: Party | None = None
    due: date | None = None
    about: int | None = None
    by: str = ""
    what_en: str = ""
    is_invented: bool = False
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a partner in the chain said of a recommendation; shown with role and place, never with a name."""

    number: int
    recommendation: int
    role: str
    place: str
    on: date
    text: str
