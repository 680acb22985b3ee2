"""Running futures in pieces that any worker may do, and putting them together to the same digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.country import country, require_weights
from eenthuis.lab.future import live
from eenthuis.lab.local import Local, Values, place_measures
from eenthuis.lab.measuring import NAMES, Measure, measures
from eenthuis.lab.plausible import parameter_sets, ranged_set
from eenthuis.lab.settings import drawn, settings
from eenthuis.lab.sketch import Sketch, sketched
from eenthuis.lab.work import at_work
from eenthuis.lab.world import Country, empty
from eenthuis.law import law_book
from eenthuis.reference.policy import scenarios
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import OWN_WEIGHTS, Scenario
from eenthuis.terms.work_scores import WorkScores

PIECE = 25
"""Futures of one piece of work; fixed, so that results do not depend on the number of workers."""
MOST_FUTURES = 1_000_000
MOST_HALF_YEARS = 60
LANDS = 16
"""Countries that are kept, one for each distribution key in use."""
FIRST = HalfYear(2026, 1)
"""The half-year in which a run begins; the state at the start is of its first day."""


class Keeps(Enum):
    """What is kept of the futures: national measures; those and measures of places; or each last half-year.

    With the last, every future draws its parameters from their ranges, as a choice under all uncertainty asks.
    """

    NATION = auto()
    PLACES = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: scenarios with the same chance, how many futures, of how many half-years, and the seed.

    With ``work``, scores that somebody loaded, work within a year is measured as well; no other figure changes by it.
    """

    scenarios: tuple[Scenario, ...]
    futures: int
    seed: int
    half_years: int = 20
    first: HalfYear = FIRST
    keeps: Keeps = Keeps.PLACES
    work: WorkScores | None = None

    def __post_init__(self) -> None:
        """Refuse numbers no run can have.

        Raises
        ------
        InputError
            INP-06 naming the number; as :func:`eenthuis.lab.country.require_weights` for weights of a scenario.
        """
        for name, value, low, high in (
            ("--futures", self.futures, 1, MOST_FUTURES),
            ("--half-years", self.half_years, 1, MOST_HALF_YEARS),
            ("--seed", self.seed, 0, 2**62),
        ):
            if not low <= value <= high:
                raise InputError(
                    "INP-06",
                    f"{name} is {value}",
                    remedy=f"Give {low} to {high}.",
                    location=Location(column=name, value=str(value)),
                )
        for one in self.scenarios:
            if one.key == OWN_WEIGHTS:
                require_weights(law_book(), self.first, one.weights)

    def measures(self) -> tuple[Measure, ...]:
        """Return what is measured nationally."""
        return measures(has_work=self.work is not None)

    def pieces(self) -> tuple[tuple[int, int], ...]:
        """Return the first future and the count of every piece of work."""
        return tuple((first, min(PIECE, self.futures - first)) for first in range(0, self.futures, PIECE))


