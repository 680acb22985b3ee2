"""Realised people ("gerealiseerd", signed off at COA), backlog and lead, and the corrected target."""

from __future__ import annotations

from fractions import Fraction

from eenthuis.law.records import ProgressLaw, RealisationLaw
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import CorrectedTarget


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


def towards_backlog_first(backlog_or_lead: int, realised: int, law: RealisationLaw) -> tuple[int, int]:
    """Return how realised people divide over the old backlog and the new target, in people.

    Under ``backlog-first`` the oldest task is done first; under any other order the new target is.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> towards_backlog_first(11, 37, law_book().realisation(HalfYear(2021, 2)))
    (11, 26)
    """
    old = max(backlog_or_lead, 0)
    if law.order == "backlog-first":
        first = min(old, realised)
        return first, realised - first
    return 0, realised
