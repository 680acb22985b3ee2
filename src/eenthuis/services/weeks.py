"""People linked week by week against the promised pace, before and with the latest proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import linking_deadline
from eenthuis.rules.progress import expected_by_day
from eenthuis.services.access import require
from eenthuis.services.balances import Standing, standing
from eenthuis.services.country import running_half_year
from eenthuis.store import linked, proposals
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

DAYS_A_WEEK = 7
PEAK = 2
"""A week in which more than so many times its pace is linked is told to be a peak."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week, in people: linked in it, proposed for it, and what the pace asks of it.

    ``total`` (with what was linked before the half-year) and ``asked`` are as at its end. ``proposed`` is given only
    for the week of today, since that is when a proposal can be confirmed.
    """

    first_day: date
    last_day: date
    linked: int
    proposed: int
    pace: Fraction
    total: int
    asked: Fraction
    has_begun: bool

    @property
    def is_peak(self) -> bool:
        """Whether far more is linked, the proposal included, than the pace asks of one week."""
        return self.linked + self.proposed > PEAK * self.pace


@dataclass(frozen=True, slots=True)
class Area:
    """What the weeks are of: the country, a region, a province or a municipality."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class WeeksPage:
    """The weeks of an area, with what is linked on the reference date before and with the proposal.

    ``corrected`` is the target of the area; ``before`` people linked or housed before the half-year's first week;
    ``with_proposal`` and ``without`` what is linked or housed now with and without the proposal.
    """

    half_year: HalfYear
    today: date
    area: Area
    corrected: int
    before: int
    reference_day: date
    asked_by_reference_day: Fraction
    without: int
    with_proposal: int
    proposal: int | None
    weeks: tuple[WeekLine, ...]

    @property
    def peaks(self) -> int:
        """Weeks that are a peak."""
        return sum(1 for week in self.weeks if week.is_peak)

    @property
    def is_reference_day_past(self) -> bool:
        """Whether the reference date has passed."""
        return self.today >= self.reference_day


def read_weeks(*, actor: Actor, today: date, kind: str = "", code: str = "") -> WeeksPage:
    """Return the weeks of the running half-year for the country, or for one region, province or municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    ReferenceFactError
        REF-01 when there is no such area; REF-03 when it carries no target.
    """
    require(actor, "see-proposal")
    half_year = running_half_year(today)
    where = standing(half_year, today)
    area, chosen = _area(kind, code, where, half_year)
    newest = proposals.latest(half_year)
    proposed = proposals.open_people_of(newest.pk) if newest else {}
    in_area = sum(people for code, people in proposed.items() if code in chosen)
    per_day = _per_day(linked.people_per_day(half_year), chosen)
    corrected = sum(max(where.corrected[code].people, 0) for code in chosen)
    before = sum(people for day, people in per_day.items() if day < half_year.first_day)
    now = sum(per_day.values())
    by = linking_deadline(half_year, law_book().linking(today))
    return WeeksPage(
        half_year=half_year,
        today=today,
        area=area,
        corrected=corrected,
        before=before,
        reference_day=by,
        asked_by_reference_day=expected_by_day(corrected, half_year, by, law_book().progress(half_year)),
        without=now,
        with_proposal=now + in_area,
        proposal=newest.pk if newest else None,
        weeks=weeks_of(per_day, corrected=corrected, half_year=half_year, today=today, proposed=in_area),
    )


def weeks_of(
    per_day: Mapping[date, int], *, corrected: int, half_year: HalfYear, today: date, proposed: int
) -> tuple[WeekLine, ...]:
    """Return the weeks of a half-year, from Monday to Sunday, cut off at its first and last day."""
    law = law_book().progress(half_year)
    total = sum(people for day, people in per_day.items() if day < half_year.first_day)
    lines = []
    first = half_year.first_day
    while first <= half_year.last_day:
        last = min(first + timedelta(days=DAYS_A_WEEK - 1 - first.weekday()), half_year.last_day)
        linked_here = sum(people for day, people in per_day.items() if first <= day <= last)
        total += linked_here
        asked = expected_by_day(corrected, half_year, last + timedelta(days=1), law)
        lines.append(
            WeekLine(
                first_day=first,
                last_day=last,
                linked=linked_here,
                proposed=proposed if first <= today <= last else 0,
                pace=asked - expected_by_day(corrected, half_year, first, law),
                total=total,
                asked=asked,
                has_begun=first <= today,
            )
        )
        first = last + timedelta(days=1)
    return tuple(lines)


def _per_day(
    rows: Sequence[tuple[MunicipalityCode, date, int]], chosen: frozenset[MunicipalityCode]
) -> Mapping[date, int]:
    found: Counter[date] = Counter()
    for code, day, people in rows:
        if code in chosen:
            found[day] += people
    return found


def _area(
    kind: str, code: str, where: Standing, half_year: HalfYear
) -> tuple[Area, frozenset[MunicipalityCode]]:
    everyone = frozenset(where.held.targets)
    if not code:
        return Area("country", "", ""), everyone
    places = {place: reference.municipality(place) for place in everyone}
    provinces = {province.code: province for province in reference.provinces()}
    if kind == "region" and code in set(LinkingRegion):
        inside = {p for p, m in places.items() if provinces[m.province].region == code}
        return Area(kind, code, ""), frozenset(inside)
    if kind == "province" and code in provinces:
        inside = {p for p, m in places.items() if m.province == code}
        return Area(kind, code, provinces[ProvinceCode(code)].name), frozenset(inside)
    place = reference.municipality(code, half_year.first_day)
    if place.code not in everyone:
        raise ReferenceFactError(
            "REF-03",
            f"{place.name} ({place.code}) carries no target in {half_year}",
            remedy="Choose another municipality.",
        )
    return Area("municipality", place.code, place.name), frozenset({place.code})
