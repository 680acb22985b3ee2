"""Announcing and swapping: what is recorded, what follows from it, and what is refused without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_country import (
    BEFORE,
    COA,
    HALF_YEAR,
    ISLAND,
    MINISTRY,
    OF_ISLAND,
    OF_UTRECHT,
    TODAY,
    UTRECHT,
    announcement,
)

from eenthuis.law import law_book
from eenthuis.rules.announcing import Remark
from eenthuis.rules.realisation import carried_over
from eenthuis.rules.swaps import SwapRefused
from eenthuis.services import linking, sign_offs
from eenthuis.services.announced import views
from eenthuis.services.balances import standing
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.receipts import read_receipt, verify_receipt
from eenthuis.services.targets import announce, read_half_year, register_swap
from eenthuis.store.models import AnnouncementRow, JournalRow, ReceiptRow, SwapRow, TargetRow
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, ReferenceFactError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.targets import Swap

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    tables = (AnnouncementRow, TargetRow, ReceiptRow, SwapRow, JournalRow)
    return tuple(table._default_manager.count() for table in tables)


def test_an_announcement_gives_every_municipality_a_target_and_a_receipt_that_recomputes() -> None:
    receipt = announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    assert TargetRow.objects.count() == 342
    assert verify_receipt(actor=ANYONE, number=receipt.number).is_same
    assert read_receipt(actor=ANYONE, number=receipt.number.lower()).inputs["national"] == 15_000
    assert JournalRow.objects.filter(after__receipt=receipt.number).count() == 1


def test_a_later_number_replaces_an_earlier_one_and_both_stay_with_the_legal_remark() -> None:
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    lower = replace(announcement(HALF_YEAR, 12_000, replaces=f"{HALF_YEAR}/1", rank=2), announced_on=TODAY)
    announce(actor=MINISTRY, announcement=lower, today=TODAY)
    first, second = views(HALF_YEAR)
    assert (first.is_in_force, second.is_in_force) == (False, True)
    assert second.remarks == (Remark.NO_GROUND, Remark.DOWN_IS_PRACTICE)
    assert TargetRow.objects.count() == 2 * 342
    page = read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY)
    assert page.national == 12_000
    assert sum(row.net for row in page.rows) == page.totals.net >= 12_000


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"people": -1}, InputError, "INP-06"),
        ({"replaces": "2026-I/9"}, StateError, "STA-01"),
        ({"half_year": HalfYear(2031, 1), "identifier": "2031-I/1"}, ReferenceFactError, "REF-04"),
        ({"half_year": HalfYear(2014, 1), "identifier": "2014-I/1"}, EenthuisError, "LAW-01"),
    ],
)
def test_a_wrong_announcement_is_refused_and_nothing_is_saved(
    change: dict[str, object], error: type[EenthuisError], code: str
) -> None:
    before = counts()
    wrong = replace(announcement(HALF_YEAR, 15_000), **change)  # type: ignore[arg-type]
    with pytest.raises(error) as refused:
        announce(actor=MINISTRY, announcement=wrong, today=TODAY)
    assert refused.value.code == code
    assert counts() == before


def test_a_second_first_announcement_is_refused() -> None:
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    before = counts()
    with pytest.raises(StateError, match="STA-01"):
        announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 14_000, rank=2), today=TODAY)
    assert counts() == before


@pytest.mark.parametrize("actor", [COA, OF_UTRECHT, ANYONE])
def test_only_the_ministry_announces(actor: object) -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        announce(actor=actor, announcement=announcement(HALF_YEAR, 1), today=TODAY)  # type: ignore[arg-type]


def test_a_swap_keeps_the_sum_shows_on_both_pages_and_recomputes(proposal: int) -> None:
    assert proposal
    before = standing(HALF_YEAR, TODAY)
    receipt = register_swap(
        actor=OF_ISLAND, agreed=Swap(HALF_YEAR, TODAY, {ISLAND: -1, UTRECHT: 1}, "letter 1"), today=TODAY
    )
    assert isinstance(receipt, Receipt)
    after = standing(HALF_YEAR, TODAY)
    assert after.corrected[ISLAND].people == before.corrected[ISLAND].people - 1
    assert after.corrected[UTRECHT].people == before.corrected[UTRECHT].people + 1
    assert sum(goal.people for goal in after.corrected.values()) == sum(
        goal.people for goal in before.corrected.values()
    )
    assert verify_receipt(actor=ANYONE, number=receipt.number).is_same
    page = read_municipality(actor=ANYONE, code=ISLAND, half_year=HALF_YEAR, today=TODAY)
    assert page.row.swapped == -1
    assert receipt.number in {line.number for line in page.receipts}


def test_a_swap_that_cannot_stand_is_returned_with_its_reasons(proposal: int) -> None:
    assert proposal
    before = counts()
    outcome = register_swap(
        actor=MINISTRY, agreed=Swap(HALF_YEAR, TODAY, {ISLAND: -99, UTRECHT: 98}), today=TODAY
    )
    assert isinstance(outcome, SwapRefused)
    assert len(outcome.reasons) == 2
    assert counts() == before


def test_a_municipality_swaps_only_where_it_takes_part(proposal: int) -> None:
    assert proposal
    others = Swap(HALF_YEAR, TODAY, {"GM0363": -1, UTRECHT: 1})  # type: ignore[dict-item]
    with pytest.raises(AccessError, match="ACC-02"):
        register_swap(actor=OF_ISLAND, agreed=others, today=TODAY)


def test_a_swap_in_a_half_year_that_is_over_is_refused(proposal: int) -> None:
    assert proposal
    with pytest.raises(StateError, match="is over"):
        register_swap(actor=MINISTRY, agreed=Swap(BEFORE, TODAY, {ISLAND: -1, UTRECHT: 1}), today=TODAY)


def test_a_backlog_is_carried_over_as_the_rule_says(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(HouseholdId("PE-000003"),), today=TODAY)
    earlier, now = standing(BEFORE, TODAY), standing(HALF_YEAR, TODAY)
    law = law_book().realisation(BEFORE)
    for code, goal in now.corrected.items():
        done = earlier.realised.get(code, 0)
        assert goal.backlog_or_lead == carried_over(earlier.corrected[code].people, done, law)
    sign_offs.sign_off(actor=COA, household=HouseholdId("PE-000003"), on=TODAY, today=TODAY)
    later = standing(HALF_YEAR, TODAY)
    assert later.realised[ISLAND] == 3
    assert later.open_people(ISLAND) == now.corrected[ISLAND].people - 3


def test_a_half_year_without_a_number_says_so(proposal: int) -> None:
    assert proposal
    with pytest.raises(ReferenceFactError, match="REF-05"):
        read_half_year(actor=ANYONE, half_year=HALF_YEAR.next, today=TODAY)
