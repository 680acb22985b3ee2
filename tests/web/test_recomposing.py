"""The pages that merge and split households: a look first, then the act, and a way back."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import AUDITOR, COA, OF_UTRECHT, TODAY

from eenthuis.services import linking
from eenthuis.services.way_reading import state_of
from eenthuis.store import accounts, people
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import Stage

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
MERGE, SPLIT, BACK = (f"/huishoudens/{TWO}/{end}/" for end in ("samenvoegen", "splitsen", "terugdraaien"))
ASKED = {"anderen": ONE, "nieuw": "PE-000100", "koppeling": "GM0344", "reden": "getrouwd"}


@pytest.fixture
def coa(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    for who in (OF_UTRECHT, COA, AUDITOR):
        accounts.save_account(who, "a-long-password")
    linking.confirm(actor=COA, proposal=proposal, households=(TWO,), today=TODAY)
    return visitor(COA.name)


def visitor(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=name))
    return client


def post(client: Client, path: str, asked: dict[str, str], status: int = 200, **more: object) -> str:
    answer = client.post(path, {"stap": "bekijken", **asked, **more})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def seen(page: str) -> list[str]:
    return re.findall(r'name="gezien" value="([^"]+)"', page)


def test_a_merge_is_looked_at_then_done_and_taken_back(coa: Client) -> None:
    assert "Voeg samen met een ander huishouden" in coa.get(f"/huishoudens/{TWO}/").content.decode()
    page = post(coa, MERGE, ASKED)
    assert "met Utrecht; die eindigt, en de gemeente krijgt bericht" in page
    assert "blijft bij Utrecht" in page
    assert state_of(TWO).stage is Stage.LINKED
    post(coa, MERGE, ASKED, 302, stap="vastleggen", gezien=seen(page))
    assert state_of(TWO).stage is Stage.DISSOLVED
    again = post(coa, MERGE, ASKED, 409, stap="vastleggen", gezien=seen(page))
    assert "Deze stap kan nu niet" in again
    assert "Draai het samenvoegen of splitsen terug" in coa.get(f"/huishoudens/{ONE}/").content.decode()
    page = post(coa, BACK, {"reden": "ander huishouden"})
    post(coa, BACK, {"reden": "ander huishouden"}, 302, stap="vastleggen", gezien=seen(page))
    assert state_of(TWO).stage is Stage.WAITING_FOR_LINK


def test_a_split_shares_out_members_by_form(coa: Client) -> None:
    assert "Persoon 2: volwassene, geboren in 1991" in coa.get(SPLIT).content.decode()
    wrong = post(coa, SPLIT, {"reden": ""}, 409)
    assert wrong.count('class="ee-problem"') == 3
    asked = {"lid-0": "1", "lid-1": "2", "nieuw-1": "PE-1", "nieuw-2": "PE-1", "reden": "uit elkaar"}
    assert "Geef elk deel een eigen nummer." in post(coa, SPLIT, asked, 409)
    page = post(coa, SPLIT, {**asked, "nieuw-2": "PE-2", "blijft-1": "ja"})
    assert page.count("wacht op een koppeling") == 1
    post(coa, SPLIT, {**asked, "nieuw-2": "PE-2"}, 302, stap="vastleggen", gezien=seen(page))
    assert people.is_there(HouseholdId("PE-2"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"anderen": "PE-999999"}, "ACC-02"),
        ({"nieuw": "PE-000003"}, "STA-01"),
        ({"nieuw": "../PE"}, "INP-06"),
        ({"koppeling": "GM0060"}, "INP-04"),
        ({"reden": "x" * 1001}, "INP-06"),
        ({"anderen": " ".join(f"PE-{n}" for n in range(5000))}, "INP-06"),
        ({"stap": "vastleggen", "gezien": f"{TWO}:0"}, "STA-07"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(coa: Client, given: dict[str, str], told: str) -> None:
    page = post(coa, MERGE, ASKED, 409, **given)
    assert f"({told})" in page
    assert (state_of(TWO).stage, people.is_there(HouseholdId("PE-000100"))) == (Stage.LINKED, False)


@pytest.mark.usefixtures("coa")
def test_nobody_else_has_these_pages() -> None:
    for who in (OF_UTRECHT, AUDITOR):
        for path in (MERGE, SPLIT, BACK):
            assert visitor(who.name).get(path).status_code == 403
            assert visitor(who.name).post(path, {**ASKED, "stap": "vastleggen"}).status_code == 403
