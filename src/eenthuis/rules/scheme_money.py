"""Advance ("voorschot"), settlement ("vaststelling") and recovery, in whole cents."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eenthuis.rules.rounding import rounded
from eenthuis.terms.errors import InputError
from eenthuis.terms.law import Rounding


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an award comes to in the end, in whole cents.

    ``settled_cents`` is established on the evidence; ``due_cents`` is still to be paid, negative what is paid back.
    """

    awarded_cents: int
    paid_cents: int
    settled_cents: int

    @property
    def due_cents(self) -> int:
        """What is still to be paid; negative is to be paid back."""
        return self.settled_cents - self.paid_cents


def advance(awarded_cents: int, part: Fraction) -> int:
    """Return the advance on an award, rounded down to a whole cent so that it never exceeds its part.

    Raises
    ------
    InputError
        INP-06 when the award is negative, or the part not from 0 to 1.

    Examples
    --------
    >>> advance(1001, Fraction(1, 2))
    500
    """
    if awarded_cents < 0 or not 0 <= part <= 1:
        raise InputError(
            "INP-06",
            f"an advance of {part} of {awarded_cents}",
            remedy="Give an award of 0 or more, a part up to 1.",
        )
    exact = part * awarded_cents
    return rounded(exact.numerator, exact.denominator, Rounding.DOWN)


def settle(*, awarded_cents: int, paid_cents: int, shown_units: int, unit_cents: int) -> Settlement:
    """Return the settlement of an award on its evidence: what was shown at its amount, never more than was awarded.

    Raises
    ------
    InputError
        INP-06 when a number is negative.

    Examples
    --------
    >>> settle(awarded_cents=7_800_00, paid_cents=7_800_00, shown_units=0, unit_cents=7_800_00).due_cents
    -780000
    """
    if min(awarded_cents, paid_cents, shown_units, unit_cents) < 0:
        raise InputError(
            "INP-06", "a negative number in a settlement", remedy="Give whole cents and counts, 0 or more."
        )
    return Settlement(awarded_cents, paid_cents, min(awarded_cents, shown_units * unit_cents))
