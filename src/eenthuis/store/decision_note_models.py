"""The tables of decision notes: versions, what was done with them, what is left out, and what was made public."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STEPS = ("put-forward", "sent-back", "reviewed", "published", "withdrawn")


class DecisionNoteRow(models.Model):
    """A note, with the numbers of the recommendations it is drawn up from."""

    recommendations = models.JSONField()
    begun_on = models.DateField()
    begun_by = models.CharField(max_length=80)
    begun_at = models.DateTimeField(auto_now_add=True)


class DecisionNoteVersionRow(models.Model):
    """A version of a note as it was saved; ``place`` counts from 1."""

    note = models.ForeignKey(DecisionNoteRow, on_delete=models.PROTECT, related_name="versions")
    place = models.PositiveIntegerField()
    title = models.TextField()
    sections = models.JSONField()
    withheld = models.JSONField()
    on = models.DateField()
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "place"], name="one_version_of_a_note_per_place"),
        ]


class DecisionNoteStepRow(models.Model):
    """What was done with a version; the database holds that who reviews one wrote none and put none forward."""

    note = models.ForeignKey(DecisionNoteRow, on_delete=models.PROTECT, related_name="steps")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    on = models.DateField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "version"], condition=Q(kind="reviewed"), name="a_version_is_reviewed_once"
            ),
            models.UniqueConstraint(
                fields=["note"], condition=Q(kind__in=("published", "withdrawn")), name="a_note_ends_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="a_note_has_a_known_step"),
        ]


class DecisionNoteMarkRow(models.Model):
    """What a person decided on something found in a version: left out, or kept with a reason; the last one counts."""

    note = models.ForeignKey(DecisionNoteRow, on_delete=models.PROTECT, related_name="marks")
    version = models.PositiveIntegerField()
    key = models.TextField()
    text = models.TextField()
    rule = models.CharField(max_length=20)
    is_removed = models.BooleanField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_removed=True) | ~Q(why=""), name="what_is_kept_has_a_reason"
            ),
        ]


class PublishedNoteRow(models.Model):
    """A note as it was made public: nothing here tells who wrote it, or holds what was left out."""

    number = models.PositiveIntegerField(primary_key=True)
    recommendations = models.JSONField()
    title = models.TextField()
    sections = models.JSONField()
    published_on = models.DateField()
    pdf = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)
