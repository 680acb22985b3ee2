"""The country and its law as the arrays of the simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eenthuis import reference
from eenthuis.lab.world import RUNGS, SIZES, Country
from eenthuis.law.book import Book
from eenthuis.reference.policy import association_homes, housing_stock
from eenthuis.rules.targets import reference_date
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import OWN_WEIGHTS, THOUSANDTHS
from eenthuis.terms.supervision import Entry

INHABITANTS, HOUSING_STOCK, SOCIAL_HOUSING = "inhabitants", "housing-stock", "social-housing"
"""Distribution keys that need nothing but packaged facts; the other is ``OWN_WEIGHTS``."""
HEAVIEST = 10**13
"""Thousandths that all municipalities together may weigh, so that no product of a run overflows."""
HALF_MONTHS_A_WEEK = 24 * 7 / 365
HALF_MONTHS_A_MONTH = 2


def codes(book: Book, half_year: HalfYear) -> tuple[MunicipalityCode, ...]:
    """Return the municipalities of a half-year in the order of every array."""
    return tuple(sorted(_people(book, half_year)))


def country(
    book: Book, half_year: HalfYear, key: str, own: Mapping[MunicipalityCode, int] | None = None
) -> Country:
    """Return the country as the law of a half-year has it; it stays so over the whole run.

    ``key`` is the distribution key and ``own`` the weights that go with ``OWN_WEIGHTS``, in thousandths. Rounding,
    notice, term, tolerance, reference month and ladders are of the book.
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
    weights = _weights(key, names, people, own or {})
    weeks = process.link_weeks + process.home_weeks + process.move_weeks
    return Country(
        weights=weights,
        total=int(weights.sum()),
        rounds_up=law.rounding is Rounding.UP,
        inhabitants=inhabitants,
        part=inhabitants.cumsum() / inhabitants.sum(),
        homes=stock / stock.sum(),
        climb=_climbs(book, half_year, names),
        at_work=np.zeros((0, len(SIZES))),
        regular=_regular(names),
        tolerance=national.tolerance,
        excusable_share=float(national.excusable_share),
        link_steps=(linking.reference_month - 1) * HALF_MONTHS_A_MONTH,
        notice_steps=round(law.notice_weeks * HALF_MONTHS_A_WEEK),
        term_steps=int(weeks * HALF_MONTHS_A_WEEK),
    )


def require_weights(book: Book, half_year: HalfYear, own: Mapping[MunicipalityCode, int]) -> None:
    """Refuse weights of a scenario by which nothing can be shared out.

    Raises
    ------
    InputError
        INP-04 naming the municipalities without a weight, INP-02 those that the country does not have, INP-06 for a
        weight below 0, and for weights that add up to nothing or to too much.
    """
    names = codes(book, half_year)
    where = Location(column="weights")
    if missing := sorted(set(names) - own.keys()):
        raise InputError(
            "INP-04",
            f"{len(missing)} municipalities have no weight: {_some(missing)}",
            remedy=f"Give every one of the {len(names)} municipalities a weight.",
            location=where,
        )
    if other := sorted(own.keys() - set(names)):
        raise InputError(
            "INP-02",
            f"{len(other)} municipalities with a weight are not in the country of {half_year}: {_some(other)}",
            remedy="Leave them out, or add their weight to the municipality they went to.",
            location=where,
        )
    below = sorted(code for code, weight in own.items() if weight < 0)
    if below or not 0 < sum(own.values()) <= HEAVIEST:
        said = f"{below[0]} weighs less than 0" if below else "the weights add up to nothing or to too much"
        raise InputError(
            "INP-06",
            said,
            remedy=f"Give weights of 0 or more that add up to at most {HEAVIEST // THOUSANDTHS}.",
            location=where,
        )


def _some(names: Sequence[MunicipalityCode]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")  # noqa: PLR2004 - enough to see which


def _weights(
    key: str,
    names: Sequence[MunicipalityCode],
    people: Mapping[MunicipalityCode, int],
    own: Mapping[MunicipalityCode, int],
) -> NDArray[np.int64]:
    if key in {HOUSING_STOCK, SOCIAL_HOUSING}:
        homes = housing_stock() if key == HOUSING_STOCK else association_homes()
        return np.rint([homes[name] for name in names]).astype(np.int64)
    found = own if key == OWN_WEIGHTS else people
    return np.asarray([found[name] for name in names], np.int64)


def _regular(names: Sequence[MunicipalityCode]) -> NDArray[np.float64]:
    counted = {one.municipality: one.regular for one in reference.reception_capacity()}
    places = np.asarray([counted[name] for name in names], np.float64)
    return np.asarray(places / places.sum())


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
