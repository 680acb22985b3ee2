"""Filters that put supervision into words."""

from __future__ import annotations

from django import template

from eenthuis.rules.judgement import Ground
from eenthuis.terms.supervision import Figure
from eenthuis.web import wording_supervision as words

register = template.Library()
TABLES: dict[str, words.Words] = {
    "step": words.STEPS,
    "entry": words.ENTRIES,
    "talk": words.TALKS,
    "letter": words.LETTERS,
    "regime": words.REGIMES,
    "scope": words.SCOPES,
}


@register.filter
def said(value: object, table: str) -> object:
    """Return the word for a code of supervision; the code itself where there is none."""
    return TABLES[table].get(str(getattr(value, "value", value)), value)


@register.filter
def reason(ground: Ground) -> str:
    """Return one reason of a reading in words."""
    return words.reason(ground)


@register.filter
def figure_name(figure: Figure) -> object:
    """Return what a number of a reading is."""
    return words.FIGURES[figure.kind][0]


@register.filter
def figure_source(figure: Figure) -> object:
    """Return where a number of a reading comes from."""
    return words.FIGURES[figure.kind][1]


@register.filter
def law_name(key: str) -> object:
    """Return what a value of the law of supervision is about."""
    return words.law_name(key)
