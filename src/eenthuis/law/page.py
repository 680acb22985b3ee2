"""A page of the law book: the values of one day and place, read into a record with their citations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from eenthuis.law.loading import LawValue
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation

Choice = TypeVar("Choice", bound=StrEnum)
LookUp = Callable[[str], tuple[LawValue, Citation]]
"""Answers with the value of a key, on the day and in the place of the page."""


class Page:
    """Collects citations while values of one day and place are read, each of the kind its record wants.

    Every reading raises LAW-01 when there is no value and LAW-02 when it is of another kind.
    """

    def __init__(self, look_up: LookUp, day: date) -> None:
        """Open the page of ``day``; ``look_up`` answers for that day and for one place."""
        self._look_up, self.day = look_up, day
        self._citations: list[Citation] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of everything read so far, in order."""
        return tuple(self._citations)

    def _take(self, key: str) -> LawValue:
        value, citation = self._look_up(key)
        self._citations.append(citation)
        return value

    def text(self, key: str) -> str:
        """Return a value as text."""
        return str(self._take(key))

    def choice(self, kind: type[Choice], key: str) -> Choice:
        """Return a value as one of the choices of ``kind``."""
        try:
            return kind(self.text(key))
        except ValueError:
            raise self._unfit(key, f"one of {', '.join(kind)}") from None

    def whole(self, key: str) -> int:
        """Return a value as a whole number."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._unfit(key, "a whole number")
        return value

    def yes(self, key: str) -> bool:
        """Return a value as yes or no."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self._unfit(key, "true or false")
        return value

    def share(self, key: str) -> Fraction:
        """Return a value as an exact share."""
        try:
            return Fraction(str(self._take(key)))
        except (ValueError, ZeroDivisionError):
            raise self._unfit(key, "a share such as 1/2 or 0.5") from None

    def _unfit(self, key: str, wanted: str) -> LawError:
        held = self._citations[-1]
        return LawError(
            "LAW-02",
            f"{held.instrument}: {key} is {held.value!r} on {self.day.isoformat()}",
            remedy=f"Make it {wanted}.",
        )
