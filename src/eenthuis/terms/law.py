"""Words with which a value of the law names its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Authority(StrEnum):
    """How strong the ground of a value is, strongest first."""

    STATUTE = "statute"
    DECREE = "decree"
    POLICY_RULE = "policy_rule"
    CIRCULAR = "circular"
    PRACTICE = "practice"
    INFERRED = "inferred"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where one value of the law stands; it travels with every number made from it.

    ``key`` is the dotted name of the value in its instrument, ``value`` what it holds on the day asked, as text.
    ``place`` is ``nl``, or the name of a province whose own value it is.
    """

    key: str
    value: str
    instrument: str
    article: str
    authority: Authority
    source: str
    first_day: date
    last_day: date | None
    checked_on: date
    note: str = ""
    place: str = "nl"


class Rounding(StrEnum):
    """How an exact share becomes people.

    ``UP`` ("naar boven afgerond"), ``ARITHMETIC`` ("rekenkundig afgerond": a half goes up) and ``DOWN``.
    """

    UP = "up"
    ARITHMETIC = "arithmetic"
    DOWN = "down"
