"""Realised people ("gerealiseerd", signed off at COA), backlog and lead, and the corrected target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from eenthuis.law.records import CountingOrder, ProgressLaw, RealisationLaw
from eenthuis.rules.reorganisation import handed_over, passed_on
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Merger, MunicipalityCode
from eenthuis.terms.targets import CorrectedTarget, NetTargets


def carried_over(corrected: int, realised: int, law: RealisationLaw) -> int:
    """Return the people carried into the next half-year: positive a backlog, negative a lead.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().realisation(HalfYear(2022, 1))
    >>> carried_over(13_707, 11_886, law), carried_over(76, 85, law)
    (1821, -9)
    """
    open_people = corrected - realised
    if open_people > 0:
        return open_people if law.backlog_carries else 0
    return open_people if law.lead_carries else 0


def corrected(
    *,
    municipality: MunicipalityCode,
    half_year: HalfYear,
    net: int,
    swapped: int,
    backlog_or_lead: int,
    realisation: RealisationLaw,
    progress: ProgressLaw,
) -> CorrectedTarget:
    """Return the corrected target ("gecorrigeerde taakstelling"): net, after swaps, with backlog or lead.

    ``swapped`` is the change a swap brought, and ``backlog_or_lead`` the people carried in, all in people. The pace is
    what is expected each month; it is 0 when a lead covers the whole target.

    References
    ----------
    Practice: a lead or backlog on 1 January or 1 July plus the new net target.
    """
    people = net + swapped + backlog_or_lead
    return CorrectedTarget(
        municipality=municipality,
        half_year=half_year,
        net=net,
        swapped=swapped,
        backlog_or_lead=backlog_or_lead,
        people=people,
        pace_per_month=Fraction(max(people, 0), progress.months),
        citations=realisation.citations,
    )


@dataclass(frozen=True, slots=True)
class Divided:
    """Realised people of a half-year, divided over the old backlog and the new target."""

    to_backlog: int
    to_new_target: int


def divided(backlog_or_lead: int, net: int, realised: int, law: RealisationLaw) -> Divided:
    """Return how realised people divide over the old backlog and the new target, all in people.

    What exceeds both stays with the new target, as the start of a lead. The order does not change the corrected
    target; it says which half-year a shortfall belongs to.

    References
    ----------
    Practice; the order is a setting, since no source read states it (Raad van State, 8 August 2018, upheld one
    province's way of counting).

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> divided(11, 37, 37, law_book().realisation(HalfYear(2021, 2)))
    Divided(to_backlog=11, to_new_target=26)
    """
    old = max(backlog_or_lead, 0)
    match law.order:
        case CountingOrder.BACKLOG_FIRST:
            to_backlog = min(old, realised)
        case CountingOrder.NEW_TARGET_FIRST:
            to_backlog = min(old, max(realised - net, 0))
        case _:
            assert_never(law.order)
    return Divided(to_backlog, realised - to_backlog)


@dataclass(frozen=True, slots=True)
class PastHalfYear:
    """A half-year that has ended: targets after swaps on its first day and people signed off, per municipality."""

    half_year: HalfYear
    targets: Mapping[MunicipalityCode, int]
    realised: Mapping[MunicipalityCode, int]
    law: RealisationLaw


def balances(
    past: Sequence[PastHalfYear],
    *,
    mergers: Iterable[Merger],
    opening: Mapping[MunicipalityCode, int] | None = None,
) -> dict[MunicipalityCode, int]:
    """Return the backlog (positive) or lead (negative) of every municipality after the last half-year, in people.

    The half-years are worked through oldest first. Whoever merges hands target and balance to the municipality that
    receives its inhabitants; ``opening`` holds the balances before the first half-year, 0 where it says nothing.

    Raises
    ------
    InputError
        INP-04 when a half-year between two others is missing, or a municipality lacks its realised people.

    References
    ----------
    Practice: a lead or backlog moves to the next half-year by itself.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> code, first = MunicipalityCode("GM1942"), HalfYear(2020, 1)
    >>> law = law_book().realisation(first)
    >>> past = [PastHalfYear(first, {code: 18}, {code: 20}, law), PastHalfYear(first.next, {code: 22}, {code: 26}, law)]
    >>> balances(past, mergers=())
    {'GM1942': -6}
    """
    every = tuple(mergers)
    held = dict(opening or {})
    for index, one in enumerate(past):
        if index and past[index - 1].half_year.next != one.half_year:
            raise InputError(
                "INP-04",
                f"{past[index - 1].half_year.next} is missing before {one.half_year}",
                remedy="Give every half-year of the chain, oldest first; nothing is filled in.",
            )
        due = handed_over(
            {code: people + held.get(code, 0) for code, people in one.targets.items()}, every, one.half_year
        )
        done = handed_over(one.realised, every, one.half_year)
        if lacking := sorted(due.keys() - done.keys()):
            raise InputError(
                "INP-04",
                f"no realised people in {one.half_year} for {', '.join(lacking)}",
                remedy="Give a number for each municipality; 0 where nobody was housed.",
            )
        ended = {code: carried_over(people, done[code], one.law) for code, people in due.items()}
        held = dict(passed_on(ended, every, after=one.half_year.last_day, until=one.half_year.next.first_day))
    return held


def corrected_targets(
    *,
    net: NetTargets,
    past: Sequence[PastHalfYear],
    mergers: Iterable[Merger],
    realisation: RealisationLaw,
    progress: ProgressLaw,
    swapped: Mapping[MunicipalityCode, int] | None = None,
    opening: Mapping[MunicipalityCode, int] | None = None,
) -> tuple[CorrectedTarget, ...]:
    """Return the corrected target of every municipality after a chain of half-years, oldest first.

    ``swapped`` holds the changes that swaps brought in the half-year itself and ``opening`` the balances before the
    first half-year of the chain, both 0 where they say nothing.

    Raises
    ------
    InputError
        INP-04 when the chain has a gap, does not end just before the half-year, or lacks a municipality.
    """
    if past and past[-1].half_year.next != net.half_year:
        raise InputError(
            "INP-04",
            f"the earlier half-years end with {past[-1].half_year}, not just before {net.half_year}",
            remedy=f"Give the half-years up to {net.half_year.previous}; nothing is filled in.",
        )
    carried = balances(past, mergers=mergers, opening=opening)
    changes = swapped or {}
    return tuple(
        corrected(
            municipality=target.municipality,
            half_year=net.half_year,
            net=target.people,
            swapped=changes.get(target.municipality, 0),
            backlog_or_lead=carried.get(target.municipality, 0),
            realisation=realisation,
            progress=progress,
        )
        for target in net.targets
    )
