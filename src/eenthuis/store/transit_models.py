"""Transit locations and the people who stay there, by a number inside the site; each version is only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

CODE_LENGTH, NAME_LENGTH = 6, 80


class TransitSiteRow(models.Model):
    """A version of a site, the last one holds; ``participants`` are codes with spaces between them.

    ``takes_part`` lists a code, a first and a last day for those who do not take part as long as the site is there.
    """

    site = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    municipality = models.CharField(max_length=CODE_LENGTH)
    places = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    participants = models.TextField(blank=True)
    takes_part = models.JSONField(default=list)
    why = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_by = models.CharField(max_length=NAME_LENGTH)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "step"], name="one_version_of_a_transit_site_per_step"),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_transit_site_has_places"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="a_transit_site_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality"], name="transit_by_municipality")]


class TransitStayRow(models.Model):
    """A version of the stay of one person; one of the same person and first day replaces an earlier one.

    ``municipality`` and ``participants`` are those of the site: whoever may read the site may read its stays.
    """

    site = models.CharField(max_length=20)
    municipality = models.CharField(max_length=CODE_LENGTH)
    participants = models.TextField(blank=True)
    person = models.CharField(max_length=20)
    household = models.CharField(max_length=20, blank=True)
    came_from = models.CharField(max_length=30, blank=True, default="")
    linked_to = models.CharField(max_length=CODE_LENGTH)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    step = models.PositiveSmallIntegerField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_by = models.CharField(max_length=NAME_LENGTH)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "person", "first_day", "step"], name="one_version_of_a_transit_stay_per_step"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="a_transit_stay_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site"], name="transit_stay_by_site"),
            models.Index(fields=["household"], name="transit_stay_by_household"),
        ]
