"""Where schemes overlap on a day: the aim is as few and as uniform ones as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from eenthuis.law.schemes import Scheme
from eenthuis.terms.schemes import AmountPer, TargetGroup


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two schemes that pay for the same purpose and for groups they share, on one day.

    ``differs_in`` names where they are not uniform, out of ``amount``, ``order``, ``evidence`` and ``conditions``;
    what one of them leaves open is not counted as a difference.
    """

    first: Scheme
    second: Scheme
    groups: frozenset[TargetGroup]
    differs_in: tuple[str, ...]


def overlaps(schemes: Sequence[Scheme]) -> tuple[Overlap, ...]:
    """Return every pair of schemes that a project could turn to for the same homes or people.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.schemes import schemes_on
    >>> [(one.first.code, one.second.code) for one in overlaps(schemes_on(law_book(), date(2022, 10, 1)))]
    [('rha-2022', 'sft-2022')]
    """
    found = []
    for first, second in combinations(schemes, 2):
        groups = first.groups & second.groups
        if first.purpose is second.purpose and groups:
            found.append(Overlap(first, second, groups, _differences(first, second)))
    return tuple(found)


def _differences(first: Scheme, second: Scheme) -> tuple[str, ...]:
    def asked(one: Scheme) -> frozenset[tuple[str, str, int]]:
        return frozenset((c.fact.value, c.kind.value, int(c.bound)) for c in one.conditions)

    compared: tuple[tuple[str, object, object], ...] = (
        ("amount", _amount(first), _amount(second)),
        ("order", first.order, second.order),
        ("evidence", first.evidence or None, second.evidence or None),
        ("conditions", asked(first) or None, asked(second) or None),
    )
    return tuple(
        word for word, one, other in compared if one is not None and other is not None and one != other
    )


def _amount(scheme: Scheme) -> tuple[int, AmountPer | None] | None:
    return None if scheme.amount_cents is None else (scheme.amount_cents, scheme.amount_per)
