"""The file of a municipality: a time line of every contact with its province, and the forms that add to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis.rules.case_entries import Part, Refused, needs
from eenthuis.rules.ladder import NoSuchRung, SkipRefused
from eenthuis.services import case_files as services
from eenthuis.services.case_files import FilePage, Recorded
from eenthuis.services.warnings import warned_of
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import requests, tables
from eenthuis.web import wording_case_files as words

FIELDS = (
    "formulier", "soort", "dag", "tekst", "halfjaar", "tot", "aantal", "trede", "over", "vervangt",
)  # fmt: skip
MOST_NUMBER = 1_000_000
REFUSED, LACKING = 409, 400
CSV_COLUMNS = (
    "on", "kind", "what", "half_year", "due", "people", "rung", "about", "number", "verdict", "receipt",
    "recorded_by", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the page: the kinds it adds, the fields it asks beside day and text, and what stands in them."""

    name: str
    title: object
    kinds: tuple[tuple[str, object], ...]
    fields: frozenset[str]
    about: tuple[tuple[int, str], ...] = ()
    rungs: tuple[int, ...] = ()
    half_year: str = ""
    replaces: int | None = None


@require_safe
def case_file(request: HttpRequest, code: str) -> HttpResponse:
    """Show the file of a municipality."""
    return _shown(request, _page(request, code), {}, "")


@require_POST
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Add an entry to the file; what is refused is told beside the form, and nothing is kept."""
    services.require_keeper(actor=requests.actor(request), municipality=MunicipalityCode(code))
    values = {field: request.POST.get(field, "").strip() for field in FIELDS}
    try:
        new = _read(values)
    except ValueError as wrong:
        return _shown(request, _page(request, code), values, words.PROBLEMS[str(wrong)], status=LACKING)
    outcome = services.record(
        actor=requests.actor(request),
        municipality=MunicipalityCode(code),
        new=new,
        today=requests.today(request),
    )
    if isinstance(outcome, Recorded):
        messages.success(request, _("Het staat in het dossier."))
        return redirect("case-file", code=code)
    return _shown(request, _page(request, code), values, _said(outcome), status=REFUSED)


@require_safe
def case_file_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the time line of a municipality as CSV."""
    page = _page(request, code)
    rows: list[tuple[object, ...]] = []
    for line in page.lines:
        one, read = line.contact, line.reading
        if one is not None:
            rows.append((
                one.on.isoformat(), one.kind.value, one.what, str(one.half_year or ""),
                one.due.isoformat() if one.due else "", _blank(one.people), _blank(one.rung), _blank(one.about),
                one.number, "", one.reference, one.by,
                one.recorded_at.isoformat(timespec="seconds") if one.recorded_at else "",
            ))  # fmt: skip
        elif read is not None:
            rows.append((
                read.as_of.isoformat(), "reading", "", str(read.half_year),
                read.answer_by.isoformat() if read.answer_by else "", read.people, read.rung, "", "",
                read.verdict, read.receipt, read.kept_by, read.kept_at.isoformat(timespec="seconds"),
            ))  # fmt: skip
    return tables.csv_response(
        CSV_COLUMNS,
        rows,
        name=f"dossier-{page.municipality.code}.csv",
        for_excel=requests.for_excel(request),
    )


def _page(request: HttpRequest, code: str) -> FilePage:
    return services.read_file(
        actor=requests.actor(request), municipality=MunicipalityCode(code), today=requests.today(request)
    )


def _shown(
    request: HttpRequest, page: FilePage, values: Mapping[str, str], problem: object, *, status: int = 200
) -> HttpResponse:
    corrected = _corrected(request, page)
    context = {
        "page": page,
        "forms": _forms(page, corrected) if page.may_keep else (),
        "values": values,
        "problem": problem,
        "correctable": words.CORRECTABLE if page.may_keep else frozenset(),
        "items": _open_items(page),
        "warned": warned_of(
            actor=requests.actor(request), municipality=page.municipality.code, today=page.today
        ),
        "csv_address": f"/toezicht/gemeenten/{page.municipality.code}/tijdlijn.csv",
    }
    return render(request, "eenthuis/case_file.html", context, status=status)


def _open_items(page: FilePage) -> list[Contact]:
    """Return the items of a substitution that the municipality has not done."""
    done = {one.about for one in page.file.contacts if one.kind is ContactKind.ITEM_DONE}
    return [
        one
        for one in page.file.contacts
        if one.kind is ContactKind.SUBSTITUTION_ITEM and one.number not in done
    ]


