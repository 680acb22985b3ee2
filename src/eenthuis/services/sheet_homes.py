"""Homes in a spreadsheet: whose they may be, what is there already, and adding them to the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eenthuis.access import decide
from eenthuis.connect.sheet_cells import Cells, Value
from eenthuis.services.access import place_of
from eenthuis.services.homes import add_home, owner_of
from eenthuis.store import homes
from eenthuis.terms.access import Actor, Place, Reach
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.sheets import Why


def may_keep(*, actor: Actor, municipality: MunicipalityCode | None) -> bool:
    """Return whether an actor may add homes in a municipality, or anywhere at all; an association may in every one."""
    verdict = decide(actor, "keep-homes", place_of(municipality) if municipality else Place())
    return verdict.allowed or verdict.reach is Reach.OWN_HOMES


def homes_there(rows: Sequence[Cells]) -> Mapping[str, Home]:
    """Return the homes whose numbers stand in the rows, as they are now."""
    return {
        str(one.identifier): one
        for one in homes.homes_now(
            [HomeId(str(row.values["home"])) for row in rows if row.values.get("home")]
        )
    }


def home_of(values: Mapping[str, Value], owner: str) -> Home:
    """Return the home that a row describes; the row has been read without a problem."""
    rooms, largest, free_from = values["rooms"], values["largest_household"], values["available_from"]
    assert isinstance(rooms, int)  # noqa: S101 - a cell of this kind holds one
    assert isinstance(largest, int)  # noqa: S101 - a cell of this kind holds one
    assert isinstance(free_from, date)  # noqa: S101 - a cell of this kind holds one
    return Home(
        identifier=HomeId(str(values.get("home") or "")),
        municipality=MunicipalityCode(str(values["municipality"])),
        owner=owner,
        kind=HomeKind(str(values["kind"])),
        rooms=rooms,
        largest_household=largest,
        is_accessible=bool(values.get("is_accessible")),
        available_from=free_from,
    )


def home_values(home: Home) -> dict[str, Value]:
    """Return the values of the row that describes a home."""
    return {
        "home": str(home.identifier),
        "municipality": home.municipality,
        "kind": home.kind.value,
        "rooms": home.rooms,
        "largest_household": home.largest_household,
        "is_accessible": home.is_accessible,
        "available_from": home.available_from,
    }


def judge_home(actor: Actor, made: Home, there: Home | None) -> tuple[str, Why] | None:
    """Return the column and what is wrong with a home, or None when it can be added or stands there already."""
    if not may_keep(actor=actor, municipality=made.municipality):
        return "municipality", Why.OUTSIDE_REACH
    if made.identifier and (there is None or not _keeps(actor, there)):
        return "home", Why.UNKNOWN_HOME
    if there is not None and home_values(there) != home_values(made):
        return "home", Why.ALREADY_OTHERWISE
    return None


def _keeps(actor: Actor, there: Home) -> bool:
    verdict = decide(actor, "keep-homes", place_of(there.municipality))
    return verdict.allowed or (verdict.reach is Reach.OWN_HOMES and there.owner == owner_of(actor))


def add_homes(*, actor: Actor, made: Sequence[Home]) -> None:
    """Add homes to the register, each with a number of its own and a line in the journal."""
    for home in made:
        add_home(actor=actor, home=home)
