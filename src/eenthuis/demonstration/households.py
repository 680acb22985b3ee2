"""Invented reception centres and the households that wait in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from eenthuis import reference
from eenthuis.demonstration.shares import CENTRES, value
from eenthuis.reference.counted import household_sizes
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    HardTie,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    ReceptionCentre,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion, Municipality, MunicipalityCode

LARGE_FAMILY = 6
DAYS_A_WEEK = 7
_SHAPE = 1.9
_SHORTEST_DAYS = 5
_ADULT_AGES = (18, 62)
_CHILD_AGES = (0, 17)
_WIDEST_SOFT = 12


def draw_centres(rng: np.random.Generator, today: date) -> tuple[ReceptionCentre, ...]:
    """Return invented reception centres in real municipalities, more of them where more people live."""
    places = reference.municipalities(today)
    people = _inhabitants(places, today)
    chosen = rng.choice(len(places), size=CENTRES, replace=False, p=np.sqrt(people) / np.sqrt(people).sum())
    sizes = np.clip(np.round(rng.lognormal(6.0, 0.5, CENTRES), -1), 80, 2000).astype(int)
    return tuple(
        ReceptionCentre(
            CentreCode(f"OL-{number:03d}"),
            f"Opvanglocatie {places[index].name}",
            places[index].code,
            int(size),
        )
        for number, (index, size) in enumerate(zip(sorted(chosen), sizes, strict=True), start=1)
    )


def draw_households(
    rng: np.random.Generator, centres: Sequence[ReceptionCentre], today: date, people: int
) -> tuple[Household, ...]:
    """Return invented households in reception that together are ``people`` people."""
    sizes = draw_sizes(rng, people)
    places = reference.municipalities(today)
    regions = {province.code: province.region for province in reference.provinces()}
    weights = np.array([centre.places for centre in centres], float)
    where = rng.choice(len(centres), size=len(sizes), p=weights / weights.sum())
    draw = _Drawing(rng, places, today)
    return tuple(
        draw.household(
            number,
            int(size),
            centres[index],
            regions[reference.municipality(centres[index].municipality).province],
        )
        for number, (size, index) in enumerate(zip(sizes, where, strict=True), start=1)
    )


def draw_sizes(rng: np.random.Generator, people: int) -> list[int]:
    """Return household sizes that add up to ``people`` exactly; the last one takes what is left."""
    sizes, weights = (np.array(part) for part in zip(*household_sizes().items(), strict=True))
    mean = float((sizes * weights).sum() / weights.sum())
    drawn = rng.choice(sizes, size=int(people / mean * 1.3) + 10, p=weights / weights.sum())
    kept = drawn[: int(np.searchsorted(drawn.cumsum(), people, side="right"))].tolist()
    rest = people - sum(kept)
    return [*kept, rest] if rest else kept


def _inhabitants(places: Sequence[Municipality], today: date) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    counted = reference.inhabitants(max(day for day in reference.reference_dates() if day <= today))
    return np.array([float(counted.people[place.code]) for place in places])


class _Drawing:
    """Draws one household after another from one generator."""

    def __init__(self, rng: np.random.Generator, places: Sequence[Municipality], today: date) -> None:
        self._rng, self._today = rng, today
        self._codes = [place.code for place in places]
        people = _inhabitants(places, today)
        self._weights = people / people.sum()
        self._by_corop: dict[str, list[MunicipalityCode]] = {}
        for place in places:
            self._by_corop.setdefault(place.corop, []).append(place.code)
        self._corops = sorted(self._by_corop)

    def household(self, number: int, size: int, centre: ReceptionCentre, region: LinkingRegion) -> Household:
        return Household(
            identifier=HouseholdId(f"PE-{number:06d}"),
            members=self._members(size),
            permit_on=self._permit_day(size),
            centre=centre.code,
            region=region,
            hard_ties=self._hard_ties(),
            soft_ties=self._soft_ties(),
            joining=self._joining(size),
            needs_accessible_home=bool(self._rng.random() < value("accessible")),
        )

    def _permit_day(self, size: int) -> date:
        """Return the day of the permit; waits follow a gamma distribution fitted to the share over fourteen weeks."""
        weeks = value("weeks-large-family") if size >= LARGE_FAMILY else 24.5
        days = int(self._rng.gamma(_SHAPE, weeks * DAYS_A_WEEK / _SHAPE)) + _SHORTEST_DAYS
        return date.fromordinal(self._today.toordinal() - days)

    def _members(self, size: int) -> tuple[Member, ...]:
        adults = 1 if size == 1 else self._adults(size)
        year = self._today.year
        members = []
        for place in range(size):
            is_adult = place < adults
            low, high = _ADULT_AGES if is_adult else _CHILD_AGES
            age = (
                int(min(high, low + self._rng.gamma(2.2, 6)))
                if is_adult
                else int(self._rng.integers(low, high + 1))
            )
            sex = Sex.MALE if self._rng.random() < (0.68 if size == 1 else 0.5) else Sex.FEMALE
            members.append(Member(year - age - 1, sex, is_adult))
        return tuple(members)

    def _adults(self, size: int) -> int:
        if size == 2:  # noqa: PLR2004 - a pair, or a parent and a child
            return 1 if self._rng.random() < value("child-in-pair") else 2
        return 1 if self._rng.random() < value("child-in-pair") else 2

    def _hard_ties(self) -> tuple[HardTie, ...]:
        for criterion in HardCriterion:
            if self._rng.random() < value(f"hard:{criterion.value}"):
                return (HardTie(criterion, frozenset(self._tied_to(criterion))),)
        return ()

    def _tied_to(self, criterion: HardCriterion) -> list[MunicipalityCode]:
        code = self._codes[int(self._rng.choice(len(self._codes), p=self._weights))]
        if criterion in {HardCriterion.FIRST_DEGREE_FAMILY, HardCriterion.FAMILY_REUNIFICATION}:
            return [code]
        return self._by_corop[reference.municipality(code).corop]

    def _soft_ties(self) -> tuple[SoftTie, ...]:
        found = []
        for criterion in SoftCriterion:
            if self._rng.random() < value(f"soft:{criterion.value}"):
                if criterion is SoftCriterion.NETWORK:
                    index = self._rng.choice(
                        len(self._codes), size=int(self._rng.integers(1, 4)), p=self._weights
                    )
                    codes = [self._codes[int(i)] for i in index]
                else:
                    areas = self._rng.choice(len(self._corops), size=2, replace=False)
                    codes = [c for area in areas for c in self._by_corop[self._corops[int(area)]]][
                        :_WIDEST_SOFT
                    ]
                found.append(SoftTie(criterion, frozenset(codes)))
        return tuple(found)

    def _joining(self, size: int) -> JoiningRelatives | None:
        if size > LARGE_FAMILY or self._rng.random() >= value("joining"):
            return None
        people = int(self._rng.integers(1, 6))
        granted = bool(self._rng.random() < value("joining-visa"))
        expected = (
            date.fromordinal(self._today.toordinal() + int(self._rng.integers(10, 240))) if granted else None
        )
        return JoiningRelatives(people, granted, expected)
