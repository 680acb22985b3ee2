"""Reception places: the country with its cycle, the share of one municipality, and what the ministry announces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.connect.clock import now
from eenthuis.services import place_lists, reception_shares
from eenthuis.services.maps import boundaries_of, read_boundaries
from eenthuis.services.municipality_places import read_municipality_places
from eenthuis.services.reception_pages import PlacesCountry, PlacesLine, read_places_country
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.errors import EenthuisError, InputErrors
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import requests, tables
from eenthuis.web.figures import Circle, boundary_map, cartogram
from eenthuis.web.figures.places import capacity_chart, cycle_line
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.wording_places import LINE_KINDS

KEPT = 8
ODS = "application/vnd.oasis.opendocument.spreadsheet"
FIELDS = ("jaar", "plaatsen", "minderjarigen", "dag", "bron", "toelichting")
MOST_BYTES = 20_000_000


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """Show the cycle, the estimate, and shares beside places, as a map and as a table."""
    return _country(request)


def _country(request: HttpRequest, problems: Mapping[str, str] | None = None) -> HttpResponse:
    found = dict(problems or {})
    page = _read(request, found)
    province = request.GET.get("provincie", "")
    asked = request.GET.get("zoek", "").strip()
    shown = [
        line
        for line in page.municipalities
        if (not province or line.province == province) and asked.casefold() in line.name.casefold()
    ]
    context = {
        "page": page,
        "line": cycle_line(page.steps, year=page.year, today=page.today),
        "rows": shown,
        "choice": {"province": province, "search": asked, "day": request.GET.get("dag", "")},
        "repeal": request.GET.get("intrekking", ""),
        "query": request.GET.urlencode(),
        "kinds": LINE_KINDS,
        "problems": found,
        **_pictures(page.municipalities, page.year),
    }
    return render(request, "eenthuis/places.html", context, status=400 if found else 200)


def _read(request: HttpRequest, problems: dict[str, str]) -> PlacesCountry:
    days = {}
    for name in ("dag", "intrekking"):
        written = request.GET.get(name, "").strip()
        days[name] = day_in(written)
        if written and days[name] is None:
            problems[name] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    return read_places_country(
        actor=requests.actor(request),
        year=typed_number(request.GET.get("jaar", "")),
        today=requests.today(request),
        day=days["dag"],
        repealed_from=days["intrekking"],
    )


@require_safe
def country_csv(request: HttpRequest) -> HttpResponse:
    """Give share and places of every municipality as CSV."""
    page = _read(request, {})
    return tables.csv_response(
        place_lists.SHARE_COLUMNS,
        place_lists.share_rows(page.municipalities),
        name=f"opvangplaatsen-{page.year}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def country_ods(request: HttpRequest) -> HttpResponse:
    """Give share and places of every municipality as a spreadsheet."""
    page = _read(request, {})
    response = HttpResponse(place_lists.shares_ods(page, now()), content_type=ODS)
    response["Content-Disposition"] = f'attachment; filename="opvangplaatsen-{page.year}.ods"'
    return response


@require_safe
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Show the share of a municipality with its formula filled in, its places through time and its sites."""
    page = read_municipality_places(
        actor=requests.actor(request), code=MunicipalityCode(code), today=requests.today(request)
    )
    chart = capacity_chart(page.steps, last=page.until, asked=page.line.share, place=page.line.name)
    return render(request, "eenthuis/places_of.html", {"page": page, "chart": chart})


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Announce the places needed in a cycle, load scores, and compute the shares."""
    actor, today = requests.actor(request), requests.today(request)
    reception_shares.require_sharing(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        need = _need(values, problems)
        if need is not None:
            try:
                made = reception_shares.announce_need(actor=actor, need=need, today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                _say(request, made.receipt)
                return redirect("places")
    return _announce(request, values, problems)


def _announce(request: HttpRequest, values: Mapping[str, str], problems: Mapping[str, str]) -> HttpResponse:
    page = read_places_country(actor=requests.actor(request), year=None, today=requests.today(request))
    context = {"page": page, "values": values, "problems": problems}
    return render(request, "eenthuis/places_announce.html", context, status=400 if problems else 200)


@require_POST
def load_scores(request: HttpRequest) -> HttpResponse:
    """Load the SES-WOA scores of a year from a file of CBS."""
    actor = requests.actor(request)
    reception_shares.require_sharing(actor=actor)
    given, year = request.FILES.get("bestand"), typed_number(request.POST.get("scorejaar", "").strip())
    problems: dict[str, str] = {}
    if year is None:
        problems["scorejaar"] = _("Vul een jaar in.")
    if given is None or not 0 < (given.size or 0) <= MOST_BYTES:
        problems["bestand"] = _("Kies een bestand van het CBS.")
    if given is not None and year is not None and not problems:
        try:
            reception_shares.load_scores_file(
                actor=actor,
                content=given.read(),
                name=given.name or "",
                year=year,
                today=requests.today(request),
            )
        except InputErrors as wrong:
            problems["bestand"] = " ".join(f"{SENTENCES[one.code]} {one.message}" for one in wrong.errors[:5])
        except EenthuisError as wrong:
            problems["bestand"] = f"{SENTENCES[wrong.code]} {wrong.message}"
        else:
            messages.success(request, _("De scores zijn geladen. Bereken de aandelen nu opnieuw."))
            return redirect("announce-need")
    return _announce(request, dict.fromkeys(FIELDS, ""), problems)


@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Compute the shares of a cycle anew."""
    try:
        receipt = reception_shares.compute_shares(
            actor=requests.actor(request),
            year=typed_number(request.POST.get("jaar", "")) or 0,
            today=requests.today(request),
        )
    except EenthuisError as wrong:
        if wrong.code != "STA-06":
            raise
        return _announce(
            request, dict.fromkeys(FIELDS, ""), {"jaar": _("Er is nog geen raming, of er zijn geen scores.")}
        )
    _say(request, receipt)
    return redirect("places")


