"""Telling a deviation in time: drafted by itself, put forward by one person, told to everyone by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.forecast.deviating import arrivals_signal
from eenthuis.forecast.history import NATIONAL, announced_from, packaged_series
from eenthuis.law import law_book
from eenthuis.rules.deviation import (
    Meaning,
    Origin,
    Signal,
    Told,
    carried_on,
    deviations,
    homes,
    meanings,
)
from eenthuis.services.access import is_other, may, person, require
from eenthuis.services.estimates import EstimateView, estimate_views, state_estimate
from eenthuis.services.notices import tell
from eenthuis.services.sharing import inhabitants_of
from eenthuis.store import announcements, journal
from eenthuis.store import deviations as stored
from eenthuis.store import forecasts as forecast_store
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import ProvinceCode

BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who drafts: nobody asks."""

_JOURNALLED = {
    stored.PUT_FORWARD: "put-forward-deviation",
    stored.TOLD: "told-deviation",
    stored.DROPPED: "dropped-deviation",
    stored.OVERTAKEN: "overtaken-deviation",
}
AHEAD = 4
LOW, HIGH = 1, 17
"""Places of the levels 0.10 and 0.90 among those of every forecast."""
MIDDLE = 9


@dataclass(frozen=True, slots=True)
class ProvinceMeaning:
    """What a deviation means for the municipalities of a province together, in people and homes."""

    province: ProvinceCode
    name: str
    people: int
    homes: int


