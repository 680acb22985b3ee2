"""The policy lab: asking what a recommendation would do, following the answer, and reading it."""

from __future__ import annotations

import mimetypes
from functools import lru_cache, partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.connect.scenario_files import scenario_text
from eenthuis.lab import WORK_MEASURES, chosen_measures, measures
from eenthuis.reference.policy import TODAY, lab_parameters, levers, scenarios
from eenthuis.services import lab
from eenthuis.services.access import may, require
from eenthuis.services.lab import LabRun
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError
from eenthuis.terms.lab_runs import LabKind
from eenthuis.terms.policy import LEVER_COLUMNS, MEASURE_COLUMNS, PARAMETER_COLUMNS
from eenthuis.web import lab_reading, lab_worth, requests, tables
from eenthuis.web import wording_lab as words
from eenthuis.web.lab_asking import FILE, FUTURES, HALF_YEARS, OWN, SEED, WEIGHTS, WORK, ask_from_form
from eenthuis.web.lab_document import document
from eenthuis.web.wording_lab_work import work_told

KEPT = 16
"""Reports that each process keeps."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what the lab is, let whoever may ask compare two packaged scenarios, and list what was asked."""
    actor = requests.actor(request)
    context = {
        "runs": lab.kept(actor=actor),
        "may_ask": may(actor, "ask-lab"),
        "scenarios": [(name, words.scenario(name)) for name in scenarios()],
        "values": _plain_values(),
        "past": lab.newest(actor=actor, kind=LabKind.PAST),
    }
    return render(request, "eenthuis/lab.html", context)


