"""Plans of sessions ("uitgifteplannen"): asked for, made or made again in the background, and confirmed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import GUARDED, WRITTEN, IdempotencyKey, Made, written_once, written_together
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Number,
    PageSize,
    RowKey,
    asked_by,
    integral,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.document_plan_changes import PlanChange, PlanChanged, ToldSeat
from eenthuis.services.document_plans import (
    MOST_STAFF,
    MOST_VANS,
    PlanFound,
    PlanPage,
    ask_plan,
    confirm_plan,
    list_plans,
    read_changes_of,
    read_plan,
)

router = Router()
Staff = Annotated[int, Field(ge=1, le=MOST_STAFF), BeforeValidator(integral)]
Vans = Annotated[int, Field(ge=1, le=MOST_VANS), BeforeValidator(integral)]


class PlanAsked(Asked):
    """A plan with so many staff and vans at each desk, or neither for the loaded teams; ``opnieuw`` plans again."""

    staff: Staff | None = Field(None, alias="medewerkers")
    vans: Vans | None = Field(None, alias="bussen")
    kind: Literal["plan", "opnieuw"] = Field(alias="soort")


class PlanFoundResource(Schema):
    """What was found: people, sessions, and in days that people wait what it costs and cannot cost less than."""

    people: int = Field(serialization_alias="aantalAfspraken")
    sessions: int = Field(serialization_alias="aantalUitgiftedagen")
    cost: int = Field(serialization_alias="kosten")
    bound: int = Field(serialization_alias="ondergrens")
    not_planned: dict[str, int] = Field(serialization_alias="nietGepland")

    @classmethod
    def of(cls, found: PlanFound) -> PlanFoundResource:
        """Return what was found."""
        return cls(
            people=found.people,
            sessions=len(found.sessions),
            cost=found.cost // found.unit,
            bound=found.bound // found.unit,
            not_planned=dict(found.not_planned),
        )


class PlanChangedResource(Schema):
    """What a plan made again changes: people who keep, change, lose and first get an appointment."""

    kept: int = Field(serialization_alias="blijft")
    moved: int = Field(serialization_alias="verandert")
    lost: int = Field(serialization_alias="vervalt")
    first: int = Field(serialization_alias="eerste")
    invitations: int = Field(serialization_alias="nieuweUitnodigingen")
    given_up: int = Field(serialization_alias="uitgiftedagenVervallen")
    before: int = Field(serialization_alias="kostenVooraf")

    @classmethod
    def of(cls, changed: PlanChanged) -> PlanChangedResource:
        """Return what changes."""
        return cls(
            kept=changed.kept,
            moved=changed.moved,
            lost=changed.lost,
            first=changed.first,
            invitations=changed.invitations,
            given_up=len(changed.given_up),
            before=changed.nothing_cost,
        )


class PlanResource(Schema):
    """A plan: how far it is, and what was found; nobody is invited until somebody confirms it."""

    number: int = Field(serialization_alias="nummer")
    as_of: date = Field(serialization_alias="standDatum")
    kind: str = Field(serialization_alias="soort")
    state: str = Field(serialization_alias="stand")
    staff: int = Field(serialization_alias="medewerkers")
    vans: int = Field(serialization_alias="bussen")
    is_confirmed: bool = Field(serialization_alias="isBevestigd")
    found: PlanFoundResource | None = Field(serialization_alias="uitkomst")
    changed: PlanChangedResource | None = Field(serialization_alias="wijziging")

    @classmethod
    def of(cls, page: PlanPage) -> PlanResource:
        """Return a plan."""
        return cls(
            number=page.number,
            as_of=page.as_of,
            kind="opnieuw" if page.is_again else "plan",
            state=page.state,
            staff=page.staff,
            vans=page.vans,
            is_confirmed=bool(page.confirmed_by),
            found=PlanFoundResource.of(page.found) if page.found else None,
            changed=PlanChangedResource.of(page.changed) if page.changed else None,
        )


class SeatResource(Schema):
    """An appointment: the name of the centre, the day and the time, empty where its session is gone."""

    centre: str = Field(serialization_alias="opvang")
    day: date = Field(serialization_alias="uitgifteDatum")
    begins: str = Field(serialization_alias="begintOm")

    @classmethod
    def of(cls, seat: ToldSeat | None) -> SeatResource | None:
        """Return an appointment; None for none."""
        return cls(centre=seat.centre_name, day=seat.day, begins=seat.begins) if seat else None


class PlanChangeResource(Schema):
    """What changes for one document."""

    number: str = Field(serialization_alias="documentNummer")
    before: SeatResource | None = Field(serialization_alias="was")
    now: SeatResource | None = Field(serialization_alias="wordt")
    why: str = Field(serialization_alias="waarom")

    @classmethod
    def of(cls, change: PlanChange) -> PlanChangeResource:
        """Return a change."""
        return cls(
            number=change.number,
            before=SeatResource.of(change.before),
            now=SeatResource.of(change.now),
            why=change.why.value,
        )


class PlanConfirmedResource(Schema):
    """How many were invited, and how many no longer could be."""

    invited: int = Field(serialization_alias="uitgenodigd")
    left: int = Field(serialization_alias="kondenNietMeer")


@router.get(
    "/uitgifteplannen",
    by_alias=True,
    response={200: list[PlanResource], **GUARDED},
    url_name="document_plans",
    operation_id="uitgifteplannen",
)
def document_plans(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[PlanResource]:
    """Geef de plannen van uitgiftedagen die het laatst zijn gevraagd; wat er verandert staat bij één plan."""
    found = list_plans(actor=asked_by(request))
    return [PlanResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.post(
    "/uitgifteplannen",
    by_alias=True,
    response={201: PlanResource, **WRITTEN},
    url_name="document_plans",
    operation_id="uitgifteplanVragen",
)
def ask_document_plan(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[PlanAsked, Body()]
) -> HttpResponse:
    """Vraag een plan, of vraag opnieuw te plannen; wordt er al een gemaakt, dan komt dat terug."""

    def act() -> Made:
        actor = asked_by(request)
        number = ask_plan(
            actor=actor,
            staff=asked.staff,
            vans=asked.vans,
            today=today_of(request),
            is_again=asked.kind == "opnieuw",
        )
        made = PlanResource.of(read_plan(actor=actor, number=number))
        return Made(made, location=f"/api/v1/uitgifteplannen/{number}")

    return written_together(request, key, act)


@router.get(
    "/uitgifteplannen/{nummer}",
    by_alias=True,
    response={200: PlanResource, **GUARDED},
    operation_id="uitgifteplan",
)
def document_plan(request: HttpRequest, number: RowKey) -> PlanResource:
    """Geef een plan, met wat het kost en wat er verandert."""
    return PlanResource.of(read_plan(actor=asked_by(request), number=number))


@router.get(
    "/uitgifteplannen/{nummer}/wijzigingen",
    by_alias=True,
    response={200: list[PlanChangeResource], **GUARDED},
    operation_id="uitgifteplanWijzigingen",
)
def document_plan_changes(
    request: HttpRequest,
    response: HttpResponse,
    number: RowKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[PlanChangeResource]:
    """Geef wie een afspraak had die in een opnieuw gemaakt plan verandert, en waarom."""
    changed = read_changes_of(actor=asked_by(request), number=number)
    rows = changed.changes if changed else ()
    return [PlanChangeResource.of(one) for one in rows[paged(request, response, len(rows), page, page_size)]]


@router.post(
    "/uitgifteplannen/{nummer}/bevestiging",
    by_alias=True,
    response={201: PlanConfirmedResource, **WRITTEN},
    operation_id="uitgifteplanBevestigen",
)
def confirm_document_plan(request: HttpRequest, number: RowKey, key: IdempotencyKey) -> HttpResponse:
    """Bevestig een plan: de uitgiftedagen worden gemaakt of afgezegd, en de bewoners uitgenodigd."""

    def act() -> Made:
        invited, left = confirm_plan(actor=asked_by(request), number=number, today=today_of(request))
        return Made(PlanConfirmedResource(invited=invited, left=left))

    return written_once(request, key, act)