@dataclass(frozen=True, slots=True)
class DeviationPage:
    """A deviation with what it means for every municipality and province."""

    held: stored.HeldDeviation
    meanings: tuple[Meaning, ...]
    provinces: tuple[ProvinceMeaning, ...]
    may_decide: bool
    is_second: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What was told, newest first, and to who decides what is still open; with what counts as substantial today."""

    told: tuple[stored.HeldDeviation, ...]
    open: tuple[stored.HeldDeviation, ...]
    citations: tuple[Citation, ...]
    may_decide: bool


def enter_estimate(*, actor: Actor, made: Estimate, today: date) -> EstimateView:
    """Record an official figure, and draft at once what it makes substantial; see :func:`state_estimate`."""
    with transaction.atomic():
        view = state_estimate(actor=actor, made=made, today=today)
        draft_due(today)
    return view


def told_now(half_year: HalfYear, today: date) -> Told | None:
    """Return what everyone was last told of a half-year: a number, an estimate before there is one, or a deviation."""
    found = [
        Told(half_year, one.people, min(announced_from(one), today), one.source)
        for one in announcements.announcements(half_year)
        if one.counts_from is None or one.counts_from <= today
    ]
    if not found:
        official = _official(half_year, EstimateKind.ESTIMATE, today)
        if official:
            first = official[0].estimate
            found = [Told(half_year, first.middle, first.counts_from, first.source)]
    for one in stored.deviations():
        step = one.step(stored.TOLD)
        if one.found.told.half_year == half_year and step is not None and step.on <= today and found:
            found.append(Told(half_year, one.found.signal.people, step.on, one.found.signal.source))
    return max(found, key=lambda told: told.known_from, default=None)


def signals_now(told: Told, today: date) -> tuple[Signal, ...]:
    """Return everything that says what to expect of a half-year, as known on a day."""
    half_year, law = told.half_year, law_book().deviation(today)
    found = [
        Signal(Origin.NEWER, one.middle, one.counts_from, one.source, None, None)
        for one in (view.estimate for view in _official(half_year, EstimateKind.ESTIMATE, today))
    ]
    for view in _official(half_year, EstimateKind.COUNT, today):
        one = view.estimate
        whole = carried_on(one.middle, half_year, one.until, law) if one.until else None
        if whole is not None:
            found.append(Signal(Origin.COUNT, whole, one.counts_from, one.source))
    found += [
        Signal(Origin.FORECAST, one.people[MIDDLE], one.made_on, one.model, one.people[LOW], one.people[HIGH])
        for one in forecast_store.forecasts_of(NATIONAL)
        if one.half_year == half_year and one.made_on <= today
    ]
    arrivals = arrivals_signal(told, packaged_series(), today)
    return (*found, arrivals) if arrivals is not None else tuple(found)


def _official(half_year: HalfYear, kind: EstimateKind, today: date) -> list[EstimateView]:
    return [
        view
        for view in estimate_views()
        if view.estimate.quantity is Quantity.NATIONAL_NUMBER
        and view.estimate.half_year == half_year
        and view.estimate.kind is kind
        and view.estimate.counts_from <= today
        and not view.is_replaced
    ]


def draft_due(today: date) -> int:
    """Draft what has become substantial, and close what a newer number overtook; return how many were drafted.

    A worker asks every day; what was drafted, told or dropped before is not drafted again, and of one half-year and
    origin one draft at a time is open.
    """
    law, drafted = law_book().deviation(today), 0
    with whole(BY_ITSELF.name), transaction.atomic():
        journal.lock_subject("deviations")
        running = HalfYear.containing(today)
        for half_year in [running.shift(step) for step in range(AHEAD + 1)]:
            told = told_now(half_year, today)
            if told is None:
                continue
            busy = _close_overtaken(half_year, told, today)
            for found in deviations(told, signals_now(told, today), law):
                if found.signal.origin in busy:
                    continue
                number = stored.add(found, share=law.share, people=law.people, drafted_on=today)
                if number is None:
                    continue
                drafted += 1
                journal.write(
                    BY_ITSELF,
                    "draft-deviation",
                    f"deviation {number}",
                    before={"told": told.people},
                    after={
                        "half_year": half_year,
                        "expected": found.signal.people,
                        "origin": found.signal.origin,
                    },
                )
                tell(
                    kind=NoticeKind.DEVIATION_DRAFTED,
                    to=Addressee(Role.MINISTRY),
                    reference=f"deviation:{number}",
                    today=today,
                    figures={"told": told.people, "expected": found.signal.people},
                )
    return drafted


def _close_overtaken(half_year: HalfYear, told: Told, today: date) -> frozenset[Origin]:
    """Close open drafts that go by a number that no longer is the last told; return the origins still open."""
    still = set()
    for one in stored.deviations():
        if one.is_open and one.found.told.half_year == half_year:
            if one.found.told.people == told.people:
                still.add(one.found.signal.origin)
            else:
                _step(BY_ITSELF, one, stored.OVERTAKEN, today, "")
    return frozenset(still)


def put_forward(*, actor: Actor, number: int, why: str, today: date) -> None:
    """Put a drafted deviation forward to be told by a second person; ``why`` goes with it in the time line.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none.
    InputError
        INP-06 without a text.
    StateError
        STA-01 when it was put forward or has ended.
    """
    require(actor, "tell-deviation")
    _needs(why)
    with transaction.atomic():
        held = _locked(number)
        if held.state != "drafted":
            raise _too_late(held)
        _step(actor, held, stored.PUT_FORWARD, today, why)


def drop_deviation(*, actor: Actor, number: int, why: str, today: date) -> None:
    """Drop a deviation, with the reason; it is not drafted again.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`put_forward`.
    """
    require(actor, "tell-deviation")
    _needs(why)
    with transaction.atomic():
        held = _locked(number)
        if not held.is_open:
            raise _too_late(held)
        _step(actor, held, stored.DROPPED, today, why)


def tell_deviation(*, actor: Actor, number: int, today: date) -> int:
    """Tell every municipality and province, each with its own figures, as a second person; return how many were told.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none.
    StateError
        STA-01 when it was not put forward, has ended, or was put forward by the same person.
    """
    require(actor, "tell-deviation")
    with transaction.atomic():
        held = _locked(number)
        first = held.step(stored.PUT_FORWARD)
        if first is None or not held.is_open:
            raise _too_late(held)
        if not is_other(actor, first.decided_by):
            raise StateError(
                "STA-01",
                "who put a deviation forward does not tell it",
                remedy="Ask a colleague of the ministry to look at it and tell it.",
            )
        _step(actor, held, stored.TOLD, today, "")
        shared = _meanings(held)
        figures = {"told": held.found.told.people, "expected": held.found.signal.people}
        places = [
            (Addressee(Role.MUNICIPALITY, municipality=one.municipality), one.people, one.homes)
            for one in shared
        ]
        places += [
            (Addressee(Role.PROVINCE, province=one.province), one.people, one.homes)
            for one in _provinces(held, shared)
        ]
        for to, people, needed in places:
            tell(
                kind=NoticeKind.DEVIATION_TOLD,
                to=to,
                reference=f"deviation:{number}",
                today=today,
                figures=figures | {"difference": people, "homes": needed},
            )
    return len(places)


def read_time_line(*, actor: Actor, today: date) -> TimeLine:
    """Return what was told and, to who decides, what is open.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-published-figures")
    everything, decides = stored.deviations(), may(actor, "tell-deviation")
    return TimeLine(
        told=tuple(one for one in reversed(everything) if one.step(stored.TOLD) is not None),
        open=tuple(one for one in reversed(everything) if one.is_open) if decides else (),
        citations=law_book().deviation(today).citations,
        may_decide=decides,
    )


