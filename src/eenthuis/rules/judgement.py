"""Whether a municipality complies, is ahead or behind, and whether a backlog is excusable ("verschoonbaar")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from eenthuis.law.supervision import SupervisionLaw
from eenthuis.rules.progress import months_passed
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.supervision import Figures


@dataclass(frozen=True, slots=True)
class Lead:
    """More people were realised than the whole corrected target asks."""

    people: int


@dataclass(frozen=True, slots=True)
class Complies:
    """What was due is there; ``short`` is the people still lacking within the tolerance."""

    short: int


@dataclass(frozen=True, slots=True)
class ExcusablyBehind:
    """Behind by ``people`` ("voldoet niet, doch verschoonbaar")."""

    people: int


@dataclass(frozen=True, slots=True)
class Behind:
    """Behind by ``people``, and not excusable."""

    people: int


Judgement = Lead | Complies | ExcusablyBehind | Behind
"""Everything a reading can say of a municipality."""


def word(judgement: Judgement) -> str:
    """Return the word for a judgement, as commands and receipts write it."""
    match judgement:
        case Lead():
            return "lead"
        case Complies():
            return "complies"
        case ExcusablyBehind():
            return "behind-excusable"
        case Behind():
            return "behind"
        case _:
            assert_never(judgement)


class GroundKind(StrEnum):
    """What a ground says; :class:`Ground` holds its numbers. People, unless it says otherwise."""

    LEAD = "lead"  # number realised more than out_of, the corrected target
    MET = "met"  # number realised of out_of due
    WITHIN_TOLERANCE = "within-tolerance"  # number short, out_of allowed
    SHORT = "short"  # number short of out_of due, at by
    NOT_LINKED_IN_TIME = "not-linked-in-time"  # number not linked of out_of corrected, at by
    REQUESTS_UNMET = "requests-unmet"  # number in requests that could not be met
    HOMES_READY = "homes-ready"  # number of people for out_of homes
    OUTSIDE = "outside"  # number of the backlog of out_of lies outside the municipality
    PLAN_ON_SCHEDULE = "plan-on-schedule"  # half-year number of out_of agreed
    PLAN_OVER = "plan-over"  # half-year number where out_of were agreed
    CARRIED_IN = "carried-in"  # number carried into a net target of out_of
    OWN_COUNT = "own-count"  # number by its own count, out_of signed off
    IN_A_ROW = "in-a-row"  # number of half-years
    CLIMBS = "climbs"  # to rung number from rung out_of
    HELD_EXCUSABLE = "held-excusable"  # stays on rung number
    HELD_CONDITIONS = "held-conditions"  # stays on rung number; rung out_of asks more
    HELD_DECISION = "held-decision"  # stays on rung number; rung out_of needs a decision
    HELD_TOP = "held-top"  # stays on rung number, the highest
    HELD_PROVISIONAL = "held-provisional"  # stays on rung number until the reading at by
    LEAVES = "leaves"  # leaves the ladder from rung out_of


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason in numbers; what they are depends on ``kind``."""

    kind: GroundKind
    number: int
    out_of: int = 0
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with its grounds, and whether it was given before the half-year had ended."""

    judgement: Judgement
    grounds: tuple[Ground, ...]
    is_provisional: bool


def reading_date(half_year: HalfYear) -> date:
    """Return the day on which a half-year is judged: 1 July or 1 January, the first day after it.

    Examples
    --------
    >>> reading_date(HalfYear(2025, 2))
    datetime.date(2026, 1, 1)
    """
    return half_year.next.first_day


def due(figures: Figures, on: date, law: SupervisionLaw) -> Fraction:
    """Return the people due at the start of a day: the corrected target after the half-year, else what the pace asks.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().supervision(date(2025, 1, 1))
    >>> half = Figures(HalfYear(2025, 1), corrected=48, realised=0, linked=0, source="example")
    >>> due(half, date(2025, 4, 1), law), due(half, date(2025, 7, 1), law)
    (Fraction(24, 1), Fraction(48, 1))
    """
    if on > figures.half_year.last_day:
        return Fraction(figures.corrected)
    return Fraction(max(figures.corrected, 0) * months_passed(figures.half_year, on), law.months)


def judge(figures: Figures, on: date, law: SupervisionLaw, plan_half_years: int) -> Judged:
    """Return how a municipality stands at the start of a day, with the reasons in numbers.

    ``plan_half_years`` says for how many half-years in a row an agreed catch-up is on schedule, this one included.

    A backlog is excusable when a catch-up agreed with the province is on schedule, for as many half-years as were
    agreed; or when enough of it lies outside the municipality: people not linked to it by the reference date of
    linking (or homes that stood ready for them, whichever is more: both are the same gap seen from two sides), and
    people in requests that could not be met.

    References
    ----------
    Huisvestingswet 2014, art. 28. What makes a backlog excusable is practice of the provinces, and in part assumption.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law, on = law_book().supervision(date(2022, 1, 1), "noord-brabant"), date(2022, 1, 1)
    >>> half = Figures(HalfYear(2021, 2), 48, 37, linked=48, source="example", plan_on_schedule=True)
    >>> judge(half, on, law, plan_half_years=1).judgement
    ExcusablyBehind(people=11)
    """
    provisional = on <= figures.half_year.last_day
    asked = _up(due(figures, on, law)) if provisional else figures.corrected
    about = tuple(_about(figures))
    if figures.realised > figures.corrected:
        ahead = figures.realised - figures.corrected
        return Judged(Lead(ahead), (Ground(GroundKind.LEAD, ahead, figures.corrected), *about), provisional)
    backlog = asked - figures.realised
    if backlog <= law.tolerance:
        ground = (
            Ground(GroundKind.WITHIN_TOLERANCE, backlog, law.tolerance)
            if backlog > 0
            else Ground(GroundKind.MET, figures.realised, asked)
        )
        return Judged(Complies(max(backlog, 0)), (ground, *about), provisional)
    short = Ground(GroundKind.SHORT, backlog, asked, on)
    outside = tuple(_outside(figures, on, law))
    explained = _explained(outside, backlog)
    plan = tuple(_plan(figures, law, plan_half_years))
    is_excusable = explained >= law.excusable_share * backlog or any(
        ground.kind is GroundKind.PLAN_ON_SCHEDULE for ground in plan
    )
    grounds = (short, *outside, Ground(GroundKind.OUTSIDE, explained, backlog), *plan, *about)
    return Judged(ExcusablyBehind(backlog) if is_excusable else Behind(backlog), grounds, provisional)


def _up(people: Fraction) -> int:
    """Return people rounded up, since nobody is housed for a part."""
    return -(-people.numerator // people.denominator)


def _outside(figures: Figures, on: date, law: SupervisionLaw) -> Iterator[Ground]:
    by = figures.half_year.months[law.link_month - 1]
    missing = figures.corrected - figures.linked
    if on >= by and missing > 0:
        yield Ground(GroundKind.NOT_LINKED_IN_TIME, missing, figures.corrected, by)
    if figures.homes_ready:
        people = figures.homes_ready * law.people_per_home
        yield Ground(GroundKind.HOMES_READY, people, figures.homes_ready)
    if figures.requests_unmet:
        yield Ground(GroundKind.REQUESTS_UNMET, figures.requests_unmet)


def _explained(outside: tuple[Ground, ...], backlog: int) -> int:
    by_kind = {ground.kind: ground.number for ground in outside}
    gap = max(by_kind.get(GroundKind.NOT_LINKED_IN_TIME, 0), by_kind.get(GroundKind.HOMES_READY, 0))
    return min(backlog, gap + by_kind.get(GroundKind.REQUESTS_UNMET, 0))


def _plan(figures: Figures, law: SupervisionLaw, half_years: int) -> Iterator[Ground]:
    if figures.plan_on_schedule:
        within = half_years <= law.plan_half_years
        kind = GroundKind.PLAN_ON_SCHEDULE if within else GroundKind.PLAN_OVER
        yield Ground(kind, half_years, law.plan_half_years)


def _about(figures: Figures) -> Iterator[Ground]:
    """Yield what a reader must know of the numbers themselves."""
    if figures.net is not None and figures.net != figures.corrected:
        yield Ground(GroundKind.CARRIED_IN, figures.corrected - figures.net, figures.net)
    if figures.own_count is not None and figures.own_count != figures.realised:
        yield Ground(GroundKind.OWN_COUNT, figures.own_count, figures.realised)
