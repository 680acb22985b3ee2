"""Areas in which composition is told: large municipalities each by itself, the others together by COROP area.

Who lives where on one fixed day decides, never how many households there are: where a border runs tells nothing of
them, and it does not move from month to month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eenthuis.terms.places import Municipality

_PREFIX, _JOIN = "CR", "-"


@dataclass(frozen=True, slots=True)
class _Together:
    corops: tuple[str, ...]
    municipalities: tuple[str, ...]
    inhabitants: int

    @property
    def code(self) -> str:
        return _PREFIX + _JOIN.join(sorted(self.corops))

    def with_(self, other: _Together) -> _Together:
        return _Together(
            tuple(sorted(self.corops + other.corops)),
            self.municipalities + other.municipalities,
            self.inhabitants + other.inhabitants,
        )


def areas(
    municipalities: Sequence[Municipality],
    inhabitants: Mapping[str, int],
    *,
    alone: int,
    together: int,
    fewest: int,
) -> Mapping[str, str]:
    """Return the code of the area of every municipality: its own code, or that of the COROP areas it is told with.

    A municipality of at least ``alone`` inhabitants stands by itself. Others stand together per COROP area; an area of
    fewer than ``together`` inhabitants or ``fewest`` municipalities is joined with the area nearest in number within
    its province, as CBS numbers neighbours. One without ``inhabitants`` came to be later, and is no large one; one of
    which no COROP area is known any more stands in the first of its province.

    Examples
    --------
    >>> from eenthuis.terms.places import MunicipalityCode, ProvinceCode
    >>> def one(code, corop):
    ...     return Municipality(
    ...         MunicipalityCode(code), code, code, ProvinceCode("PV20"), corop, None, date(2019, 1, 1), None
    ...     )
    >>> from datetime import date
    >>> small = [one(f"GM000{n}", "01") for n in range(3)] + [one("GM0009", "02"), one("GM0014", "03")]
    >>> found = areas(small, {"GM0014": 240_000}, alone=100_000, together=0, fewest=3)
    >>> found["GM0014"], found["GM0009"], found["GM0001"]
    ('GM0014', 'CR01-02', 'CR01-02')
    """
    found: dict[str, str] = {}
    usual: dict[str, str] = {}
    for place in sorted(municipalities, key=lambda one: one.corop, reverse=True):
        if place.corop:
            usual[str(place.province)] = place.corop
    provinces: defaultdict[str, dict[str, _Together]] = defaultdict(dict)
    for place in sorted(municipalities, key=lambda one: one.code):
        code, people = str(place.code), inhabitants.get(place.code, 0)
        if people >= alone:
            found[code] = code
            continue
        held = provinces[str(place.province)]
        corop = place.corop or usual[str(place.province)]
        single = _Together((corop,), (code,), people)
        before = held.get(corop)
        held[corop] = (
            single
            if before is None
            else _Together(before.corops, (*before.municipalities, code), before.inhabitants + people)
        )
    for held in provinces.values():
        for group in _joined(list(held.values()), together, fewest):
            found |= dict.fromkeys(group.municipalities, group.code)
    return found


def _joined(groups: list[_Together], together: int, fewest: int) -> list[_Together]:
    while len(groups) > 1:
        short = [one for one in groups if one.inhabitants < together or len(one.municipalities) < fewest]
        if not short:
            break
        least = min(short, key=lambda one: (one.inhabitants, one.code))
        nearest = min(
            (one for one in groups if one is not least),
            key=lambda one: (_apart(one, least), one.inhabitants, one.code),
        )
        groups = [one for one in groups if one is not least and one is not nearest] + [least.with_(nearest)]
    return groups


def _apart(one: _Together, other: _Together) -> int:
    return min(abs(int(a) - int(b)) for a in one.corops for b in other.corops)


def corops_of(area: str) -> tuple[str, ...]:
    """Return the numbers of the COROP areas in the code of an area; none of a municipality by itself.

    Examples
    --------
    >>> corops_of("CR01-02"), corops_of("GM0014")
    (('01', '02'), ())
    """
    return tuple(area.removeprefix(_PREFIX).split(_JOIN)) if area.startswith(_PREFIX) else ()
