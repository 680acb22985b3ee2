"""Invented linking instances of any size, with the card that says how they were drawn.

Sizes, shares and tightness follow the national picture: household sizes 1-8 with shares 46, 11, 11.5, 13, 10, 5,
2 and 1.5 %; municipal sizes lognormal (sigma 0.75); persons fill every cap exactly in total, homes in three nested
size classes and accessible homes keep 6 % spare; 12 % of households are bound to one of 34 regions, 3 % to one
municipality. The score is the expected number of adults at work, 0-2 a household.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import Problem

SIZE_SHARES = (0.46, 0.11, 0.115, 0.13, 0.10, 0.05, 0.02, 0.015)
HOME_CLASSES = (1, 3, 5)
"""A household of at least so many persons needs a home of this class or a larger one."""


@dataclass(frozen=True, slots=True)
class Card:
    """How an instance was drawn; the same card draws the same instance."""

    households: int
    places: int
    seed: int
    persons_fill: float = 1.0
    homes_spare: float = 1.06
    accessible_share: float = 0.05
    bound_to_region: float = 0.12
    bound_to_place: float = 0.03
    regions: int = 34
    place_spread: float = 0.75
    place_effect: float = 0.5
    household_effect: float = 0.8
    pair_effect: float = 0.7
    uses: int = 5
    persons_in_score: bool = True

    def plain(self) -> dict[str, object]:
        """Return the card as plain values."""
        return asdict(self)


def draw_instance(card: Card) -> Problem:
    """Draw the instance that ``card`` describes."""
    drawn = _draw(card)
    return _problem(card, drawn, np.arange(card.households), _capacity(card, drawn.demand, drawn.weight))


def describe(card: Card, problem: Problem) -> dict[str, object]:
    """Return the card with what its instance turned out to be like.

    ``tightness`` is what all households take of each use as a share of what all places hold; ``correlation`` the mean
    correlation between the scores of two households over the places, 0 when every household is of its own mind.
    """
    score = problem.score[:: max(1, len(problem.score) // 500)].astype(np.float64)
    centred = score - score.mean(axis=1, keepdims=True)
    centred /= np.maximum(np.sqrt((centred**2).sum(axis=1, keepdims=True)), 1e-12)
    count = len(centred)
    together = float((centred.sum(axis=0) ** 2).sum())
    taken, held = problem.demand.sum(axis=0), problem.capacity.sum(axis=0)
    return {
        **card.plain(),
        "tightness": {
            use: round(float(taken[at] / max(1, held[at])), 4) for at, use in enumerate(problem.uses)
        },
        "correlation": round((together - count) / max(1, count * (count - 1)), 4),
        "allowed": round(float(problem.allowed.mean()), 4),
    }


def draw_season(card: Card, *, earlier: int, arrivals: int, batches: int) -> tuple[Problem, Problem]:
    """Draw a season and the ``earlier`` households of its history, all from the same places and kinds of household.

    The caps are those of the ``card.households`` expected; ``arrivals`` come, spread evenly over ``batches``.
    """
    drawn = _draw(replace(card, households=arrivals + earlier))
    expected = drawn.demand[np.arange(card.households) % arrivals]
    capacity = _capacity(card, expected, drawn.weight)
    season = _problem(card, drawn, np.arange(arrivals), capacity)
    history = _problem(card, drawn, np.arange(arrivals, arrivals + earlier), capacity)
    return replace(season, arrival=np.arange(arrivals) * batches // arrivals), history


@dataclass(frozen=True, slots=True)
class _Drawn:
    demand: NDArray[np.int64]
    weight: NDArray[np.float64]
    score: NDArray[np.float32]
    allowed: NDArray[np.bool_]


def _draw(card: Card) -> _Drawn:
    rng = np.random.default_rng(card.seed)
    size = rng.choice(np.arange(1, 9), card.households, p=np.array(SIZE_SHARES))
    weight = np.exp(rng.normal(0.0, card.place_spread, card.places))
    weight /= weight.sum()
    demand = _demand(card, size, rng)
    score = _score(card, size, rng)
    if card.persons_in_score:
        score += size[:, None].astype(np.float32)
    return _Drawn(demand, weight, score, _allowed(card, weight, rng))


def _problem(card: Card, drawn: _Drawn, rows: NDArray[np.int64], capacity: NDArray[np.int64]) -> Problem:
    return Problem(
        households=tuple(f"h{number:06d}" for number in rows),
        places=tuple(f"p{number:04d}" for number in range(card.places)),
        uses=("persons", "homes_small", "homes_middle", "homes_large", "homes_accessible")[: card.uses],
        demand=drawn.demand[rows],
        capacity=capacity,
        allowed=drawn.allowed[rows],
        score=drawn.score[rows],
        group=np.full(len(rows), -1, np.int64),
        arrival=np.arange(len(rows), dtype=np.int64),
    )


def _demand(card: Card, size: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    columns = [size, *((size >= least) for least in HOME_CLASSES)]
    columns.append(rng.random(card.households) < card.accessible_share)
    return np.stack(columns, axis=1).astype(np.int64)[:, : card.uses]


def _capacity(card: Card, demand: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.int64]:
    spare = np.full(card.uses, card.homes_spare)
    spare[0] = card.persons_fill
    totals = np.round(demand.sum(axis=0) * spare).astype(np.int64)
    return np.stack([_apportion(int(total), weight) for total in totals], axis=1)


def _apportion(total: int, weight: NDArray[np.float64]) -> NDArray[np.int64]:
    exact = total * weight
    whole = np.floor(exact).astype(np.int64)
    rest = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:rest]] += 1
    return whole


def _score(card: Card, size: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float32]:
    adults = np.where(size == 1, 1, 2).astype(np.float32)
    tilt = rng.normal(-0.8, card.household_effect, (card.households, 1)).astype(np.float32)
    tilt = tilt + rng.normal(0.0, card.place_effect, (1, card.places)).astype(np.float32)
    score = rng.standard_normal((card.households, card.places), dtype=np.float32)
    score *= np.float32(card.pair_effect)
    score += tilt
    np.negative(score, out=score)
    np.exp(score, out=score)
    score += 1.0
    np.divide(adults[:, None], score, out=score)
    return score


def _allowed(card: Card, weight: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.bool_]:
    allowed = np.ones((card.households, card.places), bool)
    region = np.arange(card.places) * card.regions // card.places
    by_region = np.bincount(region, weight, card.regions)
    draw = rng.random(card.households)
    for household in np.flatnonzero(draw < card.bound_to_region + card.bound_to_place):
        if draw[household] < card.bound_to_region:
            allowed[household] = region == rng.choice(card.regions, p=by_region)
        else:
            allowed[household] = np.arange(card.places) == rng.choice(card.places, p=weight)
    return allowed
