"""The last reading of supervision, from the tables: targets, sign-offs and links of every half-year held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import linking_deadline
from eenthuis.rules.judgement import reading_date
from eenthuis.rules.supervision import Assessment, assess_supervision
from eenthuis.services.balances import Standing
from eenthuis.store.desk_counts import linked_by_day
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import Figures

SOURCE = "targets, links and sign-offs as recorded"


def read_assessments(
    where: Standing, municipalities: Sequence[MunicipalityCode], today: date
) -> Mapping[MunicipalityCode, Assessment]:
    """Return the reading of the last half-year that has ended; one without figures of it is left out.

    Rungs decided on by the province and excuses beyond the number of links are not recorded, so every rung here is a
    proposal from the figures alone; a person in the province decides.
    """
    ended = HalfYear.containing(today).previous
    known = sorted(half_year for half_year in where.past if half_year <= ended)
    if not known or known[-1] != ended:
        return {}
    linked = linked_by_day(
        [
            (half_year, linking_deadline(half_year, law_book().linking(half_year.first_day)))
            for half_year in known
        ]
    )
    progress = {}
    for code in municipalities:
        held = [half_year for half_year in known if code in where.past[half_year]]
        if held and held[-1] == ended and len(held) == _span(held):
            progress[code] = [
                Figures(
                    half_year,
                    corrected=where.past[half_year][code].corrected,
                    realised=where.past[half_year][code].realised,
                    linked=linked.get((half_year, code), 0),
                    source=SOURCE,
                )
                for half_year in held
            ]
    if not progress:
        return {}
    places = reference.supervising_places()
    found = assess_supervision(
        half_year=ended, as_of=reading_date(ended), progress=progress, places=places, book=law_book()
    )
    return {one.municipality: one for one in found}


def _span(held: Sequence[HalfYear]) -> int:
    count, day = 1, held[0]
    while day != held[-1]:
        count, day = count + 1, day.next
    return count
