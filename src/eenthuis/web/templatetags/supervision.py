"""Filters that put supervision into words."""

from __future__ import annotations

from django import template

from eenthuis.forecast.warning_turn import Why
from eenthuis.rules.judgement import Ground, word
from eenthuis.rules.substitution import Duty
from eenthuis.rules.supervision import Assessment
from eenthuis.terms.case_file import ContactKind
from eenthuis.terms.supervision import Figure, Regime
from eenthuis.web import wording_case_files, wording_warnings
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


@register.filter
def contact_word(kind: ContactKind) -> object:
    """Return what an entry of a file is."""
    return wording_case_files.KINDS[kind]


@register.filter
def duty_word(duty: Duty) -> object:
    """Return what the province must still do in a substitution."""
    return wording_case_files.DUTIES[duty]


@register.filter
def verdict_of(assessment: Assessment) -> str:
    """Return the code of the verdict of a reading."""
    return word(assessment.judgement)


@register.filter
def regime_of(assessment: Assessment) -> Regime:
    """Return how closely a municipality is followed on the rung that it holds."""
    return assessment.law.ladder.regime(assessment.held)


@register.filter
def why(code: Why) -> object:
    """Return what stands in the way of a target."""
    return wording_warnings.WHYS[code]


@register.filter
def warning_setting(key: str) -> object:
    """Return what a setting of early warning is about."""
    return wording_warnings.SETTINGS[key]
