"""Mergers and border corrections: whose inhabitants count for which municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from eenthuis.law.records import ReorganisationRule
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, Merger, MunicipalityCode


def inhabitants_for(
    *,
    half_year: HalfYear,
    counted: Inhabitants,
    mergers: Iterable[Merger],
    rule: ReorganisationRule,
) -> Inhabitants:
    """Return the inhabitants on the reference date, in the municipalities that carry the targets.

    The targets belong to the municipalities that exist on the first day of the half-year. Inhabitants counted on an
    earlier reference date pass along with every merger between that date and the first day. A merger inside the
    half-year, such as Weesp on 24 March 2022, changes no target of that half-year; see :func:`handed_over`.

    A municipality that was divided gives each receiver its share: the people who passed on the day of the merger, in
    proportion, applied to the count on the reference date by largest remainder so that nobody is lost.

    Raises
    ------
    ReferenceFactError
        REF-06 when a merger concerns a municipality that has no inhabitants on the reference date.

    References
    ----------
    Huisvestingswet 2014, art. 30. Until mid-2026 the provincial executive sets the figures, "following the parts as
    far as possible"; afterwards the Minister uses the CBS figures of the parts. Both give the parts' sum here; a figure
    that a provincial executive set otherwise can be handed in as inhabitants.
    """
    match rule:
        case ReorganisationRule.PROVINCIAL_EXECUTIVE | ReorganisationRule.PARTS_AT_REFERENCE_DATE:
            pass
        case _:
            assert_never(rule)
    people = dict(counted.people)
    for day in sorted({m.day for m in mergers if counted.reference_date < m.day <= half_year.first_day}):
        for giving in sorted({m.giving for m in mergers if m.day == day}):
            parts = {m.receiving: m.people for m in mergers if m.day == day and m.giving == giving}
            _pass_on(people, giving, parts, day)
    return Inhabitants(counted.reference_date, people, counted.country, counted.source)


def handed_over(
    targets: Mapping[MunicipalityCode, int], mergers: Iterable[Merger], half_year: HalfYear
) -> Mapping[MunicipalityCode, int]:
    """Return who answers for the targets on the last day of the half-year, in people.

    A municipality that ends inside the half-year hands its target to the one that receives all its inhabitants, or
    divides it by the people who passed.

    Examples
    --------
    >>> weesp, amsterdam = MunicipalityCode("GM0457"), MunicipalityCode("GM0363")
    >>> merger = Merger(date(2022, 3, 24), weesp, amsterdam, 20766)
    >>> handed_over({weesp: 12, amsterdam: 500}, [merger], HalfYear(2022, 1))
    {'GM0363': 512}
    """
    left = dict(targets)
    inside = [m for m in mergers if half_year.first_day < m.day <= half_year.last_day]
    for giving in sorted({m.giving for m in inside}):
        _pass_on(
            left, giving, {m.receiving: m.people for m in inside if m.giving == giving}, half_year.last_day
        )
    return left


def _pass_on(
    people: dict[MunicipalityCode, int],
    giving: MunicipalityCode,
    parts: Mapping[MunicipalityCode, int],
    day: date,
) -> None:
    if giving not in people:
        raise ReferenceFactError(
            "REF-06",
            f"{giving} was merged on {day.isoformat()} but has no figure to pass on",
            remedy="Hand in figures of the municipalities that existed on the reference date.",
        )
    for receiving, number in _divided(people.pop(giving), parts).items():
        people[receiving] = people.get(receiving, 0) + number


def _divided(total: int, parts: Mapping[MunicipalityCode, int]) -> dict[MunicipalityCode, int]:
    weight = sum(parts.values())
    shares = {code: total * number // weight for code, number in parts.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(parts, key=lambda code: (-(total * parts[code] % weight), code))
    for code in by_remainder[:left]:
        shares[code] += 1
    return shares
