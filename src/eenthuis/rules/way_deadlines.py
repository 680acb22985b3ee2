"""The deadlines on a household's way: what begins and ends each, and the days on which they run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from eenthuis.law.calendar import WayLaw
from eenthuis.rules.calendar import is_extended, last_day
from eenthuis.rules.way import every_transition
from eenthuis.rules.way_history import in_force
from eenthuis.terms.way import Deadline, DeadlineKind, StepKind, WayStep

_GONE = frozenset({StepKind.LEFT, StepKind.MERGED, StepKind.SPLIT})
_LINK_GONE = _GONE | {StepKind.LINK_ENDED}
_LINK_OTHER = _LINK_GONE | {StepKind.LINK_CHANGED}
FROM_PERMIT = frozenset({DeadlineKind.LINK, DeadlineKind.WHOLE_WAY})
"""Deadlines that begin with the permit itself."""


def met_by(kind: DeadlineKind) -> frozenset[StepKind]:  # noqa: PLR0911 - one answer per kind
    """Return the steps with which a deadline is met."""
    match kind:
        case DeadlineKind.LINK:
            return frozenset({StepKind.LINKED})
        case DeadlineKind.LEASE:
            return frozenset({StepKind.LEASED, StepKind.SIGNED_OFF})
        case DeadlineKind.ANSWER:
            return frozenset({StepKind.ACCEPTED, StepKind.REFUSED})
        case DeadlineKind.JUDGE_REFUSAL:
            return frozenset({StepKind.REFUSAL_JUSTIFIED, StepKind.REFUSAL_REJECTED})
        case DeadlineKind.LEAVE_RECEPTION:
            return frozenset({StepKind.LEFT})
        case DeadlineKind.MOVE | DeadlineKind.WHOLE_WAY:
            return frozenset({StepKind.MOVED, StepKind.SIGNED_OFF})
        case DeadlineKind.SIGN_OFF:
            return frozenset({StepKind.SIGNED_OFF})
        case DeadlineKind.LEAVE_TRANSIT | DeadlineKind.LEAVE_HOTEL:
            left = StepKind.TRANSIT_LEFT if kind is DeadlineKind.LEAVE_TRANSIT else StepKind.HOTEL_LEFT
            return frozenset({left})
        case _:
            assert_never(kind)


def action_needed(kind: DeadlineKind) -> str:
    """Return the row of the authority matrix of the step that is waited for.

    Examples
    --------
    >>> action_needed(DeadlineKind.JUDGE_REFUSAL)
    'judge-refusal'
    """
    awaited = met_by(kind)
    return next(one.action for one in every_transition() if one.kind in awaited)


def dropped_by(kind: DeadlineKind) -> frozenset[StepKind]:
    """Return the steps with which a deadline no longer matters."""
    match kind:
        case (
            DeadlineKind.LINK | DeadlineKind.WHOLE_WAY | DeadlineKind.LEAVE_TRANSIT | DeadlineKind.LEAVE_HOTEL
        ):
            return _GONE
        case DeadlineKind.LEASE | DeadlineKind.MOVE:
            return _LINK_GONE
        case DeadlineKind.SIGN_OFF:
            return _LINK_GONE | {StepKind.HOME_CHANGED}
        case DeadlineKind.ANSWER:
            return _LINK_OTHER | {StepKind.OFFER_WITHDRAWN}
        case DeadlineKind.JUDGE_REFUSAL:
            return _LINK_OTHER | {StepKind.ACCEPTED}
        case DeadlineKind.LEAVE_RECEPTION:
            return _LINK_OTHER - {StepKind.LEFT} | {StepKind.ACCEPTED}
        case _:
            assert_never(kind)


def way_deadlines(permit_on: date | None, steps: Sequence[WayStep], law: WayLaw) -> tuple[Deadline, ...]:
    """Return the deadlines on a household's way, met or open; those that no longer matter are left out.

    ``permit_on`` is None for a household of which only the later steps are known.

    References
    ----------
    Two weeks for linking, ten for a home, two for moving: practice. Algemene termijnenwet, arts. 1, 3 and 4.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> found = way_deadlines(date(2026, 3, 2), (), law_book().way(date(2026, 3, 2)))
    >>> [(deadline.kind.value, deadline.last_day.isoformat()) for deadline in found]
    [('link', '2026-03-16'), ('whole-way', '2026-06-08')]
    """
    found: list[Deadline] = []
    standing: dict[DeadlineKind, date] = {}
    if permit_on is not None:
        standing |= dict.fromkeys(sorted(FROM_PERMIT), permit_on)
    for step in in_force(steps):
        for kind in list(standing):
            if step.kind in met_by(kind):
                found += _deadline(kind, standing.pop(kind), step.on, law)
            elif step.kind in dropped_by(kind):
                del standing[kind]
        standing |= dict.fromkeys(STARTS.get(step.kind, ()), step.on)
    for kind, start in standing.items():
        found += _deadline(kind, start, None, law)
    return tuple(sorted(found, key=lambda one: (one.last_day, one.kind)))


STARTS = {one.kind: one.starts for one in every_transition() if one.starts}
"""The deadlines that begin with each kind of step."""


def _deadline(kind: DeadlineKind, start: date, met_on: date | None, law: WayLaw) -> list[Deadline]:
    term = law.terms.get(kind)
    if term is None:
        return []
    calendar = law.calendar.citations if is_extended(term, law.calendar) else ()
    ends = last_day(start, term, law.calendar)
    return [Deadline(kind, start, ends, met_on, term.citations + calendar)]
