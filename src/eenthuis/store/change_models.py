"""The tables of what a person changes in a proposal: every override with its reason, and whether it was accepted.

Rows here are only ever added (see migration 0004).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OverrideRow(models.Model):
    """One override of the ordered list of a changed proposal, with who asked for it and why."""

    proposal = models.ForeignKey("store.ProposalRow", on_delete=models.PROTECT, related_name="overrides")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    household = models.CharField(max_length=20)
    municipality = models.CharField(max_length=6, blank=True)
    ground = models.CharField(max_length=30)
    why = models.TextField()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_override_per_position"),
            models.CheckConstraint(condition=~Q(why=""), name="an_override_says_why"),
            models.CheckConstraint(
                condition=Q(kind__in=("pin", "forbid", "release")), name="an_override_has_a_known_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["household"])]


class ChangeDecisionRow(models.Model):
    """Whether a changed proposal takes the place of the one it was made from; decided once."""

    proposal = models.OneToOneField(
        "store.ProposalRow", on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    replaces = models.ForeignKey("store.ProposalRow", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(accepted=True), name="one_accepted_change_per_proposal"
            ),
        ]
