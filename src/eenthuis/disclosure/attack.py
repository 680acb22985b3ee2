"""Working out hidden counts from everything published: the least and the most that each can be.

The attacker solves linear programs and rounds their ends inwards to whole counts. Every answer of the solver is a set
of counts that fits all that is known, so one answer opens the intervals of many cells at once; only the cells that
stay narrow are asked for one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.disclosure.knowledge import Component, Dated, Knowledge, Known, components
from eenthuis.disclosure.solver import SMALL, Attacker, Extreme
from eenthuis.terms.composition import Publication

_SWEEPS = 3
_FEW = 20
"""The search for everyone at once ends after so many sweeps that open fewer than one in so many."""

_ENDLESS, _EXACT = 1 << 40, 1 << 60


Pins = tuple[tuple[Known, float], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker can say of a hidden count; ``is_exact`` when both ends are proven and not only reached.

    ``pinned_by`` names for each end the relations that keep it from going further, each with its dual: by how much.
    """

    least: int
    most: int
    is_exact: bool = False
    pinned_by: tuple[Pins, ...] = ()

    @property
    def width(self) -> int:
        """How far apart the ends are."""
        return self.most - self.least


def attack(months: Sequence[Publication], *, asked: int = _EXACT) -> Mapping[Dated, Interval]:
    """Return the interval of every hidden count of some months, old to new: exact, or at least ``asked`` wide.

    A hidden count that another month gives away is no unknown: it stands here with its one value.
    """
    knowledge = Knowledge.of(months)
    found: dict[Dated, Interval] = {}
    unknowns = knowledge.unknowns()
    for component in components(unknowns, knowledge.relations()):
        truth = np.array([knowledge.truth(one) for one in component.unknowns])
        wanted = np.full(len(truth), asked)
        found |= zip(component.unknowns, open_up(component, truth, wanted), strict=True)
    result: dict[Dated, Interval] = {}
    for publication in months:
        for cell in publication.hidden:
            origin = knowledge.origin[(publication.month, cell)]
            count = publication.counts[cell]
            result[(publication.month, cell)] = found.get(origin, Interval(count, count, is_exact=True))
    return result


def open_up(
    component: Component, truth: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[Interval, ...]:
    """Return an interval for every unknown of a component: at least as wide as ``wanted``, or exact.

    ``truth`` is one set of counts that fits, from which the search begins.
    """
    least, most = truth.astype(np.float64), truth.astype(np.float64)
    if not component.relations:
        return tuple(
            Interval(0, int(count) + int(min(want, _ENDLESS)))
            for count, want in zip(truth, wanted, strict=True)
        )
    attacker = Attacker(component.rows())
    number = len(truth)
    exact = np.zeros(number, bool)

    def narrow(place: int) -> bool:
        return bool(_whole_width(least[place], most[place]) < wanted[place])

    pins: dict[int, tuple[Pins, ...]] = {}

    def learn(weight: NDArray[np.float64]) -> Extreme | None:
        answer = attacker.most(weight)
        if answer is not None:
            np.minimum(least, answer.counts, out=least)
            np.maximum(most, answer.counts, out=most)
        return answer

    rng = np.random.Generator(np.random.PCG64(number))
    left = np.array([narrow(place) for place in range(number)])
    idle = 0
    while left.any() and idle < _SWEEPS:
        learn(np.where(left, rng.choice([-1.0, 0.0, 1.0], number), 0.0))
        before, left = left.sum(), np.array([narrow(place) for place in range(number)])
        idle = idle + 1 if before - left.sum() <= before // _FEW else 0
    for place in range(number):
        if not narrow(place):
            continue
        weight = np.zeros(number)
        weight[place] = 1.0
        high = learn(weight)
        if high is None:  # nothing holds it from above
            most[place] = truth[place] + min(int(wanted[place]), _ENDLESS)
        if not narrow(place):
            continue
        low = learn(-weight) if least[place] > SMALL else None
        exact[place] = True
        pins[place] = tuple(_pins(component, answer) for answer in (high, low) if answer is not None)
    return tuple(
        Interval(_up(low), _down(high), bool(is_exact), pins.get(place, ()))
        for place, (low, high, is_exact) in enumerate(zip(least, most, exact, strict=True))
    )


def _pins(component: Component, answer: Extreme) -> Pins:
    """Return the relations that keep an answer from going further, each with its dual."""
    return tuple(
        (component.relations[row], float(answer.dual[row]))
        for row in np.flatnonzero(np.abs(answer.dual) > SMALL)
    )


def _up(value: float) -> int:
    """Return the smallest whole number at or above ``value``: counts are whole, and the attacker knows it."""
    return int(np.ceil(value - SMALL))


def _down(value: float) -> int:
    return int(np.floor(value + SMALL))


def _whole_width(low: float, high: float) -> int:
    return _down(high) - _up(low)
