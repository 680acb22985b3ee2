"""Drawing lots in public: what is put in, what was promised beforehand, and in which order it comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.terms.schemes import ApplicationId, SchemeCode, WhenShort


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


class RoundStage(StrEnum):
    """Where a round of a scheme stands on a day."""

    PROMISED = "promised"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class SchemeRound:
    """A round in which projects ask for money, and a lot decides where the budget falls short.

    Attributes
    ----------
    key, name, scheme, opens_on, closes_on, budget_cents, when_short
        Its row, its name, for which scheme, the days on which applications are taken, both counted, and its money.
    order_why
        Why a lot is drawn where the scheme itself does not say so; empty where it does.
    commitment, public_value_named
        The promise of the seed, and which value of a later day is mixed in, if one was named beforehand.
    opened_by, opened_on
        Who made the promise public, and when.
    published_on, published_by, entries, entries_digest
        The list of what takes part, once it is published.
    drawn_on, drawn_by, seed, public_value, receipt
        The draw, once it is done.
    """

    key: int
    name: str
    scheme: SchemeCode
    opens_on: date
    closes_on: date
    budget_cents: int
    when_short: WhenShort
    order_why: str
    commitment: str
    public_value_named: str
    opened_by: str
    opened_on: date
    published_on: date | None = None
    published_by: str = ""
    entries: tuple[LotEntry, ...] = ()
    entries_digest: str = ""
    drawn_on: date | None = None
    drawn_by: str = ""
    seed: str = ""
    public_value: str = ""
    receipt: str = ""

    def stage(self, today: date) -> RoundStage:
        """Return where the round stands on a day."""
        if self.drawn_on is not None:
            return RoundStage.DRAWN
        if self.published_on is not None:
            return RoundStage.PUBLISHED
        if today < self.opens_on:
            return RoundStage.PROMISED
        return RoundStage.OPEN if today <= self.closes_on else RoundStage.CLOSED
