"""Steps on a household's way: a form per step that this role may take now, and one to mend a wrong step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eenthuis import reference
from eenthuis.rules.way import transition
from eenthuis.services import offers, sign_offs, way
from eenthuis.services.centres import read_centres
from eenthuis.services.home_matching import homes_for
from eenthuis.services.link_reasons import ReasonTold, acknowledge_reason, read_reason
from eenthuis.services.way_reading import WayPage, read_way
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Deadline, Field, RefusalGround, StepKind, WayState, WayStep
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.wording_way import STEPS

K = StepKind


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in on the form of a step, after it was read."""

    actor: Actor
    household: HouseholdId
    today: date
    seen: int | None
    on: date
    why: str
    chosen: Mapping[Field, str]
    expected_on: date


SLUGS: Mapping[str, StepKind] = {
    "gesprek-plannen": K.TALK_PLANNED,
    "gesprek-gehouden": K.TALK_HELD,
    "woning-aanbieden": K.HOME_OFFERED,
    "aanbod-intrekken": K.OFFER_WITHDRAWN,
    "bezichtigd": K.HOME_VIEWED,
    "geaccepteerd": K.ACCEPTED,
    "geweigerd": K.REFUSED,
    "weigering-terecht": K.REFUSAL_JUSTIFIED,
    "weigering-niet-terecht": K.REFUSAL_REJECTED,
    "woning-vrijgeven": K.HOME_RELEASED,
    "huurcontract": K.LEASED,
    "verhuisd": K.MOVED,
    "andere-woning": K.HOME_CHANGED,
    "afmelding-intrekken": K.SIGN_OFF_WITHDRAWN,
    "doorstroomlocatie": K.TRANSIT_ENTERED,
    "doorstroomlocatie-uit": K.TRANSIT_LEFT,
    "hotelregeling": K.HOTEL_ENTERED,
    "hotelregeling-uit": K.HOTEL_LEFT,
    "nareizigers-afwachten": K.RELATIVES_AWAITED,
    "nareizigers-niet-meer-afwachten": K.RELATIVES_WAIT_ENDED,
    "andere-opvang": K.CENTRE_CHANGED,
    "zelf-vertrokken": K.LEFT,
}
"""The address of every step that has a form of its own; links and sign-offs have theirs, merging and splitting too."""

WITHOUT_DAY = frozenset(
    {
        K.TALK_PLANNED,
        K.HOME_OFFERED,
        K.OFFER_WITHDRAWN,
        K.REFUSAL_JUSTIFIED,
        K.REFUSAL_REJECTED,
        K.HOME_RELEASED,
        K.HOME_CHANGED,
        K.SIGN_OFF_WITHDRAWN,
        K.RELATIVES_AWAITED,
    }
)
"""Steps that happen on the day on which they are recorded."""

