"""The tables of reception places: scores, estimates, shares, offers, swaps, sites, advice and decisions; only added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

CODE_LENGTH = 6
PLACE_KINDS = Q(place_kind__in=("regular", "special"))


def _replaces() -> models.OneToOneField[models.Model | None, models.Model | None]:
    return models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )


class SesScoresRow(models.Model):
    """A version of the SES-WOA scores of all municipalities, as decimals in text; the newest holds."""

    year = models.PositiveSmallIntegerField()
    scores = models.JSONField()
    source = models.TextField()
    is_invented = models.BooleanField()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)


class ReceptionNeedRow(models.Model):
    """An estimate of the places needed nationally in a cycle; a later one replaces an earlier one, and both stay."""

    year = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField()
    minors = models.PositiveIntegerField(null=True)
    announced_on = models.DateField()
    source = models.TextField()
    note = models.TextField(blank=True)
    is_invented = models.BooleanField()
    replaces = _replaces()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(replaces__isnull=True), name="one_first_estimate_per_cycle"
            ),
        ]


class ReceptionSharesRow(models.Model):
    """A computation of the shares of all municipalities in an estimate, with its receipt; the newest holds."""

    year = models.PositiveSmallIntegerField()
    need = models.ForeignKey(ReceptionNeedRow, on_delete=models.PROTECT)
    scores = models.ForeignKey(SesScoresRow, on_delete=models.PROTECT)
    as_of = models.DateField()
    receipt = models.ForeignKey("store.ReceiptRow", on_delete=models.PROTECT)
    places = models.JSONField()
    minors = models.JSONField(default=dict)
    durable = models.JSONField(default=dict)
    is_invented = models.BooleanField()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)


class PlaceOfferRow(models.Model):
    """A version of what a municipality offers at the regional table; the last one holds."""

    offer = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    municipality = models.CharField(max_length=CODE_LENGTH)
    place_kind = models.CharField(max_length=10)
    places = models.PositiveIntegerField()
    is_durable = models.BooleanField()
    for_minors = models.BooleanField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    is_invented = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    replaces = _replaces()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "step"], name="one_version_of_an_offer_per_step"),
            models.CheckConstraint(
                condition=Q(kind__in=("added", "changed", "withdrawn")), name="an_offer_has_a_known_step"
            ),
            models.CheckConstraint(
                condition=PLACE_KINDS & Q(places__gte=1), name="an_offer_of_places_has_places"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(first_day__lte=F("last_day")),
                name="an_offer_of_places_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "municipality"], name="place_offer_by_municipality")
        ]


class PlaceSwapRow(models.Model):
    """A swap of shares between municipalities of one province, as it was put forward."""

    year = models.PositiveSmallIntegerField()
    province = models.CharField(max_length=4)
    changes = models.JSONField()
    place_kind = models.CharField(max_length=10)
    is_durable = models.BooleanField()
    note = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=PLACE_KINDS, name="a_place_swap_has_a_kind")
        ]
        indexes: ClassVar = [models.Index(fields=["year", "province"], name="place_swap_by_province")]


class PlaceSwapStepRow(models.Model):
    """What was done with a swap of shares; ``party`` is the municipality or province that did it."""

    swap = models.ForeignKey(PlaceSwapRow, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    party = models.CharField(max_length=CODE_LENGTH)
    on = models.DateField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=("put-forward", "accepted", "confirmed", "withdrawn")),
                name="a_place_swap_has_a_known_step",
            ),
            models.UniqueConstraint(fields=["swap", "kind", "party"], name="a_party_does_a_step_once"),
            models.UniqueConstraint(
                fields=["swap"],
                condition=Q(kind__in=("confirmed", "withdrawn")),
                name="a_place_swap_ends_once",
            ),
        ]


class ReceptionSiteRow(models.Model):
    """A version of a site of the capacity register: what changed, and its places through time since; the last holds."""

    site = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    municipality = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=80)
    place_kind = models.CharField(max_length=10)
    form = models.CharField(max_length=10)
    for_minors = models.BooleanField()
    is_durable = models.BooleanField()
    spans = models.JSONField()
    last_day = models.DateField(null=True)
    source = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    replaces = _replaces()
    decided_by = models.CharField(max_length=80)
    decided_on = models.DateField()
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "step"], name="one_version_of_a_site_per_step"),
            models.CheckConstraint(
                condition=PLACE_KINDS
                & Q(form__in=("regular", "emergency"))
                & Q(kind__in=("opened", "places", "extended", "closed", "confirmed")),
                name="a_site_has_a_known_step",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality"], name="site_by_municipality"),
            models.Index(fields=["last_day"], name="site_by_last_day"),
        ]


class AllocationAdviceRow(models.Model):
    """What a province drafts for the minister: how to fill what is short; and that its report was sent."""

    year = models.PositiveSmallIntegerField()
    province = models.CharField(max_length=4)
    kind = models.CharField(max_length=10)
    aim = models.CharField(max_length=20)
    places = models.JSONField()
    short = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    on = models.DateField()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=("drafted", "reported")), name="an_advice_has_a_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "province"], name="advice_by_province")]


class AllocationRow(models.Model):
    """An allocation decision of the minister for a province as it was drafted, with its files and receipt."""

    number = models.CharField(max_length=14, unique=True)
    year = models.PositiveSmallIntegerField()
    province = models.CharField(max_length=4)
    places = models.JSONField()
    subject = models.TextField()
    parts = models.JSONField()
    first_day = models.DateField()
    last_day = models.DateField()
    written_on = models.DateField()
    why = models.TextField(blank=True)
    receipt = models.ForeignKey("store.ReceiptRow", on_delete=models.PROTECT)
    pdf = models.BinaryField()
    docx = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)
    docx_digest = models.CharField(max_length=64)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["year", "province"], name="allocation_by_province")]


class AllocationStepRow(models.Model):
    """What was done with a decision; the database holds that who publishes it is not who put it forward."""

    allocation = models.ForeignKey(AllocationRow, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["allocation", "kind"], name="one_step_of_a_kind_per_decision"),
            models.UniqueConstraint(
                fields=["allocation"],
                condition=Q(kind__in=("published", "withdrawn")),
                name="an_allocation_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("put-forward", "published", "withdrawn")),
                name="an_allocation_has_a_known_step",
            ),
        ]
