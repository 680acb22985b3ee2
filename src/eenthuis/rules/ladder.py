"""Climbing the intervention ladder: what a reading proposes, and what a person may decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from eenthuis.rules.judgement import Behind, Complies, ExcusablyBehind, Ground, GroundKind, Judgement, Lead
from eenthuis.terms.supervision import OFF_LADDER, Entry, Ladder, Rung


@dataclass(frozen=True, slots=True)
class Proposed:
    """The rung that a reading proposes, and why; a person in the province decides."""

    rung: int
    ground: Ground | None


def propose(held: int, judgement: Judgement, *, in_a_row: int, corrected: int, ladder: Ladder) -> Proposed:
    """Return the rung that follows from a reading: at most one above the rung that is held.

    ``in_a_row`` counts the half-years behind and not excusable, this one included. Who complies or leads leaves the
    ladder; an excusable backlog stays where it is; a rung that only a decision can enter is never proposed.

    References
    ----------
    Practice of the provinces: every step of the ladder is taken before the next.
    """
    match judgement:
        case Lead() | Complies():
            left = Ground(GroundKind.LEAVES, OFF_LADDER, held) if held != OFF_LADDER else None
            return Proposed(OFF_LADDER, left)
        case ExcusablyBehind():
            return Proposed(held, Ground(GroundKind.HELD_EXCUSABLE, held))
        case Behind(people):
            return _next(held, people, in_a_row=in_a_row, corrected=corrected, ladder=ladder)
        case _:
            assert_never(judgement)


def is_entered(rung: Rung, backlog: int, *, in_a_row: int, corrected: int) -> bool:
    """Return whether a backlog meets the conditions of a rung: people, share and half-years in a row."""
    return (
        backlog >= rung.backlog_people
        and backlog >= rung.backlog_share * corrected
        and in_a_row >= rung.half_years
    )


def _next(held: int, backlog: int, *, in_a_row: int, corrected: int, ladder: Ladder) -> Proposed:
    if held >= ladder.top:
        return Proposed(held, Ground(GroundKind.HELD_TOP, held))
    above = ladder.rung(held + 1)
    if above.entry is Entry.DECISION:
        return Proposed(held, Ground(GroundKind.HELD_DECISION, held, above.number))
    if is_entered(above, backlog, in_a_row=in_a_row, corrected=corrected):
        return Proposed(above.number, Ground(GroundKind.CLIMBS, above.number, held))
    return Proposed(held, Ground(GroundKind.HELD_CONDITIONS, held, above.number))


@dataclass(frozen=True, slots=True)
class Advanced:
    """A person put a municipality on a higher rung; ``skipped`` rungs have a written reason."""

    rung: int
    skipped: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The rung stays what it was."""

    rung: int


@dataclass(frozen=True, slots=True)
class SteppedDown:
    """A person put a municipality on a lower rung, or took it off the ladder."""

    rung: int
    reason: str


@dataclass(frozen=True, slots=True)
class SkipRefused:
    """Rungs would be skipped without a written reason; nothing changes."""

    skipped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoSuchRung:
    """The ladder has no such rung; ``top`` is its highest."""

    top: int


Decision = Advanced | Kept | SteppedDown | SkipRefused | NoSuchRung
"""Everything that can come of a decision on a rung."""


def advance(held: int, to: int, ladder: Ladder, reason: str = "") -> Decision:
    """Return what comes of putting a municipality on another rung; no rung is skipped without a written reason.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> ladder = law_book().supervision(date(2025, 7, 1)).ladder
    >>> advance(1, 4, ladder)
    SkipRefused(skipped=(2, 3))
    >>> advance(1, 4, ladder, "the executive refused every talk, letter of 3 July").skipped
    (2, 3)
    """
    if not OFF_LADDER <= to <= ladder.top:
        return NoSuchRung(ladder.top)
    if to == held:
        return Kept(held)
    if to < held:
        return SteppedDown(to, reason.strip())
    skipped = tuple(range(held + 1, to))
    if skipped and not reason.strip():
        return SkipRefused(skipped)
    return Advanced(to, skipped, reason.strip())
