"""Merging and splitting households, and taking that back: first what it would do, then for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis.services.recomposition import (
    Recomposition,
    linked_places,
    read_members,
    rehearse_merge,
    rehearse_split,
    rehearse_undo,
)
from eenthuis.services.way_merging import (
    LinksThen,
    Seen,
    merge_households,
    split_household,
    undo_recomposition,
)
from eenthuis.services.way_reading import WayPage, read_way
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_number

PARTS = ("1", "2", "3", "4")
FIELD_OF = {"STA-01": "nieuw", "ACC-02": "anderen", "STA-03": "koppeling"}
"""Beside which field a problem is told; every other one stands above the form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for on a form: how to try it, how to do it, and on whose page to go on."""

    rehearse: Callable[[], Recomposition]
    act: Callable[[Seen], object]
    then: HouseholdId


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the form to merge a household with others, what that does, and do it when that was seen."""
    page = _page(request, identifier)
    given = request.POST
    values = {name: given.get(name, "").strip() for name in ("anderen", "nieuw", "koppeling", "reden")}
    names = (page.household, *_numbers(values["anderen"]))
    actor, today = requests.actor(request), page.today
    into = HouseholdId(values["nieuw"])
    kept = {into: MunicipalityCode(values["koppeling"])} if values["koppeling"] else {}

    def wanted() -> Wanted:
        return Wanted(
            rehearse=lambda: rehearse_merge(
                actor=actor,
                households=names,
                into=into,
                why=values["reden"],
                today=today,
                links_then=LinksThen(kept),
            ),
            act=lambda seen: merge_households(
                actor=actor,
                households=names,
                into=into,
                why=values["reden"],
                on=today,
                today=today,
                links_then=LinksThen(kept),
                seen=seen,
            ),
            then=into,
        )

    problems = _missing(values, ("anderen", "nieuw", "reden")) if request.method == "POST" else {}
    context = {
        "values": values,
        "places": linked_places(actor=actor, households=names),
        "is_possible": page.can_recompose,
    }
    return _answer(request, page, "eenthuis/recompose_merge.html", wanted, problems, context)


