"""Figures on liveability of projects of flex homes as rows, and back."""

from __future__ import annotations

from eenthuis.store.flex_models import LiveabilityRow
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityId, LiveabilityMeasure


def figures(project: FlexProjectId) -> tuple[LiveabilityFigure, ...]:
    """Return the figures of a project that hold, within reach, by measure and day."""
    rows = LiveabilityRow.objects.filter(project=project, replaced_by__isnull=True, is_withdrawn=False)
    found = [_figure(row) for row in rows.order_by("on", "pk")]
    order = tuple(LiveabilityMeasure)
    return tuple(sorted(found, key=lambda one: (order.index(one.measure), one.on)))


def add_figure(
    project: FlexProject,
    figure: LiveabilityFigure,
    *,
    entered_by: str,
    replaces: LiveabilityId | None = None,
    why: str = "",
    is_withdrawn: bool = False,
) -> LiveabilityId:
    """Add a figure of a project, in place of an earlier one if ``replaces`` names it; return its number."""
    row = LiveabilityRow.objects.create(
        project=project.identifier,
        municipality=project.municipality,
        owner=project.owner,
        measure=figure.measure.value,
        on=figure.on,
        value=figure.value,
        measured_by=figure.measured_by,
        source=figure.source,
        why=why,
        replaces_id=replaces,
        is_withdrawn=is_withdrawn,
        entered_by=entered_by,
    )
    return LiveabilityId(row.pk)


def withdraw_figure(project: FlexProject, figure: LiveabilityFigure, *, entered_by: str, why: str) -> None:
    """Withdraw a figure: a last row takes its place, which holds no more than that it was withdrawn, and why."""
    add_figure(project, figure, entered_by=entered_by, replaces=figure.number, why=why, is_withdrawn=True)


def _figure(row: LiveabilityRow) -> LiveabilityFigure:
    return LiveabilityFigure(
        measure=LiveabilityMeasure(row.measure),
        on=row.on,
        value=row.value,
        measured_by=row.measured_by,
        source=row.source,
        number=LiveabilityId(row.pk),
    )
