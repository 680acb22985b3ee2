"""How residence documents stand per centre: who can be served, who cannot yet and why, planned and handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.law import law_book
from eenthuis.law.documents import document_law
from eenthuis.rules.disclosure import hide_small
from eenthuis.rules.document_steps import OPEN_STATES
from eenthuis.services.access import may, place_of, require
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored
from eenthuis.store import people
from eenthuis.store.document_reasons import ready_by_centre
from eenthuis.store.documents import CentreCount
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import WhyNotReady
from eenthuis.terms.people import CentreCode

SOON_DAYS = 14
"""Sessions of so many days ahead stand on the overview."""


@dataclass(frozen=True, slots=True)
class CentreLine:
    """One centre: documents that can be handed out, that cannot yet, invited, to be looked at and handed out.

    ``to_check`` counts those of ``planned`` that were handed out and wait for a colleague.
    ``waited`` is how many days those that still wait have waited on average, rounded down; None when nobody waits.
    """

    centre: CentreCode
    name: str
    ready: int
    blocked: int
    planned: int
    to_check: int
    to_reschedule: int
    to_look_at: int
    handed_out: int
    waited: int | None
    next_session: date | None


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """Documents of the households that are linked to one municipality; None where a count is too small to show."""

    waiting: int | None
    planned: int | None
    handed_out: int | None
    floor: int


@dataclass(frozen=True, slots=True)
class DocumentsOverview:
    """A line per centre and the reasons why people cannot be served yet, or a municipality's own counts."""

    centres: tuple[CentreLine, ...]
    reasons: Mapping[WhyNotReady, int]
    own: OwnCounts | None
    may_see: bool
    may_signal: bool
    may_plan: bool
    may_hand_out: bool

    def total(self, column: str) -> int:
        """Return the sum of a column over the centres."""
        return sum(int(getattr(line, column)) for line in self.centres)


def read_documents_overview(*, actor: Actor, today: date) -> DocumentsOverview:
    """Return how documents stand: per centre, or for a municipality the counts of its own households only.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no counts of documents.
    """
    if actor.role is Role.MUNICIPALITY and actor.municipality is not None:
        require(actor, "see-document-counts", place_of(actor.municipality))
        own = _own(stored.by_centre(today, actor.municipality), today)
        return DocumentsOverview(
            (), {}, own, may_see=False, may_signal=False, may_plan=False, may_hand_out=False
        )
    require(actor, "see-document-counts")
    counted = ready_by_centre(today, document_law(law_book(), today))
    ready = {one.centre: one.ready for one in counted}
    reasons = {why: sum(one.reasons[why] for one in counted) for why in WhyNotReady}
    return DocumentsOverview(
        centres=_lines(stored.by_centre(today), ready, today),
        reasons={why: number for why, number in reasons.items() if number},
        own=None,
        may_see=may(actor, "see-documents"),
        may_signal=may(actor, "signal-document"),
        may_plan=may(actor, "plan-session"),
        may_hand_out=may(actor, "hand-out-document"),
    )


def _lines(
    counted: Sequence[CentreCount], ready: Mapping[CentreCode, int], today: date
) -> tuple[CentreLine, ...]:
    centres = people.centres()
    following: dict[CentreCode, date] = {}
    for session in stored_sessions.sessions(first_day=today):
        following.setdefault(session.centre, session.day)
    lines = []
    for code in sorted({one.centre for one in counted} | set(following)):
        of = {one.state: one for one in counted if one.centre == code}
        number = {state: of[state].documents if state in of else 0 for state in DocumentState}
        still = [of[state] for state in OPEN_STATES if state in of]
        waiting = sum(one.documents for one in still)
        lines.append(
            CentreLine(
                centre=code,
                name=centres[code].name if code in centres else code,
                ready=ready.get(code, 0),
                blocked=number[DocumentState.WAITING] - ready.get(code, 0),
                planned=number[DocumentState.INVITED] + number[DocumentState.GIVEN],
                to_check=number[DocumentState.GIVEN],
                to_reschedule=number[DocumentState.TO_RESCHEDULE],
                to_look_at=number[DocumentState.TO_LOOK_AT],
                handed_out=number[DocumentState.HANDED_OUT],
                waited=sum(one.waited_days for one in still) // waiting if waiting else None,
                next_session=following.get(code),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.name, line.centre)))


def _own(counted: Sequence[CentreCount], today: date) -> OwnCounts:
    floor = law_book().linking(today).disclosure_floor
    waiting = sum(one.documents for one in counted if one.state in OPEN_STATES - {DocumentState.INVITED})
    planned = sum(
        one.documents for one in counted if one.state in {DocumentState.INVITED, DocumentState.GIVEN}
    )
    handed = sum(one.documents for one in counted if one.state is DocumentState.HANDED_OUT)
    shown = hide_small([waiting, planned, handed], floor)
    return OwnCounts(shown[0], shown[1], shown[2], floor)
