"""Early warning from the tables: chances per municipality, whom to talk to first, and notices to the province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import transaction

from eenthuis import reference
from eenthuis.forecast.warning import history_of
from eenthuis.forecast.warning_trials import Trials
from eenthuis.forecast.warning_turn import Outlook, Warned, outlook
from eenthuis.law import law_book
from eenthuis.services.access import may, place_of
from eenthuis.services.balances import standing
from eenthuis.services.notices import tell
from eenthuis.services.readings import checked_province, seen_in
from eenthuis.store import announcements, journal, scope
from eenthuis.store import warnings as stored
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import MunicipalityCode, Province, ProvinceCode
from eenthuis.terms.warning import TargetToMeet

BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who keeps chances when nobody asks."""
KEPT = 4
"""Outlooks kept in memory by each process."""
PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One municipality as it is warned of, with its free homes by the largest household that each fits."""

    code: MunicipalityCode
    name: str
    warned: Warned
    free_homes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class WarningsPage:
    """The chances of a province on a day, whom to talk to first on top, and how such chances came out before.

    ``country`` counts the municipalities of the whole country under the threshold, and all of them.
    """

    province: Province
    half_year: HalfYear
    today: date
    days_left: int
    lines: tuple[WarningLine, ...]
    trials: Trials
    cases: int
    home_from_figures: bool
    citations: tuple[Citation, ...]
    threshold: float
    aim: float


def read_warnings(*, actor: Actor, province: ProvinceCode, today: date) -> WarningsPage:
    """Return the chances of the municipalities of a province that an actor sees the supervision of.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when the province is out of reach.
    ReferenceFactError
        REF-01 when there is no such province; REF-05 when the running half-year has no target.
    """
    where = checked_province(province)
    codes = seen_in(actor, province, today)
    found = outlook_on(today)
    free = stored.free_homes(codes, found.half_year.last_day)
    lines = tuple(
        WarningLine(
            code=one.municipality,
            name=reference.municipality(one.municipality).name,
            warned=one,
            free_homes={size: number for (code, size), number in free.items() if code == one.municipality},
        )
        for one in found.warned
        if one.municipality in set(codes)
    )
    return WarningsPage(
        province=where,
        half_year=found.half_year,
        today=today,
        days_left=found.days_left,
        lines=lines,
        trials=found.trials,
        cases=found.fit.cases if found.fit else 0,
        home_from_figures=found.home_from_figures,
        citations=found.law.citations,
        threshold=float(found.law.threshold),
        aim=float(found.law.aim),
    )


def warned_of(*, actor: Actor, municipality: MunicipalityCode, today: date) -> Warned | None:
    """Return the chance of one municipality; None out of reach, or without a target in the running half-year."""
    if not may(actor, "see-supervision", place_of(municipality)):
        return None
    try:
        found = outlook_on(today)
    except ReferenceFactError:
        return None
    return next((one for one in found.warned if one.municipality == municipality), None)


def warn_due(today: date) -> int:
    """Keep what changed of the chances, and tell provinces who newly fell under the threshold; return how many.

    A municipality is told of once while it stays under it; when it rises above and falls again it is told of anew.
    """
    half_year = HalfYear.containing(today)
    if half_year not in announcements.half_years():
        return 0
    with scope.whole("warnings"), transaction.atomic():
        journal.lock_subject(f"warnings {half_year}")
        found = outlook_on(today)
        before = stored.latest(half_year)
        changed = [
            one
            for one in found.warned
            if one.chance is not None and one.is_low != before.get(one.municipality, False)
        ]
        stored.add_all(
            half_year,
            today,
            [(one.municipality, round((one.chance or 0) * PER_MILLE), one.is_low) for one in changed],
        )
        told = [one for one in changed if one.is_low]
        for one in told:
            tell(
                kind=NoticeKind.WARNING_LOW,
                to=Addressee(Role.PROVINCE, province=reference.municipality(one.municipality).province),
                reference=f"supervision:{one.municipality}",
                figures={"chance": round((one.chance or 0) * 100), "short": max(round(one.short), 0)},
                today=today,
            )
        if changed:
            journal.write(
                BY_ITSELF,
                "keep-warning",
                f"half-year {half_year}",
                after={"on": today, "changed": len(changed), "told": len(told)},
            )
    return len(told)


def outlook_on(today: date) -> Outlook:
    """Return what early warning says of the running half-year at the start of today, for the whole country.

    Raises
    ------
    ReferenceFactError
        REF-05 when no target was announced for it.
    """
    return _outlook(HalfYear.containing(today), today, (*announcements.version(), *stored.version()))


@lru_cache(maxsize=KEPT)
def _outlook(half_year: HalfYear, today: date, version: tuple[str, ...]) -> Outlook:
    del version
    day_before = today - timedelta(days=1)
    where = standing(half_year, max(day_before, half_year.first_day))
    targets = [
        TargetToMeet(code, held, line.corrected)
        for held, lines in where.past.items()
        for code, line in lines.items()
    ]
    codes: Sequence[MunicipalityCode] = tuple(where.corrected)
    return outlook(
        history_of(stored.on_the_way(day_before), targets),
        half_year,
        today,
        law_book().warning(today),
        stored.without_home(codes),
    )
