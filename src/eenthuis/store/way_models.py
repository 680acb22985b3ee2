"""The tables of the way from permit to sign-off: steps of a household, homes, and what is offered to whom.

Rows here are only ever added (see migration 0009). Links and sign-offs stand in their own tables; a trigger gives each
of them its place among the steps.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

CODE_LENGTH = 6
FACTS = (
    "linked",
    "link-changed",
    "link-ended",
    "signed-off",
    "sign-off-withdrawn",
    "home-offered",
    "offer-withdrawn",
    "home-released",
    "home-changed",
)
"""Kinds of steps whose day, reason and author stand in the row they name."""


class HomeRow(models.Model):
    """A version of a home in the register: added, changed or withdrawn; the last one holds."""

    home = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    municipality = models.CharField(max_length=CODE_LENGTH)
    owner = models.CharField(max_length=80)
    kind_of_home = models.CharField(max_length=20)
    rooms = models.PositiveSmallIntegerField()
    largest_household = models.PositiveSmallIntegerField()
    is_accessible = models.BooleanField()
    available_from = models.DateField()
    why = models.TextField(blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["home", "step"], name="one_version_of_a_home_per_step"),
            models.CheckConstraint(
                condition=Q(kind__in=("added", "changed", "withdrawn")),
                name="a_home_has_a_known_kind_of_step",
            ),
            models.CheckConstraint(
                condition=Q(rooms__gte=1) & Q(largest_household__gte=1), name="a_home_has_room"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality"]), models.Index(fields=["owner"])]


class OfferRow(models.Model):
    """A step in the offers of one home: offered to a household, or ended.

    The steps are numbered; odd ones offer and even ones end, so that a home never has two offers in force.
    """

    home = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7)
    municipality = models.CharField(max_length=CODE_LENGTH)
    household = models.CharField(max_length=20)
    link = models.ForeignKey("store.LinkRow", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.TextField(blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["home", "step"], name="one_offer_per_step"),
            models.CheckConstraint(
                condition=Q(kind="offered") | (Q(kind="ended") & Q(replaces__isnull=False) & ~Q(why="")),
                name="an_ended_offer_names_what_and_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["household"])]


class WayStepRow(models.Model):
    """A step on the way of a household, numbered; ``place`` is where it counts: a mended step keeps the old place.

    A step that is a link, an offer or a sign-off names that row and repeats nothing of it.
    """

    household = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    on = models.DateField(null=True)
    link = models.OneToOneField("store.LinkRow", on_delete=models.PROTECT, null=True, related_name="+")
    sign_off = models.OneToOneField("store.SignOffRow", on_delete=models.PROTECT, null=True, related_name="+")
    offer = models.OneToOneField(OfferRow, on_delete=models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "step"], name="one_way_step_per_number"),
            models.CheckConstraint(
                condition=(
                    Q(kind__in=FACTS)
                    & Q(on__isnull=True)
                    & (Q(link__isnull=False) | Q(sign_off__isnull=False) | Q(offer__isnull=False))
                )
                | (
                    ~Q(kind__in=FACTS)
                    & Q(on__isnull=False)
                    & Q(link__isnull=True, sign_off__isnull=True, offer__isnull=True)
                ),
                name="a_way_step_is_its_own_or_names_a_fact",
            ),
            models.CheckConstraint(
                condition=~Q(kind="struck-out") | (Q(replaces__isnull=False) & ~Q(why="")),
                name="a_struck_out_step_names_what_and_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household", "place"]),
            models.Index(
                fields=["id"],
                condition=Q(kind__in=("left", "merged", "split", "struck-out")),
                name="way_departures",
            ),
        ]
