"""Scenario files: levers with values, on top of a packaged scenario or of another file."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from eenthuis.connect.tables import Row
from eenthuis.connect.text import decoded
from eenthuis.connect.weight_files import read_weights, weight_of
from eenthuis.reference.policy import TODAY, lever_value, scenarios
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import OWN_WEIGHTS, THOUSANDTHS, LeverValue, Scenario

KNOWN = frozenset({"name", "base", "levers", "sources", "weights"})
DEEPEST = 10
"""Files on top of each other that are followed."""


def read_scenario(named: str) -> Scenario:
    """Return a scenario by its packaged name, or from a TOML file.

    Raises
    ------
    InputError
        INP-07 for a file that is not there, INP-01 for one that is no TOML, INP-02 for an unknown key, and what is
        wrong with a lever, each with the file.
    """
    return _read(named, ())


def _read(named: str, above: tuple[Path, ...]) -> Scenario:
    if named in scenarios():
        return scenarios()[named]
    path = Path(named)
    if path.suffix != ".toml":
        raise InputError(
            "INP-07",
            f"there is no scenario {named!r}",
            remedy=f"Give one of {', '.join(scenarios())}, or a file that ends in .toml.",
            location=Location(value=named),
        )
    if path.resolve() in above or len(above) >= DEEPEST:
        raise InputError(
            "INP-01",
            "a scenario is its own base",
            remedy="Let base lead to a packaged scenario.",
            location=Location(str(path), column="base", value=named),
        )
    return _from_file(path, (*above, path.resolve()))


def _from_file(path: Path, above: tuple[Path, ...]) -> Scenario:
    document = _document(decoded(path), str(path))
    base = _text(document, "base", str(path), TODAY)
    beside = base if base in scenarios() else str(path.parent / base)
    under = _read(beside, above)
    handed = document.get("weights")
    if isinstance(handed, str):
        document = {**document, "weights": {}}
        under = replace(under, weights=read_weights(path.parent / handed))
    return _on_top(document, under, where=str(path), name=path.stem)


def scenario_from_text(written: str, *, name: str) -> Scenario:
    """Return a scenario from the text of a file; its base must be a packaged scenario.

    ``name`` says where the text came from, and is the name of a scenario that has none.

    Raises
    ------
    InputError
        INP-01 for text that is no TOML, INP-02 for an unknown key, INP-07 for a base that is not packaged, and what is
        wrong with a lever.
    """
    document = _document(written, name)
    base = _text(document, "base", name, TODAY)
    if base not in scenarios():
        raise InputError(
            "INP-07",
            f"there is no packaged scenario {base!r}",
            remedy=f"Let base be one of {', '.join(scenarios())}.",
            location=Location(name, column="base", value=base),
        )
    return _on_top(document, scenarios()[base], where=name, name=name)


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as the text of a file that gives it back: its name, and every lever that it pulls.

    Examples
    --------
    >>> again = scenario_from_text(scenario_text(scenarios()["as-advised"]), name="copy")
    >>> again.levers == scenarios()["as-advised"].levers
    True
    """
    plain = scenarios()[TODAY].levers
    pulled = {name: value for name, value in scenario.levers.items() if value != plain[name]}
    named = scenario.name if scenario.name not in scenarios() else f"{scenario.name} (copy)"
    lines = [f"name = {_quoted(named)}", f"base = {_quoted(TODAY)}", "", "[levers]"]
    lines += [f"{name} = {_toml(value)}" for name, value in pulled.items()]
    lines += ["", "[sources]"]
    lines += [f"{name} = {_quoted(said)}" for name, said in scenario.sources.items() if name in pulled]
    if scenario.key == OWN_WEIGHTS:
        lines += ["", "[weights]"]
        lines += [
            f"{code} = {Decimal(weight) / THOUSANDTHS:f}" for code, weight in sorted(scenario.weights.items())
        ]
    return "\n".join(lines) + "\n"


def _toml(value: LeverValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _document(written: str, where: str) -> Mapping[str, object]:
    try:
        document = tomllib.loads(written)
    except tomllib.TOMLDecodeError as wrong:
        raise InputError(
            "INP-01",
            f"this is no TOML: {wrong}",
            remedy="Write it as name = value, with levers under [levers].",
            location=Location(where),
        ) from wrong
    unknown = sorted(document.keys() - KNOWN)
    if unknown:
        raise InputError(
            "INP-02",
            f"a scenario has no {unknown[0]!r}",
            remedy=f"Use {', '.join(sorted(KNOWN))}.",
            location=Location(where, column=unknown[0]),
        )
    return document


def _on_top(document: Mapping[str, object], under: Scenario, *, where: str, name: str) -> Scenario:
    own = {lever: _lever(lever, value, where) for lever, value in _table(document, "levers", where).items()}
    sources = {lever: str(said) for lever, said in _table(document, "sources", where).items()}
    told = {lever: sources.get(lever, f"an assumption of {Path(where).name}") for lever in own}
    weights = {
        code: _weight(code, value, where) for code, value in _table(document, "weights", where).items()
    }
    return Scenario(
        name=_text(document, "name", where, name),
        levers={**under.levers, **own},
        sources={**under.sources, **told},
        weights={MunicipalityCode(code): weight for code, weight in weights.items()} or under.weights,
    )


def _weight(code: str, value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(
            "INP-01",
            f"the weight of {code} is no number",
            remedy="Write CODE = number, with at most three decimals.",
            location=Location(path, column=code, value=str(value)),
        )
    return weight_of(
        Fraction(str(value)), Row(path, 0, MappingProxyType({"code": code, "weight": str(value)}))
    )


def _text(document: Mapping[str, object], key: str, path: str, otherwise: str) -> str:
    value = document.get(key, otherwise)
    if isinstance(value, str) and value:
        return value
    raise InputError(
        "INP-01",
        f"{key} is no text",
        remedy=f'Write {key} = "…".',
        location=Location(path, column=key, value=str(value)),
    )


def _table(document: Mapping[str, object], key: str, path: str) -> Mapping[str, object]:
    value = document.get(key, {})
    if isinstance(value, dict):
        return value
    raise InputError(
        "INP-01",
        f"{key} is no table",
        remedy=f"Write [{key}] with a value per line.",
        location=Location(path, column=key, value=str(value)),
    )


def _lever(name: str, value: object, path: str) -> LeverValue:
    try:
        return lever_value(name, value)
    except InputError as wrong:
        where = Location(path, column=name, value="" if wrong.location is None else wrong.location.value)
        raise InputError(wrong.code, wrong.message, remedy=wrong.remedy, location=where) from wrong
