"""Drawing lots in public: what is put in, what was promised beforehand, and in which order it comes out."""

from __future__ import annotations

from dataclasses import dataclass

from eenthuis.terms.schemes import ApplicationId


@dataclass(frozen=True, slots=True)
class LotEntry:
    """An application that takes part: its category, first being 1, and the amount asked in whole cents."""

    application: ApplicationId
    category: int
    asked_cents: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where an application came out.

    Attributes
    ----------
    entry, place
        The application, and its place in the order from 1 on.
    key
        The SHA-256 by which it was put in order inside its category; anyone can compute it again.
    awarded_cents, left_cents
        What it is awarded, all it asks or nothing, and what of the budget is left after it.
    """

    entry: LotEntry
    place: int
    key: str
    awarded_cents: int
    left_cents: int


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw: the promise made beforehand, the seed revealed, and the order that follows from both.

    ``entries_digest`` is the digest of all that took part, published before the seed is revealed.
    """

    round_name: str
    commitment: str
    seed: str
    public_value: str
    entries_digest: str
    budget_cents: int
    drawn: tuple[Drawn, ...]

    @property
    def awarded_cents(self) -> int:
        """The sum of all awards, in whole cents."""
        return sum(one.awarded_cents for one in self.drawn)
