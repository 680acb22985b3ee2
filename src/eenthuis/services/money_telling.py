"""Telling who was awarded money that the day by which evidence is due comes near, or has passed without it.

A worker calls this; each day is told once, and each file once.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from eenthuis.law import law_book
from eenthuis.law.money import money_law
from eenthuis.services.desk_money import evidence_awaited
from eenthuis.services.money_files import line_of
from eenthuis.services.money_terms import asker_of
from eenthuis.services.notices import tell
from eenthuis.store import journal, money_files, scope
from eenthuis.store import notices as stored
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.notices import Addressee, NoticeKind, Thing

ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
DONE = "tell-money-evidence"


def tell_evidence(today: date) -> int:
    """Tell of evidence that is due soon or late and of which nothing came in; return how many notices.

    Who asked is told of both; the ministry, which decides what follows, once the day has passed.
    """
    subject = f"money day {today.isoformat()}"
    with scope.whole("deadlines"), transaction.atomic():
        journal.lock_subject(DONE)
        if journal.is_written(DONE, subject):
            return 0
        soon = today + timedelta(days=money_law(law_book(), today).warn_days)
        held = {one.file.identifier: one for one in money_files.files()}
        told = 0
        for line in evidence_awaited([line_of(one) for one in held.values()]):
            due, to = line.evidence_by, [asker_of(line.file)]
            if due is None or due > soon:
                continue
            kind = NoticeKind.MONEY_EVIDENCE_NEAR
            if due < today:
                kind = NoticeKind.MONEY_EVIDENCE_LATE
                to.append(Addressee(Role.MINISTRY))
            about = f"{Thing.MONEY}:{held[line.file.identifier].key}"
            for one in to:
                if not stored.is_told(kind, one, about):
                    tell(kind=kind, to=one, reference=about, today=today, due_on=due)
                    told += 1
        journal.write(ITSELF, DONE, subject, after={"notices": told})
    return told
