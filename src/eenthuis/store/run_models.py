"""The tables of work in the background: what was asked, how far it is, and which workers are there.

A run is a note of work, not a decision: it is changed while the work goes on. What it makes is a proposal, and that
is only ever added.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

OPEN = ("waiting", "running")
"""States in which a run is still to end."""


class RunRow(models.Model):
    """One solve in the background, for a half-year; at most one of them is open.

    With ``changes`` it solves that proposal again around ``overrides``; ``conflicts`` says why that cannot be.
    """

    half_year = models.CharField(max_length=7)
    as_of = models.DateField()
    wishes = models.JSONField()
    asked_by = models.CharField(max_length=80)
    asked_role = models.CharField(max_length=30)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9)
    stage = models.CharField(max_length=20, blank=True)
    bound = models.FloatField(null=True)
    best = models.FloatField(null=True)
    people = models.PositiveIntegerField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked_by = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=6, blank=True)
    proposal = models.ForeignKey("store.ProposalRow", on_delete=models.PROTECT, null=True)
    changes = models.ForeignKey(
        "store.ProposalRow", on_delete=models.PROTECT, null=True, related_name="asked_changes"
    )
    overrides = models.JSONField(default=list)
    conflicts = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["half_year"], condition=Q(state__in=OPEN), name="one_open_run_per_half_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*OPEN, "done", "failed", "lost", "withdrawn")),
                name="a_run_has_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(proposal__isnull=False),
                name="a_run_that_is_done_made_something",
            ),
        ]


class WorkerRow(models.Model):
    """A process that does runs; it says now and then that it is there."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()


class ProposalFolderRow(models.Model):
    """The instance that a proposal solves, with proposal and certificate, as a zip under numbers instead of names."""

    proposal = models.OneToOneField(
        "store.ProposalRow", on_delete=models.PROTECT, primary_key=True, related_name="folder"
    )
    archive = models.BinaryField()
