"""Rows that account for decisions are only ever added; the database refuses anything else, whoever asks."""

from __future__ import annotations

import ast
from datetime import date, time
from pathlib import Path

import pytest
import small_reception
from canaries import money_of
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DatabaseError
from small_country import COA, HALF_YEAR, ISLAND, OF_UTRECHT, TODAY, UTRECHT, home_in, household

from eenthuis.services import case_files, homes, linking, notices, offers, readings, sign_offs
from eenthuis.services.journal_watch import verify_due
from eenthuis.services.workspace import read_household
from eenthuis.store import announcements, changes, links, people, taken_in, work_holders
from eenthuis.store.composition_models import CompositionCountsRow, CompositionFileRow, CompositionRow
from eenthuis.store.decision_note_models import (
    DecisionNoteMarkRow,
    DecisionNoteRow,
    DecisionNoteStepRow,
    DecisionNoteVersionRow,
    PublishedNoteRow,
)
from eenthuis.store.document_models import DocumentSessionRow, ResidenceDocumentRow
from eenthuis.store.flex_models import LiveabilityRow
from eenthuis.store.forecast_models import DeviationRow, DeviationStepRow, EstimateRow, ForecastRow
from eenthuis.store.models import (
    FlexProjectRow,
    LinkRow,
    ProposalFolderRow,
    ReceiptRow,
    SignOffRow,
    SwapPartRow,
    SwapRow,
    TargetRow,
    UrgencySchemeRow,
    WarningRow,
)
from eenthuis.store.money_models import SchemeRoundRow, SchemeRoundStepRow
from eenthuis.store.recommendation_models import RecommendationCommentRow, RecommendationEntryRow
from eenthuis.store.supervision_letter_models import SupervisionLetterRow, SupervisionLetterStepRow
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.store.travel_models import StandpointRow, TravelFileRow, TravelTeamRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.overriding import Ground, Override, OverrideKind
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.targets import Swap

pytestmark = pytest.mark.django_db
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
APPEND_ONLY = (
    "announcementrow",
    "targetrow",
    "swaprow",
    "swappartrow",
    "openingbalancerow",
    "proposalrow",
    "proposedlinkrow",
    "proposalfolderrow",
    "overriderow",
    "changedecisionrow",
    "homerow",
    "offerrow",
    "waysteprow",
    "workholderrow",
    "linkrow",
    "noticerow",
    "noticereadingrow",
    "noticeacknowledgementrow",
    "signoffrow",
    "statedprogressrow",
    "readingrow",
    "contactrow",
    "warningrow",
    "receiptrow",
    "journalrow",
    "journalchainrow",
    "verificationrow",
    "processinglogrow",
    "deviationrow",
    "supervisionletterrow",
    "supervisionlettersteprow",
    "recommendationentryrow",
    "recommendationcommentrow",
    "decisionnoterow",
    "decisionnoteversionrow",
    "decisionnotesteprow",
    "decisionnotemarkrow",
    "publishednoterow",
    "deviationsteprow",
    "estimaterow",
    "forecastrow",
    "flexprojectrow",
    "liveabilityrow",
    "transitsiterow",
    "transitstayrow",
    "residencedocumentrow",
    "documentsessionrow",
    "travelfilerow",
    "standpointrow",
    "travelteamrow",
    "moneyfilerow",
    "moneysteprow",
    "schemeroundrow",
    "schemeroundsteprow",
    "urgencyschemerow",
    "compositionrow",
    "compositioncountsrow",
    "compositionfilerow",
    *small_reception.TABLES,
)


def fill_forecasts_and_letters() -> None:
    """Put a row into every table of what is expected, told and written to municipalities."""
    EstimateRow.objects.create(
        quantity="permits",
        half_year=str(HALF_YEAR),
        kind="estimate",
        middle=1,
        made_on=TODAY,
        source="example",
        entered_by="example",
    )
    drafted = DeviationRow.objects.create(
        half_year=str(HALF_YEAR),
        origin="newer",
        told_people=1,
        told_from=TODAY,
        signal_people=2,
        signal_from=TODAY,
        law={},
        drafted_on=TODAY,
    )
    DeviationStepRow.objects.create(deviation=drafted, kind="dropped", on=TODAY, decided_by="example")
    written = SupervisionLetterRow.objects.create(
        number="ABCD-EFGH-2345",
        province="PV26",
        municipality=UTRECHT,
        half_year=str(HALF_YEAR),
        kind="signal",
        rung=1,
        subject="example",
        parts=[],
        facts={},
        written_on=TODAY,
        pdf=b"example",
        docx=b"example",
    )
    SupervisionLetterStepRow.objects.create(
        letter=written, municipality=UTRECHT, kind="put-forward", on=TODAY, decided_by="example"
    )
    RecommendationEntryRow.objects.create(
        recommendation=5, kind="evidence", on=TODAY, what="example", recorded_by="example"
    )
    RecommendationCommentRow.objects.create(
        recommendation=5, role="coa", on=TODAY, text="example", said_by="example"
    )
    ForecastRow.objects.create(
        made_on=TODAY, series="waiting", half_year=str(HALF_YEAR), last_known="2025-II", people=[1]
    )


