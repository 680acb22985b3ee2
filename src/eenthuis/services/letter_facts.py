"""Who gets a letter of supervision, and what it rests on: the rung decided on, or else the one a reading proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.rules.case_file import case_file
from eenthuis.services.readings import ReadingLine
from eenthuis.store.case_files import contacts_of
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.letters import LetterFacts
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.supervision import Letter, Rung, Scope

AT_ONCE = 60
"""So many letters are written or sent in one go; more than any province has municipalities."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A municipality to which a letter can be written now, and the kind that goes with its rung."""

    code: MunicipalityCode
    name: str
    kind: Letter
    rung: int
    short: int


@dataclass(frozen=True, slots=True)
class Due:
    """A municipality on a rung to which a letter belongs."""

    line: ReadingLine
    rung: Rung


def facts_for(
    province: ProvinceCode | None,
    municipalities: Sequence[MunicipalityCode],
    lines: Sequence[ReadingLine],
    today: date,
) -> tuple[LetterFacts, ...]:
    """Return what the letters to chosen municipalities of a province rest on, from its readings.

    Raises
    ------
    InputError
        INP-06 for none or too many; INP-04 for one to which no letter goes by its rung.
    """
    if not 0 < len(municipalities) <= AT_ONCE or province is None:
        raise InputError(
            "INP-06",
            "no municipality is chosen, or too many",
            remedy=f"Choose 1 to {AT_ONCE} municipalities.",
        )
    due = {one.line.code: one for one in due_on(lines, today)}
    strange = [code for code in municipalities if code not in due]
    if strange:
        raise InputError(
            "INP-04",
            f"{strange[0]} gets no letter by its rung",
            remedy="Choose municipalities from the list.",
            location=Location(column="gemeente", value=strange[0]),
        )
    return tuple(_fact(due[code], province, today) for code in dict.fromkeys(municipalities))


def due_on(lines: Sequence[ReadingLine], today: date) -> tuple[Due, ...]:
    """Return to which municipalities a letter goes: by the rung decided on after the half-year, or else proposed."""
    files = contacts_of([line.code for line in lines])
    found = []
    for line in lines:
        decided = case_file(files.get(line.code, ())).decided(
            line.figures.half_year, today + timedelta(days=1)
        )
        number = decided.contact.rung if decided else None
        rung = line.rung if number is None else _rung(line, number)
        if rung is not None and rung.letter is not Letter.NONE:
            found.append(Due(line, rung))
    return tuple(found)


def _rung(line: ReadingLine, number: int) -> Rung | None:
    return line.assessment.law.ladder.rung(number) if number else None


def to_write(due: Due) -> LetterLine:
    """Return the line of a list on which a letter is chosen."""
    line, rung = due.line, due.rung
    return LetterLine(code=line.code, name=line.name, kind=rung.letter, rung=rung.number, short=line.people)


def _fact(due: Due, province: ProvinceCode, today: date) -> LetterFacts:
    line, rung = due.line, due.rung
    return LetterFacts(
        letter=rung.letter,
        province=province,
        province_name=reference.province(province).name,
        municipality=line.code,
        municipality_name=line.name,
        half_year=line.figures.half_year,
        read_on=line.assessment.as_of,
        corrected=line.figures.corrected,
        realised=line.figures.realised,
        linked=line.figures.linked,
        rung=rung.number,
        whole_task=line.assessment.law.ladder.scope is Scope.WHOLE_TASK,
        answer_by=today + timedelta(weeks=rung.term_weeks) if rung.term_weeks else None,
        receipt=line.receipt,
    )
