"""The tables; rows of most are never changed: a correction is a new row, and triggers see to it (migration 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from eenthuis.store.api_models import AllowanceRow, AnsweredRow, ApiKeyRow
from eenthuis.store.calendar_models import CalendarFeedRow
from eenthuis.store.change_models import ChangeDecisionRow, OverrideRow
from eenthuis.store.composition_models import CompositionCountsRow, CompositionFileRow, CompositionRow
from eenthuis.store.filter_models import SavedFilterRow
from eenthuis.store.flex_models import FlexProjectRow
from eenthuis.store.forecast_models import DeviationRow, DeviationStepRow, EstimateRow, ForecastRow
from eenthuis.store.journal_models import JournalChainRow
from eenthuis.store.lab_models import LabFileRow, LabRunRow
from eenthuis.store.letter_models import LetterCodeRow
from eenthuis.store.notice_models import NoticeAcknowledgementRow, NoticeReadingRow, NoticeRow
from eenthuis.store.now_models import HouseholdNowRow
from eenthuis.store.run_models import ProposalFolderRow, RunRow, WorkerRow
from eenthuis.store.sheet_models import SheetRow, StagedRow, StatedProgressRow
from eenthuis.store.sign_in_models import OpenSessionRow, RecoveryCodeRow
from eenthuis.store.supervision_letter_models import SupervisionLetterRow, SupervisionLetterStepRow
from eenthuis.store.supervision_models import ContactRow, ReadingRow, WarningRow
from eenthuis.store.urgency_models import UrgencySchemeRow
from eenthuis.store.way_models import HomeRow, OfferRow, WayStepRow

__all__ = [
    "AllowanceRow",
    "AnsweredRow",
    "ApiKeyRow",
    "CalendarFeedRow",
    "ChangeDecisionRow",
    "CompositionCountsRow",
    "CompositionFileRow",
    "CompositionRow",
    "ContactRow",
    "DeviationRow",
    "DeviationStepRow",
    "EstimateRow",
    "FlexProjectRow",
    "ForecastRow",
    "HomeRow",
    "HouseholdNowRow",
    "JournalChainRow",
    "LabFileRow",
    "LabRunRow",
    "LetterCodeRow",
    "NoticeAcknowledgementRow",
    "NoticeReadingRow",
    "NoticeRow",
    "OfferRow",
    "OpenSessionRow",
    "OverrideRow",
    "ProposalFolderRow",
    "ReadingRow",
    "RecoveryCodeRow",
    "RunRow",
    "SavedFilterRow",
    "SheetRow",
    "StagedRow",
    "StatedProgressRow",
    "SupervisionLetterRow",
    "SupervisionLetterStepRow",
    "UrgencySchemeRow",
    "WarningRow",
    "WayStepRow",
    "WorkerRow",
]
HALF_YEAR_LENGTH, CODE_LENGTH = 7, 6


def _half_year() -> models.CharField[str, str]:
    return models.CharField(max_length=HALF_YEAR_LENGTH)


def _municipality() -> models.CharField[str, str]:
    return models.CharField(max_length=CODE_LENGTH)


def _replaces() -> models.OneToOneField[models.Model | None, models.Model | None]:
    return models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )


class ReceiptRow(models.Model):
    """A receipt as JSON, under its number."""

    number = models.CharField(max_length=12, primary_key=True)
    action = models.CharField(max_length=60)
    as_of = models.DateField()
    document = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)


class AnnouncementRow(models.Model):
    """A national number announced for a half-year."""

    identifier = models.CharField(max_length=40, unique=True)
    half_year = _half_year()
    people = models.PositiveIntegerField()
    announced_on = models.DateField(null=True)
    known_by = models.DateField(null=True)
    status = models.CharField(max_length=12)
    source = models.TextField()
    note = models.TextField(blank=True)
    replaces = _replaces()
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["half_year"])]


class TargetRow(models.Model):
    """The net target of one municipality in a half-year, with the exact share it was rounded from."""

    half_year = _half_year()
    municipality = _municipality()
    announcement = models.ForeignKey(AnnouncementRow, on_delete=models.PROTECT)
    inhabitants = models.PositiveIntegerField()
    reference_date = models.DateField()
    exact_numerator = models.BigIntegerField()
    exact_denominator = models.BigIntegerField()
    people = models.PositiveIntegerField()
    receipt = models.ForeignKey(ReceiptRow, on_delete=models.PROTECT)
    replaces = _replaces()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["half_year", "municipality"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["announcement", "municipality"], name="one_target_per_announcement"
            ),
        ]


class SwapRow(models.Model):
    """A joint decision of municipalities to change their targets."""

    half_year = _half_year()
    decided_on = models.DateField()
    reference = models.TextField(blank=True)
    registered_by = models.CharField(max_length=80)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["half_year"])]


class SwapPartRow(models.Model):
    """What a swap changes for one municipality; the parts of a swap add up to nothing."""

    swap = models.ForeignKey(SwapRow, on_delete=models.PROTECT, related_name="parts")
    municipality = _municipality()
    change = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["swap", "municipality"], name="one_part_per_municipality"),
            models.CheckConstraint(condition=~Q(change=0), name="a_part_changes_something"),
        ]


class OpeningBalanceRow(models.Model):
    """Backlog or lead with which the first half-year in these tables begins."""

    half_year = _half_year()
    municipality = _municipality()
    backlog_or_lead = models.IntegerField()
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["half_year", "municipality"], name="one_opening_balance"),
        ]


class CentreRow(models.Model):
    """A reception centre."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=120)
    municipality = _municipality()
    places = models.PositiveIntegerField()


