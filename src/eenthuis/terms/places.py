"""Municipalities, provinces and the linking regions of COA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

MunicipalityCode = NewType("MunicipalityCode", str)
"""CBS code such as ``GM0344`` (Utrecht)."""

ProvinceCode = NewType("ProvinceCode", str)
"""CBS code such as ``PV26`` (Utrecht)."""

COUNTRY = "NL01"
"""CBS code of the country as a whole."""


class LinkingRegion(StrEnum):
    """The five regions in which COA's officers link households to municipalities."""

    NORTH = "groningen-friesland-drenthe"
    EAST = "overijssel-gelderland"
    CENTRE = "flevoland-utrecht-noord-holland"
    WEST = "zuid-holland-zeeland"
    SOUTH = "noord-brabant-limburg"


@dataclass(frozen=True, slots=True)
class Point:
    """A point inside a municipality, in WGS84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Province:
    """A province, with the linking region it belongs to."""

    code: ProvinceCode
    name: str
    region: LinkingRegion


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality ("gemeente") with the days between which it existed; both ends count.

    ``first_day`` is no earlier than the first day the packaged facts cover, so it is a lower bound for the
    oldest ones. ``other_names`` are spellings met in public sources.
    """

    code: MunicipalityCode
    name: str
    official_name: str
    province: ProvinceCode
    corop: str
    point: Point | None
    first_day: date
    last_day: date | None
    other_names: tuple[str, ...] = ()

    def exists_on(self, day: date) -> bool:
        """Return whether the municipality existed on ``day``."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Merger:
    """People who passed from one municipality to another on ``day`` ("herindeling", "grenscorrectie")."""

    day: date
    giving: MunicipalityCode
    receiving: MunicipalityCode
    people: int


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """Inhabitants per municipality on one reference date ("peildatum"), with their source.

    ``country`` is the published total; the loader has checked that the parts add up to it.
    """

    reference_date: date
    people: Mapping[MunicipalityCode, int]
    country: int
    source: str
