"""A letter of supervision as files: PDF/UA-1 for everyone, and docx to work in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time

from eenthuis.connect.letter_book import day_in_words
from eenthuis.connect.typst_pdf import pdf
from eenthuis.terms.letters import LetterFacts, LetterText

LANGUAGE = "nl"


def letter_files(facts: LetterFacts, text: LetterText, *, number: str, day: date) -> Mapping[str, bytes]:
    """Return the letter as ``pdf`` and ``docx``; ``day`` is that on which it is written."""
    return {"pdf": _pdf(facts, text, number, day), "docx": _docx(facts, text, number, day)}


def _sender(facts: LetterFacts) -> str:
    return f"Gedeputeerde staten van {facts.province_name}"


def _addressed(facts: LetterFacts) -> str:
    return f"Aan het college van burgemeester en wethouders van {facts.municipality_name}"


def _pdf(facts: LetterFacts, text: LetterText, number: str, day: date) -> bytes:
    values = {
        "title": text.subject,
        "author": _sender(facts),
        "description": f"{text.subject}, {facts.municipality_name}",
        "language": LANGUAGE,
        "direction": "ltr",
        "footer": f"{_sender(facts)} · {number}",
        "made_on": f"{_sender(facts)}, {day_in_words(day)}. {_addressed(facts)}",
        "number": f"Kenmerk {number}",
        "unchecked": "",
        "parts": [{"title": part.title, "paragraphs": list(part.paragraphs)} for part in text.parts],
    }
    return pdf("letter", values, day=day)


def _docx(facts: LetterFacts, text: LetterText, number: str, day: date) -> bytes:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.language = text.subject, _sender(facts), LANGUAGE
    about.created = about.modified = datetime.combine(day, time())
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    spoken = fonts.makeelement(qn("w:lang"), {qn("w:val"): "nl-NL"})
    fonts.append(spoken)
    document.add_heading(text.subject, level=0)
    for line in (_sender(facts), day_in_words(day), _addressed(facts), f"Kenmerk {number}"):
        document.add_paragraph(line)
    for part in text.parts:
        document.add_heading(part.title, level=1)
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
