"""Family composition ("gezinssamenstelling") as cells: how many households of a kind there are in a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where households in reception stand: without a link, or linked and not yet signed off.

    Waiting households are counted where their reception centre stands, linked ones at the municipality they are
    linked to; so the two do not add up within a municipality.
    """

    WAITING = "waiting"
    LINKED = "linked"


class Characteristic(StrEnum):
    """By what households are counted; each is a table of its own.

    ``HOME`` joins the size bands into three kinds of homes; ``LARGE`` holds both definitions of a large family;
    ``JOINING_PEOPLE`` counts people, all others households.
    """

    TOTAL = "total"
    HOME = "home"
    SIZE = "size"
    LARGE = "large"
    SINGLES_AGE = "singles-age"
    SINGLES_SEX = "singles-sex"
    JOINING = "joining"
    JOINING_PEOPLE = "joining-people"
    ACCESSIBLE = "accessible"
    WEEKS = "weeks"
    REASON = "reason"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One count: of a stage, by a characteristic, in a place, in a category.

    ``place`` is a CBS code of a municipality or province, the code of an area of municipalities told together, the name
    of a linking region, or the code of the country.
    """

    stage: Stage
    characteristic: Characteristic
    place: str
    category: str

    @property
    def key(self) -> str:
        """The cell as one word, as the tables keep it."""
        return f"{self.stage}/{self.characteristic}/{self.place}/{self.category}"


def cell_from(key: str) -> Cell:
    """Return the cell of :attr:`Cell.key`."""
    stage, characteristic, place, category = key.split("/", 3)
    return Cell(Stage(stage), Characteristic(characteristic), place, category)


@dataclass(frozen=True, slots=True)
class Relation:
    """What everyone knows of some cells: the sum of cells times whole numbers lies between ``least`` and ``most``.

    A total and its parts make a relation with both 0; None is no limit.
    """

    terms: tuple[tuple[Cell, int], ...]
    least: int | None = 0
    most: int | None = 0


@dataclass(frozen=True, slots=True)
class Publication:
    """Counts on the first day of a month, which of them are hidden, and how wide hidden ones must stay.

    ``required`` names the cells that must stay open by less than the protection, because numbers that the ministry
    publishes itself leave no more. ``restless`` names places in which someone came or went since the month before, so
    that nobody can know which of their counts did not change; of all others an attacker is told.
    """

    month: date
    counts: Mapping[Cell, int]
    relations: tuple[Relation, ...]
    hidden: frozenset[Cell] = frozenset()
    required: Mapping[Cell, int] = field(default_factory=dict)
    restless: frozenset[str] = frozenset()

    def shown(self, cell: Cell) -> int | None:
        """Return a count; None where it is hidden."""
        return None if cell in self.hidden else self.counts[cell]
