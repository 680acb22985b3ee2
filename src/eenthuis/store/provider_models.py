"""The tables of signing in elsewhere: who an account is at a provider, and invitations that wait to be taken up."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class ProviderAccountRow(models.Model):
    """Who an account is at a sign-in provider, by what the provider never gives to anybody else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="provider_accounts"
    )
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_by = models.CharField(max_length=80)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_person"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_person_per_account"),
        ]


class InvitationRow(models.Model):
    """An invitation to an account; only the digest of its secret is kept, and it is taken up once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    email = models.CharField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["email"])]
