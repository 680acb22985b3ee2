"""Residence documents as rows, and back; every step is a row of its own with all that holds after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from eenthuis.store.document_models import ResidenceDocumentRow
from eenthuis.store.scope import counts
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, ResidenceDocument, SessionId, session_id
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode

PLACED = (DocumentState.INVITED, DocumentState.GIVEN, DocumentState.HANDED_OUT)
"""States in which a place in a session is somebody's."""

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a session; slots count from 0."""

    centre: CentreCode
    day: date
    slot: int

    @property
    def session(self) -> SessionId:
        """The session."""
        return session_id(self.centre, self.day)


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document as it stands, or stood after a step; ``row`` is the key of that step, 0 before there is one.

    ``place`` is of the appointment it has, or had last; ``not_before`` is the first day of a new one.
    """

    document: ResidenceDocument
    state: DocumentState
    kind: DocumentStep
    on: date
    step: int = 0
    not_before: date | None = None
    no_shows: int = 0
    place: Place | None = None
    given_by: str = ""
    checked_by: str = ""
    why: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    row: int = 0

    def after(self, kind: DocumentStep, state: DocumentState, on: date) -> HeldDocument:
        """Return how it stands after a step, without the reason of the step before; the caller changes the rest."""
        return replace(self, kind=kind, state=state, on=on, why="")


def held(number: DocumentNumber) -> HeldDocument | None:
    """Return a document as it stands, if there is one by this number within reach."""
    return next(iter(several([number])), None)


def several(numbers: Sequence[DocumentNumber]) -> tuple[HeldDocument, ...]:
    """Return documents as they stand, by number; those out of reach are left out."""
    return _listed(current().filter(number__in=list(numbers)))


def listed(
    *,
    states: Iterable[DocumentState] | None = None,
    centre: CentreCode | None = None,
    session: tuple[CentreCode, date] | None = None,
    households: Sequence[HouseholdId] | None = None,
) -> tuple[HeldDocument, ...]:
    """Return documents as they stand, by centre, household and number; each wish that is given narrows."""
    rows = current()
    if states is not None:
        rows = rows.filter(state__in=[one.value for one in states])
    if centre is not None:
        rows = rows.filter(centre=centre)
    if session is not None:
        rows = rows.filter(session_centre=session[0], session_on=session[1])
    if households is not None:
        rows = rows.filter(household__in=list(households))
    return _listed(rows)


def steps_of(number: DocumentNumber) -> tuple[HeldDocument, ...]:
    """Return every step of a document, oldest first."""
    rows = ResidenceDocumentRow.objects.filter(number=number, born_on__isnull=False).order_by("step")
    return tuple(held_from(row) for row in rows)


def last_of(
    numbers: Sequence[DocumentNumber], kinds: Iterable[DocumentStep]
) -> dict[DocumentNumber, DocumentStep]:
    """Return the last step of some kinds that each document took; one that took none is left out."""
    rows = ResidenceDocumentRow.objects.filter(
        number__in=list(numbers), kind__in=[one.value for one in kinds], born_on__isnull=False
    )
    found = rows.order_by("step").values_list("number", "kind")
    return {DocumentNumber(number): DocumentStep(kind) for number, kind in found}


def missed(centre: CentreCode, day: date) -> tuple[HeldDocument, ...]:
    """Return the appointments of a session that came to nothing, as they stood then, by place."""
    rows = ResidenceDocumentRow.objects.filter(
        session_centre=centre,
        session_on=day,
        kind__in=(DocumentStep.NO_SHOW.value, DocumentStep.WRONG_DETAILS.value),
        born_on__isnull=False,
    )
    return tuple(held_from(row) for row in rows.order_by("slot", "number"))


def taken(first_day: date) -> Mapping[SessionId, frozenset[int]]:
    """Return the places of sessions from a day on that are somebody's now."""
    rows = current().filter(session_on__gte=first_day, state__in=[one.value for one in PLACED])
    found: dict[SessionId, set[int]] = {}
    for centre, day, slot in rows.values_list("session_centre", "session_on", "slot"):
        if day is not None and slot is not None:
            found.setdefault(session_id(CentreCode(centre), day), set()).add(slot)
    return {session: frozenset(slots) for session, slots in found.items()}


