"""From parameters and levers to the numbers of one scenario; what a lever does to them stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.sharing import BOTH_WAYS, DOWN_ONLY, NONE
from eenthuis.lab.world import CAPACITIES, Given, Settings
from eenthuis.reference.counted import household_sizes
from eenthuis.reference.policy import levers
from eenthuis.terms.policy import Scenario

INTERIM = {"none": NONE, "down-only": DOWN_ONLY, "both-ways": BOTH_WAYS}
PLAIN = (
    "arrivals_persistence",
    "arrivals_spread",
    "direct_share",
    "forecast_error",
    "clear_share",
    "lettings",
    "variation",
    "push",
    "most_effort",
    "rung_gain",
    "refusal",
    "justified",
    "flex_turnover",
    "transit_places",
    "transit_sites",
    "procedure_ratio",
    "waiting_at_start",
    "weeks_at_start",
    "backlog_at_start",
    "places_at_start",
    "place_cost",
    "emergency_cost",
    "flex_grant",
    "transit_cost",
    "desk_days",
    "centre_days_part",
    "desk_kilometres",
    "team_kilometres",
)
"""Settings that are a parameter as it is."""


def settings(scenario: Scenario, parameters: Mapping[str, float]) -> Settings:
    """Return the numbers of a scenario under one set of parameters.

    A lever at its default adds nothing to a parameter, so that it changes nothing, digit for digit.
    """
    pulled = _Pulled(scenario)
    own = parameters
    share = own["letting_share"]
    if pulled.is_on("urgency_duty"):
        share *= 1.0 + own["urgency_missing"] * own["urgency_gain"]
    if pulled.is_on("priority_ban"):
        share *= 1.0 - own["ban_loss"]
    if pulled.is_on("target_abolished"):
        share *= 1.0 - own["abolition_loss"]
    flex = pulled.number("flex_homes_a_year", own["flex_a_year"])
    if pulled.is_on("multi_year_schemes"):
        flex *= 1.0 + own["schemes_flex_gain"]
    build = own["build_rate"] + pulled.number("reception_pay", 0.0) * own["pay_build_gain"]
    if pulled.is_on("reception_duty"):
        build += own["duty_build_gain"]
    fit = own["fit"] + (own["composition_fit_gain"] if pulled.is_on("composition_told") else 0.0)
    return Settings(
        **{name: own[name] for name in PLAIN},
        perfect_information=float(pulled.is_on("perfect_information")),
        profile_steps=round(own["profile_steps"]),
        move_steps=round(own["move_steps"]),
        letting_share=share,
        fit=min(1.0, fit),
        flex_a_year=flex,
        flex_share=pulled.number("flex_share", own["flex_share"]),
        proactive=round(own["proactive_rungs"]) if pulled.is_on("proactive_supervision") else 0,
        interim=INTERIM[str(scenario.levers["interim_adjustment"])],
        substantial=float(scenario.levers["substantial_deviation"]),
        told=own["told_response"] if pulled.is_on("tell_deviations") else 0.0,
        has_target=0.0 if pulled.is_on("target_abolished") else 1.0,
        build_rate=build,
        documents_at_centre=pulled.number("documents_at_centre", 0.0),
    )


class _Pulled:
    """The levers of a scenario; a number that stands at its default leaves the parameter it stands for."""

    def __init__(self, scenario: Scenario) -> None:
        self._values, self._known = scenario.levers, levers()

    def is_on(self, name: str) -> bool:
        return self._values[name] is True

    def number(self, name: str, otherwise: float) -> float:
        value = self._values[name]
        return otherwise if value == self._known[name].default else float(value)


def drawn(scenario: Scenario, parameters: Mapping[str, float]) -> Given:
    """Return a run in which arrivals and national numbers are drawn."""
    level = parameters["arrivals_level"] * _Pulled(scenario).number("arrivals", 1.0)
    return given(parameters, level, np.empty(0), np.empty(0))


def given(
    parameters: Mapping[str, float],
    level: float,
    arrivals: NDArray[np.float64],
    announced: NDArray[np.float64],
) -> Given:
    """Return what is given to a run: level, people per step, national numbers, and the shares of sizes and of homes."""
    kinds = [parameters["homes_for_two"], parameters["homes_for_four"], parameters["homes_for_six"]]
    rest = max(0.0, 1.0 - sum(kinds))
    sizes = np.asarray(tuple(household_sizes().values()))
    return Given(level, arrivals, announced, sizes, np.asarray([*kinds, rest])[: len(CAPACITIES)])
