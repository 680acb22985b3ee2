"""Compile the inner loops of the engine and keep them, so that the first proposal does not wait for the compiler."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import eenthuis
from eenthuis.lab import simulate
from eenthuis.matching import Problem, solve
from eenthuis.matching.audit import audit
from eenthuis.matching.groups import own_groupings
from eenthuis.reference.policy import TODAY, scenarios
from eenthuis.terms.linking import Goal


def drawn(households: int, places: int, rng: np.random.Generator) -> Problem:
    """Draw an invented problem with two uses; only its shape matters."""
    size = rng.integers(1, 6, households)
    room = np.full(places, int(size.sum()) // places + 1)
    return Problem(
        households=tuple(f"h{row}" for row in range(households)),
        places=tuple(f"p{row}" for row in range(places)),
        uses=("persons", "homes"),
        demand=np.stack([size, np.ones(households, np.int64)], axis=1),
        capacity=np.stack([room, np.full(places, households // places + 1)], axis=1),
        allowed=np.ones((households, places), bool),
        score=rng.random((households, places), np.float32),
        group=np.full(households, -1),
        arrival=np.arange(households),
    )


def forget() -> None:
    """Remove what was compiled before: a loop holds the constants of other modules, and does not see them change."""
    package = Path(eenthuis.__file__).parent
    for kept in (*package.rglob("*.nbi"), *package.rglob("*.nbc")):
        kept.unlink()


def main() -> None:
    """Solve one small and one larger problem, audit the small one, and live one future of the policy lab."""
    forget()
    rng = np.random.default_rng(1)
    small = drawn(120, 6, rng)
    solution = solve(small, goal=Goal.SCORE, gap=0.01)
    audit(small, solution.assignment, groupings=own_groupings(small))
    solve(drawn(330, 110, rng), goal=Goal.SCORE, gap=0.05)
    simulate(scenarios()[TODAY], futures=1, half_years=1)


if __name__ == "__main__":
    main()
