"""Scenario files: levers with values, on top of a packaged scenario or of another file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from eenthuis.connect.text import decoded
from eenthuis.reference.policy import TODAY, lever_value, scenarios
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.policy import Scenario

KNOWN = frozenset({"name", "base", "levers", "sources"})
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
    try:
        document = tomllib.loads(decoded(path))
    except tomllib.TOMLDecodeError as wrong:
        raise InputError(
            "INP-01",
            f"this is no TOML: {wrong}",
            remedy="Write it as name = value, with levers under [levers].",
            location=Location(str(path)),
        ) from wrong
    unknown = sorted(document.keys() - KNOWN)
    if unknown:
        raise InputError(
            "INP-02",
            f"a scenario has no {unknown[0]!r}",
            remedy=f"Use {', '.join(sorted(KNOWN))}.",
            location=Location(str(path), column=unknown[0]),
        )
    base = _text(document, "base", path, TODAY)
    beside = base if base in scenarios() else str(path.parent / base)
    under = _read(beside, above)
    own = {name: _lever(name, value, path) for name, value in _table(document, "levers", path).items()}
    sources = {name: str(said) for name, said in _table(document, "sources", path).items()}
    told = {name: sources.get(name, f"an assumption of {path.name}") for name in own}
    return Scenario(
        name=_text(document, "name", path, path.stem),
        levers={**under.levers, **own},
        sources={**under.sources, **told},
    )


def _text(document: Mapping[str, object], key: str, path: Path, otherwise: str) -> str:
    value = document.get(key, otherwise)
    if isinstance(value, str) and value:
        return value
    raise InputError(
        "INP-01",
        f"{key} is no text",
        remedy=f'Write {key} = "…".',
        location=Location(str(path), column=key, value=str(value)),
    )


def _table(document: Mapping[str, object], key: str, path: Path) -> Mapping[str, object]:
    value = document.get(key, {})
    if isinstance(value, dict):
        return value
    raise InputError(
        "INP-01",
        f"{key} is no table",
        remedy=f"Write [{key}] with a value per line.",
        location=Location(str(path), column=key, value=str(value)),
    )


def _lever(name: str, value: object, path: Path) -> bool | float | str:
    try:
        return lever_value(name, value)
    except InputError as wrong:
        where = Location(str(path), column=name, value="" if wrong.location is None else wrong.location.value)
        raise InputError(wrong.code, wrong.message, remedy=wrong.remedy, location=where) from wrong
