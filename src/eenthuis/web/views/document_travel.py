"""From where teams go to centres: coordinates and teams that were loaded from files, with their source and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis.services import document_travel as services
from eenthuis.services.access import require
from eenthuis.services.document_travel import GivenFile
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in
from eenthuis.web.wording_documents import TRAVEL_REMEDIES

MOST_BYTES = 1_000_000
MOST_PROBLEMS = 50
LOADS: Mapping[str, Callable[..., int]] = {
    "coordinaten": services.load_coordinates,
    "teams": services.load_teams,
}
"""What a file can hold, by its word in the form."""

FIELDS = {"source": "bron", "first_day": "vanaf"}
"""The field of the form for each thing that is said of a file."""


@require_http_methods(["GET", "HEAD", "POST"])
def travel(request: HttpRequest) -> HttpResponse:
    """Show where desks and centres are taken to be and which teams travel; the IND loads its own here."""
    actor, today = requests.actor(request), requests.today(request)
    values = {"soort": "coordinaten", "vanaf": f"{today:%d-%m-%Y}", "bron": ""}
    problems, rows = dict[str, str](), list[EenthuisError]()
    if request.method == "POST":
        require(actor, "plan-session")
        values |= {name: request.POST.get(name, "").strip() for name in values}
        given = _given(request, values, problems)
        if given is not None:
            try:
                count = LOADS[values["soort"]](actor=actor, given=given, today=today)
            except InputErrors as wrong:
                rows = list(wrong.errors[:MOST_PROBLEMS])
            except InputError as wrong:
                _to_field(wrong, problems, rows)
            else:
                messages.success(request, _("Het bestand is geladen: %(rows)s rijen.") % {"rows": count})
                return redirect("document-travel")
        if rows:
            problems["bestand"] = _("Er is niets geladen. Hieronder staat wat er niet klopt.")
    context = {
        "page": services.read_travel(actor=actor, today=today),
        "values": values,
        "problems": problems,
        "rows": [_told(one) for one in rows],
    }
    return render(request, "eenthuis/document_travel.html", context, status=400 if problems else 200)


def _given(request: HttpRequest, values: Mapping[str, str], problems: dict[str, str]) -> GivenFile | None:
    file, first = request.FILES.get("bestand"), day_in(values["vanaf"])
    if values["soort"] not in LOADS:
        problems["soort"] = _("Maak een keuze.")
    if file is None or not 0 < (file.size or 0) <= MOST_BYTES:
        problems["bestand"] = _("Kies een CSV-bestand van ten hoogste 1 MB.")
    if first is None:
        problems["vanaf"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if file is None or first is None or problems:
        return None
    return GivenFile(file.read(), file.name or "", first, values["bron"])


def _to_field(wrong: InputError, problems: dict[str, str], rows: list[EenthuisError]) -> None:
    """Put a refusal at the field it is about; one about the file goes into the table of what is wrong."""
    field = FIELDS.get(wrong.location.column) if wrong.location and not wrong.location.file else None
    if field is None:
        rows.append(wrong)
    else:
        problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"


def _told(wrong: EenthuisError) -> dict[str, object]:
    where = wrong.location
    return {
        "row": where.row if where else None,
        "column": where.column if where else "",
        "value": where.value if where else "",
        "sentence": SENTENCES[wrong.code],
        "code": wrong.code,
        "remedy": TRAVEL_REMEDIES.get(where.column if where else "", TRAVEL_REMEDIES[""]),
    }
