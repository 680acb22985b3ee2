"""The calendar half-year ("kalenderhalfjaar") in which a housing target holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from eenthuis.terms.errors import InputError

_WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<half>I{1,2}|[12])")
_JULY = 7
_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """A calendar half-year: I is January to June, II is July to December.

    Examples
    --------
    >>> str(HalfYear(2023, 1)), HalfYear(2023, 1).last_day.isoformat()
    ('2023-I', '2023-06-30')
    >>> HalfYear(2023, 2).next
    HalfYear(year=2024, half=1)
    """

    year: int
    half: int

    def __post_init__(self) -> None:
        """Refuse a half that does not exist."""
        if self.half not in {1, 2} or self.year not in _YEARS:
            raise InputError(
                "INP-01",
                f"{self.year}-{self.half} is not a half-year",
                remedy="Write the year and I or II, such as 2023-I.",
            )

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read ``2023-I`` or ``2023-2``.

        Raises
        ------
        InputError
            INP-01 when it is not a half-year.
        """
        match = _WRITTEN.fullmatch(written.strip().upper())
        if match is None:
            raise InputError(
                "INP-01",
                f"{written!r} is not a half-year",
                remedy="Write the year and I or II, such as 2023-I.",
            )
        return cls(int(match["year"]), 1 if match["half"] in {"I", "1"} else 2)

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the half-year in which ``day`` falls."""
        return cls(day.year, 1 if day.month < _JULY else 2)

    @property
    def first_day(self) -> date:
        """1 January or 1 July."""
        return date(self.year, 1 if self.half == 1 else _JULY, 1)

    @property
    def last_day(self) -> date:
        """30 June or 31 December; it still counts."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its six months."""
        return tuple(date(self.year, self.first_day.month + n, 1) for n in range(6))

    @property
    def next(self) -> HalfYear:
        """The half-year after it."""
        return self.shift(1)

    @property
    def previous(self) -> HalfYear:
        """The half-year before it."""
        return self.shift(-1)

    def shift(self, steps: int) -> HalfYear:
        """Return the half-year ``steps`` later (earlier when negative)."""
        count = self.year * 2 + (self.half - 1) + steps
        return HalfYear(count // 2, count % 2 + 1)

    def __str__(self) -> str:
        """Return the usual way of writing it, ``2023-I``."""
        return f"{self.year}-{'I' * self.half}"
