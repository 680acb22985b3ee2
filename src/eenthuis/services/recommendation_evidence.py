"""What the system itself counts of a recommendation, now: each number with what it is of, and from where it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from eenthuis.law import law_book
from eenthuis.law.schemes import schemes_on
from eenthuis.rules.scheme_overlap import overlaps
from eenthuis.rules.targets import net_targets
from eenthuis.services.access import require
from eenthuis.services.balances import municipality_rows, standing
from eenthuis.services.composing import month_of
from eenthuis.services.country import running_half_year
from eenthuis.services.sharing import inhabitants_of
from eenthuis.services.way_reading import overdue
from eenthuis.store import announcements, composition, deviations, people, urgency
from eenthuis.store import recommendation_counts as counts
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.way import DeadlineKind

DAYS_BACK = 182
"""Households signed off in so many days are looked at: half a year."""
MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7
KEPT = 4


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number counted on a day; ``of`` is the whole it is a part of, None where it is of nothing.

    ``value`` is None where there is nothing to count yet, or the count is too small to show.
    """

    name: str
    value: int | Fraction | None
    of: int | None
    on: date
    is_hidden: bool = False

    @property
    def share(self) -> Fraction | None:
        """The number as a share of its whole."""
        return Fraction(self.value) / self.of if self.value is not None and self.of else None


def read_indicators(*, actor: Actor, names: tuple[str, ...], today: date) -> tuple[Indicator, ...]:
    """Return indicators by name, counted now over the whole country.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-recommendations")
    version = (*counts.version(), *announcements.version())
    return tuple(_counted(name, today, version) for name in names)


@lru_cache(maxsize=KEPT * 20)
def _counted(name: str, today: date, version: tuple[str, ...]) -> Indicator:
    del version
    value, of = _COUNTS[name](today)
    if name not in _OF_HOUSEHOLDS:
        return Indicator(name, value, of, today)
    floor = law_book().linking(today).disclosure_floor
    rest = of - int(value) if of is not None and value is not None else 0
    hidden = any(0 < number < floor for number in (int(value or 0), rest))
    return Indicator(name, None if hidden else value, of, today, is_hidden=hidden)


Found = tuple[int | Fraction | None, int | None]


def _waiting_people(today: date) -> Found:
    del today
    return people.waiting_counts()[1], None


def _centre_places(today: date) -> Found:
    del today
    return people.waiting_counts()[1], counts.centre_places()


def _composition_months(today: date) -> Found:
    kept = composition.months()
    if not kept:
        return None, None
    first, last = min(kept), month_of(today)
    asked = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month + 1
    return len(kept), max(asked, len(kept))


def _link_reasons(today: date) -> Found:
    return counts.links_with_reason(running_half_year(today).first_day, today)


def _urgency_schemes(today: date) -> Found:
    held = [one.scheme for one in urgency.schemes() if one.scheme.has_scheme and one.scheme.holds_on(today)]
    return sum(one.names_status_holders for one in held), len(held)


def _housed_in_time(today: date) -> Found:
    law = law_book().process(today)
    days = (law.link_weeks + law.home_weeks) * DAYS_A_WEEK
    return counts.housed_within(days, today - timedelta(days=DAYS_BACK), today)


def _sign_off_late(today: date) -> Found:
    return overdue(DeadlineKind.SIGN_OFF, today=today)


def _flex_homes(today: date) -> Found:
    del today
    return counts.flex_homes()[1], None


def _flex_for_status_holders(today: date) -> Found:
    del today
    return counts.flex_homes()


def _schemes_in_force(today: date) -> Found:
    return len(schemes_on(law_book(), today)), None


def _scheme_overlaps(today: date) -> Found:
    return len(overlaps(schemes_on(law_book(), today))), None


def _warnings_acted_on(today: date) -> Found:
    return counts.warnings_acted_on(str(running_half_year(today)), today)


def _without_backlog(today: date) -> Found:
    try:
        rows = municipality_rows(standing(running_half_year(today), today))
    except ReferenceFactError:
        return None, None
    return sum(1 for row in rows if row.backlog_or_lead <= 0), len(rows)


def _by_inhabitants(today: date) -> Found:
    half_year = running_half_year(today)
    held = announcements.targets_in_force(half_year)
    if held is None:
        return None, None
    national = sum(one.people for one in held.targets.values())
    told = {one.identifier: one.people for one in announcements.announcements(half_year)}
    made = net_targets(
        half_year=half_year,
        national=told.get(held.announcement, national),
        inhabitants=inhabitants_of(half_year),
        law=law_book().targets(half_year),
    )
    same = [one for one in made.targets if held.targets[one.municipality].people == one.people]
    return len(same), len(held.targets)


def _deviations_told(today: date) -> Found:
    drafted = [one for one in deviations.deviations() if one.drafted_on <= today]
    asked = [one for one in drafted if one.state not in {deviations.DROPPED, deviations.OVERTAKEN}]
    return sum(one.step(deviations.TOLD) is not None for one in asked), len(asked)


def _days_to_tell(today: date) -> Found:
    days = []
    for one in deviations.deviations():
        step = one.step(deviations.TOLD)
        if step is not None and step.on <= today:
            days.append((step.on - max(one.found.signal.known_from, one.found.told.known_from)).days)
    return (Fraction(sum(days), len(days)) if days else None), None


def _replaced_inside(today: date) -> Found:
    """Return the half-years whose number was replaced inside them, and those that had a number."""
    known = [one for one in announcements.half_years() if one.first_day <= today]
    return sum(_is_replaced_inside(one) for one in known), len(known)


def _is_replaced_inside(half_year: HalfYear) -> bool:
    return any(
        one.replaces and one.counts_from is not None and one.counts_from > half_year.first_day
        for one in announcements.announcements(half_year)
    )


_OF_HOUSEHOLDS = frozenset({"housed-in-time", "sign-off-late", "link-reasons"})
_COUNTS: Mapping[str, Callable[[date], Found]] = {
    "waiting-people": _waiting_people,
    "centre-places": _centre_places,
    "composition-months": _composition_months,
    "link-reasons": _link_reasons,
    "urgency-schemes": _urgency_schemes,
    "housed-in-time": _housed_in_time,
    "sign-off-late": _sign_off_late,
    "flex-homes": _flex_homes,
    "flex-for-status-holders": _flex_for_status_holders,
    "schemes-in-force": _schemes_in_force,
    "scheme-overlaps": _scheme_overlaps,
    "warnings-acted-on": _warnings_acted_on,
    "without-backlog": _without_backlog,
    "by-inhabitants": _by_inhabitants,
    "deviations-told": _deviations_told,
    "days-to-tell": _days_to_tell,
    "replaced-inside": _replaced_inside,
}
INDICATORS = frozenset(_COUNTS)
"""Every number that can be counted; a test compares them with the packaged recommendations and with the words."""
