"""Transit locations ("doorstroomlocaties"): sites, stays by number, days, the bill per month and its money."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from eenthuis.api.answering import (
    GUARDED,
    READ,
    REPLACED,
    WRITTEN,
    IdempotencyKey,
    IfMatch,
    IfNoneMatch,
    Made,
    expected,
    made,
    require_seen,
    told,
    written_once,
    written_together,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Number,
    PageSize,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.money import MoneyFileResource, made_file
from eenthuis.api.transit_resources import (
    NAMES,
    SITE,
    ChangedTransitSiteAsked,
    NewTransitSiteAsked,
    ParticipantAsked,
    StaysAsked,
    TransitClaimAsked,
    TransitCountsResource,
    TransitDayResource,
    TransitMonthResource,
    TransitSiteResource,
    TransitUseResource,
)
from eenthuis.services.transit_claims import claim_month, claims_of
from eenthuis.services.transit_sites import (
    add_transit_site,
    all_days,
    change_transit_site,
    list_transit_sites,
    months_of,
    read_transit,
    read_transit_site,
)
from eenthuis.services.transit_stays import add_stays
from eenthuis.services.transit_taking_part import ParticipantChange, change_participants
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import SiteId, TransitSite

router = Router()
SiteKey = Annotated[str, Path(alias="nummer", pattern=SITE)]


@router.get(
    "/doorstroomlocaties/aantallen",
    by_alias=True,
    response={200: TransitCountsResource, **READ},
    operation_id="doorstroomlocatieAantallen",
)
def transit_counts(request: HttpRequest) -> TransitCountsResource:
    """Geef hoeveel doorstroomlocaties, plaatsen en mensen er in het land zijn."""
    page = read_transit(actor=asked_by(request), today=today_of(request))
    return TransitCountsResource(sites=page.sites, places=page.places, people=page.people)


@router.get(
    "/doorstroomlocaties",
    by_alias=True,
    response={200: list[TransitSiteResource], **GUARDED},
    operation_id="doorstroomlocaties",
    url_name="transit-sites",
)
def transit_sites(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[TransitSiteResource]:
    """Geef de doorstroomlocaties binnen bereik, ook die waaraan de eigen gemeente meedoet."""
    lines = list_transit_sites(actor=asked_by(request), today=today_of(request))
    return [
        TransitSiteResource.of(one) for one in lines[paged(request, response, len(lines), page, page_size)]
    ]


@router.post(
    "/doorstroomlocaties",
    by_alias=True,
    response={201: TransitSiteResource, **WRITTEN},
    operation_id="doorstroomlocatieToevoegen",
    url_name="transit-sites",
)
def open_transit_site(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[NewTransitSiteAsked, Body()]
) -> HttpResponse:
    """Open een doorstroomlocatie; zij krijgt hier haar nummer."""

    def act() -> Made:
        site = TransitSite(
            SiteId(""),
            MunicipalityCode(asked.municipality),
            asked.places,
            asked.first_day,
            asked.last_day,
            frozenset(MunicipalityCode(one) for one in asked.participants),
        )
        number = add_transit_site(actor=asked_by(request), site=site, name=asked.name)
        return made(_site(request, number), f"/api/v1/doorstroomlocaties/{number}")

    return written_together(request, key, act)


@router.get(
    "/doorstroomlocaties/{nummer}",
    by_alias=True,
    response={200: TransitSiteResource, 304: None, **GUARDED},
    operation_id="doorstroomlocatie",
    url_name="transit-site",
)
def transit_site(request: HttpRequest, number: SiteKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één doorstroomlocatie."""
    return told(seen, _site(request, number))


