"""The list of open work: in order of the day, in pages that continue, within reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_country import AUDITOR, CENTRE, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, OTHER_OFFICER, TODAY, UTRECHT

from eenthuis.services import linking, sign_offs
from eenthuis.services.open_work import (
    ROWS_A_PAGE,
    WorkFilter,
    WorkKind,
    count_open_work,
    read_open_work,
)
from eenthuis.store.models import HouseholdRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR, FIVE, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in range(1, 7))


def listed(actor: Actor, today: date = TODAY, **chosen: str) -> list[HouseholdId]:
    page = read_open_work(actor=actor, today=today, chosen=WorkFilter(**chosen))
    assert page.count == len(page.lines)
    return [line.household for line in page.lines]


@pytest.fixture(autouse=True)
def _two_linked(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, THREE), today=TODAY)


def test_what_must_be_done_first_stands_first() -> None:
    page = read_open_work(actor=COA, today=TODAY, chosen=WorkFilter())
    assert [line.household for line in page.lines] == [TWO, FOUR, FIVE, SEVEN, ONE, THREE]
    assert [line.due for line in page.lines] == sorted(line.due for line in page.lines)
    assert (page.lines[0].kind, page.lines[0].due) == (WorkKind.LINK, date(2025, 10, 15))
    assert (page.lines[-1].kind, page.lines[-1].days_left) == (WorkKind.HOUSE, 70)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"kind": "house"}, [ONE, THREE]),
        ({"term": "late"}, [TWO, FOUR, FIVE, SEVEN]),
        ({"term": "soon"}, []),
        ({"whose": "mine"}, [ONE, THREE]),
        ({"municipality": "GM0344"}, [ONE]),
        ({"size": "5"}, [FIVE]),
        ({"search": "pe-000004"}, [FOUR]),
        ({"search": "PE-00000"}, []),
        ({"region": "noord-brabant-limburg"}, []),
        (
            {"kind": "nonsense", "size": "'; drop table", "municipality": "GM9999"},
            [TWO, FOUR, FIVE, SEVEN, ONE, THREE],
        ),
    ],
)
def test_the_list_is_filtered_and_what_it_does_not_know_is_left_out(
    chosen: dict[str, str], expected: list[HouseholdId]
) -> None:
    assert listed(COA, TODAY, **chosen) == expected
    assert count_open_work(actor=COA, today=TODAY, chosen=WorkFilter(**chosen)) == len(expected)


def test_mine_are_the_links_i_confirmed() -> None:
    assert listed(OTHER_OFFICER, whose="mine") == []


def test_a_household_that_moved_asks_for_nothing_more() -> None:
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert listed(COA, kind="house") == [THREE]


def test_a_municipality_sees_its_own_and_no_filter_widens_that() -> None:
    assert listed(OF_UTRECHT) == [ONE]
    assert listed(OF_ISLAND) == [THREE]
    assert listed(OF_ISLAND, municipality=UTRECHT) == []
    assert listed(OF_ISLAND, kind="link") == []
    assert listed(OF_ISLAND, search=ONE) == []


def test_who_sees_no_household_sees_no_list() -> None:
    assert len(listed(AUDITOR)) == 6
    for asking in (read_open_work, count_open_work):
        with pytest.raises(AccessError, match="ACC-01"):
            asking(actor=MINISTRY, today=TODAY, chosen=WorkFilter())


def test_pages_continue_where_the_last_one_ended() -> None:
    HouseholdRow.objects.bulk_create(
        HouseholdRow(
            identifier=f"PE-1{number:05d}",
            persons=1,
            permit_on=TODAY - timedelta(days=number % 7),
            centre_id=CENTRE.code,
            region="flevoland-utrecht-noord-holland",
        )
        for number in range(ROWS_A_PAGE + 20)
    )
    seen, after = [], ""
    for _ in range(3):
        page = read_open_work(actor=COA, today=TODAY, chosen=WorkFilter(), after=after)
        seen += [line.household for line in page.lines]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == page.count == ROWS_A_PAGE + 26
    assert (
        read_open_work(actor=COA, today=TODAY, chosen=WorkFilter(), after="nonsense").lines[0].household
        == TWO
    )
