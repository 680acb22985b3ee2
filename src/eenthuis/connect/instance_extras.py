"""What may lie beside an instance: characteristics of households for the audit, and what households prefer."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from eenthuis.connect.instance_tables import Faults, household_row, read_sheet, whole_column
from eenthuis.matching.criteria import protected_word
from eenthuis.matching.groups import Grouping, own_groupings
from eenthuis.matching.preferences import Preferences
from eenthuis.matching.problem import Problem

CHARACTERISTICS, PREFERENCES = "characteristics.csv", "preferences.csv"


def read_groupings(folder: Path, problem: Problem) -> tuple[Grouping, ...]:
    """Return a grouping per column of ``characteristics.csv``; none where that file is not there.

    Raises
    ------
    InputErrors
        Every fault with row, column and value; a column that tells nationality, religion or ethnicity is one, and so is
        one that is counted from the instance already.
    """
    path = folder / CHARACTERISTICS
    if not path.exists():
        return ()
    faults = Faults()
    sheet = read_sheet(path, ("household_id",), faults)
    counted = {grouping.characteristic for grouping in own_groupings(problem)}
    for name in sheet.columns:
        if name in counted:
            faults.add("INP-03", "households.csv tells this already; use another name", sheet, 1, name)
        if not name:
            faults.add("INP-04", "the name of a characteristic is missing", sheet, 1, name)
        told = protected_word(name)
        if told:
            faults.add(
                "INP-02", f"households are never grouped by {told}; leave this column out", sheet, 1, name
            )
    faults.stop()
    rows = {name: row for row, name in enumerate(problem.households)}
    names = [name for name in sheet.columns if name != "household_id"]
    labels = {name: [""] * len(rows) for name in names}
    seen: set[str] = set()
    for number, (household, *values) in sheet.cells("household_id", *names):
        row = household_row(rows, sheet, number, household, faults)
        if row is None:
            continue
        if household in seen:
            faults.add("INP-03", "this household appears twice", sheet, number, "household_id", household)
        seen.add(household)
        for name, value in zip(names, values, strict=True):
            labels[name][row] = value
    faults.stop()
    return tuple(Grouping(name, tuple(values)) for name, values in labels.items())


def read_preferences(folder: Path, problem: Problem) -> Preferences | None:
    """Return what households prefer (``household_id,place_id,rank``, 1 = first choice), or None without that file.

    Raises
    ------
    InputErrors
        Every fault with row, column and value.
    """
    path = folder / PREFERENCES
    if not path.exists():
        return None
    faults = Faults()
    sheet = read_sheet(path, ("household_id", "place_id", "rank"), faults)
    faults.stop()
    rank = np.zeros((len(problem.households), len(problem.places)), np.int64)
    rows = {name: row for row, name in enumerate(problem.households)}
    columns = {name: column for column, name in enumerate(problem.places)}
    ranks = whole_column(sheet, "rank", faults)
    given: set[tuple[str, int]] = set()
    for at, (number, (household, place)) in enumerate(sheet.cells("household_id", "place_id")):
        own = int(ranks[at])
        row = household_row(rows, sheet, number, household, faults)
        if row is None:
            continue
        if place not in columns:
            faults.add("LNK-01", "this place is not in places.csv", sheet, number, "place_id", place)
        elif own < 1:
            faults.add("INP-06", "the first choice is 1, the next 2", sheet, number, "rank", str(own))
        elif rank[row, columns[place]]:
            faults.add("INP-03", "this household names the place twice", sheet, number, "place_id", place)
        elif (household, own) in given:
            faults.add("INP-03", "this household gives a rank twice", sheet, number, "rank", str(own))
        else:
            given.add((household, own))
            rank[row, columns[place]] = own
    faults.stop()
    return Preferences(rank)
