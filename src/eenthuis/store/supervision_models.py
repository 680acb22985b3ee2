"""The tables of supervision: dated readings of municipalities and the files kept of them, only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ReadingRow(models.Model):
    """How one municipality stood at the start of a day, as it was kept then; a later row may replace it."""

    municipality = models.CharField(max_length=6)
    half_year = models.CharField(max_length=7)
    as_of = models.DateField()
    verdict = models.CharField(max_length=20)
    people = models.IntegerField()
    held = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField()
    answer_by = models.DateField(null=True)
    is_provisional = models.BooleanField()
    receipt = models.ForeignKey("store.ReceiptRow", on_delete=models.PROTECT)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    kept_by = models.CharField(max_length=80)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "half_year", "as_of"], name="readings_of")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "receipt"], name="one_reading_per_receipt"),
        ]


class ContactRow(models.Model):
    """One entry of the file that a province keeps of a municipality; a correction is a new row.

    ``first_by`` is who put forward what this row confirms: the database refuses the same person twice.
    """

    municipality = models.CharField(max_length=6)
    kind = models.CharField(max_length=30)
    on = models.DateField()
    what = models.TextField(blank=True)
    half_year = models.CharField(max_length=7, blank=True)
    due = models.DateField(null=True)
    people = models.PositiveIntegerField(null=True)
    rung = models.PositiveSmallIntegerField(null=True)
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reference = models.CharField(max_length=80, blank=True)
    first_by = models.CharField(max_length=80, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "on"], name="contacts_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="rung-confirmed")
                | (~Q(first_by="") & ~Q(first_by=models.F("recorded_by"))),
                name="four_eyes_before_a_rung",
            ),
        ]


class WarningRow(models.Model):
    """That the chance of a municipality to meet its target fell under the threshold, or rose above it, on a day.

    ``chance`` is in thousandths.
    """

    municipality = models.CharField(max_length=6)
    half_year = models.CharField(max_length=7)
    on = models.DateField()
    chance = models.PositiveSmallIntegerField()
    is_low = models.BooleanField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["half_year", "municipality"], name="warnings_of")]
