"""Invented people, places and outcomes whose true chances are known, to try the estimator and to test it.

Nothing here is about anyone: names of columns are examples of what someone could have, and every number is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from eenthuis.matching.outcome.columns import Column
from eenthuis.matching.outcome.table import Table

SIZES = (0.46, 0.2, 0.22, 0.12)
"""Shares of households with 1, 2, 3 and 4 adults."""

UNKNOWN_SCHOOLING, FIRST_WOMAN, NEXT_WOMAN = 0.08, 0.3, 0.65
"""Shares of adults: years of school not known, women among first adults, women among the others."""

CRAFTS = ("building", "care", "farming", "office")


@dataclass(frozen=True, slots=True)
class Truth:
    """Places as they were drawn: P people's terms, and what each of M places does."""

    places: tuple[str, ...]
    regions: tuple[str, ...]
    jobs: NDArray[np.float64]
    offset: NDArray[np.float64]
    craft: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Adults:
    """N adults of invented households, in order of household."""

    household: NDArray[np.int64]
    columns: tuple[Column, ...]
    sex: NDArray[np.str_]
    age: NDArray[np.int64]
    log_odds: NDArray[np.float64]
    craft: NDArray[np.int64]


def draw_truth(places: int, rng: np.random.Generator, *, spread: float = 0.6) -> Truth:
    """Draw places in regions of about six; ``spread`` is how much places and crafts differ, in log-odds."""
    regions = max(2, places // 6)
    of_region = np.arange(places) % regions
    jobs = np.round(rng.normal(1.0, 0.25, places), 2)
    offset = rng.normal(0, spread / 2, regions)[of_region] + rng.normal(0, spread / 2, places)
    craft = rng.normal(0, spread, (regions, len(CRAFTS)))[of_region] + rng.normal(
        0, spread / 2, (places, len(CRAFTS))
    )
    return Truth(
        places=tuple(f"P{number + 1:03d}" for number in range(places)),
        regions=tuple(f"R{number + 1:02d}" for number in of_region),
        jobs=jobs,
        offset=offset + 0.8 * (jobs - 1.0),
        craft=craft,
    )


def draw_adults(households: int, rng: np.random.Generator) -> Adults:
    """Draw the adults of so many households; in one with several, a second adult is less near to work."""
    size = rng.choice(np.arange(1, 5), households, p=SIZES)
    household = np.repeat(np.arange(households), size)
    rank = np.arange(len(household)) - np.repeat(np.cumsum(size) - size, size)
    count = len(household)
    years = np.clip(rng.normal(9, 3, count), 0, 18).round()
    language = rng.integers(0, 4, count)
    worked = np.round(rng.gamma(1.5, 4.0, count), 1)
    craft = rng.integers(0, len(CRAFTS), count)
    woman = rng.random(count) < np.where(rank == 0, FIRST_WOMAN, NEXT_WOMAN)
    age = np.clip(rng.normal(34, 10, count), 18, 64).astype(np.int64)
    log_odds = -1.1 + 0.08 * (years - 9) + 0.35 * (language - 1.5) + 0.05 * (worked - 6) - 0.9 * (rank > 0)
    known = np.where(rng.random(count) < UNKNOWN_SCHOOLING, np.nan, years)
    columns = (
        Column("years_of_school", known),
        Column("language_level", language.astype(np.float64)),
        Column("years_of_work", worked),
        Column("craft", np.array(CRAFTS)[craft]),
        Column("joined_later", (rank > 0).astype(np.float64)),
    )
    return Adults(household, columns, np.where(woman, "v", "m"), age, log_odds, craft)


def true_chances(truth: Truth, adults: Adults) -> NDArray[np.float64]:
    """Return the true chance of each adult at each place (N x M)."""
    return expit(adults.log_odds[:, None] + truth.offset + truth.craft.T[adults.craft])


def draw_table(truth: Truth, households: int, rng: np.random.Generator) -> tuple[Table, NDArray[np.float64]]:
    """Draw households placed at random, and whether each adult found work; with the true chance of each (n)."""
    adults = draw_adults(households, rng)
    place = rng.integers(0, len(truth.places), households)[adults.household]
    chance = true_chances(truth, adults)[np.arange(len(place)), place]
    days = rng.integers(0, 3 * 365, households)[adults.household]
    table = Table(
        household=adults.household,
        place=place,
        places=truth.places,
        regions=truth.regions,
        worked=rng.random(len(place)) < chance,
        placed_on=np.datetime64("2021-01-01", "D") + days.astype("timedelta64[D]"),
        people=adults.columns,
        surroundings=(Column("place_jobs", truth.jobs),),
    )
    return table, chance
