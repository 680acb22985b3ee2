"""Spreadsheets from hand in to taken in: checked, shown, agreed to, whole or not at all, and only by whom may."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from small_country import AUDITOR, COA, HALF_YEAR, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT
from workbooks import Written, xlsx

from eenthuis.connect import sheet_reading
from eenthuis.connect.clock import now
from eenthuis.connect.sheet_book import forms
from eenthuis.services import linking, lists, sheet_work, sheets, sign_offs
from eenthuis.services.receipts import verify_receipt
from eenthuis.store import people, taken_in
from eenthuis.store import sheets as stored
from eenthuis.store.models import HouseholdRow, JournalRow, NoticeRow, SheetRow, SignOffRow, StagedRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.sheets import SheetKind

pytestmark = pytest.mark.django_db
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
ONE, TWO, THREE = (HouseholdId(f"PE-00000{number}") for number in (1, 2, 3))
PROGRESS: list[Written] = ["Gemeente", "Halfjaar", "Stand op", "Gehuisvest", "Toelichting"]
HOMES: list[Written] = [
    "Woningnummer", "Gemeente", "Soort woning", "Kamers", "Hoogstens personen", "Rolstoelgeschikt", "Beschikbaar vanaf",
]  # fmt: skip
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, association="Wonen Voorbeeld")
SIGNED: list[Written] = ["Plaatsingseenheid", "Afgemeld op", "Gemeente"]
SETTLED: list[Written] = [
    "Plaatsingseenheid", "Vergunning op", "Opvanglocatie", "Koppelregio", "Volwassenen", "Kinderen", "Nareizigers",
]  # fmt: skip
NEW: list[Written] = [
    "IM-1", date(2025, 11, 3), "OL-001", "Overijssel, Gelderland", "1988 m; 1990 v", "2015 x", 2,
]  # fmt: skip


def hand_in(kind: SheetKind, *rows: list[Written], actor: Actor = COA) -> int:
    content = xlsx({forms()[kind].sheet: rows})
    number = sheets.hand_in(actor=actor, kind=kind, name="lijst.xlsx", content=content, today=TODAY)
    assert sheet_work.work_once("tester") == number
    return number


def reasons(number: int, actor: Actor = COA) -> list[tuple[int, str]]:
    page = sheets.read_own(actor=actor, number=number, language="en")
    return [(one.row, one.why) for one in page.problems]


@pytest.fixture
def linked(proposal: int) -> int:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO, THREE), today=date(2026, 2, 1))
    return proposal


@pytest.mark.usefixtures("proposal")
def test_households_are_checked_shown_agreed_to_and_taken_in_whole_with_a_receipt() -> None:
    number = hand_in(SheetKind.HOUSEHOLDS, SETTLED, NEW, ["IM-2", *NEW[1:]])
    page = sheets.read_own(actor=COA, number=number)
    assert (page.state, page.new, page.same, page.wrong, page.may_agree) == ("checked", 2, 0, 0, True)
    assert not HouseholdRow.objects.filter(identifier__startswith="IM").exists()
    assert StagedRow.objects.count() == 2
    sheets.agree(actor=COA, number=number)
    sheet_work.work_once("tester")
    page = sheets.read_own(actor=COA, number=number)
    assert (page.state, page.new) == ("done", 2)
    (one,) = people.households([HouseholdId("IM-1")])
    assert (one.persons, one.permit_on, one.joining.people if one.joining else 0) == (3, date(2025, 11, 3), 2)
    assert StagedRow.objects.count() == 0
    assert SheetRow.objects.get(pk=number).content is None
    assert verify_receipt(actor=COA, number=page.receipt).is_same
    told = set(JournalRow.objects.filter(action="register-household").values_list("subject", flat=True))
    assert told == {"household IM-1", "household IM-2"}
    assert JournalRow.objects.filter(action="take-in-sheet").count() == 1


@pytest.mark.usefixtures("proposal")
def test_one_wrong_row_keeps_all_rows_out() -> None:
    number = hand_in(SheetKind.HOUSEHOLDS, SETTLED, NEW, ["IM-2", *NEW[1:2], "OL-999", *NEW[3:]])
    page = sheets.read_own(actor=COA, number=number)
    assert (page.new, page.wrong, page.may_agree) == (1, 1, False)
    with pytest.raises(StateError):
        sheets.agree(actor=COA, number=number)
    name, made = sheets.marked_workbook(actor=COA, number=number)
    (grid,) = sheet_reading.grids(made, name)
    assert "Er is geen opvanglocatie met deze code." in str(grid.rows[2][-2])
    assert not HouseholdRow.objects.filter(identifier__startswith="IM").exists()


@pytest.mark.usefixtures("proposal")
def test_what_is_there_already_is_the_same_or_told_to_differ() -> None:
    same: list[Written] = [
        "PE-000002", date(2025, 10, 1), "OL-001", "Flevoland, Utrecht, Noord-Holland", "1990 x; 1991 x", None, None,
    ]  # fmt: skip
    other: list[Written] = [*same[:5], "2019 v", None]
    number = hand_in(SheetKind.HOUSEHOLDS, SETTLED, same, NEW, NEW, ["PE-000001", *other[1:]])
    page = sheets.read_own(actor=COA, number=number, language="en")
    assert (page.new, page.same, page.wrong) == (1, 1, 2)
    assert [(one.row, one.column) for one in page.problems] == [
        (4, "Plaatsingseenheid"),
        (5, "Plaatsingseenheid"),
    ]
    assert "see row 3" in page.problems[0].why
    assert "Volwassenen, Kinderen" in page.problems[1].why


def test_sign_offs_count_nationally_tell_the_municipality_and_are_checked_like_one_by_hand(
    linked: int,
) -> None:
    del linked
    number = hand_in(
        SheetKind.SIGN_OFFS,
        SIGNED,
        [ONE, "03-03-2026", "Utrecht"],
        [TWO, date(2026, 3, 4), None],
        [THREE, "31-01-2026", None],
        ["PE-000004", "01-03-2026", None],
        ["PE-999999", "01-03-2026", None],
        [THREE.replace("3", "2"), "01-03-2026", "Ameland"],
    )
    assert [row for row, _ in reasons(number)] == [3, 4, 5, 6, 7]
    words = " ".join(why for _, why in reasons(number))
    for part in ("lies ahead", "before the link", "linked to no", "No household", "row stands here already"):
        assert part in words
    number = hand_in(SheetKind.SIGN_OFFS, SIGNED, [ONE, "03-03-2026", "Utrecht"], [TWO, "02-03-2026", None])
    told = NoticeRow.objects.count()
    sheets.agree(actor=COA, number=number)
    sheet_work.work_once("tester")
    assert taken_in.signed_off_on([ONE, TWO]) == {ONE: date(2026, 3, 3), TWO: date(2026, 3, 2)}
    assert NoticeRow.objects.count() == told + 2
    number = hand_in(SheetKind.SIGN_OFFS, SIGNED, [ONE, "03-03-2026", None], [TWO, "01-03-2026", None])
    page = sheets.read_own(actor=COA, number=number, language="en")
    assert (page.new, page.same, page.wrong) == (0, 1, 1)
    assert "02-03-2026" in page.problems[0].why


def test_what_became_wrong_between_checking_and_taking_in_keeps_everything_out(linked: int) -> None:
    del linked
    number = hand_in(SheetKind.SIGN_OFFS, SIGNED, [ONE, "03-03-2026", None], [TWO, "03-03-2026", None])
    sheets.agree(actor=COA, number=number)
    sign_offs.sign_off(actor=COA, household=TWO, on=date(2026, 3, 1), today=TODAY)
    sheet_work.work_once("tester")
    page = sheets.read_own(actor=COA, number=number)
    assert (page.state, page.new, page.wrong) == ("checked", 1, 1)
    assert SignOffRow.objects.count() == 1


@pytest.mark.usefixtures("proposal")
def test_a_municipality_states_its_own_progress_and_nobody_elses_and_a_later_statement_replaces() -> None:
    rows: list[list[Written]] = [
        ["Utrecht", "2026-I", date(2026, 2, 28), 12, "=som"],
        ["Ameland", "2026-I", date(2026, 2, 28), 1, None],
    ]
    number = hand_in(SheetKind.PROGRESS, PROGRESS, *rows, actor=OF_UTRECHT)
    assert reasons(number, OF_UTRECHT) == [(3, "This municipality is not yours.")]
    for count in (12, 14):
        rows[0][3] = count
        number = hand_in(SheetKind.PROGRESS, PROGRESS, rows[0], actor=OF_UTRECHT)
        sheets.agree(actor=OF_UTRECHT, number=number)
        sheet_work.work_once("tester")
    (stated,) = taken_in.stated_in_force([UTRECHT], HALF_YEAR)
    assert (stated.realised, stated.note, stated.replaces is not None) == (14, "=som", True)
    ahead: list[list[Written]] = [
        ["Utrecht", "2026-I", "01-04-2026", 1, None],
        ["Utrecht", "2025-II", "01-01-2026", 1, None],
    ]
    number = hand_in(SheetKind.PROGRESS, PROGRESS, *ahead, actor=OF_UTRECHT)
    assert [row for row, _ in reasons(number, OF_UTRECHT)] == [2, 3]


@pytest.mark.usefixtures("proposal")
def test_homes_are_added_with_numbers_of_the_register_and_what_goes_out_comes_back() -> None:
    row: list[Written] = [None, "Utrecht", "sociale huur", 3, 4, "ja", "01-04-2026"]
    number = hand_in(SheetKind.HOMES, HOMES, row, row, [None, "Ameland", *row[2:]], actor=ASSOCIATION)
    sheets.agree(actor=ASSOCIATION, number=number)
    sheet_work.work_once("tester")
    own = lists.Asked("homes", {}, "geen", TODAY)
    assert lists.count_list(actor=ASSOCIATION, asked=own) == 3
    assert lists.count_list(actor=OF_UTRECHT, asked=own) == 2
    made = lists.ask_list(actor=ASSOCIATION, asked=own, form="xlsx", moment=now())
    number = sheets.hand_in(
        actor=ASSOCIATION, kind=SheetKind.HOMES, name="terug.xlsx", content=made.content or b"", today=TODAY
    )
    sheet_work.work_once("tester")
    page = sheets.read_own(actor=ASSOCIATION, number=number)
    assert (page.new, page.same, page.wrong) == (0, 3, 0)
    (grid, _) = sheet_reading.grids(made.content or b"", "terug.xlsx")
    first = grid.rows[-1]
    other: list[Written] = [str(first[0]), *row[1:3], 9, *row[4:]]
    rows: list[list[Written]] = [other, ["W-9999999", *row[1:]], [None, "Ameland", *row[2:]]]
    number = hand_in(SheetKind.HOMES, HOMES, *rows, actor=OF_UTRECHT)
    words = [why for _, why in reasons(number, OF_UTRECHT)]
    assert "another value" in words[0]
    assert words[1:] == ["No home of yours has this number.", "This municipality is not yours."]
    with pytest.raises(AccessError):
        hand_in(SheetKind.HOMES, HOMES, row, actor=MINISTRY)


@pytest.mark.usefixtures("proposal")
def test_only_who_may_hands_in_and_only_ones_own_files_are_found() -> None:
    for actor, kind in (
        (OF_UTRECHT, SheetKind.HOUSEHOLDS),
        (MINISTRY, SheetKind.SIGN_OFFS),
        (AUDITOR, SheetKind.HOUSEHOLDS),
        (COA, SheetKind.PROGRESS),
        (OF_PROVINCE, SheetKind.PROGRESS),
    ):
        with pytest.raises(AccessError):
            sheets.hand_in(actor=actor, kind=kind, name="a.csv", content=b"x", today=TODAY)
        assert kind not in {form.kind for form in sheets.kinds_for(actor)}
    number = hand_in(SheetKind.PROGRESS, PROGRESS, ["Utrecht", "2026-I", TODAY, 1, None], actor=OF_UTRECHT)
    for does in (sheets.read_own, sheets.agree, sheets.withdraw, sheets.marked_workbook):
        with pytest.raises(AccessError) as refused:
            does(actor=OF_ISLAND, number=number)
        assert refused.value.code == "ACC-02"
    assert sheets.own_sheets(actor=OF_ISLAND) == ()


@pytest.mark.usefixtures("proposal")
def test_a_file_with_a_refused_column_is_not_staged() -> None:
    number = hand_in(SheetKind.HOUSEHOLDS, [*SETTLED, "Nationaliteit"], [*NEW, "geheim"])
    page = sheets.read_own(actor=COA, number=number)
    assert (page.state, page.new, len(page.heading_problems)) == ("checked", 0, 1)
    assert "geweigerd" in page.heading_problems[0].why
    assert StagedRow.objects.count() == 0
    assert not page.may_agree


@pytest.mark.usefixtures("proposal")
def test_an_empty_or_unreadable_file_is_refused_and_thrown_away() -> None:
    with pytest.raises(InputError):
        sheets.hand_in(actor=COA, kind=SheetKind.HOUSEHOLDS, name="a.xlsx", content=b"", today=TODAY)
    number = sheets.hand_in(
        actor=COA, kind=SheetKind.HOUSEHOLDS, name="a.xlsx", content=b"PK\x03\x04rest", today=TODAY
    )
    sheet_work.work_once("tester")
    page = sheets.read_own(actor=COA, number=number)
    assert (page.state, page.problem) == ("failed", "INP-05")
    assert stored.content_of(number) is None


@pytest.mark.usefixtures("proposal")
def test_a_sheet_whose_worker_fell_silent_goes_to_another_and_is_given_up_after_three_tries() -> None:
    number = hand_in(SheetKind.HOUSEHOLDS, SETTLED, NEW)
    sheets.agree(actor=COA, number=number)
    for state in ("agreed", "agreed", "lost"):
        assert stored.claim("gone") is not None
        with connection.cursor() as cursor:
            cursor.execute("update store_sheetrow set beat_at = clock_timestamp() - interval '2 minutes'")
        assert stored.give_back_silent() == (number,)
        assert SheetRow.objects.get(pk=number).state == state


@pytest.mark.usefixtures("proposal")
def test_a_withdrawn_or_forgotten_file_is_thrown_away() -> None:
    one, two = (hand_in(SheetKind.HOUSEHOLDS, SETTLED, NEW) for _ in range(2))
    sheets.withdraw(actor=COA, number=one)
    assert stored.content_of(one) is None
    assert stored.throw_old_away(TODAY - timedelta(days=1)) == 0
    assert stored.throw_old_away(TODAY) == 1
    assert (stored.content_of(two), StagedRow.objects.count()) == (None, 0)


def test_lists_are_made_at_once_or_in_the_background_and_only_for_who_may_see_them(
    linked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    del linked
    asked = {name: lists.Asked(name, {}, "geen", TODAY) for name in lists.LISTS}
    for name in lists.LISTS:
        for form in lists.FORMS:
            made = lists.ask_list(actor=COA, asked=asked[name], form=form, moment=now())
            assert made.content
    refused = {(OF_UTRECHT, name) for name in lists.LISTS if name not in {"homes", "work"}} | {
        (MINISTRY, "households"),
        (MINISTRY, "journal"),
    }
    for actor, name in refused:
        with pytest.raises(AccessError):
            lists.ask_list(actor=actor, asked=asked[name], form="csv", moment=now())
    own = lists.Asked("progress", {"municipality": UTRECHT}, "Utrecht", TODAY)
    assert (
        lists.count_list(actor=OF_UTRECHT, asked=own) == lists.count_list(actor=OF_PROVINCE, asked=own) == 0
    )
    with pytest.raises(AccessError):
        lists.count_list(actor=OF_UTRECHT, asked=lists.Asked("progress", {"municipality": ISLAND}, "", TODAY))
    monkeypatch.setattr(lists, "AT_ONCE", 3)
    made = lists.ask_list(actor=COA, asked=asked["households"], form="xlsx", moment=now())
    assert made.number is not None
    sheet_work.work_once("tester")
    name, content = lists.list_file(actor=COA, number=made.number)
    assert [grid.name for grid in sheet_reading.grids(content, name)] == ["Huishoudens", "Toelichting"]
    with pytest.raises(AccessError):
        lists.list_file(actor=AUDITOR, number=made.number)


def test_the_filter_of_a_list_is_followed_and_stands_in_the_file(linked: int) -> None:
    del linked
    asked = lists.Asked(
        "workspace", {"state": "confirmed", "municipality": UTRECHT}, "Stand: gekoppeld", TODAY
    )
    moment = datetime(2026, 3, 3, 9, 5)  # noqa: DTZ001 - a moment on the wall
    made = lists.ask_list(actor=COA, asked=asked, form="xlsx", moment=moment)
    first, about = sheet_reading.grids(made.content or b"", made.file_name)
    assert [row[0] for row in first.rows[1:]] == [ONE, TWO]
    assert ["Filter", "Stand: gekoppeld"] in about.rows
    assert ["Moment", "03-03-2026 09:05"] in about.rows
