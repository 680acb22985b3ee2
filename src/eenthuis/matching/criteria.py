"""What a criterion of linking is, and what keeps an unsound one out of the registers.

A criterion says what it means, in which unit, on what basis and from which source. One without a basis does not load,
and neither does one that reads nationality, religion or ethnicity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import partial
from types import CodeType, MappingProxyType

import numpy as np
from numpy.typing import NDArray

from eenthuis.terms.errors import LinkingError
from eenthuis.terms.law import Authority
from eenthuis.terms.linking import OpenPlace
from eenthuis.terms.people import Household, JoiningRelatives, Member
from eenthuis.terms.places import LinkingRegion, MunicipalityCode


class Basis(StrEnum):
    """On what a criterion rests: an Act or decree, policy or practice of the chain, or a choice stated here."""

    LAW = "law"
    POLICY = "policy"
    CHOICE = "choice"


class Kind(StrEnum):
    """What a criterion does; the first part of its key.

    ``HARD`` leaves only the places that satisfy it, ``SOFT`` gives points, ``COUNT`` says whose room is taken,
    ``SPREAD`` caps what one municipality gets of a kind of household, ``PACE`` sets people off against time.
    """

    HARD = "hard"
    SOFT = "soft"
    COUNT = "count"
    SPREAD = "spread"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that no paper gives: its value, its unit and why this value was chosen."""

    value: float
    unit: str
    why: str
    authority: Authority = Authority.ASSUMPTION


@dataclass(frozen=True, slots=True)
class Ground:
    """The open places as criteria see them: the column of each municipality, and the columns of each region."""

    column: Mapping[MunicipalityCode, int]
    by_region: Mapping[LinkingRegion, NDArray[np.int64]]

    @classmethod
    def of(cls, places: Sequence[OpenPlace]) -> Ground:
        """Return the ground of a list of places; a column is a place's number in the list."""
        regions = np.array([place.region.value for place in places])
        return cls(
            column={place.municipality: number for number, place in enumerate(places)},
            by_region={region: np.flatnonzero(regions == region.value) for region in LinkingRegion},
        )

    def columns(self, codes: frozenset[MunicipalityCode]) -> NDArray[np.int64]:
        """Return the columns of those municipalities that are among the places."""
        return np.array([self.column[code] for code in codes if code in self.column], np.int64)


Holds = Callable[[Household, Ground], tuple[NDArray[np.int64], ...]]
"""The columns at which a criterion holds for a household, once per tie; empty when it says nothing about it."""

Counts = Callable[[Household, date], int]
"""How many people a household takes room for besides its members, until and including a day."""

READABLE = MappingProxyType(
    {
        name: frozenset(field.name for field in fields(of))
        for name, of in (
            ("household", Household),
            ("member", Member),
            ("joining", JoiningRelatives),
            ("place", OpenPlace),
        )
    }
)
"""What a criterion can read: the fields of the records of linking, and nothing else."""

PROTECTED_WORDS = frozenset(
    {"race", "races", "ras", "rassen", "origin", "origins", "country", "land", "birthplace", "creed", "tribe"}
)
"""Words that may not stand in the name of anything a criterion reads, in English and Dutch."""

PROTECTED_STEMS = (
    "nationalit", "citizenship", "staatsburger", "ethni", "etni", "racial", "raciaal", "relig", "geloof", "godsdienst",
    "faith", "church", "kerk", "islam", "moslim", "muslim", "christ", "jewish", "joods", "herkomst", "afkomst",
    "afstamming", "ancestry", "geboorteland", "huidskleur", "skincolo", "levensovertuiging",
    "countryof", "origincountr", "birthcountr", "homecountr",
)  # fmt: skip
"""Beginnings of such words; a word is looked at in lower case, and a whole name once more without its separators."""


def protected_word(name: str) -> str | None:
    """Return the part of a name that tells nationality, religion, ethnicity, race or country of origin, if any.

    Examples
    --------
    >>> protected_word("country_of_origin"), protected_word("household.landVanHerkomst"), protected_word("region")
    ('country', 'land', None)
    """
    parts: list[str] = [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]
    whole = "".join(parts)
    for word in (*parts, whole):
        if word in PROTECTED_WORDS or word.startswith(PROTECTED_STEMS):
            return word
    return next((stem for stem in PROTECTED_STEMS if stem in whole), None)


