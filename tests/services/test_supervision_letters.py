"""Letters of supervision: written from the rung, accessible, sent by two people, and checked without being read."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from keyed import Program, new_key
from small_country import AUDITOR, COA, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.connect import letter_book
from eenthuis.connect.letter_book import letter_in_words
from eenthuis.connect.letter_files import letter_files
from eenthuis.services import supervision_letters as services
from eenthuis.services.case_files import read_file, record
from eenthuis.services.letter_checks import CHECKS_A_MINUTE, check_letter
from eenthuis.services.notices import notices_for
from eenthuis.store import supervision_letters as stored
from eenthuis.store.models import JournalRow, SupervisionLetterRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.letters import LetterFacts
from eenthuis.terms.notices import NoticeFilter
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.supervision import Letter

pytestmark = pytest.mark.django_db
PROVINCE = ProvinceCode("PV26")
OFFICER = Actor("provincie-utrecht", Role.PROVINCE, None, PROVINCE)
COLLEAGUE = Actor("provincie-utrecht-2", Role.PROVINCE, None, PROVINCE)
OF_NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))
ADDRESS = "https://eenthuis.example/brief/controle/"
FACTS = LetterFacts(
    letter=Letter.PRIOR_NOTICE,
    province=PROVINCE,
    province_name="Utrecht",
    municipality=UTRECHT,
    municipality_name="Utrecht",
    half_year=HalfYear(2025, 2),
    read_on=date(2026, 1, 1),
    corrected=1_274,
    realised=1_000,
    linked=1_200,
    rung=4,
    whole_task=False,
    answer_by=date(2026, 4, 28),
    receipt="0123456789AB",
)


@pytest.fixture
def on_a_rung(proposal: int) -> MunicipalityCode:
    """Utrecht, put on the first rung by two people."""
    assert proposal
    forward = Contact(
        0, ContactKind.RUNG_PUT_FORWARD, TODAY, "achterstand", "", half_year=HalfYear(2025, 2), rung=1
    )
    made = record(actor=OFFICER, municipality=UTRECHT, new=forward, today=TODAY)
    confirmed = Contact(0, ContactKind.RUNG_CONFIRMED, TODAY, "eens", "", about=made.number)  # type: ignore[union-attr]
    record(actor=COLLEAGUE, municipality=UTRECHT, new=confirmed, today=TODAY)
    return UTRECHT


def write(*codes: MunicipalityCode, actor: Actor = OFFICER) -> tuple[int, ...]:
    return services.write_letters(actor=actor, municipalities=codes, address=ADDRESS, today=TODAY)


def tags(node: object) -> list[str]:
    held = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(held, pypdf.generic.DictionaryObject):
        return ([str(held["/S"])] if "/S" in held else []) + tags(held.get("/K"))
    if isinstance(held, pypdf.generic.ArrayObject):
        return [tag for one in held for tag in tags(one)]
    return []


@pytest.mark.parametrize("kind", [one for one in Letter if one is not Letter.NONE])
def test_every_rung_has_a_letter_with_facts_articles_term_and_number(kind: Letter) -> None:
    from dataclasses import replace

    text = letter_in_words(replace(FACTS, letter=kind), number="ABCD-EFGH-2345", address=ADDRESS)
    whole = text.subject + " ".join(one for part in text.parts for one in part.paragraphs)
    for said in (
        "2025-II",
        "1.274",
        "274 mensen",
        "28 april 2026",
        "ABCD-EFGH-2345",
        ADDRESS,
        "0123456789AB",
    ):
        assert said in whole, said
    assert "Artikel 28 van de Huisvestingswet 2014" in whole
    assert "Artikel 124 van de Gemeentewet" in whole
    assert "vertrouwen" in whole
    assert "{" not in whole
    assert set(letter_book.kinds()) == {one.value for one in Letter if one is not Letter.NONE}


def test_the_pdf_is_tagged_with_title_and_language_and_the_docx_has_headings() -> None:
    import docx

    text = letter_in_words(FACTS, number="ABCD-EFGH-2345", address=ADDRESS)
    files = letter_files(FACTS, text, number="ABCD-EFGH-2345", day=TODAY)
    document = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    root: Any = document.root_object
    assert str(root["/Lang"]) == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_object().get_data())
    assert document.metadata is not None
    assert document.metadata.title == text.subject
    found = tags(root["/StructTreeRoot"])
    assert {"/Document", "/H1", "/P"} <= set(found)
    assert found.count("/H1") == len(text.parts)
    written = docx.Document(io.BytesIO(files["docx"]))
    assert written.core_properties.title == text.subject
    assert written.core_properties.language == "nl"
    headings = [
        one.text for one in written.paragraphs if one.style and str(one.style.name).startswith("Heading")
    ]
    assert headings == [part.title for part in text.parts]


def test_a_letter_is_previewed_written_and_sent_by_two_people(on_a_rung: MunicipalityCode) -> None:
    page = services.read_letters(actor=OFFICER, province=None, today=TODAY)
    assert [(line.code, line.kind) for line in page.to_write if line.code == on_a_rung] == [
        (on_a_rung, Letter.SIGNAL)
    ]
    (preview,) = services.preview_letters(
        actor=OFFICER, municipalities=(on_a_rung,), address=ADDRESS, today=TODAY
    )
    assert preview.facts.answer_by == TODAY + timedelta(weeks=4)
    assert not SupervisionLetterRow.objects.exists()
    (key,) = write(on_a_rung)
    with pytest.raises(StateError, match="colleague"):
        services.send_letters(actor=OFFICER, keys=(key,), today=TODAY)
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        stored.add_step(key, on_a_rung, stored.SENT, on=TODAY, decided_by=OFFICER.name)
    assert services.letters_of(actor=OF_UTRECHT, municipality=on_a_rung) == ()
    assert services.send_letters(actor=COLLEAGUE, keys=(key,), today=TODAY) == 1
    (seen,) = services.letters_of(actor=OF_UTRECHT, municipality=on_a_rung)
    assert services.letter_file(actor=OF_UTRECHT, key=seen.key, form="pdf").startswith(b"%PDF")
    (notice,) = notices_for(actor=OF_UTRECHT, wanted=NoticeFilter(kind="letter-sent")).notices
    assert (notice.thing, notice.key, notice.due_on) == ("letter", str(key), TODAY + timedelta(weeks=4))
    lines = read_file(actor=OFFICER, municipality=on_a_rung, today=TODAY).lines
    assert f"letter:{key}" in {line.contact.reference for line in lines if line.contact}
    assert JournalRow.objects.filter(action="send-supervision-letter").count() == 1
    with pytest.raises(StateError, match="STA-01"):
        services.withdraw_letter(actor=OFFICER, key=key, why="te laat", today=TODAY)


def test_a_letter_can_be_withdrawn_with_a_reason_and_is_then_not_sent(on_a_rung: MunicipalityCode) -> None:
    (key,) = write(on_a_rung)
    with pytest.raises(InputError, match="INP-06"):
        services.withdraw_letter(actor=OFFICER, key=key, why=" ", today=TODAY)
    services.withdraw_letter(actor=OFFICER, key=key, why="verkeerde trede", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        services.send_letters(actor=COLLEAGUE, keys=(key,), today=TODAY)
    number = services.read_letter(actor=OFFICER, key=key).number
    assert check_letter(actor=ANYONE, number=number, content=None, address="1") is None


def test_nobody_writes_or_reads_out_of_reach(on_a_rung: MunicipalityCode) -> None:
    (key,) = write(on_a_rung)
    for actor in (COA, OF_UTRECHT, AUDITOR):
        with pytest.raises(AccessError):
            write(on_a_rung, actor=actor)
    with pytest.raises(InputError, match="INP-04"):
        write(on_a_rung, actor=OF_NORTH)
    for actor in (OF_NORTH, OF_ISLAND, OF_UTRECHT):
        with pytest.raises(AccessError, match="ACC-02"):
            services.read_letter(actor=actor, key=key)
    with pytest.raises(AccessError, match="ACC-02"):
        services.send_letters(actor=OF_NORTH, keys=(key,), today=TODAY)
    assert services.read_letter(actor=AUDITOR, key=key).key == key
    with pytest.raises(InputError, match="INP-06"):
        write()


def test_a_check_says_that_a_letter_is_real_and_nothing_of_what_it_says(on_a_rung: MunicipalityCode) -> None:
    (key,) = write(on_a_rung)
    number = services.read_letter(actor=OFFICER, key=key).number
    assert check_letter(actor=ANYONE, number=number, content=None, address="1") is None
    services.send_letters(actor=COLLEAGUE, keys=(key,), today=TODAY)
    pdf = services.letter_file(actor=OFFICER, key=key, form="pdf")
    client = Client()
    page = client.post("/brief/controle/", {"kenmerk": number.replace("-", " ").lower()}).content.decode()
    assert "provincie Utrecht" in page
    assert "achterstand" not in page.lower()
    for content, said in ((pdf, "precies deze brief"), (pdf + b" ", "niet deze brief")):
        given = SimpleUploadedFile("brief.pdf", content)
        assert said in client.post("/brief/controle/", {"kenmerk": number, "bestand": given}).content.decode()
    wrong = client.post("/brief/controle/", {"kenmerk": "ABCD-EFGH-2345"})
    assert wrong.status_code == 400
    for _ in range(CHECKS_A_MINUTE + 1):
        last = check_letter(actor=ANYONE, number=number, content=None, address="2")
    assert last is None


def test_programs_read_the_letters_within_their_reach(
    on_a_rung: MunicipalityCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    (key,) = write(on_a_rung)
    province, municipality, north, coa = (
        Program(new_key(role, place).secret)
        for role, place in (
            (Role.PROVINCE, PROVINCE),
            (Role.MUNICIPALITY, UTRECHT),
            (Role.PROVINCE, "PV21"),
            (Role.COA, ""),
        )
    )
    (held,) = province.get("toezichtbrieven").json()
    assert (held["volgnummer"], held["gemeenteCode"], held["stand"]) == (key, UTRECHT, "put-forward")
    assert municipality.get("toezichtbrieven").json() == []
    assert municipality.get(f"toezichtbrieven/{key}").status_code == 404
    services.send_letters(actor=COLLEAGUE, keys=(key,), today=TODAY)
    letter = municipality.get(f"toezichtbrieven/{key}").json()
    assert letter["verzendDatum"] == TODAY.isoformat()
    assert letter["delen"][0]["alineas"]
    assert north.get(f"toezichtbrieven/{key}").status_code == 404
    assert coa.get("toezichtbrieven").status_code == 403
