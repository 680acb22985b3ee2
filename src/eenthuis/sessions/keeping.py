"""Planning again: what of an earlier plan stands, and what everybody whose appointment changed is told.

An appointment that somebody was told is kept wherever it can be: what is planned anew goes round it. So the most
appointments are kept that can be, and only then is looked at waiting and travel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.rules.calendar import is_closed
from eenthuis.rules.documents import readiness
from eenthuis.sessions.problem import CentreStop, Rules, Standing, can_work, horizon
from eenthuis.terms.documents import (
    Appointment,
    AppointmentChange,
    DocumentNumber,
    DocumentPlan,
    DocumentSession,
    DocumentTeam,
    ResidenceDocument,
    SessionId,
    WhyChanged,
    WhyNotPlanned,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands of an earlier plan, and why the other appointments in it do not."""

    standing: Standing
    fell: Mapping[DocumentNumber, WhyChanged]


def keep(
    earlier: DocumentPlan,
    documents: Sequence[ResidenceDocument],
    centres: Sequence[CentreStop],
    teams: Sequence[DocumentTeam],
    *,
    as_of: date,
    rules: Rules,
) -> Kept:
    """Return what stands on a day of the plan made before.

    An appointment stands when its day has not passed, the document still waits, the person stays at that centre and can
    be handed the document that day, and the session stands. A session stands while its team works, has staff and vans
    for it and the centre is open; where a team has too little for all of a day, those stand in which the most
    appointments do. A session without any is given up. Whoever lives with someone whose appointment stands and has none
    gets a free slot beside it when one is left, for which there is time to invite.
    """
    known = {one.number: one for one in documents}
    sessions = {one.identifier: one for one in earlier.sessions}
    fell: dict[DocumentNumber, WhyChanged] = {}
    seats: defaultdict[SessionId, list[Appointment]] = defaultdict(list)
    for seat in earlier.appointments:
        why = _why_not(seat, known.get(seat.document), sessions[seat.session], as_of, rules)
        if why is None:
            seats[seat.session].append(seat)
        else:
            fell[seat.document] = why
    held = [one for one in earlier.sessions if seats[one.identifier]]
    stands = _sessions_that_stand(held, seats, centres, teams, rules)
    for one in held:
        if one not in stands:
            fell |= {seat.document: WhyChanged.SESSION_FELL_OUT for seat in seats.pop(one.identifier)}
    kept = [seat for one in stands for seat in seats[one.identifier]]
    kept += _beside_family(kept, stands, documents, horizon(as_of, rules).first_day, rules)
    return Kept(Standing(stands, tuple(sorted(kept, key=lambda seat: (seat.session, seat.slot)))), fell)


def _why_not(
    seat: Appointment,
    document: ResidenceDocument | None,
    session: DocumentSession,
    as_of: date,
    rules: Rules,
) -> WhyChanged | None:
    if document is None:
        return WhyChanged.NO_LONGER_AWAITED
    if seat.day < as_of:
        return WhyChanged.CAME_TO_NOTHING
    if document.centre != session.centre:
        return WhyChanged.MOVED_CENTRE
    ready = readiness(document, seat.day, rules.document).is_ready
    return None if ready else WhyChanged.NOT_READY_THEN


def _sessions_that_stand(
    held: Sequence[DocumentSession],
    seats: Mapping[SessionId, Sequence[Appointment]],
    centres: Sequence[CentreStop],
    teams: Sequence[DocumentTeam],
    rules: Rules,
) -> tuple[DocumentSession, ...]:
    stops = {stop.code: stop for stop in centres}
    by_team: defaultdict[tuple[str, date], list[DocumentSession]] = defaultdict(list)
    for one in held:
        stop = stops.get(one.centre)
        if stop is not None and stop.is_open(one.day) and not is_closed(one.day, rules.calendar):
            by_team[one.team, one.day].append(one)
    found: list[DocumentSession] = []
    for team in teams:
        for (code, day), own in by_team.items():
            if code == team.code and can_work(team, day, rules.session.people_at_counter):
                found += _most_kept(own, {one: len(seats[one.identifier]) for one in own}, team)
    return tuple(sorted(found, key=lambda one: (one.day, one.centre)))


def _most_kept(
    own: Sequence[DocumentSession], worth: Mapping[DocumentSession, int], team: DocumentTeam
) -> tuple[DocumentSession, ...]:
    """Return the sessions that a team can hold on one day in which the most appointments stand."""
    best: dict[tuple[int, int], tuple[int, tuple[DocumentSession, ...]]] = {(0, 0): (0, ())}
    for one in sorted(own, key=lambda one: one.centre):
        for (staff, vans), (kept, chosen) in list(best.items()):
            now = (staff + one.staff, vans + 1)
            if now[0] <= team.staff and now[1] <= team.vans:
                with_one = (kept + worth[one], (*chosen, one))
                if now not in best or with_one[0] > best[now][0]:
                    best[now] = with_one
    return max(best.values(), key=lambda found: found[0])[1]


def _beside_family(
    kept: Sequence[Appointment],
    stands: Sequence[DocumentSession],
    documents: Sequence[ResidenceDocument],
    first_day: date,
    rules: Rules,
) -> list[Appointment]:
    seated = {seat.document for seat in kept}
    taken: defaultdict[SessionId, set[int]] = defaultdict(set)
    families: defaultdict[str, list[DocumentSession]] = defaultdict(list)
    sessions = {one.identifier: one for one in stands}
    for seat in sorted(kept, key=lambda seat: (seat.day, seat.slot)):
        taken[seat.session].add(seat.slot)
        families[seat.household].append(sessions[seat.session])
    found = []
    for one in sorted(documents, key=lambda one: one.number):
        if one.number in seated:
            continue
        for session in families[one.household]:
            free = set(range(session.slots)) - taken[session.identifier]
            can = session.centre == one.centre and session.day >= first_day and free
            if can and readiness(one, session.day, rules.document).is_ready:
                slot = min(free)
                taken[session.identifier].add(slot)
                found.append(Appointment(one.number, one.household, session.identifier, session.day, slot))
                break
    return found


def changes(
    earlier: DocumentPlan, now: DocumentPlan, fell: Mapping[DocumentNumber, WhyChanged]
) -> tuple[AppointmentChange, ...]:
    """Return what changed for whom and why, by number; whose appointment stands is not among them."""
    before = {one.document: one for one in earlier.appointments}
    after = {one.document: one for one in now.appointments}
    told = {one.document: one.why for one in earlier.not_planned}
    found = []
    for number in sorted(before.keys() | after.keys()):
        was, now_is = before.get(number), after.get(number)
        if was == now_is:
            continue
        why = fell.get(number) or _why_new(told.get(number))
        found.append(AppointmentChange(number, was, now_is, why))
    return tuple(found)


def _why_new(told: WhyNotPlanned | None) -> WhyChanged:
    if told is None:
        return WhyChanged.NEW_DOCUMENT
    not_then = {WhyNotPlanned.NOT_READY, WhyNotPlanned.EXPIRES_FIRST}
    return WhyChanged.NOW_READY if told in not_then else WhyChanged.ROOM_CAME_FREE


def kept_among(earlier: DocumentPlan, now: Iterable[Appointment]) -> int:
    """Return how many appointments of the earlier plan stand unchanged."""
    return len(set(earlier.appointments).intersection(now))