def names_read(function: Callable[..., object]) -> frozenset[str]:
    """Return every name, attribute and one-word text that a function of a criterion uses, with what it closes over."""
    if isinstance(function, partial):
        texts = {text for text in (*function.args, *function.keywords.values()) if isinstance(text, str)}
        return names_read(function.func) | texts
    code = getattr(function, "__code__", None)
    found = set(_names_of(code)) if isinstance(code, CodeType) else set()
    for cell in getattr(function, "__closure__", None) or ():
        content = cell.cell_contents
        if isinstance(content, str):
            found.add(str(content))
        elif callable(content) and hasattr(content, "__code__"):
            found |= names_read(content)
    return frozenset(found)


def _names_of(code: CodeType) -> Iterator[str]:
    yield from (*code.co_names, *code.co_varnames, *code.co_freevars)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_of(constant)
        elif isinstance(constant, str) and constant.isidentifier():
            yield constant


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of linking; making an unsound one raises.

    Attributes
    ----------
    key
        Kind and name, such as ``hard:work-contract``; reasons carry it as their code.
    meaning, unit
        What it says, and in what it counts.
    basis, source
        On what it rests, and the address of the paper; a choice says in words why it was made.
    reads
        The fields it looks at, such as ``household.hard_ties``.
    holds
        For a hard or soft criterion: where it holds for a household.
    counts
        For a criterion that counts people: how many.
    setting
        The points of a soft criterion, or the number with which a spread or pace is kept.

    Raises
    ------
    LinkingError
        LNK-04 naming the criterion and what it lacks, or the protected field that it reads.
    """

    key: str
    meaning: str
    unit: str
    basis: Basis
    source: str
    reads: tuple[str, ...]
    holds: Holds | None = None
    counts: Counts | None = None
    setting: Setting | None = None

    def __post_init__(self) -> None:
        """Refuse a criterion that is not sound."""
        wrong = next(_faults(self), None)
        if wrong:
            raise LinkingError(
                "LNK-04",
                f"criterion {self.key or '(without a key)'}: {wrong}",
                remedy="Give it a meaning, a unit, a basis with its source, and only fields that may be read.",
            )

    @property
    def kind(self) -> Kind:
        """What it does."""
        return Kind(self.key.partition(":")[0])

    @property
    def points(self) -> float:
        """What it adds to the score where it holds; 0 for all but soft criteria."""
        return self.setting.value if self.setting and self.kind is Kind.SOFT else 0.0


def _faults(criterion: Criterion) -> Iterator[str]:
    yield from _unfounded(criterion)
    for name in (criterion.key, *criterion.reads):
        if protected_word(name):
            yield f"{name!r} tells {protected_word(name)!r}, which may not count"
    for function in (criterion.holds, criterion.counts):
        for name in sorted(names_read(function)) if function else ():
            if protected_word(name):
                yield f"it reads {name!r}, which may not count"
    for name in criterion.reads:
        record, _, field = name.partition(".")
        if field not in READABLE.get(record, ()):
            yield f"{name!r} is not a field that can be read"
    yield from _unfit(criterion)


def _unfounded(criterion: Criterion) -> Iterator[str]:
    if not isinstance(criterion.basis, Basis):
        yield "it has no basis in law, policy or a stated choice"
    for what in ("meaning", "unit", "source"):
        if not getattr(criterion, what).strip():
            yield f"it has no {what}"
    if criterion.basis in {Basis.LAW, Basis.POLICY} and not criterion.source.startswith(
        ("https://", "http://")
    ):
        yield "law or policy is named without the address of its paper"
    if not criterion.reads:
        yield "it does not say what it reads"


def _unfit(criterion: Criterion) -> Iterator[str]:
    kind, _, name = criterion.key.partition(":")
    if kind not in set(Kind) or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        yield "its key is not a kind, a colon and a name in small letters"
    elif kind in {Kind.HARD, Kind.SOFT} and criterion.holds is None:
        yield "it does not say where it holds"
    elif kind == Kind.COUNT and criterion.counts is None:
        yield "it does not say what it counts"
    if kind in {Kind.SOFT, Kind.SPREAD} and criterion.setting is None:
        yield "its number is not stated"
    if criterion.setting and not (criterion.setting.why.strip() and np.isfinite(criterion.setting.value)):
        yield "its number is not finite or has no reason"


def register(*criteria: Criterion) -> Mapping[str, Criterion]:
    """Return criteria by key, in the order given.

    Raises
    ------
    LinkingError
        LNK-04 when a key appears twice.
    """
    found: dict[str, Criterion] = {}
    for criterion in criteria:
        if criterion.key in found:
            raise LinkingError(
                "LNK-04",
                f"criterion {criterion.key}: it is registered twice",
                remedy="Give each its own key.",
            )
        found[criterion.key] = criterion
    return MappingProxyType(found)
