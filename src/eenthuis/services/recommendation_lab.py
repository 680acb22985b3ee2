"""What the policy lab says of a recommendation: the answer of the cabinet without it, beside the same with it."""

from __future__ import annotations

from collections.abc import Mapping

from eenthuis import reference
from eenthuis.reference.policy import defaults, levers, scenarios
from eenthuis.services import lab
from eenthuis.services.access import require
from eenthuis.services.lab import LabRun
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.lab_runs import LabAsk, LabKind, address_of
from eenthuis.terms.policy import LeverKind, LeverValue, Scenario
from eenthuis.terms.recommendations import Recommendation
from eenthuis.terms.version import code_version

WITHOUT, WITH = "without-recommendation-", "with-recommendation-"
"""Names of the two scenarios, before the number."""


def asked_of(one: Recommendation) -> LabAsk:
    """Return the question to the lab: as many futures as its first runs, from the packaged answer of the cabinet.

    Without the recommendation each of its levers is at its default; where that is what was advised, a lever with a
    choice is at its other one.
    """
    base, advised = scenarios()[lab.BASE], scenarios()[lab.ADVISED]
    own = [name for name in one.levers if name in levers()]
    without = {name: defaults()[name] for name in own}
    with_it = {name: advised.levers[name] for name in own}
    if without == with_it:
        without |= {name: _other(name, value) for name, value in with_it.items()}
    return LabAsk(
        LabKind.COMPARE,
        (
            _scenario(f"{WITHOUT}{one.number}", base, without, advised.sources),
            _scenario(f"{WITH}{one.number}", base, with_it, advised.sources),
        ),
        lab.FIRST_FUTURES,
        lab.HALF_YEARS,
        lab.SEED,
    )


def _other(name: str, value: LeverValue) -> LeverValue:
    lever = levers()[name]
    if lever.kind is not LeverKind.CHOICE:
        return value
    return next(choice for choice in lever.choices if choice != value)


def _scenario(
    name: str, base: Scenario, values: Mapping[str, LeverValue], sources: Mapping[str, str]
) -> Scenario:
    told = {lever: sources[lever] for lever in values if lever in sources}
    return Scenario(name, {**base.levers, **values}, {**base.sources, **told})


def read_effect(*, actor: Actor, number: int) -> LabRun | None:
    """Return the kept run of a recommendation with this version of the program; None when nobody asked for it yet.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such recommendation.
    """
    require(actor, "see-recommendations")
    address = address_of(asked_of(_found(number)), code_version())
    try:
        return lab.read(actor=actor, address=address)
    except AccessError:
        return None


def ask_effect(*, actor: Actor, number: int) -> str:
    """Ask the lab what a recommendation would do, and return the address of the run.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such recommendation.
    InputError
        INP-06 when too many of one's own runs wait.
    """
    require(actor, "ask-lab")
    return lab.ask(actor=actor, asked=asked_of(_found(number)))


def _found(number: int) -> Recommendation:
    one = reference.recommendations().get(number)
    if one is None:
        raise AccessError("ACC-02", "no recommendation by that number", remedy="Check the number.")
    return one