@dataclass(frozen=True, slots=True)
class _Parts:
    """How the members were shared out on the form: the part of each, and number and link of every part."""

    chosen: tuple[str, ...]
    numbers: Mapping[str, str]
    stays: frozenset[str]

    @classmethod
    def read(cls, request: HttpRequest, members: int) -> _Parts:
        given = request.POST
        return cls(
            tuple(given.get(f"lid-{place}", "1") for place in range(members)),
            {part: given.get(f"nieuw-{part}", "").strip() for part in PARTS},
            frozenset(part for part in PARTS if given.get(f"blijft-{part}") == "ja"),
        )

    @property
    def used(self) -> frozenset[str]:
        return frozenset(self.chosen) & frozenset(PARTS)

    @property
    def parts(self) -> dict[HouseholdId, list[int]]:
        return {
            HouseholdId(self.numbers[part]): [place for place, one in enumerate(self.chosen) if one == part]
            for part in sorted(self.used)
        }

    @property
    def problems(self) -> dict[str, str]:
        """What is missing, by field."""
        found = {f"nieuw-{part}": _("Vul dit in.") for part in sorted(self.used) if not self.numbers[part]}
        if len(self.used) < 2:  # noqa: PLR2004 - a split has two parts
            found["leden"] = _("Verdeel de mensen over twee of meer delen.")
        if not found and len(self.parts) < len(self.used):
            found[f"nieuw-{max(self.used)}"] = _("Geef elk deel een eigen nummer.")
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the form to share the members of a household out over new ones, what that does, and do it."""
    page = _page(request, identifier)
    actor, today = requests.actor(request), page.today
    members = read_members(actor=actor, household=page.household)
    values = {"reden": request.POST.get("reden", "").strip()}
    asked = _Parts.read(request, len(members))
    places = linked_places(actor=actor, households=[page.household])
    parts = asked.parts
    kept = {HouseholdId(asked.numbers[part]): code for part in asked.used & asked.stays for code in places}

    def wanted() -> Wanted:
        return Wanted(
            rehearse=lambda: rehearse_split(
                actor=actor,
                household=page.household,
                parts=parts,
                why=values["reden"],
                today=today,
                links_then=LinksThen(kept),
            ),
            act=lambda seen: split_household(
                actor=actor,
                household=page.household,
                parts=parts,
                why=values["reden"],
                on=today,
                today=today,
                links_then=LinksThen(kept),
                seen=seen.get(page.household, -1),
            ),
            then=next(iter(parts)),
        )

    problems = {**_missing(values, ("reden",)), **asked.problems} if request.method == "POST" else {}
    context = {
        "is_possible": page.can_recompose,
        "values": values,
        "members": list(zip(members, asked.chosen, strict=True)),
        "parts": [(part, asked.numbers[part], part in asked.stays) for part in PARTS[: max(2, len(members))]],
        "place": next(iter(places.values()), ""),
    }
    return _answer(request, page, "eenthuis/recompose_split.html", wanted, problems, context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show what taking a merge or split back does, and do it when that was seen."""
    page = _page(request, identifier)
    actor, values = requests.actor(request), {"reden": request.POST.get("reden", "").strip()}

    def wanted() -> Wanted:
        return Wanted(
            rehearse=lambda: rehearse_undo(
                actor=actor, household=page.household, why=values["reden"], today=page.today
            ),
            act=lambda seen: undo_recomposition(
                actor=actor, household=page.household, why=values["reden"], today=page.today, seen=seen
            ),
            then=page.household,
        )

    problems = _missing(values, ("reden",)) if request.method == "POST" else {}
    context: dict[str, object] = {"values": values, "is_possible": page.can_take_back}
    return _answer(request, page, "eenthuis/recompose_undo.html", wanted, problems, context)


def _page(request: HttpRequest, identifier: str) -> WayPage:
    """Return where the household stands, to who merges and splits; to everybody else there is no such page."""
    actor: Actor = requests.actor(request)
    linked_places(actor=actor, households=())
    today: date = requests.today(request)
    return read_way(actor=actor, household=HouseholdId(identifier), today=today)


def _answer(
    request: HttpRequest,
    page: WayPage,
    template: str,
    wanted: Callable[[], Wanted],
    problems: dict[str, str],
    context: dict[str, object],
) -> HttpResponse:
    preview: Recomposition | None = None
    if request.method == "POST" and not problems:
        asked = wanted()
        try:
            if request.POST.get("stap") == "vastleggen":
                asked.act(_seen(request))
                messages.success(request, _("Vastgelegd. Wat er eerst stond, blijft bewaard."))
                return redirect("household", identifier=asked.then)
            preview = asked.rehearse()
        except EenthuisError as wrong:
            if not wrong.code.startswith(("STA", "INP")) and wrong.code != "ACC-02":
                raise
            problems[FIELD_OF.get(wrong.code, "stap")] = f"{SENTENCES[wrong.code]} ({wrong.code})"
    found = {**context, "page": page, "problems": problems, "preview": preview}
    return render(request, template, found, status=409 if problems else 200)


def _missing(values: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: _("Vul dit in.") for name in names if not values[name]}


def _numbers(text: str) -> tuple[HouseholdId, ...]:
    return tuple(HouseholdId(one) for one in text.replace(",", " ").replace(";", " ").split())


def _seen(request: HttpRequest) -> Seen:
    """Return the last step of each household as the page gave it; one that is no number matches no household."""
    pairs = (one.rpartition(":") for one in request.POST.getlist("gezien"))
    found = {HouseholdId(name): typed_number(number) for name, _colon, number in pairs}
    return {name: -1 if number is None else number for name, number in found.items()}
