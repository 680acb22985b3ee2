"""Telling who promised a step on a recommendation that its last day is near or has passed; once for each last day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from eenthuis.rules.recommendations import StepState
from eenthuis.services.notices import tell
from eenthuis.services.recommendations import register_on
from eenthuis.store import journal, scope
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.recommendations import Party

ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
DONE = "tell-steps"
OWNERS = {Party.COA: Role.COA, Party.IND: Role.IND, Party.PROVINCES: Role.PROVINCE}
"""Owners that have a role here; for all others the ministry is told alone."""
KINDS = {StepState.NEAR: NoticeKind.ADVICE_STEP_NEAR, StepState.LATE: NoticeKind.ADVICE_STEP_LATE}


def tell_steps(today: date) -> int:
    """Tell of the steps whose last day is near or has passed, each once; return how many notices were told.

    A worker calls this every day; a step that is given another last day is told of again.
    """
    told = 0
    with scope.whole("recommendations"), transaction.atomic():
        journal.lock_subject(DONE)
        for (number, kind, role, due), steps in _wanted(today).items():
            subject = f"recommendation {number} {kind} {role} {due.isoformat()}"
            if journal.is_written(DONE, subject):
                continue
            tell(
                kind=kind,
                to=Addressee(role),
                reference=f"{Thing.RECOMMENDATION}:{number}",
                today=today,
                due_on=due,
                figures={"steps": steps},
            )
            journal.write(ITSELF, DONE, subject, after={"steps": steps})
            told += 1
    return told


def _wanted(today: date) -> Counter[tuple[int, NoticeKind, Role, date]]:
    found: Counter[tuple[int, NoticeKind, Role, date]] = Counter()
    for line in register_on(today):
        for shown in line.steps:
            kind, due, owner = KINDS.get(shown.state), shown.step.due, shown.step.promised.owner
            if kind is None or due is None:
                continue
            for role in {Role.MINISTRY, OWNERS.get(owner, Role.MINISTRY) if owner else Role.MINISTRY}:
                found[line.one.number, kind, role, due] += 1
    return found
