"""Reception places ("opvangplaatsen"): shares, sites, offers at the regional table, and allocation decisions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router
from pydantic import Field

from eenthuis.api.answering import (
    READ,
    WRITTEN,
    IdempotencyKey,
    IfNoneMatch,
    Made,
    versioned,
    written_once,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    MunicipalityKey,
    MunicipalityText,
    Number,
    PageSize,
    ProvinceKey,
    Text,
    asked_by,
    page_links,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.reception_pages import PlacesLine, read_places_country
from eenthuis.services.reception_sites import SiteFilter, SiteLine, add_site, read_site, read_sites
from eenthuis.services.versions import version_of
from eenthuis.terms.capacity import MOST_PLACES, Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.errors import InputError, LawError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind

router = Router()
SITE = r"^S-[0-9]{7}$"
KINDS = {"gewoon": PlaceKind.REGULAR, "bijzonder": PlaceKind.SPECIAL}
FORMS = {"regulier": SiteForm.REGULAR, "noodopvang": SiteForm.EMERGENCY}
KIND_WORDS = {kind: word for word, kind in KINDS.items()}
FORM_WORDS = {form: word for word, form in FORMS.items()}
Kind = Literal["gewoon", "bijzonder"]
Form = Literal["regulier", "noodopvang"]
SiteKey = Annotated[str, Path(alias="nummer", pattern=SITE)]
YearKey = Annotated[str | None, Query(alias="jaar", pattern=r"^20[0-9]{2}$")]


class ShareResource(Schema):
    """The share of a municipality in the reception places of a cycle, beside what is available, in places."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    province: str = Field(serialization_alias="provincieCode")
    share: int | None = Field(serialization_alias="aandeel")
    minors: int | None = Field(serialization_alias="aandeelMinderjarigen")
    durable: int = Field(serialization_alias="duurzaam")
    available: int = Field(serialization_alias="beschikbaar")
    short: int | None = Field(serialization_alias="tekort")
    year: int = Field(serialization_alias="jaar")
    receipt: str | None = Field(serialization_alias="ontvangstbewijsNummer")
    is_invented: bool = Field(serialization_alias="isVerzonnen")

    @classmethod
    def of(cls, line: PlacesLine, year: int, receipt: str | None, *, is_invented: bool) -> ShareResource:
        """Return the share of a municipality."""
        return cls(
            municipality=line.code,
            province=line.province,
            share=line.share,
            minors=line.minors,
            durable=line.durable,
            available=line.available,
            short=line.short,
            year=year,
            receipt=receipt,
            is_invented=is_invented,
        )


class SpanResource(Schema):
    """Places from a day, until a day where an end was agreed."""

    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")
    places: int = Field(serialization_alias="plaatsen")


class SiteResource(Schema):
    """A reception site with its places through time."""

    number: str = Field(serialization_alias="nummer")
    municipality: str = Field(serialization_alias="gemeenteCode")
    name: str = Field(serialization_alias="naam")
    kind: str = Field(serialization_alias="soort")
    form: str = Field(serialization_alias="vorm")
    for_minors: bool = Field(serialization_alias="isVoorMinderjarigen")
    is_durable: bool = Field(serialization_alias="isDuurzaam")
    is_confirmed: bool = Field(serialization_alias="isBevestigd")
    is_invented: bool = Field(serialization_alias="isVerzonnen")
    places: int = Field(serialization_alias="plaatsenNu")
    spans: list[SpanResource] = Field(serialization_alias="perioden")

    @classmethod
    def of(cls, line: SiteLine) -> SiteResource:
        """Return a site."""
        site = line.site
        return cls(
            number=site.identifier,
            municipality=site.municipality,
            name=site.name,
            kind=KIND_WORDS[site.kind],
            form=FORM_WORDS[site.form],
            for_minors=site.for_minors,
            is_durable=site.is_durable,
            is_confirmed=line.is_confirmed,
            is_invented=site.is_invented,
            places=line.places,
            spans=[
                SpanResource(first_day=one.first_day, last_day=one.last_day, places=one.places)
                for one in site.spans
            ],
        )


