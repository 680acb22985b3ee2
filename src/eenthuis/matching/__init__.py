"""Households and municipalities: a proposal that explains and proves itself."""

from eenthuis.matching.households import link_households
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import Counted, Progress, Solution, solve

__all__ = ["Counted", "Problem", "Progress", "Solution", "link_households", "solve"]
