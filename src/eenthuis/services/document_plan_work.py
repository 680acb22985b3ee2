"""Making a plan of sessions that was asked for: one at a time, told of while it goes on, stopped when asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.rules.document_steps import TO_INVITE
from eenthuis.store import document_plans as stored
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored_documents
from eenthuis.store import people
from eenthuis.store.document_models import DocumentPlanRow
from eenthuis.store.documents import HeldDocument
from eenthuis.store.scope import whole
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import (
    Appointment,
    DeskKind,
    DocumentPlan,
    DocumentSession,
    DocumentTeam,
    IndDesk,
    ResidenceDocument,
    TeamCode,
)
from eenthuis.terms.errors import EenthuisError

SEED = 1
SERVICE = "document plans"


class _Telling:
    """Tells how far a plan is and hears whether to go on; it raises ``InterruptedError`` when not."""

    def __init__(self, number: int, worker: str, ending: threading.Event) -> None:
        self._number, self._worker, self._ending = number, worker, ending

    def __call__(self, done: int, parts: int) -> None:
        if self._ending.is_set() or not stored.beat(self._number, self._worker, done, parts):
            raise InterruptedError


def work_once(worker: str, ending: threading.Event | None = None) -> int | None:
    """Make the plan that waits longest; return its number, or None when none waits.

    What is wrong is written on it by its code. A worker that is told to end puts its plan back for another.
    """
    with whole(SERVICE):
        stored.give_up_silent()
        row = stored.claim(worker)
        if row is None:
            return None
        over = ending or threading.Event()
        try:
            found = plan_now(row, _Telling(row.pk, worker, over))
            stored.end(row.pk, worker, "done", found=found)
        except InterruptedError:
            if over.is_set():
                stored.put_back(row.pk, worker)
            else:
                stored.end(row.pk, worker, "withdrawn")
        except EenthuisError as wrong:
            stored.end(row.pk, worker, "failed", problem=wrong.code)
        except Exception:
            stored.end(row.pk, worker, "failed", problem="LNK-03")
            raise
        return row.pk


def plan_now(row: DocumentPlanRow, tell: _Telling) -> dict[str, object]:
    """Return a plan for who waits on its day, beside what stands, with what it saves beside desks only.

    Raises
    ------
    InterruptedError
        When somebody asked to stop.
    """
    import numpy as np

    from eenthuis.sessions.measures import measure
    from eenthuis.sessions.planning import plan_sessions
    from eenthuis.sessions.problem import CentreStop, Rules, Standing, make_problem

    day, book = row.as_of, law_book()
    rules = Rules(document_law(book, day), session_law(book, day), book.calendar(day))
    waiting = [_as_document(one) for one in stored_documents.listed(states=TO_INVITE)]
    held, booked = _standing(day)
    desks = _desks(day, counts=rules.session.expat_centres_count)
    points = {desk.code: reference.point_of(desk.municipality) for desk in desks}
    centres = people.centres()
    used = {one.centre for one in waiting} | {one.centre for one in held}
    problem = make_problem(
        [*waiting, *(one.document for one in booked)],
        [CentreStop(code, reference.point_of(centres[code].municipality)) for code in sorted(used)],
        [*_teams(row, desks), *_others(held, desks)],
        desks=points,
        as_of=day,
        rules=rules,
        standing=Standing(held, tuple(_appointment(one) for one in booked)),
    )
    plan = plan_sessions(problem, np.random.default_rng(SEED), on_progress=tell)
    there = {one.identifier for one in held}
    by_number = {one.number: one for one in waiting}
    new = replace(
        plan,
        sessions=tuple(one for one in plan.sessions if one.identifier not in there),
        appointments=tuple(one for one in plan.appointments if one.document in by_number),
    )
    measured = measure(problem, new, by_number, desks, points)
    return _plain(plan, new, held, _measured(asdict(measured)) if measured else {})


def _as_document(held: HeldDocument) -> ResidenceDocument:
    """Return a document that can be planned from the day on which there can be a new appointment."""
    ready = max(held.document.ready_on, held.not_before or held.document.ready_on)
    return replace(held.document, ready_on=ready)


def _standing(day: date) -> tuple[tuple[DocumentSession, ...], tuple[HeldDocument, ...]]:
    """Return the sessions from the Monday of a day on, and who has an appointment in them."""
    monday = day - timedelta(days=day.weekday())
    held = stored_sessions.sessions(first_day=monday)
    there = {one.identifier for one in held}
    invited = stored_documents.listed(states=(DocumentState.INVITED,))
    return held, tuple(one for one in invited if one.place is not None and one.place.session in there)


def _appointment(held: HeldDocument) -> Appointment:
    place = held.place
    assert place is not None  # noqa: S101 - who is invited has a place
    return Appointment(held.document.number, held.document.household, place.session, place.day, place.slot)


def _desks(day: date, *, counts: bool) -> tuple[IndDesk, ...]:
    return tuple(
        desk for desk in reference.ind_desks() if desk.is_open(day) and (counts or desk.kind is DeskKind.IND)
    )


def _teams(row: DocumentPlanRow, desks: Sequence[IndDesk]) -> list[DocumentTeam]:
    staff, vans = int(row.asked["staff"]), int(row.asked["vans"])
    return [DocumentTeam(TeamCode(desk.code), desk.code, staff, vans) for desk in desks]


def _others(held: Sequence[DocumentSession], desks: Sequence[IndDesk]) -> list[DocumentTeam]:
    """Return teams of sessions made by hand: they hold those sessions and are asked for no other."""
    known = {TeamCode(desk.code) for desk in desks}
    names = sorted({one.team for one in held} - known)
    past = min((one.day for one in held), default=date.min)
    return [
        DocumentTeam(name, desks[0].code, 0, 0, last_day=past - timedelta(days=1)) for name in names if desks
    ]


def _plain(
    plan: DocumentPlan, new: DocumentPlan, held: Sequence[DocumentSession], measures: dict[str, int]
) -> dict[str, object]:
    day_of = {one.identifier: one for one in (*plan.sessions, *held)}
    used = {one.session for one in new.appointments}
    fresh = {one.identifier for one in new.sessions}
    return {
        "sessions": [
            {
                "centre": one.centre,
                "day": one.day.isoformat(),
                "team": one.team,
                "staff": one.staff,
                "counters": one.counters,
                "slots": one.slots,
                "first_slot": one.first_slot.isoformat("minutes"),
                "minutes_per_slot": one.minutes_per_slot,
                "metres": one.metres,
                "is_new": one.identifier in fresh,
            }
            for one in sorted(day_of.values(), key=lambda each: (each.day, each.centre))
            if one.identifier in used
        ],
        "appointments": [
            [one.document, day_of[one.session].centre, one.day.isoformat(), one.slot]
            for one in new.appointments
        ],
        "not_planned": dict(Counter(one.why.value for one in plan.not_planned)),
        "cost": plan.cost,
        "bound": plan.bound,
        "unit": plan.unit,
        "measures": measures,
    }


def _measured(found: dict[str, object]) -> dict[str, int]:
    """Return measures as whole numbers by name; waits as people and days."""
    told: dict[str, int] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            told |= {f"{key}_people": int(value["people"]), f"{key}_days": int(value["person_days"])}
            told[f"{key}_longest"] = int(value["longest_days"])
        elif isinstance(value, int):
            told[key] = value
    return told
