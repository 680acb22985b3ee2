"""The register of recommendations: the ten at a glance, each on its own page, and adding to it."""

from __future__ import annotations

import json
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis.rules.recommendations import Obstacle, Standing, in_force
from eenthuis.services import lab
from eenthuis.services import recommendations as services
from eenthuis.services.access import may, require
from eenthuis.services.lab import LabRun
from eenthuis.services.recommendation_lab import ask_effect, read_effect
from eenthuis.services.recommendations import RecommendationPage, RegisterLine
from eenthuis.terms.errors import InputError
from eenthuis.terms.receipt import plain
from eenthuis.terms.recommendations import Answer, EntryKind, Party, RegisterEntry
from eenthuis.web import lab_reading, requests, tables
from eenthuis.web import wording_recommendations as words
from eenthuis.web.figures.advice import advice_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in

COLUMNS = (
    "number", "code", "subject", "addressees", "given_on", "answered_on", "answer", "state", "next_due", "late",
    "source",
)  # fmt: skip
STEP_COLUMNS = (
    "recommendation", "what", "owner", "promised_on", "due", "state", "ended_on", "is_invented", "source",
)  # fmt: skip
LONGEST_NUMBER = 9


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """Show the recommendations at a glance: how each stands, what is due, drawn and as a table."""
    actor, today = requests.actor(request), requests.today(request)
    page = services.read_register(actor=actor, today=today)
    context = {
        "page": page,
        "drawn": advice_chart(page.lines, today),
        "late": sum(line.late for line in page.lines),
    }
    return render(request, "eenthuis/recommendations.html", context)


@require_safe
def recommendations_csv(request: HttpRequest) -> HttpResponse:
    """Give the register as CSV."""
    page = services.read_register(actor=requests.actor(request), today=requests.today(request))
    return tables.csv_response(
        COLUMNS,
        [_row(line) for line in page.lines],
        name="aanbevelingen.csv",
        for_excel=requests.for_excel(request),
    )


def _row(line: RegisterLine) -> tuple[object, ...]:
    one, now = line.one, line.standing
    answer = now.answer
    return (
        one.number,
        one.code,
        one.subject_nl,
        "|".join(one.addressees),
        one.given_on.isoformat(),
        answer.on.isoformat() if answer else "",
        answer.answer.value if answer and answer.answer else "",
        now.state.value,
        now.next_due.isoformat() if now.next_due else "",
        line.late,
        one.source,
    )


@require_safe
def steps_csv(request: HttpRequest) -> HttpResponse:
    """Give every promised step as CSV."""
    page = services.read_register(actor=requests.actor(request), today=requests.today(request))
    rows = [
        (
            line.one.number,
            shown.step.promised.what,
            shown.step.promised.owner.value if shown.step.promised.owner else "",
            shown.step.promised.on.isoformat(),
            shown.step.due.isoformat() if shown.step.due else "",
            shown.state.value,
            shown.step.end.on.isoformat() if shown.step.end else "",
            int(shown.step.promised.is_invented),
            shown.step.promised.source,
        )
        for line in page.lines
        for shown in line.steps
    ]
    return tables.csv_response(STEP_COLUMNS, rows, name="stappen.csv", for_excel=requests.for_excel(request))


