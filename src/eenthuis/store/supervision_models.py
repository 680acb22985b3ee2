"""The tables of supervision: dated readings of municipalities, only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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
