"""Instance folders for linking, as files: read with every fault named, and written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.connect.instance_tables import Faults, Sheet, household_row, numbered, read_sheet, whole_column
from eenthuis.matching.certificate import Weights
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.proposal import Counted
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.linking import Goal


@dataclass(frozen=True, slots=True)
class Instance:
    """A problem with what ``instance.toml`` asks; ``weights`` add to the score of every pair.

    ``goal`` is None where the folder does not say it.
    """

    problem: Problem
    goal: Goal | None
    counted: Counted
    weights: Weights


def read_instance(folder: Path, *, scored: bool = True) -> Instance:
    """Read and check an instance folder; with ``scored`` False its scores are still to be made, and are 0.

    Raises
    ------
    InputErrors
        Every fault with file, row (the header is row 1), column and value: a missing file or column, an unknown or
        repeated identifier, a negative or fractional cap or use, a score that is not a finite number.
    """
    if not folder.is_dir():
        raise InputError(
            "INP-07",
            "there is no instance folder here",
            remedy="Give a folder with households.csv, places.csv and pairs.csv (or scores.npy and allowed.npy).",
            location=Location(file=str(folder)),
        )
    faults = Faults()
    households = read_sheet(folder / "households.csv", ("household_id", "persons"), faults)
    places = read_sheet(folder / "places.csv", ("place_id", "cap_persons"), faults)
    faults.stop()
    uses = ("persons", *(name.removeprefix("use_") for name in households.columns if name.startswith("use_")))
    for use in uses:
        if f"cap_{use}" not in places.columns:
            faults.add(
                "INP-02", f"households use {use}, but no place says what it holds", places, None, f"cap_{use}"
            )
    faults.stop()
    household_rows = numbered(households, "household_id", faults)
    place_row = numbered(places, "place_id", faults)
    columns = ("persons", *(f"use_{use}" for use in uses[1:]))
    demand = np.stack([whole_column(households, name, faults) for name in columns], axis=1)
    capacity = np.stack([whole_column(places, f"cap_{use}", faults, empty=UNLIMITED) for use in uses], axis=1)
    arrival = _arrival(households, faults)
    group = _groups(folder / "groups.csv", household_rows, faults)
    score, allowed = _pairs(folder, household_rows, place_row, faults, scored=scored)
    goal, counted, weights = _wishes(folder / "instance.toml", faults)
    faults.stop()
    problem = Problem(
        households=tuple(household_rows),
        places=tuple(place_row),
        uses=uses,
        demand=demand,
        capacity=capacity,
        allowed=allowed,
        score=score,
        group=group,
        arrival=arrival,
    )
    return Instance(problem, goal, counted, weights)


def _arrival(households: Sheet, faults: Faults) -> NDArray[np.int64]:
    for name in ("order", "week"):
        if name in households.columns:
            return whole_column(households, name, faults)
    return np.zeros(len(households.rows), np.int64)


def _groups(path: Path, households: Mapping[str, int], faults: Faults) -> NDArray[np.int64]:
    group = np.full(len(households), -1, np.int64)
    if not path.exists():
        return group
    sheet = read_sheet(path, ("household_id", "group_id"), faults)
    names: dict[str, int] = {}
    for row, (household, name) in sheet.cells("household_id", "group_id"):
        at = household_row(households, sheet, row, household, faults)
        if at is None:
            continue
        if group[at] >= 0:
            faults.add(
                "INP-03", "this household is in a group already", sheet, row, "household_id", household
            )
        elif not name:
            faults.add("INP-04", "the group is missing", sheet, row, "group_id")
        else:
            group[at] = names.setdefault(name, len(names))
    return group


def _pairs(
    folder: Path, households: Mapping[str, int], place_row: Mapping[str, int], faults: Faults, *, scored: bool
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    shape = (len(households), len(place_row))
    if (folder / "pairs.csv").exists():
        return _listed_pairs(folder / "pairs.csv", households, place_row, faults)
    score = _matrix(folder / "scores.npy", shape, faults) if scored else np.zeros(shape, np.float32)
    allowed = _matrix(folder / "allowed.npy", shape, faults)
    if score is None or allowed is None:
        return np.zeros(shape, np.float32), np.zeros(shape, bool)
    if allowed.dtype != bool and not np.isin(allowed, (0, 1)).all():
        faults.lack("INP-01", "allowed holds something else than true and false", folder / "allowed.npy")
    bad = np.argwhere(~np.isfinite(score))
    for row, column in bad[:20]:
        faults.cell(folder / "scores.npy", int(row), list(place_row)[int(column)], str(score[row, column]))
    return np.ascontiguousarray(score, np.float32), np.ascontiguousarray(allowed, bool)


def _matrix(path: Path, shape: tuple[int, int], faults: Faults) -> NDArray[np.generic] | None:
    if not path.exists():
        faults.lack("INP-07", "neither pairs.csv nor this file is there", path)
        return None
    try:
        matrix: NDArray[np.generic] = np.load(path, allow_pickle=False)
    except (ValueError, OSError, EOFError):
        faults.lack("INP-05", "this is not a NumPy array file", path)
        return None
    if matrix.shape != shape or matrix.dtype.kind not in "biuf":
        faults.lack(
            "LNK-01", f"an array of numbers of {shape} was expected, not {matrix.dtype} {matrix.shape}", path
        )
        return None
    return matrix


_YES = frozenset(("1", "true", "True", "TRUE", "yes"))
_NO = frozenset(("0", "false", "False", "FALSE", "no"))


def _listed_pairs(
    path: Path, households: Mapping[str, int], place_row: Mapping[str, int], faults: Faults
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    shape = (len(households), len(place_row))
    score = np.zeros(shape, np.float32)
    allowed = np.zeros(shape, bool)
    seen = np.zeros(shape, bool)
    sheet = read_sheet(path, ("household_id", "place_id", "score", "allowed"), faults)
    wanted = ("household_id", "place_id", "score", "allowed")
    for row, (household, place, points, may) in sheet.cells(*wanted):
        own = household_row(households, sheet, row, household, faults)
        if own is None:
            continue
        if place not in place_row:
            faults.add("LNK-01", "this place is not in places.csv", sheet, row, "place_id", place)
            continue
        at = own, place_row[place]
        if seen[at]:
            faults.add("INP-03", "this pair appears twice", sheet, row, "place_id", f"{household}, {place}")
        seen[at] = True
        if may not in _YES and may not in _NO:
            faults.add("INP-01", "allowed is 1 or 0, true or false", sheet, row, "allowed", may)
        allowed[at] = may in _YES
        number = faults.score(sheet, row, points, needed=bool(allowed[at]))
        score[at] = number
    return score, allowed


def _wishes(path: Path, faults: Faults) -> tuple[Goal | None, Counted, Weights]:
    asked: dict[str, object] = {}
    if path.exists():
        try:
            asked = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            faults.lack("INP-01", f"this is not TOML: {wrong}", path)
    goal, counted = None, Counted.PERSONS
    try:
        goal = Goal(str(asked["goal"])) if "goal" in asked else None
        counted = Counted(str(asked.get("counted", counted)))
    except ValueError as wrong:
        faults.lack("INP-01", f"{wrong}; goals are housed-then-score and score", path)
    weights = asked.get("weights", {})
    found = {"person": 0.0, "household": 0.0}
    for name in found:
        value = weights.get(name, 0.0) if isinstance(weights, Mapping) else None
        if isinstance(value, int | float) and np.isfinite(value) and value >= 0:
            found[name] = float(value)
        else:
            faults.lack("INP-06", f"the weight of a {name} is a number of at least 0", path)
    return goal, counted, Weights(**found)


def write_instance(problem: Problem, folder: Path, *, notes: Mapping[str, str | float] | None = None) -> None:
    """Write ``problem`` as an instance folder with arrays; ``notes`` go into ``instance.toml``."""
    folder.mkdir(parents=True, exist_ok=True)
    uses = problem.uses[1:]
    head = ["household_id", "persons", "order", *(f"use_{use}" for use in uses)]
    lines = [",".join(head)]
    for row, household in enumerate(problem.households):
        need = [str(int(number)) for number in problem.demand[row]]
        lines.append(",".join([household, need[0], str(int(problem.arrival[row])), *need[1:]]))
    (folder / "households.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [",".join(["place_id", *(f"cap_{use}" for use in problem.uses)])]
    for row, place in enumerate(problem.places):
        caps = ["" if cap == UNLIMITED else str(int(cap)) for cap in problem.capacity[row]]
        lines.append(",".join([place, *caps]))
    (folder / "places.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    np.save(folder / "scores.npy", problem.score)
    np.save(folder / "allowed.npy", problem.allowed)
    if (problem.group >= 0).any():
        lines = ["household_id,group_id"]
        lines += [
            f"{problem.households[row]},g{problem.group[row]}" for row in np.flatnonzero(problem.group >= 0)
        ]
        (folder / "groups.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if notes:
        text = "".join(
            f'{key} = "{value}"\n' if isinstance(value, str) else f"{key} = {value}\n"
            for key, value in notes.items()
        )
        (folder / "instance.toml").write_text(text, encoding="utf-8")
