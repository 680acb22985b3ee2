"""The table pack of a province: accessible, the same every time, and only of the municipalities that one sees."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from small_country import ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services.case_files import record
from eenthuis.services.table_packs import make_pack
from eenthuis.services.targets import read_half_year, register_swap
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.targets import Swap

pytestmark = pytest.mark.django_db
PROVINCE = ProvinceCode("PV26")
OFFICER = Actor("provincie-utrecht", Role.PROVINCE, None, PROVINCE)
HALF_YEAR = HalfYear(2026, 1)
ZEIST = MunicipalityCode("GM0355")


def text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.usefixtures("proposal")
def test_a_pack_tells_target_progress_verdict_and_agreements() -> None:
    for new in (
        Contact(
            0, ContactKind.PLAN, TODAY, "Inhalen", "", half_year=HALF_YEAR, due=HALF_YEAR.last_day, people=9
        ),
        Contact(0, ContactKind.TALK_OFFICIALS, TODAY, "Gesprek over woningen", ""),
        Contact(0, ContactKind.NOTE, TODAY, "Alleen intern", ""),
    ):
        record(actor=OFFICER, municipality=UTRECHT, new=new, today=TODAY)
    name, content = make_pack(actor=OFFICER, province=PROVINCE, today=TODAY)
    assert name == "regietafel-PV26-2026-03-03.pdf"
    said = text(content)
    for part in (
        "Regietafel Utrecht 2026-I",
        "Plan: Inhalen",
        "Gesprek over woningen",
        "achter, maar",
        "Zeist",
    ):
        assert part in said
    assert "Alleen intern" not in said
    assert make_pack(actor=OFFICER, province=PROVINCE, today=TODAY)[1] == content
    metadata = PdfReader(io.BytesIO(content)).xmp_metadata
    assert metadata is not None
    assert "pdfuaid" in metadata.stream.get_data().decode()
    assert b"/StructTreeRoot" in content or "/StructTreeRoot" in PdfReader(io.BytesIO(content)).root_object


@pytest.mark.usefixtures("proposal")
def test_a_municipality_gets_a_pack_of_itself_and_nobody_of_another_province() -> None:
    own = text(make_pack(actor=OF_UTRECHT, province=PROVINCE, today=TODAY)[1])
    assert "Zeist" not in own
    with pytest.raises(AccessError, match="ACC-02"):
        make_pack(actor=OF_ISLAND, province=PROVINCE, today=TODAY)


@pytest.mark.usefixtures("proposal")
def test_a_province_registers_a_swap_of_its_own_and_the_sum_stays() -> None:
    before = read_half_year(actor=MINISTRY, half_year=HALF_YEAR, today=TODAY).totals.net
    agreed = Swap(HALF_YEAR, TODAY, {UTRECHT: 2, ZEIST: -2}, "besluit 12")
    assert isinstance(register_swap(actor=OFFICER, agreed=agreed, today=TODAY), Receipt)
    page = read_half_year(actor=MINISTRY, half_year=HALF_YEAR, today=TODAY)
    assert page.totals.net == before
    assert {row.code: row.swapped for row in page.rows if row.swapped} == {UTRECHT: 2, ZEIST: -2}
    elsewhere = Swap(HALF_YEAR, TODAY, {ISLAND: 1, MunicipalityCode("GM1970"): -1}, "besluit 13")
    with pytest.raises(AccessError, match="ACC-02"):
        register_swap(actor=OFFICER, agreed=elsewhere, today=TODAY)
