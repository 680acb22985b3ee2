"""Telling who runs a transit location, and who takes part in it, that its last day comes near or is there.

A worker calls this; each day is told once, and each end once to whom it concerns.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from eenthuis.rules.transit import takes_part
from eenthuis.services.notices import tell
from eenthuis.services.transit_ends import ends_on, warn_days_on
from eenthuis.store import journal, scope, transit
from eenthuis.store import notices as stored
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.notices import Addressee, NoticeKind, Thing

ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
DONE = "tell-transit"
PAST_DAYS = 31
"""An end that passed longer ago is not told any more."""


def tell_transit(today: date) -> int:
    """Tell of sites that end soon, and once more when the last day is there; return how many notices.

    A site that is extended is told of again before its new end.
    """
    subject = f"transit day {today.isoformat()}"
    with scope.whole("deadlines"), transaction.atomic():
        journal.lock_subject(DONE)
        if journal.is_written(DONE, subject):
            return 0
        told = 0
        soon, past = today + timedelta(days=warn_days_on(today)), today - timedelta(days=PAST_DAYS)
        for held in transit.sites():
            ends = ends_on(held.site)
            if ends is None or not past <= ends <= soon:
                continue
            kind = NoticeKind.TRANSIT_ENDED if ends <= today else NoticeKind.TRANSIT_ENDS
            about = f"{Thing.TRANSIT}:{int(held.site.site.removeprefix('T-'))}"
            here = {held.site.municipality, *held.site.participants}
            for code in sorted(one for one in here if takes_part(held.site, one, min(today, ends))):
                to = Addressee(Role.MUNICIPALITY, municipality=code)
                if not stored.is_told(kind, to, about, due_on=ends):
                    tell(kind=kind, to=to, reference=about, today=today, due_on=ends)
                    told += 1
        journal.write(ITSELF, DONE, subject, after={"notices": told})
    return told
