"""The processing log as rows."""

from __future__ import annotations

from collections.abc import Sequence

from eenthuis.store.processing_models import ProcessingLogRow
from eenthuis.terms.processing import Activity


def add(activity: Activity, households: Sequence[str], *, request: str) -> None:
    """Add a line for every household."""
    ProcessingLogRow.objects.bulk_create(
        [ProcessingLogRow(request=request, activity=activity.value, household=name) for name in households]
    )


def of(household: str) -> tuple[ProcessingLogRow, ...]:
    """Return the lines about a household, oldest first."""
    return tuple(ProcessingLogRow.objects.filter(household=household).order_by("id"))
