"""Taking a step of residence documents: held, checked against where they stand, saved, and told in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.documents import session_law
from eenthuis.rules.document_steps import StepRefused, state_after
from eenthuis.services.access import require
from eenthuis.services.notices import tell
from eenthuis.store import documents as stored
from eenthuis.store import journal, people
from eenthuis.store.documents import HeldDocument
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import CentreCode
from eenthuis.terms.places import LinkingRegion

LONGEST_REASON = 500
"""Characters of a reason; more belongs in the file at the IND."""


MOST_HELD = 500
"""So many documents are held by a lock each; of more the database refuses the second of two steps."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A document with the step that somebody saw last; 0 where that does not matter."""

    number: DocumentNumber
    step: int = 0


@contextmanager
def on_hold(seen: Sequence[Seen]) -> Iterator[tuple[HeldDocument, ...]]:
    """Open a transaction in which nobody else takes a step of these documents, and give them as they stand.

    Raises
    ------
    AccessError
        ACC-02 when one is not there.
    StateError
        STA-07 when somebody took a step of one since it was seen.
    """
    with _first_of_two(), transaction.atomic():
        numbers = sorted({one.number for one in seen})
        for number in numbers if len(numbers) <= MOST_HELD else ():
            journal.lock_subject(f"document {number}")
        there = {one.document.number: one for one in stored.several([one.number for one in seen])}
        for one in seen:
            if one.number not in there:
                raise AccessError("ACC-02", "no document by that number", remedy="Check the number.")
            if one.step and one.step != there[one.number].step:
                raise StateError(
                    "STA-07",
                    "somebody took a step for this document meanwhile",
                    remedy="Reload the page and look at where it stands now.",
                )
        yield tuple(there[one.number] for one in seen)


@contextmanager
def _first_of_two() -> Iterator[None]:
    """Tell whoever comes second that somebody was first, where the database refuses a second step after one row."""
    try:
        yield
    except IntegrityError:
        raise StateError(
            "STA-07",
            "somebody took a step for a document meanwhile",
            remedy="Reload the page and look again.",
        ) from None


def stepped(held: HeldDocument, kind: DocumentStep, *, on: date, why: str = "") -> HeldDocument:
    """Return a document after a step that fits where it stands; the caller changes what else differs, and saves.

    Raises
    ------
    StateError
        STA-06 when the step does not fit.
    """
    no_shows = held.no_shows + (kind is DocumentStep.NO_SHOW)
    after = state_after(
        held.state, kind, no_shows=no_shows, most_no_shows=session_law(law_book(), on).no_shows
    )
    if isinstance(after, StepRefused):
        raise StateError(
            "STA-06",
            f"{kind.value} cannot be taken from {held.state.value}",
            remedy="Reload the page and look at where the document stands now.",
        )
    return replace(held.after(kind, after, on), no_shows=no_shows, why=why.strip())


def reason(why: str) -> str:
    """Return a reason that was given, without spaces around it.

    Raises
    ------
    InputError
        INP-04 without one; INP-06 when it is too long.
    """
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why in a sentence.")
    if len(why) > LONGEST_REASON:
        raise InputError("INP-06", "the reason is too long", remedy="Say it in fewer words.")
    return why.strip()


def save(by: Actor, made: Sequence[HeldDocument], *, action: str) -> None:
    """Add the steps, each with a line in the journal that names the household, in the transaction of the caller."""
    stored.add_steps(made, decided_by=by.name)
    journal.write_many(by, action, ((_subject(one), "", _told(one)) for one in made))


def take_one(
    *,
    actor: Actor,
    action: str,
    seen: Seen,
    kind: DocumentStep,
    why: str,
    today: date,
    told: str,
    after: Callable[[HeldDocument], HeldDocument] = lambda held: held,
) -> HeldDocument:
    """Take a step of one document that needs nothing else, and return how it stands.

    ``told`` is what the journal calls it; ``after`` changes what else differs.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such document.
    InputError
        INP-04 or INP-06 for the reason.
    StateError
        STA-06 when the step does not fit; STA-07 when somebody was first.
    """
    require(actor, action)
    with on_hold([seen]) as (held,):
        made = after(stepped(held, kind, on=today, why=reason(why)))
        save(actor, [made], action=told)
    return made


def tell_coa(
    kind: NoticeKind,
    centre: CentreCode,
    reference_to: str,
    *,
    today: date,
    concerned: int = 0,
    due_on: date | None = None,
) -> None:
    """Tell COA in the linking region of a centre."""
    tell(
        kind=kind,
        to=Addressee(Role.COA, region=region_of(centre)),
        reference=reference_to,
        today=today,
        due_on=due_on,
        figures={"documents": concerned} if concerned else {},
    )


def region_of(centre: CentreCode) -> LinkingRegion:
    """Return the linking region in which a centre lies."""
    province = reference.municipality(people.centres()[centre].municipality).province
    return next(one.region for one in reference.provinces() if one.code == province)


def _subject(held: HeldDocument) -> str:
    return f"household {held.document.household}"


def _told(held: HeldDocument) -> Mapping[str, object]:
    place = held.place if held.state in {*stored.PLACED, DocumentState.TO_RESCHEDULE} else None
    return {
        "document": held.document.number,
        "state": held.state,
        "on": held.on,
        **({"session": place.session, "slot": place.slot} if place else {}),
        **({"given_by": held.given_by} if held.given_by else {}),
        **({"why": held.why} if held.why else {}),
    }
