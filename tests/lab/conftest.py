"""A run under today's scenario, small enough to repeat."""

from __future__ import annotations

import numpy as np
import pytest
from lab_worlds import HALF_YEARS, Lived, central, today
from numpy.typing import NDArray

from eenthuis.lab.country import INHABITANTS, country
from eenthuis.lab.future import live
from eenthuis.lab.local import COLUMNS
from eenthuis.lab.measuring import NAMES
from eenthuis.lab.running import FIRST
from eenthuis.lab.settings import drawn, settings
from eenthuis.lab.world import Country, State, empty
from eenthuis.law import law_book
from eenthuis.terms.policy import Scenario


@pytest.fixture(scope="session")
def land() -> Country:
    """The country as the law of the first half-year has it."""
    return country(law_book(), FIRST, INHABITANTS)


@pytest.fixture(scope="session")
def state(land: Country) -> State:
    """Room for one future."""
    return empty(len(land.weights), HALF_YEARS)


@pytest.fixture(scope="session")
def lived(land: Country, state: State) -> Lived:
    """Live a future: parameters by name, levers as a scenario; returns half-years × measures."""

    def live_one(
        scenario: Scenario | None = None, *, seed: int = 1, future: int = 0, **changed: float
    ) -> NDArray[np.float64]:
        own, parameters = scenario or today(), central(**changed)
        out = np.zeros((HALF_YEARS, len(NAMES)))
        key = str(own.levers["distribution_key"])
        where = land if key == INHABITANTS else country(law_book(), FIRST, key)
        none = np.zeros((0, len(land.weights), COLUMNS), np.int32)
        live(state, where, settings(own, parameters), drawn(own, parameters), seed, future, out, none)
        return out

    return live_one
