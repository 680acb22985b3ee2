"""The tables of where desks and centres are and which teams travel, as somebody loaded them; only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

TRAVEL_KINDS = ("coordinates", "teams")


class TravelFileRow(models.Model):
    """A file that was loaded: from which day it holds, and where it comes from."""

    kind = models.CharField(max_length=11)
    first_day = models.DateField()
    source = models.CharField(max_length=300)
    name = models.CharField(max_length=120)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=TRAVEL_KINDS), name="a_travel_file_has_a_known_kind"),
            models.CheckConstraint(condition=~Q(source=""), name="a_travel_file_has_a_source"),
        ]


class StandpointRow(models.Model):
    """Where a desk or a centre is, in degrees (WGS84), by its code."""

    file = models.ForeignKey(TravelFileRow, on_delete=models.PROTECT, related_name="standpoints")
    code = models.CharField(max_length=20)
    lat = models.DecimalField(max_digits=9, decimal_places=6)
    lon = models.DecimalField(max_digits=9, decimal_places=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "code"], name="a_file_places_each_code_once"),
            models.CheckConstraint(
                condition=Q(lat__gte=50, lat__lte=54, lon__gte=3, lon__lte=8),
                name="it_stands_in_the_netherlands",
            ),
        ]


class TravelTeamRow(models.Model):
    """A team of a desk that travels, with its staff and vans, and the days it works; both ends count."""

    file = models.ForeignKey(TravelFileRow, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=20)
    desk = models.CharField(max_length=20)
    staff = models.PositiveSmallIntegerField()
    vans = models.PositiveSmallIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "code"], name="a_file_names_each_team_once"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="a_team_ends_after_it_begins",
            ),
        ]
