"""The table of codes with which the person concerned reads its letter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LetterCodeRow(models.Model):
    """A code for the letter of a household: only its hash, how often it was tried, and when it was used."""

    letter = models.CharField(max_length=8, unique=True)
    household = models.CharField(max_length=20)
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    last_day = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=80)
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_code_per_household",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["household"])]
