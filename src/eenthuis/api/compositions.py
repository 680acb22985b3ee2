"""Family composition as published: what anyone may read, hidden counts left empty."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import A_PAGE, FIRST_PAGE, Number, PageSize, asked_by, paged
from eenthuis.api.schemas import Schema
from eenthuis.rules.months import month_from
from eenthuis.services.compositions import CompositionLine, composition_lines

router = Router()
MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
PLACE = r"^(NL01|PV[0-9]{2}|GM[0-9]{4}|CR[0-9]{2}(-[0-9]{2})*|[a-z-]{1,40})$"
MonthKey = Annotated[str | None, Query(alias="maand", pattern=MONTH)]
PlaceKey = Annotated[str | None, Query(alias="plaats", pattern=PLACE)]


class CompositionResource(Schema):
    """How many households of a kind there were in a place on the first day of a month; null where that is hidden."""

    as_of: date = Field(serialization_alias="peilDatum")
    place: str = Field(serialization_alias="plaatsCode")
    name: str = Field(serialization_alias="plaatsNaam")
    stage: str = Field(serialization_alias="stand")
    characteristic: str = Field(serialization_alias="kenmerk")
    category: str = Field(serialization_alias="categorie")
    count: int | None = Field(serialization_alias="aantal")
    is_hidden: bool = Field(serialization_alias="isVerborgen")

    @classmethod
    def of(cls, line: CompositionLine) -> CompositionResource:
        """Return a published count."""
        return cls(
            as_of=line.month,
            place=line.place,
            name=line.name,
            stage=line.stage.value,
            characteristic=line.characteristic.value,
            category=line.category,
            count=line.count,
            is_hidden=line.count is None,
        )


@router.get(
    "/gezinssamenstellingen",
    by_alias=True,
    response={200: list[CompositionResource], **READ},
    operation_id="gezinssamenstellingen",
)
def compositions(
    request: HttpRequest,
    response: HttpResponse,
    month: MonthKey = None,
    place: PlaceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[CompositionResource]:
    """Geef de gepubliceerde gezinssamenstelling van een maand; verborgen aantallen zijn leeg."""
    lines = composition_lines(
        actor=asked_by(request), month=month_from(month) if month else None, place=place or ""
    )
    shown = lines[paged(request, response, len(lines), page, page_size)]
    return [CompositionResource.of(line) for line in shown]
