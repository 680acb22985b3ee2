"""The sets of parameters that futures are lived with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from eenthuis.reference.policy import lab_parameters
from eenthuis.reference.tables import rows


@cache
def parameter_sets() -> tuple[Mapping[str, float], ...]:
    """Return the plausible sets in order; each future takes the next, so that no figure rests on one point.

    A set holds what calibration varied; every other parameter keeps its value.
    """
    central = {name: parameter.value for name, parameter in lab_parameters().items()}
    return tuple(
        central | {name: float(value) for name, value in row.items() if name in central}
        for row in rows("lab_plausible")
    )
