"""Reading what lies on a regional table: shares, offers and swaps, each wrong row told with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.target_files import municipality_of, named, once
from eenthuis.connect.cells import choice, yes_or_no
from eenthuis.connect.tables import Row, read_table, whole_number
from eenthuis.terms.errors import InputError, InputErrors, Location
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind, PlaceSwap

SHARED = ("name", "province", "inhabitants", "ses_woa", "weight", "exact", "minors_exact", "minors", "scores")
"""Columns of ``eenthuis reception distribute`` that a table does not need."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """The share of a municipality with the durable places deducted and those that stand, in places."""

    share: int
    durable: int
    standing: int


@dataclass(frozen=True, slots=True)
class SwapRows:
    """A swap of the file, with the row in which it begins."""

    agreed: PlaceSwap
    row: Row


def read_shares(file: Path, on: date, province: ProvinceCode | None) -> Mapping[MunicipalityCode, ShareRow]:
    """Return the shares of one province from a CSV ``code,places``, with ``durable`` and ``standing`` where they are.

    The CSV of ``eenthuis reception distribute`` fits. Without ``province`` the file holds one province.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03, INP-01 for what is no number, INP-03 for one that stands twice.
    InputError
        INP-04 when municipalities of the province are missing, or when several provinces are there and none was named.
    """
    table = read_table(
        file,
        columns=("code", "places"),
        optional=("durable", "standing", *SHARED),
        kinds={"places": whole_number, "durable": whole_number, "standing": whole_number},
    )
    found = once(table.each(lambda row: (municipality_of(row, on), _share(row), row)))
    there = {reference.municipality(code).province for code in found}
    if province is None and len(there) > 1:
        raise InputError(
            "INP-04",
            f"the file holds {len(there)} provinces; a table is of one",
            remedy="Name the province with --province.",
            location=Location(file.name, column="code"),
        )
    here = province or next(iter(there))
    expected = {one.code: one for one in reference.municipalities(on) if one.province == here}
    missing = [expected[code] for code in sorted(expected.keys() - found.keys())]
    if missing:
        raise InputError(
            "INP-04",
            f"no share for {named(missing, len(missing))}",
            remedy="Add a row for each; without them the number of the province would be wrong.",
            location=Location(file.name, column="code"),
        )
    return {code: found[code] for code in sorted(expected)}


def read_offers(file: Path, on: date, shares: Mapping[MunicipalityCode, ShareRow]) -> tuple[Offer, ...]:
    """Return offers from a CSV ``code,places``, with ``kind`` and ``durable`` where they are.

    Raises
    ------
    InputErrors
        With every row that is wrong; INP-06 for a municipality that is not at the table.
    """
    table = read_table(
        file,
        columns=("code", "places"),
        optional=("kind", "durable", "name"),
        kinds={
            "places": lambda row, column: whole_number(row, column, 1),
            "kind": _kind,
            "durable": _durable,
        },
        may_be_empty=True,
    )
    return table.each(
        lambda row: Offer(
            _at_the_table(row, on, shares),
            whole_number(row, "places", 1),
            _kind(row, "kind"),
            is_durable=_durable(row, "durable"),
        )
    )


def read_swaps(file: Path, on: date, shares: Mapping[MunicipalityCode, ShareRow]) -> tuple[SwapRows, ...]:
    """Return swaps from a CSV ``swap,code,change``: rows with the same ``swap`` belong together.

    ``change`` takes places over where it is positive. ``kind`` and ``durable`` are those of the whole swap.

    Raises
    ------
    InputErrors
        With every row that is wrong; INP-03 for a municipality twice in a swap, INP-06 for one not at the table or for
        rows of one swap that differ in kind.
    """
    table = read_table(
        file,
        columns=("swap", "code", "change"),
        optional=("kind", "durable", "name"),
        kinds={"change": _change, "kind": _kind, "durable": _durable},
        may_be_empty=True,
    )
    table.each(lambda row: _at_the_table(row, on, shares))
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(row["swap"], []).append(row)
    return tuple(_swap(rows, on) for rows in groups.values())


def _swap(rows: list[Row], on: date) -> SwapRows:
    first = rows[0]
    changes = once((municipality_of(row, on), _change(row, "change"), row) for row in rows)
    kind, durable = _kind(first, "kind"), _durable(first, "durable")
    wrong = [
        InputError(
            "INP-06",
            f"swap {first['swap']!r} has two kinds of places",
            remedy="Give every row of a swap the same kind and durable, or make two swaps of it.",
            location=row.where("kind"),
        )
        for row in rows
        if (_kind(row, "kind"), _durable(row, "durable")) != (kind, durable)
    ]
    if wrong:
        raise InputErrors(tuple(wrong))
    return SwapRows(PlaceSwap(changes, kind, is_durable=durable), first)


def _share(row: Row) -> ShareRow:
    durable, standing = (whole_number(row, one) if row[one] else 0 for one in ("durable", "standing"))
    return ShareRow(whole_number(row, "places"), durable, standing)


def _at_the_table(row: Row, on: date, shares: Mapping[MunicipalityCode, ShareRow]) -> MunicipalityCode:
    found = municipality_of(row, on)
    if found not in shares:
        raise InputError(
            "INP-06",
            f"{found} is not at this table",
            remedy="Name a municipality of the province of the table.",
            location=row.where("code"),
        )
    return found


def _kind(row: Row, column: str) -> PlaceKind:
    return choice(row, column, PlaceKind) if row[column] else PlaceKind.REGULAR


def _durable(row: Row, column: str) -> bool:
    return bool(row[column]) and yes_or_no(row, column)


def _change(row: Row, column: str) -> int:
    written = row[column].lstrip("+")
    bare = written.removeprefix("-")
    positive = whole_number(Row(row.file, row.number, {column: bare}), column)
    return -positive if written.startswith("-") else positive
