"""Swaps ("ruil") of targets between municipalities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.law.records import TargetLaw
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Swap


@dataclass(frozen=True, slots=True)
class Swapped:
    """The targets after a swap, in people; municipalities that took no part are unchanged."""

    targets: Mapping[MunicipalityCode, int]


@dataclass(frozen=True, slots=True)
class SwapRefused:
    """Why a swap cannot stand; every reason, not only the first."""

    reasons: tuple[str, ...]


def swap(targets: Mapping[MunicipalityCode, int], agreed: Swap, law: TargetLaw) -> Swapped | SwapRefused:
    """Apply a joint decision of two or more executives to change their targets, the sum staying the same.

    References
    ----------
    Huisvestingswet 2014, art. 29, second paragraph.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> half_year = HalfYear(2026, 1)
    >>> a, b = MunicipalityCode("GM0060"), MunicipalityCode("GM0080")
    >>> agreed = Swap(half_year, date(2026, 1, 5), {a: -3, b: 3})
    >>> swap({a: 4, b: 100}, agreed, law_book().targets(half_year))
    Swapped(targets={'GM0060': 1, 'GM0080': 103})
    """
    reasons = []
    parties = [code for code, change in agreed.changes.items() if change]
    if len(parties) < law.swap_parties:
        reasons.append(f"a swap needs {law.swap_parties} municipalities or more, and {len(parties)} change")
    unknown = [code for code in agreed.changes if code not in targets]
    if unknown:
        reasons.append(f"no target in {agreed.half_year} for {', '.join(sorted(unknown))}")
    total = sum(agreed.changes.values())
    if law.swap_keeps_sum and total:
        reasons.append(f"the changes add up to {total:+d} people where they must add up to 0")
    reasons += [
        f"{code} would have a target of {targets[code] + change}"
        for code, change in sorted(agreed.changes.items())
        if code in targets and targets[code] + change < 0
    ]
    if reasons:
        return SwapRefused(tuple(reasons))
    return Swapped({code: people + agreed.changes.get(code, 0) for code, people in targets.items()})


def agreement(
    half_year: HalfYear,
    decided_on: date,
    changes: Sequence[tuple[MunicipalityCode, int]],
    reference: str = "",
) -> Swap | SwapRefused:
    """Return the joint decision that a list of changes in people describes; each municipality stands in it once.

    Examples
    --------
    >>> a = MunicipalityCode("GM0060")
    >>> agreement(HalfYear(2026, 1), date(2026, 1, 5), [(a, -3), (a, 3)])
    SwapRefused(reasons=('GM0060 stands in the swap 2 times',))
    """
    times = Counter(code for code, _ in changes)
    twice = tuple(f"{code} stands in the swap {n} times" for code, n in sorted(times.items()) if n > 1)
    return SwapRefused(twice) if twice else Swap(half_year, decided_on, dict(changes), reference)
