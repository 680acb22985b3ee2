"""What the API reads and says of transit locations ("doorstroomlocaties")."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from eenthuis.api.asking import (
    Amount,
    Day,
    MunicipalityText,
    Text,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.transit_days import DayUsed
from eenthuis.services.transit_sites import (
    LONGEST_NAME,
    MOST_PLACES,
    TransitLine,
    TransitSitePage,
)
from eenthuis.terms.transit import TransitMonth

SITE = r"^T-[0-9]{7}$"
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
PERSON = r"^[A-Za-z0-9][A-Za-z0-9-]{0,7}$"
HOUSEHOLD = r"^P[EV]-[0-9]{6}$"
CAME_FROM = r"^T-[0-9]{7}/[A-Za-z0-9][A-Za-z0-9-]{0,7}$"
MOST_STAYS = 2_000
MOST_PARTICIPANTS = 40
NAMES = {
    "person": "persoonNummer",
    "code": "gemeenteCode",
    "first_day": "eersteDatum",
    "last_day": "laatsteDatum",
    "household": "dossiernummer",
    "came_from": "eerderVerblijf",
}
"""The name in the body for each cell of a stay."""


class TransitCountsResource(Schema):
    """What anyone may know: sites, places and people in the country; ``mensen`` is null where too few to show."""

    sites: int = Field(serialization_alias="locaties")
    places: int = Field(serialization_alias="plaatsen")
    people: int | None = Field(serialization_alias="mensen")


class TransitSiteResource(Schema):
    """A transit location with its places and the people there today; paid for until its last paid day."""

    number: str = Field(serialization_alias="nummer")
    municipality: str = Field(serialization_alias="gemeenteCode")
    name: str = Field(serialization_alias="naam")
    places: int = Field(serialization_alias="plaatsen")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")
    participants: list[str] = Field(serialization_alias="deelnemers")
    people: int = Field(serialization_alias="mensenNu")
    paid_until: date | None = Field(serialization_alias="betaaldTotEnMetDatum")

    @classmethod
    def of(cls, line: TransitLine) -> TransitSiteResource:
        """Return a site."""
        one = line.site
        return cls(
            number=one.site,
            municipality=one.municipality,
            name=line.name,
            places=one.places,
            first_day=one.first_day,
            last_day=one.last_day,
            participants=sorted(one.participants),
            people=line.people,
            paid_until=line.ends_on,
        )


class LinkedResource(Schema):
    """People who are at a site today and count in the target of one municipality."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    people: int = Field(serialization_alias="mensen")


class TransitUseResource(Schema):
    """How a site is used and what it comes to, in whole cents; ``nietBetaald`` counts days by the reason why not."""

    linked: list[LinkedResource] = Field(serialization_alias="gekoppeldAan")
    unpaid: dict[str, int] = Field(serialization_alias="nietBetaald")
    cents: int = Field(serialization_alias="bedragCenten")
    cents_today: int = Field(serialization_alias="bedragVandaagCenten")
    on_two_sites: int = Field(serialization_alias="huishoudensOpTweeLocaties")

    @classmethod
    def of(cls, page: TransitSitePage) -> TransitUseResource:
        """Return how a site is used."""
        return cls(
            linked=[LinkedResource(municipality=one.municipality, people=one.people) for one in page.linked],
            unpaid={why.value: days for why, days in page.unpaid.items()},
            cents=page.cents,
            cents_today=page.cents_today,
            on_two_sites=page.households_on_two_sites,
        )


class TransitDayResource(Schema):
    """People at a site on a day, and for how many of them that day is paid."""

    day: date = Field(serialization_alias="dagDatum")
    people: int = Field(serialization_alias="mensen")
    paid: int = Field(serialization_alias="betaald")

    @classmethod
    def of(cls, one: DayUsed) -> TransitDayResource:
        """Return a day."""
        return cls(day=one.day, people=one.people, paid=one.paid)


class TransitMonthResource(Schema):
    """The bill of a month in days and whole cents, and the money file in which it was asked, if it was."""

    month: str = Field(serialization_alias="maand")
    paid_days: int = Field(serialization_alias="betaaldeDagen")
    elsewhere_days: int = Field(serialization_alias="waarvanEldersGekoppeld")
    cents: int = Field(serialization_alias="bedragCenten")
    asked_in: str | None = Field(serialization_alias="gelddossierNummer")

    @classmethod
    def of(cls, one: TransitMonth, asked_in: str | None) -> TransitMonthResource:
        """Return the bill of a month."""
        return cls(
            month=f"{one.month:%Y-%m}",
            paid_days=one.paid_days,
            elsewhere_days=one.elsewhere_days,
            cents=one.cents,
            asked_in=asked_in,
        )


class NewTransitSiteAsked(Asked):
    """A transit location to open; the municipality where it stands takes part by itself."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    name: Annotated[Text, Field(max_length=LONGEST_NAME)] = Field(alias="naam")
    places: Amount = Field(alias="plaatsen", ge=1, le=MOST_PLACES)
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day | None = Field(None, alias="laatsteDatum")
    participants: list[MunicipalityText] = Field(
        default_factory=list, alias="deelnemers", max_length=MOST_PARTICIPANTS
    )


class ChangedTransitSiteAsked(Asked):
    """The places and last day of a site from now on, and why."""

    places: Amount = Field(alias="plaatsen", ge=1, le=MOST_PLACES)
    last_day: Day | None = Field(alias="laatsteDatum")
    why: Text = Field(alias="reden")


class StayAsked(Asked):
    """One person at a site, by a number that holds inside it; the same person and first day fills in the last day.

    ``eerderVerblijf`` is who this was at a site before: days that are paid for a person count on from there.
    """

    person: str = Field(alias="persoonNummer", pattern=PERSON)
    linked_to: MunicipalityText = Field(alias="gemeenteCode")
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day | None = Field(None, alias="laatsteDatum")
    household: str | None = Field(None, alias="dossiernummer", pattern=HOUSEHOLD)
    came_from: str | None = Field(None, alias="eerderVerblijf", pattern=CAME_FROM)

    @property
    def cells(self) -> dict[str, str]:
        """The stay as the cells of a row."""
        return {
            "person": self.person,
            "code": self.linked_to,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat() if self.last_day else "",
            "household": self.household or "",
            "came_from": self.came_from or "",
        }


class StaysAsked(Asked):
    """Stays to take in: all of them, or none."""

    stays: list[StayAsked] = Field(alias="verblijven", min_length=1, max_length=MOST_STAYS)


class TransitClaimAsked(Asked):
    """A month that has passed, of which the money is asked."""

    month: str = Field(alias="maand", pattern=MONTH)


class ParticipantAsked(Asked):
    """A municipality that takes part in a site from a day on, or until one, and why."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    joins: bool = Field(alias="doetMee")
    day: Day = Field(alias="dagDatum")
    why: Text = Field(alias="reden")
