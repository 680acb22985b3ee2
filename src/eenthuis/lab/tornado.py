"""Which lever does what: each alone on top of the base, and each as the last; what they do together is the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eenthuis.lab.running import Keeps, Run, Worker, compare, here
from eenthuis.lab.sketch import Sketch
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.policy import DISTRIBUTION_KEY, LeverValue, Scenario
from eenthuis.terms.work_scores import WorkScores


@dataclass(frozen=True, slots=True)
class Effect:
    """What one lever does to a measure, in its unit: means over common futures with standard errors.

    ``alone`` is the base with this lever less the base; ``last`` is everything less everything but this lever. They
    differ where levers work on each other.
    """

    lever: str
    value: LeverValue
    alone: float
    alone_error: float
    last: float
    last_error: float


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of all levers by size, and of all together; ``together`` is theirs beyond the sum of each alone."""

    measure: str
    half_year: HalfYear
    levers: tuple[Effect, ...]
    all_at_once: float
    all_error: float

    @property
    def together(self) -> float:
        """What levers do by working on each other, in the unit of the measure."""
        return self.all_at_once - sum(one.alone for one in self.levers)


@dataclass(frozen=True, slots=True)
class Tornado:
    """Runs of all variants with common chance, from which the effects on any measure are read."""

    base: Scenario
    scenario: Scenario
    pulled: tuple[str, ...]
    run: Run
    last: Run

    def effects(self, measure: str, half_year: HalfYear) -> Effects:
        """Return what each lever does to a measure in a half-year, largest first."""
        rows = []
        for place, name in enumerate(self.pulled):
            alone = self.run.difference(measure, half_year, place + 2)
            without = self.last.difference(measure, half_year, place + 1)
            rows.append(_effect(name, self.scenario.levers[name], alone, without))
        whole = self.run.difference(measure, half_year, 1)
        rows.sort(key=lambda one: (-abs(one.alone), one.lever))
        return Effects(measure, half_year, tuple(rows), whole.mean, whole.error)


def _effect(name: str, value: LeverValue, alone: Sketch, without: Sketch) -> Effect:
    return Effect(name, value, alone.mean, alone.error, -without.mean, without.error)


def tornado(
    base: Scenario,
    scenario: Scenario,
    *,
    futures: int,
    seed: int,
    half_years: int,
    work: WorkScores | None = None,
    worker: Worker = here,
    tell: Callable[[int], None] | None = None,
) -> Tornado:
    """Live the same futures under every variant between a base and a scenario.

    ``tell`` hears how many futures are done, of twice ``futures``.

    Raises
    ------
    InputError
        INP-01 when the two do not differ in any lever.
    """
    pulled = scenario.differs_in(base)
    if not pulled:
        raise InputError(
            "INP-01",
            f"{scenario.name} pulls no lever that {base.name} leaves",
            remedy="Give two scenarios that differ.",
            location=Location(value=scenario.name),
        )

    def told(before: int) -> Callable[[int], None] | None:
        return None if tell is None else lambda done: tell(before + done)

    first = compare(
        (base, scenario, *_with_one(base, scenario, pulled)),
        futures=futures,
        seed=seed,
        half_years=half_years,
        keeps=Keeps.NATION,
        work=work,
        worker=worker,
        tell=told(0),
    )
    last = compare(
        (scenario, *_with_one(scenario, base, pulled)),
        futures=futures,
        seed=seed,
        half_years=half_years,
        keeps=Keeps.NATION,
        work=work,
        worker=worker,
        tell=told(futures),
    )
    return Tornado(base, scenario, pulled, first, last)


def _with_one(under: Scenario, other: Scenario, pulled: tuple[str, ...]) -> Iterator[Scenario]:
    """Yield ``under`` with one lever at a time as ``other`` has it."""
    for name in pulled:
        yield Scenario(
            f"{under.name}, {name}",
            {**under.levers, name: other.levers[name]},
            dict(under.sources),
            other.weights if name == DISTRIBUTION_KEY else under.weights,
        )