@dataclass(slots=True)
class Piece:
    """What a piece of work sends back: sketches by scenario, measure and half-year; and of the differences.

    ``local`` has what was measured per municipality, of every scenario and future; ``last`` the measures of the last
    half-year (scenarios × futures × measures).
    """

    first: int
    futures: int
    values: dict[tuple[int, str, int], Sketch] = field(default_factory=dict)
    differences: dict[tuple[int, str, int], Sketch] = field(default_factory=dict)
    local: Values | None = None
    last: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of a run; differences are of each later scenario minus the first, future by future."""

    ask: Ask
    values: Mapping[tuple[int, str, int], Sketch]
    differences: Mapping[tuple[int, str, int], Sketch]
    local: Local

    def half_years(self) -> tuple[HalfYear, ...]:
        """Return the half-years of the run in order."""
        return tuple(self.ask.first.shift(step) for step in range(self.ask.half_years))

    def quantile(self, measure: str, half_year: HalfYear, level: float, scenario: int = 0) -> float:
        """Return a quantile of a measure over the futures, in its unit."""
        return self.values[scenario, measure, self.half_years().index(half_year)].quantile(level)

    def difference(self, measure: str, half_year: HalfYear, scenario: int = 1) -> Sketch:
        """Return the differences of a scenario with the first one, future by future."""
        return self.differences[scenario, measure, self.half_years().index(half_year)]


Worker = Callable[[Ask, Iterable[tuple[int, int]]], Iterator[Piece]]
"""Does pieces of work in any order, here or elsewhere, and gives each back once."""


def here(ask: Ask, pieces: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """Do the work in this thread, piece by piece."""
    for first, count in pieces:
        yield do_piece(ask, first, count)


def simulate(
    scenario: Scenario | str,
    *,
    futures: int = 1000,
    seed: int = 1,
    half_years: int = 20,
    work: WorkScores | None = None,
    worker: Worker = here,
    tell: Callable[[int], None] | None = None,
) -> Run:
    """Live many futures of a scenario and return quantiles of every measure per half-year.

    A packaged scenario may be given by its name. With scores of ``work``, work within a year is measured too. ``tell``
    hears how many futures are done. The same seed gives the same figures with any worker.

    Raises
    ------
    InputError
        INP-01 for a name that is not packaged, INP-06 for a number no run can have.

    Examples
    --------
    >>> run = simulate("today", futures=2, seed=7, half_years=2)
    >>> run.quantile("mass", HalfYear(2026, 2), 0.5)
    0.0
    """
    return compare(
        (named(scenario),),
        futures=futures,
        seed=seed,
        half_years=half_years,
        work=work,
        worker=worker,
        tell=tell,
    )


def named(scenario: Scenario | str) -> Scenario:
    """Return a scenario, looked up among the packaged ones when it is a name.

    Raises
    ------
    InputError
        INP-01 for a name that is not packaged.
    """
    if isinstance(scenario, Scenario):
        return scenario
    if scenario not in scenarios():
        raise InputError(
            "INP-01",
            f"there is no scenario {scenario!r}",
            remedy=f"Give one of {', '.join(scenarios())}, or a scenario of your own.",
            location=Location(value=scenario),
        )
    return scenarios()[scenario]


def compare(
    variants: tuple[Scenario, ...],
    *,
    futures: int = 1000,
    seed: int = 1,
    half_years: int = 20,
    keeps: Keeps = Keeps.PLACES,
    work: WorkScores | None = None,
    worker: Worker = here,
    tell: Callable[[int], None] | None = None,
) -> Run:
    """Live the same futures under several scenarios; chance is common, so that differences are sharp."""
    ask = Ask(variants, futures, seed, half_years, keeps=keeps, work=work)
    whole, local = Piece(0, 0), Local(ask.first, half_years, len(variants), ask.work is not None)
    for piece in worker(ask, ask.pieces()):
        whole.futures += piece.futures
        for kept, came in ((whole.values, piece.values), (whole.differences, piece.differences)):
            for key, sketch in came.items():
                kept.setdefault(key, Sketch()).merge(sketch)
        if piece.local is not None:
            local.add(piece.local)
        if tell is not None:
            tell(whole.futures)
    return Run(ask, whole.values, whole.differences, local)


def do_piece(ask: Ask, first: int, count: int) -> Piece:
    """Live ``count`` futures from future ``first`` on under every scenario; the work a worker is sent."""
    lived = [outcomes(ask, scenario, first, count) for scenario in ask.scenarios]
    found = np.stack([one.nation for one in lived])
    piece = Piece(first, count)
    if ask.keeps is Keeps.LAST:
        piece.last = found[:, :, -1]
        return piece
    if ask.keeps is Keeps.PLACES:
        piece.local = np.stack([one.local for one in lived])
    for which in range(len(ask.scenarios)):
        piece.values |= _sketches(ask, which, found[which])
        if which:
            piece.differences |= _sketches(ask, which, found[which] - found[0])
    return piece


@dataclass(frozen=True, slots=True)
class Lived:
    """Measures of every future (count × half-years × measures), and per municipality unless those are not kept."""

    nation: NDArray[np.float64]
    local: NDArray[np.int32]


def outcomes(ask: Ask, scenario: Scenario, first: int, count: int) -> Lived:
    """Live ``count`` futures of a scenario from future ``first`` on."""
    land = _land(ask.first, scenario.key, tuple(sorted(scenario.weights.items())))
    if ask.work is not None:
        land = land._replace(at_work=at_work(ask.work, ask.first))
    state = empty(len(land.weights), ask.half_years)
    sets, is_ranged = parameter_sets(), ask.keeps is Keeps.LAST
    kept = ask.half_years if ask.keeps is Keeps.PLACES else 0
    columns = len(place_measures(has_work=ask.work is not None))
    lived = Lived(
        np.zeros((count, ask.half_years, len(NAMES))),
        np.zeros((count, kept, len(land.weights), columns), np.int32),
    )
    for place, future in enumerate(range(first, first + count)):
        parameters = ranged_set(ask.seed, future) if is_ranged else sets[future % len(sets)]
        live(
            state,
            land,
            settings(scenario, parameters),
            drawn(scenario, parameters),
            ask.seed,
            future,
            lived.nation[place],
            lived.local[place],
        )
    return lived


@lru_cache(maxsize=LANDS)
def _land(first: HalfYear, key: str, own: tuple[tuple[MunicipalityCode, int], ...]) -> Country:
    return country(law_book(), first, key, dict(own))


def _sketches(ask: Ask, which: int, values: NDArray[np.float64]) -> dict[tuple[int, str, int], Sketch]:
    """Return a sketch per measure and half-year of what a scenario gave (futures × half-years × measures)."""
    own = np.ascontiguousarray(values[:, :, : len(ask.measures())])
    keys = [(which, measure.name, step) for step in range(ask.half_years) for measure in ask.measures()]
    return dict(zip(keys, sketched(own.reshape(len(own), -1)), strict=True))
