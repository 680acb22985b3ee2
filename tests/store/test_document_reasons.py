"""The tables say of every document what the rule says of it: who can be handed one on a day, and why others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import pytest

from eenthuis.law import law_book
from eenthuis.law.documents import DocumentLaw, document_law
from eenthuis.rules.documents import readiness
from eenthuis.store.document_reasons import chosen, ready_by_centre
from eenthuis.store.documents import HeldDocument, add_steps
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, ResidenceDocument, WhyNotReady
from eenthuis.terms.people import CentreCode, HouseholdId

Drawn = TypeVar("Drawn")
pytestmark = pytest.mark.django_db
LAW = document_law(law_book(), date(2026, 3, 3))
UNASKED = document_law(
    law_book().assuming(
        {
            "documents.needs_address": False,
            "documents.needs_citizen_number": False,
            "documents.photo_months": 7,
        },
        why="example",
    ),
    date(2026, 3, 3),
)
DAYS = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2028, 2, 29)]
EDGES = [
    date(2020, 2, 29), date(2014, 2, 28), date(2008, 2, 29), date(2025, 8, 31), date(2025, 8, 28), date(2025, 12, 30),
]  # fmt: skip


def documents(seed: int) -> list[HeldDocument]:
    """Draw documents around the days that a month or a birthday turns on."""
    dice = np.random.default_rng(seed)

    def one_of(options: Sequence[Drawn]) -> Drawn:
        return options[int(dice.integers(len(options)))]

    def near(day: date) -> date:
        return day + timedelta(days=one_of((-1, 0, 0, 1)))

    found = []
    for number in range(240):
        born = near(one_of(EDGES[:3]))
        fingers = one_of([None, near(date(born.year + 6, 2, 28)), near(date(2026, 2, 28))])
        one = ResidenceDocument(
            number=DocumentNumber(f"D-{number:07d}"),
            household=HouseholdId(f"PE-{number // 2:06d}"),
            centre=CentreCode(f"OL-{number % 3}"),
            ready_on=near(one_of(DAYS[:4])),
            born_on=born,
            photo_on=one_of([None, near(one_of(EDGES[3:])), near(one_of(EDGES[3:]))]),
            fingerprints_on=fingers,
            has_citizen_number=one_of((True, True, True, False)),
            has_address=one_of((True, True, True, False)),
        )
        found.append(HeldDocument(one, DocumentState.WAITING, DocumentStep.SIGNALLED, date(2026, 1, 5)))
    return found


@pytest.mark.parametrize("law", [LAW, UNASKED], ids=["packaged", "less asked"])
def test_the_tables_agree_with_the_rule_on_every_document(law: DocumentLaw) -> None:
    drawn = documents(7)
    add_steps(drawn, decided_by="ind")
    seen: set[WhyNotReady] = set()
    for day in DAYS:
        judged = {one.document.number: readiness(one.document, day, law) for one in drawn}
        for why in WhyNotReady:
            held, count = chosen(
                day=day, law=law, states=None, centre=None, only_blocked=True, why=why, first=0, most=500
            )
            assert {one.document.number for one in held} == {
                number for number, found in judged.items() if why in found.reasons
            }, (day, why)
            assert count == len(held)
            seen |= {why} if held else set()
        counted = ready_by_centre(day, law)
        ready = Counter(one.document.centre for one in drawn if judged[one.document.number].is_ready)
        assert {one.centre: one.ready for one in counted} == {
            one.centre: ready[one.centre] for one in counted
        }
        reasons = Counter(why for found in judged.values() for why in found.reasons)
        assert {why: sum(one.reasons[why] for one in counted) for why in WhyNotReady} == {
            why: reasons[why] for why in WhyNotReady
        }
        assert sum(one.documents for one in counted) == len(drawn)
    lacking = set() if law is LAW else {WhyNotReady.NO_ADDRESS, WhyNotReady.NO_CITIZEN_NUMBER}
    assert seen == set(WhyNotReady) - lacking


def test_a_part_of_a_list_is_in_order_and_counts_all_of_it() -> None:
    drawn = documents(8)
    add_steps(drawn, decided_by="ind")
    asked = {
        "day": DAYS[0],
        "law": LAW,
        "states": (DocumentState.WAITING,),
        "only_blocked": False,
        "why": None,
    }
    every, count = chosen(centre=CentreCode("OL-1"), **asked)  # type: ignore[arg-type]
    part, still = chosen(centre=CentreCode("OL-1"), first=30, most=20, **asked)  # type: ignore[arg-type]
    assert (count, still, part) == (80, 80, every[30:50])
    assert [one.document.household for one in every] == sorted(one.document.household for one in every)
