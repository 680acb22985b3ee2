"""Documents follow their household: to another centre, or out of reception; open appointments are made again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.rules.document_steps import OPEN_STATES, appoint
from eenthuis.rules.documents import parties
from eenthuis.services.access import require
from eenthuis.services.document_inviting import Wanted, invite
from eenthuis.services.document_steps import stepped
from eenthuis.services.documents import SERVICE, DocumentLine, lines_of, note_listed
from eenthuis.services.notices import tell
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored
from eenthuis.store import journal
from eenthuis.store.documents import HeldDocument, Place
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import CentreCode, Household, HouseholdId

LOSE = (DocumentStep.CENTRE_CHANGED, DocumentStep.SESSION_CANCELLED, DocumentStep.REPLANNED)
"""Steps after which an appointment no longer holds."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A document whose appointment no longer holds: why, where it was, and the first place that fits, if any."""

    line: DocumentLine
    why: DocumentStep
    before: Place | None
    now: Place | None

    @property
    def key(self) -> str:
        """What is proposed, as a form sends it back."""
        if self.now is None:
            return ""
        held = self.line.held
        return (
            f"{held.document.number} {held.step} {self.now.centre} {self.now.day.isoformat()} {self.now.slot}"
        )


def move_documents(*, by: Actor, household: HouseholdId, centre: CentreCode, on: date, today: date) -> int:
    """Let the documents of a household follow it to a centre in the transaction in which it moves; return how many.

    Who lets it move was asked for access already and need not see its documents; only what follows is written.
    """
    kind = DocumentStep.CENTRE_CHANGED

    def moved(held: HeldDocument) -> HeldDocument:
        after = stepped(held, kind, on=on)
        return replace(after, document=replace(after.document, centre=centre))

    made, lost = _follow(by, [household], "document-centre-changed", moved)
    if lost:
        tell(
            kind=NoticeKind.APPOINTMENT_MOVED,
            to=Addressee(Role.IND),
            reference=f"document:{lost[0].row}",
            today=today,
            figures={"documents": len(lost)},
        )
    return made


def documents_leave(*, by: Actor, days: Mapping[HouseholdId, date]) -> int:
    """Let the documents of households that left reception go to a desk; ``days`` says when each left."""
    kind = DocumentStep.LEFT_RECEPTION
    made, _ = _follow(
        by,
        tuple(days),
        "document-left-reception",
        lambda held: stepped(held, kind, on=days[held.document.household]),
    )
    return made


def documents_follow(*, by: Actor, before: Sequence[HouseholdId], now: Sequence[Household], on: date) -> int:
    """Let documents go on with the households that others were merged or split into, by year of birth."""
    kind = DocumentStep.CHANGED
    left = {one.identifier: Counter(member.birth_year for member in one.members) for one in now}
    centres = {one.identifier: one.centre for one in now}

    def followed(held: HeldDocument) -> HeldDocument:
        year = held.document.born_on.year
        name = next((one for one, years in left.items() if years[year] > 0), now[0].identifier)
        left[name][year] -= 1
        after = stepped(held, kind, on=on)
        return replace(after, document=replace(after.document, household=name, centre=centres[name]))

    made, _ = _follow(by, before, "document-followed", followed)
    return made


def _follow(
    by: Actor,
    households: Sequence[HouseholdId],
    action: str,
    after: Callable[[HeldDocument], HeldDocument],
) -> tuple[int, tuple[HeldDocument, ...]]:
    """Take a step of every open document of these households; return how many, and who lost an appointment."""
    with whole(SERVICE):
        if not (held := stored.listed(states=OPEN_STATES, households=households)):
            return 0, ()
        for number in sorted(one.document.number for one in held):
            journal.lock_subject(f"document {number}")
        held = stored.listed(states=OPEN_STATES, households=households)
        made = [after(one) for one in held]
        stored.add_steps(made, decided_by=by.name)
    lost = tuple(
        one
        for one, now in zip(held, made, strict=True)
        if one.state is DocumentState.INVITED and now.state is not DocumentState.INVITED
    )
    counted = Counter(one.document.household for one in held)
    told = [(f"household {name}", "", {"documents": number}) for name, number in counted.items()]
    journal.write_many(by, action, told)
    return len(made), lost


def read_changes(*, actor: Actor, today: date) -> tuple[ChangeLine, ...]:
    """Return the appointments that no longer hold, each with the first place that fits its household now.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    held = stored.listed(states=(DocumentState.TO_RESCHEDULE,))
    places = first_places(held, today)
    lines, why = lines_of(held, today), why_lost(held)
    note_listed(lines)
    return tuple(
        ChangeLine(line, why[line.number], line.held.place, places.get(line.number)) for line in lines
    )


def confirm_changes(*, actor: Actor, wanted: Sequence[Wanted], today: date) -> int:
    """Invite people anew to the places that a person agreed with; all or none.

    Raises
    ------
    AccessError, StateError
        As :func:`eenthuis.services.document_sessions.invite`.
    """
    return invite(actor=actor, wanted=wanted, today=today)


def first_places(held: Sequence[HeldDocument], today: date) -> dict[str, Place]:
    """Return the first free places for documents that wait, each household together, with time to invite."""
    law = session_law(law_book(), today)
    first = today + timedelta(days=law.notice_days)
    sessions = stored_sessions.sessions(first_day=first, last_day=today + timedelta(weeks=law.horizon_weeks))
    of: dict[tuple[HouseholdId, CentreCode, date], list[HeldDocument]] = {}
    for one in held:
        from_day = max(first, one.not_before or first)
        of.setdefault((one.document.household, one.document.centre, from_day), []).append(one)
    asked = [
        party
        for (_, centre, from_day), group in of.items()
        for party in parties(
            [one.document for one in group],
            [one.day for one in sessions if one.centre == centre and one.day >= from_day],
            document_law(law_book(), today),
            law.slots_a_day,
        )
    ]
    by_day = {one.identifier: one for one in sessions}
    return {
        one.document: Place(by_day[one.session].centre, one.day, one.slot)
        for one in appoint(asked, sessions, stored.taken(first))
    }


def why_lost(held: Sequence[HeldDocument]) -> Mapping[DocumentNumber, DocumentStep]:
    """Return for each document the step after which its appointment no longer held; later facts do not count."""
    found = stored.last_of([one.document.number for one in held], LOSE)
    return {one.document.number: found.get(one.document.number, one.kind) for one in held}
