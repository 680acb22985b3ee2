"""Asking for a proposal, following it while it is made, and laying it open."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.services import runs
from eenthuis.services.access import require
from eenthuis.services.proposal_page import (
    GroupLine,
    ProposalPage,
    WayLine,
    proposal_document,
    proposal_folder,
    read_proposal,
)
from eenthuis.terms.linking import Goal, Wishes
from eenthuis.web import explanations, requests, tables
from eenthuis.web.figures import gain_chart, ways_chart
from eenthuis.web.wording import CHARACTERISTICS

PLAIN = Wishes()
LEAST, MOST = 0.1, 5.0
"""Between these a least gain can be asked for; beyond them it says nothing, or can never be reached."""


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Show what can be asked of a proposal, or let the engine make one in the background."""
    actor = requests.actor(request)
    require(actor, "propose")
    problems: dict[str, str] = {}
    values = {
        "doel": request.POST.get("doel", PLAIN.goal.value),
        "winst": request.POST.get("winst", "").strip(),
        "tempo": request.POST.get("tempo", ""),
        "overnemen": request.POST.get("overnemen", "ja"),
    }
    counted = tuple(request.POST.getlist("groepen")) or PLAIN.gain_for
    if request.method == "POST":
        wishes = _wishes(values, counted, problems)
        if not problems:
            asked = runs.ask(actor=actor, today=requests.today(request), wishes=wishes)
            if not asked.is_new:
                messages.info(request, _("Er wordt al een voorstel gemaakt; dit is hoe ver het is."))
            return redirect("run", number=asked.number)
    context = {
        "values": values,
        "problems": problems,
        "counted": counted,
        "characteristics": list(CHARACTERISTICS),
    }
    return render(request, "eenthuis/propose.html", context, status=400 if problems else 200)


def _wishes(values: dict[str, str], counted: tuple[str, ...], problems: dict[str, str]) -> Wishes:
    least = None
    if values["winst"]:
        least = _share(values["winst"])
        if least is None:
            problems["winst"] = _("Vul een getal in van 0,1 tot en met 5, zoals 1,25, of laat het leeg.")
    if values["doel"] not in {goal.value for goal in Goal}:
        problems["doel"] = _("Kies een van de twee doelen.")
        values["doel"] = PLAIN.goal.value
    if not set(counted) <= set(CHARACTERISTICS):
        problems["groepen"] = _("Kies uit de kenmerken die hier staan.")
    if values["overnemen"] not in {"ja", "nee"}:
        problems["overnemen"] = _("Kies ja of nee.")
    return Wishes(
        goal=Goal(values["doel"]),
        within_pace=bool(values["tempo"]),
        least_gain=least,
        gain_for=counted,
        take_over=values["overnemen"] == "ja",
    )


def _share(written: str) -> float | None:
    try:
        number = float(written.replace(",", "."))
    except ValueError:
        return None
    return number if LEAST <= number <= MOST else None


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a run is; a script may ask for that part alone."""
    page = runs.read_run(actor=requests.actor(request), number=number)
    part = "HX-Request" in request.headers
    names = {str(one.code): one.name for one in reference.municipalities(requests.today(request))}
    context = {
        "page": page,
        "news": part and request.GET.get("stand") != page.state.value,
        "conflicts": [explanations.conflict(one, names) for one in page.conflicts],
    }
    response = render(request, "eenthuis/_run.html" if part else "eenthuis/run.html", context)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "HX-Request"
    return response


@require_POST
def stop_run(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a run with the best so far."""
    runs.stop(actor=requests.actor(request), number=number)
    return redirect("run", number=number)


@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Lay one proposal open: proof, simpler ways beside it, and who gets what."""
    page = read_proposal(actor=requests.actor(request), number=number)
    context = {
        "page": page,
        "ways_figure": ways_chart(page.ways) if page.ways else "",
        "gain_figure": gain_chart(page.groups) if page.groups else "",
    }
    return render(request, "eenthuis/proposal.html", context)


WAY_COLUMNS = ("way", "households_linked", "people_linked", "score", "split_households")
GROUP_COLUMNS = (
    "characteristic", "group", "households", "linked", "people", "people_linked", "gain", "mean_rank",
)  # fmt: skip


@require_safe
def ways_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give the ways of linking as CSV."""
    page = read_proposal(actor=requests.actor(request), number=number)
    return _csv(request, page, "vergelijk", WAY_COLUMNS, [_way_row(way) for way in page.ways])


@require_safe
def groups_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give the groups as CSV; what is too small to show is empty."""
    page = read_proposal(actor=requests.actor(request), number=number)
    return _csv(request, page, "wie-krijgt-wat", GROUP_COLUMNS, [_group_row(one) for one in page.groups])


@require_safe
def proposal_json(request: HttpRequest, number: int) -> HttpResponse:
    """Give a proposal with its certificate and audit as JSON."""
    document = proposal_document(actor=requests.actor(request), number=number)
    response = JsonResponse(document, json_dumps_params={"indent": 1, "allow_nan": False})
    response["Content-Disposition"] = f'attachment; filename="voorstel-{number}.json"'
    return response


@require_safe
def folder(request: HttpRequest, number: int) -> HttpResponse:
    """Give the zip with which anyone can check a proposal."""
    found = proposal_folder(actor=requests.actor(request), number=number)
    response = HttpResponse(found, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="voorstel-{number}.zip"'
    return response


def _csv(
    request: HttpRequest,
    page: ProposalPage,
    name: str,
    columns: tuple[str, ...],
    rows: list[tuple[object, ...]],
) -> HttpResponse:
    file = f"voorstel-{page.proposal.identifier}-{name}.csv"
    return tables.csv_response(columns, rows, name=file, for_excel=requests.for_excel(request))


def _way_row(way: WayLine) -> tuple[object, ...]:
    return (
        way.name,
        _decimal(way.households),
        _decimal(way.people),
        _decimal(way.score),
        "" if way.split is None else way.split,
    )


def _group_row(group: GroupLine) -> tuple[object, ...]:
    counts = (group.households, group.linked, group.people, group.people_linked)
    return (
        group.characteristic,
        group.label,
        *("" if count is None else count for count in counts),
        "" if group.gain is None else _decimal(group.gain),
        "" if group.mean_rank is None else _decimal(group.mean_rank),
    )


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))
