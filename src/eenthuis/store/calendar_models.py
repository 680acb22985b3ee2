"""The table of calendar feeds: one secret address per account, kept as a digest only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeedRow(models.Model):
    """The digest of the secret in the address of an account's calendar; a new secret takes its place."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    secret_digest = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(auto_now=True)
