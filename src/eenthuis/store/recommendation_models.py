"""The tables of the register of recommendations: what happened with each, and what partners say; only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RecommendationEntryRow(models.Model):
    """An entry of the register; ``about`` is the number of another entry, below 0 for one that is packaged."""

    recommendation = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    what = models.TextField()
    source = models.TextField(blank=True)
    answer = models.CharField(max_length=12, blank=True)
    owner = models.CharField(max_length=20, blank=True)
    due = models.DateField(null=True)
    about = models.BigIntegerField(null=True)
    is_invented = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["recommendation"], name="entries_of_recommendation")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(kind="struck-out"),
                name="an_entry_is_struck_out_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("step-moved", "step-done", "step-withdrawn", "struck-out"))
                | Q(about__isnull=False),
                name="an_entry_says_what_it_is_about",
            ),
        ]


class RecommendationCommentRow(models.Model):
    """What a partner in the chain said of a recommendation; a comment is never taken back."""

    recommendation = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=6, blank=True)
    province = models.CharField(max_length=4, blank=True)
    on = models.DateField()
    text = models.TextField()
    said_by = models.CharField(max_length=80)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["recommendation"], name="comments_on_recommendation")]
