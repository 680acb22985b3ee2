"""Progress against the expected pace within a half-year."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from eenthuis.law.records import ProgressLaw
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.targets import Progress


class PaceClass(StrEnum):
    """Where a municipality stands against the pace; the limits are settings of the law book."""

    MET = "met"
    ON_SCHEDULE = "on-schedule"
    BEHIND = "behind"
    FAR_BEHIND = "far-behind"


def months_passed(half_year: HalfYear, as_of: date) -> int:
    """Return the whole months of the half-year that have passed at the start of ``as_of``, 0 to 6.

    Examples
    --------
    >>> months_passed(HalfYear(2017, 1), date(2017, 4, 1)), months_passed(HalfYear(2017, 1), date(2017, 7, 1))
    (3, 6)
    """
    if as_of > half_year.last_day:
        return len(half_year.months)
    return max(0, (as_of.year - half_year.year) * 12 + as_of.month - half_year.first_day.month)


def expected(corrected: int, half_year: HalfYear, as_of: date, law: ProgressLaw) -> Fraction:
    """Return the people the pace asks to have realised at the start of ``as_of``.

    References
    ----------
    Practice of the former support platform: a sixth of the corrected target per month.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> expected(19_082, HalfYear(2017, 1), date(2017, 2, 1), law_book().progress(HalfYear(2017, 1)))
    Fraction(9541, 3)
    """
    return Fraction(max(corrected, 0) * months_passed(half_year, as_of), law.months)


def expected_by_day(corrected: int, half_year: HalfYear, as_of: date, law: ProgressLaw) -> Fraction:
    """Return the people the pace asks at the start of ``as_of``, where each day of a month asks an equal part.

    At the start of a month it is what :func:`expected` asks. That a month asks evenly is a way of drawing the pace per
    week; the practice itself knows months only.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> expected_by_day(600, HalfYear(2026, 1), date(2026, 2, 15), law_book().progress(HalfYear(2026, 1)))
    Fraction(150, 1)
    """
    asked = Fraction(0)
    for first, after in pairwise((*half_year.months, half_year.next.first_day)):
        days = (after - first).days
        passed = min(max((as_of - first).days, 0), days)
        asked += Fraction(max(corrected, 0) * passed, law.months * days)
    return asked


def pace_class(progress: Progress, law: ProgressLaw) -> PaceClass:
    """Return the class of a municipality: met, on schedule, behind or far behind.

    Met means that what was realised covers the whole corrected target, at any time of the half-year.
    """
    if progress.realised >= progress.corrected:
        return PaceClass.MET
    if progress.realised >= law.on_schedule_from * progress.expected:
        return PaceClass.ON_SCHEDULE
    if progress.realised < law.far_behind_below * progress.expected:
        return PaceClass.FAR_BEHIND
    return PaceClass.BEHIND