NAMES = {
    Field.WHY: "reden",
    Field.GROUND: "grond",
    Field.HOME: "woning",
    Field.MUNICIPALITY: "gemeente",
    Field.CENTRE: "opvang",
    Field.EXPECTED_ON: "verwacht",
}
USE_CASES: Mapping[StepKind, Callable[[Filled], object]] = {
    K.TALK_PLANNED: lambda f: way.plan_talk(
        actor=f.actor, household=f.household, expected_on=f.expected_on, today=f.today, seen=f.seen
    ),
    K.TALK_HELD: lambda f: way.hold_talk(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.HOME_OFFERED: lambda f: offers.offer(
        actor=f.actor,
        household=f.household,
        home=HomeId(f.chosen[Field.HOME]),
        today=f.today,
        seen=f.seen,
    ),
    K.OFFER_WITHDRAWN: lambda f: offers.withdraw_offer(
        actor=f.actor, household=f.household, why=f.why, today=f.today, seen=f.seen
    ),
    K.HOME_VIEWED: lambda f: offers.record_viewing(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.ACCEPTED: lambda f: offers.accept(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.REFUSED: lambda f: offers.refuse(
        actor=f.actor,
        household=f.household,
        ground=RefusalGround(f.chosen[Field.GROUND]),
        why=f.why,
        on=f.on,
        today=f.today,
        seen=f.seen,
    ),
    K.REFUSAL_JUSTIFIED: lambda f: offers.judge_refusal(
        actor=f.actor, household=f.household, is_justified=True, why=f.why, today=f.today, seen=f.seen
    ),
    K.REFUSAL_REJECTED: lambda f: offers.judge_refusal(
        actor=f.actor, household=f.household, is_justified=False, why=f.why, today=f.today, seen=f.seen
    ),
    K.HOME_RELEASED: lambda f: offers.release_home(
        actor=f.actor, household=f.household, why=f.why, today=f.today, seen=f.seen
    ),
    K.LEASED: lambda f: offers.sign_lease(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.MOVED: lambda f: offers.record_move(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.HOME_CHANGED: lambda f: offers.change_kept_home(
        actor=f.actor,
        household=f.household,
        home=HomeId(f.chosen[Field.HOME]),
        why=f.why,
        today=f.today,
        seen=f.seen,
    ),
    K.SIGN_OFF_WITHDRAWN: lambda f: sign_offs.withdraw_sign_off(
        actor=f.actor, household=f.household, why=f.why, today=f.today, seen=f.seen
    ),
    K.TRANSIT_ENTERED: lambda f: way.enter_transit(
        actor=f.actor,
        household=f.household,
        municipality=MunicipalityCode(f.chosen[Field.MUNICIPALITY]),
        on=f.on,
        today=f.today,
        seen=f.seen,
    ),
    K.TRANSIT_LEFT: lambda f: way.leave_transit(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.HOTEL_ENTERED: lambda f: way.enter_hotel(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.HOTEL_LEFT: lambda f: way.leave_hotel(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.RELATIVES_AWAITED: lambda f: way.await_relatives(
        actor=f.actor, household=f.household, expected_on=f.expected_on, today=f.today, seen=f.seen
    ),
    K.RELATIVES_WAIT_ENDED: lambda f: way.end_wait_for_relatives(
        actor=f.actor, household=f.household, on=f.on, today=f.today, seen=f.seen
    ),
    K.CENTRE_CHANGED: lambda f: way.change_centre(
        actor=f.actor,
        household=f.household,
        centre=CentreCode(f.chosen[Field.CENTRE]),
        on=f.on,
        today=f.today,
        seen=f.seen,
    ),
    K.LEFT: lambda f: way.record_departure(
        actor=f.actor, household=f.household, on=f.on, why=f.why, today=f.today, seen=f.seen
    ),
}


def address_of(kind: StepKind) -> str:
    """Return the address of the form of a step; nothing for a step without one."""
    return next((slug for slug, one in SLUGS.items() if one is kind), "")


@dataclass(frozen=True, slots=True)
class WayShown:
    """The way of a household as its page shows it; ``actions`` are the addresses and steps that can be taken now."""

    household: HouseholdId
    state: WayState
    steps: tuple[WayStep, ...]
    deadlines: tuple[Deadline, ...]
    correctable: frozenset[int]
    home: Home | None
    today: date
    actions: tuple[tuple[str, StepKind], ...]
    told: ReasonTold | None
    can_sign_off: bool
    can_end_link: bool
    can_change_link: bool
    can_recompose: bool
    can_take_back: bool


def way_shown(actor: Actor, household: HouseholdId, today: date) -> WayShown:
    """Return what the page of a household shows of its way."""
    page = read_way(actor=actor, household=household, today=today)
    return WayShown(
        household=household,
        state=page.state,
        steps=page.steps,
        deadlines=page.deadlines,
        correctable=page.correctable,
        home=page.home,
        today=today,
        actions=tuple((address_of(kind), kind) for kind in page.possible if address_of(kind)),
        told=read_reason(actor=actor, household=household, today=today),
        can_sign_off=StepKind.SIGNED_OFF in page.possible,
        can_end_link=StepKind.LINK_ENDED in page.possible,
        can_change_link=StepKind.LINK_CHANGED in page.possible,
        can_recompose=page.can_recompose,
        can_take_back=page.can_take_back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, identifier: str, slug: str) -> HttpResponse:
    """Show the form of a step, or take the step."""
    kind = SLUGS.get(slug)
    if kind is None:
        raise Http404
    actor, household, today = requests.actor(request), HouseholdId(identifier), requests.today(request)
    page = read_way(actor=actor, household=household, today=today)
    problems: dict[str, str] = {}
    values = {name: request.POST.get(name, request.GET.get(name, "")).strip() for name in NAMES.values()}
    values["dag"] = request.POST.get("dag", f"{today:%d-%m-%Y}").strip()
    if request.method == "POST":
        filled = _read(request, kind, page, values, problems)
        if filled is not None and _taken(kind, filled, problems):
            messages.success(request, _("Vastgelegd: %(step)s.") % {"step": STEPS[kind.value]})
            return redirect("household", identifier=identifier)
    context = {
        "page": page,
        "kind": kind,
        "fields": [NAMES[one] for one in transition(kind).fields if one in NAMES],
        "asks_day": kind not in WITHOUT_DAY,
        "is_possible": kind in page.possible,
        "values": values,
        "problems": problems,
        "seen": request.POST.get("gezien", page.seen),
        "grounds": list(RefusalGround),
        **_choices(kind, actor, household, today, is_possible=kind in page.possible),
    }
    return render(
        request,
        "eenthuis/way_step.html",
        context,
        status=409 if "stap" in problems else 400 if problems else 200,
    )


def _choices(
    kind: StepKind, actor: Actor, household: HouseholdId, today: date, *, is_possible: bool
) -> dict[str, object]:
    if not is_possible:
        return {}
    match kind:
        case K.HOME_OFFERED | K.HOME_CHANGED:
            return {"homes": homes_for(actor=actor, household=household, today=today)}
        case K.TRANSIT_ENTERED:
            return {"municipalities": reference.municipalities(today)}
        case K.CENTRE_CHANGED:
            return {"centres": read_centres(actor=actor)}
        case _:
            return {}


def _read(
    request: HttpRequest, kind: StepKind, page: WayPage, values: dict[str, str], problems: dict[str, str]
) -> Filled | None:
    fields = transition(kind).fields
    on = day_in(values["dag"]) if kind not in WITHOUT_DAY else page.today
    if on is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    expected = day_in(values["verwacht"]) if Field.EXPECTED_ON in fields else page.today
    if expected is None:
        problems["verwacht"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    for field in fields:
        name = NAMES.get(field, "")
        if name and name != "verwacht" and not values[name]:
            problems[name] = _("Vul dit in.")
    if Field.GROUND in fields and values["grond"] not in set(RefusalGround):
        problems["grond"] = _("Maak een keuze.")
    if problems or on is None or expected is None:
        return None
    return Filled(
        actor=requests.actor(request),
        household=page.household,
        today=page.today,
        seen=typed_number(request.POST.get("gezien", "")),
        on=on,
        why=values["reden"],
        chosen={field: values[name] for field, name in NAMES.items()},
        expected_on=expected,
    )


def _taken(kind: StepKind, filled: Filled, problems: dict[str, str]) -> bool:
    """Take the step; put what is wrong beside its field, and what went wrong meanwhile above the form."""
    try:
        USE_CASES[kind](filled)
    except EenthuisError as wrong:
        if not wrong.code.startswith(("STA", "REF", "INP")):
            raise
        place = {"STA-08": "woning", "STA-09": "dag", "REF-01": "gemeente"}.get(wrong.code, "stap")
        problems[place] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        return False
    return True


@require_POST
def reason(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say that the municipality read why a household was linked to it."""
    acknowledge_reason(
        actor=requests.actor(request), household=HouseholdId(identifier), today=requests.today(request)
    )
    messages.success(request, _("Vastgelegd: de reden van de koppeling is gelezen."))
    return redirect("household", identifier=identifier)
