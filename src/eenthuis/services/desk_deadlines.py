"""The deadlines on the way of households, as tasks of a desk."""

from __future__ import annotations

from datetime import date

from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.way_reading import deadlines_due
from eenthuis.terms.access import Actor
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.way import DeadlineKind

KINDS = tuple(
    kind
    for kind in DeadlineKind
    if kind not in {DeadlineKind.LINK, DeadlineKind.LEASE, DeadlineKind.WHOLE_WAY}
)
"""Deadlines that the desks tell of one by one; linking and finding a home have tasks of their own."""


def way_tasks(*, actor: Actor, today: date, region: LinkingRegion | None = None) -> list[Task | None]:
    """Return a task for each kind of deadline that is open or overdue within reach.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households.
    """
    counts = deadlines_due(actor=actor, today=today, region=region, kinds=KINDS, most=0).counts
    late = [Task("due-late", Urgency.OVERDUE, one.overdue or 0, reference=one.kind) for one in counts]
    open_ones = [
        Task("due-open", Urgency.SOON, (one.open or 0) - (one.overdue or 0), reference=one.kind)
        for one in counts
    ]
    return [*late, *open_ones]