def add_steps(made: Sequence[HeldDocument], *, decided_by: str) -> None:
    """Add a step per document: what is given is how it stands from now on, after the row it was read from."""
    ResidenceDocumentRow.objects.bulk_create([_row(one, decided_by) for one in made], batch_size=CHUNK)


@counts
def next_number() -> int:
    """Return the first number that no document of ours has yet; those that the IND gave itself do not count."""
    last: str | None = ResidenceDocumentRow.objects.filter(number__regex=r"^D-[0-9]{7}$").aggregate(
        last=Max("number")
    )["last"]
    return int(last.removeprefix("D-")) + 1 if last else 1


def document_number(number: int) -> DocumentNumber:
    """Return a number of ours as it is written."""
    return DocumentNumber(f"D-{number:07d}")


@dataclass(frozen=True, slots=True)
class CentreCount:
    """Documents of a centre in one state: how many, and how many days since the card was there, all together."""

    centre: CentreCode
    state: DocumentState
    documents: int
    waited_days: int


@counts
def by_centre(today: date, municipality: MunicipalityCode | None = None) -> tuple[CentreCount, ...]:
    """Return how many documents stand where per centre; of a municipality: those of households linked to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select d.centre, d.state, count(*),
              coalesce(sum(greatest(case when d.state = 'handed-out' then d."on" else %s end - d.ready_on, 0)), 0)
            from store_residencedocumentrow d
            where not exists (select 1 from store_residencedocumentrow n where n.replaces_id = d.id)
              and (%s::text is null or exists (
                select 1 from store_linkrow l where l.household = d.household and l.kind = 'linked'
                  and l.municipality = %s and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
              ))
            group by 1, 2 order by 1, 2
            """,
            [today, municipality, municipality],
        )
        return tuple(
            CentreCount(CentreCode(centre), DocumentState(state), int(number), int(days))
            for centre, state, number, days in cursor.fetchall()
        )


def current() -> QuerySet[ResidenceDocumentRow]:
    """Return the rows that say how documents stand, those of an erased household left out."""
    later = ResidenceDocumentRow.objects.filter(replaces=OuterRef("pk"))
    return ResidenceDocumentRow.objects.filter(~Exists(later), born_on__isnull=False)


def _listed(rows: QuerySet[ResidenceDocumentRow]) -> tuple[HeldDocument, ...]:
    return tuple(held_from(row) for row in rows.order_by("centre", "household", "number"))


def _row(one: HeldDocument, decided_by: str) -> ResidenceDocumentRow:
    document, place = one.document, one.place
    return ResidenceDocumentRow(
        number=document.number,
        step=one.step + 1,
        kind=one.kind.value,
        state=one.state.value,
        household=document.household,
        centre=document.centre,
        ready_on=document.ready_on,
        born_on=document.born_on,
        photo_on=document.photo_on,
        fingerprints_on=document.fingerprints_on,
        has_register_number=document.has_citizen_number,
        has_address=document.has_address,
        not_before=one.not_before,
        no_shows=one.no_shows,
        session_centre=place.centre if place else "",
        session_on=place.day if place else None,
        slot=place.slot if place else None,
        on=one.on,
        why=one.why,
        given_by=one.given_by,
        checked_by=one.checked_by,
        replaces_id=one.row or None,
        decided_by=decided_by,
    )


def held_from(row: ResidenceDocumentRow) -> HeldDocument:
    """Return a row as what it says."""
    assert row.born_on is not None  # noqa: S101 - erased rows are left out
    place = None
    if row.session_on is not None and row.slot is not None:
        place = Place(CentreCode(row.session_centre), row.session_on, row.slot)
    return HeldDocument(
        document=ResidenceDocument(
            number=DocumentNumber(row.number),
            household=HouseholdId(row.household),
            centre=CentreCode(row.centre),
            ready_on=row.ready_on,
            born_on=row.born_on,
            photo_on=row.photo_on,
            fingerprints_on=row.fingerprints_on,
            has_citizen_number=row.has_register_number,
            has_address=row.has_address,
        ),
        state=DocumentState(row.state),
        kind=DocumentStep(row.kind),
        on=row.on,
        step=row.step,
        not_before=row.not_before,
        no_shows=row.no_shows,
        place=place,
        given_by=row.given_by,
        checked_by=row.checked_by,
        why=row.why,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        row=row.pk,
    )
