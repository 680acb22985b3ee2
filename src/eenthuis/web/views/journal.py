"""The journal: who did what, when and why, and what it changed; filtered by its address, and as CSV."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis.services.journal import LINES_A_PAGE, journal_choices, journal_file, read_journal
from eenthuis.terms.journal import JournalFilter
from eenthuis.web import requests, tables
from eenthuis.web.differences import difference
from eenthuis.web.wording import DONE

FIELDS = ("wie", "handeling", "zoek", "van", "tot")
COLUMNS = ("number", "at", "actor", "hand", "role", "action", "subject", "municipality", "why", "difference")


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show the journal, newest first, with what each line changed in words."""
    actor, page = requests.actor(request), requests.page_number(request)
    values = _values(request)
    problems: dict[str, str] = {}
    wanted = _wanted(values, problems)
    lines, count = read_journal(actor=actor, wanted=wanted, page=page)
    query = urlencode({field: value for field, value in values.items() if value})
    context = {
        "lines": [(line, difference(line.before, line.after)) for line in lines],
        "count": count,
        "values": values,
        "problems": problems,
        "choices": journal_choices(actor=actor),
        "query": query,
        "page": page,
        "pages": max(1, -(-count // LINES_A_PAGE)),
    }
    return render(request, "eenthuis/journal.html", context, status=400 if problems else 200)


@require_safe
def journal_csv(request: HttpRequest) -> HttpResponse:
    """Give the journal with its present filter as CSV."""
    problems: dict[str, str] = {}
    wanted = _wanted(_values(request), problems)
    lines = journal_file(actor=requests.actor(request), wanted=wanted)
    if problems:
        return journal(request)
    rows = [
        (
            line.number,
            localtime(line.at).isoformat(timespec="seconds"),
            line.actor,
            line.hand,
            line.role,
            str(DONE.get(line.action, line.action)),
            line.subject,
            line.municipality,
            line.why,
            "; ".join(difference(line.before, line.after)),
        )
        for line in lines
    ]
    return tables.csv_response(COLUMNS, rows, name="journaal.csv", for_excel=requests.for_excel(request))


def _values(request: HttpRequest) -> dict[str, str]:
    return {field: request.GET.get(field, "").strip() for field in FIELDS}


def _wanted(values: dict[str, str], problems: dict[str, str]) -> JournalFilter:
    days: dict[str, date | None] = {}
    for field in ("van", "tot"):
        days[field] = requests.typed_day(values[field]) if values[field] else None
        if values[field] and days[field] is None:
            problems[field] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2022.")
    return JournalFilter(
        actor=values["wie"],
        action=values["handeling"],
        subject=values["zoek"],
        first_day=days["van"],
        last_day=days["tot"],
    )
