"""Household sizes spread over the municipalities, as caps per municipality and size class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.registers import SIZE_CLASSES, counted_relatives
from eenthuis.terms.linking import OpenPlace
from eenthuis.terms.people import Household

HOUSEHOLDS = "households_"
"""How the name of a use begins that counts households of a kind, not persons."""

SIZE_USES = tuple(f"{HOUSEHOLDS}{name}" for name, _ in SIZE_CLASSES)
"""The use of each size class."""


def size_classes(households: Sequence[Household]) -> NDArray[np.int64]:
    """Return H x 4: 1 in the size class of each household, and nothing for one that a hard criterion ties.

    The size is that of the home it needs: relatives with a visa are in it, whenever they come.
    """
    smallest = np.array([low for _, low in SIZE_CLASSES])
    sizes = np.array([one.persons + counted_relatives(one, date.max) for one in households], np.int64)
    free = np.array([not one.hard_ties for one in households], bool)
    which = np.searchsorted(smallest, sizes, side="right") - 1
    classes = np.zeros((len(households), len(SIZE_CLASSES)), np.int64)
    rows = np.flatnonzero(free & (which >= 0))
    classes[rows, which[rows]] = 1
    return classes


def size_caps(
    households: Sequence[Household], places: Sequence[OpenPlace], classes: NDArray[np.int64], slack: float
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the names of the uses and M x 4 caps: the even part of each class plus slack, and never under 1.

    The even part of a municipality is what it would get of a class when everybody is housed in proportion to open
    places, or when all room is filled by a cross-section of who waits, whichever is less.
    """
    room = np.array([place.persons for place in places], float)
    people = float(sum(household.persons for household in households))
    part = room / max(room.sum(), people, 1.0)
    caps = np.ceil((1.0 + slack) * np.outer(part, classes.sum(axis=0)) - 1e-9)
    return SIZE_USES, np.maximum(caps, 1).astype(np.int64)
