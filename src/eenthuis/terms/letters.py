"""Letters of supervision ("brieven in het toezicht"): what one says, before it is printed or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.supervision import Letter


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter rests on: the reading of one municipality, in people, and the rung it goes with.

    ``whole_task`` says that the province takes over the whole task, not the backlog only; ``answer_by`` is the last
    day to answer, None where nothing is asked, and ``receipt`` the number of the receipt of the reading, if kept.
    """

    letter: Letter
    province: ProvinceCode
    province_name: str
    municipality: MunicipalityCode
    municipality_name: str
    half_year: HalfYear
    read_on: date
    corrected: int
    realised: int
    linked: int
    rung: int
    whole_task: bool
    answer_by: date | None
    receipt: str

    @property
    def short(self) -> int:
        """People short of the corrected target."""
        return self.corrected - self.realised


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of a letter with its heading."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in words."""

    subject: str
    parts: tuple[LetterPart, ...]
