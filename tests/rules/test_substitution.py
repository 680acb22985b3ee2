"""Gemeentewet arts. 118, 120 and 124: what must happen before a province acts in a municipality's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eenthuis.law import law_book
from eenthuis.rules.information import (
    Ground,
    InformationAsked,
    Lacking,
    Obliged,
    Voluntary,
    information,
)
from eenthuis.rules.substitution import (
    Closed,
    Duty,
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

ON = date(2025, 7, 1)
LAW = law_book().substitution(ON)
HOMES, PLAN = Item("house eleven people", date(2025, 7, 31)), Item("plan", date(2025, 6, 15))
FORM = (
    EventKind.INTENTION,
    EventKind.INTENTION_IN_GAZETTE,
    EventKind.INTENTION_TO_COUNCIL,
    EventKind.DECISION,
    EventKind.DECISION_IN_GAZETTE,
    EventKind.DECISION_TO_COUNCIL,
)


def happened(*kinds: EventKind, on: date = date(2025, 5, 1)) -> frozenset[Event]:
    return frozenset(Event(kind, on) for kind in kinds)


@pytest.mark.parametrize(
    ("proceedings", "outcome"),
    [
        pytest.param(
            Proceedings((HOMES,), happened()),
            StillToDo(
                (
                    Duty.STATE_INTENTION,
                    Duty.INTENTION_IN_GAZETTE,
                    Duty.INTENTION_TO_COUNCIL,
                    Duty.DECIDE,
                    Duty.DECISION_IN_GAZETTE,
                    Duty.DECISION_TO_COUNCIL,
                )
            ),
            id="nothing has happened",
        ),
        pytest.param(
            Proceedings((HOMES,), happened(*(kind for kind in FORM if "council" not in kind))),
            StillToDo((Duty.INTENTION_TO_COUNCIL, Duty.DECISION_TO_COUNCIL)),
            id="the council has no copy",
        ),
        pytest.param(
            Proceedings((HOMES,), happened(*(kind for kind in FORM if "gazette" not in kind))),
            StillToDo((Duty.INTENTION_IN_GAZETTE, Duty.DECISION_IN_GAZETTE)),
            id="not in the gazette",
        ),
        pytest.param(Proceedings((), happened(*FORM)), StillToDo((Duty.NAME_ITEMS,)), id="no items"),
        pytest.param(
            Proceedings((Item("plan", None),), happened(*FORM)), StillToDo((Duty.NAME_TERMS,)), id="no term"
        ),
        pytest.param(
            Proceedings((Item("plan", None),), happened(*FORM), is_urgent=True),
            MayCarryOut((Item("plan", None),), "municipality"),
            id="urgent cases need no term",
        ),
        pytest.param(
            Proceedings((HOMES,), happened(*FORM)), TermsRun(date(2025, 7, 31), (HOMES,)), id="the term runs"
        ),
        pytest.param(
            Proceedings((HOMES, PLAN), happened(*FORM)),
            MayCarryOut((PLAN,), "municipality"),
            id="each item has its own term",
        ),
        pytest.param(
            Proceedings((PLAN,), happened(*FORM) | {Event(EventKind.ITEM_DONE, date(2025, 6, 1), "plan")}),
            Closed(),
            id="the municipality complied",
        ),
        pytest.param(Proceedings((HOMES,), happened(*FORM, EventKind.WITHDRAWN)), Closed(), id="withdrawn"),
        pytest.param(
            Proceedings((PLAN,), happened(*FORM, EventKind.CARRIED_OUT)), Closed(), id="carried out"
        ),
        pytest.param(
            Proceedings((HOMES,), happened(*FORM[:3]) | happened(*FORM[3:], on=ON)),
            StillToDo((Duty.DECIDE, Duty.DECISION_IN_GAZETTE, Duty.DECISION_TO_COUNCIL)),
            id="what happens today does not count yet",
        ),
    ],
)
def test_what_comes_next(proceedings: Proceedings, outcome: NextStep) -> None:
    assert next_step(proceedings, ON, LAW) == outcome


def test_the_last_day_of_a_term_still_counts() -> None:
    proceedings = Proceedings((HOMES,), happened(*FORM))
    assert isinstance(next_step(proceedings, date(2025, 7, 31), LAW), TermsRun)
    assert isinstance(next_step(proceedings, date(2025, 8, 1), LAW), MayCarryOut)


def test_form_is_asked_only_where_the_law_does() -> None:
    free = replace(LAW, in_gazette=False, copy_to_council=False, term_needed=False)
    proceedings = Proceedings((Item("plan", None),), happened(EventKind.INTENTION, EventKind.DECISION))
    assert next_step(proceedings, ON, free) == MayCarryOut(proceedings.items, "municipality")


def test_the_articles_are_cited_with_the_text_that_was_read() -> None:
    before = {one.key: one.authority.value for one in law_book().substitution(date(2017, 4, 21)).citations}
    now = {one.key: (one.article, one.authority.value) for one in LAW.citations}
    assert set(before.values()) == {"inferred"}
    assert now["substitution.in_gazette"] == ("art. 124, fourth paragraph", "statute")
    assert now["substitution.term_per_item"] == ("art. 124, third paragraph", "statute")


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        pytest.param(
            InformationAsked(ON, 4, is_systematic=False), Obliged(date(2025, 7, 29)), id="on request"
        ),
        pytest.param(
            InformationAsked(ON, 4, is_systematic=True),
            Voluntary(date(2025, 7, 29), (Lacking.GROUND, Lacking.COST)),
            id="systematic without a ground",
        ),
        pytest.param(
            InformationAsked(ON, 4, is_systematic=True, ground=Ground.ORDINANCE),
            Voluntary(date(2025, 7, 29), (Lacking.COST,)),
            id="an ordinance that is silent on cost",
        ),
        pytest.param(
            InformationAsked(ON, 0, is_systematic=True, ground=Ground.STATUTE, names_cost=True),
            Obliged(ON),
            id="a ground that names the cost",
        ),
    ],
)
def test_obliged_and_voluntary_information(asked: InformationAsked, outcome: Obliged | Voluntary) -> None:
    assert information(asked, law_book().information(ON)) == outcome


def test_without_a_duty_to_answer_all_information_is_voluntary() -> None:
    law = replace(law_book().information(ON), on_request=False)
    asked = InformationAsked(ON, 4, is_systematic=False)
    assert information(asked, law) == Voluntary(date(2025, 7, 29), (Lacking.NO_DUTY,))
