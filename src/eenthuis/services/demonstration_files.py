"""Invented files of supervision for the province of the demonstration: talks, a plan, rungs by two people."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.rules.judgement import reading_date
from eenthuis.services.case_files import Recorded, record
from eenthuis.services.readings import ReadingLine, read_readings
from eenthuis.terms.access import Actor
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import StateError
from eenthuis.terms.half_year import HalfYear

FILES = 4
"""So many municipalities have something in their file."""


def fill_files(*, by: Actor, colleague: Actor, today: date) -> None:
    """Put invented entries in the files of the municipalities that are on a rung in a province.

    Raises
    ------
    StateError
        STA-01 when an entry does not fit: a mistake in this program.
    """
    if by.province is None:
        return
    lines = [
        line
        for line in read_readings(actor=by, province=by.province, today=today).lines
        if line.people > 0 and line.assessment.rung
    ][:FILES]
    for place, line in enumerate(lines):
        _Writer(by, line, today).write(place, colleague)


class _Writer:
    """Writes the entries of one municipality, each so many days after the last reading."""

    def __init__(self, by: Actor, line: ReadingLine, today: date) -> None:
        self._by, self._line, self._today = by, line, today
        self._ended = HalfYear.containing(today).previous
        self._read_on = reading_date(self._ended)

    def write(self, place: int, colleague: Actor) -> None:
        """Write a talk and information, and then what differs from one municipality to the next."""
        self._said(
            ContactKind.TALK_OFFICIALS,
            12,
            "Ambtelijk gesprek over de stand op de leesdatum; verslag gedeeld.",
        )
        self._said(
            ContactKind.INFORMATION_OBLIGED, 26, "Opgave van woningen die de komende zes maanden vrijkomen."
        )
        if place == 0:
            self._plan()
            forward = self._rung()
            self._add(
                Contact(0, ContactKind.RUNG_CONFIRMED, self._day(42), "", "", about=forward), by=colleague
            )
        elif place == 1:
            self._said(
                ContactKind.NOTE, 30, "Het college wacht op een besluit van de raad over flexwoningen."
            )
            self._rung()
        else:
            self._said(
                ContactKind.INFORMATION_VOLUNTARY, 33, "De gemeente stuurde uit zichzelf haar woningplan."
            )

    def _plan(self) -> None:
        kind, on, running = ContactKind.PLAN, self._day(20), self._ended.next
        plan = self._add(
            Contact(
                0,
                kind,
                on,
                "Achterstand in twee halfjaren inhalen",
                "",
                half_year=running,
                due=running.next.last_day,
                people=max(self._line.people, 1),
            )
        )
        stones = {
            45: "Afspraken met de corporatie over voorrang getekend",
            120: "De helft van de woningen gevonden",
            240: "Alle woningen gevonden",
        }
        numbers = [
            self._add(
                Contact(
                    0,
                    ContactKind.MILESTONE,
                    on,
                    what,
                    "",
                    due=self._read_on + timedelta(days=days),
                    about=plan,
                )
            )
            for days, what in stones.items()
        ]
        self._add(Contact(0, ContactKind.MILESTONE_MET, self._day(41), "", "", about=numbers[0]))

    def _rung(self) -> int:
        return self._add(
            Contact(
                0,
                ContactKind.RUNG_PUT_FORWARD,
                self._day(40),
                "Volgt uit de beoordeling op de leesdatum.",
                "",
                half_year=self._ended,
                rung=self._line.assessment.rung,
            )
        )

    def _said(self, kind: ContactKind, days: int, what: str) -> None:
        self._add(Contact(0, kind, self._day(days), what, ""))

    def _day(self, days: int) -> date:
        return min(self._read_on + timedelta(days=days), self._today)

    def _add(self, new: Contact, *, by: Actor | None = None) -> int:
        outcome = record(actor=by or self._by, municipality=self._line.code, new=new, today=self._today)
        if not isinstance(outcome, Recorded):
            raise StateError(
                "STA-01",
                f"{new.kind} does not fit the demonstration's file",
                remedy="Mend the demonstration.",
            )
        return outcome.number
