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
    within = [m for m in mergers if counted.reference_date < m.day <= half_year.first_day]
    holders = counted.people.keys() | {m.receiving for m in within}
    if lacking := sorted({m.giving for m in within} - holders):
        raise ReferenceFactError(
            "REF-06",
            f"{', '.join(lacking)} merged after {counted.reference_date.isoformat()} but has no inhabitants that day",
            remedy="Hand in figures of the municipalities that existed on the reference date.",
        )
    people = passed_on(counted.people, within)
    return Inhabitants(counted.reference_date, people, counted.country, counted.source)


def outside_the_words(
    mergers: Iterable[Merger], *, counted_on: date, half_year: HalfYear, rule: ReorganisationRule
) -> tuple[Merger, ...]:
    """Return the mergers that move inhabitants for a half-year although the text of art. 30 does not name their case.

    The older text speaks of a reorganisation on 1 January of the year of the half-year only; the text of 1 July 2026
    speaks of every reorganisation and border correction.

    References
    ----------
    Huisvestingswet 2014, art. 30, texts of 1 July 2017 and 1 July 2026.

    Examples
    --------
    >>> weesp = Merger(date(2022, 3, 24), MunicipalityCode("GM0457"), MunicipalityCode("GM0363"), 20766)
    >>> asked = {"counted_on": date(2021, 1, 1), "half_year": HalfYear(2022, 2)}
    >>> len(outside_the_words([weesp], rule=ReorganisationRule.PROVINCIAL_EXECUTIVE, **asked))
    1
    >>> outside_the_words([weesp], rule=ReorganisationRule.PARTS_AT_REFERENCE_DATE, **asked)
    ()
    """
    moved = tuple(m for m in mergers if counted_on < m.day <= half_year.first_day)
    match rule:
        case ReorganisationRule.PROVINCIAL_EXECUTIVE:
            return tuple(m for m in moved if m.day != date(half_year.year, 1, 1))
        case ReorganisationRule.PARTS_AT_REFERENCE_DATE:
            return ()
    assert_never(rule)


def handed_over(
    figures: Mapping[MunicipalityCode, int], mergers: Iterable[Merger], half_year: HalfYear
) -> Mapping[MunicipalityCode, int]:
    """Return who answers for the targets on the last day of the half-year, in people.

    A municipality that ends inside the half-year hands its target to the one that receives all its inhabitants, or
    divides it by the people who passed.

    References
    ----------
    Not in art. 30, which speaks of inhabitants only; it follows from the legal succession of municipalities.

    Examples
    --------
    >>> weesp, amsterdam = MunicipalityCode("GM0457"), MunicipalityCode("GM0363")
    >>> merger = Merger(date(2022, 3, 24), weesp, amsterdam, 20766)
    >>> handed_over({weesp: 12, amsterdam: 500}, [merger], HalfYear(2022, 1))
    {'GM0363': 512}
    """
    return passed_on(figures, mergers, after=half_year.first_day, until=half_year.last_day)


def passed_on(
    figures: Mapping[MunicipalityCode, int],
    mergers: Iterable[Merger],
    *,
    after: date = date.min,
    until: date = date.max,
) -> dict[MunicipalityCode, int]:
    """Return figures of municipalities after every merger from the day after ``after`` up to and including ``until``.

    A figure may be inhabitants, targets, realised people or a balance; a lead is negative. Their sum stays the same,
    and a merger of a municipality without a figure changes nothing. In a border correction the giving municipality
    lives on: it is listed as a receiver of the people it keeps.

    Examples
    --------
    >>> a, b = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
    >>> moved = [Merger(date(2022, 1, 1), a, a, 900), Merger(date(2022, 1, 1), a, b, 100)]
    >>> passed_on({a: 20, b: 5}, moved)
    {'GM0002': 7, 'GM0001': 18}
    >>> brielle, voorne = MunicipalityCode("GM0501"), MunicipalityCode("GM1992")
    >>> passed_on({brielle: -3}, [Merger(date(2023, 1, 1), brielle, voorne, 18024)])
    {'GM1992': -3}
    """
    left = dict(figures)
    within = [m for m in mergers if after < m.day <= until]
    for day, giving in sorted({(m.day, m.giving) for m in within}):
        if giving not in left:
            continue
        parts = {m.receiving: m.people for m in within if m.day == day and m.giving == giving}
        for receiving, number in _divided(left.pop(giving), parts).items():
            left[receiving] = left.get(receiving, 0) + number
    return left


def _divided(total: int, parts: Mapping[MunicipalityCode, int]) -> dict[MunicipalityCode, int]:
    weight = sum(parts.values())
    shares = {code: total * number // weight for code, number in parts.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(parts, key=lambda code: (-(total * parts[code] % weight), code))
    for code in by_remainder[:left]:
        shares[code] += 1
    return shares
