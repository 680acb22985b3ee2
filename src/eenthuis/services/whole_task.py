"""The whole task of a municipality on one screen: target, places, homes, urgency, money, and what is due when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.services.access import may, place_of, require
from eenthuis.services.flex_projects import read_flex_projects
from eenthuis.services.homes import read_homes
from eenthuis.services.money_files import FileLine, read_files
from eenthuis.services.municipality_places import MunicipalityPlaces, read_municipality_places
from eenthuis.services.reception_reading import cycle_of, law_state
from eenthuis.services.urgency import UrgencyOf, read_urgency_of
from eenthuis.store import place_table
from eenthuis.terms.access import Actor, Place, Reach
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.money_files import MoneyStage
from eenthuis.terms.places import MunicipalityCode

DAYS_AHEAD = 730
MOST_DATES = 8
ENDED = frozenset({MoneyStage.CLOSED, MoneyStage.REFUSED, MoneyStage.WITHDRAWN, MoneyStage.SETTLED})


@dataclass(frozen=True, slots=True)
class HomesNow:
    """Homes of the register in a municipality: free ones, those offered or let, and homes of flex projects."""

    free: int
    kept: int
    flex_homes: int | None
    flex_broken: int


@dataclass(frozen=True, slots=True)
class MoneyNow:
    """Files of money of a municipality: how many are open, and whole cents awarded and not yet paid."""

    open_files: int
    awarded_cents: int
    paid_cents: int


@dataclass(frozen=True, slots=True)
class DueDate:
    """Something that is due on a day; ``code`` has its words and its address on the page, ``key`` what that needs."""

    day: date
    code: str
    key: str = ""
    name: str = ""

    def is_late(self, today: date) -> bool:
        """Return whether the day has passed."""
        return self.day < today


@dataclass(frozen=True, slots=True)
class WholeTask:
    """The whole task of a municipality as its reader may see it; a part that is not for the reader is None."""

    today: date
    places: MunicipalityPlaces
    offered: int | None
    homes: HomesNow | None
    urgency: UrgencyOf
    money: MoneyNow | None
    dates: tuple[DueDate, ...]


def read_whole_task(
    *, actor: Actor, code: MunicipalityCode, half_year: HalfYear, today: date
) -> WholeTask | None:
    """Return the whole task of a municipality; None for one that is no more, which has no task today.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no published figures.
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    require(actor, "see-published-figures")
    if not reference.municipality(code).exists_on(today):
        return None
    places = read_municipality_places(actor=actor, code=code, today=today)
    files = _files(actor, code)
    offers = place_table.offers(places.year, [code])
    sees_offers = may(actor, "see-place-offers", place_of(code))
    dates = sorted(
        (*_of_target(half_year, today), *_of_places(places), *_of_money(files or ())),
        key=lambda one: (one.day, one.code, one.key),
    )
    near = [one for one in dates if one.day <= today + timedelta(days=DAYS_AHEAD)]
    return WholeTask(
        today=today,
        places=places,
        offered=sum(one.offer.places for one in offers if not one.offer.for_minors) if sees_offers else None,
        homes=_homes(actor, code),
        urgency=read_urgency_of(actor=actor, municipality=code, today=today),
        money=None if files is None else _money(files),
        dates=tuple(near[:MOST_DATES]),
    )


def _homes(actor: Actor, code: MunicipalityCode) -> HomesNow | None:
    if not may(actor, "see-homes", place_of(code)):
        return None
    homes = read_homes(actor=actor, municipality=code, most=1)
    flex = None
    if may(actor, "see-flex-projects", place_of(code)):
        flex = read_flex_projects(actor=actor, municipality=code)
    return HomesNow(
        free=homes.free,
        kept=homes.kept,
        flex_homes=None if flex is None else sum(line.project.homes for line in flex.lines),
        flex_broken=0 if flex is None else flex.broken,
    )


def _files(actor: Actor, code: MunicipalityCode) -> tuple[FileLine, ...] | None:
    if decide(actor, "see-money-files", Place()).reach is Reach.OWN_HOMES:
        return None
    if not may(actor, "see-money-files", place_of(code)):
        return None
    return tuple(line for line in read_files(actor=actor).lines if line.file.municipality == code)


def _money(files: tuple[FileLine, ...]) -> MoneyNow:
    running = [line for line in files if line.state.stage not in ENDED]
    return MoneyNow(
        open_files=len(running),
        awarded_cents=sum(line.state.awarded_cents or 0 for line in running),
        paid_cents=sum(line.state.paid_cents for line in running),
    )


def _of_target(half_year: HalfYear, today: date) -> Iterator[DueDate]:
    if half_year.last_day >= today:
        yield DueDate(half_year.last_day, "half-year-ends", name=str(half_year))


def _of_places(places: MunicipalityPlaces) -> Iterator[DueDate]:
    if law_state(places.today).holds:
        for step in cycle_of(places.year).steps:
            if step.last_day >= places.today:
                yield DueDate(step.last_day, f"cycle-{step.step.value}")
    for line in places.sites:
        last = line.site.last_day
        if last is not None and last >= places.today:
            yield DueDate(last, "site-ends", line.site.identifier, line.site.name)


def _of_money(files: tuple[FileLine, ...]) -> Iterator[DueDate]:
    for line in files:
        for code, day in (("money-decided", line.decide_by), ("money-evidence", line.evidence_by)):
            if day is not None and line.state.stage not in ENDED:
                yield DueDate(day, code, line.file.identifier, line.file.title)