def read_deviation(*, actor: Actor, number: int) -> DeviationPage:
    """Return a deviation with what it means everywhere; one that was not told only to who decides on it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none to see.
    """
    require(actor, "see-published-figures")
    held, decides = stored.deviation(number), may(actor, "tell-deviation")
    if held is None or not (decides or held.step(stored.TOLD) is not None):
        raise AccessError("ACC-02", "no deviation by that number", remedy="Check the number.")
    shared = _meanings(held)
    first = held.step(stored.PUT_FORWARD)
    return DeviationPage(
        held=held,
        meanings=shared,
        provinces=_provinces(held, shared),
        may_decide=decides and held.is_open,
        is_second=first is not None and is_other(actor, first.decided_by),
    )


def _meanings(held: stored.HeldDeviation) -> tuple[Meaning, ...]:
    half_year = held.found.told.half_year
    law = law_book().targets(half_year)
    inhabitants = inhabitants_of(half_year)
    return meanings(held.found, inhabitants, law, law_book().deviation(held.drafted_on))


def _provinces(held: stored.HeldDeviation, shared: tuple[Meaning, ...]) -> tuple[ProvinceMeaning, ...]:
    people: dict[ProvinceCode, int] = {}
    for one in shared:
        province = reference.municipality(one.municipality).province
        people[province] = people.get(province, 0) + one.people
    law = law_book().deviation(held.drafted_on)
    names = {province.code: province.name for province in reference.provinces()}
    return tuple(
        ProvinceMeaning(code, names[code], people[code], homes(people[code], law)) for code in sorted(people)
    )


def _locked(number: int) -> stored.HeldDeviation:
    journal.lock_subject("deviations")
    held = stored.deviation(number)
    if held is None:
        raise AccessError("ACC-02", "no deviation by that number", remedy="Check the number.")
    return held


def _step(by: Actor, held: stored.HeldDeviation, kind: str, on: date, why: str) -> None:
    stored.add_step(held.number, kind, on=on, decided_by=person(by), why=why)
    journal.write(
        by,
        _JOURNALLED[kind],
        f"deviation {held.number}",
        before={"state": held.state},
        after={"state": kind, "on": on},
        why=why,
    )


def _needs(why: str) -> None:
    if not why.strip():
        raise InputError(
            "INP-06", "there is no text", remedy="Say in a sentence why.", location=Location(column="why")
        )


def _too_late(held: stored.HeldDeviation) -> StateError:
    return StateError(
        "STA-01", f"the deviation is {held.state}", remedy="Reload the page to see how it stands."
    )
