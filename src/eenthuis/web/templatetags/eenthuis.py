"""Filters that put values into Dutch words and numbers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from eenthuis import reference
from eenthuis.services.desk_models import Figure
from eenthuis.services.read_models import MunicipalityRow
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.linking import Reason
from eenthuis.terms.targets import Announcement
from eenthuis.web import (
    desk_words,
    forecast_words,
    wording,
    wording_account,
    wording_changes,
    wording_documents,
    wording_letters,
    wording_liveability,
    wording_money,
    wording_places,
    wording_receipts,
    wording_schemes,
    wording_transit,
    wording_urgency,
    wording_way,
)
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.sheet_words import SHEET_KINDS, SHEETS
from eenthuis.web.wording_notices import DELIVERIES

register = template.Library()
LINES_KEPT = 4096
"""So many drawn lines of municipalities each process keeps: a dozen national tables."""
TABLES = {
    "pace": wording.PACE,
    "status": wording.STATUS,
    "authority": wording.AUTHORITY,
    "remark": wording.REMARKS,
    "role": wording.ROLES,
    "reach": wording.REACHES,
    "region": wording.REGIONS,
    "state": wording.STATES,
    "series": forecast_words.SERIES,
    "quantity": forecast_words.QUANTITIES,
    "official": forecast_words.OFFICIAL,
    "model": forecast_words.MODELS,
    "score": forecast_words.SCORE_VERDICTS,
    "origin": forecast_words.ORIGINS,
    "letter": wording_letters.KINDS,
    "letter-state": wording_letters.STATES,
    "letter-step": wording_letters.STEPS,
    "deviation": forecast_words.DEVIATION_STATES,
    "work": desk_words.WORK,
    "account-state": wording_account.STATES,
    "way-stage": wording_way.STAGES,
    "home-state": wording_way.HOME_STATES,
    "hit": desk_words.HITS,
    "bulk": desk_words.BULK,
    "urgency": desk_words.URGENCY,
    "figure": desk_words.FIGURES,
    "verdict": desk_words.VERDICTS,
    "refusal": wording.REFUSALS,
    "step": wording_receipts.STEPS,
    "action": wording_receipts.ACTIONS,
    "may": wording.MAY,
    "ground": wording.GROUNDS,
    "done": wording.DONE,
    "delivery": DELIVERIES,
    "cycle-step": wording_places.CYCLE_STEPS,
    "cycle-who": wording_places.CYCLE_WHO,
    "cycle-state": wording_places.STEP_STATES,
    "place-kind": wording_places.PLACE_KINDS,
    "site-form": wording_places.SITE_FORMS,
    "site-step": wording_places.SITE_STEPS,
    "site-state": wording_places.SITE_STATES,
    "aim": wording_places.AIMS,
    "allocation-state": wording_places.ALLOCATION_STATES,
    "place-swap-state": wording_places.SWAP_STATES,
    "places-kind": wording_places.LINE_KINDS,
    "document-state": wording_documents.DOCUMENT_STATES,
    "document-step": wording_documents.DOCUMENT_STEPS,
    "document-list": wording_documents.DOCUMENT_LISTS,
    "document-setting": wording_documents.DOCUMENT_SETTINGS,
    "plan-state": wording_documents.PLAN_STATES,
    "why-not-planned": wording_documents.WHY_NOT_PLANNED,
    "why-changed": wording_documents.WHY_CHANGED,
    "why-not-ready": wording_documents.WHY_NOT_READY,
    "what-to-do": wording_documents.WHAT_TO_DO,
    **wording_money.MONEY_TABLES,
    **wording_liveability.LIVEABILITY_TABLES,
    **wording_transit.TRANSIT_TABLES,
    "no-rule": wording_schemes.NO_RULES,
    "purpose": wording_schemes.PURPOSES,
    "amount-per": wording_schemes.AMOUNT_PER,
    "order-rule": wording_schemes.ORDER_RULES,
    "evidence": wording_schemes.EVIDENCE,
    "project-fact": wording_schemes.FACTS,
    "condition-kind": wording_schemes.KINDS,
    "difference": wording_schemes.DIFFERENCES,
    "direction": wording_schemes.DIRECTIONS,
    "counted-in": wording_schemes.COUNTED_IN,
    "standing": wording_schemes.STANDINGS,
    "target-group": wording_schemes.TARGET_GROUPS,
    "provision": wording_urgency.PROVISIONS,
    "urgency-group": wording_urgency.URGENCY_GROUPS,
    "offer-order": wording_urgency.OFFER_ORDERS,
    "set-apart": wording_urgency.SET_APART,
    "shortcoming": wording_urgency.SHORTCOMINGS,
    "way": wording.WAYS,
    "characteristic": wording.CHARACTERISTICS,
    "label": wording.LABELS,
    "run": wording.RUNS,
    "stage": wording.STAGES,
    "counted": wording.COUNTED,
    "goal": wording.GOALS,
    "override": wording_changes.OVERRIDES,
    "setting": wording_receipts.SETTINGS,
    "sheet": SHEETS,
    "sheet-kind": SHEET_KINDS,
    "no-longer": wording_changes.NO_LONGER,
    "hardness": wording_changes.HARDNESS,
    "ground-of-change": wording_changes.GROUNDS_OF_CHANGE,
}
PAPERS = {
    **wording.PAPERS,
    **wording_places.PLACES_PAPERS,
    **wording_schemes.SCHEMES_PAPERS,
    **wording_urgency.URGENCY_PAPERS,
}


@register.filter
def word(value: object, table: str) -> object:
    """Return the word for a code in one of the tables; the code itself where there is none."""
    return TABLES[table].get(str(getattr(value, "value", value)), value)


@register.filter
def place(code: str) -> str:
    """Return the name of a municipality or province by its code."""
    return reference.province(code).name if code.startswith("PV") else municipality_name(code)


@register.filter
def paper(citation: Citation) -> object:
    """Return where a value of the law stands, in the language of the page."""
    return PAPERS.get(citation.key, f"{citation.instrument}, {citation.article}")


@register.filter
def note(thing: Citation | Announcement) -> object:
    """Return what a reader must know of a value of the law or of an announcement; nothing where there is nothing."""
    if isinstance(thing, Announcement):
        return wording.ANNOUNCED.get(thing.identifier, thing.note)
    return wording.NOTES.get(f"{thing.key}:{thing.value}:{thing.authority.value}", "")


@register.filter
def worth(citation: Citation) -> object:
    """Return what a value of the law says, in words where there are words for it."""
    return wording.VALUES.get(citation.value, citation.value)


@register.filter
def municipality_name(code: str) -> str:
    """Return the name of a municipality; the code itself where there is none by it."""
    try:
        return reference.municipality(code).name
    except ReferenceFactError:
        return code


@register.filter
def exact(value: Fraction, decimals: int = 3) -> str:
    """Return an exact share in Dutch decimals, cut to ``decimals`` places."""
    step = Decimal(1).scaleb(-decimals)
    rounded = (Decimal(value.numerator) / value.denominator).quantize(step, ROUND_HALF_UP)
    return str(number_format(rounded, decimals, use_l10n=True))


@register.filter
def percent(value: float | Fraction, decimals: int = 1) -> str:
    """Return a share as a percentage in Dutch decimals."""
    return str(number_format(round(float(value) * 100, decimals), decimals, use_l10n=True))


@register.filter
def euros(cents: int) -> str:
    """Return whole cents as euros in Dutch decimals."""
    return str(number_format(Decimal(cents).scaleb(-2), 2, use_l10n=True))


@register.filter
def signed(value: int) -> str:
    """Return a change with its sign, with a real minus."""
    text = str(number_format(abs(value), 0, use_l10n=True))
    if value == 0:
        return text
    return f"+{text}" if value > 0 else f"\u2212{text}"


@register.filter
def signed_points(value: float, decimals: int = 2) -> str:
    """Return a change in points with its sign, with a real minus."""
    text = str(number_format(abs(round(value, decimals)), decimals, use_l10n=True))
    if round(value, decimals) == 0:
        return text
    return f"+{text}" if value > 0 else f"\u2212{text}"


@register.filter
def share_of(part: int, whole: int) -> str:
    """Return ``part`` as a whole percentage of ``whole``, or a dash when there is no whole."""
    if whole <= 0:
        return "–"
    return f"{round(100 * part / whole)}%"


@register.filter
def sentences(reasons: tuple[Reason, ...]) -> list[object]:
    """Return the sentences of reasons."""
    return wording.reason_sentences(reasons)


@register.filter
def hard(reasons: tuple[Reason, ...]) -> bool:
    """Return whether a hard criterion decides."""
    return wording.is_hard(reasons)


@register.filter
def raw(value: object) -> str:
    """Return a value without any thousands separator, as for years and addresses."""
    return str(value)


@register.filter
def plain(value: float) -> str:
    """Return a number as an attribute of a page needs it, with a point."""
    return repr(float(value))


@register.filter
def problem_sentence(code: str) -> object:
    """Return the sentence of an error code."""
    return SENTENCES.get(code, code)


@register.filter
def figure_more(figure: Figure) -> str:
    """Return what stands beneath a figure of a desk."""
    return desk_words.more(figure)


@register.filter
def absolute(value: int) -> int:
    """Return a number without its sign."""
    return abs(value)


@register.simple_tag
def municipality_line(row: MunicipalityRow, half_year: HalfYear) -> SafeString:
    """Return the line of a municipality in a table of half-year targets; drawn once per standing and language."""
    return _municipality_line(row, half_year, get_language() or "")


@lru_cache(maxsize=LINES_KEPT)
def _municipality_line(row: MunicipalityRow, half_year: HalfYear, language: str) -> SafeString:
    del language
    return render_to_string("eenthuis/_municipality_line.html", {"row": row, "half_year": half_year})
