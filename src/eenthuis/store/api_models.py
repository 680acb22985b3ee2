"""The tables of the API: keys, how often each asks, and the answers that writes got.

None of them decides anything, so they are changed in place; handing out, rotating and withdrawing a key is journalled.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ApiKeyRow(models.Model):
    """A key with which a program asks, for a role and a place, in some actions; of its secret only the hash is kept.

    A key that was rotated names the one it follows on; both hold until the last day of the older one.
    """

    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    contact_name = models.CharField(max_length=120)
    contact_email = models.CharField(max_length=254)
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=6, blank=True)
    province = models.CharField(max_length=4, blank=True)
    association = models.CharField(max_length=80, blank=True)
    scopes = models.JSONField()
    last_day = models.DateField()
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(contact_name="") & ~Q(contact_email=""), name="a_key_has_a_contact"
            ),
        ]


class AllowanceRow(models.Model):
    """How often someone has asked in a minute; ``who`` is a key, an account, or the hash of an address."""

    who = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField()
    used = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["minute"])]


class AnsweredRow(models.Model):
    """The answer that a write got, under the idempotency key of whoever asked; it goes after a day."""

    who = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "key"], name="one_answer_per_idempotency_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"])]