def supervise() -> None:
    """Put a row into every table of supervision."""
    readings.keep_readings(actor=OF_PROVINCE, province=ProvinceCode("PV26"), as_of=TODAY, today=TODAY)
    talk = Contact(0, ContactKind.TALK_OFFICIALS, TODAY, "example", OF_PROVINCE.name)
    case_files.record(actor=OF_PROVINCE, municipality=UTRECHT, new=talk, today=TODAY)
    WarningRow.objects.create(municipality=UTRECHT, half_year="2026-I", on=TODAY, chance=100, is_low=True)


def money_and_a_round() -> None:
    """Put a claim with a step, and a round with its list, into the tables of money."""
    money_of(OF_UTRECHT, UTRECHT, "example")
    made = SchemeRoundRow.objects.create(
        name="example",
        scheme="sft-2025",
        opens_on=TODAY,
        closes_on=TODAY,
        budget_cents=1,
        when_short="stop",
        commitment="0" * 64,
        decided_by="example",
        decided_on=TODAY,
    )
    SchemeRoundStepRow.objects.create(round=made, kind="published", on=TODAY, decided_by="example")


def registers() -> None:
    """Put a row into the registers of urgency schemes, documents and flex homes."""
    UrgencySchemeRow.objects.create(
        municipality=UTRECHT,
        first_day=TODAY,
        has_scheme=True,
        names_status_holders=True,
        provision="none",
        source="example",
        entered_by="example",
    )
    DocumentSessionRow.objects.create(
        centre="OL-001",
        on=TODAY,
        step=1,
        kind="made",
        team="example",
        staff=2,
        counters=1,
        slots=1,
        first_slot=time(9),
        minutes_per_slot=10,
        metres=0,
        decided_by="example",
    )
    ResidenceDocumentRow.objects.create(
        number="D-0000001",
        step=1,
        kind="signalled",
        state="waiting",
        household="PE-000001",
        centre="OL-001",
        ready_on=TODAY,
        born_on=TODAY,
        has_register_number=True,
        has_address=True,
        on=TODAY,
        decided_by="example",
    )
    flex_registers()


def flex_registers() -> None:
    """Put a row into the registers of flex homes and of how people live there."""
    FlexProjectRow.objects.create(
        project="F-0000001",
        step=1,
        kind="added",
        municipality=UTRECHT,
        owner=OF_UTRECHT.name,
        name="example",
        applied_on=TODAY,
        homes=1,
        delivered_on=TODAY,
        years=1,
        decided_by="example",
    )
    LiveabilityRow.objects.create(
        project="F-0000001",
        municipality=UTRECHT,
        owner=OF_UTRECHT.name,
        measure="complaints",
        on=TODAY,
        value=1,
        measured_by="example",
        source="example",
        entered_by="example",
    )


def fill_transit() -> None:
    """Put a row into the tables of transit locations."""
    site = {
        "site": "T-0000001",
        "municipality": UTRECHT,
        "first_day": TODAY,
        "step": 1,
        "decided_by": "example",
    }
    TransitSiteRow.objects.create(name="example", places=1, **site)
    TransitStayRow.objects.create(person="1", linked_to=UTRECHT, **site)


def fill_travel() -> None:
    """Put a row into every table of where teams go."""
    file = TravelFileRow.objects.create(
        kind="teams", first_day=TODAY, source="example", name="example.csv", decided_by="example"
    )
    TravelTeamRow.objects.create(file=file, code="T", desk="IND-ZWOLLE", staff=2, vans=1)
    StandpointRow.objects.create(file=file, code="OL-001", lat="52.1", lon="5.1")


