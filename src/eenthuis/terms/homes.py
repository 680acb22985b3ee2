"""Homes that a municipality can offer to a linked household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.places import MunicipalityCode

HomeId = NewType("HomeId", str)
"""Number of a home in the register; no address, and no file of a person."""


class HomeKind(StrEnum):
    """What kind of home it is."""

    SOCIAL_RENT = "social-rent"
    PRIVATE_RENT = "private-rent"
    FLEX_HOME = "flex-home"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Home:
    """A home ("woning") in the register.

    Attributes
    ----------
    identifier, municipality, owner
        Its number, where it stands, and who lets it: a housing association by name, or a municipality by code.
    kind, rooms, largest_household
        What it is, how many rooms it has, and the largest household it may be let to, in people.
    is_accessible
        Whether someone with limited mobility can live in it.
    available_from
        The first day on which it can be let.
    """

    identifier: HomeId
    municipality: MunicipalityCode
    owner: str
    kind: HomeKind
    rooms: int
    largest_household: int
    is_accessible: bool
    available_from: date


class Misfit(StrEnum):
    """Why a home does not suit a household; pages have a sentence for each."""

    ELSEWHERE = "elsewhere"
    TOO_SMALL = "too-small"
    NOT_ACCESSIBLE = "not-accessible"
