"""The tables of projects of flex homes and of how people live there, only ever added (migrations 0036 and 0043)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class FlexProjectRow(models.Model):
    """A version of a project: added, changed or withdrawn; the last one holds. Homes are counted by group and size."""

    project = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    municipality = models.CharField(max_length=6)
    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    scheme = models.CharField(max_length=40, blank=True)
    applied_on = models.DateField()
    homes = models.PositiveIntegerField()
    meant_for = models.JSONField(default=dict)
    extra_in_stock = models.JSONField(default=dict)
    sizes = models.JSONField(default=dict)
    starts_on = models.DateField(null=True)
    delivered_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    why = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "step"], name="one_version_of_a_project_per_step"),
            models.CheckConstraint(
                condition=Q(kind__in=("added", "changed", "withdrawn")), name="a_project_has_a_known_step"
            ),
            models.CheckConstraint(condition=Q(homes__gte=1) & Q(years__gte=1), name="a_project_has_homes"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("delivered_on")),
                name="a_project_is_built_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality"], name="flex_by_municipality"),
            models.Index(fields=["owner"], name="flex_by_owner"),
        ]


class LiveabilityRow(models.Model):
    """A figure on liveability of a project; a correction or withdrawal is a new row that replaces it, with a reason."""

    project = models.CharField(max_length=20)
    municipality = models.CharField(max_length=6)
    owner = models.CharField(max_length=80)
    measure = models.CharField(max_length=20)
    on = models.DateField()
    value = models.DecimalField(max_digits=6, decimal_places=1)
    measured_by = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_withdrawn = models.BooleanField(default=False, db_default=False)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(replaces__isnull=False),
                name="a_withdrawn_figure_stood_there",
            ),
            models.CheckConstraint(
                condition=Q(measure="satisfied", value__gte=0, value__lte=100)
                | Q(measure__in=("complaints", "police-reports", "turnover"), value__gte=0, value__lte=1000),
                name="a_liveability_figure_can_be_right",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(why=""), name="a_corrected_figure_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["project", "measure", "on"], name="liveability_by_project")]
