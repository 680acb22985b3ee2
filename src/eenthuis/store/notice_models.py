"""The tables of notices: what was told, who read it, and who acknowledged it.

A notice and its acknowledgement are only ever added (see migration ``notices``). No column holds free text.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from eenthuis.terms.notices import REFERENCE, NoticeKind

CODE_LENGTH = 6


class NoticeRow(models.Model):
    """One notice, written in the transaction of what it tells; delivered later.

    ``due_on`` is the day by which something must have happened; ``acknowledge_by`` the last day to acknowledge.
    """

    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=CODE_LENGTH, blank=True)
    province = models.CharField(max_length=4, blank=True)
    region = models.CharField(max_length=40, blank=True)
    association = models.CharField(max_length=80, blank=True, default="")
    reference = models.CharField(max_length=30)
    figures = models.JSONField(default=dict)
    told_on = models.DateField()
    due_on = models.DateField(null=True)
    acknowledge_by = models.DateField(null=True)
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["role", "municipality", "province"], name="notice_by_addressee"),
            models.Index(
                fields=["acknowledge_by"],
                name="notice_to_acknowledge",
                condition=Q(acknowledge_by__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reference__regex=REFERENCE), name="a_notice_refers_and_names_nobody"
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(kind=NoticeKind.NOT_ACKNOWLEDGED.value),
                name="a_notice_escalates_once",
            ),
        ]


class NoticeReadingRow(models.Model):
    """That an account has read a notice."""

    notice = models.ForeignKey(NoticeRow, on_delete=models.PROTECT, related_name="readings")
    account = models.CharField(max_length=80)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "account"], name="one_reading_per_account"),
        ]


class NoticeAcknowledgementRow(models.Model):
    """That someone of those it was for has acknowledged a notice; one is enough."""

    notice = models.OneToOneField(
        NoticeRow, on_delete=models.PROTECT, primary_key=True, related_name="acknowledgement"
    )
    acknowledged_by = models.CharField(max_length=80)
    acknowledged_on = models.DateField()
    acknowledged_at = models.DateTimeField(auto_now_add=True)
