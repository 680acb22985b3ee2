"""Bounds that follow from one relation at a time: quick, never too narrow, and enough to see what is plain."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, inf

from eenthuis.disclosure.knowledge import Dated, Known

_ROUNDS = 12


def bounds(relations: Sequence[Known]) -> dict[Dated, tuple[float, float]]:
    """Return the least and the most that every unknown can be, as far as relations taken one by one say.

    Going round them again and again narrows the bounds; the true interval lies within them.

    Examples
    --------
    >>> bounds([])
    {}
    """
    found = {unknown: (0.0, inf) for relation in relations for unknown, _ in relation.terms}
    for _ in range(_ROUNDS):
        changed = False
        for relation in relations:
            changed |= _narrowed(relation, found)
        if not changed:
            break
    return found


def _narrowed(relation: Known, found: dict[Dated, tuple[float, float]]) -> bool:
    parts = [_part(coefficient, *found[unknown]) for unknown, coefficient in relation.terms]
    lowest, highest = sum(low for low, _ in parts), sum(high for _, high in parts)
    changed = False
    for (unknown, coefficient), (low, high) in zip(relation.terms, parts, strict=True):
        before = found[unknown]
        # what is left for this term when the others are at their lowest, or at their highest
        most = inf if relation.most is None or lowest == -inf else relation.most - (lowest - low)
        least = -inf if relation.least is None or highest == inf else relation.least - (highest - high)
        ends = sorted((most / coefficient, least / coefficient))
        after = (
            max(before[0], ceil(ends[0]) if ends[0] > -inf else ends[0]),
            min(before[1], floor(ends[1]) if ends[1] < inf else ends[1]),
        )
        if after != before:
            found[unknown] = after
            changed = True
    return changed


def _part(coefficient: int, low: float, high: float) -> tuple[float, float]:
    return (
        (coefficient * low, coefficient * high)
        if coefficient > 0
        else (coefficient * high, coefficient * low)
    )
