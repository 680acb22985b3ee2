"""The processing log: which activity touched whose record, and when; nobody who did it stands in it.

It is kept apart from the journal: the journal accounts for who decided, this for whose data were used for what.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProcessingLogRow(models.Model):
    """One line per household per activity; lines of the same request share a ``request``."""

    request = models.CharField(max_length=32)
    activity = models.CharField(max_length=30)
    household = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["household"], name="processing_by_household")]
