"""Residence documents handed in by the IND in a spreadsheet, with what is wrong told per row."""

from __future__ import annotations

from datetime import date

import pytest
from small_country import COA, TODAY
from workbooks import Written, xlsx

from eenthuis.connect.sheet_book import forms
from eenthuis.services import sheet_work, sheets
from eenthuis.store import documents as stored
from eenthuis.store.document_models import ResidenceDocumentRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.errors import AccessError
from eenthuis.terms.sheets import SheetKind

pytestmark = pytest.mark.django_db
IND = Actor("ind", Role.IND)
HEADINGS: list[Written] = [
    "Document", "Plaatsingseenheid", "Kaart sinds", "Geboren", "Pasfoto van", "Vingerafdrukken van",
    "Burgerservicenummer bekend", "Adres bekend",
]  # fmt: skip
SOUND: list[Written] = [
    "IND-1", "PE-000002", date(2026, 2, 1), date(1990, 5, 1), date(2026, 1, 5), date(2026, 1, 5), "ja", "ja",
]  # fmt: skip


def hand_in(*rows: list[Written]) -> int:
    content = xlsx({forms()[SheetKind.DOCUMENTS].sheet: [HEADINGS, *rows]})
    number = sheets.hand_in(
        actor=IND, kind=SheetKind.DOCUMENTS, name="documenten.xlsx", content=content, today=TODAY
    )
    assert sheet_work.work_once("tester") == number
    return number


def test_documents_are_taken_in_whole_and_once(proposal: int) -> None:
    assert proposal
    second: list[Written] = [
        "IND-2",
        "PE-000002",
        date(2026, 2, 1),
        date(2022, 5, 1),
        None,
        None,
        None,
        "nee",
    ]
    number = hand_in(SOUND, second)
    page = sheets.read_own(actor=IND, number=number)
    assert (page.new, page.wrong, page.may_agree) == (2, 0, True)
    assert not ResidenceDocumentRow.objects.exists()
    sheets.agree(actor=IND, number=number)
    assert sheet_work.work_once("tester") == number
    held = stored.held(DocumentNumber("IND-2"))
    assert held is not None
    assert (held.document.has_citizen_number, held.document.photo_on) == (False, None)
    again = sheets.read_own(actor=IND, number=hand_in(SOUND))
    assert (again.same, again.new) == (1, 0)


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        (0, "123456782", "This is no number of a document."),
        (1, "PE-999999", "No household has this number."),
        (2, date(2190, 1, 1), "This day cannot be"),
        (3, "vandaag", "This is no day that exists."),
        (4, date(1980, 1, 1), "This day cannot be"),
        (6, "123456782", "This is neither yes nor no."),
    ],
)
def test_what_is_wrong_is_told_at_its_row(proposal: int, column: int, value: Written, why: str) -> None:
    assert proposal
    wrong = [*SOUND[:column], value, *SOUND[column + 1 :]]
    good = ["IND-9", *SOUND[1:]]
    page = sheets.read_own(actor=IND, number=hand_in(good, wrong), language="en")
    assert [(one.row, why in one.why) for one in page.problems] == [(3, True)]
    assert not page.may_agree
    assert not ResidenceDocumentRow.objects.exists()


def test_what_is_there_otherwise_is_not_overwritten(proposal: int) -> None:
    assert proposal
    sheets.agree(actor=IND, number=hand_in(SOUND))
    sheet_work.work_once("tester")
    page = sheets.read_own(actor=IND, number=hand_in([*SOUND[:7], "nee"]), language="en")
    assert page.wrong == 1
    with pytest.raises(AccessError, match="ACC-01"):
        sheets.template(actor=COA, kind=SheetKind.DOCUMENTS, today=TODAY)
