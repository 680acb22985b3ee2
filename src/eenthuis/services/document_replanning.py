"""Planning again for who stays where now: appointments that can be kept are kept, and what changes is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eenthuis.rules.documents import readiness
from eenthuis.services.document_moves import why_lost
from eenthuis.services.document_situation import Situation, appointment_of
from eenthuis.sessions.keeping import Kept, changes, keep, kept_among
from eenthuis.sessions.problem import SessionProblem, Standing
from eenthuis.store.documents import HeldDocument
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import (
    Appointment,
    AppointmentChange,
    DocumentNumber,
    DocumentPlan,
    DocumentSession,
    WhyChanged,
)

_FELL: Mapping[DocumentStep, WhyChanged] = {
    DocumentStep.CENTRE_CHANGED: WhyChanged.MOVED_CENTRE,
    DocumentStep.SESSION_CANCELLED: WhyChanged.SESSION_FELL_OUT,
    DocumentStep.REPLANNED: WhyChanged.NOT_READY_THEN,
}
"""Why an appointment that was lost before is made again, by the step in which it was lost."""


@dataclass(frozen=True, slots=True)
class Again:
    """What stands when everything is planned again.

    Attributes
    ----------
    standing
        Sessions and appointments that are not touched.
    told
        The appointments that people were told of, those that no longer hold included.
    fell
        Why an appointment does not stand.
    released
        The appointments that hold until now and do not stand.
    given_up
        Sessions in which nobody has an appointment any more.
    """

    standing: Standing
    told: tuple[Appointment, ...]
    released: tuple[Appointment, ...]
    fell: Mapping[DocumentNumber, WhyChanged]
    given_up: tuple[DocumentSession, ...]


def again(found: Situation) -> Again:
    """Return what stands of the sessions and appointments that there are, as somebody stays and is ready now.

    What was before the day of planning is left as it is. A session to which nobody was invited stands, as a person
    made it; one that everybody lost is given up. One that a person made with another team stands whatever the day.
    """
    past = [one for one in found.sessions if one.day < found.day]
    ahead = [one for one in found.sessions if one.day >= found.day]
    booked = [appointment_of(one) for one in found.booked]
    was, seats = ([one for one in booked if (one.day < found.day) is gone] for gone in (True, False))
    kept = _kept(found, ahead, seats)
    waits = [one for one in found.waiting if one.state is DocumentState.TO_RESCHEDULE and one.place]
    lost = tuple(appointment_of(one) for one in waits)
    seated = {one.session for one in (*seats, *lost)}
    empty = [one for one in ahead if one.identifier not in seated]
    stands = {one.identifier for one in kept.standing.sessions}
    held = set(kept.standing.appointments)
    return Again(
        standing=Standing(
            tuple(sorted((*past, *kept.standing.sessions, *empty), key=lambda one: (one.day, one.centre))),
            (*was, *kept.standing.appointments),
        ),
        told=(*seats, *lost),
        released=tuple(one for one in seats if one not in held),
        fell={**_why_fell(waits), **kept.fell},
        given_up=tuple(one for one in ahead if one.identifier in seated - stands),
    )


def told_again(
    found: Situation, stands: Again, problem: SessionProblem, plan: DocumentPlan
) -> dict[str, object]:
    """Return what a plan made again changes, as it is kept: who, from where to where and why, and what it costs.

    ``nothing_cost`` is what it costs when what stands is all there is and everybody else waits.
    """
    from eenthuis.sessions.planning import cost_of_standing

    before = replace(plan, appointments=stands.told, not_planned=())
    now = replace(plan, appointments=tuple(one for one in plan.appointments if one.day >= found.day))
    left = sum(party.people for party in problem.parties)
    sessions = {one.identifier: one for one in (*found.sessions, *stands.given_up, *plan.sessions)}

    def told(one: Appointment | None) -> list[object]:
        session = sessions.get(one.session) if one else None
        begins = session.begins(one.slot).isoformat("minutes") if one and session else ""
        return [*_place(one), begins] if one else []

    places = {one.document.number: one.document.centre for one in (*found.waiting, *found.booked)}
    return {
        "changes": [
            [one.document, places.get(one.document, ""), told(one.before), told(one.now), one.why.value]
            for one in _ordered(changes(before, now, stands.fell))
        ],
        "kept": kept_among(before, plan.appointments),
        "released": [[one.document, *_place(one)] for one in stands.released],
        "given_up": [[one.centre, one.day.isoformat()] for one in stands.given_up],
        "nothing_cost": cost_of_standing(problem) + left * problem.leaving_cost,
    }


def _kept(found: Situation, ahead: Sequence[DocumentSession], seats: Sequence[Appointment]) -> Kept:
    teams = {team.code for team in found.teams}
    planned = [one for one in ahead if one.team in teams]
    theirs = {one.identifier for one in planned}
    kept = keep(
        _earlier(found, planned, [one for one in seats if one.session in theirs]),
        found.documents,
        found.stops,
        found.teams,
        as_of=found.day,
        rules=found.rules,
    )
    documents = {one.document.number: one.document for one in found.booked}
    by_hand = [one for one in seats if one.session not in theirs]
    holds = [
        one for one in by_hand if readiness(documents[one.document], one.day, found.rules.document).is_ready
    ]
    held = {one.session for one in holds}
    return Kept(
        Standing(
            (*kept.standing.sessions, *(one for one in ahead if one.identifier in held)),
            (*kept.standing.appointments, *holds),
        ),
        {**kept.fell, **{one.document: WhyChanged.NOT_READY_THEN for one in by_hand if one not in holds}},
    )


def _earlier(
    found: Situation, sessions: Sequence[DocumentSession], seats: Sequence[Appointment]
) -> DocumentPlan:
    last = max((one.day for one in sessions), default=found.day)
    return DocumentPlan(found.day, found.day, last, tuple(sessions), tuple(seats), (), 0, 0, 1)


def _ordered(changed: Sequence[AppointmentChange]) -> list[AppointmentChange]:
    """Return changes with those first who were told another appointment."""
    return sorted(changed, key=lambda one: (one.before is None, one.document))


def _place(one: Appointment) -> list[object]:
    centre, _slash, day = one.session.rpartition("/")
    return [centre, day, one.slot]


def _why_fell(lost: Sequence[HeldDocument]) -> Mapping[DocumentNumber, WhyChanged]:
    steps = why_lost(lost)
    return {number: _FELL.get(step, WhyChanged.CAME_TO_NOTHING) for number, step in steps.items()}
