"""The tables of letters of supervision: what was written, its files, and what was done with it; only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

CODE_LENGTH = 6


class SupervisionLetterRow(models.Model):
    """A letter of a province to a municipality as it was written, with its files and their digests."""

    number = models.CharField(max_length=14, unique=True)
    province = models.CharField(max_length=4)
    municipality = models.CharField(max_length=CODE_LENGTH)
    half_year = models.CharField(max_length=7)
    kind = models.CharField(max_length=30)
    rung = models.PositiveSmallIntegerField()
    subject = models.TextField()
    parts = models.JSONField()
    facts = models.JSONField()
    answer_by = models.DateField(null=True)
    written_on = models.DateField()
    pdf = models.BinaryField()
    docx = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)
    docx_digest = models.CharField(max_length=64)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["province", "municipality"], name="letter_by_place")]


class SupervisionLetterStepRow(models.Model):
    """What was done with a letter; the database holds that who sends it is not who put it forward."""

    letter = models.ForeignKey(SupervisionLetterRow, on_delete=models.PROTECT, related_name="steps")
    municipality = models.CharField(max_length=CODE_LENGTH)
    kind = models.CharField(max_length=12)
    on = models.DateField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "kind"], name="one_step_of_a_kind_per_letter"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(kind__in=("sent", "withdrawn")), name="a_letter_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("put-forward", "sent", "withdrawn")), name="a_letter_has_a_known_step"
            ),
        ]
