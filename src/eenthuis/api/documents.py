"""Residence documents ("verblijfsdocumenten"): signalled, counted per centre, and handed out at sessions."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED, WRITTEN, IdempotencyKey, Made, written_once
from eenthuis.api.asking import (
    A_PAGE,
    CENTRE,
    FIRST_PAGE,
    Day,
    FileText,
    Number,
    PageSize,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.document_overview import CentreLine, OwnCounts, read_documents_overview
from eenthuis.services.document_sessions import DayLine, SessionLine, list_sessions, read_session
from eenthuis.services.documents import DocumentFacts, DocumentLine, read_document, signal_documents
from eenthuis.terms.people import CentreCode, HouseholdId

router = Router()
DOCUMENT = r"^[A-Z][A-Z0-9-]{1,19}$"
CentreKey = Annotated[str, Path(alias="opvangCode", pattern=CENTRE)]
SessionDayKey = Annotated[Day, Path(alias="uitgifteDatum")]


class DocumentAsked(Asked):
    """A document that is ready, or will be, and what is known of it."""

    number: str = Field(alias="documentNummer", pattern=DOCUMENT)
    household: FileText = Field(alias="dossiernummer")
    ready_on: Day = Field(alias="kaartDatum")
    born_on: Day = Field(alias="geboorteDatum")
    photo_on: Day | None = Field(alias="pasfotoDatum")
    fingerprints_on: Day | None = Field(alias="vingerafdrukDatum")
    has_citizen_number: bool = Field(alias="isBurgerservicenummerBekend")
    has_address: bool = Field(alias="isAdresBekend")


class DocumentResource(Schema):
    """A document: where it stands, and why it cannot be handed out today, if so."""

    number: str = Field(serialization_alias="documentNummer")
    centre: str = Field(serialization_alias="opvangCode")
    state: str = Field(serialization_alias="stand")
    ready_on: date = Field(serialization_alias="kaartDatum")
    reasons: list[str] = Field(serialization_alias="redenen")

    @classmethod
    def of(cls, line: DocumentLine) -> DocumentResource:
        """Return a document."""
        return cls(
            number=line.number,
            centre=line.held.document.centre,
            state=line.held.state.value,
            ready_on=line.held.document.ready_on,
            reasons=[why.value for why in line.readiness.reasons],
        )


class DocumentCountsResource(Schema):
    """Documents of a centre, or of the households of a municipality without a centre; null where too few to show."""

    centre: str | None = Field(serialization_alias="opvangCode")
    ready: int | None = Field(serialization_alias="kanNu")
    blocked: int | None = Field(serialization_alias="kanNogNiet")
    waiting: int | None = Field(serialization_alias="wacht")
    planned: int | None = Field(serialization_alias="gepland")
    handed_out: int | None = Field(serialization_alias="uitgereikt")

    @classmethod
    def of(cls, line: CentreLine) -> DocumentCountsResource:
        """Return the counts of a centre."""
        return cls(
            centre=line.centre,
            ready=line.ready,
            blocked=line.blocked,
            waiting=line.ready + line.blocked + line.to_reschedule + line.to_look_at,
            planned=line.planned,
            handed_out=line.handed_out,
        )

    @classmethod
    def of_own(cls, own: OwnCounts) -> DocumentCountsResource:
        """Return the counts of a municipality's own households."""
        return cls(
            centre=None,
            ready=None,
            blocked=None,
            waiting=own.waiting,
            planned=own.planned,
            handed_out=own.handed_out,
        )


class SessionResource(Schema):
    """A session of a team at a centre."""

    centre: str = Field(serialization_alias="opvangCode")
    day: date = Field(serialization_alias="uitgifteDatum")
    team: str = Field(serialization_alias="team")
    staff: int = Field(serialization_alias="medewerkers")
    slots: int = Field(serialization_alias="plaatsen")
    taken: int = Field(serialization_alias="bezet")
    begins: str = Field(serialization_alias="begintOm")

    @classmethod
    def of(cls, line: SessionLine) -> SessionResource:
        """Return a session."""
        one = line.session
        return cls(
            centre=one.centre,
            day=one.day,
            team=one.team,
            staff=one.staff,
            slots=one.slots,
            taken=line.taken,
            begins=one.first_slot.isoformat("minutes"),
        )


class AppointmentResource(Schema):
    """An appointment at a session."""

    number: str = Field(serialization_alias="documentNummer")
    begins: str = Field(serialization_alias="begintOm")
    state: str = Field(serialization_alias="stand")

    @classmethod
    def of(cls, place: DayLine) -> AppointmentResource:
        """Return an appointment."""
        return cls(
            number=place.line.number,
            begins=place.begins.isoformat("minutes"),
            state=place.line.held.state.value,
        )


@router.get(
    "/verblijfsdocumenten/aantallen",
    by_alias=True,
    response={200: list[DocumentCountsResource], **GUARDED},
    operation_id="verblijfsdocumentAantallen",
)
def document_counts(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[DocumentCountsResource]:
    """Geef hoeveel documenten er per opvanglocatie zijn; een gemeente krijgt die van haar eigen huishoudens."""
    found = read_documents_overview(actor=asked_by(request), today=today_of(request))
    rows = (
        [DocumentCountsResource.of_own(found.own)]
        if found.own
        else [DocumentCountsResource.of(line) for line in found.centres]
    )
    return rows[paged(request, response, len(rows), page, page_size)]


@router.post(
    "/verblijfsdocumenten",
    by_alias=True,
    response={201: DocumentResource, **WRITTEN},
    operation_id="verblijfsdocumentAanmelden",
)
def signal_document(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[DocumentAsked, Body()]
) -> HttpResponse:
    """Meld een document aan dat klaar is, of klaar komt, met wat ervan bekend is."""

    def act() -> Made:
        actor, today = asked_by(request), today_of(request)
        facts = DocumentFacts(
            number=asked.number,
            household=HouseholdId(asked.household),
            ready_on=asked.ready_on,
            born_on=asked.born_on,
            photo_on=asked.photo_on,
            fingerprints_on=asked.fingerprints_on,
            has_citizen_number=asked.has_citizen_number,
            has_address=asked.has_address,
        )
        (number,) = signal_documents(actor=actor, signalled=[facts], today=today)
        return Made(DocumentResource.of(read_document(actor=actor, number=number, today=today).line))

    return written_once(request, key, act)


@router.get(
    "/uitgiftedagen",
    by_alias=True,
    response={200: list[SessionResource], **GUARDED},
    operation_id="uitgiftedagen",
)
def document_sessions(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[SessionResource]:
    """Geef de uitgiftedagen: eerst die komen, dan die waren."""
    found = list_sessions(actor=asked_by(request), today=today_of(request))
    return [SessionResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/uitgiftedagen/{opvangCode}/{uitgifteDatum}/afspraken",
    by_alias=True,
    response={200: list[AppointmentResource], **GUARDED},
    operation_id="uitgiftedagAfspraken",
)
def document_appointments(
    request: HttpRequest,
    response: HttpResponse,
    centre: CentreKey,
    day: SessionDayKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[AppointmentResource]:
    """Geef de afspraken van een uitgiftedag, op volgorde van tijd."""
    found = read_session(
        actor=asked_by(request), centre=CentreCode(centre), day=day, today=today_of(request)
    ).places
    return [
        AppointmentResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]
    ]
