"""The tables of forecasts: official estimates and counts as they are entered, and our own forecasts as they were made.

Rows here are only ever added (see migration ``forecasts``): a correction names the row it replaces.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from eenthuis.terms.estimates import EstimateKind, Quantity

HALF_YEAR_LENGTH = 7


class EstimateRow(models.Model):
    """An official estimate of a half-year, or a count of what came, in people."""

    quantity = models.CharField(max_length=30)
    half_year = models.CharField(max_length=HALF_YEAR_LENGTH)
    kind = models.CharField(max_length=10)
    low = models.PositiveIntegerField(null=True)
    middle = models.PositiveIntegerField()
    high = models.PositiveIntegerField(null=True)
    made_on = models.DateField()
    until = models.DateField(null=True)
    source = models.TextField()
    note = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["quantity", "half_year"], name="estimate_by_what")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__in=[one.value for one in Quantity]), name="an_estimate_is_of_something"
            ),
            models.CheckConstraint(
                condition=Q(kind=EstimateKind.ESTIMATE.value, until__isnull=True)
                | Q(kind=EstimateKind.COUNT.value, until__isnull=False, low__isnull=True, high__isnull=True),
                name="an_estimate_or_a_count",
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("middle")))
                & (Q(high__isnull=True) | Q(high__gte=F("middle"))),
                name="an_estimate_in_order",
            ),
        ]


class ForecastRow(models.Model):
    """Our forecast of one half-year as it was made on a day: the quantiles at the levels of every forecast."""

    made_on = models.DateField()
    series = models.CharField(max_length=30)
    last_known = models.CharField(max_length=HALF_YEAR_LENGTH)
    half_year = models.CharField(max_length=HALF_YEAR_LENGTH)
    model = models.CharField(max_length=30)
    people = models.JSONField()
    version = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["made_on", "series", "half_year"], name="one_forecast_per_day_and_half_year"
            ),
        ]


class DeviationRow(models.Model):
    """That what is expected of a half-year deviates substantially from what was told, in people.

    ``told_from`` and ``signal_from`` are the days from which each was known; ``law`` is what was substantial then.
    """

    half_year = models.CharField(max_length=HALF_YEAR_LENGTH)
    origin = models.CharField(max_length=10)
    told_people = models.PositiveIntegerField()
    told_from = models.DateField()
    told_source = models.TextField()
    signal_people = models.PositiveIntegerField()
    signal_low = models.PositiveIntegerField(null=True)
    signal_high = models.PositiveIntegerField(null=True)
    signal_from = models.DateField()
    signal_source = models.TextField()
    law = models.JSONField()
    drafted_on = models.DateField()
    drafted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["half_year", "origin", "told_people", "told_from", "signal_people", "signal_from"],
                name="one_draft_per_deviation",
            ),
        ]


class DeviationStepRow(models.Model):
    """What was done with a drafted deviation; the database holds that who tells it is not who put it forward."""

    deviation = models.ForeignKey(DeviationRow, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deviation", "kind"], name="one_step_of_a_kind_per_deviation"),
            models.UniqueConstraint(
                fields=["deviation"],
                condition=Q(kind__in=("told", "dropped", "overtaken")),
                name="a_deviation_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("put-forward", "told", "dropped", "overtaken")),
                name="a_deviation_has_a_known_step",
            ),
        ]
