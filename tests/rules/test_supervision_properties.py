"""Axioms of supervision; next to each stands a wrong rule that it catches, with the case that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import SupervisionLaw, law_book
from eenthuis.rules.judgement import word
from eenthuis.rules.ladder import Advanced, advance
from eenthuis.rules.substitution import (
    Closed,
    Event,
    EventKind,
    Item,
    MayCarryOut,
    NextStep,
    Proceedings,
    StillToDo,
    TermsRun,
    next_step,
)
from eenthuis.rules.supervision import assess
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import Figures

Outcome = tuple[str, int]
Rule = Callable[[Sequence[Figures], date], Outcome]
LAST = HalfYear(2025, 2)
BEST_FIRST = ("lead", "complies", "behind-excusable", "behind")
PLACES = ("nl", "overijssel", "noord-brabant", "zuid-holland")
SHARES = ("0", "1/2", "1")

one_half_year = st.builds(
    partial(Figures, LAST, source="drawn"),
    corrected=st.integers(-10, 60),
    realised=st.integers(0, 70),
    linked=st.integers(0, 70),
    requests_unmet=st.integers(0, 10),
    homes_ready=st.integers(0, 10),
    plan_on_schedule=st.booleans(),
    decided_rung=st.one_of(st.none(), st.integers(0, 7)),
    skip_reason=st.sampled_from(["", "a written reason"]),
)
HISTORIES = st.lists(one_half_year, min_size=1, max_size=7).map(
    lambda drawn: [
        replace(figures, half_year=LAST.shift(step + 1 - len(drawn))) for step, figures in enumerate(drawn)
    ]
)
DAYS = st.integers(0, 400).map(lambda days: LAST.first_day + timedelta(days=days))


@cache
def law(day: date, place: str, share: str) -> SupervisionLaw:
    changes = {"supervision.excusable_share": share, "supervision.rung.3.backlog_share": "1/4"}
    return law_book().assuming(changes, why="property").supervision(day, place)


def of_the_house(place: str, share: str) -> Rule:
    """Return the rule of the house in one province."""

    def reading(figures: Sequence[Figures], as_of: date) -> Outcome:
        one = assess(
            figures,
            municipality=MunicipalityCode("GM0001"),
            half_year=LAST,
            as_of=as_of,
            law_on=lambda day: law(day, place, share),
        )
        return word(one.judgement), one.rung

    return reading


def more_realised_never_worsens(
    rule: Rule, figures: Sequence[Figures], as_of: date, index: int, more: int
) -> bool:
    """Who realises more, in any half-year, has no worse verdict and no higher rung."""
    at = index % len(figures)
    better = list(figures)
    better[at] = replace(better[at], realised=better[at].realised + more)
    before, after = rule(figures, as_of), rule(better, as_of)
    return BEST_FIRST.index(after[0]) <= BEST_FIRST.index(before[0]) and after[1] <= before[1]


def order_does_not_matter(
    rule: Rule, figures: Sequence[Figures], as_of: date, shuffled: Sequence[Figures]
) -> bool:
    """A reading depends on what happened, not on the order in which it is handed in."""
    return rule(figures, as_of) == rule(shuffled, as_of)


@given(
    HISTORIES, DAYS, st.integers(0, 6), st.integers(1, 40), st.sampled_from(PLACES), st.sampled_from(SHARES)
)
@settings(deadline=None, max_examples=150)
def test_more_realised_never_worsens_a_verdict(
    figures: list[Figures], as_of: date, index: int, more: int, place: str, share: str
) -> None:
    assert more_realised_never_worsens(of_the_house(place, share), figures, as_of, index, more)


@given(HISTORIES, DAYS, st.randoms(use_true_random=False), st.sampled_from(PLACES))
@settings(deadline=None, max_examples=60)
def test_the_order_of_half_years_does_not_change_a_reading(
    figures: list[Figures], as_of: date, dice: object, place: str
) -> None:
    shuffled = list(figures)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert order_does_not_matter(of_the_house(place, "1/2"), figures, as_of, shuffled)


def links_still_open(figures: Sequence[Figures], as_of: date) -> Outcome:
    """A wrong rule: ``linked`` read as linked and not yet housed, so that housing people uses up the excuse."""
    del as_of
    last = figures[-1]
    short = last.corrected - last.realised
    return ("behind-excusable", 0) if 2 * (short - last.linked) >= short else ("behind", 1)


def test_a_recorded_rule_that_worsens_is_caught() -> None:
    recorded = [Figures(LAST, corrected=50, realised=30, linked=5, source="recorded")]
    assert not more_realised_never_worsens(links_still_open, recorded, LAST.next.first_day, 0, 12)


def test_a_recorded_rule_that_follows_the_order_of_the_file_is_caught() -> None:
    figures = [
        Figures(LAST.shift(-1), corrected=50, realised=60, linked=50, source="recorded"),
        Figures(LAST, corrected=50, realised=30, linked=50, source="recorded"),
    ]

    def last_line(given_so: Sequence[Figures], as_of: date) -> Outcome:
        return of_the_house("nl", "1/2")([replace(given_so[-1], half_year=LAST)], as_of)

    assert not order_does_not_matter(last_line, figures, LAST.next.first_day, figures[::-1])


@given(st.integers(0, 6), st.integers(-1, 8), st.sampled_from(["", " ", "a written reason"]))
def test_no_decision_skips_a_rung_without_a_reason(held: int, to: int, reason: str) -> None:
    decided = advance(held, to, law(date(2026, 1, 1), "nl", "1/2").ladder, reason)
    if isinstance(decided, Advanced):
        assert decided.rung == held + 1 or decided.reason
        assert decided.skipped == tuple(range(held + 1, decided.rung))


EVENTS = st.sets(
    st.builds(
        Event,
        st.sampled_from(EventKind),
        st.integers(0, 60).map(lambda days: date(2025, 1, 1) + timedelta(days=days)),
        st.sampled_from(["", "homes", "plan"]),
    ),
    max_size=10,
)
ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(["homes", "plan"]),
        st.one_of(st.none(), st.integers(0, 90).map(lambda days: date(2025, 1, 1) + timedelta(days=days))),
    ),
    max_size=2,
    unique_by=lambda item: item.what,
).map(tuple)


@given(EVENTS, ITEMS, st.booleans(), st.integers(0, 100))
def test_nothing_is_carried_out_before_gazette_council_and_terms(
    events: set[Event],
    items: tuple[Item, ...],
    urgent: bool,  # noqa: FBT001 - drawn
    days: int,
) -> None:
    as_of = date(2025, 1, 1) + timedelta(days=days)
    outcome: NextStep = next_step(
        Proceedings(items, frozenset(events), urgent), as_of, law_book().substitution(as_of)
    )
    happened = {event.kind for event in events if event.on < as_of}
    match outcome:
        case MayCarryOut(found):
            needed = set(EventKind) - {EventKind.ITEM_DONE, EventKind.CARRIED_OUT, EventKind.WITHDRAWN}
            assert needed <= happened
            assert urgent or all(item.term_ends and item.term_ends < as_of for item in found)
        case TermsRun(until):
            assert until >= as_of
        case StillToDo(duties):
            assert duties
        case Closed():
            assert happened & {EventKind.CARRIED_OUT, EventKind.WITHDRAWN, EventKind.ITEM_DONE}


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_events_does_not_change_what_comes_next(*, reverse: bool) -> None:
    every = [
        Event(kind, date(2025, 1, 1) + timedelta(days=number))
        for number, kind in enumerate(EventKind)
        if kind not in {EventKind.ITEM_DONE, EventKind.CARRIED_OUT, EventKind.WITHDRAWN}
    ]
    ordered = every[::-1] if reverse else every
    proceedings = Proceedings((Item("homes", date(2025, 3, 1)),), frozenset(ordered))
    on = date(2025, 2, 1)
    assert next_step(proceedings, on, law_book().substitution(on)) == TermsRun(
        date(2025, 3, 1), proceedings.items
    )
