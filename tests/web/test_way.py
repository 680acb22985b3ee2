"""The pages of the way: steps taken by form, homes kept, refusals judged, and nothing of it for others."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import COA, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services import homes, linking
from eenthuis.services.way_reading import state_of
from eenthuis.store import accounts
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import Stage

pytestmark = pytest.mark.django_db
TWO, SEVEN = HouseholdId("PE-000002"), HouseholdId("PE-000006")
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, UTRECHT, association="corporatie")
WHERE = f"/huishoudens/{TWO}/"


@pytest.fixture
def linked(proposal: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Link a household of two to Utrecht, and return the number of a free home there."""
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    for who in (OF_UTRECHT, OF_ISLAND, COA, ASSOCIATION):
        accounts.save_account(who, "a-long-password")
    linking.confirm(actor=COA, proposal=proposal, households=(TWO,), today=TODAY)
    return homes.add_home(actor=ASSOCIATION, home=home_in(UTRECHT))


def visitor(who: Actor) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=who.name))
    return client


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def record(client: Client, slug: str, status: int = 302, **fields: str) -> str:
    page = shown(client, f"{WHERE}stappen/{slug}/")
    seen = re.search(r'name="gezien" value="(\d+)"', page)
    assert seen is not None, page
    fields = {"dag": f"{TODAY:%d-%m-%Y}", "gezien": seen[1], **fields}
    answer = client.post(f"{WHERE}stappen/{slug}/", fields)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_the_way_by_form_from_the_reason_to_the_move(linked: str) -> None:
    utrecht, coa = visitor(OF_UTRECHT), visitor(COA)
    page = shown(utrecht, WHERE)
    assert "Reden van de koppeling" in page
    assert "ruimte voor 2 mensen" in page
    assert utrecht.post(f"{WHERE}reden-gelezen/").status_code == 302
    assert "Reden gelezen</button>" not in shown(utrecht, WHERE)
    assert linked in shown(utrecht, "/gemeenten/GM0344/woningen/")
    record(utrecht, "woning-aanbieden", woning=linked)
    record(utrecht, "bezichtigd")
    wrong = record(utrecht, "geweigerd", status=400, dag="31-02-2026")
    assert wrong.count('class="ee-problem"') == 3
    record(utrecht, "geweigerd", grond="medical", reden="steile trap")
    assert "steile trap" in shown(coa, "/weigeringen/")
    record(coa, "weigering-terecht", reden="brief gezien")
    record(utrecht, "woning-aanbieden", woning=linked)
    record(utrecht, "geaccepteerd")
    record(utrecht, "huurcontract")
    record(coa, "verhuisd")
    assert state_of(TWO).stage is Stage.MOVED
    page = shown(coa, WHERE)
    assert "Meld dit huishouden af" in page
    assert "Beëindig de koppeling" not in page
    assert page.count("<li><strong>3 maart 2026</strong>") == 9


def test_a_link_is_changed_on_a_page_that_first_shows_both_counts(linked: str) -> None:
    coa, where = visitor(COA), f"{WHERE}koppeling-wijzigen/"
    assert linked
    assert "Wijzig de koppeling" in shown(coa, WHERE)
    assert coa.post(where, {"gemeente": "", "reden": ""}).content.decode().count('class="ee-problem"') == 2
    page = coa.post(where, {"gemeente": "GM0060", "reden": "werk"}).content.decode()
    assert "2 mensen tellen niet meer bij Utrecht en wel bij Ameland." in page
    seen = re.search(r'name="gezien" value="(\d+)"', page)
    assert seen is not None
    asked = {"gemeente": "GM0060", "reden": "werk", "stap": "vastleggen", "gezien": seen[1]}
    assert "STA-07" in coa.post(where, {**asked, "gezien": ""}).content.decode()
    assert coa.post(where, asked).status_code == 302
    assert "(STA-07)" in coa.post(where, asked).content.decode()
    assert visitor(OF_UTRECHT).get(where).status_code == 403
    assert "koppeling gewijzigd, Ameland" in shown(visitor(OF_ISLAND), WHERE)
    assert shown(visitor(OF_UTRECHT), WHERE, status=404)


def test_another_home_after_the_lease_is_recorded_by_form(linked: str) -> None:
    utrecht = visitor(OF_UTRECHT)
    other = homes.add_home(actor=ASSOCIATION, home=home_in(UTRECHT))
    record(utrecht, "woning-aanbieden", woning=linked)
    for slug in ("geaccepteerd", "huurcontract"):
        record(utrecht, slug)
    assert "Deze woning is niet" in record(utrecht, "andere-woning", status=400, woning=linked, reden="lek")
    record(utrecht, "andere-woning", woning=other, reden="lek")
    assert state_of(TWO).stage is Stage.ACCEPTED
    assert f'naar een andere woning <span class="ee-quiet">({other})' in shown(utrecht, WHERE)


