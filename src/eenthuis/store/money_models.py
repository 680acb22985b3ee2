"""The tables of money files and of rounds of schemes: what was asked, and every step since; only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

CODE_LENGTH = 6
NAME_LENGTH = 80


class MoneyFileRow(models.Model):
    """What was asked, by whom and for what; ``lines`` and ``facts`` are as the terms write them."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    municipality = models.CharField(max_length=CODE_LENGTH)
    owner = models.CharField(max_length=NAME_LENGTH)
    title = models.CharField(max_length=NAME_LENGTH)
    scheme = models.CharField(max_length=40, blank=True)
    round_name = models.CharField(max_length=40, blank=True)
    project = models.CharField(max_length=20, blank=True)
    site = models.CharField(max_length=40, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    units = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    lines = models.JSONField()
    asked_cents = models.BigIntegerField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=NAME_LENGTH)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(asked_cents__gt=0), name="a_money_file_asks_something"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="a_money_file_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality"], name="money_by_municipality"),
            models.Index(fields=["owner"], name="money_by_owner"),
            models.Index(fields=["round_name"], name="money_by_round"),
        ]


class MoneyStepRow(models.Model):
    """A step of a money file; the database holds that who decides is not who checked or proposed."""

    file = models.ForeignKey(MoneyFileRow, on_delete=models.PROTECT, related_name="steps")
    municipality = models.CharField(max_length=CODE_LENGTH)
    owner = models.CharField(max_length=NAME_LENGTH)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    why = models.TextField(blank=True)
    cents = models.BigIntegerField(default=0)
    lines = models.JSONField(default=list)
    category = models.PositiveSmallIntegerField(default=0)
    evidence = models.CharField(max_length=30, blank=True)
    kept_at = models.CharField(max_length=120, blank=True)
    shown_units = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    receipt = models.CharField(max_length=12, blank=True)
    decided_by = models.CharField(max_length=NAME_LENGTH)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "step"], name="one_money_step_at_a_time"),
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(kind__in=("awarded", "refused", "withdrawn")),
                name="a_money_file_is_decided_once",
            ),
            models.UniqueConstraint(
                fields=["file"], condition=Q(kind="settled"), name="a_money_file_is_settled_once"
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="a_money_step_has_no_negative_cents"),
        ]


class SchemeRoundRow(models.Model):
    """A round of a scheme: when applications are taken, how they are put in order, and the promise of its seed."""

    name = models.CharField(max_length=40, unique=True)
    scheme = models.CharField(max_length=40)
    opens_on = models.DateField()
    closes_on = models.DateField()
    budget_cents = models.BigIntegerField()
    when_short = models.CharField(max_length=10)
    order_why = models.TextField(blank=True)
    commitment = models.CharField(max_length=64)
    public_value_named = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=NAME_LENGTH)
    decided_on = models.DateField()
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")), name="a_round_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(budget_cents__gt=0), name="a_round_has_a_budget"),
        ]


class SchemeRoundStepRow(models.Model):
    """What was done with a round: its list published, then its lot drawn by another person."""

    round = models.ForeignKey(SchemeRoundRow, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    entries = models.JSONField(default=list)
    entries_digest = models.CharField(max_length=80, blank=True)
    seed = models.CharField(max_length=200, blank=True)
    public_value = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=12, blank=True)
    decided_by = models.CharField(max_length=NAME_LENGTH)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "kind"], name="a_round_is_published_and_drawn_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("published", "drawn")), name="a_round_has_a_known_step"
            ),
        ]
