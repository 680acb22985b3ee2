"""What is due on the desks of the IND and of COA about residence documents."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.services.access import require
from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.document_overview import read_documents_overview
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.terms.access import Actor

DAYS_SOON = 7


def document_tasks_of_ind(*, actor: Actor, today: date) -> list[Task | None]:
    """Return what the IND does today about documents, and what waits for an appointment."""
    require(actor, "see-documents")
    page = read_documents_overview(actor=actor, today=today)
    return [
        Task("document-check", Urgency.TODAY, page.total("to_check")),
        Task("session-today", Urgency.TODAY, len(stored_sessions.sessions(first_day=today, last_day=today))),
        Task("document-reschedule", Urgency.TODAY, page.total("to_reschedule")),
        Task("document-look", Urgency.TODAY, page.total("to_look_at")),
        Task("document-ready", Urgency.SOON, page.total("ready")),
    ]


def document_tasks_of_coa(*, actor: Actor, today: date) -> list[Task | None]:
    """Return what COA knows of sessions that come, and how many people it can help on."""
    require(actor, "see-documents")
    page = read_documents_overview(actor=actor, today=today)
    soon = stored_sessions.sessions(first_day=today, last_day=today + timedelta(days=DAYS_SOON))
    return [
        Task("session-soon", Urgency.SOON, len(soon), due=soon[0].day if soon else None),
        Task("document-blocked", Urgency.LATER, page.total("blocked")),
    ]
