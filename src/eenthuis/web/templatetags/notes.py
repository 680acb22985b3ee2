"""Words of decision notes in templates."""

from __future__ import annotations

from django import template

from eenthuis.connect.note_book import section_title
from eenthuis.terms.decision_notes import Section
from eenthuis.web import wording_notes as words

register = template.Library()
TABLES = {
    "section": words.SECTIONS,
    "state": words.NOTE_STATES,
    "step": words.NOTE_STEPS,
    "rule": words.FOUND_BY,
    "ground": words.WITHHELD_GROUNDS,
}


@register.filter
def note_word(value: object, table: str) -> object:
    """Return the word for a code of decision notes; the code itself where there is none."""
    return TABLES[table].get(str(getattr(value, "value", value)), value)


@register.filter
def heading(section: Section) -> str:
    """Return the heading of a section as it stands in a note, in Dutch."""
    return section_title(section)