@router.put(
    "/doorstroomlocaties/{nummer}",
    by_alias=True,
    response={200: TransitSiteResource, **REPLACED},
    operation_id="doorstroomlocatieWijzigen",
    url_name="transit-site",
)
def change_site(
    request: HttpRequest,
    number: SiteKey,
    key: IdempotencyKey,
    asked: Annotated[ChangedTransitSiteAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Wijzig de plaatsen of de laatste dag, met een reden; elke eerdere stand blijft bewaard."""
    is_seen = expected(match)

    def act() -> Made:
        actor, today, identifier = asked_by(request), today_of(request), SiteId(number)
        line = read_transit_site(actor=actor, identifier=identifier, today=today).line
        require_seen(is_seen, TransitSiteResource.of(line))
        change_transit_site(
            actor=actor,
            identifier=identifier,
            places=asked.places,
            last_day=asked.last_day,
            why=asked.why,
            seen=line.site,
        )
        return made(_site(request, number), "", status=200)

    return written_together(request, key, act)


@router.get(
    "/doorstroomlocaties/{nummer}/gebruik",
    by_alias=True,
    response={200: TransitUseResource, **GUARDED},
    operation_id="doorstroomlocatieGebruik",
)
def transit_use(request: HttpRequest, number: SiteKey) -> TransitUseResource:
    """Geef hoe een locatie wordt gebruikt: mensen per gemeente, wat niet wordt betaald, en de rekening tot nu toe."""
    return TransitUseResource.of(
        read_transit_site(actor=asked_by(request), identifier=SiteId(number), today=today_of(request))
    )


@router.get(
    "/doorstroomlocaties/{nummer}/dagen",
    by_alias=True,
    response={200: list[TransitDayResource], **GUARDED},
    operation_id="doorstroomlocatieDagen",
)
def transit_days(
    request: HttpRequest,
    response: HttpResponse,
    number: SiteKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[TransitDayResource]:
    """Geef elke dag van een locatie, vanaf de eerste tot en met vandaag."""
    days = all_days(actor=asked_by(request), identifier=SiteId(number), today=today_of(request))
    return [TransitDayResource.of(one) for one in days[paged(request, response, len(days), page, page_size)]]


@router.get(
    "/doorstroomlocaties/{nummer}/maanden",
    by_alias=True,
    response={200: list[TransitMonthResource], **GUARDED},
    operation_id="doorstroomlocatieMaanden",
)
def transit_months(
    request: HttpRequest,
    response: HttpResponse,
    number: SiteKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[TransitMonthResource]:
    """Geef de rekening per maand in hele centen, en in welk dossier die maand is gevraagd."""
    actor, identifier = asked_by(request), SiteId(number)
    months = months_of(actor=actor, identifier=identifier, today=today_of(request))
    files = {
        month: held.file.identifier for month, held in claims_of(actor=actor, identifier=identifier).items()
    }
    return [
        TransitMonthResource.of(one, files.get(one.month))
        for one in months[paged(request, response, len(months), page, page_size)]
    ]


@router.post(
    "/doorstroomlocaties/{nummer}/verblijven",
    by_alias=True,
    response={201: TransitSiteResource, **WRITTEN},
    operation_id="doorstroomverblijvenOpnemen",
)
def take_in_transit_stays(
    request: HttpRequest, number: SiteKey, key: IdempotencyKey, asked: Annotated[StaysAsked, Body()]
) -> HttpResponse:
    """Neem verblijven op, of vul hun laatste dag in: allemaal, of geen met elke fout op haar plaats."""

    def act() -> Made:
        add_stays(
            actor=asked_by(request),
            identifier=SiteId(number),
            cells=[one.cells for one in asked.stays],
            today=today_of(request),
        )
        return made(_site(request, number), f"/api/v1/doorstroomlocaties/{number}")

    return written_together(request, key, act, names=NAMES, rows="verblijven")


@router.post(
    "/doorstroomlocaties/{nummer}/declaraties",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="doorstroommaandDeclareren",
)
def claim_transit_month(
    request: HttpRequest, number: SiteKey, key: IdempotencyKey, asked: Annotated[TransitClaimAsked, Body()]
) -> HttpResponse:
    """Vraag het geld van een maand die voorbij is; haar rekening wordt een gelddossier."""

    def act() -> Made:
        month = date.fromisoformat(f"{asked.month}-01")
        return made_file(
            request,
            claim_month(
                actor=asked_by(request), identifier=SiteId(number), month=month, today=today_of(request)
            ),
        )

    return written_once(request, key, act)


@router.post(
    "/doorstroomlocaties/{nummer}/deelnames",
    by_alias=True,
    response={201: TransitSiteResource, **WRITTEN},
    operation_id="doorstroomdeelnameWijzigen",
)
def change_taking_part(
    request: HttpRequest, number: SiteKey, key: IdempotencyKey, asked: Annotated[ParticipantAsked, Body()]
) -> HttpResponse:
    """Laat een gemeente meedoen vanaf een dag, of tot en met een dag, met een reden."""

    def act() -> Made:
        change = ParticipantChange(
            MunicipalityCode(asked.municipality), joins=asked.joins, day=asked.day, why=asked.why
        )
        change_participants(
            actor=asked_by(request), identifier=SiteId(number), change=change, today=today_of(request)
        )
        return made(_site(request, number), f"/api/v1/doorstroomlocaties/{number}")

    return written_together(
        request, key, act, names={"dag": "dagDatum", "gemeente": "gemeenteCode", "reden": "reden"}
    )


def _site(request: HttpRequest, number: str) -> TransitSiteResource:
    page = read_transit_site(actor=asked_by(request), identifier=SiteId(number), today=today_of(request))
    return TransitSiteResource.of(page.line)
