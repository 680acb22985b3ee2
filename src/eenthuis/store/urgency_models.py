"""The table of urgency schemes: what each municipality says it has from a day on.

Rows here are only ever added (see migration ``urgency``): a correction names the row it replaces.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from eenthuis.terms.urgency import TargetProvision


class UrgencySchemeRow(models.Model):
    """What a municipality has from a day on, until the first day of its next row; words have spaces between them."""

    municipality = models.CharField(max_length=6)
    first_day = models.DateField()
    has_scheme = models.BooleanField()
    names_status_holders = models.BooleanField()
    provision = models.CharField(max_length=30)
    groups = models.CharField(max_length=40, blank=True)
    order = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    why = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "first_day"],
                condition=Q(replaces__isnull=True),
                name="one_urgency_scheme_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(provision__in=[one.value for one in TargetProvision]),
                name="an_urgency_scheme_provides",
            ),
        ]
