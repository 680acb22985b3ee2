"""The journal's page: filtered by its address, readable as a difference in words, and the same lines as CSV."""

from __future__ import annotations

import csv

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import AUDITOR, COA, HALF_YEAR, MINISTRY, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import linking
from eenthuis.services.targets import register_swap
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Swap
from eenthuis.web.differences import difference

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
ZUNDERT = MunicipalityCode("GM0879")


@pytest.fixture
def client(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    linking.undo(actor=COA, household=TWO, why="woning gevonden in Utrecht", today=TODAY)
    register_swap(actor=MINISTRY, agreed=Swap(HALF_YEAR, TODAY, {UTRECHT: 2, ZUNDERT: -2}), today=TODAY)
    for who in (AUDITOR, OF_UTRECHT):
        accounts.save_account(who, "a-long-password")
    client = Client()
    client.force_login(get_user_model().objects.get(username=AUDITOR.name))
    return client


def lines(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/journaal/journaal.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(answer.content.decode().splitlines()))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 6),
        ("wie=coa", 3),
        ("wie=COA", 0),
        ("handeling=confirm-link", 2),
        ("zoek=PE-000002", 2),
        ("zoek=woning+gevonden", 1),
        ("zoek=GM0344", 3),
        ("wie=coa&handeling=undo-link", 1),
        ("tot=01-01-2020", 0),
        ("van=01-01-2020", 6),
        ("van=01-01-2020&tot=31-12-2099&wie=ministerie", 3),
    ],
)
def test_page_and_file_hold_the_lines_that_the_filter_asks_for(
    client: Client, query: str, count: int
) -> None:
    assert len(lines(client, query)) == count
    shown = client.get(f"/journaal/?{query}").content.decode()
    assert shown.count('<th scope="row">') == count


def test_both_days_of_the_filter_count_in_dutch_time(client: Client) -> None:
    at = JournalRow.objects.latest("id").at
    from django.utils.timezone import localtime

    day = f"{localtime(at):%d-%m-%Y}"
    assert len(lines(client, f"van={day}&tot={day}&wie=coa")) == 3


def test_what_changed_is_said_in_words(client: Client) -> None:
    page = client.get("/journaal/?handeling=register-swap").content.decode()
    (line,) = lines(client, "handeling=register-swap")
    for name in ("Utrecht", "Zundert"):
        assert f"{name}: van " in page
        assert f"{name}: van " in line["difference"]
    assert "gemeente: Utrecht" in client.get("/journaal/?handeling=confirm-link").content.decode()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, None, []),
        ({"people": 1000}, {"people": 1200}, ["mensen: van 1.000 naar 1.200"]),
        ({"people": 1}, {"people": 1}, []),
        ({"people": 1}, {}, ["mensen: was 1"]),
        (None, {"within_pace": True, "gain_for": ["a", "b"]}, ["binnen het tempo: ja", "winst voor: a, b"]),
        (
            None,
            {"municipality": "GM0344", "x": {"y": [{"z": "GM9999"}]}},
            ["gemeente: Utrecht", "x y 1 z: GM9999"],
        ),
        (3, 4, ["waarde: van 3 naar 4"]),
    ],
)
def test_a_difference_names_only_what_changed(before: object, after: object, said: list[str]) -> None:
    assert difference(before, after) == said


def test_a_day_that_is_none_is_told_beside_its_field(client: Client) -> None:
    for address in ("/journaal/?van=31-02-2026", "/journaal/journaal.csv?van=gisteren"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert 'id="van-fout"' in answer.content.decode()


def test_the_journal_and_its_file_are_for_those_who_account(client: Client) -> None:
    client.force_login(get_user_model().objects.get(username=OF_UTRECHT.name))
    assert client.get("/journaal/").status_code == 403
    assert client.get("/journaal/journaal.csv").status_code == 403
