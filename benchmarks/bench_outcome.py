"""The chance of work beside three estimators of scikit-learn, on people and places whose true chances are known.

Each learns from the same invented table of about 3,000 people placed at random over 24 places, and gives chances to
2,000 new people at every place. What is reported is the mean square distance to the true chance, over five draws: lower
is better. The columns are the same for all; those of scikit-learn get the place as a column of marks.
"""

from __future__ import annotations

from importlib import metadata

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from eenthuis.matching.outcome.columns import coded
from eenthuis.matching.outcome.invented import draw_adults, draw_table, draw_truth, true_chances
from eenthuis.matching.outcome.model import Model, at_places, chances, train
from eenthuis.matching.outcome.table import Table
from ratio import Ratio

PLACES, HOUSEHOLDS, NEW, DRAWS = 24, 1_500, 1_000, 5
OURS = "ours"


def measure() -> list[Ratio]:
    """Measure every estimator on the same draws."""
    distance: dict[str, list[float]] = {}
    for seed in range(1, DRAWS + 1):
        rng = np.random.default_rng(seed)
        truth = draw_truth(PLACES, rng)
        table, _ = draw_table(truth, HOUSEHOLDS, rng)
        adults = draw_adults(NEW, rng)
        right = true_chances(truth, adults)
        model = train(table)
        own = coded(model.people, adults.columns, len(adults.sex))
        distance.setdefault(OURS, []).append(far(chances(model, own, at_places(model, truth.places)), right))
        for name, given in others(model, table, own).items():
            distance.setdefault(name, []).append(far(given, right))
    version = metadata.version("scikit-learn")
    ours = float(np.mean(distance.pop(OURS)))
    return [
        Ratio(
            name="distance to the true chance of work",
            ours=ours,
            theirs=float(np.mean(found)),
            against=f"scikit-learn {version}, {name}",
            unit="mean square",
            limit=1.0,
        )
        for name, found in distance.items()
    ]


def far(given: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return the mean square distance between chances given and true ones."""
    return float(((given - right) ** 2).mean())


def others(model: Model, table: Table, new: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the chances that the estimators of scikit-learn give new people at every place."""
    people = coded(model.people, table.people, len(table.worked))
    jobs = np.array([table.surroundings[0].values]).T
    marks = np.eye(len(table.places))
    found = {}
    for name, estimator, own in (
        ("logistic regression", LogisticRegression(max_iter=5_000), False),
        ("logistic regression with a term per place", LogisticRegression(max_iter=5_000), True),
        ("gradient boosting", HistGradientBoostingClassifier(random_state=1), True),
    ):
        around = np.hstack([jobs, marks]) if own else jobs
        estimator.fit(np.hstack([people, around[table.place]]), table.worked)
        found[name] = np.stack(
            [
                estimator.predict_proba(np.hstack([new, np.tile(here, (len(new), 1))]))[:, 1]
                for here in around
            ],
            axis=1,
        )
    return found
