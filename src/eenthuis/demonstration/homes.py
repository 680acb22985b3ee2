"""Drawing homes, offers and the steps that households have taken; invented, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from eenthuis import reference
from eenthuis.demonstration.shares import value
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Field, RefusalGround, StepKind

ASSOCIATION = "corporatie"
"""The account of the housing association that can be signed in to; it owns every second home in Utrecht."""

ITS_MUNICIPALITY = MunicipalityCode("GM0344")
STREAM = 18
_FREE_IN_ITS_MUNICIPALITY = 10
_DRAWN = "invented for the demonstration"
_LARGEST = 12
_KINDS = tuple(HomeKind)
_KIND_SHARES = (0.72, 0.06, 0.15, 0.07)
_ENDS: Mapping[str, tuple[StepKind, ...]] = {
    "linked": (),
    "offered": (StepKind.HOME_OFFERED,),
    "refused": (StepKind.HOME_OFFERED, StepKind.HOME_VIEWED, StepKind.REFUSED),
    "accepted": (StepKind.HOME_OFFERED, StepKind.HOME_VIEWED, StepKind.ACCEPTED),
    "leased": (StepKind.HOME_OFFERED, StepKind.HOME_VIEWED, StepKind.ACCEPTED, StepKind.LEASED),
    "moved": (StepKind.HOME_OFFERED, StepKind.ACCEPTED, StepKind.LEASED, StepKind.MOVED),
    "transit": (StepKind.TRANSIT_ENTERED,),
    "hotel": (StepKind.HOTEL_ENTERED,),
}
_END_SHARES = (0.47, 0.18, 0.02, 0.12, 0.09, 0.06, 0.04, 0.02)


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A step that a household took; ``home`` is the home of an offer."""

    household: HouseholdId
    kind: StepKind
    on: date
    home: HomeId | None = None
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linked:
    """A household that has been linked and is not housed, as the country draws it."""

    household: HouseholdId
    municipality: MunicipalityCode
    linked_on: date


@dataclass(frozen=True, slots=True)
class DrawnWays:
    """The homes of the country, the talks held before anybody was linked, and the steps taken after."""

    homes: tuple[Home, ...]
    talks: tuple[DrawnStep, ...]
    steps: tuple[DrawnStep, ...]


def draw_ways(seed: int, households: Sequence[Household], linked: Sequence[Linked], today: date) -> DrawnWays:
    """Return homes, talks and steps; they are drawn apart, so that the rest of the country stays what it was."""
    rng = np.random.Generator(np.random.PCG64([seed, STREAM]))
    known = {household.identifier: household for household in households}
    linked_on = {one.household: one.linked_on for one in linked}
    draw = _Homes(rng, today)
    steps = [step for one in linked for step in _taken(rng, draw, known[one.household], one, today)]
    for place in reference.municipalities(today):
        draw.add_free(place.code)
    return DrawnWays(tuple(draw.homes), _talks(rng, households, linked_on, today), tuple(steps))


def _talks(
    rng: np.random.Generator,
    households: Sequence[Household],
    linked_on: Mapping[HouseholdId, date],
    today: date,
) -> tuple[DrawnStep, ...]:
    """Hold the talk of everybody who was linked, and of most others within two weeks of the permit."""
    found = []
    for household in households:
        day = household.permit_on + timedelta(days=int(rng.integers(2, 14)))
        by = linked_on.get(household.identifier, today)
        if household.identifier in linked_on:
            day = min(day, by)
        elif day > today or rng.random() < value("talk-not-held"):
            continue
        found.append(DrawnStep(household.identifier, StepKind.TALK_HELD, max(day, household.permit_on)))
    return tuple(found)


def _taken(
    rng: np.random.Generator, draw: _Homes, household: Household, link: Linked, today: date
) -> list[DrawnStep]:
    names = tuple(_ENDS)
    kinds = _ENDS[names[int(rng.choice(len(names), p=_END_SHARES))]]
    if not kinds:
        return []
    days = sorted(int(day) for day in rng.integers(1, max(2, (today - link.linked_on).days), len(kinds)))
    home = draw.add(link.municipality, household) if StepKind.HOME_OFFERED in kinds else None
    return [
        DrawnStep(
            household.identifier,
            kind,
            link.linked_on + timedelta(days=day),
            home if kind is StepKind.HOME_OFFERED else None,
            _DRAWN if kind is StepKind.REFUSED else "",
            _values(rng, kind, link),
        )
        for kind, day in zip(kinds, days, strict=True)
    ]


def _values(rng: np.random.Generator, kind: StepKind, link: Linked) -> Mapping[str, str]:
    if kind is StepKind.REFUSED:
        grounds = tuple(RefusalGround)
        return {Field.GROUND.value: grounds[int(rng.integers(len(grounds)))].value}
    if kind is StepKind.TRANSIT_ENTERED:
        return {Field.MUNICIPALITY.value: link.municipality}
    return {}


class _Homes:
    """Homes drawn so far, each with the next number."""

    def __init__(self, rng: np.random.Generator, today: date) -> None:
        self._rng, self._today = rng, today
        self.homes: list[Home] = []

    def add(self, municipality: MunicipalityCode, household: Household) -> HomeId:
        """Add a home that suits a household, and return its number."""
        joining = household.joining.people if household.joining else 0
        people = household.persons + joining
        return self._add(
            municipality, people + int(self._rng.integers(0, 2)), household.needs_accessible_home
        )

    def add_free(self, municipality: MunicipalityCode) -> None:
        """Add the free homes of a municipality."""
        more = _FREE_IN_ITS_MUNICIPALITY if municipality == ITS_MUNICIPALITY else 0
        for _ in range(int(self._rng.poisson(value("free-homes"))) + more):
            largest = min(1 + int(self._rng.geometric(0.38)), _LARGEST)
            self._add(municipality, largest, bool(self._rng.random() < value("accessible-homes")))

    def _add(self, municipality: MunicipalityCode, largest: int, is_accessible: bool) -> HomeId:  # noqa: FBT001 - a fact of the home
        number = len(self.homes) + 1
        is_its_own = municipality == ITS_MUNICIPALITY and number % 2 == 0
        home = Home(
            identifier=HomeId(f"W-{number:07d}"),
            municipality=municipality,
            owner=ASSOCIATION if is_its_own else f"{ASSOCIATION}-{municipality}",
            kind=_KINDS[int(self._rng.choice(len(_KINDS), p=_KIND_SHARES))],
            rooms=max(1, (largest + 1) // 2 + int(self._rng.integers(0, 2))),
            largest_household=largest,
            is_accessible=is_accessible,
            available_from=self._today + timedelta(days=int(self._rng.integers(-20, 60))),
        )
        self.homes.append(home)
        return home.identifier
