"""A least gain for every group: its price beside that of HiGHS on the whole model, and beside the least possible.

The least possible is bounded from below: no proposal that keeps the floors scores more than
the bound of its certificate.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from eenthuis.matching import Problem
from eenthuis.matching.fairness import Fair, solve_fair
from eenthuis.matching.groups import own_groupings
from eenthuis.matching.parties import gather_parties
from eenthuis.matching.small import all_pairs
from eenthuis.matching.solver import Floor, Limits, choose
from eenthuis.terms.linking import Goal
from generator import Card, describe, draw_instance
from ratio import Figure, Ratio

GAIN, MOST = 1.25, 1.35
SIZES = ((329, 1, 1), (400, 2, 2))
MORE = ((499, 3, 3), (450, 5, 1), (360, 6, 2), (420, 7, 3))
THEIRS_SECONDS = 5.0


def measure(*, full: bool = False) -> list[Ratio]:
    """Return the price of a least gain (percent of the score), ours and that of HiGHS alone."""
    return [
        _price(
            Card(
                households=households,
                places=20,
                seed=seed,
                uses=uses,
                persons_fill=1.02,
                persons_in_score=False,
                place_effect=0.8,
                pair_effect=0.3,
            )
        )
        for households, seed, uses in (*SIZES, *(MORE if full else ()))
    ]


def _price(card: Card) -> Ratio:
    problem = draw_instance(card)
    started = time.perf_counter()
    fair = solve_fair(problem, least_gain=GAIN, groupings=own_groupings(problem), goal=Goal.SCORE)
    seconds = time.perf_counter() - started
    certificate, best = fair.solution.certificate, fair.without.certificate.objective
    least = max(0.0, 100 * (1 - certificate.bound / best))
    kept = sum(floor.holds and floor.least >= floor.asked for floor in certificate.floors)
    floors = len(certificate.floors)
    what = f"{card.households} x {card.places}, {card.uses} uses"
    return Ratio(
        name=f"a least gain of {GAIN} for every group: {what}",
        ours=100 * fair.price,
        theirs=_by_highs(problem, fair),
        against=f"highspy in {THEIRS_SECONDS:.0f} s",
        unit="% of the score",
        note=(f"at least {least:.3f} % whoever solves it; {kept} of {floors} floors kept; {seconds:.1f} s"),
        card=describe(card, problem),
        figures=(
            Figure("L5", f"{what}: price of a least gain", MOST, 100 * fair.price, "%"),
            Figure(
                "L5",
                f"{what}: groups that have it",
                float(floors),
                float(kept),
                "",
                at_least=True,
            ),
        ),
    )


def _by_highs(problem: Problem, fair: Fair) -> float:
    """Return the price that HiGHS reaches on all pairs with the same floors; 100 when it finds nothing."""
    parties = gather_parties(problem, person_weight=0.0)
    party, place, pairs = all_pairs(parties, fitting=True)
    score = problem.score[party, place].astype(np.float64)
    floors = tuple(
        Floor(np.where(np.isin(party, floor.households), score, 0.0), floor.least)
        for floor in fair.solution.certificate.floors
    )
    found = choose(pairs, floors=floors, limits=Limits(seconds=THEIRS_SECONDS))
    if found is None:
        return 100.0
    return 100 * (1 - float(score[found.chosen].sum()) / fair.without.certificate.objective)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="more seeds")
    for line in measure(full=parser.parse_args().full):
        print(f"{line.name}: {line.ours:.3f} {line.unit}, {line.against} {line.theirs:.3f}; {line.note}")
