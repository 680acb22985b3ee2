"""The screen with the whole task of a municipality: each part for who may see it, one dated list, its own page each."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import COA, HALF_YEAR, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services.place_offers import add_offer
from eenthuis.services.reception_sites import add_site
from eenthuis.services.whole_task import read_whole_task
from eenthuis.store import accounts
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.capacity import PlaceOffer, PlaceOfferId, Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind
from eenthuis.web.task_words import WORDS, said_dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(proposal: int) -> int:
    span = SiteSpan(TODAY, date(2026, 8, 31), 80)
    site = Site(
        SiteId(""),
        UTRECHT,
        "Kade",
        PlaceKind.REGULAR,
        SiteForm.REGULAR,
        for_minors=False,
        is_durable=False,
        spans=(span,),
    )
    add_site(actor=OF_UTRECHT, site=site, today=TODAY)
    offer = PlaceOffer(
        PlaceOfferId(""),
        0,
        UTRECHT,
        40,
        PlaceKind.REGULAR,
        is_durable=False,
        for_minors=False,
        first_day=TODAY,
    )
    add_offer(actor=OF_UTRECHT, offer=offer, today=TODAY)
    return proposal


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    ("actor", "offered", "sees_homes", "sees_money", "sees_site"),
    [
        (OF_UTRECHT, 40, True, True, True),
        (COA, 40, True, False, True),
        (OF_ISLAND, None, False, False, False),
        (ANYONE, None, False, False, False),
    ],
)
def test_each_part_is_for_who_may_see_it(
    actor: Actor, offered: int | None, *, sees_homes: bool, sees_money: bool, sees_site: bool
) -> None:
    task = read_whole_task(actor=actor, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert task is not None
    assert task.offered == offered
    assert (task.homes is not None, task.money is not None) == (sees_homes, sees_money)
    assert [one.code for one in task.dates] == [
        "half-year-ends",
        *(["site-ends"] if sees_site else []),
        "cycle-report",
        "cycle-decision",
        "cycle-places",
    ]
    assert [one.day for one in task.dates] == sorted(one.day for one in task.dates)
    assert all(one.address and "%" not in one.words for one in said_dates(task))


def test_a_municipality_that_is_no_more_has_no_task() -> None:
    gone = MunicipalityCode("GM0457")
    assert read_whole_task(actor=ANYONE, code=gone, half_year=HALF_YEAR, today=TODAY) is None


def test_every_date_has_words() -> None:
    assert {"half-year-ends", "site-ends", "money-decided", "money-evidence"} < set(WORDS)


@pytest.mark.usefixtures("at_work")
def test_the_page_links_every_part_to_its_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(OF_UTRECHT, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=OF_UTRECHT.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    text = client.get("/gemeenten/GM0344/").content.decode()
    board = text[text.index('id="opgave"') : text.index('id="stappen"')]
    for address in (
        "#stappen",
        "/opvangplaatsen/gemeenten/GM0344/",
        "/woningen/",
        "/flexwoningen/",
        "/urgentie/GM0344/",
        "/geld/",
        "/opvangplaatsen/locaties/S-0000001/",
    ):
        assert f'href="{address}"' in board
    public = Client().get("/gemeenten/GM0344/").content.decode()
    assert "/geld/" not in public[public.index('id="opgave"') : public.index('id="stappen"')]
