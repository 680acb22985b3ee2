"""The tables of delivery: who gets notices outside these pages, and what has reached them.

A delivery is a note of work, not a decision: it changes while it is tried. What it delivers is only ever added.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from eenthuis.store.notice_models import CODE_LENGTH, NoticeRow


class SubscriberRow(models.Model):
    """A system that gets the notices of a role and place, from the moment it is there.

    Its secret follows from that of the installation and ``generation``.
    """

    name = models.CharField(max_length=80)
    address = models.URLField(max_length=400)
    contact = models.EmailField()
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=CODE_LENGTH, blank=True)
    province = models.CharField(max_length=4, blank=True)
    generation = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)


class MailDigestRow(models.Model):
    """The address to which an account wants its daily overview."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="mail_digest"
    )
    address = models.EmailField()


class DeliveryRow(models.Model):
    """One notice to one subscriber, or the overview of one day to one account.

    ``event`` stays the same however often it is tried, so that a receiver knows what it had already.
    """

    event = models.UUIDField(unique=True)
    notice = models.ForeignKey(NoticeRow, on_delete=models.PROTECT, null=True, related_name="deliveries")
    subscriber = models.ForeignKey(
        SubscriberRow, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True)
    state = models.CharField(max_length=9, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "subscriber"], name="one_delivery_per_subscriber"),
            models.UniqueConstraint(fields=["user", "day"], name="one_overview_per_day"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "delivered", "failed", "nothing")),
                name="a_delivery_has_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, subscriber__isnull=False, user__isnull=True)
                | Q(notice__isnull=True, subscriber__isnull=True, user__isnull=False, day__isnull=False),
                name="a_delivery_goes_to_one_receiver",
            ),
        ]
