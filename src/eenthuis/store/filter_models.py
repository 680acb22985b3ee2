"""The table of filters that someone keeps for a list."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SavedFilterRow(models.Model):
    """A filter of a list under a name, as JSON of the list's own parts; it belongs to one account alone."""

    actor = models.CharField(max_length=80)
    page = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    parts = models.JSONField()
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "page", "name"], name="one_filter_per_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_filter_has_a_name"),
        ]
