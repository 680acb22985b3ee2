"""The parameters, levers and scenarios of the policy lab, and the homes of housing associations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from eenthuis.reference.places import mergers
from eenthuis.reference.tables import rows
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.law import Authority
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import Lever, LeverKind, LeverValue, Parameter, Scenario

TODAY = "today"
"""The scenario in which every lever keeps its default."""


@cache
def lab_parameters() -> Mapping[str, Parameter]:
    """Return every parameter of the policy lab by name.

    Examples
    --------
    >>> lab_parameters()["profile_steps"].authority.value
    'practice'
    """
    return MappingProxyType(
        {
            row["name"]: Parameter(
                name=row["name"],
                value=float(row["value"]),
                low=float(row["low"]),
                high=float(row["high"]),
                unit=row["unit"],
                meaning=row["meaning"],
                authority=Authority(row["authority"]),
                source=row["source"],
                note=row["note"],
            )
            for row in rows("lab_parameters")
        }
    )


@cache
def levers() -> Mapping[str, Lever]:
    """Return every lever of the policy lab by name.

    Examples
    --------
    >>> levers()["interim_adjustment"].choices
    ('none', 'down-only', 'both-ways')
    """
    return MappingProxyType({row["name"]: _lever(row) for row in rows("lab_levers")})


def _lever(row: Mapping[str, str]) -> Lever:
    kind = LeverKind(row["kind"])
    default: LeverValue = row["default"]
    if kind is LeverKind.SWITCH:
        default = row["default"] == "yes"
    elif kind is LeverKind.NUMBER:
        default = float(row["default"])
    return Lever(
        name=row["name"],
        recommendation=int(row["recommendation"]),
        kind=kind,
        default=default,
        low=float(row["low"] or 0),
        high=float(row["high"] or 0),
        choices=tuple(row["choices"].split("|")) if row["choices"] else (),
        unit=row["unit"],
        meaning=row["meaning"],
        authority=Authority(row["authority"]),
        source=row["source"],
        note=row["note"],
    )


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Return the packaged scenarios by name, :data:`TODAY` first; each holds a value for every lever.

    Examples
    --------
    >>> [name for name in scenarios()]
    ['today', 'cabinet-response-2023', 'as-advised']
    """
    found = {TODAY: Scenario(TODAY, defaults(), {})}
    for name in dict.fromkeys(row["scenario"] for row in rows("lab_scenarios")):
        own = [row for row in rows("lab_scenarios") if row["scenario"] == name]
        values = defaults() | {row["lever"]: _written(levers()[row["lever"]], row["value"]) for row in own}
        sources = {row["lever"]: row["source"] for row in own}
        found[name] = Scenario(name, values, sources)
    return MappingProxyType(found)


def defaults() -> dict[str, LeverValue]:
    """Return the default of every lever."""
    return {lever.name: lever.default for lever in levers().values()}


def _written(lever: Lever, text: str) -> LeverValue:
    if lever.kind is LeverKind.SWITCH:
        return text == "yes"
    return float(text) if lever.kind is LeverKind.NUMBER else text


def lever_value(name: str, value: object) -> LeverValue:
    """Return the value of a lever as read from a file or a form, once it is found to be one.

    Raises
    ------
    InputError
        INP-02 for an unknown lever, INP-01 for a value of another kind or a word it does not know, INP-06 for a number
        out of range.
    """
    lever = levers().get(name)
    if lever is None:
        raise InputError(
            "INP-02",
            f"there is no lever {name!r}",
            remedy=f"Use one of {', '.join(levers())}.",
            location=Location(column=name),
        )
    where = Location(column=name, value=str(value))
    if lever.kind is LeverKind.SWITCH:
        if isinstance(value, bool):
            return value
        raise InputError(
            "INP-01", f"{name} takes true or false", remedy="Write true or false.", location=where
        )
    if lever.kind is LeverKind.CHOICE:
        if isinstance(value, str) and value in lever.choices:
            return value
        raise InputError(
            "INP-01",
            f"{name} does not know {value!r}",
            remedy=f"Write one of {', '.join(lever.choices)}.",
            location=where,
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError("INP-01", f"{name} takes a number", remedy="Write a number.", location=where)
    if not lever.low <= value <= lever.high:
        raise InputError(
            "INP-06",
            f"{name} is {value}",
            remedy=f"Give {lever.low:g} to {lever.high:g} {lever.unit}.".replace(" .", "."),
            location=where,
        )
    return float(value)


@cache
def association_homes() -> Mapping[MunicipalityCode, float]:
    """Return what stands for the homes of housing associations per municipality: households times their share.

    Municipalities of 2021 that merged since are added up; only proportions may be read from it.
    """
    return _homes(lambda row: float(row["association_percent"]) / 100)


@cache
def housing_stock() -> Mapping[MunicipalityCode, float]:
    """Return what stands for the homes of a municipality: its households; only proportions may be read from it.

    Municipalities of 2021 that merged since are added up.
    """
    return _homes(lambda _row: 1.0)


def _homes(share: Callable[[Mapping[str, str]], float]) -> Mapping[MunicipalityCode, float]:
    found: dict[MunicipalityCode, float] = {}
    into = {merger.giving: merger.receiving for merger in mergers()}
    for row in rows("housing_stock"):
        code = MunicipalityCode(row["code"])
        while code in into:
            code = into[code]
        homes = int(row["people"]) / float(row["household_size"]) * share(row)
        found[code] = found.get(code, 0.0) + homes
    return MappingProxyType(found)
