"""Proposals to fill what a province is still short of; the minister decides, these only show what is possible.

Each proposal follows one aim. ``room`` is how many places could still be made in each municipality, ``smallest`` how
many a site must have at least to be worth having; both are places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from eenthuis.terms.places import MunicipalityCode

Room = Mapping[MunicipalityCode, int]


@dataclass(frozen=True, slots=True)
class Filling:
    """Places added per municipality; ``over`` is what they give beyond the shortage, since a site has a least size."""

    places: Mapping[MunicipalityCode, int]
    over: int

    @property
    def sites(self) -> int:
        """In how many municipalities places are added."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class CannotFill:
    """There is not enough room: ``room`` places are possible where ``short`` are needed."""

    short: int
    room: int


def least_deviation(
    short: int, *, lacking: Mapping[MunicipalityCode, int], room: Room
) -> Filling | CannotFill:
    """Return the filling that stays closest to the shares: the sum of squared deviations is least.

    ``lacking`` is what each municipality offers less than its share, negative where it offers more. The places are
    given one by one to whoever lacks most; for a sum of squares that is the best possible. A least size of a site is
    not asked here, so small additions occur.

    Examples
    --------
    >>> a, b = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
    >>> least_deviation(6, lacking={a: 5, b: 1}, room={a: 10, b: 10}).places
    {'GM0001': 5, 'GM0002': 1}
    """
    usable = {code: most for code, most in room.items() if most > 0}
    if refused := _refused(short, usable):
        return refused
    given = dict.fromkeys(sorted(usable), 0)
    waiting = [(-lacking.get(code, 0), code) for code in given]
    heapify(waiting)
    for _ in range(short):
        lacks, code = waiting[0]
        given[code] += 1
        if given[code] == usable[code]:
            heappop(waiting)
        else:
            heapreplace(waiting, (lacks + 1, code))
    return Filling({code: places for code, places in given.items() if places}, 0)


def fewest_sites(short: int, *, room: Room, smallest: int) -> Filling | CannotFill:
    """Return the filling with the fewest sites, and among those the fewest places beyond the shortage.

    Examples
    --------
    >>> a, b, c = (MunicipalityCode(f"GM000{number}") for number in (1, 2, 3))
    >>> fewest_sites(250, room={a: 150, b: 300, c: 200}, smallest=100).places
    {'GM0002': 250}
    """
    smallest = max(smallest, 1)
    usable = _large_enough(room, smallest)
    if refused := _refused(short, usable):
        return refused
    chosen: list[MunicipalityCode] = []
    for code in _largest_first(usable):
        if sum(usable[one] for one in chosen) >= short:
            break
        chosen.append(code)
    return _from_the_least(short, chosen, usable, smallest)


def widest_spread(short: int, *, room: Room, smallest: int) -> Filling | CannotFill:
    """Return the filling with the fewest places beyond the shortage, over the most sites, as even as their room allows.

    Examples
    --------
    >>> a, b, c = (MunicipalityCode(f"GM000{number}") for number in (1, 2, 3))
    >>> widest_spread(250, room={a: 150, b: 300, c: 200}, smallest=100).places
    {'GM0002': 125, 'GM0003': 125}
    """
    smallest = max(smallest, 1)
    usable = _large_enough(room, smallest)
    if refused := _refused(short, usable):
        return refused
    ordered = _largest_first(usable)
    number = len(ordered)
    while number > 1 and number * smallest > short:
        number -= 1
    while number < len(ordered) and sum(usable[code] for code in ordered[:number]) < short:
        number += 1
    if not short:
        number = 0
    return _from_the_least(short, ordered[:number], usable, smallest)


def _large_enough(room: Room, smallest: int) -> dict[MunicipalityCode, int]:
    return {code: most for code, most in room.items() if most >= smallest}


def _largest_first(usable: Room) -> list[MunicipalityCode]:
    return sorted(usable, key=lambda code: (-usable[code], code))


def _refused(short: int, usable: Room) -> CannotFill | None:
    possible = sum(usable.values())
    return CannotFill(short, possible) if possible < short else None


def _from_the_least(short: int, chosen: Sequence[MunicipalityCode], usable: Room, smallest: int) -> Filling:
    """Return every chosen site at its least size, and the rest raised as evenly as its room allows."""
    given = dict.fromkeys(sorted(chosen), smallest)
    left = short - sum(given.values())
    while left > 0:
        open_sites = [code for code in given if given[code] < usable[code]]
        lowest = min(given[code] for code in open_sites)
        level = [code for code in open_sites if given[code] == lowest]
        above = min(
            [given[code] for code in open_sites if given[code] > lowest] + [usable[code] for code in level]
        )
        step = max(min(above - lowest, left // len(level)), 0)
        if step:
            for code in level:
                given[code] += step
            left -= step * len(level)
        else:
            for code in level[:left]:
                given[code] += 1
            left = 0
    return Filling(given, max(sum(given.values()) - short, 0))