def test_who_opened_the_form_too_early_is_told_and_changes_nothing(linked: str) -> None:
    utrecht = visitor(OF_UTRECHT)
    record(utrecht, "woning-aanbieden", woning=linked)
    told = record(utrecht, "geaccepteerd", status=409, gezien="1")
    assert "Iemand anders was u voor" in told
    assert state_of(TWO).stage is Stage.HOME_OFFERED
    late = record(utrecht, "geaccepteerd", status=400, dag="01-01-2026")
    assert "Deze dag kan niet" in late


def test_a_wrong_step_is_mended_or_struck_out_on_a_page(linked: str) -> None:
    utrecht = visitor(OF_UTRECHT)
    record(utrecht, "woning-aanbieden", woning=linked)
    record(utrecht, "bezichtigd")
    address = re.search(rf"{WHERE}stap/\d+/verbeteren/", shown(utrecht, WHERE))
    assert address is not None
    assert utrecht.post(address[0], {"wat": "doorhalen", "reden": ""}).status_code == 400
    answer = utrecht.post(address[0], {"wat": "doorhalen", "reden": "vergissing", "gezien": "3"})
    assert answer.status_code == 302
    assert not state_of(TWO).has_viewed
    assert shown(utrecht, f"{WHERE}stap/1/verbeteren/", status=404)


def test_another_municipality_and_the_association_find_no_household(linked: str) -> None:
    for who in (OF_ISLAND, ASSOCIATION):
        client = visitor(who)
        for path in (WHERE, f"{WHERE}stappen/geaccepteerd/", f"{WHERE}stap/1/verbeteren/"):
            assert client.get(path).status_code in {403, 404}, path
        assert client.get("/gemeenten/GM0344/woningen/").status_code in {403, 404}
        assert client.get("/weigeringen/").status_code == 403
    record(visitor(OF_UTRECHT), "woning-aanbieden", woning=linked)
    page = shown(visitor(ASSOCIATION), "/woningen/?stand=kept")
    assert linked in page
    assert TWO not in page


def test_an_association_adds_and_withdraws_its_homes(linked: str) -> None:
    association = visitor(ASSOCIATION)
    wrong = association.post(
        "/woningen/toevoegen/", {"gemeente": "", "kamers": "0", "grootte": "x", "vanaf": "y"}
    )
    assert wrong.status_code == 400
    assert wrong.content.decode().count('class="ee-problem"') == 5
    given = {"gemeente": "GM0344", "soort": "flex-home", "kamers": "2", "grootte": "3", "vanaf": "01-04-2026"}
    assert association.post("/woningen/toevoegen/", given).status_code == 302
    assert "2 woningen" in shown(association, "/woningen/")
    assert association.post(f"/woningen/{linked}/intrekken/", {"reden": ""}).status_code == 400
    assert association.post(f"/woningen/{linked}/intrekken/", {"reden": "verkocht"}).status_code == 302
    assert "1 woning<" in shown(association, "/woningen/?stand=withdrawn")
    assert visitor(OF_ISLAND).get(f"/woningen/{linked}/intrekken/").status_code == 404


def test_a_home_has_a_page_with_its_history_and_is_changed_with_a_reason(linked: str) -> None:
    association, utrecht, where = visitor(ASSOCIATION), visitor(OF_UTRECHT), f"/woningen/{linked}/"
    assert association.get("/zoeken/", {"vraag": linked.lower()}).headers["location"] == where
    assert "Er is niets gevonden" in visitor(OF_ISLAND).get("/zoeken/", {"vraag": linked}).content.decode()
    page = shown(association, f"{where}wijzigen/")
    seen = re.search(r'name="gezien" value="(\d+)"', page)
    assert seen is not None
    given = {"soort": "shared", "kamers": "5", "grootte": "6", "vanaf": "01-04-2026", "gezien": seen[1]}
    wrong = association.post(f"{where}wijzigen/", given)
    assert (wrong.status_code, wrong.content.decode().count('class="ee-problem"')) == (409, 1)
    given["reden"] = "verbouwd"
    assert association.post(f"{where}wijzigen/", given).status_code == 302
    assert "(STA-07)" in association.post(f"{where}wijzigen/", given).content.decode()
    assert shown(association, where).count('<th scope="row">') == 2
    record(utrecht, "woning-aanbieden", woning=linked)
    assert f'aangeboden aan <a href="{WHERE}">' in shown(utrecht, where)
    assert TWO not in shown(association, where)
    assert "Deze woning kan nu niet worden gewijzigd" in shown(association, f"{where}wijzigen/")
    for path in (where, f"{where}wijzigen/"):
        assert visitor(OF_ISLAND).get(path).status_code == 404


def test_a_step_that_cannot_be_taken_shows_no_form(linked: str) -> None:
    assert linked
    page = shown(visitor(COA), f"/huishoudens/{SEVEN}/stappen/verhuisd/")
    assert "Deze stap kan nu niet" in page
    assert "gezien" not in page
    assert shown(visitor(COA), f"/huishoudens/{SEVEN}/stappen/vliegen/", status=404)
    for slug in (
        "gesprek-plannen",
        "gesprek-gehouden",
        "nareizigers-afwachten",
        "andere-opvang",
        "zelf-vertrokken",
    ):
        assert 'name="gezien"' in shown(visitor(COA), f"/huishoudens/{SEVEN}/stappen/{slug}/")
