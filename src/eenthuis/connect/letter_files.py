"""A letter of supervision, or another text of a sender, as files: PDF/UA-1 for everyone, and docx to work in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from eenthuis.connect.letter_book import day_in_words
from eenthuis.connect.typst_pdf import pdf
from eenthuis.terms.letters import LetterFacts, LetterText

LANGUAGE = "nl"


def letter_files(facts: LetterFacts, text: LetterText, *, number: str, day: date) -> Mapping[str, bytes]:
    """Return the letter as ``pdf`` and ``docx``; ``day`` is that on which it is written."""
    return text_files(
        text,
        sender=f"Gedeputeerde staten van {facts.province_name}",
        addressed=f"Aan het college van burgemeester en wethouders van {facts.municipality_name}",
        description=f"{text.subject}, {facts.municipality_name}",
        number=number,
        day=day,
    )


def text_files(
    text: LetterText, *, sender: str, description: str, number: str, day: date, addressed: str = ""
) -> Mapping[str, bytes]:
    """Return a text of a sender as ``pdf`` and ``docx``; ``addressed`` is empty where it is to nobody in particular."""
    values = {
        "title": text.subject,
        "author": sender,
        "description": description,
        "language": LANGUAGE,
        "direction": "ltr",
        "footer": f"{sender} · {number}",
        "made_on": f"{sender}, {day_in_words(day)}. {addressed}".rstrip(),
        "number": f"Kenmerk {number}",
        "unchecked": "",
        "parts": [{"title": part.title, "paragraphs": list(part.paragraphs)} for part in text.parts],
    }
    heading = [line for line in (sender, day_in_words(day), addressed, f"Kenmerk {number}") if line]
    return {"pdf": pdf("letter", values, day=day), "docx": _docx(text, sender, heading, day)}


def _docx(text: LetterText, sender: str, heading: Sequence[str], day: date) -> bytes:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.language = text.subject, sender, LANGUAGE
    about.created = about.modified = datetime.combine(day, time())
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    fonts.append(fonts.makeelement(qn("w:lang"), {qn("w:val"): "nl-NL"}))
    document.add_heading(text.subject, level=0)
    for line in heading:
        document.add_paragraph(line)
    for part in text.parts:
        document.add_heading(part.title, level=1)
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
