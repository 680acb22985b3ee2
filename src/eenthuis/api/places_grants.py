"""The grant for reception places above a share of a province's number: looked at on the registers, and handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import LOOKED, WRITTEN, IdempotencyKey, Made, looked_at, written_together
from eenthuis.api.asking import MOST_NUMBER, Day, MunicipalityText, Text, asked_by, integral, today_of
from eenthuis.api.money import MoneyFileResource, ShortText, made_file
from eenthuis.api.schemas import Asked, Schema
from eenthuis.rules.reception_money import PlacesGrant
from eenthuis.services.money_asked import GrantAsked
from eenthuis.services.money_asking import ask_grant, check_grant
from eenthuis.services.money_grants import LONGEST_WHY, GrantNumbers, read_grant_numbers
from eenthuis.terms.errors import InputError, LawError, Location
from eenthuis.terms.places import MunicipalityCode

router = Router()
Found = TypeVar("Found")
Places = Annotated[int, Field(ge=0, le=MOST_NUMBER), BeforeValidator(integral)]
NAMES = {
    "dag": "tellingDatum",
    "titel": "titel",
    "provincie": "aantalProvincie",
    "plekken": "plekkenProvincie",
    "eigen": "plekkenGemeente",
    "reden": "reden",
}


class PlacesGrantAsked(Asked):
    """What is put forward for the grant; numbers that are left out are those of the registers, others need a reason."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    title: ShortText = Field(alias="titel")
    counted_on: Day = Field(alias="tellingDatum")
    kept_at: ShortText = Field(alias="vindplaats")
    number: Places | None = Field(None, alias="aantalProvincie")
    places: Places | None = Field(None, alias="plekkenProvincie")
    own_places: Places | None = Field(None, alias="plekkenGemeente")
    why: Annotated[Text, Field(max_length=LONGEST_WHY)] | None = Field(None, alias="reden")

    def asked(self) -> GrantAsked:
        """Return what is asked."""
        return GrantAsked(
            MunicipalityCode(self.municipality),
            self.title,
            self.counted_on,
            self.number,
            self.places,
            self.own_places,
            self.kept_at,
            self.why or "",
        )


class GrantNumbersResource(Schema):
    """What the registers say on the day of counting: the province's number with its receipt, and confirmed places."""

    number: int | None = Field(serialization_alias="aantalProvincie")
    receipt: str = Field(serialization_alias="ontvangstbewijs")
    as_of: date | None = Field(serialization_alias="berekendOpDatum")
    is_invented: bool = Field(serialization_alias="isVerzonnen")
    places: int = Field(serialization_alias="plekkenProvincie")
    own_places: int = Field(serialization_alias="plekkenGemeente")
    held: int = Field(serialization_alias="eerderGevraagdProvincie")
    own_held: int = Field(serialization_alias="eerderGevraagdGemeente")


class PlacesGrantResource(Schema):
    """What the grant comes to, in whole cents, and on which numbers; ``drempel`` is an exact fraction of places."""

    threshold: str = Field(serialization_alias="drempel")
    places_above: int = Field(serialization_alias="plekkenErboven")
    most: int = Field(serialization_alias="hoogstensProvincie")
    granted: int = Field(serialization_alias="plekkenToegerekend")
    cents: int = Field(serialization_alias="bedragCenten")
    registers: GrantNumbersResource = Field(serialization_alias="registers")

    @classmethod
    def of(cls, found: PlacesGrant, numbers: GrantNumbers) -> PlacesGrantResource:
        """Return what was reckoned."""
        return cls(
            threshold=str(found.threshold),
            places_above=found.places_above,
            most=found.most,
            granted=found.granted,
            cents=found.cents,
            registers=GrantNumbersResource(
                number=numbers.number,
                receipt=numbers.receipt,
                as_of=numbers.as_of,
                is_invented=numbers.is_invented,
                places=numbers.places,
                own_places=numbers.own_places,
                held=numbers.held,
                own_held=numbers.own_held,
            ),
        )


@router.post(
    "/plaatsenuitkeringen/_toets",
    by_alias=True,
    response={200: PlacesGrantResource, **LOOKED},
    operation_id="plaatsenuitkeringToetsen",
)
def look_at_places_grant(request: HttpRequest, asked: Annotated[PlacesGrantAsked, Body()]) -> HttpResponse:
    """Reken de uitkering voor opvangplaatsen na op de registers; er wordt niets ingediend."""

    def look() -> PlacesGrantResource:
        actor, wanted = asked_by(request), asked.asked()
        found = _under_the_law(lambda: check_grant(actor=actor, asked=wanted))
        numbers = read_grant_numbers(
            actor=actor, municipality=wanted.municipality, counted_on=wanted.counted_on
        )
        return PlacesGrantResource.of(found, numbers)

    return looked_at(look, names=NAMES)


@router.post(
    "/plaatsenuitkeringen",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="plaatsenuitkeringAanvragen",
)
def ask_places_grant(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[PlacesGrantAsked, Body()]
) -> HttpResponse:
    """Vraag de uitkering voor opvangplaatsen; het bedrag volgt uit de registers en wordt een gelddossier."""

    def act() -> Made:
        actor, today = asked_by(request), today_of(request)
        return made_file(
            request, _under_the_law(lambda: ask_grant(actor=actor, asked=asked.asked(), today=today))
        )

    return written_together(request, key, act, names=NAMES)


def _under_the_law(act: Callable[[], Found]) -> Found:
    """Return what is found, and say of a day of counting before the Act that it cannot be one."""
    try:
        return act()
    except LawError as wrong:
        raise InputError(
            "INP-06", wrong.message, remedy=wrong.remedy, location=Location(column="dag")
        ) from wrong
