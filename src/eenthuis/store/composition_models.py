"""The tables of published family composition: every month's counts, what of them is hidden, and the files made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CompositionRow(models.Model):
    """The composition on the first day of a month, published once; a hidden count is null in ``shown``."""

    month = models.DateField(unique=True)
    shown = models.JSONField()
    receipt = models.ForeignKey("store.ReceiptRow", on_delete=models.PROTECT)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)


class CompositionCountsRow(models.Model):
    """Every count of a published month, the hidden ones too: the next month must know what did not change."""

    composition = models.OneToOneField(
        CompositionRow, on_delete=models.PROTECT, primary_key=True, related_name="counted"
    )
    counts = models.JSONField()
    people_linked = models.JSONField()


class CompositionFileRow(models.Model):
    """A file of a month's report, as it was sent."""

    composition = models.ForeignKey(CompositionRow, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["composition", "name"], name="one_file_of_a_name_per_month"),
        ]
