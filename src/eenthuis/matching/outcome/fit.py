"""Logistic regression in which groups of terms are held together by a strength learned from the rows themselves.

The log-odds of work are a sum of terms. The terms of one group (say, those of all places) are taken to be spread around
0 with a variance of their own. That variance is the one under which the rows are most likely, by MacKay's rule: the
number of terms that the rows determine, divided by the sum of their squares. A place with few people is thereby drawn
towards its region, and a region towards the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu
from scipy.special import expit

STARTING_PRECISION = 10.0
"""One over the variance of a group before anything is learned: terms of about 0.3 in log-odds."""

TIGHTEST, LOOSEST = 1e4, 1e-2
"""Bounds on one over the variance; at the tightest a group has as good as vanished (terms of 0.01)."""

ROUNDS = 40
"""Times the variances are learned again."""

SETTLED = 0.1
"""Change of the logarithm of a variance below which it has settled."""

NEWTON_STEPS = 30
"""Steps within a round."""

NEAR, NEAR_ENOUGH = 1e-8, 1e-3
"""Change of a term below which the steps end, and end while variances are still being learned."""

COLUMNS = 8
"""Columns of an inverse solved at once; with more, the linear algebra below takes threads that wait for each other."""

FREE = 1e-8
"""Precision of the intercept, which nothing holds."""


@dataclass(frozen=True, slots=True)
class Block:
    """One group of terms: its name and its columns over the rows (n x terms)."""

    name: str
    matrix: sparse.csr_array


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned: the intercept, and per group its terms, their standard errors and its precision."""

    intercept: float
    terms: dict[str, NDArray[np.float64]]
    errors: dict[str, NDArray[np.float64]]
    precision: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Rows of a fit: their terms (n x terms), outcomes as 0 and 1 (n), and the log-odds that are given (n)."""

    design: sparse.csr_array
    target: NDArray[np.float64]
    given: NDArray[np.float64]


def fit(
    blocks: Sequence[Block],
    worked: NDArray[np.bool_],
    *,
    precision: float | None = None,
    given: NDArray[np.float64] | None = None,
) -> Fitted:
    """Return the likeliest terms.

    Parameters
    ----------
    blocks
        Groups of terms over the same n rows.
    worked
        The outcome of each row (n).
    precision
        Hold every group with this strength, as an ordinary ridge does; None learns one for each group.
    given
        Log-odds of each row (n) to which the terms are added; zeros unless said.
    """
    rows = len(worked)
    held = sparse.csr_array(np.ones((rows, 1)))
    design = sparse.csr_array(sparse.hstack([held, *(block.matrix for block in blocks)], format="csr"))
    sizes = [block.matrix.shape[1] for block in blocks]
    group = np.repeat(np.arange(len(sizes) + 1), [1, *sizes])
    strength = np.full(len(sizes) + 1, STARTING_PRECISION if precision is None else precision)
    strength[0] = FREE
    rest = np.zeros(rows) if given is None else given
    share = float(np.clip(worked.mean(), 1 / (rows + 2), 1 - 1 / (rows + 2)))
    term = np.zeros(design.shape[1])
    term[0] = np.log(share / (1 - share)) - float(rest.mean())
    asked = _Asked(design, worked.astype(np.float64), rest)
    for _ in range(ROUNDS if precision is None else 0):
        term, spread = _likeliest(asked, strength[group], term, NEAR_ENOUGH)
        learned = _learned(term, spread, group, strength)
        moved = np.abs(np.log(learned[1:] / strength[1:]))
        strength = learned
        if moved.max(initial=0.0) < SETTLED:
            break
    term, spread = _likeliest(asked, strength[group], term, NEAR)
    cuts = np.cumsum([1, *sizes])[:-1]
    parts = zip(blocks, np.split(term, cuts)[1:], np.split(np.sqrt(spread), cuts)[1:], strict=True)
    kept = [(block.name, own, error) for block, own, error in parts]
    return Fitted(
        intercept=float(term[0]),
        terms={name: own for name, own, _ in kept},
        errors={name: error for name, _, error in kept},
        precision={block.name: float(strength[at + 1]) for at, block in enumerate(blocks)},
    )


def _learned(
    term: NDArray[np.float64],
    spread: NDArray[np.float64],
    group: NDArray[np.int64],
    strength: NDArray[np.float64],
) -> NDArray[np.float64]:
    determined = np.bincount(group) - strength * np.bincount(group, weights=spread)
    squares = np.bincount(group, weights=term**2)
    found = np.clip(np.maximum(determined, 0.0) / np.maximum(squares, 1e-300), LOOSEST, TIGHTEST)
    found[determined <= 0] = TIGHTEST
    found[0] = FREE
    return np.asarray(found)


def _likeliest(
    asked: _Asked,
    strength: NDArray[np.float64],
    start: NDArray[np.float64],
    near: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the terms that are likeliest under these strengths, and their variances, by Newton's method."""
    term = start
    design = asked.design
    for _ in range(NEWTON_STEPS):
        chance = expit(design @ term + asked.given)
        slope = design.T @ (asked.target - chance) - strength * term
        weighed = sparse.csr_array(design.multiply((chance * (1 - chance))[:, None]))
        bend = sparse.csc_array(design.T @ weighed + sparse.diags_array(strength))
        factor = splu(
            bend, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        step = factor.solve(slope)
        term = _not_worse(asked, strength, term, step)
        if float(np.abs(step).max()) < near:
            break
    return term, _diagonal_of_inverse(factor, len(term))


def _diagonal_of_inverse(factor: SuperLU, size: int) -> NDArray[np.float64]:
    found = np.empty(size)
    for first in range(0, size, COLUMNS):
        last = min(first + COLUMNS, size)
        ones = np.zeros((size, last - first))
        ones[np.arange(first, last), np.arange(last - first)] = 1.0
        found[first:last] = factor.solve(ones)[np.arange(first, last), np.arange(last - first)]
    return found


def _not_worse(
    asked: _Asked,
    strength: NDArray[np.float64],
    term: NDArray[np.float64],
    step: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the terms after the step, halved until the likelihood does not fall."""

    def lost(own: NDArray[np.float64]) -> float:
        odds = asked.design @ own + asked.given
        return float(np.logaddexp(0.0, odds).sum() - asked.target @ odds + (strength * own**2).sum() / 2)

    before = lost(term)
    share = 1.0
    while share > NEAR and lost(term + share * step) > before + abs(before) * 1e-12:
        share /= 2
    return term + share * step