@require_safe
def recommendations_json(request: HttpRequest) -> HttpResponse:
    """Give the register with its steps as JSON."""
    found = services.export(actor=requests.actor(request), today=requests.today(request))
    return HttpResponse(
        json.dumps(plain(found), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )


@require_safe
def recommendation(request: HttpRequest, number: int) -> HttpResponse:
    """Show one recommendation with its answers, steps, evidence, the lab's effect, history and comments."""
    return _page(request, number, {})


def _page(request: HttpRequest, number: int, problems: dict[str, str]) -> HttpResponse:
    actor, today = requests.actor(request), requests.today(request)
    page = services.read_recommendation(actor=actor, number=number, today=today)
    run = read_effect(actor=actor, number=number)
    entries = page.line.entries
    there = {one.number for one in in_force(entries)}
    context = {
        "page": page,
        "one": page.line.one,
        "now": page.line.standing,
        "history": [
            (entry, entry.number in there or entry.kind is EntryKind.STRUCK_OUT) for entry in entries[::-1]
        ],
        "indicators": [(found, *words.INDICATORS[found.name]) for found in page.indicators],
        "run": run,
        "effects": _effects(request, run, page) if run is not None and run.state == "done" else (),
        "may_ask": may(actor, "ask-lab"),
        "kinds": _kinds(page.line.standing),
        "answers": list(Answer),
        "parties": list(Party),
        "problems": problems,
        "values": request.POST,
    }
    return render(request, "eenthuis/recommendation.html", context, status=400 if problems else 200)


def _kinds(now: Standing) -> list[EntryKind]:
    """Return what can be added to a recommendation as it stands."""
    if now.closed is not None:
        return [EntryKind.REOPENED, EntryKind.STRUCK_OUT]
    left_out = {EntryKind.REOPENED} | (_OF_A_STEP if not now.open_steps else {EntryKind.CLOSED})
    return [kind for kind in _IN_ORDER if kind not in left_out]


_OF_A_STEP = {EntryKind.STEP_DONE, EntryKind.STEP_MOVED, EntryKind.STEP_WITHDRAWN}
_IN_ORDER = (EntryKind.STEP_PROMISED, *(kind for kind in EntryKind if kind is not EntryKind.STEP_PROMISED))


def _effects(request: HttpRequest, run: LabRun, page: RecommendationPage) -> tuple[lab_reading.Line, ...]:
    read = partial(_file, request, run.address)
    wanted = page.line.one.measures
    found = {line.name: line for line in lab_reading.lines(run.ask, read)}
    return tuple(found[name] for name in wanted if name in found)


def _file(request: HttpRequest, address: str, name: str) -> bytes:
    return lab.file(actor=requests.actor(request), address=address, name=name)


@require_POST
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Add an entry to the register."""
    require(requests.actor(request), "keep-recommendations")
    problems: dict[str, str] = {}
    entry = _entry(request, number, problems)
    if entry is not None:
        try:
            outcome = services.record_entry(
                actor=requests.actor(request), new=entry, today=requests.today(request)
            )
        except InputError as wrong:
            problems["tekst"] = _input_problem(wrong)
        else:
            if not isinstance(outcome, Obstacle):
                messages.success(request, _("Vastgelegd. De regel staat in de geschiedenis en is openbaar."))
                return redirect("recommendation", number=number)
            problems[words.FIELDS.get(outcome, "tekst")] = str(words.OBSTACLES[outcome])
    return _page(request, number, problems)


def _input_problem(wrong: InputError) -> str:
    if wrong.code == "INP-01":
        return _(
            "Hier staat iets van een persoon in. Noem de organisatie of de afdeling; het register is openbaar."
        )
    return str(SENTENCES[wrong.code])


def _entry(request: HttpRequest, number: int, problems: dict[str, str]) -> RegisterEntry | None:
    given = {name: str(value).strip() for name, value in request.POST.items()}
    kind = given.get("soort", "")
    on = day_in(given.get("dag", ""))
    due = day_in(given["uiterlijk"]) if given.get("uiterlijk") else None
    if kind not in set(EntryKind):
        problems["soort"] = _("Kies wat u vastlegt.")
    if on is None:
        problems["dag"] = _("Vul een dag in als dd-mm-jjjj.")
    if given.get("uiterlijk") and due is None:
        problems["uiterlijk"] = _("Vul een dag in als dd-mm-jjjj.")
    if problems or on is None:
        return None
    answer, owner, about = given.get("antwoord", ""), given.get("wie", ""), given.get("over", "")
    return RegisterEntry(
        number=0,
        recommendation=number,
        kind=EntryKind(kind),
        on=on,
        what=given.get("tekst", ""),
        source=given.get("bron", ""),
        answer=Answer(answer) if answer in set(Answer) else None,
        owner=Party(owner) if owner in set(Party) else None,
        due=due,
        about=_about(about),
    )


def _about(written: str) -> int | None:
    digits = written.removeprefix("-")
    return int(written) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None


@require_POST
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Say something of a recommendation in the name of the own organisation."""
    try:
        services.comment(
            actor=requests.actor(request),
            number=number,
            text=request.POST.get("reactie", ""),
            today=requests.today(request),
        )
    except InputError:
        return _page(request, number, {"reactie": _("Vul een reactie in van ten hoogste 4.000 tekens.")})
    messages.success(request, _("Uw reactie staat erbij, met de naam van uw organisatie."))
    return redirect("recommendation", number=number)


@require_POST
def ask_lab(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the policy lab what the recommendation would do."""
    try:
        address = ask_effect(actor=requests.actor(request), number=number)
    except InputError:
        messages.error(
            request, _("Er wachten al drie vragen van u bij het beleidslab. Wacht tot er een klaar is.")
        )
        return redirect("recommendation", number=number)
    return redirect("lab-run", address=address)
