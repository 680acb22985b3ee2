"""Tables of people, members and places for the chance of work, read with every fault named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.connect import tables
from eenthuis.connect.tables import Row, read_table
from eenthuis.connect.tables import Table as ReadTable
from eenthuis.matching.criteria import protected_word
from eenthuis.matching.outcome.columns import Coding, Column, personal_kind
from eenthuis.matching.outcome.model import Model
from eenthuis.matching.outcome.rollup import Members
from eenthuis.matching.outcome.table import Table
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, LinkingError, Location

OF_TRAINING = ("household_id", "place_id", "worked")
OF_TRAINING_TOO = ("person_id", "placed_on", "region")
OF_MEMBERS_TOO = ("person_id", "earner")
ABOUT_PLACES = "place_"

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,12},\d+")


@dataclass(frozen=True, slots=True)
class Training:
    """A table to train on; ``too_recent`` rows were left out, placed too short before the day asked."""

    table: Table
    too_recent: int


def read_training(
    path: Path, *, months: int, as_of: date | None = None, named: Collection[str] = ()
) -> Training:
    """Read a table with a row per person placed.

    Parameters
    ----------
    path
        CSV with ``household_id``, ``place_id``, ``worked`` (1 or 0), optionally ``person_id``, ``placed_on`` and
        ``region``, columns of the place (``place_…``) and columns of the person (any other).
    months
        Within how many months of placing someone counts as working.
    as_of
        The day on which the outcomes were looked up; who was placed less than ``months`` before it is left out.
    named
        Columns that tell sex or age and may count.

    Raises
    ------
    InputErrors
        Every fault with row, column and value; columns that may not count are among them.
    """
    read = read_table(
        path,
        columns=OF_TRAINING,
        optional=OF_TRAINING_TOO,
        kinds={"household_id": _filled, "place_id": _filled, "worked": _yes_or_no, "placed_on": tables.day},
        other_columns=True,
    )
    own = [name for name in read.columns if name not in {*OF_TRAINING, *OF_TRAINING_TOO}]
    faults: list[EenthuisError] = [
        *_unfit_names(path, own, named),
        *_repeats(read),
        *_without_day(read, as_of),
    ]
    _refuse(faults)
    rows, too_recent = _long_enough(read.rows, months, as_of)
    people = [_column(rows, name, faults) for name in own if not name.startswith(ABOUT_PLACES)]
    about = [name for name in own if name.startswith(ABOUT_PLACES)]
    firsts = _first_of_place(rows, (*about, "region"), faults)
    around = [_column(tuple(firsts.values()), name, faults) for name in about]
    _refuse(faults)
    households = {row["household_id"]: number for number, row in enumerate(rows)}
    places = {name: number for number, name in enumerate(firsts)}
    return Training(
        Table(
            household=np.array([households[row["household_id"]] for row in rows], np.int64),
            place=np.array([places[row["place_id"]] for row in rows], np.int64),
            places=tuple(firsts),
            regions=tuple(row["region"] for row in firsts.values()),
            worked=np.array([_yes_or_no(row, "worked") for row in rows], bool),
            placed_on=_days(rows) if "placed_on" in read.columns else None,
            people=tuple(people),
            surroundings=tuple(around),
        ),
        too_recent,
    )


def read_members(path: Path, model: Model, households: Sequence[str]) -> Members:
    """Read the members of working age of the households of an instance, with the columns that a model asks.

    Raises
    ------
    InputErrors
        Every fault with row, column and value; LNK-01 for a household that the instance does not have.
    """
    wanted = [coding.name for coding in model.people]
    own = [name for name in ("sex", "age") if name not in wanted]
    read = read_table(
        path,
        columns=("household_id", *wanted),
        optional=(*OF_MEMBERS_TOO, *own),
        kinds={"household_id": _filled, "earner": _yes_or_no},
        other_columns=True,
    )
    known = {name: number for number, name in enumerate(households)}
    faults: list[EenthuisError] = [*_protected(path, read.columns), *_repeats(read)]
    faults += [
        LinkingError(
            "LNK-01",
            "this household is not in the instance",
            remedy="Make the files of the instance fit each other.",
            location=row.where("household_id"),
        )
        for row in read.rows
        if row["household_id"] not in known
    ]
    _refuse(faults)
    rows = tuple(sorted(read.rows, key=lambda row: known[row["household_id"]]))
    columns = tuple(_as_trained(rows, coding, faults) for coding in model.people)
    age = _numbers(rows, "age", faults) if "age" in read.columns else None
    _refuse(faults)
    return Members(
        household=np.array([known[row["household_id"]] for row in rows], np.int64),
        columns=columns,
        earner=np.array([row["earner"] == "1" for row in rows]) if "earner" in read.columns else None,
        sex=np.array([row["sex"] for row in rows]) if "sex" in read.columns else None,
        age=age,
    )


def read_places(
    path: Path, model: Model, places: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    """Return region and columns of every place of an instance (a row each), as a table tells them.

    Raises
    ------
    InputErrors
        Every fault with row, column and value; INP-04 for a place of the instance that has no row.
    """
    read = read_table(
        path,
        columns=("place_id", *(coding.name for coding in model.surroundings)),
        optional=("region",),
        kinds={"place_id": _filled},
        unique=("place_id",),
        other_columns=True,
    )
    by_place = {row["place_id"]: row for row in read.rows}
    faults: list[EenthuisError] = [*_protected(path, read.columns)]
    faults += [
        InputError(
            "INP-04",
            f"the place {place} has no row",
            remedy="Give a row to every place of the instance.",
            location=Location(path.name, column="place_id"),
        )
        for place in places
        if place not in by_place
    ]
    _refuse(faults)
    rows = tuple(by_place[place] for place in places)
    columns = tuple(_as_trained(rows, coding, faults) for coding in model.surroundings)
    _refuse(faults)
    return tuple(row["region"] for row in rows), columns


def _repeats(read: ReadTable) -> Iterator[InputError]:
    """Yield a fault for every person who stands in the table twice."""
    seen: dict[tuple[str, str], int] = {}
    for row in read.rows if "person_id" in read.columns else ():
        first = seen.setdefault((row["household_id"], row["person_id"]), row.number)
        if first != row.number:
            yield InputError(
                "INP-03",
                f"this person stands in row {first} as well",
                remedy="Keep one of the two rows.",
                location=row.where("person_id"),
            )


def _without_day(read: ReadTable, as_of: date | None) -> Iterator[InputError]:
    """Yield a fault for every empty day, and one for a missing column of days that ``as_of`` needs."""
    if "placed_on" in read.columns:
        for row in read.rows:
            if not row["placed_on"]:
                yield InputError(
                    "INP-04",
                    "the day of placing is missing",
                    remedy="Fill it in, such as 2023-01-31, or leave the whole column out.",
                    location=row.where("placed_on"),
                )
    elif as_of is not None:
        yield InputError(
            "INP-02",
            "without the column 'placed_on' nobody can tell who was placed long enough ago",
            remedy="Add the column, or leave --as-of out.",
            location=Location(read.file, 1, "placed_on"),
        )


def _refuse(faults: Sequence[EenthuisError]) -> None:
    if faults:
        raise InputErrors(tuple(faults))


def _filled(row: Row, column: str) -> str:
    if not row[column]:
        raise InputError(
            "INP-04",
            f"the column {column!r} is empty",
            remedy="Fill the cell in.",
            location=row.where(column),
        )
    return row[column]


def _yes_or_no(row: Row, column: str) -> bool:
    if row[column] not in {"0", "1"}:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is neither 1 (yes) nor 0 (no)"
            if row[column]
            else "a 1 (yes) or 0 (no) is missing",
            remedy="Write 1 or 0; leave a person out of whom this is not known.",
            location=row.where(column),
        )
    return row[column] == "1"


def _protected(path: Path, names: Sequence[str]) -> Iterator[InputError]:
    for name in names:
        told = protected_word(name)
        if told:
            yield InputError(
                "INP-02",
                f"the column {name!r} tells {told!r}, which may not count",
                remedy="Leave this column out of the file.",
                location=Location(path.name, 1, name),
            )


def _unfit_names(path: Path, names: Sequence[str], named: Collection[str]) -> Iterator[InputError]:
    yield from _protected(path, names)
    for name in names:
        kind = personal_kind(name)
        if not name:
            yield InputError(
                "INP-02",
                "a column has no name",
                remedy="Name it, or leave it out.",
                location=Location(path.name, 1),
            )
        elif kind and name not in named:
            yield InputError(
                "INP-02",
                f"the column {name!r} tells {kind}, which counts only when you ask for it by name",
                remedy=f"Leave it out of the file, or ask for it: --with {name}.",
                location=Location(path.name, 1, name),
            )
    for name in named:
        if name not in names:
            yield InputError(
                "INP-02",
                "no column of the table has this name",
                remedy=f"The table has {', '.join(names)}.",
                location=Location(path.name, column="--with", value=name),
            )


def _long_enough(rows: tuple[Row, ...], months: int, as_of: date | None) -> tuple[tuple[Row, ...], int]:
    if as_of is None:
        return rows, 0
    kept = tuple(row for row in rows if _months_later(row, months) <= as_of)
    if not kept:
        raise InputError(
            "INP-06",
            f"nobody was placed {months} months or more before {as_of}",
            remedy="Ask for fewer months, or wait until outcomes are known.",
            location=Location(rows[0].file, column="placed_on"),
        )
    return kept, len(rows) - len(kept)


def _months_later(row: Row, months: int) -> date:
    """Return the first day on which so many months have passed; a day that a month lacks is the next one."""
    placed = tables.day(row, "placed_on")
    month = placed.month - 1 + months
    year, month = placed.year + month // 12, month % 12 + 1
    try:
        return date(year, month, placed.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def _days(rows: Sequence[Row]) -> NDArray[np.datetime64]:
    return np.array([row["placed_on"] for row in rows], "datetime64[D]")


def _first_of_place(rows: Sequence[Row], names: Sequence[str], faults: list[EenthuisError]) -> dict[str, Row]:
    """Return the first row of every place; the others must say the same about it."""
    firsts: dict[str, Row] = {}
    for row in rows:
        first = firsts.setdefault(row["place_id"], row)
        faults += [
            InputError(
                "INP-01",
                f"place {row['place_id']} has {first[name]!r} in row {first.number} and {row[name]!r} here",
                remedy="Give a place the same value in every row.",
                location=row.where(name),
            )
            for name in names
            if row[name] != first[name]
        ]
    return firsts


def _column(rows: Sequence[Row], name: str, faults: list[EenthuisError]) -> Column:
    """Return a column of numbers when at least half of what is filled in is a number, else one of texts."""
    texts = [row[name] for row in rows if row[name]]
    numbers = sum(1 for text in texts if _NUMBER.fullmatch(text) or _DECIMAL_COMMA.fullmatch(text))
    if not texts or numbers * 2 >= len(texts):
        return Column(name, _numbers(rows, name, faults))
    return Column(name, np.array([row[name] for row in rows], np.str_))


def _as_trained(rows: Sequence[Row], coding: Coding, faults: list[EenthuisError]) -> Column:
    if coding.levels:
        return Column(coding.name, np.array([row[coding.name] for row in rows], np.str_))
    return Column(coding.name, _numbers(rows, coding.name, faults))


def _numbers(rows: Sequence[Row], name: str, faults: list[EenthuisError]) -> NDArray[np.float64]:
    out = np.full(len(rows), np.nan)
    for at, row in enumerate(rows):
        if not row[name]:
            continue
        if _NUMBER.fullmatch(row[name]):
            out[at] = float(row[name])
            continue
        comma = _DECIMAL_COMMA.fullmatch(row[name])
        bare = row[name].replace(",", ".")
        faults.append(
            InputError(
                "INP-01",
                f"{row[name]!r} is not a number, as other cells of the column are",
                remedy=f"Write a decimal point: {bare}."
                if comma
                else "Write a plain number, or leave the cell empty.",
                location=row.where(name),
            )
        )
    return out
