"""Hidden counts stay hidden: another solver attacks hundreds of small tables, alone and month after month."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import highspy
import numpy as np
import pytest

from eenthuis.disclosure import attack, hide
from eenthuis.terms.composition import Cell, Characteristic, Publication, Relation, Stage, cell_from

FLOOR, PROTECTION = 5, 4
ENDLESS = 10**6
MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


def cell(place: str, category: str) -> Cell:
    return Cell(Stage.LINKED, Characteristic.SIZE, place, category)


def table(rows: Sequence[Sequence[int]], month: date = MONTHS[0]) -> Publication:
    """A table of places and categories with all its totals."""
    places = [f"P{number}" for number in range(len(rows))]
    categories = [f"C{number}" for number in range(len(rows[0]))]
    counts = {
        cell(place, category): rows[r][c]
        for r, place in enumerate(places)
        for c, category in enumerate(categories)
    }
    for place in places:
        counts[cell(place, "all")] = sum(counts[cell(place, category)] for category in categories)
    for category in (*categories, "all"):
        counts[cell("land", category)] = sum(counts[cell(place, category)] for place in places)
    relations = [
        Relation(((cell(place, "all"), -1), *((cell(place, category), 1) for category in categories)))
        for place in (*places, "land")
    ]
    relations += [
        Relation(((cell("land", category), -1), *((cell(place, category), 1) for place in places)))
        for category in (*categories, "all")
    ]
    return Publication(month, counts, tuple(relations))


def hidden(publication: Publication, earlier: Sequence[Publication] = ()) -> Publication:
    found = hide(publication, earlier, floor=FLOOR, protection=PROTECTION, prices={})
    return replace(publication, hidden=found.cells)


def numbered(months: Sequence[Publication]) -> dict[tuple[date, Cell], int]:
    """One number per unknown: a count that did not change since the month before has the same."""
    number: dict[tuple[date, Cell], int] = {}
    for before, publication in zip((None, *months), months, strict=False):
        for one, count in publication.counts.items():
            same = before is not None and before.counts[one] == count
            following = max(number.values(), default=-1) + 1
            number[(publication.month, one)] = (
                number[(before.month, one)] if same and before is not None else following
            )
    return number


def worked_out(months: Sequence[Publication]) -> dict[tuple[date, Cell], tuple[int, int]]:
    """What linear programs make of every hidden count, from scratch."""
    number = numbered(months)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", bool(0))
    for _ in range(max(number.values()) + 1):
        solver.addVar(0, highspy.kHighsInf)
    for publication in months:
        for one, count in publication.counts.items():
            if one not in publication.hidden:
                solver.changeColBounds(number[(publication.month, one)], count, count)
        for relation in publication.relations:
            terms: Counter[int] = Counter()
            for one, coefficient in relation.terms:
                terms[number[(publication.month, one)]] += coefficient
            solver.addRow(0, 0, len(terms), list(terms), [float(value) for value in terms.values()])

    def least(column: int, sign: int) -> float:
        solver.changeColCost(column, sign)
        solver.run()
        if sign > 0 and solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            solver.clearSolver()  # a warm start led nowhere: no count is below nothing
            solver.run()
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = sign * solver.getInfo().objective_function_value
        ended = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        solver.changeColCost(column, 0)
        return value if ended else ENDLESS

    return {
        (publication.month, one): (
            int(np.ceil(least(number[(publication.month, one)], 1) - 1e-6)),
            int(np.floor(least(number[(publication.month, one)], -1) + 1e-6)),
        )
        for publication in months
        for one in publication.hidden
    }


def caught(months: Sequence[Publication]) -> dict[tuple[date, Cell], tuple[int, int]]:
    """The hidden counts, small or not, that the attack narrows below the protection."""
    return {key: (low, high) for key, (low, high) in worked_out(months).items() if high - low < PROTECTION}


def drawn(seed: int) -> list[list[int]]:
    rng = np.random.Generator(np.random.PCG64(seed))
    shape = (int(rng.integers(2, 5)), int(rng.integers(2, 5)))
    values = rng.poisson(rng.choice([2.0, 6.0, 20.0], size=shape)) * (rng.random(shape) < 0.85)
    return [[int(value) for value in row] for row in values]


@pytest.mark.parametrize("block", range(4))
def test_no_attack_on_a_small_table_finds_a_hidden_count(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        published = hidden(table(drawn(seed)))
        small = {one for one, count in published.counts.items() if 0 < count < FLOOR}
        assert small <= published.hidden
        missed = caught([published])
        bare = replace(published, hidden=frozenset(published.counts))
        assert all(key in caught([bare]) for key in missed), (seed, missed)


@pytest.mark.parametrize("block", range(3))
def test_no_attack_on_two_months_finds_a_hidden_count(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        rng = np.random.Generator(np.random.PCG64(1000 + seed))
        first = drawn(seed)
        second = [
            [max(0, value + int(rng.integers(-2, 3)) * int(rng.random() < 0.4)) for value in row]
            for row in first
        ]
        before = hidden(table(first))
        after = hidden(table(second, MONTHS[1]), [before])
        missed = caught([before, after])
        silent = replace(after, hidden=frozenset(after.counts))
        told_all = worked_out([before, silent])
        both = worked_out([before, after])
        assert all(told_all[key] == both[key] for key in missed), (seed, missed)


def test_hiding_only_small_counts_gives_them_away() -> None:
    plain = table([[12, 3, 9], [8, 30, 7]])
    only_small = replace(plain, hidden=frozenset({cell("P0", "C1")}))
    assert worked_out([only_small])[(MONTHS[0], cell("P0", "C1"))] == (3, 3)
    assert not caught([hidden(plain)])


def test_a_second_hidden_count_is_not_enough_when_together_they_are_small() -> None:
    plain = table([[1, 1, 9], [8, 30, 7]])
    pair = replace(plain, hidden=frozenset(cell(p, c) for p in ("P0", "P1") for c in ("C0", "C1")))
    assert worked_out([pair])[(MONTHS[0], cell("P0", "C0"))] == (0, 2)
    assert not caught([hidden(plain)])


def test_another_pattern_a_month_later_gives_away_what_did_not_change() -> None:
    rows = [[12, 3, 9, 6], [8, 30, 7, 9]]
    grown = [[12, 3, 9, 6], [8, 30, 7, 2]]
    first = hidden(table(rows))
    second = table(grown, MONTHS[1])
    alone = hidden(second)
    assert caught([first, alone])
    assert not caught([alone])
    together = hidden(second, [first])
    assert together.hidden != alone.hidden
    silent = replace(together, hidden=frozenset(together.counts))
    assert set(caught([first, together])) <= set(caught([first, silent]))


def test_both_attackers_find_the_same_intervals() -> None:
    for seed in range(12):
        published = hidden(table(drawn(seed)))
        own = attack([published])
        for key, (low, high) in worked_out([published]).items():
            assert (own[key].least, min(own[key].most, ENDLESS)) == (low, high), (seed, key)


def test_every_whole_table_that_fits_lies_within_the_interval() -> None:
    published = hidden(table([[1, 4], [3, 5]]))
    fitting: Mapping[Cell, set[int]] = {one: set() for one in published.hidden}
    for a, b, c, d in itertools.product(range(10), repeat=4):
        other = table([[a, b], [c, d]])
        if all(other.counts[o] == n for o, n in published.counts.items() if o not in published.hidden):
            for one in published.hidden:
                fitting[one].add(other.counts[one])
    for (_, one), interval in attack([published]).items():
        assert min(fitting[one]) == interval.least
        assert max(fitting[one]) == interval.most or max(fitting[one]) >= 9


def test_a_cell_is_read_back_from_its_key() -> None:
    one = cell("GM0344", "3-4")
    assert cell_from(one.key) == one
