"""The tables of giving out roles: what takes a second person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class GrantRow(models.Model):
    """The role of administrator as one administrator asked it for an account, and what another decided."""

    name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    why = models.TextField()
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField(auto_now_add=True)
    is_granted = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_granted__isnull=True) | Q(is_granted=False) | ~Q(decided_by=F("asked_by")),
                name="nobody_grants_what_they_asked",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_granted__isnull=True), name="one_open_grant_per_account"
            ),
        ]