def _say(request: HttpRequest, receipt: str | None) -> None:
    if receipt is None:
        messages.success(request, _("De raming staat er. Er zijn nog geen scores, dus nog geen aandelen."))
    else:
        text = _("De aandelen zijn berekend; het ontvangstbewijs is %(number)s.")
        messages.success(request, text % {"number": receipt})


def _need(values: Mapping[str, str], problems: dict[str, str]) -> ReceptionNeed | None:
    year, places = typed_number(values["jaar"]), typed_number(values["plaatsen"])
    minors = typed_number(values["minderjarigen"]) if values["minderjarigen"] else None
    day = day_in(values["dag"])
    if year is None:
        problems["jaar"] = _("Vul een jaar in.")
    if places is None:
        problems["plaatsen"] = _("Vul een heel getal in.")
    if values["minderjarigen"] and minors is None:
        problems["minderjarigen"] = _("Vul een heel getal in.")
    if day is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if not values["bron"]:
        problems["bron"] = _("Vul in waar de raming staat.")
    if problems or year is None or places is None or day is None:
        return None
    return ReceptionNeed(year, places, minors, day, values["bron"], values["toelichting"])


def _to_field(wrong: EenthuisError, problems: dict[str, str]) -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    columns = {"need": "plaatsen", "minors": "minderjarigen", "announced_on": "dag", "source": "bron"}
    column = wrong.location.column if wrong.location else None
    field = columns.get(column or "", "dag" if wrong.code == "LAW-01" else "jaar")
    if wrong.code not in {"INP-04", "INP-06", "LAW-01"}:
        raise wrong
    problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"


def _pictures(rows: tuple[PlacesLine, ...], year: int) -> dict[str, object]:
    return dict(_drawn(rows, year, get_language() or "", boundaries_of()))


@lru_cache(maxsize=KEPT)
def _drawn(rows: tuple[PlacesLine, ...], year: int, language: str, loaded: int) -> Mapping[str, object]:
    """Draw the maps once per standing, language and loaded boundaries."""
    del language, loaded
    title = _("Opvangplaatsen naast het aandeel, cyclus %(year)s") % {"year": year}
    circles, kinds = [], {}
    for row in rows:
        said = _("%(name)s: %(available)s plaatsen, aandeel %(share)s") % {
            "name": row.name,
            "available": number_format(row.available, 0, use_l10n=True),
            "share": "–" if row.share is None else number_format(row.share, 0, use_l10n=True),
        }
        kinds[MunicipalityCode(row.code)] = (row.kind, said)
        point = reference.municipality(row.code).point
        if point is not None:
            circles.append(Circle(row.code, row.name, point.lat, point.lon, row.inhabitants, row.kind, said))
    circles.sort(key=lambda circle: -circle.inhabitants)
    return {
        "cartogram": cartogram(circles, title=title),
        "map": boundary_map(read_boundaries(), kinds, title=title),
    }
