"""Where every municipality stands: the one place in which targets, swaps, sign-offs and carry-over come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.progress import PaceClass, expected, pace_class
from eenthuis.rules.realisation import carried_over, corrected
from eenthuis.rules.reorganisation import passed_on
from eenthuis.services.read_models import MonthPoint, MunicipalityRow, PastHalfYear, Totals
from eenthuis.store import announcements as stored
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.targets import CorrectedTarget, NetTarget, Progress

KEPT = 16
"""Standings kept in memory by each process."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A half-year with the corrected target and what was realised and linked, per municipality, in people."""

    half_year: HalfYear
    as_of: date
    held: stored.HeldTargets
    corrected: Mapping[MunicipalityCode, CorrectedTarget]
    realised: Mapping[MunicipalityCode, int]
    linked: Mapping[MunicipalityCode, int]
    past: Mapping[HalfYear, Mapping[MunicipalityCode, PastHalfYear]]
    rows: list[MunicipalityRow] = field(default_factory=list)

    def open_people(self, code: MunicipalityCode) -> int:
        """Return the people who can still be linked to a municipality within its corrected target."""
        left = self.corrected[code].people - self.realised.get(code, 0) - self.linked.get(code, 0)
        return max(left, 0)


def standing(half_year: HalfYear, today: date) -> Standing:
    """Return where every municipality stands in a half-year, as on ``today`` or on its last day when that is past.

    What was found is kept in memory until a row is added; the tables it reads are only ever added to.

    Raises
    ------
    ReferenceFactError
        REF-05 when no target was announced for it.
    """
    return _standing(half_year, today, stored.version())


@lru_cache(maxsize=KEPT)
def _standing(half_year: HalfYear, today: date, version: tuple[str, ...]) -> Standing:
    del version
    held = stored.targets_in_force(half_year)
    if held is None:
        raise ReferenceFactError(
            "REF-05",
            f"no target has been announced for {half_year}",
            remedy="Choose a half-year with targets, or announce its number first.",
        )
    as_of = min(today, half_year.last_day)
    realised = stored.realised_per_half_year(half_year, as_of)
    past = _chain(half_year, realised)
    latest = past[half_year]
    book_realisation, book_progress = law_book().realisation(half_year), law_book().progress(half_year)
    return Standing(
        half_year=half_year,
        as_of=as_of,
        held=held,
        corrected={
            code: corrected(
                municipality=code,
                half_year=half_year,
                net=latest[code].net,
                swapped=latest[code].swapped,
                backlog_or_lead=latest[code].backlog_or_lead,
                realisation=book_realisation,
                progress=book_progress,
            )
            for code in held.targets
        },
        realised=realised.get(half_year, {}),
        linked=stored.linked_not_signed_off(as_of),
        past=past,
    )


def _chain(
    until: HalfYear, realised: Mapping[HalfYear, Mapping[MunicipalityCode, int]]
) -> Mapping[HalfYear, Mapping[MunicipalityCode, PastHalfYear]]:
    net = stored.net_per_half_year(until)
    swapped = stored.swapped_per_half_year(until)
    _, opening = stored.opening_balances()
    balances: Mapping[MunicipalityCode, int] = opening
    found: dict[HalfYear, dict[MunicipalityCode, PastHalfYear]] = {}
    for half_year in sorted(net):
        if half_year.previous in found:
            moved = reference.mergers(after=half_year.previous.first_day, until=half_year.first_day)
            balances = passed_on(
                {code: line.balance for code, line in found[half_year.previous].items()}, moved
            )
        law = law_book().realisation(half_year)
        lines: dict[MunicipalityCode, PastHalfYear] = {}
        for code, people in net[half_year].items():
            change, carried = swapped.get(half_year, {}).get(code, 0), balances.get(code, 0)
            whole = people + change + carried
            done = realised.get(half_year, {}).get(code, 0)
            lines[code] = PastHalfYear(
                half_year=half_year,
                net=people,
                swapped=change,
                backlog_or_lead=carried,
                corrected=whole,
                realised=done,
                balance=carried_over(whole, done, law),
            )
        found[half_year] = lines
    return found


