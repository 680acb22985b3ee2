"""A home is never offered twice at once: threads that offer it together, and the database against who goes round."""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, transaction
from programs import environment, finish, start
from small_country import COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services import homes, linking, offers
from eenthuis.store import homes as stored
from eenthuis.store import links
from eenthuis.store.models import OfferRow
from eenthuis.terms.homes import HomeId
from eenthuis.terms.people import HouseholdId

ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")


def counted(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def linked(own_database: str) -> dict[str, str]:
    """Link two households to Utrecht in a database of the test's own."""
    where = environment(own_database)
    proposal = finish(start(where, "prepare"))
    assert finish(start(where, "confirm", proposal, "PE-000001,PE-000002", "coa")) == "linked=2 refused="
    return where


def test_of_offers_of_one_home_at_the_same_moment_one_wins_and_the_others_are_told(
    linked: dict[str, str], own_database: str
) -> None:
    home = finish(start(linked, "home"))
    said = finish(start(linked, "race", home, "services")).split()
    assert said.count("home-offered") == 1
    assert set(said) <= {"STA-06", "STA-08", "home-offered"}
    assert len(said) == 6
    assert counted(own_database, "select count(*) from store_offerrow") == 1
    assert counted(own_database, "select count(*) from store_waysteprow where kind = 'home-offered'") == 1


def test_without_any_lock_the_database_still_refuses_the_second_offer(
    linked: dict[str, str], own_database: str
) -> None:
    """Threads that all saw a free home before any wrote: what no program's care could prevent, the database does."""
    home = finish(start(linked, "home"))
    said = sorted(finish(start(linked, "race", home, "rows")).split())
    assert said == ["IntegrityError"] * 5 + ["offered"]
    assert counted(own_database, "select count(*) from store_offerrow") == 1


@pytest.mark.django_db
def test_the_steps_of_a_home_and_its_offers_keep_their_order(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY)
    held = links.links_in_force([ONE, TWO])
    wrong = (
        {"step": 2, "kind": "offered", "household": TWO},
        {"step": 3, "kind": "offered", "household": TWO},
        {"step": 2, "kind": "ended", "household": ONE, "why": "x"},
    )
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            OfferRow.objects.create(
                home=home,
                link=held[HouseholdId(str(values["household"]))],
                on=TODAY,
                decided_by="x",
                **values,
            )
    second = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    with pytest.raises(IntegrityError, match="offer in force"), transaction.atomic():
        stored.add_offer(HomeId(second), ONE, held[ONE], on=TODAY, decided_by="x")
