"""Personal data go when their time has passed; every published figure stays, and the journal still verifies."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_country import AUDITOR, COA, HALF_YEAR, ISLAND, TODAY, UTRECHT

from eenthuis.law import law_book
from eenthuis.law.retention import KindOfRecord
from eenthuis.rules.retention import goes_on
from eenthuis.services import erasing, linking, sign_offs
from eenthuis.services.balances import standing
from eenthuis.services.country import read_country
from eenthuis.services.journal_chain import Fault, verify_journal
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.processing import processed
from eenthuis.services.proposal_page import proposal_folder
from eenthuis.services.provinces import read_province
from eenthuis.services.targets import read_half_year
from eenthuis.services.weeks import read_weeks
from eenthuis.services.workspace import read_household
from eenthuis.store import changes, proposals
from eenthuis.store.api_models import AnsweredRow
from eenthuis.store.erasing import DOCUMENTS, TABLES
from eenthuis.store.filter_models import SavedFilterRow
from eenthuis.store.models import (
    HouseholdRow,
    JournalRow,
    LinkRow,
    MemberRow,
    ProposalFolderRow,
    ProposalRow,
    ProposedLinkRow,
    RunRow,
    SignOffRow,
)
from eenthuis.store.processing_models import ProcessingLogRow
from eenthuis.store.sheet_models import SheetRow, StagedRow
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.overriding import Ground, Override, OverrideKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import ProvinceCode

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR = (HouseholdId(f"PE-{number:06d}") for number in range(1, 5))
LAW = law_book().retention(TODAY)
DUE = goes_on(TODAY, KindOfRecord.HOUSEHOLD, LAW)


def housed(proposal: int, *names: HouseholdId) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY)
    for name in names:
        sign_offs.sign_off(actor=COA, household=name, on=TODAY, today=TODAY)


def everywhere(text: str) -> list[str]:
    """Return every column of every table of ours in which a text stands."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("store").get_models():
            table = model._meta.db_table
            cursor.execute(f"select count(*) from {table} t where strpos(t::text, %s) > 0", [text])  # noqa: S608 - our own
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def published() -> dict[str, object]:
    """Return every figure that anybody may see."""
    half_year = read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY)
    country = read_country(actor=ANYONE, today=TODAY)
    places = [
        read_municipality(actor=ANYONE, code=code, half_year=HALF_YEAR, today=TODAY)
        for code in (UTRECHT, ISLAND)
    ]
    return {
        "rows": half_year.rows,
        "totals": half_year.totals,
        "country": (country.totals, country.months, country.waiting_households, country.waiting_people),
        "places": [(page.row, page.months, page.history, page.linked_by_size) for page in places],
        "open": [standing(HALF_YEAR, TODAY).open_people(code) for code in (UTRECHT, ISLAND)],
    }


def test_a_household_whose_day_has_come_stands_nowhere_any_more(proposal: int) -> None:
    housed(proposal, ONE)
    read_household(actor=COA, identifier=ONE, today=TODAY)
    pin = Override(OverrideKind.PIN, ONE, ISLAND, "lives near family of Ahmed", Ground.FAMILY)
    changes.save_overrides(proposal, [(pin, "coa")])
    RunRow.objects.create(
        half_year=str(HALF_YEAR),
        as_of=TODAY,
        wishes={},
        asked_by="coa",
        asked_role="coa",
        state="withdrawn",
        overrides=changes.overrides_plain([pin]),
    )
    assert erasing.erase(as_of=DUE - timedelta(days=1), today=DUE)[0].count == 0
    assert len(everywhere(ONE)) >= 7
    (gone, *_) = erasing.erase(as_of=DUE, today=DUE)
    assert (gone.count, gone.ended_by, gone.authority) == (1, TODAY, "assumption")
    assert everywhere(ONE) == []
    assert everywhere("Ahmed") == []
    assert not MemberRow.objects.filter(household_id=ONE).exists()
    assert LinkRow.objects.filter(household__startswith="X-").count() == 1
    assert SignOffRow.objects.get().household == LinkRow.objects.get().household
    with pytest.raises(AccessError, match="ACC-02"):
        read_household(actor=COA, identifier=ONE, today=TODAY)


