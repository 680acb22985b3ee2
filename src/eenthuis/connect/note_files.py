"""A decision note that is made public as PDF/UA-1: its words alone, with nothing in the file of who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eenthuis.connect.letter_book import day_in_words
from eenthuis.connect.note_book import note_book, section_title
from eenthuis.connect.typst_pdf import pdf
from eenthuis.rules.personal_details import PLACEHOLDER
from eenthuis.terms.decision_notes import PublishedSection

LANGUAGE = "nl"


def paragraphs_of(one: PublishedSection) -> tuple[str, ...]:
    """Return the paragraphs of a section as everyone reads them; one that was withheld names its ground."""
    if one.ground:
        return (note_book()["withheld"].format(article=one.ground),)
    found = tuple(line.strip() for line in one.text.split("\n") if line.strip())
    return found or (note_book()["no_text"],)


def published_line(day: date) -> str:
    """Return the line beneath the title: when it was made public, and what stands for what was left out."""
    return str(note_book()["published"].format(day=day_in_words(day), placeholder=PLACEHOLDER))


def note_pdf(*, number: int, title: str, sections: Sequence[PublishedSection], day: date) -> bytes:
    """Return the note as PDF; author and description are the same for every note."""
    words = note_book()
    values = {
        "title": title,
        "author": words["author"],
        "description": words["description"].format(day=day_in_words(day)),
        "language": LANGUAGE,
        "footer": words["footer"].format(number=number),
        "paragraphs": [published_line(day)],
        "sections": [
            {"title": section_title(one.section), "paragraphs": list(paragraphs_of(one)), "tables": []}
            for one in sections
        ],
    }
    return pdf("sections", values, day=day)
