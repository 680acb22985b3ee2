"""Drawing the whole country from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from eenthuis import reference
from eenthuis.demonstration.history import PastHousing, draw_history
from eenthuis.demonstration.homes import DrawnWays, Linked, draw_ways
from eenthuis.demonstration.households import draw_centres, draw_households
from eenthuis.demonstration.shares import value
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import Household, HouseholdId, ReceptionCentre
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Announcement, Swap

DEMONSTRATION_DAY = date(2026, 3, 3)
DEMONSTRATION_SEED = 2026
HALF_YEARS_BEFORE = 4
_DRAWN = "invented for the demonstration"


@dataclass(frozen=True, slots=True)
class DemonstrationHalfYear:
    """A half-year with the announcements made for it, oldest first, and the swaps agreed."""

    half_year: HalfYear
    announcements: tuple[Announcement, ...]
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A household in reception that has been linked already."""

    household: HouseholdId
    municipality: MunicipalityCode
    persons: int
    linked_on: date
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemonstrationCountry:
    """Everything that is loaded: real places and numbers, invented centres, people and homes."""

    seed: int
    today: date
    half_years: tuple[DemonstrationHalfYear, ...]
    opening_balances: Mapping[MunicipalityCode, int]
    centres: tuple[ReceptionCentre, ...]
    households: tuple[Household, ...]
    pending: tuple[PendingLink, ...]
    past: tuple[PastHousing, ...]
    ways: DrawnWays


def draw_country(*, seed: int = DEMONSTRATION_SEED, today: date = DEMONSTRATION_DAY) -> DemonstrationCountry:
    """Return the demonstration country of a seed on a day; the same seed and day give the same country.

    Raises
    ------
    ReferenceFactError
        REF-05 when a half-year up to ``today`` has no announced number to draw from.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    running = HalfYear.containing(today)
    spans = [running.shift(step) for step in range(-HALF_YEARS_BEFORE, 1)]
    half_years = tuple(
        DemonstrationHalfYear(half_year, reference.announcements(half_year), _swaps(half_year))
        for half_year in spans
    )
    for half_year in spans:
        reference.announcement_in_force(half_year, today)
    centres = draw_centres(rng, today)
    households = draw_households(rng, centres, today, int(value("people-waiting")))
    history = draw_history(rng, half_years_of(half_years), today)
    pending = _pending(rng, households, history.open_people, today)
    return DemonstrationCountry(
        seed=seed,
        today=today,
        half_years=half_years,
        opening_balances=history.opening,
        centres=centres,
        households=households,
        pending=pending,
        past=history.past,
        ways=draw_ways(
            seed,
            households,
            [Linked(one.household, one.municipality, one.linked_on) for one in pending],
            today,
        ),
    )


def half_years_of(
    half_years: tuple[DemonstrationHalfYear, ...],
) -> tuple[tuple[HalfYear, int, Mapping[MunicipalityCode, int]], ...]:
    """Return per half-year the number in force at its end and what swaps changed, in people."""
    found = []
    for one in half_years:
        changes: dict[MunicipalityCode, int] = {}
        for swap in one.swaps:
            for code, change in swap.changes.items():
                changes[code] = changes.get(code, 0) + change
        found.append((one.half_year, one.announcements[-1].people, changes))
    return tuple(found)


def _swaps(half_year: HalfYear) -> tuple[Swap, ...]:
    """Return two invented swaps per half-year: an island with its shore, and two neighbours."""
    ameland, noardeast, zundert, breda = (
        MunicipalityCode(code) for code in ("GM0060", "GM1970", "GM0879", "GM0758")
    )
    return (
        Swap(half_year, half_year.first_day, {ameland: -1, noardeast: 1}, f"{_DRAWN}: island and shore"),
        Swap(half_year, half_year.first_day, {zundert: -2, breda: 2}, f"{_DRAWN}: two neighbours"),
    )


def _pending(
    rng: np.random.Generator,
    households: tuple[Household, ...],
    open_people: Mapping[MunicipalityCode, int],
    today: date,
) -> tuple[PendingLink, ...]:
    wanted = int(value("linked-not-housed"))
    left = dict(open_people)
    codes = np.array(sorted(left))
    regions = {province.code: province.region for province in reference.provinces()}
    found: list[PendingLink] = []
    by_wait = sorted(households, key=lambda h: (h.permit_on, h.identifier))
    for household in by_wait[: len(by_wait) * 2 // 3]:
        if wanted <= 0:
            break
        if rng.random() > 0.5:  # noqa: PLR2004 - every second of those who wait longest
            continue
        allowed = [frozenset(tie.municipalities) for tie in household.hard_ties]
        pool = sorted(frozenset.intersection(*allowed)) if allowed else [str(c) for c in rng.choice(codes, 6)]
        fitting = [code for code in pool if left.get(MunicipalityCode(code), 0) >= household.persons]
        if not fitting:
            continue
        near = [c for c in fitting if regions[reference.municipality(c).province] == household.region]
        code = MunicipalityCode((near or fitting)[0])
        left[code] -= household.persons
        wanted -= household.persons
        reasons = [f"hard:{tie.criterion.value}" for tie in household.hard_ties]
        reasons += [
            f"soft:{tie.criterion.value}" for tie in household.soft_ties if code in tie.municipalities
        ]
        if regions[reference.municipality(code).province] == household.region:
            reasons.append("soft:region")
        waited = (today - household.permit_on).days
        ago = int(rng.integers(3, max(4, min(84, waited))))
        found.append(
            PendingLink(
                household.identifier,
                code,
                household.persons,
                date.fromordinal(today.toordinal() - ago),
                tuple(reasons),
            )
        )
    return tuple(found)
