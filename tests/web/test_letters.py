"""The letter in its languages: the same texts in each, the direction of each, and nothing of anybody else."""

from __future__ import annotations

from datetime import date

import pytest

from eenthuis.services.letters import LetterPage
from eenthuis.terms.people import HouseholdId
from eenthuis.web.explained import REASONS_YOU, WAITING_YOU
from eenthuis.web.letters import LANGUAGES, chosen, language, letter_in, printed

TOLD = LetterPage(
    household=HouseholdId("PE-000001"),
    today=date(2026, 3, 3),
    municipality="Utrecht",
    decided_on=date(2026, 3, 1),
    is_housed=False,
    reasons=("hard:study", "soft:region", "linked:not-a-reason"),
    link_by=None,
    home_by=date(2026, 5, 12),
    move_by=date(2026, 5, 26),
    centre="Opvanglocatie Voorbeeld",
    joining_people=3,
    ends_reception=True,
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_text_and_fills_every_gap(code: str) -> None:
    words = language(code)
    first = language(LANGUAGES[0])
    assert set(words.reasons) == set(REASONS_YOU) | set(WAITING_YOU)
    assert len(words.months) == len(set(words.months)) == 12
    for key, text in words.says.items():
        assert sorted(part.split("}")[0] for part in text.split("{")[1:]) == sorted(
            part.split("}")[0] for part in first.says[key].split("{")[1:]
        ), key
    letter = letter_in(TOLD, words, number="ABCDEFGH")
    said = " ".join(paragraph for part in letter.parts for paragraph in part.paragraphs)
    assert "{" not in said + letter.made_on + letter.number
    assert "Utrecht" in said
    assert f"12 {words.months[4]} 2026" in said
    assert "PE-" not in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_is_a_file_that_everyone_can_read(code: str) -> None:
    made = printed(letter_in(TOLD, language(code)), day=TOLD.today)
    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"/Lang ({code}".encode() in made or f"<dc:language><rdf:Bag><rdf:li>{code}".encode() in made
    assert made == printed(letter_in(TOLD, language(code)), day=TOLD.today)


def test_the_directions_of_writing() -> None:
    assert {code: language(code).direction for code in LANGUAGES} == {
        "nl": "ltr",
        "en": "ltr",
        "ar": "rtl",
        "ti": "ltr",
    }
    assert chosen("xx").code == "nl"


def test_a_text_nobody_checked_says_so() -> None:
    for code in LANGUAGES:
        text = letter_in(TOLD, language(code))
        assert bool(text.unchecked) == (language(code).checked_by == "")


def test_who_waits_reads_why_and_by_when() -> None:
    waiting = LetterPage(
        household=HouseholdId("PE-000001"),
        today=date(2026, 3, 3),
        municipality="",
        decided_on=None,
        is_housed=False,
        reasons=("not-linked:too-large",),
        link_by=date(2026, 2, 1),
        home_by=None,
        move_by=None,
        centre="Opvanglocatie Voorbeeld",
        joining_people=0,
        ends_reception=True,
    )
    said = " ".join(p for part in letter_in(waiting, language("nl")).parts for p in part.paragraphs)
    assert "geen gemeente met genoeg ruimte voor uw gezin" in said
    assert "moest klaar zijn op 1 februari 2026" in said
