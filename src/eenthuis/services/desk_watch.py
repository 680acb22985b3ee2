"""The desks of those who watch: the auditor over decisions, the administrator over the installation."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.services.access import is_other, require
from eenthuis.services.desk_models import (
    AccountCount,
    Desk,
    DoneLine,
    Figure,
    Task,
    Urgency,
    most_urgent_first,
)
from eenthuis.services.work import queue_now
from eenthuis.services.workspace import view_of
from eenthuis.store import accounts, changes, deliveries, desk_counts, grants, proposals, verifications
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear

WEEKS_BACK = 4
"""So many weeks of decisions the auditor's desk tells of."""


def auditor_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of the auditor: what was decided lately, and what departs from the engine or from the rule."""
    require(actor, "see-journal")
    newest = proposals.latest(half_year)
    done = tuple(DoneLine(*row) for row in desk_counts.done_since(today - timedelta(weeks=WEEKS_BACK)))
    counts = {line.action: line.count for line in done}
    overridden = 0 if newest is None else len(changes.overrides_of(changes.chain(newest.pk)))
    unproven = 1 if newest is not None and newest.certificate is None else 0
    number = str(newest.pk) if newest else ""
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                Task("without-proof", Urgency.TODAY, unproven, reference=number),
                Task("overridden", Urgency.TODAY, overridden, reference=number),
                Task("undone", Urgency.SOON, counts.get("undo-link", 0)),
                Task("confirmed", Urgency.LATER, counts.get("confirm-link", 0)),
                Task("announced", Urgency.LATER, counts.get("announce", 0)),
                Task("glass-broken", Urgency.OVERDUE, accounts.open_sealed_count()),
                Task("deliveries-failed-elsewhere", Urgency.SOON, deliveries.counts().get("failed", 0)),
                *_journal_tasks(today),
            ]
        ),
        figures=(Figure("done", sum(counts.values())), *_journal_figures()),
        proposal=None if newest is None else view_of(newest),
        done=done,
    )


def _journal_tasks(today: date) -> tuple[Task, ...]:
    """Return what the last verification of the journal asks for: it is broken, or was not verified lately."""
    last = verifications.latest()
    if last is None or last.on < today - timedelta(days=1):
        return (Task("journal-unverified", Urgency.TODAY, 1),)
    if last.broken_line is None:
        return ()
    return (Task("journal-broken", Urgency.OVERDUE, 1, name=str(last.broken_line)),)


def _journal_figures() -> tuple[Figure, ...]:
    last = verifications.latest()
    return () if last is None or last.broken_line is not None else (Figure("journal-lines", last.lines),)


def administrator_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of the administrator: work in the background, accounts, and nothing of what is in either."""
    require(actor, "see-desk")
    queue = queue_now()
    by_role = tuple(AccountCount(*row) for row in desk_counts.accounts_by_role())
    asked = [one for one in grants.open_grants() if is_other(actor, one.asked_by, one.name)]
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                Task("worker-silent", Urgency.OVERDUE, queue.silent),
                Task("no-worker", Urgency.TODAY, 0 if queue.workers else 1),
                Task("run-waiting", Urgency.TODAY, queue.waiting),
                Task("glass-broken", Urgency.OVERDUE, accounts.open_sealed_count()),
                Task("grant-waiting", Urgency.TODAY, len(asked)),
                Task("deliveries-failed", Urgency.TODAY, deliveries.counts().get("failed", 0)),
                *_journal_tasks(today),
            ]
        ),
        figures=(
            Figure("workers", queue.workers),
            Figure("runs-waiting", queue.waiting),
            Figure("accounts", sum(line.count for line in by_role)),
            *_journal_figures(),
        ),
        accounts=by_role,
    )
