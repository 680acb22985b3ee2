"""The registers of the policy lab: its levers, parameters, measures and packaged scenarios, for anyone."""

from __future__ import annotations

from eenthuis.lab import Measure
from eenthuis.reference.policy import lab_parameters, levers, scenarios
from eenthuis.services.access import require
from eenthuis.services.lab_results import Area, measures_of
from eenthuis.terms.access import Actor
from eenthuis.terms.policy import Lever, Parameter, Scenario


def lever_register(*, actor: Actor) -> tuple[Lever, ...]:
    """Return every lever."""
    require(actor, "see-published-figures")
    return tuple(levers().values())


def parameter_register(*, actor: Actor) -> tuple[Parameter, ...]:
    """Return every parameter."""
    require(actor, "see-published-figures")
    return tuple(lab_parameters().values())


def measure_register(*, actor: Actor) -> tuple[tuple[Area, Measure], ...]:
    """Return every measure with the area it is of."""
    require(actor, "see-published-figures")
    return tuple((area, one) for area in Area for one in measures_of(area))


def scenario_register(*, actor: Actor) -> tuple[Scenario, ...]:
    """Return the packaged scenarios."""
    require(actor, "see-published-figures")
    return tuple(scenarios().values())
