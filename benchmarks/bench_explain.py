"""Explanations and overrides measured: what is stated and flips when solved again, and how long solving around takes.

``python benchmarks/bench_explain.py`` is small; ``--full`` takes 5,000 and 20,000 households over 342 places. No public
tool explains or solves around an override; beside ours stands the only way there is with one, solving the changed
problem from nothing with the engine itself.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from eenthuis.matching import Problem, Solution, solve
from eenthuis.matching.around import Around
from eenthuis.matching.conflicts import find_conflicts
from eenthuis.matching.explaining import explain
from eenthuis.matching.overriding import Reconsidered, reconsider
from eenthuis.terms.explaining import Flip, FlipKind
from eenthuis.terms.linking import Goal
from eenthuis.terms.overriding import Override, OverrideKind
from generator import Card, draw_instance
from ratio import Figure, Ratio

TESTS = Path(__file__).parents[1] / "tests"
SMALL = Card(households=900, places=42, seed=4)
FULL = (Card(households=5_000, places=342, seed=1), Card(households=20_000, places=342, seed=1))
CHECKED = Card(households=24, places=4, seed=2, uses=2, persons_fill=0.95)
SECONDS = 10.0
PINS = 12
LIMIT = 2.0
FLIPS_KEPT = 0.99
KINDS_WANTED = 20.0


def measure(*, full: bool = False) -> list[Ratio]:
    """Return seconds of an override and of an explanation, and the share of stated flips that flip from nothing."""
    rows = [_flips(CHECKED), _conflicts()]
    for card in FULL if full else (SMALL,):
        problem = draw_instance(card)
        started = time.perf_counter()
        solution = solve(problem, goal=Goal.SCORE, gap=1e-5, seconds=SECONDS)
        whole = time.perf_counter() - started
        rows += [_override(card, problem, solution, whole), _explanation(card, problem, solution, whole)]
    return rows


def some_pins(problem: Problem, solution: Solution, count: int) -> list[Override]:
    """Return pins of households, spread over the instance, to another place that could hold them alone."""
    rng = np.random.default_rng(1)
    pins: list[Override] = []
    for row in rng.permutation(len(problem.households)).tolist():
        fits = problem.allowed[row] & (problem.demand[row] <= problem.capacity).all(axis=1)
        fits[solution.assignment[row]] = False
        if fits.any() and len(pins) < count:
            column = int(rng.choice(np.flatnonzero(fits)))
            pins.append(
                Override(OverrideKind.PIN, problem.households[row], problem.places[column], "measured")
            )
    return pins


def _override(card: Card, problem: Problem, solution: Solution, whole: float) -> Ratio:
    pins = some_pins(problem, solution, PINS)
    reconsider(problem, solution, pins[:1])
    seconds, cost, moved = [], [], []
    for pin in pins:
        started = time.perf_counter()
        found = reconsider(problem, solution, [pin])
        seconds.append(time.perf_counter() - started)
        if isinstance(found, Reconsidered):
            cost.append(found.difference.cost)
            moved.append(len(found.difference.moved))
            again = reconsider(problem, solution, [pin], threads=1)
            same = isinstance(again, Reconsidered) and again.difference == found.difference
            if not same:
                raise SystemExit("an override did not replay to the same proposal")
    note = (
        f"one pin, {len(pins)} times: median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s (promised "
        f"{LIMIT:g} s); median cost {np.median(cost):.3f}, median moved {np.median(moved):.0f} households; replayed "
        f"on one thread to the same; gap of the proposal {solution.certificate.gap:.4%}"
    )
    return Ratio(
        name=f"override: {card.households} x {card.places}",
        ours=float(np.median(seconds)),
        theirs=whole,
        against="the engine from nothing",
        unit="s",
        note=note,
        figures=(
            Figure(
                "L11",
                f"{card.households} x {card.places}: longest of {len(pins)} pins",
                LIMIT,
                max(seconds),
                "s",
            ),
        ),
    )


def _explanation(card: Card, problem: Problem, solution: Solution, whole: float) -> Ratio:
    around = Around(problem, solution.assignment, solution.certificate)
    rows = np.linspace(0, len(problem.households) - 1, PINS).astype(int).tolist()
    seconds, flips = [], 0
    for row in rows:
        started = time.perf_counter()
        flips += len(explain(around, row).flips)
        seconds.append(time.perf_counter() - started)
    return Ratio(
        name=f"explanation: {card.households} x {card.places}",
        ours=float(np.median(seconds)),
        theirs=whole,
        against="the engine from nothing",
        unit="s",
        note=f"{len(rows)} households, {flips} changes verified; longest {max(seconds):.2f} s",
    )


def _flips(card: Card) -> Ratio:
    """Apply every stated flip to the instance, solve from nothing, and count where the household does not go there."""
    problem = draw_instance(card)
    solution = solve(problem, goal=Goal.SCORE)
    around = Around(problem, solution.assignment, solution.certificate)
    stated = kept = 0
    for row in range(len(problem.households)):
        for flip in explain(around, row).flips:
            if flip.kind is not FlipKind.PIN:
                again = solve(flipped(problem, row, flip), goal=Goal.SCORE)
                stated += 1
                kept += (
                    problem.places[again.assignment[row]] == flip.place if again.assignment[row] >= 0 else 0
                )
    return Ratio(
        name=f"flips that do not flip: {card.households} x {card.places}",
        ours=1.0 - kept / max(1, stated),
        theirs=1.0,
        against="nothing stated",
        unit="share",
        limit=0.01,
        note=f"{kept} of {stated} stated changes flip when the changed problem is solved from nothing",
        figures=(
            Figure(
                "L10",
                f"{card.households} x {card.places}: stated flips that flip",
                FLIPS_KEPT,
                kept / max(1, stated),
                "",
                at_least=True,
            ),
        ),
    )


def _conflicts() -> Ratio:
    """Return the share of seeded kinds of wishes that cannot hold without their own set and smallest repair found."""
    sys.path[:0] = [str(TESTS / name) for name in ("instances", "matching")]
    kinds = importlib.import_module("test_conflicts").KINDS
    found = 0
    for kind in kinds:
        conflicts = find_conflicts(kind.problem, kind.wishes)
        repairs = [(repair.kind, repair.amount) for one in conflicts for repair in one.repairs[:1]]
        found += [set(one.wishes) for one in conflicts] == [kind.conflict] and repairs == [kind.repair]
    return Ratio(
        name=f"wishes that cannot hold together: {len(kinds)} kinds",
        ours=1.0 - found / len(kinds),
        theirs=1.0,
        against="a status word",
        unit="share not explained",
        note=f"{found} of {len(kinds)} with their minimal set and smallest repair",
        figures=(
            Figure(
                "L12",
                "kinds with a minimal set and its repair",
                KINDS_WANTED,
                float(found),
                "",
                at_least=True,
            ),
        ),
    )


def flipped(problem: Problem, row: int, flip: Flip) -> Problem:
    """Return the problem with what a flip of a household (row) without a group says."""
    place = problem.places.index(flip.place)
    score, capacity, allowed = problem.score.copy(), problem.capacity.copy(), problem.allowed.copy()
    score[row, place] += np.float32(flip.points)
    for use, more in flip.room:
        capacity[place, problem.uses.index(use)] += more
    allowed[[problem.households.index(name) for name in flip.households]] = False
    allowed[row, place] = True
    return replace(problem, score=score, capacity=capacity, allowed=allowed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="national sizes")
    for line in measure(full=parser.parse_args().full):
        print(f"{line.name}: {line.ours:.3f} {line.unit}, {line.against} {line.theirs:.2f}; {line.note}")