class HouseholdRow(models.Model):
    """A household of status holders; nationality, religion and ethnicity are no columns.

    ``number`` is drawn by chance and says nothing; addresses hold it in place of the identifier.
    """

    identifier = models.CharField(max_length=20, primary_key=True)
    number = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    persons = models.PositiveSmallIntegerField()
    permit_on = models.DateField()
    centre = models.ForeignKey(CentreRow, on_delete=models.PROTECT)
    region = models.CharField(max_length=40)
    needs_accessible_home = models.BooleanField(default=False)
    hard_ties = models.JSONField(default=list)
    soft_ties = models.JSONField(default=list)
    joining_people = models.PositiveSmallIntegerField(default=0)
    joining_visa_granted = models.BooleanField(default=False)
    joining_expected_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(persons__gte=1), name="a_household_has_someone"),
        ]


class MemberRow(models.Model):
    """A member of a household who is in reception."""

    household = models.ForeignKey(HouseholdRow, on_delete=models.CASCADE, related_name="members")
    birth_year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1)
    is_adult = models.BooleanField()


class ProposalRow(models.Model):
    """A proposal of the engine with its proof, what was asked for, and what stands beside it.

    ``certificate`` and ``audit`` are as the engine states them, with households under numbers. One that a person
    changed names the proposal it was made from in ``replaces``, and counts only once it was accepted; ``difference``
    says what the change does.
    """

    half_year = _half_year()
    as_of = models.DateField()
    goal = models.CharField(max_length=30)
    objective = models.FloatField()
    bound = models.FloatField()
    gap = models.FloatField()
    households = models.PositiveIntegerField()
    linked = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    persons_linked = models.PositiveIntegerField()
    seconds = models.FloatField()
    seed = models.BigIntegerField()
    prices = models.JSONField()
    digest = models.CharField(max_length=80)
    wishes = models.JSONField(default=dict)
    certificate = models.JSONField(null=True)
    audit = models.JSONField(null=True)
    price_of_floors = models.FloatField(null=True)
    spread_slack = models.FloatField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="changed")
    difference = models.JSONField(null=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)


