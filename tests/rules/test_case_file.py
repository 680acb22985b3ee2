"""The file of a municipality: entries in any order, four eyes, plans by their milestones, and the steps of the Act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count, permutations

import pytest

from eenthuis.law import law_book
from eenthuis.rules.case_entries import Obstacle, Part, Refused, needs, refusal
from eenthuis.rules.case_file import DECIDING, case_file, next_in
from eenthuis.rules.substitution import Closed, Duty, MayCarryOut, StillToDo, TermsRun
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.half_year import HalfYear

TODAY = date(2026, 3, 3)
HALF_YEAR = HalfYear(2026, 1)
LAW = law_book().substitution(TODAY)
DAY = timedelta(days=1)


def entry(number: int, kind: ContactKind, *, on: date = TODAY, **rest: object) -> Contact:
    return Contact(number, kind, on, str(rest.pop("what", "example")), str(rest.pop("by", "a")), **rest)  # type: ignore[arg-type]


PLAN = entry(1, ContactKind.PLAN, on=date(2026, 1, 9), half_year=HALF_YEAR, due=date(2026, 12, 31), people=20)
STONE = entry(2, ContactKind.MILESTONE, on=date(2026, 1, 9), due=date(2026, 2, 1), about=1)
FORWARD = entry(5, ContactKind.RUNG_PUT_FORWARD, half_year=HalfYear(2025, 2), rung=1)


def obstacle(new: Contact, *before: Contact) -> Refused | None:
    return refusal(new, before, TODAY, LAW)


@pytest.mark.parametrize(
    ("met_on", "on", "on_schedule"),
    [
        (None, date(2026, 2, 1), True),
        (None, date(2026, 2, 2), False),
        (date(2026, 2, 1), date(2026, 3, 1), True),
        (date(2026, 2, 5), date(2026, 3, 1), False),
    ],
    ids=["not due yet", "missed", "met in time", "met too late"],
)
def test_a_plan_is_on_schedule_while_no_milestone_was_missed(
    met_on: date | None, on: date, *, on_schedule: bool
) -> None:
    met = [] if met_on is None else [entry(3, ContactKind.MILESTONE_MET, on=met_on, about=2)]
    assert case_file([PLAN, STONE, *met]).is_on_schedule(HALF_YEAR, on) is on_schedule


def test_a_plan_without_milestones_or_of_another_half_year_excuses_nothing() -> None:
    on = date(2026, 1, 20)
    assert not case_file([PLAN]).is_on_schedule(HALF_YEAR, on)
    assert not case_file([PLAN, STONE]).is_on_schedule(HALF_YEAR.previous, on)
    ended = entry(4, ContactKind.PLAN_ENDED, on=date(2026, 1, 15), about=1)
    assert not case_file([PLAN, STONE, ended]).is_on_schedule(HALF_YEAR, on)
    assert not case_file([PLAN, STONE]).is_on_schedule(HALF_YEAR, PLAN.on)


def test_what_was_about_a_corrected_entry_is_about_the_one_in_its_place() -> None:
    later = replace(STONE, number=6, due=date(2026, 3, 1), replaces=2)
    met = entry(7, ContactKind.MILESTONE_MET, on=date(2026, 2, 20), about=2)
    file = case_file([PLAN, STONE, met, later])
    assert file.is_on_schedule(HALF_YEAR, TODAY)
    struck = entry(8, ContactKind.STRUCK_OUT, replaces=1)
    assert case_file([PLAN, STONE, met, later, struck]).contacts == ()


def test_a_rung_counts_once_another_person_confirmed_it() -> None:
    assert obstacle(FORWARD) is None
    assert obstacle(replace(FORWARD, number=6, rung=2), FORWARD) == Refused(Obstacle.RUNG_OPEN)
    own = entry(6, ContactKind.RUNG_CONFIRMED, about=5)
    assert obstacle(own, FORWARD) == Refused(Obstacle.SAME_PERSON)
    confirmed = replace(own, by="b")
    assert obstacle(confirmed, FORWARD) is None
    file = case_file([FORWARD, confirmed])
    assert file.open_rung is None
    assert file.decided(HalfYear(2025, 2), TODAY) is None
    decided = file.decided(HalfYear(2025, 2), TODAY + DAY)
    assert decided is not None
    assert decided.contact.rung == 1
    assert obstacle(replace(confirmed, number=7), FORWARD, confirmed) == Refused(Obstacle.ANSWERED)


def test_who_put_a_rung_forward_may_take_it_back() -> None:
    refused = entry(6, ContactKind.RUNG_REFUSED, about=5, what="the talk helped")
    assert obstacle(refused, FORWARD) is None
    file = case_file([FORWARD, refused])
    assert (file.open_rung, file.decided(HalfYear(2025, 2), TODAY + DAY)) == (None, None)


@pytest.mark.parametrize("kind", list(ContactKind))
def test_an_entry_without_what_it_needs_is_refused_by_name(kind: ContactKind) -> None:
    bare = Contact(9, kind, TODAY, " ", "a")
    expected = Refused(Obstacle.LACKS, parts=needs(kind)) if needs(kind) else None
    found = obstacle(bare)
    assert found == expected or (
        expected is None and found is not None and found.obstacle is Obstacle.NOT_YET
    )


def test_days_and_corrections_that_cannot_be_are_refused() -> None:
    talk = entry(1, ContactKind.TALK_OFFICIALS)
    assert obstacle(replace(talk, on=TODAY + DAY)) == Refused(Obstacle.AHEAD)
    assert obstacle(replace(PLAN, due=PLAN.on - DAY)) == Refused(Obstacle.DUE_BEFORE)
    assert obstacle(replace(STONE, about=99), PLAN) == Refused(Obstacle.NOTHING_ABOUT)
    assert obstacle(entry(3, ContactKind.MILESTONE_MET, about=1), PLAN) == Refused(Obstacle.NOTHING_ABOUT)
    assert obstacle(replace(talk, number=2, replaces=1), talk) is None
    other = entry(2, ContactKind.NOTE, replaces=1)
    assert obstacle(other, talk) == Refused(Obstacle.NOT_CORRECTED)
    for kind in DECIDING:
        assert obstacle(
            entry(6, ContactKind.STRUCK_OUT, replaces=5), replace(FORWARD, kind=kind, about=None)
        ) in {Refused(Obstacle.NOT_CORRECTED), Refused(Obstacle.NOTHING_ABOUT)}
    assert obstacle(entry(6, ContactKind.STRUCK_OUT)) == Refused(Obstacle.NOTHING_ABOUT)


def test_a_substitution_takes_the_steps_of_the_act_in_order() -> None:
    numbers = count(1)
    before: list[Contact] = []

    def take(kind: ContactKind, **rest: object) -> Refused | None:
        new = entry(next(numbers), kind, **rest)  # type: ignore[arg-type]
        found = obstacle(new, *before)
        if found is None:
            before.append(new)
        return found

    assert next_in(case_file([]), TODAY, LAW) is None
    assert take(ContactKind.DECISION) == Refused(Obstacle.NOT_YET)
    assert take(ContactKind.INTENTION) is None
    early = take(ContactKind.DECISION)
    assert early is not None
    assert early.duties == (Duty.INTENTION_IN_GAZETTE, Duty.INTENTION_TO_COUNCIL, Duty.NAME_ITEMS)
    assert take(ContactKind.INTENTION_TO_COUNCIL) is None
    assert take(ContactKind.INTENTION_IN_GAZETTE) is None
    assert take(ContactKind.SUBSTITUTION_ITEM, what="twenty homes") is None
    named = next_in(case_file(before), TODAY, LAW)
    assert isinstance(named, StillToDo)
    assert named.duties[0] is Duty.NAME_TERMS
    item = before[-1]
    dated = replace(item, number=next(numbers), due=TODAY + DAY, replaces=item.number)
    assert obstacle(dated, *before) is None
    before.append(dated)
    assert take(ContactKind.CARRIED_OUT) is not None
    for kind in (ContactKind.DECISION, ContactKind.DECISION_IN_GAZETTE, ContactKind.DECISION_TO_COUNCIL):
        assert take(kind) is None
    assert isinstance(next_in(case_file(before), TODAY, LAW), TermsRun)
    assert isinstance(next_in(case_file(before), TODAY + DAY * 2, LAW), MayCarryOut)
    assert take(ContactKind.ITEM_DONE, about=dated.number) is None
    assert isinstance(next_in(case_file(before), TODAY, LAW), Closed)
    assert take(ContactKind.WITHDRAWN) is None
    assert take(ContactKind.INTENTION) is None
    again = next_in(case_file(before), TODAY, LAW)
    assert isinstance(again, StillToDo)
    assert Duty.NAME_ITEMS in again.duties


def test_what_was_recorded_of_excuses_counts_from_the_day_after() -> None:
    unmet = entry(1, ContactKind.REQUESTS_UNMET, half_year=HALF_YEAR, people=4)
    file = case_file([unmet])
    assert file.counted(ContactKind.REQUESTS_UNMET, HALF_YEAR, TODAY + DAY) == 4
    assert file.counted(ContactKind.REQUESTS_UNMET, HALF_YEAR, TODAY) == 0
    assert Part.PEOPLE in needs(ContactKind.REQUESTS_UNMET)


ENTRIES = [
    PLAN,
    STONE,
    entry(3, ContactKind.MILESTONE_MET, on=date(2026, 1, 30), about=2),
    replace(STONE, number=4, due=date(2026, 2, 9), replaces=2),
    FORWARD,
    entry(6, ContactKind.RUNG_CONFIRMED, about=5, by="b"),
    entry(7, ContactKind.INTENTION),
]


def test_the_order_in_which_entries_are_handed_in_changes_nothing() -> None:
    whole = case_file(ENTRIES)
    assert all(case_file(order) == whole for order in permutations(ENTRIES))