def fill_notes() -> None:
    """Put a row into every table of decision notes."""
    note = DecisionNoteRow.objects.create(recommendations=[5], begun_on=TODAY, begun_by="example")
    DecisionNoteVersionRow.objects.create(
        note=note, place=1, title="example", sections={}, withheld={}, on=TODAY, written_by="example"
    )
    for kind, by in (("put-forward", "example"), ("reviewed", "other"), ("published", "other")):
        DecisionNoteStepRow.objects.create(note=note, version=1, kind=kind, on=TODAY, decided_by=by)
    DecisionNoteMarkRow.objects.create(
        note=note,
        version=1,
        key="example",
        text="example",
        rule="by-hand",
        is_removed=True,
        decided_by="other",
    )
    PublishedNoteRow.objects.create(
        number=note.pk, recommendations=[5], title="example", sections=[], published_on=TODAY, pdf=b"example"
    )


@pytest.fixture
def filled(proposal: int) -> int:
    """Put a row into every append-only table."""
    small_reception.fill_reception()
    announcements.save_opening_balances(HALF_YEAR, {UTRECHT: 3}, "example")
    announcements.save_swap(Swap(HALF_YEAR, TODAY, {UTRECHT: 1, ISLAND: -1}), registered_by="example")
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    read_household(actor=COA, identifier=ONE, today=TODAY)
    ProposalFolderRow.objects.create(proposal_id=proposal, archive=b"example")
    pin = Override(OverrideKind.PIN, ONE, ISLAND, "example", Ground.OTHER)
    changes.save_overrides(proposal, [(pin, "example")])
    changes.decide(proposal, replaces=proposal, accepted=True, decided_by="example")
    told = notices.notices_for(actor=OF_UTRECHT).notices[-1]
    seen = next(one for one in notices.notices_for(actor=OF_UTRECHT).notices if one.may_acknowledge)
    stated = taken_in.Stated(UTRECHT, HALF_YEAR, TODAY, 3, "example")
    taken_in.add_stated([(stated, None)], stated_by="example")
    notices.mark_read(actor=OF_UTRECHT, numbers=(told.number,))
    notices.acknowledge(actor=OF_UTRECHT, number=seen.number, today=TODAY)
    registers()
    money_and_a_round()
    fill_forecasts_and_letters()
    fill_travel()
    fill_transit()
    fill_notes()
    month = CompositionRow.objects.create(
        month=date(2026, 1, 1), shown={}, receipt=ReceiptRow.objects.earliest("made_at"), made_by="example"
    )
    supervise()
    CompositionCountsRow.objects.create(composition=month, counts={}, people_linked={})
    CompositionFileRow.objects.create(composition=month, name="example.csv", content=b"example")
    watch_and_hold()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    return proposal


def watch_and_hold() -> None:
    """Verify the journal, and put work on a name."""
    verify_due(TODAY)
    work_holders.put_on_name("coa:", "example", [work_holders.Held(ONE, "")], decided_by="example")


def row_of(table: str) -> models.Model:
    row = apps.get_model("store", table)._default_manager.first()
    assert isinstance(row, models.Model)
    return row


def refused() -> pytest.RaisesExc[DatabaseError]:
    return pytest.raises(DatabaseError, match="append-only")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.usefixtures("filled")
