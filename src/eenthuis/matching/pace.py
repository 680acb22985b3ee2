"""A proposal set off against the pace that municipalities promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from eenthuis.terms.linking import OpenPlace, PaceLine, ProposedLink
from eenthuis.terms.places import MunicipalityCode


def within_pace(place: OpenPlace) -> int:
    """Return the people a municipality can get without going beyond its promise; all that is open without one.

    A part of a person does not count: a promise of 9.5 people has room for 9.
    """
    if place.promised is None:
        return place.persons
    left = place.promised.people - place.promised.already
    return max(0, min(place.persons, left.numerator // left.denominator))


def pace_lines(places: Sequence[OpenPlace], links: Sequence[ProposedLink]) -> tuple[PaceLine, ...]:
    """Return a line for every place with a promise, in the order of the places."""
    proposed: Counter[MunicipalityCode] = Counter()
    for link in links:
        if link.municipality is not None:
            proposed[link.municipality] += link.persons
    return tuple(
        PaceLine(
            municipality=place.municipality,
            until=place.promised.until,
            promised=place.promised.people,
            already=place.promised.already,
            proposed=proposed[place.municipality],
        )
        for place in places
        if place.promised is not None
    )
