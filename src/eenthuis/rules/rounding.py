"""Rounding an exact share to people, in the direction the law names."""

from __future__ import annotations

from typing import assert_never

from eenthuis.terms.law import Rounding


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return ``numerator / denominator`` as whole people.

    Examples
    --------
    >>> [rounded(5, 2, direction) for direction in (Rounding.UP, Rounding.ARITHMETIC, Rounding.DOWN)]
    [3, 3, 2]
    >>> rounded(7, 3, Rounding.ARITHMETIC)
    2
    """
    match rounding:
        case Rounding.UP:
            return -(-numerator // denominator)
        case Rounding.ARITHMETIC:
            return (2 * numerator + denominator) // (2 * denominator)
        case Rounding.DOWN:
            return numerator // denominator
    assert_never(rounding)
