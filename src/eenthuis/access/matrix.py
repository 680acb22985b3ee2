"""The authority matrix, read from its table and checked to be complete."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from eenthuis.terms.access import Reach, Role
from eenthuis.terms.errors import SetupError


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the matrix: what is done, on which ground, and how far each role reaches."""

    name: str
    meaning: str
    ground: str
    reach: Mapping[Role, Reach]


def check_matrix(text: str) -> tuple[Action, ...]:
    """Read a matrix.

    Raises
    ------
    SetupError
        SET-03 when a row lacks a role, has an unknown one or an unknown reach, or stands twice.
    """
    found: dict[str, Action] = {}
    for row in tomllib.loads(text)["action"]:
        name = str(row.get("name", ""))
        cells = {key: value for key, value in row.items() if key not in {"name", "meaning", "ground"}}
        if (
            set(cells) != {role.value for role in Role}
            or name in found
            or not set(cells.values()) <= set(Reach)
        ):
            raise SetupError(
                "SET-03",
                f"row {name!r} of the authority matrix must stand once and name every role with a known reach",
                remedy="Mend access/matrix.toml.",
            )
        found[name] = Action(
            name=name,
            meaning=str(row["meaning"]),
            ground=str(row["ground"]),
            reach=MappingProxyType({Role(role): Reach(reach) for role, reach in cells.items()}),
        )
    return tuple(found.values())


@cache
def actions() -> Mapping[str, Action]:
    """Return the packaged matrix by name of action."""
    text = (resources.files("eenthuis.access") / "matrix.toml").read_text(encoding="utf-8")
    return MappingProxyType({action.name: action for action in check_matrix(text)})
