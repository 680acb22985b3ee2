"""Making a plan of sessions that was asked for: one at a time, told of while it goes on, stopped when asked."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import asdict, replace

from eenthuis.services.document_plan_places import plain_places
from eenthuis.services.document_replanning import again, told_again
from eenthuis.services.document_situation import appointment_of, situation_of
from eenthuis.sessions.problem import Standing
from eenthuis.store import document_plans as stored
from eenthuis.store.document_models import DocumentPlanRow
from eenthuis.store.scope import whole
from eenthuis.terms.documents import DocumentPlan
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

    Asked for again, appointments that can be kept are, the others are made anew, and what changes is told too.

    Raises
    ------
    InterruptedError
        When somebody asked to stop.
    """
    import numpy as np

    from eenthuis.sessions.measures import measure
    from eenthuis.sessions.planning import plan_sessions

    found = situation_of(row)
    stands = again(found) if row.asked.get("again") else None
    standing = (
        stands.standing
        if stands
        else Standing(found.sessions, tuple(appointment_of(one) for one in found.booked))
    )
    problem = found.problem(standing)
    plan = plan_sessions(problem, np.random.default_rng(SEED), on_progress=tell)
    there = {one.identifier for one in standing.sessions}
    told = {appointment_of(one) for one in found.booked}.intersection(standing.appointments)
    new = replace(
        plan,
        sessions=tuple(one for one in plan.sessions if one.identifier not in there),
        appointments=tuple(one for one in plan.appointments if one not in told),
    )
    measured = measure(problem, new, {one.number: one for one in found.documents}, found.desks, found.points)
    plain = _plain(plan, new, _measured(asdict(measured)) if measured else {})
    used = {one.session for one in new.appointments}
    plain |= plain_places(found, [one for one in plan.sessions if one.identifier in used])
    return plain | ({"again": told_again(found, stands, problem, plan)} if stands else {})


def _plain(plan: DocumentPlan, new: DocumentPlan, measures: dict[str, int]) -> dict[str, object]:
    day_of = {one.identifier: one for one in plan.sessions}
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
