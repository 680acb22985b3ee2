"""Filters kept under a name: checked against the list's own parts, counted within reach, of one account alone."""

from __future__ import annotations

import pytest
from small_country import COA, MINISTRY, OF_UTRECHT, OTHER_OFFICER, TODAY

from eenthuis.services import linking
from eenthuis.services.saved_filters import MOST_KEPT, drop_filter, read_saved_filters, save_filter
from eenthuis.store.filter_models import SavedFilterRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.web.filters import parts_of, saved_of

pytestmark = pytest.mark.django_db


def save(actor: Actor, query: str, *, page: str = "work", name: str = "mijn filter") -> None:
    save_filter(actor=actor, page=page, name=name, parts=parts_of(page, query), today=TODAY)


def counts(actor: Actor) -> dict[str, int]:
    return {one.name: one.count for one in read_saved_filters(actor=actor, today=TODAY)}


def test_a_filter_is_counted_within_the_reach_of_whose_it_is(proposal: int) -> None:
    save(COA, "termijn=late")
    save(COA, "stand=open&grootte=1", page="workspace", name="alleenstaanden")
    save(OF_UTRECHT, "soort=house")
    assert counts(COA) == {"mijn filter": 6, "alleenstaanden": 1}
    assert counts(OF_UTRECHT) == {"mijn filter": 0}
    linking.confirm(actor=COA, proposal=proposal, households=(HouseholdId("PE-000001"),), today=TODAY)
    assert counts(COA) == {"mijn filter": 5, "alleenstaanden": 0}
    assert counts(OF_UTRECHT) == {"mijn filter": 1}
    assert counts(OTHER_OFFICER) == {}


def test_a_filter_gives_back_the_address_of_its_list(proposal: int) -> None:
    assert proposal
    save(COA, "termijn=late&regio=zuid-holland-zeeland")
    save(COA, "volgorde=-persons&stand=", page="workspace", name="grootste")
    assert {line.address for line in saved_of(COA, TODAY)} == {
        "/werk/?termijn=late&regio=zuid-holland-zeeland",
        "/koppelen/?stand=&volgorde=-persons",
    }


def test_one_of_the_same_name_is_replaced_and_only_ones_own_is_removed(proposal: int) -> None:
    assert proposal
    save(COA, "termijn=late")
    save(COA, "termijn=soon")
    assert counts(COA) == {"mijn filter": 0}
    number = SavedFilterRow.objects.get().pk
    drop_filter(actor=OTHER_OFFICER, number=number)
    assert counts(COA)
    drop_filter(actor=COA, number=number)
    drop_filter(actor=COA, number=number)
    assert counts(COA) == {}


@pytest.mark.parametrize(
    ("query", "page", "name", "code"),
    [
        ("termijn=nooit", "work", "a", "INP-01"),
        ("gemeente=GM9999", "work", "a", "INP-01"),
        ("volgorde=wachtwoord", "workspace", "a", "INP-01"),
        ("wachtwoord=1", "work", "a", "INP-02"),
        ("actor=coa", "workspace", "a", "INP-02"),
        ("termijn=late", "journal", "a", "INP-01"),
        ("termijn=late", "work", "  ", "INP-04"),
        ("termijn=late", "work", "a" * 61, "INP-06"),
    ],
)
def test_what_the_list_does_not_know_is_refused(
    proposal: int, query: str, page: str, name: str, code: str
) -> None:
    assert proposal
    with pytest.raises(EenthuisError, match=code):
        save(COA, query, page=page, name=name)
    assert not SavedFilterRow.objects.exists()


def test_a_number_is_kept_and_no_more(proposal: int) -> None:
    assert proposal
    for number in range(MOST_KEPT):
        save(COA, "termijn=late", name=f"filter {number}")
    with pytest.raises(EenthuisError, match="STA-01"):
        save(COA, "termijn=late")
    save(COA, "termijn=soon", name="filter 0")


def test_who_sees_no_list_keeps_no_filter_of_it(proposal: int) -> None:
    assert proposal
    with pytest.raises(AccessError, match="ACC-01"):
        save(MINISTRY, "termijn=late")
    with pytest.raises(AccessError, match="ACC-01"):
        save(OF_UTRECHT, "stand=open", page="workspace")
