"""Readings of supervision from the tables: what stood there on any day, judged by the ladder of each province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.case_file import CaseFile, case_file
from eenthuis.rules.deadlines import linking_deadline
from eenthuis.rules.judgement import reading_date
from eenthuis.rules.supervision import Assessment, assess_supervision
from eenthuis.services.balances import Standing, standing
from eenthuis.store.case_files import contacts_of
from eenthuis.store.desk_counts import linked_by_day
from eenthuis.store.readings import own_counts
from eenthuis.terms.case_file import ContactKind
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import Figures

SOURCE = "targets, links and sign-offs as recorded"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """The readings of municipalities for a half-year at the start of a day, with the figures they rest on."""

    half_year: HalfYear
    as_of: date
    assessments: Mapping[MunicipalityCode, Assessment]
    progress: Mapping[MunicipalityCode, Sequence[Figures]]


def half_year_read_on(day: date) -> HalfYear:
    """Return the half-year that a reading at the start of a day is about: the running one, or the one just ended.

    Examples
    --------
    >>> str(half_year_read_on(date(2026, 1, 1))), str(half_year_read_on(date(2026, 1, 2)))
    ('2025-II', '2026-I')
    """
    return HalfYear.containing(day - ONE_DAY)


def last_reading_date(today: date) -> date:
    """Return the last 1 January or 1 July up to and including today."""
    return reading_date(HalfYear.containing(today).previous)


def read_on(municipalities: Sequence[MunicipalityCode], half_year: HalfYear, as_of: date) -> Read:
    """Return the readings of a half-year at the start of a day, from what had happened by then.

    A municipality without figures of the half-year, or with a half-year missing in between, is left out.

    Raises
    ------
    ReferenceFactError
        REF-05 when no target was announced for the half-year.
    """
    progress = figures_on(
        standing(half_year, min(as_of - ONE_DAY, half_year.last_day)), municipalities, half_year, as_of
    )
    found = (
        assess_supervision(
            half_year=half_year,
            as_of=as_of,
            progress=progress,
            places=reference.supervising_places(),
            book=law_book(),
        )
        if progress
        else ()
    )
    return Read(half_year, as_of, {one.municipality: one for one in found}, progress)


def figures_on(
    where: Standing, municipalities: Sequence[MunicipalityCode], half_year: HalfYear, as_of: date
) -> Mapping[MunicipalityCode, Sequence[Figures]]:
    """Return the figures of every half-year held up to and including one, per municipality, oldest first."""
    known = sorted(held for held in where.past if held <= half_year)
    if not known or known[-1] != half_year:
        return {}
    linked = linked_by_day(
        [
            (held, min(linking_deadline(held, law_book().linking(held.first_day)), as_of - ONE_DAY))
            for held in known
        ]
    )
    stated = own_counts(municipalities, as_of - ONE_DAY)
    files = {code: case_file(entries) for code, entries in contacts_of(municipalities).items()}
    progress = {}
    for code in municipalities:
        mine = [held for held in known if code in where.past[held]]
        if mine and mine[-1] == half_year and len(mine) == _span(mine):
            recorded = [
                Figures(
                    held,
                    corrected=where.past[held][code].corrected,
                    realised=where.past[held][code].realised,
                    linked=linked.get((held, code), 0),
                    source=SOURCE,
                    net=where.past[held][code].net + where.past[held][code].swapped,
                    own_count=stated.get((held, code)),
                )
                for held in mine
            ]
            progress[code] = [_with_file(one, files.get(code), half_year, as_of) for one in recorded]
    return progress


def _with_file(figures: Figures, file: CaseFile | None, asked: HalfYear, as_of: date) -> Figures:
    """Return figures with what the province recorded of that half-year in the file before a day."""
    if file is None:
        return figures
    held = figures.half_year
    decided = file.decided(held, as_of) if held < asked else None
    return replace(
        figures,
        requests_unmet=file.counted(ContactKind.REQUESTS_UNMET, held, as_of),
        homes_ready=file.counted(ContactKind.HOMES_READY, held, as_of),
        plan_on_schedule=file.is_on_schedule(held, min(reading_date(held), as_of)),
        decided_rung=decided.contact.rung if decided else None,
        skip_reason=decided.contact.what if decided else "",
    )


def read_assessments(
    where: Standing, municipalities: Sequence[MunicipalityCode], today: date
) -> Mapping[MunicipalityCode, Assessment]:
    """Return the reading of the last half-year that has ended; one without figures of it is left out.

    A rung is a proposal from the figures; a person in the province decides.
    """
    ended = HalfYear.containing(today).previous
    if ended not in where.past:
        return {}
    return read_on(municipalities, ended, reading_date(ended)).assessments


def _span(held: Sequence[HalfYear]) -> int:
    count, day = 1, held[0]
    while day != held[-1]:
        count, day = count + 1, day.next
    return count
