"""What an attacker knows: published counts of all months, and relations between the unknown rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from eenthuis.disclosure.solver import Rows
from eenthuis.terms.composition import Cell, Publication, Relation

Dated = tuple[date, Cell]
"""A cell of one month."""


def origins(months: Sequence[Publication]) -> dict[Dated, Dated]:
    """Return for every cell of every month the first month since which its count has not changed.

    Cells with the same origin are one unknown to an attacker who knows what did not change. ``months`` go from old
    to new; a month that is missing between two of them breaks nothing, for the attacker may know that too.
    """
    found: dict[Dated, Dated] = {}
    before: Publication | None = None
    for publication in months:
        for cell, count in publication.counts.items():
            same = (
                before is not None
                and before.counts.get(cell) == count
                and cell.place not in publication.restless
            )
            own = (publication.month, cell)
            found[own] = found[(before.month, cell)] if same and before is not None else own
        before = publication
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A relation with what is published filled in, over unknowns only; ``relation`` and ``month`` say which it was."""

    terms: tuple[tuple[Dated, int], ...]
    least: int | None
    most: int | None
    relation: Relation
    month: date


@dataclass(slots=True)
class Knowledge:
    """Months as an attacker sees them: what is given away in all of them, and what was before the newest one.

    ``newest`` holds the cell of the newest month that an origin still stands for.
    """

    months: Sequence[Publication]
    origin: Mapping[Dated, Dated]
    fixed: set[Dated]
    before: set[Dated]
    newest: Mapping[Dated, Cell]

    @classmethod
    def of(cls, months: Sequence[Publication]) -> Knowledge:
        """Return what is known from months, old to new."""
        origin = origins(months)
        given = [
            {origin[(one.month, cell)] for cell in one.counts if cell not in one.hidden} for one in months
        ]
        last = months[-1]
        return cls(
            months,
            origin,
            set().union(*given),
            set().union(*given[:-1]),
            {origin[(last.month, cell)]: cell for cell in last.counts},
        )

    def unknowns(self) -> set[Dated]:
        """Return the origins that no month gives away."""
        return {
            self.origin[(publication.month, cell)]
            for publication in self.months
            for cell in publication.hidden
        } - self.fixed

    def truth(self, unknown: Dated) -> int:
        """Return the true count of an unknown."""
        month, cell = unknown
        return next(publication.counts[cell] for publication in self.months if publication.month == month)

    def relations(self) -> list[Known]:
        """Return every relation in which something is unknown, each once: that of the newest month that has it."""
        found: dict[tuple[object, ...], Known] = {}
        for publication in reversed(self.months):
            for relation in publication.relations:
                known = self._filled(publication, relation)
                if known is not None:
                    found.setdefault((known.terms, known.least, known.most), known)
        return list(found.values())

    def _filled(self, publication: Publication, relation: Relation) -> Known | None:
        known = 0
        terms: defaultdict[Dated, int] = defaultdict(int)
        for cell, coefficient in relation.terms:
            unknown = self.origin[(publication.month, cell)]
            if unknown in self.fixed:
                known += coefficient * publication.counts[cell]
            else:
                terms[unknown] += coefficient
        terms = defaultdict(
            int, {unknown: coefficient for unknown, coefficient in terms.items() if coefficient}
        )
        if not terms:
            return None
        return Known(
            tuple(sorted(terms.items())),
            None if relation.least is None else relation.least - known,
            None if relation.most is None else relation.most - known,
            relation,
            publication.month,
        )


@dataclass(frozen=True, slots=True)
class Component:
    """Unknowns that hang together, with the relations between them."""

    unknowns: tuple[Dated, ...]
    relations: tuple[Known, ...]

    def rows(self) -> Rows:
        """Return the relations as rows for the solver, in order of :attr:`unknowns`."""
        place = {unknown: number for number, unknown in enumerate(self.unknowns)}
        entries = [[(place[cell], coefficient) for cell, coefficient in r.terms] for r in self.relations]
        return Rows(
            start=np.concatenate([[0], np.cumsum([len(row) for row in entries])]).astype(np.int32),
            column=np.array([column for row in entries for column, _ in row], np.int32),
            coefficient=np.array([float(value) for row in entries for _, value in row]),
            least=np.array([-np.inf if r.least is None else float(r.least) for r in self.relations]),
            most=np.array([np.inf if r.most is None else float(r.most) for r in self.relations]),
            unknowns=len(self.unknowns),
        )


def components(unknowns: Iterable[Dated], relations: Sequence[Known]) -> tuple[Component, ...]:
    """Return the unknowns in groups that share no relation with each other."""
    leader = {unknown: unknown for unknown in unknowns}

    def find(one: Dated) -> Dated:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for relation in relations:
        first = find(relation.terms[0][0])
        for other, _ in relation.terms[1:]:
            leader[find(other)] = first
    groups: defaultdict[Dated, list[Dated]] = defaultdict(list)
    for unknown in leader:
        groups[find(unknown)].append(unknown)
    within: defaultdict[Dated, list[Known]] = defaultdict(list)
    for relation in relations:
        within[find(relation.terms[0][0])].append(relation)
    return tuple(
        Component(tuple(sorted(group)), tuple(within[head])) for head, group in sorted(groups.items())
    )
