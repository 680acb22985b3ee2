"""Invented files to try the chance of work on, which also show what the columns are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eenthuis.connect.instances import write_instance
from eenthuis.connect.whole_files import write_whole
from eenthuis.matching.outcome.columns import Column
from eenthuis.matching.outcome.invented import Adults, draw_adults, draw_table, draw_truth
from eenthuis.matching.outcome.table import Table
from eenthuis.matching.problem import UNLIMITED, Problem

PLACES, PLACED, WAITING = 12, 900, 60
"""Places, households of the table, and households of the instance."""

CHILDREN, BOUND, ROOM = 0.6, 0.1, 1.3
"""Mean children beside each adult but the first (of one alone a third), share bound to three places, room a person."""


def write_example(folder: Path, *, seed: int) -> tuple[str, ...]:
    """Write ``table.csv``, ``members.csv`` and ``instance/`` into ``folder``; return their names."""
    rng = np.random.default_rng(seed)
    truth = draw_truth(PLACES, rng)
    table, _ = draw_table(truth, PLACED, rng)
    adults = draw_adults(WAITING, rng)
    write_whole(folder, {"table.csv": table_file(table), "members.csv": members_file(adults)})
    notes = {
        "goal": "housed-then-score",
        "note": "invented; without scores, as linking is without a chance of work",
    }
    write_instance(draw_instance(adults, truth.places, rng), folder / "instance", notes=notes)
    return ("table.csv", "members.csv", "instance")


def table_file(table: Table) -> bytes:
    """Return a training table as CSV."""
    about = {column.name: column.values for column in table.surroundings}
    head = ["household_id", "place_id", "worked", "placed_on", "region", *about]
    rows = []
    for at, place in enumerate(table.place):
        placed_on = "" if table.placed_on is None else str(table.placed_on[at])
        own = [f"H{table.household[at] + 1}", table.places[place], str(int(table.worked[at])), placed_on]
        rows.append([*own, table.regions[place], *(_cell(values[place]) for values in about.values())])
    return _file(head, rows, table.people)


def members_file(adults: Adults) -> bytes:
    """Return members as CSV; the first adult of each household is named as its earner."""
    first = np.diff(adults.household, prepend=-1) > 0
    rows = [
        [f"N{household + 1}", str(int(earner)), str(sex), str(age)]
        for household, earner, sex, age in zip(adults.household, first, adults.sex, adults.age, strict=True)
    ]
    return _file(["household_id", "earner", "sex", "age"], rows, adults.columns)


def draw_instance(adults: Adults, places: Sequence[str], rng: np.random.Generator) -> Problem:
    """Draw an instance for invented adults and their children: room for everyone, and a tenth bound to three places."""
    members = np.bincount(adults.household)
    children = rng.poisson(CHILDREN * np.maximum(members - 1, 1 / 3))
    persons = members + children
    share = rng.lognormal(0.0, 0.75, len(places))
    room = np.ceil(share / share.sum() * persons.sum() * ROOM).astype(np.int64)
    allowed = np.ones((len(persons), len(places)), bool)
    for household in np.flatnonzero(rng.random(len(persons)) < BOUND):
        allowed[household] = np.isin(np.arange(len(places)), rng.choice(len(places), 3, replace=False))
    return Problem(
        households=tuple(f"N{number + 1}" for number in range(len(persons))),
        places=tuple(places),
        uses=("persons", "children"),
        demand=np.stack([persons, children], axis=1).astype(np.int64),
        capacity=np.stack([room, np.full(len(places), UNLIMITED)], axis=1),
        allowed=allowed,
        score=np.zeros(allowed.shape, np.float32),
        group=np.full(len(persons), -1, np.int64),
        arrival=np.arange(len(persons)),
    )


def _file(head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*head, *(column.name for column in columns)])
    cells = zip(*(map(_cell, column.values) for column in columns), strict=True)
    writer.writerows([*row, *more] for row, more in zip(rows, cells, strict=True))
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.12g}"
    return str(value)
