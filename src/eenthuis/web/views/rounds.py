"""Rounds of schemes in public: the promise, the list, and the draw that anyone computes again."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.law import law_book
from eenthuis.law.schemes import holds, scheme, schemes_on
from eenthuis.rules.lots import ALGORITHM
from eenthuis.services import scheme_rounds as services
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.lots import SchemeRound
from eenthuis.terms.schemes import SchemeCode, WhenShort
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_cents

FIELDS = ("naam", "regeling", "opent", "sluit", "budget", "waarom", "belofte", "waarde", "beloofd")
ENTRY_COLUMNS = ("application", "category", "asked_cents")
"""The columns that ``eenthuis schemes draw`` reads."""


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Show every round to anyone."""
    actor, today = requests.actor(request), requests.today(request)
    found = [(one, one.stage(today)) for one in services.read_rounds(actor=actor)]
    return render(
        request, "eenthuis/rounds.html", {"rounds": found, "may_open": services.opens_rounds(actor=actor)}
    )


@require_safe
def read(request: HttpRequest, name: str) -> HttpResponse:
    """Show a round: the promise, and once they are there the list, the seed and the order."""
    return _round(request, name, {}, {})


@require_safe
def by_key(request: HttpRequest, key: int) -> HttpResponse:
    """Go to the round that a notice points at."""
    return redirect("round", services.round_name_of(actor=requests.actor(request), key=key))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Make a round public with the promise of its seed; the seed itself is shown once and kept nowhere."""
    actor, today = requests.actor(request), requests.today(request)
    services.require_opening(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems, fresh = dict[str, str](), None
    if request.method == "POST" and request.POST.get("doe") == "zaad":
        try:
            fresh = services.fresh_seed(actor=actor, round_name=values["naam"])
            values |= {"belofte": fresh.commitment, "beloofd": values["naam"]}
        except EenthuisError as wrong:
            problems["naam"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
    elif request.method == "POST":
        made = _asked(values, problems)
        if made is not None:
            try:
                services.open_round(actor=actor, asked=made, today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("De ronde is aangekondigd."))
                return redirect("round", made.name)
    context = {
        "values": values,
        "problems": problems,
        "fresh": fresh,
        "schemes": schemes_on(law_book(), today),
    }
    return render(request, "eenthuis/round_open.html", context, status=400 if problems else 200)


@require_POST
def publish(request: HttpRequest, name: str) -> HttpResponse:
    """Publish the list of a round that has closed."""
    try:
        services.publish_list(actor=requests.actor(request), name=name, today=requests.today(request))
    except EenthuisError as wrong:
        if wrong.code.startswith("ACC"):
            raise
        return _round(request, name, {}, {"lijst": _("De lijst kan nog niet bekend worden gemaakt.")})
    messages.success(request, _("De lijst is bekendgemaakt. Een collega kan nu loten."))
    return redirect("round", name)


@require_POST
def draw(request: HttpRequest, name: str) -> HttpResponse:
    """Reveal the seed and draw the lot, as a second person."""
    values = {key: request.POST.get(key, "").strip() for key in ("zaad", "waarde")}
    try:
        services.draw_round(
            actor=requests.actor(request),
            name=name,
            seed=values["zaad"],
            public_value=values["waarde"],
            today=requests.today(request),
        )
    except EenthuisError as wrong:
        if wrong.code in {"ACC-01", "ACC-02"}:
            raise
        field = "waarde" if wrong.location and wrong.location.column == "waarde" else "zaad"
        return _round(request, name, values, {field: f"{SENTENCES[wrong.code]} ({wrong.code})"})
    messages.success(request, _("De loting is gedaan. Iedereen kan haar narekenen."))
    return redirect("round", name)


@require_safe
def entries_csv(request: HttpRequest, name: str) -> HttpResponse:
    """Give the list of a round as the command that draws reads it."""
    page = services.read_round(actor=requests.actor(request), name=name, today=requests.today(request))
    rows = [(one.application, one.category, one.asked_cents) for one in page.round.entries]
    return tables.csv_response(ENTRY_COLUMNS, rows, name=f"{name}.csv", for_excel=requests.for_excel(request))


@require_safe
def as_json(request: HttpRequest, name: str) -> HttpResponse:
    """Give everything a program needs to draw the lot again."""
    page = services.read_round(actor=requests.actor(request), name=name, today=requests.today(request))
    found = page.round
    return JsonResponse(
        {
            "algorithm": ALGORITHM,
            "round": found.name,
            "scheme": found.scheme,
            "commitment": found.commitment,
            "budget_cents": found.budget_cents,
            "when_short": found.when_short.value,
            "public_value_named": found.public_value_named,
            "entries_digest": found.entries_digest,
            "entries": [[one.application, one.category, one.asked_cents] for one in found.entries],
            "seed": found.seed,
            "public_value": found.public_value,
            "receipt": found.receipt,
            "drawn": [
                {
                    "place": one.place,
                    "application": one.entry.application,
                    "key": one.key,
                    "awarded_cents": one.awarded_cents,
                }
                for one in (page.made.drawn if page.made else ())
            ],
        }
    )


def _round(
    request: HttpRequest, name: str, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    page = services.read_round(actor=requests.actor(request), name=name, today=requests.today(request))
    context = {
        "page": page,
        "round": page.round,
        "values": values,
        "problems": problems,
        "algorithm": ALGORITHM,
    }
    return render(request, "eenthuis/round.html", context, status=400 if problems else 200)


def _asked(values: Mapping[str, str], problems: dict[str, str]) -> SchemeRound | None:
    opens, closes, budget = day_in(values["opent"]), day_in(values["sluit"]), typed_cents(values["budget"])
    for name, found in (("opent", opens), ("sluit", closes)):
        if found is None:
            problems[name] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if budget is None:
        problems["budget"] = _("Schrijf het bedrag in euro's, zoals 1.234,56.")
    if values["beloofd"] not in {"", values["naam"]}:
        problems["naam"] = _(
            "De belofte hoort bij de naam %(name)s. Houd die naam, of maak een nieuw zaad voor deze."
        ) % {"name": values["beloofd"]}
    code = SchemeCode(values["regeling"])
    if opens is not None and not holds(law_book(), code, opens):
        problems["regeling"] = _("Deze regeling geldt niet op de dag waarop de ronde opent.")
    if problems or opens is None or closes is None or budget is None:
        return None
    return SchemeRound(
        key=0,
        name=values["naam"],
        scheme=code,
        opens_on=opens,
        closes_on=closes,
        budget_cents=budget,
        when_short=scheme(law_book(), code, opens).when_short or WhenShort.STOP,
        order_why=values["waarom"],
        commitment=values["belofte"],
        public_value_named=values["waarde"],
        opened_by="",
        opened_on=opens,
    )


def _to_field(wrong: EenthuisError, problems: dict[str, str]) -> None:
    """Put a refusal of the service at the field it is about; what cannot be mended here is raised again."""
    if wrong.code.startswith("ACC"):
        raise wrong
    field = wrong.location.column if wrong.location and wrong.location.column else "opent"
    problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"
