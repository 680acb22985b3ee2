"""Telling who must act that the last day of a deadline is near or has passed: how many households, never which.

A worker calls this; each day is told once, by whichever worker comes first.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from eenthuis.access import actions
from eenthuis.law import law_book
from eenthuis.law.retention import KindOfRecord
from eenthuis.rules.calendar import last_day
from eenthuis.rules.way_deadlines import action_needed
from eenthuis.services.erasing import due
from eenthuis.services.notices import tell
from eenthuis.services.way_reading import open_days
from eenthuis.services.way_told import addressee
from eenthuis.store import journal, scope
from eenthuis.store import notices as stored
from eenthuis.terms.access import Actor, Reach, Role
from eenthuis.terms.notice_deadlines import LATE, NEAR
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.way import DeadlineKind

ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
DONE = "tell-deadlines"
PAST_DAYS = 7
"""What passed longer ago is not told any more; it stands on the desks until it is done."""

Told = tuple[NoticeKind, Addressee, date]


def tell_deadlines(today: date) -> int:
    """Tell of the deadlines that are near or have passed, and of records that will be erased; return how many notices.

    Of what was told before only more households are told again.
    """
    subject = f"day {today.isoformat()}"
    with scope.whole("deadlines"), transaction.atomic():
        journal.lock_subject(DONE)
        if journal.is_written(DONE, subject):
            return 0
        told = sum(_tell(one, count, today) for one, count in _wanted(today).items())
        told += _tell_of_erasing(today)
        journal.write(ITSELF, DONE, subject, after={"notices": told})
    return told


def roles_told(kind: DeadlineKind, *, is_late: bool) -> tuple[Role, ...]:
    """Return who is told of a deadline: who can take the step that is waited for, and COA once it has passed.

    Examples
    --------
    >>> [role.value for role in roles_told(DeadlineKind.LEASE, is_late=False)]
    ['municipality']
    >>> [role.value for role in roles_told(DeadlineKind.LEASE, is_late=True)]
    ['municipality', 'coa']
    """
    reach = actions()[action_needed(kind)].reach
    acts = {Role.MUNICIPALITY: Reach.OWN_MUNICIPALITY, Role.COA: Reach.NATION}
    return tuple(role for role, far in acts.items() if reach[role] is far or (is_late and role is Role.COA))


def _wanted(today: date) -> Counter[Told]:
    """Return how many households there are to tell of, per kind of notice, addressee and last day."""
    law, near_days = law_book().way(today), law_book().notices(today).near_days
    found: Counter[Told] = Counter()
    for row in open_days(today=today):
        ends = last_day(row.started_on, law.terms[row.kind], law.calendar)
        near = min(near_days, (ends - row.started_on).days // 2)
        if not today - timedelta(days=PAST_DAYS) <= ends <= today + timedelta(days=near):
            continue
        is_late = ends < today
        region = LinkingRegion(row.region) if row.region else None
        for role in roles_told(row.kind, is_late=is_late):
            to = addressee(role, row.municipality, region)
            if to is not None:
                found[(LATE if is_late else NEAR)[row.kind], to, ends] += row.households
    return found


def _tell(told: Told, households: int, today: date) -> int:
    kind, to, ends = told
    about = f"{Thing.DAY}:{ends:%Y%m%d}"
    fresh = households - stored.concerned(kind, to, about)
    if fresh > 0:
        tell(kind=kind, to=to, reference=about, today=today, due_on=ends, figures={"concerned": fresh})
    return int(fresh > 0)


def _tell_of_erasing(today: date) -> int:
    ahead = today + timedelta(days=law_book().notices(today).erasing_days)
    count = next(one.count for one in due(as_of=ahead) if one.kind is KindOfRecord.HOUSEHOLD)
    about = f"{Thing.MONTH}:{ahead:%Y-%m}"
    to = [Addressee(role) for role in (Role.COA, Role.ADMINISTRATOR)]
    fresh = [one for one in to if not stored.concerned(NoticeKind.ERASING_NEAR, one, about)] if count else []
    for one in fresh:
        tell(
            kind=NoticeKind.ERASING_NEAR,
            to=one,
            reference=about,
            today=today,
            due_on=ahead,
            figures={"concerned": count},
        )
    return len(fresh)
