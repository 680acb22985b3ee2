"""Half a year of an invented country, published month after month: one attack on all of it finds nothing.

The attacker of ``worked_out`` in test_hiding is another program over another solver call; here the sums of areas and
the people linked, which are public, come in as well, and the municipalities of which nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from eenthuis.disclosure import attack, hide
from eenthuis.rules.composition import Geography, Group, composition, people_of, prices, relations, required
from eenthuis.rules.composition_within import public_only, with_municipalities
from eenthuis.terms.composition import Characteristic, Publication, Stage
from eenthuis.terms.places import COUNTRY

FLOOR, PROTECTION = 5, 4
LARGE = (8, 6)
MONTHS = tuple(date(2026, month, 1) for month in range(1, 7))
AREAS = {"PV20": ("CR01", "CR02", "GM0014"), "PV21": ("CR04", "CR05"), "PV22": ("CR07", "GM0106")}
INSIDE = {"CR01": 4, "CR02": 3, "CR04": 5, "CR05": 3, "CR07": 4}
SIZES, SHARES = (1, 2, 3, 4, 5, 6, 7, 8, 9), (0.5, 0.1, 0.12, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01)

Household = tuple[str, int, int]
"""Municipality, persons, and a number from which everything else that is counted follows."""


def geography() -> Geography:
    """Three provinces in two regions; some municipalities are areas by themselves."""
    above = {"east": COUNTRY, "north": COUNTRY, "PV20": "north", "PV21": "north", "PV22": "east"}
    above |= {area: province for province, held in AREAS.items() for area in held}
    inside = [
        (f"GM{int(area[2:]):02d}{n:02d}", area) for area, number in INSIDE.items() for n in range(number)
    ]
    above |= dict(inside)
    areas = tuple(area for held in AREAS.values() for area in held)
    alone = [area for area in areas if area.startswith("GM")]
    return Geography(
        above, tuple(alone + [code for code, _ in inside]), areas, tuple(AREAS), ("north", "east")
    )


WHERE = geography()


def arriving(rng: np.random.Generator, number: int) -> list[Household]:
    """New links: three in ten to a municipality that is told of alone."""
    alone = [code for code in WHERE.municipalities if code in WHERE.areas]
    return [
        (
            str(rng.choice(alone if rng.random() < 0.3 else WHERE.municipalities)),
            int(rng.choice(SIZES, p=SHARES)),
            int(rng.integers(1000)),
        )
        for _ in range(number)
    ]


def groups_of(linked: Sequence[Household], waiting: Sequence[Household]) -> list[Group]:
    """Everything that is counted of every household."""
    return [
        Group(stage, code, characteristic, value, 1, 2)
        for stage, households in ((Stage.LINKED, linked), (Stage.WAITING, waiting))
        for code, size, kind in households
        for characteristic, value in described(stage, size, kind)
    ]


def described(stage: Stage, size: int, kind: int) -> Iterator[tuple[Characteristic, str]]:
    yield Characteristic.TOTAL, "all"
    yield Characteristic.SIZE, str(size)
    yield Characteristic.JOINING, ("nobody", "nobody", "nobody", "expected", "granted")[kind % 5]
    yield Characteristic.ACCESSIBLE, "yes" if kind % 31 == 0 else "no"
    yield Characteristic.WEEKS, str(kind % 70)
    if size >= LARGE[0]:
        yield Characteristic.LARGE, "in-reception"
    if size >= LARGE[1]:
        yield Characteristic.LARGE, "with-joining"
    if size == 1:
        yield Characteristic.SINGLES_AGE, str(18 + kind % 50)
        yield Characteristic.SINGLES_SEX, "m" if kind % 3 else "f"
    if stage is Stage.LINKED:
        yield Characteristic.REASON, ("", "soft:region", "hard:study", "hard:work-contract")[kind % 4]


def lived(seed: int) -> list[tuple[list[Group], frozenset[str]]]:
    """Households of every month, and the municipalities in which someone came or went since the one before."""
    rng = np.random.Generator(np.random.PCG64(seed))
    linked, waiting = arriving(rng, 260), arriving(rng, 320)
    found = []
    moved: frozenset[str] = frozenset()
    for _ in MONTHS:
        found.append((groups_of(linked, waiting), moved))
        gone = set(rng.choice(len(linked), 30, replace=False).tolist())
        come = arriving(rng, 25)
        moved = frozenset(code for code, _, _ in come) | {linked[at][0] for at in gone}
        linked = [one for at, one in enumerate(linked) if at not in gone] + come
        waiting = waiting[20:] + arriving(rng, 30)
    return found


def plain(month: date, groups: Sequence[Group]) -> Publication:
    """A month with nothing hidden, and what is public of it beside."""
    counts, people = composition(groups, WHERE), people_of(groups)
    both = sum(counts[cell] for cell in counts if cell.place == COUNTRY and cell.category == "all")
    return Publication(
        month,
        counts,
        relations(WHERE, people, in_reception=both, large=LARGE),
        required=required(WHERE, people, PROTECTION),
    )


def published(lives: Sequence[tuple[list[Group], frozenset[str]]]) -> list[Publication]:
    """Every month with what is hidden of it, each with those before in view."""
    found: list[Publication] = []
    for month, (groups, _) in zip(MONTHS, lives, strict=True):
        one = plain(month, groups)
        hidden = hide(one, found, floor=FLOOR, protection=PROTECTION, prices=prices(WHERE, one.counts))
        found.append(replace(one, hidden=hidden.cells))
    return found


def caught(
    months: Sequence[Publication], lives: Sequence[tuple[list[Group], frozenset[str]]]
) -> dict[object, object]:
    """What the attack leaves less open of than is asked, and than the people linked alone leave."""
    whole, public = [], []
    for one, (groups, moved) in zip(months, lives, strict=True):
        people = people_of(groups)
        full = with_municipalities(one, groups, WHERE, people=people, restless=moved)
        whole.append(full)
        public.append(public_only(full, WHERE, people))
    before = attack(public, asked=PROTECTION)
    counts = {(one.month, cell): count for one in whole for cell, count in one.counts.items()}
    told = set(months[0].counts)
    return {
        key: interval
        for key, interval in attack(whole, asked=PROTECTION).items()
        if interval.width < min(PROTECTION, before[key].width) and (key[1] in told or 0 < counts[key] < FLOOR)
    }


@pytest.mark.parametrize("seed", range(3))
def test_an_attack_on_half_a_year_finds_nothing(seed: int) -> None:
    lives = lived(seed)
    months = published(lives)
    assert any(one.hidden for one in months)
    assert not any(0 < one.counts[cell] < FLOOR for one in months for cell in one.counts.keys() - one.hidden)
    assert caught(months, lives) == {}


def test_months_hidden_each_by_itself_are_caught() -> None:
    lives = lived(0)
    alone = []
    for month, (groups, _) in zip(MONTHS, lives, strict=True):
        one = plain(month, groups)
        cells = hide(one, [], floor=FLOOR, protection=PROTECTION, prices=prices(WHERE, one.counts)).cells
        alone.append(replace(one, hidden=cells))
    assert caught(alone, lives)


def test_only_small_counts_hidden_are_caught_in_one_month() -> None:
    lives = lived(0)[:1]
    one = plain(MONTHS[0], lives[0][0])
    small = frozenset(cell for cell, count in one.counts.items() if 0 < count < FLOOR)
    assert caught([replace(one, hidden=small)], lives)
