"""Words of the register of recommendations in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from eenthuis.terms.recommendations import Recommendation, RegisterEntry
from eenthuis.web import wording_recommendations as words

register = template.Library()
TABLES = {
    "party": words.PARTIES,
    "answer": words.ANSWERS,
    "state": words.STATES,
    "step": words.STEP_STATES,
    "entry": words.ENTRIES,
}


@register.filter
def advice_word(value: object, table: str) -> object:
    """Return the word for a code of the register; the code itself where there is none."""
    return TABLES[table].get(str(getattr(value, "value", value)), value)


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


@register.filter
def subject(one: Recommendation) -> str:
    """Return what a recommendation is about, in the language of the page."""
    return one.subject_nl if _is_dutch() else one.subject


@register.filter
def advice(one: Recommendation) -> str:
    """Return what was advised, in the language of the page."""
    return one.advice_nl if _is_dutch() else one.advice


@register.filter
def said(entry: RegisterEntry) -> str:
    """Return the text of an entry, in the language of the page where there is one in it."""
    return entry.what if _is_dutch() else entry.what_en or entry.what


@register.filter
def spoken(entry: RegisterEntry) -> str:
    """Return the language of the text of an entry."""
    return "en" if entry.what_en and not _is_dutch() else "nl"
