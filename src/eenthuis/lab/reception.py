"""Where durable reception places stand, and how far each municipality is from its part of what is needed.

The nation builds towards its need; here that is followed per municipality. Its part of the need is by inhabitants,
which is the key of the reception law when every municipality has the same socio-economic score. Durable places begin
where regular ones were counted, and new ones come where they lack: both are assumptions.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.kernel import kernel
from eenthuis.lab.world import PLACES, STEPS, Country, State


@kernel
def settle(state: State, country: Country) -> None:
    """Put the durable places of the start where regular places were counted."""
    for place in range(len(state.durable)):
        state.durable[place] = state.reception[PLACES] * country.regular[place]


@kernel
def note_short(
    state: State, country: Country, held: float, short: float, out: NDArray[np.int32], column: int
) -> None:
    """Write how many durable places each municipality has below its part, mean over the half-year that ends.

    ``held`` and ``short`` are the durable places and the people without one, added up over its steps. The places built
    in it are shared by what each lacks. What is written adds up to the mean of ``short``, to within one.
    """
    durable, total = state.durable, country.inhabitants.sum()
    mean, before = held / STEPS, 0.0
    for place in range(len(durable)):
        before += durable[place]
    need = mean + short / STEPS
    lacking = 0.0
    for place in range(len(durable)):
        lacking += max(0.0, need * country.inhabitants[place] / total - durable[place])
    carried = 0.5
    for place in range(len(durable)):
        part = need * country.inhabitants[place] / total
        share = (
            max(0.0, part - durable[place]) / lacking if lacking > 0.0 else country.inhabitants[place] / total
        )
        carried += part - durable[place] - (mean - before) * share
        whole = math.floor(carried)
        carried -= whole
        out[place, column] = whole
        durable[place] += (state.reception[PLACES] - before) * share
