"""Files of money: the list, one file with its steps, and each step as a form of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis.services import money_files as services
from eenthuis.services.money_files import FileLine, FilePage
from eenthuis.services.money_overview import MoneyLine, read_overview
from eenthuis.terms.errors import EenthuisError, StateError
from eenthuis.terms.money_files import (
    CheckedLine,
    EvidenceKind,
    FileKind,
    MoneyFileId,
    MoneyRefused,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_cents, typed_number
from eenthuis.web.wording_money import REFUSED_STEPS

WORDS = {
    "bewijs": MoneyStepKind.EVIDENCE,
    "beoordelen": MoneyStepKind.CHECKED,
    "toekennen": MoneyStepKind.AWARDED,
    "afwijzen": MoneyStepKind.REFUSED,
    "betalen": MoneyStepKind.PAID,
    "voorstellen": MoneyStepKind.SETTLEMENT_PROPOSED,
    "vaststellen": MoneyStepKind.SETTLED,
    "terugontvangen": MoneyStepKind.RECOVERED,
    "intrekken": MoneyStepKind.WITHDRAWN,
}
"""The word of each step in an address."""

WITH_REASON = frozenset({MoneyStepKind.REFUSED, MoneyStepKind.WITHDRAWN})
WITH_AMOUNT = frozenset({MoneyStepKind.PAID, MoneyStepKind.RECOVERED, MoneyStepKind.SETTLEMENT_PROPOSED})
MOST_BYTES = 10_000_000
LONGEST_PLACE = 120
COLUMNS = (
    "number",
    "kind",
    "municipality",
    "title",
    "scheme",
    "round",
    "asked_on",
    "stage",
    "asked_cents",
    "awarded_cents",
    "cut_cents",
    "paid_cents",
    "recovered_cents",
    "settled_cents",
    "due_cents",
)
MONEY_COLUMNS = (
    "code",
    "files",
    "budget_cents",
    "asked_cents",
    "awarded_cents",
    "paid_cents",
    "recovered_cents",
    "settled_cents",
    "left_cents",
)


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Show the files in reach, with what waits for a decision and what evidence is due."""
    page = services.read_files(actor=requests.actor(request), kind=_kind(request))
    context = {
        "page": page,
        "kind": _kind(request),
        "kinds": tuple(FileKind),
        "csv_address": _csv_address(request),
    }
    return render(request, "eenthuis/money.html", context)


@require_safe
def files_csv(request: HttpRequest) -> HttpResponse:
    """Give the files in reach as CSV, amounts in whole cents."""
    page = services.read_files(actor=requests.actor(request), kind=_kind(request))
    rows = [_row(line) for line in page.lines]
    return tables.csv_response(COLUMNS, rows, name="geld.csv", for_excel=requests.for_excel(request))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how much of each scheme was asked, awarded, paid and settled."""
    page = read_overview(actor=requests.actor(request), today=requests.today(request))
    return render(request, "eenthuis/money_overview.html", {"page": page})


@require_safe
def overview_csv(request: HttpRequest) -> HttpResponse:
    """Give the money of each scheme as CSV, in whole cents; what is not known is empty."""
    page = read_overview(actor=requests.actor(request), today=requests.today(request))
    rows = [_money_row(line) for line in (*page.schemes, *page.kinds)]
    return tables.csv_response(
        MONEY_COLUMNS, rows, name="geld-per-regeling.csv", for_excel=requests.for_excel(request)
    )


@require_safe
def file(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one file: what was asked, every step, and the forms of what may be done next."""
    page = services.read_file(actor=requests.actor(request), identifier=MoneyFileId(identifier))
    return _file(request, page, "", {}, {})


@require_safe
def by_key(request: HttpRequest, key: int) -> HttpResponse:
    """Go to the file that a notice points at."""
    return redirect("money-file", services.identifier_of(actor=requests.actor(request), key=key))