def test_a_row_is_neither_changed_nor_removed_by_any_road(table: str) -> None:
    model = apps.get_model("store", table)
    row, rows = row_of(table), model._default_manager
    column = next(field for field in model._meta.concrete_fields if not field.primary_key)
    value = getattr(row, column.attname)
    quoted = connection.ops.quote_name(column.column)
    with refused(), transaction.atomic():
        row.save()
    with refused(), transaction.atomic():
        rows.update(**{column.name: value})
    with refused(), transaction.atomic():
        rows.bulk_update([row], [column.name])
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.filter(pk=row.pk).delete()
    for statement in (
        f"update store_{table} set {quoted} = {quoted}",  # noqa: S608 - names of our own tables
        f"delete from store_{table}",  # noqa: S608 - the same
        f"truncate store_{table} cascade",
        f"with gone as (delete from store_{table} returning *) select count(*) from gone",  # noqa: S608 - the same
    ):
        with refused(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert rows.filter(pk=row.pk).exists()


def test_every_table_that_accounts_is_guarded(filled: int) -> None:
    assert filled
    free = {"centrerow", "householdrow", "memberrow", "accountrow", "builtcountryrow", "runrow", "workerrow"}
    free |= {"calendarfeedrow", "apikeyrow", "allowancerow", "answeredrow"}
    free |= {"sheetrow", "stagedrow", "labrunrow", "labfilerow", "documentplanrow"}
    free |= {"subscriberrow", "maildigestrow", "deliveryrow"}
    free |= {"provideraccountrow", "invitationrow", "grantrow", "unitrow", "deputyrow"}
    free |= {"householdnowrow", "savedfilterrow", "opensessionrow", "recoverycoderow", "lettercoderow"}
    assert {model._meta.model_name for model in apps.get_app_config("store").get_models()} == free | set(
        APPEND_ONLY
    )


def link_row(
    step: int, kind: str, replaces: LinkRow | None, name: str = "PE-000003", why: str = ""
) -> LinkRow:
    return LinkRow(
        household=name,
        step=step,
        kind=kind,
        municipality=UTRECHT,
        half_year=str(HALF_YEAR),
        persons=3,
        on=TODAY,
        reasons=[],
        why=why,
        replaces=replaces,
        decided_by="example",
    )


def test_a_household_has_one_link_in_force() -> None:
    first = link_row(1, "linked", None)
    first.save()
    for row in (
        link_row(1, "linked", None),
        link_row(2, "linked", first),
        link_row(2, "linked", None),
        link_row(3, "linked", first),
        link_row(1, "ended", first, why="reason"),
        link_row(2, "ended", first),
        link_row(2, "ended", None, why="reason"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
    other = link_row(1, "linked", None, name="PE-000004")
    other.save()
    with pytest.raises(DatabaseError, match="same household"), transaction.atomic():
        link_row(2, "ended", other, why="reason").save()
    ended = link_row(2, "ended", first, why="found a home")
    ended.save()
    link_row(3, "linked", ended).save()
    in_force = links.links_in_force([HouseholdId("PE-000003")])
    assert [row.step for row in in_force.values()] == [3]


def test_a_household_is_signed_off_once() -> None:
    link = links.add_link(
        Link(ONE, UTRECHT, HALF_YEAR, 1, TODAY, ()),
        reasons=(),
        proposal=None,
        decided_by="example",
        after=None,
    )
    links.add_sign_off(link, on=TODAY, decided_by="example")
    again = SignOffRow(
        household=ONE, step=1, kind="signed-off", link=link, municipality=UTRECHT,
        half_year=str(HALF_YEAR), persons=1, on=TODAY, decided_by="example",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("changes", [{UTRECHT: 2, ISLAND: -1}, {UTRECHT: 2}, {}])
def test_a_swap_that_does_not_keep_the_sum_cannot_be_committed(changes: dict[str, int]) -> None:
    def register() -> None:
        row = SwapRow.objects.create(half_year=str(HALF_YEAR), decided_on=TODAY, registered_by="example")
        for code, change in changes.items():
            SwapPartRow.objects.create(swap=row, municipality=code, change=change)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError, match="add up to"), transaction.atomic():
        register()


def test_a_municipality_has_one_target_in_force(proposal: int) -> None:
    assert proposal
    held = TargetRow.objects.get(municipality=UTRECHT, half_year=str(HALF_YEAR))
    second = TargetRow(
        half_year=held.half_year, municipality=UTRECHT, announcement_id=held.announcement.pk, inhabitants=1,
        reference_date=date(2025, 1, 1), exact_numerator=1, exact_denominator=1, people=1, receipt=held.receipt,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_households_come_back_as_they_went_in() -> None:
    from small_country import CENTRE

    people.save_centres([CENTRE])
    everyone = [household(number, size) for number, size in ((1, 1), (2, 8))]
    people.save_households(everyone)
    assert people.households([one.identifier for one in everyone]) == tuple(everyone)
    assert people.waiting_counts() == (2, 9)


def test_no_column_tells_of_descent_or_belief() -> None:
    forbidden = ("nation", "relig", "ethn", "country_of", "citizen", "faith", "race")
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
    }
    assert columns
    assert not [name for name in columns if any(word in name.lower() for word in forbidden)]


def test_migrations_are_complete_and_import_nothing_of_ours() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    for file in Path(links.__file__).with_name("migrations").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        modules = {
            name
            for node in ast.walk(tree)
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        assert not [name for name in modules if name.startswith("eenthuis")], file.name