class NewSiteAsked(Asked):
    """A site to add to the register."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    name: Annotated[Text, Field(max_length=80)] = Field(alias="naam")
    kind: Kind = Field(alias="soort")
    form: Form = Field(alias="vorm")
    for_minors: bool = Field(alias="isVoorMinderjarigen")
    is_durable: bool = Field(alias="isDuurzaam")
    places: Amount = Field(alias="plaatsen", ge=1, le=MOST_PLACES)
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day | None = Field(None, alias="laatsteDatum")


@router.get(
    "/opvangaandelen",
    by_alias=True,
    response={200: list[ShareResource], **READ},
    operation_id="opvangaandelen",
)
def shares(
    request: HttpRequest,
    response: HttpResponse,
    year: YearKey = None,
    province: ProvinceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[ShareResource]:
    """Geef per gemeente het aandeel in de opvangplaatsen van een cyclus, naast wat beschikbaar is."""
    try:
        found = read_places_country(
            actor=asked_by(request), year=int(year) if year else None, today=today_of(request)
        )
    except (InputError, LawError):  # no cycle began then, so there are no shares of it
        page_links(request, response, count=0, page=page, size=page_size)
        return []
    lines = [one for one in found.municipalities if province is None or one.province == province]
    receipt = found.shares.receipt if found.shares else None
    is_invented = found.shares is not None and found.shares.is_invented
    return [
        ShareResource.of(one, found.year, receipt, is_invented=is_invented)
        for one in lines[paged(request, response, len(lines), page, page_size)]
    ]


@router.get(
    "/opvanglocaties",
    by_alias=True,
    response={200: list[SiteResource], **READ},
    operation_id="opvanglocaties",
    url_name="reception-sites",
)
def sites(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    province: ProvinceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[SiteResource]:
    """Geef de opvanglocaties: zoals het COA ze bevestigde, en binnen bereik zoals ze nu zijn."""
    today = today_of(request)
    wanted = SiteFilter(province=province or "", municipality=municipality or "")
    lines = read_sites(actor=asked_by(request), wanted=wanted, today=today, until=today).lines
    return [SiteResource.of(one) for one in lines[paged(request, response, len(lines), page, page_size)]]


@router.post(
    "/opvanglocaties",
    by_alias=True,
    response={201: SiteResource, **WRITTEN},
    operation_id="opvanglocatieToevoegen",
    url_name="reception-sites",
)
def add(request: HttpRequest, key: IdempotencyKey, asked: Annotated[NewSiteAsked, Body()]) -> HttpResponse:
    """Voeg een opvanglocatie toe; zij krijgt hier haar nummer en telt mee als het COA haar bevestigt."""

    def act() -> Made:
        actor, today = asked_by(request), today_of(request)
        site = Site(
            identifier=SiteId(""),
            municipality=MunicipalityCode(asked.municipality),
            name=asked.name,
            kind=KINDS[asked.kind],
            form=FORMS[asked.form],
            for_minors=asked.for_minors,
            is_durable=asked.is_durable,
            spans=(SiteSpan(asked.first_day, asked.last_day, asked.places),),
        )
        number = add_site(actor=actor, site=site, today=today)
        line = read_site(actor=actor, identifier=number, today=today).line
        return Made(
            SiteResource.of(line), location=f"/api/v1/opvanglocaties/{number}", version=version_of(line)
        )

    return written_once(request, key, act)


@router.get(
    "/opvanglocaties/{nummer}",
    by_alias=True,
    response={200: SiteResource, 304: None, **READ},
    operation_id="opvanglocatie",
)
def site(request: HttpRequest, number: SiteKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één opvanglocatie."""
    found = read_site(actor=asked_by(request), identifier=SiteId(number), today=today_of(request))
    return versioned(seen, version_of(found.line), SiteResource.of(found.line))