@require_POST
def step(request: HttpRequest, identifier: str, word: str) -> HttpResponse:
    """Take a step in a file; what is typed wrong is told at its field and kept."""
    if word not in WORDS:
        raise Http404
    actor, number, kind = requests.actor(request), MoneyFileId(identifier), WORDS[word]
    services.require_step(actor=actor, kind=kind)
    page = services.read_file(actor=actor, identifier=number)
    values = {name: written.strip() for name, written in request.POST.items() if isinstance(written, str)}
    problems: dict[str, str] = {}
    made = _step(request, page, kind, word, values, problems)
    if not problems:
        try:
            services.take_step(actor=actor, identifier=number, step=made, today=requests.today(request))
        except EenthuisError as wrong:
            problems[_first_field(word, kind, page)] = _sentence(wrong)
        else:
            messages.success(request, _("De stap is vastgelegd."))
            return redirect("money-file", identifier)
    return _file(request, page, word, values, problems)


def _file(
    request: HttpRequest, page: FilePage, word: str, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    forms = [(name, kind) for name, kind in WORDS.items() if kind in page.next_steps]
    checked = {line.line: line for line in page.line.state.checked}
    context = {
        "page": page,
        "line": page.line,
        "forms": forms,
        "word": word,
        "values": values,
        "problems": problems,
        "evidence": tuple(EvidenceKind),
        "lines": [
            {
                "asked": one,
                "checked": checked.get(one.line),
                "amount": values.get(f"beoordelen-bedrag-{one.line}"),
                "why": values.get(f"beoordelen-waarom-{one.line}"),
                "problem": problems.get(f"beoordelen-bedrag-{one.line}"),
                "why_problem": problems.get(f"beoordelen-waarom-{one.line}"),
            }
            for one in page.line.file.lines
        ],
    }
    return render(request, "eenthuis/money_file.html", context, status=400 if problems else 200)


def _step(
    request: HttpRequest,
    page: FilePage,
    kind: MoneyStepKind,
    word: str,
    values: Mapping[str, str],
    problems: dict[str, str],
) -> MoneyStep:
    why, today = values.get(f"{word}-waarom", ""), requests.today(request)
    if kind is MoneyStepKind.EVIDENCE:
        return _evidence(request, values, problems, today)
    if kind is MoneyStepKind.CHECKED:
        return _checked(page, values, problems, today)
    if kind in WITH_REASON and not why:
        problems[f"{word}-waarom"] = _("Vul in waarom.")
    cents = 0
    if kind in WITH_AMOUNT:
        cents = _amount(f"{word}-bedrag", values, problems)
    elif kind in {MoneyStepKind.AWARDED, MoneyStepKind.SETTLED}:
        cents = typed_number(values.get(f"{word}-gezien", "")[:9]) or 0
        seen = (
            page.line.state.found_cents if kind is MoneyStepKind.AWARDED else page.line.state.proposed_cents
        )
        if values.get(f"{word}-gezien") != str(seen):
            problems[f"{word}-akkoord"] = _("Het bedrag is intussen veranderd. Kijk er nog eens naar.")
        cents = seen or 0
    return MoneyStep(kind, today, "", why=why, cents=cents)


def _evidence(
    request: HttpRequest, values: Mapping[str, str], problems: dict[str, str], today: date
) -> MoneyStep:
    chosen, kept_at = values.get("bewijs-soort", ""), values.get("bewijs-vindplaats", "")
    if chosen not in set(EvidenceKind):
        problems["bewijs-soort"] = _("Maak een keuze.")
    if not kept_at or len(kept_at) > LONGEST_PLACE:
        problems["bewijs-vindplaats"] = _("Vul in waar het bewijs te vinden is.")
    units = typed_number(values.get("bewijs-aantal", "") or "0")
    if units is None:
        problems["bewijs-aantal"] = _("Vul een heel getal in.")
    given = request.FILES.get("bewijs-bestand")
    if given is not None and (given.size or 0) > MOST_BYTES:
        problems["bewijs-bestand"] = _("Dit bestand is te groot: hoogstens 10 MB.")
        given = None
    return MoneyStep(
        MoneyStepKind.EVIDENCE,
        today,
        "",
        evidence=EvidenceKind(chosen) if chosen in set(EvidenceKind) else None,
        kept_at=kept_at,
        shown_units=units or 0,
        digest=hashlib.sha256(given.read()).hexdigest() if given is not None else "",
    )


def _checked(page: FilePage, values: Mapping[str, str], problems: dict[str, str], today: date) -> MoneyStep:
    lines = []
    for asked in page.line.file.lines:
        why = values.get(f"beoordelen-waarom-{asked.line}", "")
        name = f"beoordelen-bedrag-{asked.line}"
        cents = _amount(name, values, problems, least=0)
        if name not in problems and cents > asked.asked_cents:
            problems[name] = _("Dit is meer dan er is gevraagd.")
        elif name not in problems and cents < asked.asked_cents and not why:
            problems[f"beoordelen-waarom-{asked.line}"] = _("Vul in waarom dit minder is dan gevraagd.")
        lines.append(CheckedLine(asked.line, cents, why))
    category = 0
    if page.is_in_lot:
        category = typed_number(values.get("beoordelen-categorie", "")) or 0
        if not category:
            problems["beoordelen-categorie"] = _("Vul de categorie in, vanaf 1.")
    return MoneyStep(MoneyStepKind.CHECKED, today, "", lines=tuple(lines), category=category)


def _amount(name: str, values: Mapping[str, str], problems: dict[str, str], *, least: int = 1) -> int:
    cents = typed_cents(values.get(name, ""))
    if cents is None or cents < least:
        problems[name] = _("Schrijf het bedrag in euro's, zoals 1.234,56.")
    return cents or 0


def _first_field(word: str, kind: MoneyStepKind, page: FilePage) -> str:
    if kind is MoneyStepKind.CHECKED:
        return f"beoordelen-bedrag-{page.line.file.lines[0].line}"
    if kind is MoneyStepKind.EVIDENCE:
        return "bewijs-soort"
    return f"{word}-bedrag" if kind in WITH_AMOUNT else f"{word}-akkoord"


def _sentence(wrong: EenthuisError) -> str:
    if (
        isinstance(wrong, StateError)
        and wrong.location is not None
        and wrong.location.value in set(MoneyRefused)
    ):
        return str(REFUSED_STEPS[MoneyRefused(wrong.location.value)])
    if wrong.code == "STA-06":
        return str(REFUSED_STEPS[MoneyRefused.NOT_NOW])
    if wrong.code in {"ACC-03", "STA-07"}:
        return f"{SENTENCES[wrong.code]} ({wrong.code})"
    raise wrong


def _kind(request: HttpRequest) -> FileKind | None:
    written = request.GET.get("soort", "")
    return FileKind(written) if written in set(FileKind) else None


def _csv_address(request: HttpRequest) -> str:
    kind = _kind(request)
    return f"/geld/geld.csv?soort={kind}" if kind else "/geld/geld.csv"


def _row(line: FileLine) -> tuple[object, ...]:
    one, state = line.file, line.state
    return (
        one.identifier,
        one.kind.value,
        one.municipality,
        one.title,
        one.scheme or "",
        one.round_name,
        one.asked_on.isoformat(),
        state.stage.value,
        state.asked_cents,
        *(
            "" if cents is None else cents
            for cents in (
                state.awarded_cents,
                state.cut_cents,
                state.paid_cents,
                state.recovered_cents,
                state.settled_cents,
                state.due_cents,
            )
        ),
    )


def _money_row(line: MoneyLine) -> tuple[object, ...]:
    return (
        line.code,
        line.files,
        "" if line.budget_cents is None else line.budget_cents,
        line.asked_cents,
        line.awarded_cents,
        line.paid_cents,
        line.recovered_cents,
        line.settled_cents,
        "" if line.left_cents is None else line.left_cents,
    )
