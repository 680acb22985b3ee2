"""The tables of spreadsheets: files handed in or asked for, their staged rows, and progress as municipalities state it.

A sheet is a note of work that changes while the work goes on; its file and staged rows are thrown away when it ends.
What it takes in is only ever added, in the tables of what it is about.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATES = (
    "waiting",
    "checking",
    "checked",
    "agreed",
    "importing",
    "making",
    "done",
    "failed",
    "lost",
    "withdrawn",
)


class SheetRow(models.Model):
    """One file: handed in (``in``) to be checked and taken in, or a list asked for (``out``) to be made.

    ``asked`` is what was asked of a list; ``found`` counts rows by outcome; ``problems`` are those of its headings.
    """

    direction = models.CharField(max_length=3)
    kind = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=80, blank=True)
    asked = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=80)
    asked_role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=6, blank=True)
    province = models.CharField(max_length=4, blank=True)
    association = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateField()
    state = models.CharField(max_length=9)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    heading_row = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=6, blank=True)
    receipt = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_by", "asked_at"]), models.Index(fields=["state"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(direction__in=("in", "out")), name="a_sheet_goes_in_or_out"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="a_sheet_has_a_known_state"),
        ]


class StagedRow(models.Model):
    """A row of a sheet as it was read, before it is taken in, with what taking it in comes to, for who handed it in."""

    sheet = models.ForeignKey(SheetRow, on_delete=models.CASCADE, related_name="staged")
    asked_by = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    formulas = models.JSONField(default=list)
    outcome = models.CharField(max_length=5)
    problems = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_staged_row_per_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["sheet", "outcome", "number"])]


class StatedProgressRow(models.Model):
    """People housed in a half-year up to a day according to the municipality's own records; a later row replaces."""

    municipality = models.CharField(max_length=6)
    half_year = models.CharField(max_length=7)
    as_of = models.DateField()
    realised = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "half_year", "as_of"])]