def municipality_rows(where: Standing) -> tuple[MunicipalityRow, ...]:
    """Return a row for every municipality of a half-year, by code."""
    if not where.rows:
        where.rows.extend(_all_rows(where))
    return tuple(where.rows)


def _all_rows(where: Standing) -> tuple[MunicipalityRow, ...]:
    names = {province.code: province.name for province in reference.provinces()}
    return tuple(_row(where, target, names) for _, target in sorted(where.held.targets.items()))


def _row(where: Standing, target: NetTarget, names: Mapping[ProvinceCode, str]) -> MunicipalityRow:
    code = target.municipality
    place = reference.municipality(code)
    law = law_book().progress(where.half_year)
    goal = where.corrected[code]
    realised = where.realised.get(code, 0)
    asked = expected(goal.people, where.half_year, where.as_of + timedelta(days=1), law)
    return MunicipalityRow(
        code=code,
        name=place.name,
        province_code=place.province,
        province_name=names[place.province],
        inhabitants=target.inhabitants,
        exact=target.exact,
        net=target.people,
        swapped=goal.swapped,
        backlog_or_lead=goal.backlog_or_lead,
        corrected=goal.people,
        realised=realised,
        linked=where.linked.get(code, 0),
        open_people=where.open_people(code),
        expected=asked,
        pace=pace_class(
            Progress(
                code, where.half_year, where.as_of, goal.people, realised, where.linked.get(code, 0), asked
            ),
            law,
        ),
    )


def totals(rows: Iterable[MunicipalityRow]) -> Totals:
    """Return the sums of rows; backlog and lead apart."""
    listed = tuple(rows)
    classes = Counter(row.pace for row in listed)
    return Totals(
        net=sum(row.net + row.swapped for row in listed),
        corrected=sum(row.corrected for row in listed),
        backlog=sum(max(row.backlog_or_lead, 0) for row in listed),
        lead=sum(max(-row.backlog_or_lead, 0) for row in listed),
        realised=sum(row.realised for row in listed),
        linked=sum(row.linked for row in listed),
        open_people=sum(row.open_people for row in listed),
        municipalities=len(listed),
        per_pace={pace: classes[pace] for pace in PaceClass},
    )


def months(
    half_year: HalfYear, today: date, corrected_people: int, municipalities: Iterable[MunicipalityCode] | None
) -> tuple[MonthPoint, ...]:
    """Return the state at the start of every month that has begun, and after the last day shown.

    The last point counts the sign-offs of ``today``, or of the last day of a half-year that is over.
    """
    per_day = stored.realised_by_day(half_year, municipalities)
    law = law_book().progress(half_year)
    as_of = min(today, half_year.last_day)
    days = [month for month in half_year.months if month <= as_of] + [as_of + timedelta(days=1)]
    return tuple(
        MonthPoint(
            as_of=day,
            realised=sum(people for on, people in per_day.items() if on < day),
            expected=expected(corrected_people, half_year, day, law),
        )
        for day in dict.fromkeys(days)
    )


def history(where: Standing, municipalities: Iterable[MunicipalityCode]) -> tuple[PastHalfYear, ...]:
    """Return how a group of municipalities did in every half-year, oldest first; of several, the sums."""
    chosen = tuple(municipalities)
    found = []
    for half_year, lines in sorted(where.past.items()):
        picked = [lines[code] for code in chosen if code in lines]
        if picked:
            found.append(
                PastHalfYear(
                    half_year=half_year,
                    net=sum(line.net for line in picked),
                    swapped=sum(line.swapped for line in picked),
                    backlog_or_lead=sum(line.backlog_or_lead for line in picked),
                    corrected=sum(line.corrected for line in picked),
                    realised=sum(line.realised for line in picked),
                    balance=sum(line.balance for line in picked),
                )
            )
    return tuple(found)