def test_files_with_rows_of_a_household_go_with_it_and_the_counts_stay(proposal: int) -> None:
    housed(proposal, ONE)
    named, without = another(proposal), another(proposal)
    row = ProposedLinkRow.objects.get(proposal_id=proposal, household=ONE)
    row.pk, row.proposal_id = None, named
    row.save(force_insert=True)
    for number in (named, without):
        ProposalFolderRow.objects.create(proposal_id=number, archive=b"PK zip")
    made = {
        "asked_by": "coa", "asked_role": "coa", "as_of": DUE, "state": "done", "file_name": "a.csv",
    }  # fmt: skip
    out = SheetRow.objects.create(
        direction="out", kind="households", content=b"PE-000001", asked={"chosen": {"search": ONE}}, **made
    )
    handed = SheetRow.objects.create(
        direction="in", kind="sign-offs", content=b"x", **made | {"state": "checked"}
    )
    StagedRow.objects.create(sheet=handed, number=1, cells=[ONE], outcome="new", asked_by="coa")
    kept = SheetRow.objects.create(direction="in", kind="homes", content=b"x", **made | {"state": "checked"})
    opaque = str(HouseholdRow.objects.get(pk=ONE).number)
    AnsweredRow.objects.create(
        who="key:a", key="k" * 8, asked="", status=201, headers={}, body=f'{{"nummer": "{opaque}"}}'
    )
    SavedFilterRow.objects.create(actor="coa", page="work", name="dit ene", parts={"search": ONE})
    before = ProposalRow.objects.filter(pk=named).values("households", "linked", "persons", "gap").get()
    erasing.erase(as_of=DUE, today=DUE)
    assert everywhere(ONE) == everywhere(opaque) == []
    assert (proposals.has_archive(named), proposals.has_archive(without)) == (False, True)
    assert ProposalRow.objects.filter(pk=named).values(*before).get() == before
    assert SheetRow.objects.get(pk=out.pk).content is None
    assert (SheetRow.objects.get(pk=handed.pk).state, SheetRow.objects.get(pk=handed.pk).content) == (
        "withdrawn",
        None,
    )
    assert SheetRow.objects.get(pk=kept.pk).state == "checked"
    with pytest.raises(AccessError, match="ACC-02"):
        proposal_folder(actor=COA, number=named)


def another(proposal: int) -> int:
    """Return the number of a proposal without households, of the day on which is erased."""
    row = ProposalRow.objects.get(pk=proposal)
    row.pk = None
    row.as_of = DUE
    row.save(force_insert=True)
    return int(row.pk)


def test_folders_and_files_go_when_their_own_days_have_passed(proposal: int) -> None:
    ProposalFolderRow.objects.create(proposal_id=proposal, archive=b"PK zip")
    sheet = SheetRow.objects.create(
        direction="out", kind="homes", content=b"x", asked_by="coa", asked_role="coa", as_of=TODAY,
        state="done", file_name="a.csv",
    )  # fmt: skip
    gone = {kind: goes_on(TODAY, kind, LAW) for kind in (KindOfRecord.PROOF_FOLDER, KindOfRecord.LIST_FILE)}

    def counts(day: date) -> dict[str, int]:
        return {one.kind.value: one.count for one in erasing.due(as_of=day)}

    day = gone[KindOfRecord.LIST_FILE]
    assert counts(day - timedelta(days=1))["list-file"] == 0
    assert counts(day)["list-file"] == 1
    erasing.erase(as_of=day, today=day)
    assert SheetRow.objects.get(pk=sheet.pk).content is None
    day = gone[KindOfRecord.PROOF_FOLDER]
    erasing.erase(as_of=day - timedelta(days=1), today=day)
    assert proposals.has_archive(proposal)
    assert counts(day)["proof-folder"] == 1
    erasing.erase(as_of=day, today=day)
    assert not proposals.has_archive(proposal)


def test_who_is_not_signed_off_or_was_withdrawn_stays(proposal: int) -> None:
    housed(proposal, ONE)
    linking.confirm(actor=COA, proposal=proposal, households=(TWO,), today=TODAY)
    first = SignOffRow.objects.get()
    SignOffRow.objects.create(
        household=ONE, step=2, kind="withdrawn", link=first.link, municipality=first.municipality,
        half_year=first.half_year, persons=first.persons, on=TODAY, why="example", replaces=first, decided_by="coa",
    )  # fmt: skip
    before = HouseholdRow.objects.count()
    assert erasing.erase(as_of=DUE, today=DUE)[0].count == 0
    assert HouseholdRow.objects.count() == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    linked=st.sets(st.integers(1, 4)),
    signed=st.sets(st.integers(1, 4)),
    undone=st.sets(st.integers(1, 4)),
    days=st.integers(0, 3),
)
def test_every_published_figure_is_the_same_before_and_after(
    proposal: int, linked: set[int], signed: set[int], undone: set[int], days: int
) -> None:
    with transaction.atomic():
        names = [HouseholdId(f"PE-{number:06d}") for number in sorted(linked)]
        if names:
            linking.confirm(actor=COA, proposal=proposal, households=tuple(names), today=TODAY)
        for name in names:
            number = int(name[3:])
            if number in signed:
                sign_offs.sign_off(actor=COA, household=name, on=TODAY, today=TODAY)
            elif number in undone:
                linking.undo(actor=COA, household=name, why="example", today=TODAY)
        before = published()
        as_of = DUE + timedelta(days=days)
        (gone, *_) = erasing.erase(as_of=as_of, today=as_of)
        assert gone.count == len(linked & signed)
        assert published() == before
        assert verify_journal().broken is None
        transaction.set_rollback(True)


