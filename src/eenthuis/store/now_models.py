"""The table that says where each household stands now; the database keeps it itself, from the steps that are added.

Nobody writes here: triggers on households, links and sign-offs do (see the migration that makes it). It can be emptied
and made again from them at any time.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

TO_LINK = Q(link__isnull=True, is_signed_off=False, permit_on__isnull=False)
TO_HOUSE = Q(link__isnull=False, is_signed_off=False)


class HouseholdNowRow(models.Model):
    """The link in force of a household and whether it is signed off, with what lists are filtered and ordered by.

    ``permit_on`` is empty for a household that left the tables of people.
    """

    household = models.CharField(max_length=20, primary_key=True)
    persons = models.PositiveSmallIntegerField()
    permit_on = models.DateField(null=True)
    region = models.CharField(max_length=40, blank=True)
    link = models.BigIntegerField(null=True)
    municipality = models.CharField(max_length=6, blank=True)
    linked_on = models.DateField(null=True)
    proposal = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    is_signed_off = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["permit_on", "household"],
                name="now_to_link",
                condition=TO_LINK,
                include=["region", "persons"],
            ),
            models.Index(
                fields=["linked_on", "household"],
                name="now_to_house",
                condition=TO_HOUSE,
                include=["municipality", "persons"],
            ),
            models.Index(
                fields=["municipality", "linked_on", "household"],
                name="now_to_house_there",
                condition=TO_HOUSE,
            ),
            models.Index(fields=["permit_on", "household"], name="now_waiting"),
        ]
