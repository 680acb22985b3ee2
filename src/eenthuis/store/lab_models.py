"""The tables of the policy lab: what was asked of it, how far that is, and the files it left behind.

Nothing here is about anybody: a run is of invented futures, and whoever has its address may read it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

OPEN = ("waiting", "running")
"""States in which a run is still to end."""


class LabRunRow(models.Model):
    """One run; ``address`` follows from what is asked and the version of the code, so the same question is one row."""

    address = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=10)
    asked = models.JSONField()
    asked_by = models.CharField(max_length=80)
    asked_role = models.CharField(max_length=30)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    worker = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked_by = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=(*OPEN, "done", "failed", "lost", "withdrawn")),
                name="a_lab_run_has_a_known_state",
            ),
        ]


class LabFileRow(models.Model):
    """One file that a run left behind."""

    run = models.ForeignKey(LabRunRow, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "name"], name="one_file_of_a_name_per_lab_run"),
        ]
