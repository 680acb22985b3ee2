"""The tables of working together inside an organisation: units, deputies, and with whom work lies."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

ORGANISATION_LENGTH = 130


class UnitRow(models.Model):
    """A part of an organisation, such as a team; it opens nothing, and sorts work."""

    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    name = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_unit_by_a_name"),
        ]


class DeputyRow(models.Model):
    """That somebody stands in for a colleague from one day to another, both counted, unless it was ended before."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stands_in")
    first_day = models.DateField()
    last_day = models.DateField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="a_deputy_begins_before_the_end"
            ),
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="nobody_stands_in_for_themselves"),
        ]


class WorkHolderRow(models.Model):
    """With whom in an organisation the work on a household lies; a later row takes the place of the one it names."""

    household = models.CharField(max_length=20)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    municipality = models.CharField(max_length=6, blank=True)
    holder = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "organisation"],
                condition=Q(replaces__isnull=True),
                name="one_first_holder_per_organisation",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "holder"], name="work_by_holder")]
