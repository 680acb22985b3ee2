"""Linking beside public tools in the same run: solvers, constraint programming, flow, deferred acceptance.

``python benchmarks/bench_linking.py`` is quick; ``--full`` adds national and European sizes. Every figure is a ratio or
a gap of one run on one machine; the instances come from :mod:`generator` and their cards go with them.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from eenthuis.matching import Problem, solve
from eenthuis.matching.certificate import Certificate
from eenthuis.matching.flow import best_flow
from eenthuis.matching.parties import gather_parties
from eenthuis.terms.linking import Goal
from generator import Card, describe, draw_instance
from ratio import Figure, Ratio
from tools import TOOLS, by_deferred_acceptance, flow_of_persons

SMALL = tuple(
    Card(households=size, places=20, seed=seed, uses=uses, persons_fill=1.02, persons_in_score=False)
    for size, seed, uses in ((329, 1, 1), (400, 2, 2), (499, 3, 3))
)
NATIONAL = Card(households=1_000, places=342, seed=1)
LARGE = {5_000: 0.030, 20_000: 0.005, 100_000: 0.0002}
"""Households beside 342 places, and the gap in percent that is wanted within ten seconds (15 at the largest)."""

ONE_SEAT = Card(households=300, places=20, seed=4, uses=1, bound_to_region=0.0, bound_to_place=0.0)
FLOW = Card(households=1_000, places=100, seed=1, uses=1)
QUICK_SECONDS, FULL_SECONDS = 8.0, 60.0


def measure(*, full: bool = False) -> list[Ratio]:
    """Return one measurement per instance and tool, with what each reached in its note."""
    _warm()
    seconds = FULL_SECONDS if full else QUICK_SECONDS
    rows = [
        row for card in SMALL for row in _beside(card, gap=1e-6, ours=None, theirs=seconds, figures=_small)
    ]
    rows += _beside(NATIONAL, gap=1e-5, ours=10.0, theirs=seconds, figures=_national(0.22))
    for households, wanted in LARGE.items() if full else ():
        card = Card(households=households, places=342, seed=1)
        tools = ("scipy.optimize.milp", "highspy") if households <= min(LARGE) else ()
        rows += _beside(card, gap=1e-7, ours=15.0, theirs=seconds, figures=_national(wanted), tools=tools)
    return [*rows, _flow(), _one_seat()]


def scaling(*, full: bool = False) -> list[dict[str, float]]:
    """Return households, seconds, gap and memory (MiB) of one solve each, beside 342 places, up to 10 seconds."""
    _warm()
    found = []
    for households in (200, 500, 1_000, 2_000, 5_000, *((10_000, 20_000, 50_000, 100_000) if full else ())):
        problem = draw_instance(Card(households=households, places=342, seed=1))
        certificate, seconds = _solved(problem, gap=1e-6, seconds=15.0 if full else 5.0)
        matrix = problem.score.nbytes + problem.allowed.nbytes
        found.append(
            {
                "households": float(households),
                "seconds": seconds,
                "gap_percent": 100 * certificate.gap,
                "matrix_mib": matrix / 2**20,
                "most_resident_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    return found


def _warm() -> None:
    for card in (Card(households=60, places=5, seed=1), Card(households=900, places=40, seed=1)):
        solve(draw_instance(card), goal=Goal.SCORE, gap=0.05)
    best_flow(gather_parties(draw_instance(Card(households=30, places=5, seed=1)), person_weight=0.0))


def _solved(
    problem: Problem, *, gap: float, seconds: float | None, threads: int = 2
) -> tuple[Certificate, float]:
    started = time.perf_counter()
    found = solve(problem, goal=Goal.SCORE, gap=gap, seconds=seconds, threads=threads).certificate
    return found, time.perf_counter() - started


def _beside(
    card: Card,
    *,
    gap: float,
    ours: float | None,
    theirs: float,
    figures: Callable[[Card, Problem, Certificate, float], tuple[Figure, ...]],
    tools: tuple[str, ...] = tuple(TOOLS),
) -> list[Ratio]:
    problem = draw_instance(card)
    own, seconds = _solved(problem, gap=gap, seconds=ours)
    found = {}
    for tool in tools:
        started = time.perf_counter()
        value, bound = TOOLS[tool](problem, theirs)
        found[tool] = value, bound, time.perf_counter() - started
    proven = [
        own.bound,
        *([own.tight.bound] if own.tight else []),
        *([own.solver_bound] if own.solver_bound else []),
        *(one[1] for one in found.values()),
    ]
    best = min(
        bound for bound in proven if bound >= own.objective * (1 - 1e-9)
    )  # a tool out of time may tell none
    rows = [
        Ratio(
            name=f"linking: {card.households} x {card.places}, {card.uses} uses",
            ours=seconds,
            theirs=took,
            against=tool,
            unit="s",
            note=(
                f"ours {own.objective:.3f}, gap proven by prices {own.gap:.4%}, with prices per household "
                f"{own.tight_gap:.4%}, to the best bound known "
                f"{(best - own.objective) / best:.4%}; theirs {value:.3f}, gap {(best - value) / best:.4%}"
            ),
            card=describe(card, problem),
            figures=figures(card, problem, own, seconds) if tool == tools[0] else (),
        )
        for tool, (value, _, took) in found.items()
    ]
    return rows or [_alone(card, problem, own, seconds, figures(card, problem, own, seconds))]


def _alone(
    card: Card, problem: Problem, own: Certificate, seconds: float, figures: tuple[Figure, ...]
) -> Ratio:
    """Return a solve beside one read of the score matrix, where no public tool has room for the model."""
    started = time.perf_counter()
    problem.score.max()
    read = time.perf_counter() - started
    return Ratio(
        name=f"linking: {card.households} x {card.places}, {card.uses} uses",
        ours=seconds,
        theirs=read,
        against="one read of the score matrix",
        unit="s",
        note=f"ours {own.objective:.3f}, gap proven by prices {own.gap:.5%}",
        card=describe(card, problem),
        figures=figures,
    )


def _small(card: Card, problem: Problem, own: Certificate, seconds: float) -> tuple[Figure, ...]:
    what = f"{card.households} x {card.places}, {card.uses} uses"
    bound = own.bound if own.solver_bound is None else min(own.bound, own.solver_bound)
    housed = solve(problem, goal=Goal.HOUSED_THEN_SCORE).certificate
    kept = sum(stage.reached for stage in housed.stages if stage.name == "score") / own.objective
    return (
        Figure("L1", f"{what}: share of the optimum", 0.99999, own.objective / bound, "", at_least=True),
        Figure("L1", f"{what}: time", 5.0, seconds, "s"),
        Figure(
            "L2",
            f"{what}: share of the score kept with nobody left out who fits",
            0.9997 if card.uses == 1 else 0.994,
            kept,
            "",
            at_least=True,
        ),
    )


def _national(wanted: float) -> Callable[[Card, Problem, Certificate, float], tuple[Figure, ...]]:
    def figures(card: Card, problem: Problem, own: Certificate, seconds: float) -> tuple[Figure, ...]:
        what = f"{card.households} x {card.places}"
        name = "L8" if card.households >= max(LARGE) else "L7"
        found = [
            Figure(
                name, f"{what}: gap that prices prove in {seconds:.0f} s", wanted, 100 * own.tight_gap, "%"
            ),
        ]
        if card.households <= NATIONAL.households:
            runs = [
                solve(problem, goal=Goal.SCORE, gap=0.01, threads=threads).assignment for threads in (1, 2, 4)
            ]
            same = sum(np.array_equal(runs[0], other) for other in runs)
            found.append(
                Figure(
                    "L13",
                    f"{what}: same answer on 1, 2 and 4 threads",
                    3.0,
                    float(same),
                    "runs",
                    at_least=True,
                )
            )
        return tuple(found)

    return figures


def _flow() -> Ratio:
    """Return our flow of persons beside that of OR-Tools, on the same arcs."""
    problem = draw_instance(FLOW)
    parties = gather_parties(problem, person_weight=0.0)
    started = time.perf_counter()
    pieces = best_flow(parties)
    seconds = time.perf_counter() - started
    real = pieces[pieces[:, 1] < len(problem.places)]
    worth = problem.score[real[:, 0], real[:, 1]].astype(np.float64) / problem.persons[real[:, 0]]
    theirs, took = flow_of_persons(problem)
    return Ratio(
        name=f"flow of persons: {FLOW.households} x {FLOW.places}",
        ours=seconds,
        theirs=took,
        against="ortools min-cost flow",
        unit="s",
        note=f"score ours {float((real[:, 2] * worth).sum()):.3f}, theirs {theirs:.3f}",
        card=describe(FLOW, problem),
    )


def _one_seat() -> Ratio:
    """Return what is lost against the bound where every household takes one seat, beside deferred acceptance."""
    drawn = draw_instance(ONE_SEAT)
    seats = np.full((len(drawn.places), 1), len(drawn.households) // len(drawn.places), np.int64)
    fields = {name: getattr(drawn, name) for name in Problem.__slots__}
    problem = Problem(**{**fields, "demand": np.ones_like(drawn.demand), "capacity": seats})
    own, _ = _solved(problem, gap=1e-6, seconds=None)
    theirs = by_deferred_acceptance(problem)
    return Ratio(
        name=f"one seat each: {ONE_SEAT.households} x {ONE_SEAT.places}",
        ours=100 * own.gap,
        theirs=100 * (own.bound - theirs) / own.bound,
        against="matching, deferred acceptance",
        unit="% lost",
        note=f"score ours {own.objective:.3f}, theirs {theirs:.3f} (stable, which the engine does not promise)",
        card=describe(ONE_SEAT, problem),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="national sizes too")
    for line in measure(full=parser.parse_args().full):
        print(f"{line.name}: {line.ours:.2f} {line.unit}, {line.against} {line.theirs:.2f}; {line.note}")