class ProposedLinkRow(models.Model):
    """The proposed place of one household, or the reason there is none."""

    proposal = models.ForeignKey(ProposalRow, on_delete=models.PROTECT, related_name="links")
    household = models.CharField(max_length=20)
    persons = models.PositiveSmallIntegerField()
    municipality = models.CharField(max_length=CODE_LENGTH, null=True)  # noqa: DJ001 - none proposed is no empty code
    score = models.FloatField()
    reasons = models.JSONField()
    alternatives = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "household"], name="one_place_per_proposal"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["proposal", "municipality"]),
            models.Index(fields=["proposal", "persons", "household"], name="proposed_by_persons"),
            models.Index(fields=["proposal", "score", "household"], name="proposed_by_score"),
        ]


class LinkRow(models.Model):
    """A step in the links of one household: linked, ended, or moved on to another municipality.

    The steps are numbered; odd ones link and even ones end, so that a household never has two links in force. What
    ends stands with the municipality it was linked to, so that this one sees that it is over. A link that moved is
    followed by another in the same transaction.
    """

    household = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6)
    municipality = _municipality()
    half_year = _half_year()
    persons = models.PositiveSmallIntegerField()
    on = models.DateField()
    reasons = models.JSONField()
    why = models.TextField(blank=True)
    proposal = models.ForeignKey(ProposalRow, on_delete=models.PROTECT, null=True)
    replaces = _replaces()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "step"], name="one_link_per_step"),
            models.CheckConstraint(
                condition=Q(kind="linked")
                | (Q(kind__in=("ended", "moved")) & Q(replaces__isnull=False) & ~Q(why="")),
                name="an_ended_link_names_what_and_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["half_year", "municipality"])]


class SignOffRow(models.Model):
    """A step in the signing-off of one household: signed off at COA, or withdrawn."""

    household = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    link = models.ForeignKey(LinkRow, on_delete=models.PROTECT)
    municipality = _municipality()
    half_year = _half_year()
    persons = models.PositiveSmallIntegerField()
    on = models.DateField()
    why = models.TextField(blank=True)
    replaces = _replaces()
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "step"], name="one_sign_off_per_step"),
            models.CheckConstraint(
                condition=Q(kind="signed-off")
                | (Q(kind="withdrawn") & Q(replaces__isnull=False) & ~Q(why="")),
                name="a_withdrawn_sign_off_names_what_and_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["half_year", "municipality", "on"])]


class JournalRow(models.Model):
    """Who did what, when, where and why; ``hand`` did it in their place. Nothing here refers to a person's row."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    municipality = models.CharField(max_length=CODE_LENGTH, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True)
    hand = models.CharField(max_length=80, blank=True, db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject"]), models.Index(fields=["municipality", "at"])]


class AccountRow(models.Model):
    """The role and place of an account; a region opens the desk of its lead, an association has homes of its own.

    One that is sealed is for an emergency, and is somebody until ``open_until`` only.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account")
    role = models.CharField(max_length=30)
    municipality = models.CharField(max_length=CODE_LENGTH, blank=True)
    province = models.CharField(max_length=4, blank=True)
    region = models.CharField(max_length=40, blank=True)
    association = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey("store.UnitRow", null=True, on_delete=models.PROTECT, related_name="accounts")
    is_sealed = models.BooleanField(default=False)
    open_until = models.DateTimeField(null=True)


class BuiltCountryRow(models.Model):
    """That a demonstration country was built whole, from which seed, for which day and by which version."""

    seed = models.BigIntegerField()
    today = models.DateField()
    version = models.CharField(max_length=40)
    built_at = models.DateTimeField(auto_now_add=True)


from eenthuis.store import (  # noqa: E402, F401 - its rows refer to those of notices
    account_models,
    decision_note_models,
    delivery_models,
    document_models,
    money_models,
    organisation_models,
    processing_models,
    provider_models,
    reception_models,
    recommendation_models,
    transit_models,
    travel_models,
)
