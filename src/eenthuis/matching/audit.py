"""What stands beside every proposal: simpler ways of linking, who gains, and what households preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.baselines import Reached, draw_random, reached, reached_by_baselines
from eenthuis.matching.groups import Grouping, GroupMeasure, measure_groups, random_luck
from eenthuis.matching.preferences import PreferenceMeasures, Preferences, measure_preferences
from eenthuis.matching.problem import Problem

PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Audit:
    """The proposal first, then every baseline; every group; preferences where households were asked."""

    ways: tuple[Reached, ...]
    groups: tuple[GroupMeasure, ...]
    preferences: PreferenceMeasures | None


def audit(
    problem: Problem,
    assignment: NDArray[np.int64],
    *,
    groupings: Sequence[Grouping],
    preferences: Preferences | None = None,
    seed: int = 1,
) -> Audit:
    """Audit ``assignment`` (H, -1 = none); nothing here decides on a place."""
    drawn = draw_random(problem, seed=seed)
    ways = (reached(problem, assignment, name=PROPOSAL), *reached_by_baselines(problem, drawn=drawn))
    groups = measure_groups(problem, assignment, groupings, random_luck(problem, drawn))
    asked = None if preferences is None else measure_preferences(problem, assignment, preferences)
    return Audit(ways, groups, asked)


def audit_document(made: Audit) -> dict[str, object]:
    """Return the audit as JSON can hold it."""
    return {
        "ways": [
            {key: value for key, value in asdict(way).items() if value is not None} for way in made.ways
        ],
        "groups": [{**asdict(group), "gain": group.gain} for group in made.groups],
        "preferences": None if made.preferences is None else asdict(made.preferences),
    }
