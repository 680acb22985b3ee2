"""The main menu: each role sees what it may open, and nothing else."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import AUDITOR, COA, MINISTRY, OF_UTRECHT, TODAY

from eenthuis.services.composing import publish_due
from eenthuis.store import accounts
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.web.navigation import GROUPS, menu

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("proposal")]


@pytest.mark.parametrize("who", [ANYONE, MINISTRY, COA, OF_UTRECHT, AUDITOR], ids=lambda who: who.role.value)
def test_every_entry_of_a_role_opens(who: Actor) -> None:
    publish_due(TODAY)
    client = Client()
    if who is not ANYONE:
        accounts.save_account(who, "a-long-password")
        client.force_login(get_user_model().objects.get(username=who.name))
    bar = re.search(r'<nav class="ee-nav".*?</nav>', client.get("/").content.decode(), re.DOTALL)
    assert bar
    given = re.findall(r'<a href="([^"]+)"', bar[0])
    shown = [one.address for group in menu(who, "") for one in group.entries]
    assert given == shown
    assert len(set(shown)) == len(shown)
    for address in shown:
        assert client.get(address, follow=True).status_code == 200, address


def test_who_may_not_sees_no_entry() -> None:
    everyones = {str(one.label) for group in menu(ANYONE, "") for one in group.entries}
    everything = {str(one.label) for group in GROUPS for one in group.entries}
    hidden = {"Mijn bureau", "Open werk", "Accounts", "Journaal", "Woningen", "Aankondigen"}
    assert hidden <= everything - everyones
    assert {"Nederland", "Taakstelling", "Regelingen", "Open data"} <= everyones


def test_a_group_says_that_the_page_is_in_it() -> None:
    current = [group for group in menu(ANYONE, "forecasts") if group.has_current]
    assert [str(group.label) for group in current] == ["Cijfers"]
    assert [str(one.label) for one in current[0].entries if one.is_current] == ["Prognoses"]
