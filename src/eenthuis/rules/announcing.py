"""Announcing a national number, and what the law says when a later one replaces it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from eenthuis.law.records import TargetLaw
from eenthuis.rules.deadlines import announced_in_time
from eenthuis.terms.half_year import HalfYear


class Remark(StrEnum):
    """A legal remark on an announcement; pages and letters have a sentence for each."""

    IN_TIME = "in-time"
    LATE = "late"
    DATE_UNKNOWN = "date-unknown"
    REPLACES_BEFORE = "replaces-before-the-half-year"
    NO_GROUND = "no-ground-inside-the-half-year"
    DOWN_IS_PRACTICE = "down-inside-is-practice"
    UP_IS_NOT_PRACTICE = "up-inside-is-not-practice"


def remarks(
    *,
    half_year: HalfYear,
    people: int,
    announced_on: date | None,
    replaced_people: int | None,
    law: TargetLaw,
    known_by: date | None = None,
) -> tuple[Remark, ...]:
    """Return the legal remarks on an announced number, in people.

    ``replaced_people`` is the number it replaces, or None for a first one. A replacement is never refused: it is
    recorded with the remark that the Act has no ground for it inside the half-year. ``known_by`` is the day by which it
    had been published, where the day itself was not found; it decides only whether a replacement came inside the
    half-year.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph, and arts. 28 to 31; practice of interim evaluations.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().targets(HalfYear(2025, 1))
    >>> found = remarks(
    ...     half_year=HalfYear(2025, 1),
    ...     people=15_000,
    ...     announced_on=date(2025, 4, 30),
    ...     replaced_people=17_700,
    ...     law=law,
    ... )
    >>> [remark.value for remark in found]
    ['no-ground-inside-the-half-year', 'down-inside-is-practice']
    """
    told_by = announced_on or known_by
    if announced_on is None:
        timing = Remark.DATE_UNKNOWN
    else:
        timing = Remark.IN_TIME if announced_in_time(half_year, announced_on, law).is_in_time else Remark.LATE
    if replaced_people is None or told_by is None:
        return (timing,)
    if told_by < half_year.first_day:
        return (Remark.REPLACES_BEFORE, timing)
    return _inside(people, replaced_people, law)


def _inside(people: int, replaced_people: int, law: TargetLaw) -> tuple[Remark, ...]:
    found = [] if law.interim_change_has_ground else [Remark.NO_GROUND]
    if people < replaced_people and law.down_inside:
        found.append(Remark.DOWN_IS_PRACTICE)
    if people > replaced_people and not law.up_inside:
        found.append(Remark.UP_IS_NOT_PRACTICE)
    return tuple(found)
