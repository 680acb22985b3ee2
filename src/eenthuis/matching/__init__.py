"""Households and municipalities: a proposal that explains and proves itself."""

import os

# The engine shares its work over threads itself; those of linear algebra only wait for each other, four times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from eenthuis.matching.households import Made, link_households, propose_households
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import Counted, Progress, Solution, solve
from eenthuis.matching.replay import Replay, replay
from eenthuis.terms.linking import Policy

__all__ = [
    "Counted",
    "Made",
    "Policy",
    "Problem",
    "Progress",
    "Replay",
    "Solution",
    "link_households",
    "propose_households",
    "replay",
    "solve",
]
