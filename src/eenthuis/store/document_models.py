"""The tables of residence documents and of sessions at centres: every version of each, only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from eenthuis.terms.document_steps import DocumentState, DocumentStep

NUMBER = "^[A-Z][A-Z0-9-]{1,19}$"
"""Begins with a letter, so that no citizen number and no file number of the IND fits."""


class DocumentSessionRow(models.Model):
    """A version of a session at a centre on a day: made, changed or cancelled; the last one holds."""

    centre = models.CharField(max_length=20)
    on = models.DateField()
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    team = models.CharField(max_length=20)
    staff = models.PositiveSmallIntegerField()
    counters = models.PositiveSmallIntegerField()
    slots = models.PositiveSmallIntegerField()
    first_slot = models.TimeField()
    minutes_per_slot = models.PositiveSmallIntegerField()
    metres = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["centre", "on", "step"], name="one_version_of_a_session_per_step"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("made", "changed", "cancelled")), name="a_session_has_a_known_step"
            ),
            models.CheckConstraint(
                condition=Q(slots__gte=1) & Q(counters__gte=1) & Q(staff__gte=1) & Q(minutes_per_slot__gte=1),
                name="a_session_has_room",
            ),
        ]


class ResidenceDocumentRow(models.Model):
    """A step of a document with everything that holds after it; the row that nothing replaces is how it stands.

    The database holds that who checks that a document was handed out is not who handed it out.
    """

    number = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=15)
    household = models.CharField(max_length=20)
    centre = models.CharField(max_length=20)
    ready_on = models.DateField()
    born_on = models.DateField(null=True)
    photo_on = models.DateField(null=True)
    fingerprints_on = models.DateField(null=True)
    has_register_number = models.BooleanField()
    has_address = models.BooleanField()
    not_before = models.DateField(null=True)
    no_shows = models.PositiveSmallIntegerField(default=0)
    session_centre = models.CharField(max_length=20, blank=True)
    session_on = models.DateField(null=True)
    slot = models.PositiveSmallIntegerField(null=True)
    on = models.DateField()
    why = models.TextField(blank=True)
    given_by = models.CharField(max_length=80, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "step"], name="one_step_of_a_document_at_a_time"),
            models.CheckConstraint(
                condition=Q(number__regex=NUMBER), name="a_document_has_a_number_of_no_citizen"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in DocumentStep]), name="a_document_takes_known_steps"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in DocumentState]),
                name="a_document_stands_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("given", "handed-out")) | ~Q(given_by=""),
                name="a_document_is_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed-out") | (~Q(checked_by="") & ~Q(checked_by=F("given_by"))),
                name="another_checks_that_it_was_handed_out",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("invited", "given", "handed-out"))
                | Q(session_on__isnull=False, slot__isnull=False),
                name="who_is_invited_has_a_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household"], name="document_by_household"),
            models.Index(fields=["session_on", "session_centre"], name="document_by_session"),
            models.Index(fields=["state", "centre"], name="document_by_state"),
        ]


PLAN_OPEN = ("waiting", "running")
"""States in which a plan is still to be made."""


class DocumentPlanRow(models.Model):
    """A plan that was asked for: how far it is, what was found, and who confirmed it; a proposal until then."""

    as_of = models.DateField()
    asked = models.JSONField()
    asked_by = models.CharField(max_length=80)
    asked_role = models.CharField(max_length=30)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    worker = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    stop_asked_by = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=6, blank=True)
    found = models.JSONField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=(*PLAN_OPEN, "done", "failed", "lost", "withdrawn")),
                name="a_document_plan_has_a_known_state",
            ),
        ]
