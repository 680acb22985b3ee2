"""Filters for the way of a household, its deadlines, and homes."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eenthuis import reference
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.homes import Home
from eenthuis.terms.linking import Reason
from eenthuis.terms.way import Deadline
from eenthuis.web import wording, wording_way

register = template.Library()
TABLES = {
    "stage": wording_way.STAGES,
    "stay": wording_way.STAYS,
    "step": wording_way.STEPS,
    "deadline": wording_way.DEADLINES,
    "refusal": wording_way.REFUSAL_GROUNDS,
    "home-kind": wording_way.HOME_KINDS,
    "home-state": wording_way.HOME_STATES,
    "home-version": wording_way.HOME_VERSIONS,
    "evidence": wording_way.EVIDENCE,
}


@register.filter
def way_word(value: object, table: str) -> object:
    """Return the word for a code of the way in one of the tables; the code itself where there is none."""
    code = str(getattr(value, "value", value))
    return TABLES[table].get(code, code)


@register.filter
def home_line(home: Home) -> str:
    """Return a home in one line: number, kind, for how many, accessible, from when."""
    parts = [
        str(home.identifier),
        str(wording_way.HOME_KINDS[home.kind.value]),
        _("voor hoogstens %(people)s") % {"people": home.largest_household},
    ]
    if home.is_accessible:
        parts.append(_("toegankelijk"))
    parts.append(_("vanaf %(day)s") % {"day": f"{home.available_from:%d-%m-%Y}"})
    return ", ".join(parts)


@register.filter
def time_left(deadline: Deadline, today: date) -> str:
    """Return how long there still is, or for how long the last day has passed."""
    days = deadline.days_left(today)
    if days < 0:
        return ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -days) % {"days": -days}
    return ngettext("nog %(days)s dag", "nog %(days)s dagen", days) % {"days": days}


@register.filter
def ground_of_deadline(deadline: Deadline) -> object:
    """Return on which ground a deadline stands."""
    return wording_way.DEADLINE_GROUNDS[deadline.kind.value]


@register.filter
def municipality_name(code: str) -> str:
    """Return the name of a municipality; the code itself where there is none."""
    try:
        return reference.municipality(code).name
    except ReferenceFactError:
        return code


@register.filter
def reason_sentence(reason: Reason) -> object:
    """Return the sentence of one reason of a link."""
    return wording.reason_sentences((reason,))[0]


@register.filter
def match_reason(reason: tuple[object, int]) -> object:
    """Return the sentence that says why a home is proposed, or why none is."""
    code, number = str(getattr(reason[0], "value", reason[0])), reason[1]
    sentence = wording_way.MATCH_REASONS[code]
    return str(sentence) % {"number": number} if code in wording_way.MATCHES_WITH_NUMBER else sentence
