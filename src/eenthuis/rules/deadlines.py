"""Days by which something must have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis.law.records import LinkingLaw, ProcessLaw, TargetLaw
from eenthuis.terms.half_year import HalfYear


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether an announcement came in time; ``days`` counts from the deadline, negative when early."""

    deadline: date
    days: int

    @property
    def is_in_time(self) -> bool:
        """Whether it came on the deadline or before."""
        return self.days <= 0


def announcement_deadline(half_year: HalfYear, law: TargetLaw) -> date:
    """Return the last day on which the national number can be published in time.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph: at least thirteen weeks before the half-year begins.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> announcement_deadline(HalfYear(2023, 1), law_book().targets(HalfYear(2023, 1)))
    datetime.date(2022, 10, 2)
    """
    return half_year.first_day - timedelta(weeks=law.notice_weeks)


def announced_in_time(half_year: HalfYear, announced_on: date, law: TargetLaw) -> Timeliness:
    """Return whether the number of a half-year was published in time."""
    deadline = announcement_deadline(half_year, law)
    return Timeliness(deadline, (announced_on - deadline).days)


def linking_deadline(half_year: HalfYear, law: LinkingLaw) -> date:
    """Return the day by which COA must have linked enough people for the target to be reachable.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> linking_deadline(HalfYear(2026, 1), law_book().linking(date(2026, 1, 1)))
    datetime.date(2026, 4, 1)
    """
    return half_year.months[law.reference_month - 1]


def promised_until(half_year: HalfYear, as_of: date, law: LinkingLaw) -> date:
    """Return the day up to which the pace of a half-year is promised, seen from ``as_of``.

    That is the reference date as long as it is still to come, and then the day after the half-year: the reference date
    of the next half-year belongs to another target.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().linking(date(2026, 1, 1))
    >>> promised_until(HalfYear(2026, 1), date(2026, 3, 31), law)
    datetime.date(2026, 4, 1)
    >>> promised_until(HalfYear(2026, 1), date(2026, 4, 1), law)
    datetime.date(2026, 7, 1)
    """
    by = linking_deadline(half_year, law)
    return by if as_of < by else half_year.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProcessDays:
    """The last days of each step from permit to key."""

    linked_by: date
    home_by: date
    moved_by: date


def process_days(permit_on: date, law: ProcessLaw) -> ProcessDays:
    """Return by when a household should be linked, have a home and have moved.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> process_days(date(2026, 1, 1), law_book().process(date(2026, 1, 1))).moved_by
    datetime.date(2026, 4, 9)
    """
    linked = permit_on + timedelta(weeks=law.link_weeks)
    home = linked + timedelta(weeks=law.home_weeks)
    return ProcessDays(linked, home, home + timedelta(weeks=law.move_weeks))
