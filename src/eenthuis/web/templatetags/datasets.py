"""Filters that put a description of open data into the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from eenthuis.terms.datasets import Cell, Worded
from eenthuis.web.wording_datasets import KINDS, UNITS

register = template.Library()


@register.filter
def told(said: Worded) -> str:
    """Return a text in the language of the page."""
    return said.en if (get_language() or "").startswith("en") else said.nl


@register.filter
def column_kind(kind: str) -> object:
    """Return what the values of a column are, in words."""
    return KINDS[kind]


@register.filter
def column_unit(unit: str) -> object:
    """Return a unit in words."""
    return UNITS[unit]


@register.filter
def as_written(value: Cell) -> str:
    """Return a value as it stands in the files; nothing where nothing is told."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)