def _corrected(request: HttpRequest, page: FilePage) -> Contact | None:
    written = request.GET.get("verbeter", "") or request.POST.get("vervangt", "")
    return next((one for one in page.file.contacts if str(one.number) == written), None)


def _forms(page: FilePage, corrected: Contact | None) -> tuple[Form, ...]:
    """Return the forms that the page needs now."""
    made: list[Form] = []
    if corrected is not None:
        choices = (corrected.kind, ContactKind.STRUCK_OUT)
        fields = _fields(corrected.kind) - {"over"}
        half_year = str(corrected.half_year or "")
        made.append(
            Form(
                "verbeteren",
                _("Verbeteren of schrappen"),
                _worded(choices),
                fields,
                half_year=half_year,
                replaces=corrected.number,
            )
        )
    plans = tuple((one.contact.number, one.contact.what) for one in page.file.plans if one.ended_on is None)
    for name, title, kinds in words.FORMS:
        if name == "mijlpaal" and not plans:
            continue
        if name == "trede" and (not page.may_decide or page.open_rung is not None or page.last is None):
            continue
        fields = frozenset(field for kind in kinds for field in _fields(kind))
        made.append(
            Form(
                name,
                title,
                _worded(kinds),
                fields - ({"over"} if name == "indeplaatsstelling" else frozenset()),
                about=plans if name == "mijlpaal" else (),
                rungs=tuple(range(page.ladder.top + 1)) if name == "trede" else (),
                half_year=str(page.ended if name == "trede" else page.ended.next),
            )
        )
    return tuple(made)


def _worded(kinds: tuple[ContactKind, ...]) -> tuple[tuple[str, object], ...]:
    return tuple((kind.value, words.KINDS[kind]) for kind in kinds)


_FIELD_OF: Mapping[Part, str] = {
    Part.HALF_YEAR: "halfjaar",
    Part.DUE: "tot",
    Part.PEOPLE: "aantal",
    Part.RUNG: "trede",
    Part.ABOUT: "over",
}


def _fields(kind: ContactKind) -> frozenset[str]:
    extra = {"tot"} if kind is ContactKind.SUBSTITUTION_ITEM else set()
    return frozenset({_FIELD_OF[part] for part in needs(kind) if part in _FIELD_OF} | extra)


def _read(values: Mapping[str, str]) -> Contact:
    """Return what was filled in.

    Raises
    ------
    ValueError
        Whose message is the field that cannot be read.
    """
    if values["soort"] not in set(ContactKind):
        raise ValueError("soort")
    half_year = None
    if values["halfjaar"]:
        try:
            half_year = HalfYear.parse(values["halfjaar"])
        except InputError as wrong:
            raise ValueError("halfjaar") from wrong
    return Contact(
        number=0,
        kind=ContactKind(values["soort"]),
        on=_day(values, "dag") or date.max,
        what=values["tekst"],
        by="",
        half_year=half_year,
        due=_day(values, "tot"),
        people=_whole(values, "aantal"),
        rung=_whole(values, "trede"),
        about=_whole(values, "over"),
        replaces=_whole(values, "vervangt"),
    )


def _day(values: Mapping[str, str], field: str) -> date | None:
    if not values[field]:
        return None
    try:
        return date.fromisoformat(values[field])
    except ValueError as wrong:
        raise ValueError(field) from wrong


def _whole(values: Mapping[str, str], field: str) -> int | None:
    written = values[field]
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < len(str(MOST_NUMBER))):
        raise ValueError(field)
    return int(written)


def _said(outcome: Refused | SkipRefused | NoSuchRung) -> str:
    match outcome:
        case SkipRefused(skipped):
            return _("Trede %(skipped)s zou worden overgeslagen. Schrijf de reden daarvan op.") % {
                "skipped": ", ".join(map(str, skipped))
            }
        case NoSuchRung(top):
            return _("De ladder heeft treden 1 tot en met %(top)s.") % {"top": top}
        case Refused():
            said = str(words.OBSTACLES[outcome.obstacle])
            missing = [str(words.PARTS[part]) for part in outcome.parts]
            first = [str(words.DUTIES[duty]) for duty in outcome.duties]
            return f"{said} {', '.join((*missing, *first))}".strip()


def _blank(number: int | None) -> int | str:
    return "" if number is None else number
