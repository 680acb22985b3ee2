"""Places of a site through time: what a change keeps, and layers that add up to the places of every day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.capacity import (
    CapacityStep,
    SiteChanged,
    SiteChangeRefused,
    WhyNot,
    capacity_steps,
    change_site,
    layers,
    places_on,
)
from eenthuis.rules.provincial_tasks import DurablePlaces, NotDurable, durable_places
from eenthuis.terms.capacity import Site, SiteChange, SiteChangeKind, SiteForm, SiteId, SiteSpan
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind, ReceptionSite

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=day) for day in range(40)]
HERE = MunicipalityCode("GM0344")


def site_of(*spans: SiteSpan, is_durable: bool = True) -> Site:
    return Site(
        SiteId("S-0000001"),
        HERE,
        "Kade",
        PlaceKind.REGULAR,
        SiteForm.REGULAR,
        for_minors=False,
        is_durable=is_durable,
        spans=spans,
    )


changes = st.builds(
    SiteChange,
    st.sampled_from(SiteChangeKind),
    st.one_of(st.none(), st.sampled_from(DAYS)),
    st.integers(1, 300),
)
starts = st.builds(
    SiteSpan,
    st.sampled_from(DAYS[:10]),
    st.one_of(st.none(), st.sampled_from(DAYS[10:])),
    st.integers(1, 300),
)


def after(span: SiteSpan, asked: list[SiteChange]) -> tuple[SiteSpan, ...]:
    spans: tuple[SiteSpan, ...] = (span,)
    for one in asked:
        outcome = change_site(spans, one)
        if isinstance(outcome, SiteChanged):
            spans = outcome.spans
    return spans


@given(starts, st.lists(changes, max_size=4))
@example(
    SiteSpan(FIRST, None, 80),
    [SiteChange(SiteChangeKind.PLACES, DAYS[5], 120), SiteChange(SiteChangeKind.CLOSED, DAYS[5])],
)
def test_a_change_keeps_what_was_before_it(span: SiteSpan, asked: list[SiteChange]) -> None:
    spans: tuple[SiteSpan, ...] = (span,)
    for one in asked:
        outcome = change_site(spans, one)
        if isinstance(outcome, SiteChangeRefused):
            continue
        for day in DAYS:
            if one.kind is SiteChangeKind.PLACES and one.day is not None and day >= one.day:
                last = spans[-1].last_day
                assert places_on(outcome.spans, day) == (one.places if last is None or day <= last else 0)
            elif one.kind is SiteChangeKind.PLACES or one.day is None or day <= one.day:
                before = places_on(spans, day)
                was_open = spans[-1].last_day is None or day <= spans[-1].last_day
                assert places_on(outcome.spans, day) == (before if was_open else outcome.spans[-1].places)
            else:
                assert places_on(outcome.spans, day) == 0
        spans = outcome.spans
        assert all(
            one.last_day is not None and one.last_day + timedelta(days=1) == two.first_day
            for one, two in pairwise(spans)
        )


@given(starts, st.lists(changes, max_size=4))
@example(SiteSpan(FIRST, DAYS[20], 100), [SiteChange(SiteChangeKind.PLACES, DAYS[3], 40)])
def test_the_layers_of_a_site_add_up_to_its_places_on_every_day(
    span: SiteSpan, asked: list[SiteChange]
) -> None:
    site = site_of(*after(span, asked))
    found = layers(site)
    for day in [*DAYS, FIRST + timedelta(days=5000)]:
        standing = sum(
            one.places
            for one in found
            if one.first_day <= day and (one.last_day is None or day <= one.last_day)
        )
        assert standing == places_on(site.spans, day)
    assert all(one.places > 0 for one in found)


@given(st.lists(st.tuples(starts, changes), max_size=3))
def test_the_steps_of_sites_together_are_their_places_of_every_day(
    asked: list[tuple[SiteSpan, SiteChange]],
) -> None:
    sites = [site_of(*after(span, [one])) for span, one in asked]
    steps = capacity_steps(sites, DAYS[0], DAYS[-1])
    for day in DAYS:
        told = next(step.places for step in reversed(steps) if step.day <= day)
        assert told == sum(places_on(site.spans, day) for site in sites)
    assert all(one.places != two.places for one, two in pairwise(steps))


def test_layers_by_first_come_would_lose_durable_places() -> None:
    """The counter-example: places that come and go must not be told as the ones that stay."""
    site = site_of(SiteSpan(date(2024, 2, 1), date(2024, 12, 31), 150), SiteSpan(date(2025, 1, 1), None, 100))
    law = law_book().reception(date(2024, 3, 1))
    found = durable_places(layers(site), as_of=date(2024, 3, 1), law=law)
    assert next((type(one), one.places) for one in found) == (DurablePlaces, 100)
    wrong = [
        ReceptionSite(HERE, PlaceKind.REGULAR, 150, date(2024, 2, 1), date(2024, 12, 31)),
        ReceptionSite(HERE, PlaceKind.REGULAR, 100, date(2025, 1, 1), None),
    ]
    again = durable_places(wrong, as_of=date(2024, 3, 1), law=law)
    assert {getattr(one, "reason", None) for one in again} == {None, NotDurable.TOO_SHORT}
    assert sum(one.places for one in again) != sum(one.places for one in found)


@pytest.mark.parametrize(
    ("change", "reason", "day"),
    [
        (SiteChange(SiteChangeKind.PLACES, DAYS[0], 10), WhyNot.OPENS_LATER, DAYS[5]),
        (SiteChange(SiteChangeKind.PLACES, DAYS[30], 10), WhyNot.ENDS_EARLIER, DAYS[20]),
        (SiteChange(SiteChangeKind.PLACES, DAYS[10], 0), WhyNot.PLACES, None),
        (SiteChange(SiteChangeKind.PLACES, None, 10), WhyNot.PLACES, None),
        (SiteChange(SiteChangeKind.PLACES, DAYS[10], 20_001), WhyNot.PLACES, None),
        (SiteChange(SiteChangeKind.CLOSED, DAYS[25]), WhyNot.NOT_EARLIER, DAYS[20]),
        (SiteChange(SiteChangeKind.CLOSED, None), WhyNot.NOT_EARLIER, DAYS[20]),
        (SiteChange(SiteChangeKind.EXTENDED, DAYS[15]), WhyNot.NOT_LATER, DAYS[20]),
        (SiteChange(SiteChangeKind.CLOSED, DAYS[20]), WhyNot.SAME_LAST_DAY, DAYS[20]),
        (SiteChange(SiteChangeKind.CLOSED, DAYS[1]), WhyNot.OPENS_LATER, DAYS[5]),
    ],
)
def test_a_change_that_cannot_stand_says_why(change: SiteChange, reason: WhyNot, day: date | None) -> None:
    outcome = change_site([SiteSpan(DAYS[5], DAYS[20], 80)], change)
    assert outcome == SiteChangeRefused(reason, day)


def test_no_sites_are_no_places() -> None:
    assert capacity_steps([], FIRST, DAYS[-1]) == (CapacityStep(FIRST, 0),)
