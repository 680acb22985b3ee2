"""The pages of notices: counted in the header, filtered, read, acknowledged, opened, and the calendar's address."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import COA, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.services import linking, notices
from eenthuis.services.processing import processed
from eenthuis.store import accounts
from eenthuis.terms.access import Actor
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (HouseholdId(f"PE-{number:06d}") for number in range(1, 4))


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())


@pytest.fixture
def told(proposal: int, day: None) -> int:
    del day
    for who in (OF_UTRECHT, OF_ISLAND, COA):
        accounts.save_account(who, "a-long-password")
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO, THREE), today=TODAY)
    return notices.notices_for(actor=OF_UTRECHT).notices[0].number


def visitor(who: Actor) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=who.name))
    return client


def page(client: Client, address: str = "/berichten/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_header_counts_what_is_new_and_reading_lowers_it(told: int) -> None:
    client = visitor(OF_UTRECHT)
    assert "3 nieuw" in page(client, "/")
    client.post("/berichten/gelezen/", {"bericht": [told, "x", "99999999999"]})
    assert "2 nieuw" in page(client, "/")
    assert "nieuw</span>" not in page(Client(), "/")


def test_the_page_holds_nothing_of_a_household_and_only_ones_own(told: int) -> None:
    shown = page(visitor(OF_UTRECHT))
    assert shown.count("Er is een huishouden aan uw gemeente gekoppeld.") == 3, "two notices and the filter"
    assert not re.search(r"P[EV]-\d", shown)
    assert told
    assert page(visitor(OF_ISLAND)).count('class="ee-notice ') == 2


def test_notices_are_acknowledged_together_after_a_look(told: int) -> None:
    client = visitor(OF_UTRECHT)
    numbers = re.findall(
        r'name="bericht" value="(\d+)"', page(client).split("samen-bevestigen")[1].split("</form>")[0]
    )
    assert len(numbers) == 2
    of_others = notices.notices_for(actor=OF_ISLAND).notices[0].number
    asked = {"bericht": [*numbers, str(of_others), "x"], "terug": "bevestigen=ja"}
    looked = client.post("/berichten/samen-bevestigen/", asked).content.decode()
    assert looked.count('type="checkbox"') == 2
    assert "Er is nog niets gedaan" in looked
    assert notices.read_notice(actor=OF_UTRECHT, number=told).acknowledged_on is None
    one = {"bericht": [numbers[0]], "gezien": "ja", "terug": "bevestigen=ja"}
    assert client.post("/berichten/samen-bevestigen/", one).headers["location"] == "/berichten/?bevestigen=ja"
    again = client.post("/berichten/samen-bevestigen/", asked).content.decode()
    assert again.count('type="checkbox"') == 1
    assert "gebeurt niet" in again
    assert (
        client.post("/berichten/samen-bevestigen/", {"bericht": [str(n) for n in range(201)]}).status_code
        == 302
    )
    assert notices.read_notice(actor=OF_ISLAND, number=of_others).acknowledged_on is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?soort=announced", 1),
        ("?soort=onzin", 3),
        ("?bevestigen=ja", 2),
        ("?nieuw=ja", 3),
        ("?pagina=9", 3),
    ],
)
@pytest.mark.usefixtures("told")
def test_the_list_is_filtered_by_its_address(query: str, count: int) -> None:
    assert page(visitor(OF_UTRECHT), f"/berichten/{query}").count('<li class="ee-notice') == count


def test_opening_goes_to_what_it_is_about_and_marks_it_read(told: int) -> None:
    client = visitor(OF_UTRECHT)
    assert client.get(f"/berichten/openen/?bericht={told}").headers["Location"] == "/huishoudens/PE-000002/"
    assert notices.notices_for(actor=OF_UTRECHT).notices[0].is_read
    oldest = notices.notices_for(actor=OF_UTRECHT).notices[-1].number
    assert client.get(f"/berichten/openen/?bericht={oldest}").headers["Location"] == "/halfjaren/2026-I/"
    linking.undo(actor=COA, household=TWO, why="example", today=TODAY)
    shown = page(client, f"/berichten/openen/?bericht={told}")
    assert "niet (meer) aan uw gemeente gekoppeld" in shown
    assert "PE-0" not in shown


def test_a_notice_of_others_is_not_found(told: int) -> None:
    assert visitor(OF_ISLAND).get(f"/berichten/openen/?bericht={told}").status_code == 404
    assert visitor(OF_ISLAND).post("/berichten/bevestigen/", {"bericht": told}).status_code == 404
    assert Client().get("/berichten/").status_code == 403


def test_acknowledging_once_is_enough_and_twice_is_told(told: int) -> None:
    client = visitor(OF_UTRECHT)
    answer = client.post("/berichten/bevestigen/", {"bericht": told, "terug": "bevestigen=ja"})
    assert answer.headers["Location"] == "/berichten/?bevestigen=ja"
    assert "Bevestigd door gemeente-utrecht op 3 maart 2026." in page(client)
    assert client.post("/berichten/bevestigen/", {"bericht": told}).status_code == 409
    assert client.post("/berichten/bevestigen/", {"bericht": "²"}).status_code == 302


def test_an_escalated_notice_tells_coa_which_and_whose(told: int) -> None:
    assert told
    by = notices.notices_for(actor=OF_UTRECHT).notices[0].acknowledge_by
    assert by is not None
    assert notices.escalate(today=by.replace(day=by.day + 1)) == 3
    client = visitor(COA)
    newest = notices.notices_for(actor=COA).notices[0].number
    shown = page(client, f"/berichten/openen/?bericht={newest}")
    assert "Er is een huishouden aan uw gemeente gekoppeld." in shown
    assert "Ameland" in shown
    assert "Ameland" not in page(visitor(OF_UTRECHT))


def test_the_calendar_address_is_shown_once_and_opens_for_who_holds_it(told: int) -> None:
    assert told
    client = visitor(OF_UTRECHT)
    shown = client.post("/berichten/agenda/", {"wat": "vernieuwen"}).content.decode()
    address = re.search(r'value="http://testserver(/agenda/[^"]+)"', shown)
    assert address is not None
    assert "/agenda/" not in page(client, "/berichten/agenda/").replace("/berichten/agenda/", "")
    answer = Client().get(address[1])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.decode().count("UID:notice-") == 2
    client.post("/berichten/agenda/", {"wat": "intrekken"})
    assert Client().get(address[1]).status_code == 404


def test_what_a_page_shows_of_a_household_is_noted_through_the_policies_of_the_database(told: int) -> None:
    assert told
    for who, path in (
        (OF_UTRECHT, "/huishoudens/PE-000002/"),
        (OF_UTRECHT, "/gemeenten/GM0344/"),
        (COA, "/werk/"),
    ):
        assert visitor(who).get(path).status_code == 200
    lines = processed("PE-000002")
    noted = dict.fromkeys((line.trace, line.activity.value) for line in lines)
    assert [activity for _, activity in noted] == ["show-household", "list-linked", "list-work"]
    assert len({trace for trace, _ in noted}) == 3
    assert visitor(OF_ISLAND).get("/huishoudens/PE-000002/").status_code == 404
    assert processed("PE-000002") == lines
