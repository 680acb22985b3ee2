"""Filters of pages about money: conditions of a scheme as a reader says them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from eenthuis.web.wording_money import CONDITIONS
from eenthuis.web.wording_schemes import FACTS

register = template.Library()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@register.filter
def condition(name: str) -> object:
    """Return the name of a condition: a fact of a project, or one of the conditions that are none."""
    return CONDITIONS.get(name) or FACTS.get(name, name)


@register.filter
def condition_value(text: str) -> str:
    """Return what a condition asks or what was found, in the words and days of the page.

    Examples
    --------
    >>> condition_value("")
    ''
    """
    words = {
        "yes": _("ja"),
        "no": _("nee"),
        "least": _("ten minste"),
        "most": _("ten hoogste"),
        "at-least": _("ten minste"),
        "at-most": _("ten hoogste"),
    }
    told = " ".join(words.get(part, part) for part in text.split(" "))
    days = _DAY.sub(lambda found: date_format(date.fromisoformat(found[0]), "j F Y"), told)
    return days.replace("/", " – ") if _DAY.search(told) else days


@register.filter
def said(value: object) -> str:
    """Return a fact of a project: yes or no, or the number.

    Examples
    --------
    >>> said(12)
    '12'
    """
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return str(value)


@register.filter
def at(values: Mapping[str, str], name: str) -> str:
    """Return what stands under a name that is no identifier; empty where nothing does.

    Examples
    --------
    >>> at({"bewijs-soort": "factuur"}, "bewijs-soort")
    'factuur'
    """
    return values.get(name, "")


@register.filter
def unlocalised(value: int) -> str:
    """Return a number as a command reads it.

    Examples
    --------
    >>> unlocalised(7400000000)
    '7400000000'
    """
    return str(value)
