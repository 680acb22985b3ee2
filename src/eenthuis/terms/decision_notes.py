"""Decision notes ("beslisnota's"): what a minister is asked to decide, in sections, and what is not made public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Section(StrEnum):
    """The sections of a decision note, in their order."""

    OCCASION = "occasion"
    ADVICE = "advice"
    KEY_POINTS = "key-points"
    EXPLANATION = "explanation"
    POLITICAL = "political"
    FINANCIAL = "financial"
    LEGAL = "legal"
    STAKEHOLDERS = "stakeholders"
    STRATEGY = "strategy"
    IMPLEMENTATION = "implementation"
    COMMUNICATION = "communication"
    NOT_PUBLIC = "not-public"


class WithheldGround(StrEnum):
    """A ground of the Wet open overheid on which a section, or what tells of a person, is not made public."""

    PRIVACY = "privacy"
    OPINIONS = "opinions"
    FUNCTIONING = "functioning"
    MONEY = "money"
    SUPERVISION = "supervision"
    FOREIGN = "foreign"
    SECURITY = "security"
    COMPANY = "company"
    CROWN = "crown"


class NoteStepKind(StrEnum):
    """What is done with a version of a note."""

    PUT_FORWARD = "put-forward"
    SENT_BACK = "sent-back"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class NoteText:
    """The title, the text of each section, and the sections that are withheld as a whole, each with its ground."""

    title: str
    sections: Mapping[Section, str]
    withheld: Mapping[Section, WithheldGround]


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """A version as it was saved; ``place`` counts from 1."""

    place: int
    text: NoteText
    written_by: str
    on: date
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteStep:
    """What was done with a version, by whom, on which day, and why."""

    kind: NoteStepKind
    version: int
    on: date
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True)
class MarkDecision:
    """What a person decided on something that was found in a version: left out, or kept with a reason."""

    key: str
    text: str
    rule: str
    is_removed: bool
    why: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class PublishedSection:
    """A section as everyone reads it; ``ground`` names the article where the section was withheld."""

    section: Section
    text: str
    ground: str = ""
