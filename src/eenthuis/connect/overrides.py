"""Lists of overrides as files, and a proposal read back with what its certificate states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from eenthuis.connect.instance_tables import Faults, household_row, read_sheet
from eenthuis.connect.proposals import read_certificate, read_proposal
from eenthuis.matching.certificate import FloorStated, Stage, Weights, certify
from eenthuis.matching.check import read_prices
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import Solution
from eenthuis.terms.errors import LinkingError, Location
from eenthuis.terms.linking import Goal
from eenthuis.terms.overriding import Ground, Override, OverrideKind

NEAR = 1e-6
"""Relative difference that an objective may have through rounding."""


def read_overrides(path: Path, problem: Problem) -> tuple[Override, ...]:
    """Return an ordered list of overrides: ``kind,household_id,place_id,reason`` and optionally ``ground``.

    Raises
    ------
    InputErrors
        Every fault with row, column and value: an unknown kind, household, place or ground, a missing reason.
    """
    faults = Faults()
    columns = ("kind", "household_id", "place_id", "reason")
    sheet = read_sheet(path, columns, faults)
    faults.stop()
    rows = {name: row for row, name in enumerate(problem.households)}
    places = set(problem.places)
    named = (*columns, "ground") if "ground" in sheet.columns else columns
    found = []
    for number, (kind, household, place, reason, *ground) in sheet.cells(*named):
        if kind not in set(OverrideKind):
            faults.add("INP-01", "a kind is pin, forbid or release", sheet, number, "kind", kind)
            continue
        household_row(rows, sheet, number, household, faults)
        if place and place not in places:
            faults.add("LNK-01", "this place is not in places.csv", sheet, number, "place_id", place)
        if not reason:
            faults.add("INP-04", "every override needs its reason", sheet, number, "reason")
        sort = ground[0] if ground and ground[0] else Ground.OTHER.value
        if sort not in set(Ground):
            grounds = ", ".join(Ground)
            faults.add("INP-01", f"a ground is one of {grounds}", sheet, number, "ground", sort)
            continue
        found.append(Override(OverrideKind(kind), household, place, reason, Ground(sort)))
    faults.stop()
    return tuple(found)


def read_solution(proposal: Path, certificate: Path, problem: Problem) -> Solution:
    """Return a proposal with its certificate, whose prices, weights and goal are taken over.

    Overrides stated there are kept; everything counted is counted again.

    Raises
    ------
    InputErrors
        What is wrong with the proposal, with row and column.
    LinkingError
        LNK-02 when the certificate has no prices or another objective than the proposal.
    """
    assignment = read_proposal(proposal, problem)
    document = read_certificate(certificate)
    prices = read_prices(problem, document.get("prices"))
    where = Location(file=str(certificate))
    if not (prices >= 0).all():
        raise LinkingError(
            "LNK-02",
            "the certificate has no price of at least 0 for every use of every place",
            remedy="Give the certificate that was made of this instance.",
            location=where,
        )
    weights = document.get("weights")
    stated = weights if isinstance(weights, Mapping) else {}
    goals = {goal.value: goal for goal in Goal}
    made = certify(
        problem,
        assignment,
        goal=goals.get(str(document.get("goal")), Goal.HOUSED_THEN_SCORE),
        weights=Weights(_number(stated.get("person")), _number(stated.get("household"))),
        bound=_number(document.get("bound")),
        prices=prices,
        stages=_stages(problem, document.get("stages")),
        seed=int(_number(document.get("seed"))),
    )
    objective = _number(document.get("objective"))
    if abs(made.objective - objective) > NEAR * max(1.0, abs(objective)):
        raise LinkingError(
            "LNK-02",
            f"the certificate states an objective of {objective}, the proposal has {made.objective}",
            remedy="Give the certificate that was made with this proposal.",
            location=where,
        )
    return Solution(assignment, replace(made, floors=_floors(problem, document.get("floors"), where)))


def _floors(problem: Problem, table: object, where: Location) -> tuple[FloorStated, ...]:
    """Return the floors that a certificate states, with their households as rows."""
    rows = {name: row for row, name in enumerate(problem.households)}
    try:
        return tuple(
            FloorStated(
                str(entry["characteristic"]),
                str(entry["label"]),
                tuple(rows[name] for name in entry["households"]),
                *(float(entry[name]) for name in ("asked", "least", "reached", "multiplier")),
            )
            for entry in (table if isinstance(table, list) else [])
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise LinkingError(
            "LNK-02",
            "a floor in the certificate is not sound",
            remedy="Give the certificate as it was made.",
            location=where,
        ) from wrong


def stated_overrides(certificate: Path) -> tuple[Override, ...]:
    """Return the overrides that a certificate states, which count before any others.

    Raises
    ------
    LinkingError
        LNK-02 when one of them is not sound.
    """
    entries = read_certificate(certificate).get("overrides")
    found = []
    for entry in entries if isinstance(entries, list) else []:
        try:
            found.append(
                Override(
                    OverrideKind(entry["kind"]),
                    str(entry["household"]),
                    str(entry["place"]),
                    str(entry["reason"]),
                    Ground(entry["ground"]),
                )
            )
        except (KeyError, TypeError, ValueError) as wrong:
            raise LinkingError(
                "LNK-02",
                "an override in the certificate is not sound",
                remedy="Give the certificate as it was made.",
                location=Location(file=str(certificate), value=str(entry)),
            ) from wrong
    return tuple(found)


def _stages(problem: Problem, table: object) -> tuple[Stage, ...]:
    found = []
    for entry in table if isinstance(table, list) else []:
        if isinstance(entry, Mapping):
            prices = read_prices(problem, entry["prices"]) if "prices" in entry else None
            if prices is None or (prices >= 0).all():
                found.append(
                    Stage(
                        str(entry.get("name")),
                        _number(entry.get("reached")),
                        _number(entry.get("bound")),
                        prices,
                    )
                )
    return tuple(found)


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)
    return float(value) if is_number and isinstance(value, int | float) else 0.0
