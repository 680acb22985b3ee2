"""What every page needs to know of its surroundings."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from eenthuis.services.notices import unread_count
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError
from eenthuis.web.navigation import menu

PLACES_PAGES = (
    "places",
    "announce-need",
    "sites",
    "site",
    "site-add",
    "places-of",
    "regional-table",
    "place-offer-add",
    "place-offer",
    "allocations",
    "allocation",
)
SECTIONS = {
    "start": "start",
    "desk": "desk",
    "region-desk": "desk",
    "work": "work",
    "bulk": "work",
    "hand-over": "work",
    "search": "desk",
    "letter": "linking",
    "half-year": "half-year",
    "interim": "half-year",
    "composition": "composition",
    "forecasts": "forecasts",
    "state-estimate": "forecasts",
    "lab": "lab",
    "lab-ask": "lab",
    "lab-run": "lab",
    "lab-registers": "lab",
    "recommendations": "recommendations",
    "recommendation": "recommendations",
    "decision-notes": "recommendations",
    "decision-note": "recommendations",
    "decision-note-draft": "recommendations",
    "edit-decision-note": "recommendations",
    "mark-decision-note": "recommendations",
    "deviations": "forecasts",
    "deviation": "forecasts",
    "provinces": "province",
    "province": "province",
    "supervision": "supervision",
    "supervision-letters": "supervision",
    "supervision-letter": "supervision",
    "preview-letters": "supervision",
    "readings": "supervision",
    "case-file": "supervision",
    "warnings": "supervision",
    "record-contact": "supervision",
    "municipalities": "municipality",
    "municipality": "municipality",
    "urgency": "urgency",
    "urgency-of": "urgency",
    "open-data": "open-data",
    "open-data-set": "open-data",
    "swap": "municipality",
    "workspace": "linking",
    "confirm": "linking",
    "propose": "linking",
    "run": "linking",
    "weeks": "linking",
    "change": "linking",
    "explained": "linking",
    "place-explained": "linking",
    "override": "linking",
    "proposal": "linking",
    "household": "linking",
    "way-step": "linking",
    "way-correct": "linking",
    "change-link": "linking",
    "merge": "linking",
    "split": "linking",
    "recompose-undo": "linking",
    "refusals": "refusals",
    "homes": "homes",
    "home-add": "homes",
    "home": "homes",
    "home-change": "homes",
    "home-withdraw": "homes",
    "home-matching": "homes",
    "documents": "documents",
    "document-list": "documents",
    "document-signal": "documents",
    "document": "documents",
    "document-changes": "documents",
    "document-plans": "documents",
    "document-plan": "documents",
    "document-invitation": "documents",
    "document-sessions": "documents",
    "document-session-make": "documents",
    "document-session": "documents",
    "document-session-cancel": "documents",
    "schemes": "schemes",
    "scheme": "schemes",
    **dict.fromkeys(PLACES_PAGES, "places"),
    "money": "money",
    "money-overview": "money",
    "money-choose": "money",
    "reception-bill": "money",
    "money-costs": "money",
    "money-grant": "money",
    "money-apply": "money",
    "money-file": "money",
    "money-step": "money",
    "rounds": "schemes",
    "round": "schemes",
    "open-round": "schemes",
    "publish-round": "schemes",
    "draw-round": "schemes",
    "flex": "flex",
    "flex-add": "flex",
    "flex-project": "flex",
    "flex-withdraw": "flex",
    "flex-liveability": "flex",
    "flex-liveability-correct": "flex",
    "journal": "journal",
    "notices": "notices",
    "open-notice": "notices",
    "calendar": "notices",
    "keys": "keys",
    "rotate-key": "keys",
    "accounts": "accounts",
    "invite-account": "accounts",
    "account-page": "accounts",
    "do-account": "accounts",
    "decide-grant": "accounts",
    "sheets": "sheets",
    "sheet": "sheets",
    "sheet-hand-in": "sheets",
    "households-file": "sheets",
    "homes-file": "sheets",
    "sign-offs-file": "sheets",
    "progress-file": "sheets",
    "workspace-file": "linking",
    "journal-file": "journal",
    "notice-mail": "notices",
    "deliveries": "deliveries",
    "subscribe": "deliveries",
    "change-subscriber": "deliveries",
    "announce": "announce",
}
"""The entry of the main menu to which a page belongs."""


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Return who is asking, what day it is and whether this is the demonstration."""
    match = getattr(request, "resolver_match", None)
    section = SECTIONS.get(match.url_name or "", "") if match else ""
    actor = getattr(request, "actor", ANYONE)
    return {
        "section": section,
        "actor": actor,
        "menu": lambda: menu(actor, section),
        "today": getattr(request, "today", None),
        "demonstration": settings.DEMONSTRATION,
        "unread_notices": lambda: _unread(request),
    }


def _unread(request: HttpRequest) -> int:
    """Return how many notices whoever asks has not read; none when the database is away, so that errors still show."""
    try:
        return unread_count(actor=getattr(request, "actor", ANYONE))
    except (AccessError, DatabaseError):
        return 0