def _plain_values() -> dict[str, str]:
    return {
        "basis": lab.BASE,
        "scenario": lab.ADVISED,
        "toekomsten": str(FUTURES),
        "halfjaren": str(HALF_YEARS),
        "startgetal": str(SEED),
        "soort": LabKind.COMPARE.value,
        "naam": "",
        "bron": "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show every lever to make a scenario with, or ask the lab what a form asks."""
    actor = requests.actor(request)
    require(actor, "ask-lab")
    problems: dict[str, str] = {}
    if request.method == "POST":
        given = {name: str(value) for name, value in request.POST.items()}
        handed = {
            name: one.read() for name in (FILE, WEIGHTS, WORK) if (one := request.FILES.get(name)) is not None
        }
        if (work := request.FILES.get(WORK)) is not None:
            given["werknaam"] = work.name or ""
        asked = ask_from_form(given, handed, problems)
        if asked is not None:
            return redirect("lab-run", address=lab.ask(actor=actor, asked=asked))
        values = _plain_values() | given
    else:
        start_from = scenarios().get(request.GET.get("uit", ""), scenarios()[TODAY])
        own = {name: words.lever_typed(value) for name, value in start_from.levers.items()}
        values = _plain_values() | own | {"scenario": OWN}
    groups = [
        (
            title,
            [
                (one, words.LEVERS[one.name], values.get(one.name, ""), problems.get(one.name, ""))
                for one in levers().values()
                if one.recommendation == number
            ],
        )
        for number, title in words.RECOMMENDATIONS.items()
    ]
    context = {
        "problems": problems,
        "values": values,
        "groups": groups,
        "scenarios": [(name, words.scenario(name)) for name in scenarios()],
    }
    return render(request, "eenthuis/lab_ask.html", context, status=400 if problems else 200)


@require_safe
def run(request: HttpRequest, address: str) -> HttpResponse:
    """Show how far a run is, or what it found; a script may ask for the first part alone."""
    actor = requests.actor(request)
    page = lab.read(actor=actor, address=address)
    part = "HX-Request" in request.headers
    context: dict[str, object] = {
        "page": page,
        "state": words.STATES[page.state],
        "kind": words.KINDS[page.ask.kind.value],
        "names": [words.scenario(one.name) for one in page.ask.scenarios],
        "pulled": _pulled(page),
        "part": part,
        "work_told": work_told(page.ask.work),
        "may_ask": may(actor, "ask-lab"),
    }
    if page.state == "done" and not part:
        context |= _found(request, page)
    response = render(request, "eenthuis/_lab_run.html" if part else "eenthuis/lab_run.html", context)
    if not page.has_ended:
        response["Cache-Control"] = "no-store"
    response["Vary"] = "HX-Request"
    return response


def _pulled(page: LabRun) -> list[dict[str, str]]:
    """Return every lever on which the two scenarios of a run differ, with what each rests on."""
    if not page.ask.scenarios:
        return []
    base, scenario = page.ask.scenarios
    return [
        {
            "words": str(words.LEVERS.get(name, name)),
            "base": words.lever_value(base.levers[name]),
            "scenario": words.lever_value(scenario.levers[name]),
            "source": scenario.sources.get(name, levers()[name].source),
        }
        for name in scenario.differs_in(base)
    ]


def _found(request: HttpRequest, page: LabRun) -> dict[str, object]:
    read = partial(_file, request, page.address)
    has_work = page.ask.work is not None
    measure = lab_reading.chosen(request.GET.get("maat", ""), has_work=has_work)
    found: dict[str, object] = {
        "measure": measure,
        "measure_words": words.measure(measure.name),
        "unit": words.UNITS[measure.unit],
        "measures": [(one.name, words.measure(one.name)) for one in measures(has_work=has_work)],
    }
    match page.ask.kind:
        case LabKind.COMPARE:
            found |= {
                "lines": lab_reading.lines(page.ask, read),
                "charts": lab_reading.charts(page.ask, read, measure),
            }
        case LabKind.TORNADO:
            drawn, lines, whole, together = lab_reading.effects(read, measure)
            found |= {"drawn": drawn, "effects": lines, "whole": whole, "together": together}
        case LabKind.WORTH:
            own = lab_worth.chosen(measure.name, has_work=has_work)
            found |= {
                "measure": own,
                "measure_words": words.measure(own.name),
                "unit": words.UNITS[own.unit],
                "measures": [
                    (one.name, words.measure(one.name)) for one in chosen_measures(has_work=has_work)
                ],
                "worths": lab_worth.worths(read, own),
            }
        case LabKind.PAST:
            charts, within = lab_reading.past(read)
            found |= {"charts": charts, "within": within, "foresight": lab_reading.foresight(read)}
    return found


def _file(request: HttpRequest, address: str, name: str) -> bytes:
    return lab.file(actor=requests.actor(request), address=address, name=name)


@require_POST
def stop(request: HttpRequest, address: str) -> HttpResponse:
    """Stop a run of one's own."""
    lab.stop(actor=requests.actor(request), address=address)
    return redirect("lab-run", address=address)


@require_safe
def file(request: HttpRequest, address: str, name: str) -> HttpResponse:
    """Give a file that a run left behind."""
    content = _file(request, address, name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = HttpResponse(
        content, content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    )
    response["Content-Disposition"] = f'attachment; filename="{address}-{name}"'
    return response


@require_safe
def report(request: HttpRequest, address: str) -> HttpResponse:
    """Give a run that is done as an accessible PDF, in the language of the page."""
    page = lab.read(actor=requests.actor(request), address=address)
    if page.state != "done":
        raise AccessError("ACC-02", "this run is not done", remedy="Wait until it is.")
    response = HttpResponse(_report(address, get_language() or "nl"), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="beleidslab-{address}.pdf"'
    return response


@lru_cache(maxsize=KEPT)
def _report(address: str, language: str) -> bytes:
    """Make a report once per language; a run that is done is public and never changes."""
    del language
    page = lab.read(actor=ANYONE, address=address)
    read = partial(lab.file, actor=ANYONE, address=address)
    return document(page, lambda name: read(name=name), day=page.asked_at.date())


@require_safe
def scenario_file(request: HttpRequest, address: str, which: str) -> HttpResponse:
    """Give a scenario of a run as a file that the command line reads."""
    page = lab.read(actor=requests.actor(request), address=address)
    content = scenario_text(page.ask.scenarios[int(which)]) if page.ask.scenarios else ""
    response = HttpResponse(content, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scenario-{address}-{which}.toml"'
    return response


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Show every lever, parameter and measure with its source or as an assumption."""
    context = {
        "levers": [
            (one, words.LEVERS[one.name], words.lever_value(one.default)) for one in levers().values()
        ],
        "parameters": list(lab_parameters().values()),
        "measures": [
            (one, words.measure(one.name), words.UNITS[one.unit]) for one in measures(has_work=True)
        ],
        "with_work": WORK_MEASURES,
    }
    return render(request, "eenthuis/lab_registers.html", context)


@require_safe
def registers_csv(request: HttpRequest, which: str) -> HttpResponse:
    """Give one of the registers as CSV."""
    columns, found = {
        "hefbomen": (LEVER_COLUMNS, tuple(levers().values())),
        "parameters": (PARAMETER_COLUMNS, tuple(lab_parameters().values())),
        "maten": (MEASURE_COLUMNS, measures(has_work=True)),
    }.get(which, ((), ()))
    rows = [[_cell(getattr(one, column)) for column in columns] for one in found]
    return tables.csv_response(columns, rows, name=f"{which}.csv", for_excel=requests.for_excel(request))


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(getattr(value, "value", value))
