"""Reception places through time: what a site has on a day, what a change makes of it, and the layers it consists of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from eenthuis.terms.capacity import MOST_PLACES, Site, SiteChange, SiteChangeKind, SiteSpan
from eenthuis.terms.reception import ReceptionSite

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SiteChanged:
    """The places of a site through time after a change."""

    spans: tuple[SiteSpan, ...]


class WhyNot(StrEnum):
    """Why a change of a site cannot stand."""

    OPENS_LATER = "opens-later"
    ENDS_EARLIER = "ends-earlier"
    SAME_LAST_DAY = "same-last-day"
    NOT_EARLIER = "not-earlier"
    NOT_LATER = "not-later"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class SiteChangeRefused:
    """Why a change cannot stand, and the day of the register that it goes against; None where it is no day."""

    reason: WhyNot
    day: date | None


@dataclass(frozen=True, slots=True)
class CapacityStep:
    """From a day on there are so many places."""

    day: date
    places: int


def places_on(spans: Iterable[SiteSpan], day: date) -> int:
    """Return how many places there are on a day.

    Examples
    --------
    >>> places_on([SiteSpan(date(2026, 1, 1), date(2026, 1, 31), 80)], date(2026, 1, 31))
    80
    """
    return sum(
        span.places
        for span in spans
        if span.first_day <= day and (span.last_day is None or day <= span.last_day)
    )


def change_site(spans: Sequence[SiteSpan], change: SiteChange) -> SiteChanged | SiteChangeRefused:
    """Return the places of a site after a change; what it had before the day of the change stays.

    Examples
    --------
    >>> spans = [SiteSpan(date(2026, 1, 1), None, 80)]
    >>> found = change_site(spans, SiteChange(SiteChangeKind.PLACES, date(2026, 3, 1), 120))
    >>> [(one.first_day.isoformat(), one.places) for one in found.spans]
    [('2026-01-01', 80), ('2026-03-01', 120)]
    """
    first, last = spans[0].first_day, spans[-1].last_day
    if change.kind is SiteChangeKind.PLACES:
        return _other_places(spans, change, first, last)
    if change.day is not None and change.day < first:
        return SiteChangeRefused(WhyNot.OPENS_LATER, first)
    earlier = change.day is not None and (last is None or change.day < last)
    if change.day == last:
        return SiteChangeRefused(WhyNot.SAME_LAST_DAY, last)
    if (change.kind is SiteChangeKind.CLOSED) is not earlier:
        return SiteChangeRefused(WhyNot.NOT_LATER if earlier else WhyNot.NOT_EARLIER, last)
    kept = [span for span in spans if change.day is None or span.first_day <= change.day]
    return SiteChanged((*kept[:-1], replace(kept[-1], last_day=change.day)))


def layers(site: Site) -> tuple[ReceptionSite, ...]:
    """Return a site as layers of places that each begin and end once; on every day they add up to its places.

    What was added last ends first, so that the places that stay longest are told as one layer.

    Examples
    --------
    >>> from eenthuis.terms.capacity import SiteForm, SiteId
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> from eenthuis.terms.reception import PlaceKind
    >>> spans = (SiteSpan(date(2026, 1, 1), date(2026, 2, 28), 80), SiteSpan(date(2026, 3, 1), None, 120))
    >>> site = Site(
    ...     SiteId("S-0000001"), MunicipalityCode("GM0344"), "Kade", PlaceKind.REGULAR, SiteForm.REGULAR,
    ...     for_minors=False, is_durable=True, spans=spans,
    ... )
    >>> [(one.places, one.first_day.isoformat(), one.last_day) for one in layers(site)]
    [(40, '2026-03-01', None), (80, '2026-01-01', None)]
    """
    open_ones: list[tuple[date, int]] = []
    found: list[ReceptionSite] = []

    def end(places: int, last: date | None) -> None:
        while places:
            first, held = open_ones.pop()
            ended = min(held, places)
            found.append(ReceptionSite(site.municipality, site.kind, ended, first, last, site.name))
            places -= ended
            if held > ended:
                open_ones.append((first, held - ended))

    for span in site.spans:
        standing = sum(places for _, places in open_ones)
        if span.places < standing:
            end(standing - span.places, span.first_day - _DAY)
        elif span.places > standing:
            open_ones.append((span.first_day, span.places - standing))
    end(sum(places for _, places in open_ones), site.last_day)
    return tuple(found)


def capacity_steps(sites: Iterable[Site], first: date, last: date) -> tuple[CapacityStep, ...]:
    """Return the places of several sites together from ``first`` to ``last``, told on days that change them.

    Examples
    --------
    >>> capacity_steps([], date(2026, 1, 1), date(2026, 12, 31))
    (CapacityStep(day=datetime.date(2026, 1, 1), places=0),)
    """
    changes: dict[date, int] = {first: 0}
    for span in (span for site in sites for span in site.spans):
        if span.first_day > last or (span.last_day is not None and span.last_day < first):
            continue
        begins = max(span.first_day, first)
        changes[begins] = changes.get(begins, 0) + span.places
        if span.last_day is not None and span.last_day < last:
            after = span.last_day + _DAY
            changes[after] = changes.get(after, 0) - span.places
    steps: list[CapacityStep] = []
    places = 0
    for day, change in sorted(changes.items()):
        places += change
        if not steps or steps[-1].places != places:
            steps.append(CapacityStep(day, places))
    return tuple(steps)


def _other_places(
    spans: Sequence[SiteSpan], change: SiteChange, first: date, last: date | None
) -> SiteChanged | SiteChangeRefused:
    if change.day is None or not 0 < change.places <= MOST_PLACES:
        return SiteChangeRefused(WhyNot.PLACES, None)
    if change.day < first:
        return SiteChangeRefused(WhyNot.OPENS_LATER, first)
    if last is not None and change.day > last:
        return SiteChangeRefused(WhyNot.ENDS_EARLIER, last)
    kept = [
        replace(span, last_day=change.day - _DAY)
        if span.last_day is None or span.last_day >= change.day
        else span
        for span in spans
        if span.first_day < change.day
    ]
    return SiteChanged((*kept, SiteSpan(change.day, last, change.places)))
