"""Filters for the figures of the policy lab."""

from __future__ import annotations

import math

from django import template
from django.utils.formats import number_format

from eenthuis.web import wording_lab

register = template.Library()
WHOLE, TENTHS, HUNDREDTHS = 100.0, 10.0, 1.0


@register.filter
def measured(value: object) -> str:
    """Return a figure with as many decimals as its size asks for; a dash where there is none."""
    try:
        number = float(str(value))
    except ValueError:
        return "–"
    if math.isnan(number):
        return "–"
    size = abs(number)
    decimals = (
        0
        if size >= WHOLE or number == int(number)
        else 1
        if size >= TENTHS
        else 2
        if size >= HUNDREDTHS
        else 3
    )
    return str(number_format(round(number, decimals), decimals, use_l10n=True)).replace("-", "\u2212")


@register.filter
def measured_signed(value: object) -> str:
    """Return a difference as :func:`measured` does, with its sign."""
    text = measured(value)
    return text if text[:1] in {"\u2212", "–"} or float(str(value)) == 0 else f"+{text}"


@register.filter
def lab_state(state: str) -> object:
    """Return the sentence of how far a run is."""
    return wording_lab.STATES.get(state, state)


@register.filter
def lab_kind(kind: str) -> object:
    """Return the word for what a run does."""
    return wording_lab.KINDS.get(kind, kind)


@register.filter
def lab_scenario(name: str) -> str:
    """Return the name of a scenario."""
    return wording_lab.scenario(name)


@register.filter
def lab_unit(unit: str) -> object:
    """Return the word for a unit."""
    return wording_lab.UNITS.get(unit, unit)


@register.filter
def lab_choice(choice: str) -> object:
    """Return the word for a choice of a lever."""
    return wording_lab.CHOICES.get(choice, choice)
