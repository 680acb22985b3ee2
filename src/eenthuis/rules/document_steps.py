"""Where a residence document stands after a step, and which free places in sessions come first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from eenthuis.rules.documents import Party
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import Appointment, DocumentSession, SessionId

_S, _K = DocumentState, DocumentStep
OPEN_STATES = frozenset({_S.WAITING, _S.INVITED, _S.TO_RESCHEDULE, _S.TO_LOOK_AT})
"""States in which a document still waits to be handed out at a centre."""

TO_INVITE = frozenset({_S.WAITING, _S.TO_RESCHEDULE})
"""States from which a person can be invited."""

_LEADS: Mapping[DocumentStep, tuple[frozenset[DocumentState], DocumentState]] = MappingProxyType(
    {
        _K.INVITED: (TO_INVITE, _S.INVITED),
        _K.LEFT_RECEPTION: (OPEN_STATES, _S.ELSEWHERE),
        _K.SESSION_CANCELLED: (frozenset({_S.INVITED}), _S.TO_RESCHEDULE),
        _K.REPLANNED: (frozenset({_S.INVITED}), _S.TO_RESCHEDULE),
        _K.WRONG_DETAILS: (frozenset({_S.INVITED}), _S.TO_LOOK_AT),
        _K.LOOKED_AT: (frozenset({_S.TO_LOOK_AT, _S.ELSEWHERE}), _S.WAITING),
        _K.GIVEN: (frozenset({_S.INVITED}), _S.GIVEN),
        _K.CHECK_REFUSED: (frozenset({_S.GIVEN}), _S.INVITED),
        _K.HANDED_OUT: (frozenset({_S.GIVEN}), _S.HANDED_OUT),
        _K.RETURNED: (frozenset({_S.HANDED_OUT}), _S.WAITING),
        _K.WITHDRAWN: (OPEN_STATES | {_S.ELSEWHERE}, _S.WITHDRAWN),
    }
)


@dataclass(frozen=True, slots=True)
class StepRefused:
    """A step that does not fit where the document stands; no state while nobody signalled it."""

    state: DocumentState | None
    step: DocumentStep


def state_after(
    state: DocumentState | None, step: DocumentStep, *, no_shows: int = 0, most_no_shows: int = 1
) -> DocumentState | StepRefused:
    """Return where a document stands after a step; None is a document that nobody signalled yet.

    ``no_shows`` counts the appointments that were not kept, this one included. From ``most_no_shows`` on a person looks
    before there is another.

    Examples
    --------
    >>> state_after(DocumentState.INVITED, DocumentStep.NO_SHOW, no_shows=1, most_no_shows=2).value
    'waiting'
    >>> state_after(DocumentState.INVITED, DocumentStep.NO_SHOW, no_shows=2, most_no_shows=2).value
    'to-look-at'
    >>> state_after(DocumentState.WAITING, DocumentStep.HANDED_OUT)
    StepRefused(state=<DocumentState.WAITING: 'waiting'>, step=<DocumentStep.HANDED_OUT: 'handed-out'>)
    """
    if state is None:
        return _S.WAITING if step is _K.SIGNALLED else StepRefused(state, step)
    if step is _K.CHANGED and state in OPEN_STATES:
        return state
    if step is _K.CENTRE_CHANGED and state in OPEN_STATES:
        return _S.TO_RESCHEDULE if state is _S.INVITED else state
    if step is _K.NO_SHOW and state is _S.INVITED:
        return _S.TO_LOOK_AT if no_shows >= most_no_shows else _S.WAITING
    before, after = _LEADS.get(step, (frozenset(), state))
    return after if state in before else StepRefused(state, step)


def appoint(
    parties: Sequence[Party], sessions: Sequence[DocumentSession], taken: Mapping[SessionId, Collection[int]]
) -> tuple[Appointment, ...]:
    """Return appointments: each party in turn gets the first free places in a row at its centre, on a day it can.

    A party that fits in no session stays without; two never get the same place.

    Examples
    --------
    >>> from datetime import time
    >>> from eenthuis.rules.documents import ReadyWindow
    >>> from eenthuis.terms.documents import DocumentNumber, ResidenceDocument, TeamCode
    >>> from eenthuis.terms.people import CentreCode, HouseholdId
    >>> here, day = CentreCode("OL-1"), date(2026, 3, 9)
    >>> one = DocumentSession(here, day, TeamCode("T"), 2, 1, 4, time(9), 10, 0)
    >>> pair = tuple(ResidenceDocument(DocumentNumber(name), HouseholdId("PE-1"), here, day, date(1990, 1, 1), day,
    ...     day, True, True) for name in ("D-1", "D-2"))
    >>> party = Party(pair, ReadyWindow(day, day))
    >>> [(found.document, found.slot) for found in appoint([party], [one], {one.identifier: {0}})]
    [('D-1', 1), ('D-2', 2)]
    >>> appoint([party], [one], {one.identifier: {0, 2}})
    ()
    """
    used = {one.identifier: set(taken.get(one.identifier, ())) for one in sessions}
    in_order = sorted(sessions, key=lambda one: (one.day, one.centre))
    found: list[Appointment] = []
    for party in parties:
        for session in in_order:
            fits = party.window.first_day <= session.day <= party.window.last_day
            if not fits or session.centre != party.documents[0].centre:
                continue
            first = _row_of(party.people, session.slots, used[session.identifier])
            if first is None:
                continue
            used[session.identifier].update(range(first, first + party.people))
            found += [
                Appointment(document.number, document.household, session.identifier, session.day, slot)
                for slot, document in enumerate(party.documents, start=first)
            ]
            break
    return tuple(found)


def _row_of(length: int, slots: int, used: Collection[int]) -> int | None:
    """Return the first of ``length`` free places one after the other; None when there are none."""
    return next(
        (
            first
            for first in range(slots - length + 1)
            if not any(slot in used for slot in range(first, first + length))
        ),
        None,
    )


def again_from(missed_on: date, *, days: int) -> date:
    """Return the first day of a new appointment after one that was not kept.

    Examples
    --------
    >>> again_from(date(2026, 3, 9), days=14)
    datetime.date(2026, 3, 23)
    """
    return missed_on + timedelta(days=days)
