"""Filters that put notices into words, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from eenthuis.services.notices import NoticeView
from eenthuis.terms.notices import FIGURES, KINDS, Thing
from eenthuis.web.wording_notices import THINGS

register = template.Library()


@register.filter
def sentence(notice: NoticeView) -> str:
    """Return what a notice says."""
    return gettext(KINDS[notice.kind].sentence)


@register.filter
def asks(notice: NoticeView) -> str:
    """Return what a notice asks of its reader; nothing where it asks nothing."""
    wanted = KINDS[notice.kind].asks
    return gettext(wanted) if wanted else ""


@register.filter
def about(notice: NoticeView) -> str:
    """Return what a notice refers to, such as ``koppeling 12``."""
    return f"{THINGS[Thing(notice.thing)]} {notice.key}"


@register.filter
def figures(notice: NoticeView) -> list[tuple[str, int]]:
    """Return the whole numbers of a notice with what each counts."""
    return [(gettext(FIGURES[name]), number) for name, number in notice.figures.items()]
