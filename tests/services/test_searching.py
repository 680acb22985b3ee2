"""One search box: found within reach, and nothing told of the rest."""

from __future__ import annotations

import pytest
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import linking
from eenthuis.services.searching import Hit, HitKind, search
from eenthuis.store.models import ReceiptRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE = HouseholdId("PE-000001")


def found(actor: Actor, written: str) -> list[tuple[str, str]]:
    return [(hit.kind.value, hit.identifier) for hit in search(actor=actor, written=written, today=TODAY)]


def test_a_household_is_found_by_those_who_may_see_it_and_by_nobody_else(proposal: int) -> None:
    assert found(COA, " pe-000001 ") == found(AUDITOR, ONE) == [("household", ONE)]
    assert found(OF_UTRECHT, ONE) == []
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    assert found(OF_UTRECHT, ONE) == [("household", ONE)]
    assert found(OF_ISLAND, ONE) == found(OF_ISLAND, "PE-999999") == found(MINISTRY, ONE) == []


def test_a_municipality_is_found_by_its_name_or_a_part_of_it(proposal: int) -> None:
    assert proposal
    assert found(MINISTRY, "utrecht") == [("municipality", UTRECHT)]
    assert ("municipality", "GM1581") in found(MINISTRY, "utrechtse")
    assert found(MINISTRY, "GM0344") == [("municipality", UTRECHT)]
    assert len(found(MINISTRY, "er")) == 20


def test_a_receipt_is_found_by_its_number(proposal: int) -> None:
    assert proposal
    number = ReceiptRow.objects.values_list("number", flat=True)[0]
    assert search(actor=MINISTRY, written=number.lower(), today=TODAY) == (
        Hit(HitKind.RECEIPT, number, number),
    )
    assert found(MINISTRY, "0" * 12) == []


@pytest.mark.parametrize("written", ["", " ", "u", "%", "_", "'; drop table store_linkrow; --", "é" * 500])
def test_what_names_nothing_finds_nothing(proposal: int, written: str) -> None:
    assert proposal
    assert found(COA, written) == []


def test_who_has_not_signed_in_searches_nothing(proposal: int) -> None:
    assert proposal
    with pytest.raises(AccessError, match="ACC-01"):
        search(actor=ANYONE, written="Utrecht", today=TODAY)
