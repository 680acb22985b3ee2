"""The tables of signing in: codes for when the second factor is lost, and the sessions that are open."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class RecoveryCodeRow(models.Model):
    """A code that stands in for the second factor once; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)


class OpenSessionRow(models.Model):
    """A session of an account, with the program that opened it; the session itself is Django's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    program = models.CharField(max_length=120, blank=True)
    with_second_factor = models.BooleanField()
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "began_at"])]