def test_the_journal_still_verifies_and_a_line_emptied_without_an_erasure_is_found(proposal: int) -> None:
    housed(proposal, ONE, TWO)
    lines = JournalRow.objects.count()
    erasing.erase(as_of=DUE, today=DUE)
    found = verify_journal()
    assert (found.broken, found.lines, found.erased) == (None, lines + 1, 4)
    told = JournalRow.objects.get(action="erase")
    assert told.after == {"households": 2, "lines": 4, "deliveries": 0, "as_of": DUE.isoformat()}
    assert "PE-" not in json.dumps(told.after)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('eenthuis.erasing', 'on', true)")
        cursor.execute(
            "update store_journalrow set subject = 'household erased', before = null, after = null, why = ''"
            " where action = 'announce'"
        )
        cursor.execute(
            "update store_journalchainrow set salt = '', erasure = %s where line_id in"
            " (select id from store_journalrow where action = 'announce')",
            [told.pk],
        )
    broken = verify_journal().broken
    assert broken is not None
    assert (broken.fault, broken.line) == (Fault.ERASED_UNTOLD, told.pk)


def test_only_what_may_be_erased_changes_and_only_in_a_transaction_that_erases(proposal: int) -> None:
    housed(proposal, ONE)
    assert verify_journal().broken is None
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update store_linkrow set household = 'X-1'")
    for statement in (
        "update store_linkrow set persons = 9",
        "update store_linkrow set household = 'X-1', persons = 9",
        "delete from store_linkrow",
        "update store_journalrow set actor = 'x'",
        "update store_journalchainrow set digest = 'x'",
        "update store_targetrow set people = 9",
        "truncate store_signoffrow cascade",
    ):
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('eenthuis.erasing', 'on', true)")
            cursor.execute(statement)


def test_every_table_that_names_a_household_is_in_the_register_of_what_is_erased() -> None:
    """A new table with a household, or with a document, belongs in store/erasing.py."""
    records = {"store_householdrow", "store_memberrow"}
    with_household = {
        model._meta.db_table
        for model in apps.get_app_config("store").get_models()
        if any(field.name == "household" for field in model._meta.concrete_fields)
    }
    assert with_household - records == set(TABLES)
    assert set(DOCUMENTS) <= {model._meta.db_table for model in apps.get_app_config("store").get_models()}


def test_a_day_ahead_is_refused(proposal: int) -> None:
    housed(proposal, ONE)
    with pytest.raises(InputError, match="INP-06"):
        erasing.erase(as_of=DUE, today=DUE - timedelta(days=1))
    assert erasing.due(as_of=DUE)[0].count == 1
    assert HouseholdRow.objects.filter(identifier=ONE).exists()


def test_retention_is_an_assumption_with_its_source() -> None:
    assert set(LAW.days) == set(KindOfRecord)
    assert {citation.authority.value for citation in LAW.citations} == {"assumption"}
    assert goes_on(date(2026, 1, 1), KindOfRecord.DELIVERY, LAW) > date(2026, 1, 1)


def test_what_a_record_was_used_for_is_noted_apart_without_who_looked(proposal: int) -> None:
    housed(proposal, ONE)
    read_household(actor=AUDITOR, identifier=ONE, today=TODAY)
    (line,) = processed(ONE)
    assert (line.activity.value, line.ground.startswith("Huisvestingswet")) == ("show-household", True)
    fields = {field.name for field in ProcessingLogRow._meta.concrete_fields}
    assert fields == {"id", "request", "activity", "household", "at"}
    with pytest.raises(AccessError, match="ACC-02"):
        read_household(actor=ANYONE, identifier=ONE, today=TODAY)
    assert len(processed(ONE)) == 1, "what was refused was not shown"


def test_weeks_and_provinces_stay_as_they_were(proposal: int) -> None:
    housed(proposal, ONE, THREE)
    before = (
        read_weeks(actor=COA, today=TODAY),
        read_province(actor=ANYONE, code=ProvinceCode("PV26"), half_year=HALF_YEAR, today=TODAY),
    )
    erasing.erase(as_of=DUE, today=DUE)
    assert before == (
        read_weeks(actor=COA, today=TODAY),
        read_province(actor=ANYONE, code=ProvinceCode("PV26"), half_year=HALF_YEAR, today=TODAY),
    )
