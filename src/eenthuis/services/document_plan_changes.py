"""What a plan made again changes of appointments that people were told: shown, and done when a person confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.services.document_sessions import cancel_session
from eenthuis.services.document_steps import Seen, on_hold, save, stepped
from eenthuis.store import document_plans as stored
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored_documents
from eenthuis.store import people
from eenthuis.store.document_models import DocumentPlanRow
from eenthuis.store.documents import HeldDocument, Place
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, WhyChanged
from eenthuis.terms.errors import StateError
from eenthuis.terms.people import CentreCode, HouseholdId

MOST_SHOWN = 200
"""So many changed appointments stand on a page; a file holds all."""


@dataclass(frozen=True, slots=True)
class ToldSeat:
    """An appointment as people are told of it; ``begins`` is empty where its session is no longer there."""

    centre_name: str
    day: date
    begins: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What changes for one document: the appointment before and the one now, and why."""

    number: DocumentNumber
    household: HouseholdId
    centre_name: str
    before: ToldSeat | None
    now: ToldSeat | None
    why: WhyChanged


@dataclass(frozen=True, slots=True)
class PlanCost:
    """What a plan cost and could not cost less than, in whole days that people wait, rounded down."""

    number: int
    as_of: date
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """What a plan made again changes.

    Attributes
    ----------
    changes
        Who was told an appointment that changes; those who get their first are in ``first`` only.
    moved, lost, first, kept
        People who get another appointment, who lose theirs without another, who get their first, and who keep theirs.
    given_up
        Sessions in which nobody has an appointment any more: name of the centre and day.
    cost, bound, nothing_cost
        In days that people wait: what the plan costs, what no plan can cost less than, and what planning
        nothing costs.
    earlier
        The plan that was confirmed last before it.
    """

    changes: tuple[PlanChange, ...]
    moved: int
    lost: int
    first: int
    kept: int
    given_up: tuple[tuple[str, date], ...]
    cost: int
    bound: int
    nothing_cost: int
    earlier: PlanCost | None

    @property
    def invitations(self) -> int:
        """New invitations that follow when it is confirmed."""
        return self.moved + self.first

    @property
    def households(self) -> list[HouseholdId]:
        """The households of the appointments that are shown."""
        return [one.household for one in self.changes]


def changed_of(row: DocumentPlanRow, *, most: int | None = MOST_SHOWN) -> PlanChanged | None:
    """Return what a plan made again changes, with at most so many appointments; None for a plan beside what stands."""
    found = row.found or {}
    told = found.get("again")
    if told is None:
        return None
    names = {code: centre.name for code, centre in people.centres().items()}
    rows = [one for one in told["changes"] if one[2]]
    shown = rows if most is None else rows[:most]
    held = stored_documents.several([DocumentNumber(one[0]) for one in shown])
    of = {one.document.number: one.document.household for one in held}
    unit = int(found["unit"])
    moved = sum(bool(one[3]) for one in rows)
    return PlanChanged(
        changes=tuple(_change(one, of, names) for one in shown if one[0] in of),
        moved=moved,
        lost=len(rows) - moved,
        first=len(told["changes"]) - len(rows),
        kept=int(told["kept"]),
        given_up=tuple(
            (names.get(CentreCode(code), code), date.fromisoformat(day)) for code, day in told["given_up"]
        ),
        cost=int(found["cost"]) // unit,
        bound=int(found["bound"]) // unit,
        nothing_cost=int(told["nothing_cost"]) // unit,
        earlier=_earlier(row),
    )


def release(actor: Actor, number: int, told: Mapping[str, list[list[str]]] | None, today: date) -> None:
    """Give up the sessions and appointments that a plan made again does not keep, in the transaction of the caller.

    Raises
    ------
    StateError
        STA-06 when documents were handed out at such a session; STA-07 when somebody was invited to it meanwhile.
    """
    if told is None:
        return
    seats = {DocumentNumber(one[0]): _place(one[1:]) for one in told["released"]}
    why = f"plan {number}"
    for code, written in told["given_up"]:
        centre, day = CentreCode(code), date.fromisoformat(written)
        there = stored_sessions.held(centre, day)
        if there is None or there.is_cancelled:
            continue
        invited = stored_documents.listed(states=(DocumentState.INVITED,), session=(centre, day))
        if any(seats.get(one.document.number) != one.place for one in invited):
            raise StateError(
                "STA-07",
                f"somebody was invited meanwhile to the session on {written} that would be given up",
                remedy="Ask for a new plan.",
            )
        cancel_session(actor=actor, centre=centre, day=day, why=why, today=today)
    still = [
        one
        for one in stored_documents.several(list(seats))
        if one.state is DocumentState.INVITED and one.place == seats[one.document.number]
    ]
    _let_go(actor, still, why, today)


def _let_go(actor: Actor, still: Sequence[HeldDocument], why: str, today: date) -> None:
    if not still:
        return
    with on_hold([Seen(one.document.number, one.step) for one in still]) as held:
        save(
            actor,
            [stepped(one, DocumentStep.REPLANNED, on=today, why=why) for one in held],
            action="document-replanned",
        )


def _change(
    told: Sequence[object], of: Mapping[DocumentNumber, HouseholdId], names: Mapping[CentreCode, str]
) -> PlanChange:
    number, centre, before, now, why = told
    name = DocumentNumber(str(number))
    return PlanChange(
        name,
        of[name],
        names.get(CentreCode(str(centre)), str(centre)),
        _seat(before, names),
        _seat(now, names),
        WhyChanged(str(why)),
    )


def _seat(told: object, names: Mapping[CentreCode, str]) -> ToldSeat | None:
    assert isinstance(told, list)  # noqa: S101 - written by ourselves
    if not told:
        return None
    centre, day, _slot, begins = told
    return ToldSeat(names.get(CentreCode(centre), centre), date.fromisoformat(day), begins)


def _place(told: Sequence[str]) -> Place:
    centre, day, slot = told
    return Place(CentreCode(centre), date.fromisoformat(day), int(slot))


def _earlier(row: DocumentPlanRow) -> PlanCost | None:
    was = stored.confirmed_before(row.pk)
    if was is None or was.found is None:
        return None
    unit = int(was.found["unit"])
    return PlanCost(was.pk, was.as_of, int(was.found["cost"]) // unit, int(was.found["bound"]) // unit)
