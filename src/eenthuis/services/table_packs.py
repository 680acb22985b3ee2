"""The table pack of a province: target, backlog, progress, warning, verdict and agreements per municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eenthuis import reference
from eenthuis.connect.composition_report import day_in_words
from eenthuis.connect.supervision_pack import PackInput, table_pack
from eenthuis.rules.case_file import CaseFile, case_file
from eenthuis.services.balances import municipality_rows, standing
from eenthuis.services.read_models import MunicipalityRow
from eenthuis.services.readings import ReadingLine, read_readings
from eenthuis.services.warnings import WarningLine, read_warnings
from eenthuis.store.case_files import contacts_of
from eenthuis.terms.access import Actor
from eenthuis.terms.case_file import ContactKind
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

VERDICTS: Mapping[str, str] = {
    "lead": "voorsprong",
    "complies": "voldoet",
    "behind-excusable": "achter, maar verschoonbaar",
    "behind": "achter",
}
TALKS: Mapping[ContactKind, str] = {
    ContactKind.TALK_OFFICIALS: "ambtelijk gesprek",
    ContactKind.TALK_ADMINISTRATORS: "bestuurlijk gesprek",
    ContactKind.LETTER: "brief",
    ContactKind.INFORMATION_OBLIGED: "verplichte informatie",
    ContactKind.INFORMATION_VOLUNTARY: "informatie uit eigen beweging",
}
"""The contacts that a steering table hears of; notes stay inside the province."""
NONE = "–"


def make_pack(*, actor: Actor, province: ProvinceCode, today: date) -> tuple[str, bytes]:
    """Return the name and content of the table pack of a province, of the municipalities that an actor sees.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when the province is out of reach.
    ReferenceFactError
        REF-01 when there is no such province; REF-05 when the running half-year has no target.
    """
    read = read_readings(actor=actor, province=province, today=today)
    warned = read_warnings(actor=actor, province=province, today=today)
    rows = {row.code: row for row in municipality_rows(standing(warned.half_year, today))}
    codes = [line.code for line in warned.lines]
    files = {code: case_file(entries) for code, entries in contacts_of(codes).items()}
    by_code = {line.code: line for line in read.lines}
    made = PackInput(
        province=read.province.name,
        half_year=str(warned.half_year),
        day=today,
        read_on=read.as_of,
        states=[_state(line, rows[line.code]) for line in warned.lines],
        readings=[_reading(by_code[code]) for code in codes if code in by_code],
        agreements=[row for code in codes for row in _agreements(code, files.get(code), today)],
        talks=[row for code in codes for row in _talk(code, files.get(code))],
        assumptions=[f"{one.key} = {one.value}" for one in warned.citations],
    )
    return f"regietafel-{province}-{today.isoformat()}.pdf", table_pack(made)


def _state(line: WarningLine, row: MunicipalityRow) -> Sequence[str]:
    one = line.warned
    chance = NONE if one.chance is None else f"{round(one.chance * 100)}%"
    numbers = (row.net + row.swapped, row.backlog_or_lead, row.corrected, row.realised, row.linked)
    return (line.name, *map(str, numbers), str(max(round(one.short), 0)), chance)


def _reading(line: ReadingLine) -> Sequence[str]:
    answer_by = line.assessment.answer_by
    return (
        line.name,
        VERDICTS[line.verdict],
        str(line.people),
        str(line.assessment.rung or NONE),
        day_in_words(answer_by) if answer_by else NONE,
    )


def _agreements(code: MunicipalityCode, file: CaseFile | None, today: date) -> list[Sequence[str]]:
    name, found = reference.municipality(code).name, list[Sequence[str]]()
    for plan in file.plans if file else ():
        state = "beëindigd" if plan.ended_on else "loopt"
        found.append((name, f"Plan: {plan.contact.what}", _day(plan.contact.due), state))
        for stone in plan.milestones:
            if stone.met_on:
                said = f"gehaald op {day_in_words(stone.met_on)}"
            else:
                said = "te laat" if stone.is_missed(today) else "open"
            found.append((name, stone.contact.what, _day(stone.contact.due), said))
    return found


def _talk(code: MunicipalityCode, file: CaseFile | None) -> list[Sequence[str]]:
    newest = next((one for one in file.contacts if one.kind in TALKS), None) if file else None
    if newest is None:
        return []
    return [
        (reference.municipality(code).name, day_in_words(newest.on), f"{TALKS[newest.kind]}: {newest.what}")
    ]


def _day(day: date | None) -> str:
    return day_in_words(day) if day else NONE
