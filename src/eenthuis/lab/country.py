"""The country and its law as the arrays of the simulation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from eenthuis import reference
from eenthuis.lab.world import RUNGS, Country
from eenthuis.law.book import Book
from eenthuis.reference.policy import association_homes
from eenthuis.rules.targets import reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import Entry

INHABITANTS, SOCIAL_HOUSING = "inhabitants", "social-housing"
"""Distribution keys."""
HALF_MONTHS_A_WEEK = 24 * 7 / 365
HALF_MONTHS_A_MONTH = 2


def codes(book: Book, half_year: HalfYear) -> tuple[MunicipalityCode, ...]:
    """Return the municipalities of a half-year in the order of every array."""
    return tuple(sorted(_people(book, half_year)))


def country(book: Book, half_year: HalfYear, key: str) -> Country:
    """Return the country as the law of a half-year has it; it stays so over the whole run.

    ``key`` is the distribution key. Rounding, notice, term, tolerance, reference month and ladders are of the book.
    """
    people = _people(book, half_year)
    names = tuple(sorted(people))
    law, process, linking = (
        book.targets(half_year),
        book.process(half_year.first_day),
        book.linking(half_year.first_day),
    )
    national = book.supervision(half_year.first_day)
    homes = association_homes()
    stock = np.asarray([homes[name] for name in names])
    inhabitants = np.asarray([people[name] for name in names], np.int64)
    weights = inhabitants if key == INHABITANTS else np.rint(stock).astype(np.int64)
    weeks = process.link_weeks + process.home_weeks + process.move_weeks
    return Country(
        weights=weights,
        total=int(weights.sum()),
        rounds_up=law.rounding is Rounding.UP,
        inhabitants=inhabitants,
        homes=stock / stock.sum(),
        climb=_climbs(book, half_year, names),
        tolerance=national.tolerance,
        excusable_share=float(national.excusable_share),
        link_steps=(linking.reference_month - 1) * HALF_MONTHS_A_MONTH,
        notice_steps=round(law.notice_weeks * HALF_MONTHS_A_WEEK),
        term_steps=int(weeks * HALF_MONTHS_A_WEEK),
    )


def _people(book: Book, half_year: HalfYear) -> Mapping[MunicipalityCode, int]:
    wanted = reference_date(half_year, book.targets(half_year).reference_rule)
    known = reference.reference_dates()
    return reference.inhabitants(min(max(wanted, known[0]), known[-1])).people


def _climbs(book: Book, half_year: HalfYear, names: tuple[MunicipalityCode, ...]) -> NDArray[np.int64]:
    """Return half-years behind in a row per rung (M × RUNGS), 0 where a reading never leads to it."""
    found = np.zeros((len(names), RUNGS), np.int64)
    places = reference.supervising_places()
    steps: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        place = places[name]
        if place not in steps:
            ladder = book.supervision(half_year.first_day, place).ladder
            steps[place] = [
                r.half_years if r.entry is Entry.READING else 0 for r in ladder.rungs[: RUNGS - 1]
            ]
        found[row, 1 : 1 + len(steps[place])] = steps[place]
    return found
