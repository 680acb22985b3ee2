"""The regional table through the API: swaps, proposals, sites that COA confirms, and decisions that two people take."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from keyed import Program, Session, read
from small_country import ISLAND, MINISTRY, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store.models import JournalRow
from eenthuis.store.reception_models import PlaceSwapRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.reception import SesScores

Asking = Callable[..., Program]
ZEIST, PROVINCE = "GM0355", "PV26"
TABLE = f"provinciale-tafels/{PROVINCE}"
SWAP: dict[str, Any] = {
    "provincieCode": PROVINCE,
    "wijzigingen": [
        {"gemeenteCode": UTRECHT, "plaatsen": 50},
        {"gemeenteCode": ZEIST, "plaatsen": -50},
    ],
    "afspraak": "Zeist bouwt later",
}
TRIED = {name: value for name, value in SWAP.items() if name != "afspraak"}
SITE = {
    "gemeenteCode": UTRECHT, "naam": "Kade", "soort": "gewoon", "vorm": "regulier", "isVoorMinderjarigen": False,
    "isDuurzaam": False, "plaatsen": 80, "eersteDatum": TODAY.isoformat(),
}  # fmt: skip


@pytest.fixture
def shared(program: Asking) -> Asking:
    """Return programs; shares of the cycle of 2026 were computed."""
    people = reference.inhabitants(date(2026, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in people}, "example")
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    need = ReceptionNeed(2026, 90_000, 7_000, date(2026, 1, 20), "example")
    announce_need(actor=MINISTRY, need=need, today=TODAY)
    return program


def test_a_swap_is_looked_at_put_forward_accepted_and_moves_the_table(shared: Asking) -> None:
    utrecht, zeist = shared(Role.MUNICIPALITY, UTRECHT), shared(Role.MUNICIPALITY, ZEIST)
    before = {one["gemeenteCode"]: one for one in read(utrecht.get(TABLE))["gemeenten"]}
    looked = read(utrecht.post("plaatsenruilen/_voorbeeld", TRIED))
    assert [(one["tekortNaRuil"] - one["tekortNu"]) for one in looked["gevolgen"]] == [50, -50]
    assert not PlaceSwapRow.objects.exists()
    made = [read(utrecht.post("plaatsenruilen", SWAP, key="ruil-met-zeist"), 201) for _ in "12"]
    assert made[0] == made[1]
    assert (made[0]["toestand"], made[0]["isVanKracht"], made[0]["wachtOp"]) == ("open", False, [ZEIST])
    assert read(utrecht.post("plaatsenruilen", SWAP), 409)["code"] == "STA-01"
    path = f"plaatsenruilen/{made[0]['nummer']}"
    assert read(utrecht.post(f"{path}/instemmingen", {}), 409)["code"] == "STA-01", "it put it forward itself"
    assert read(zeist.post(f"{path}/instemmingen", {}), 201)["isVanKracht"]
    after = {one["gemeenteCode"]: one for one in read(utrecht.get(TABLE))["gemeenten"]}
    assert after[UTRECHT]["geruild"] - before[UTRECHT]["geruild"] == 50
    assert sum(one["geruild"] for one in after.values()) == 0
    assert read(zeist.post(f"{path}/intrekkingen", {"reden": "toch niet"}), 409)["code"] == "STA-01"


def test_a_swap_of_others_is_not_found_and_one_that_cannot_stand_is_not_kept(shared: Asking) -> None:
    utrecht, amersfoort = shared(Role.MUNICIPALITY, UTRECHT), shared(Role.MUNICIPALITY, "GM0307")
    island = shared(Role.MUNICIPALITY, ISLAND)
    number = read(utrecht.post("plaatsenruilen", SWAP), 201)["nummer"]
    for other in (amersfoort, island):
        for act, body in (("instemmingen", {}), ("intrekkingen", {"reden": "x"})):
            read(other.post(f"plaatsenruilen/{number}/{act}", body), 404)
        read(other.post("plaatsenruilen", SWAP), 404)
        read(other.post("plaatsenruilen/_voorbeeld", TRIED), 404)
    assert read(island.get("plaatsenruilen")) == []
    assert [one["nummer"] for one in read(amersfoort.get("plaatsenruilen"))] == [number], "as at the table"
    read(shared(Role.IND).get("plaatsenruilen"), 403)
    read(shared(Role.COA).post("plaatsenruilen", SWAP), 403)
    first, second = SWAP["wijzigingen"]
    for changes in (
        [first, second | {"plaatsen": -49}],
        [first, first],
        [first, second | {"gemeenteCode": ISLAND}],
    ):
        answer = read(utrecht.post("plaatsenruilen", SWAP | {"wijzigingen": changes}), 409)
        assert answer["errors"][0]["location"] == "#/wijzigingen", changes
    unsummed = [first, second | {"plaatsen": -49}]
    looked = read(utrecht.post("plaatsenruilen/_voorbeeld", TRIED | {"wijzigingen": unsummed}))
    assert (bool(looked["redenen"]), looked["gevolgen"]) == (True, [])
    assert PlaceSwapRow.objects.count() == 1


def test_a_province_fills_reports_and_confirms_a_swap_in_person_only(shared: Asking) -> None:
    key = shared(Role.PROVINCE, PROVINCE)
    table = read(key.get(f"{TABLE}?kleinsteLocatie=20"))
    assert (table["tekort"], table["laatsteAdvies"]) == (table["opgaveZonderDuurzaam"], None)
    chosen = next(one for one in table["voorstellen"] if one["doel"] == "spread")
    filled = read(key.post(f"{TABLE}/voorstellen", {"doel": "spread", "kleinsteLocatie": 20}), 201)
    assert filled["laatsteAdvies"]["plaatsenPerGemeente"] == chosen["plaatsenPerGemeente"]
    assert (
        read(key.post(f"{TABLE}/verslagen", {"toelichting": "Rond."}), 201)["laatsteAdvies"]["soort"]
        == "reported"
    )
    read(key.post(f"{TABLE}/voorstellen", {"doel": "eerlijk", "kleinsteLocatie": 20}), 400)
    read(key.post("provinciale-tafels/PV21/verslagen", {"toelichting": "x"}), 404)
    read(shared(Role.MUNICIPALITY, UTRECHT).post(f"{TABLE}/verslagen", {"toelichting": "x"}), 403)
    read(shared(Role.MUNICIPALITY, ISLAND).get(TABLE), 404)
    path = f"plaatsenruilen/{read(key.post('plaatsenruilen', SWAP), 201)['nummer']}/instemmingen"
    assert read(key.post(path, {}), 403)["code"] == "ACC-03"
    who = Actor("gedeputeerde", Role.PROVINCE, None, ProvinceCode(PROVINCE))
    confirmed = read(Session(who).post(path), 201)
    assert (confirmed["toestand"], confirmed["isVanKracht"]) == ("confirmed", True)


def test_a_key_drafts_a_decision_and_a_person_publishes_it(shared: Asking) -> None:
    ministry, anyone = shared(Role.MINISTRY), Program()
    drafted = read(ministry.post("verdeelbesluiten", {"provincieCode": PROVINCE}, key="besluit-2026-u"), 201)
    assert read(ministry.post("verdeelbesluiten", {"provincieCode": PROVINCE}), 409)["code"] == "STA-01"
    path = f"verdeelbesluiten/{drafted['volgnummer']}"
    file = f"{path}/bestanden/pdf"
    for address in (path, file):
        read(anyone.get(address), 404)
    for other in (ministry, shared(Role.MINISTRY)):
        assert read(other.post(f"{path}/bekendmakingen", {}), 403)["code"] == "ACC-03"
    read(shared(Role.PROVINCE, PROVINCE).post(f"{path}/bekendmakingen", {}), 403)
    assert not JournalRow.objects.filter(action="publish-allocation").exists()
    colleague = Session(Actor("ministerie-2", Role.MINISTRY))
    shown = read(colleague.post(f"{path}/bekendmakingen"), 201)
    assert (shown["toestand"], shown["bekendmakingsDatum"]) == ("published", TODAY.isoformat())
    assert read(colleague.post(f"{path}/bekendmakingen"), 409)["code"] == "STA-01"
    assert read(anyone.get(path)) == shown
    told = read(anyone.get(file))
    content = base64.b64decode(told["inhoud"])
    assert (content[:4], hashlib.sha256(content).hexdigest()) == (b"%PDF", told["sha256"])
    read(anyone.get(f"{path}/bestanden/exe"), 400)
    unsaid = read(ministry.post("verdeelbesluiten", {"provincieCode": PROVINCE}), 409)
    assert [one["location"] for one in unsaid["errors"]] == ["#/reden"]
    change = {"provincieCode": PROVINCE, "reden": "een locatie erbij"}
    again = read(ministry.post("verdeelbesluiten", change), 201)
    assert again["wijzigtVolgnummer"] == drafted["volgnummer"]
    gone = f"verdeelbesluiten/{again['volgnummer']}/intrekkingen"
    assert read(ministry.post(gone, {"reden": "verkeerd"}), 201)["toestand"] == "withdrawn"
    read(shared(Role.COA).post("verdeelbesluiten", change), 403)


def test_coa_confirms_only_the_places_it_saw(shared: Asking) -> None:
    utrecht, coa = shared(Role.MUNICIPALITY, UTRECHT), shared(Role.COA)
    path = f"opvanglocaties/{read(utrecht.post('opvanglocaties', SITE), 201)['nummer']}"
    seen = coa.get(path)["ETag"]
    change = {"soort": "places", "vanafDatum": "2026-06-01", "plaatsen": 40, "reden": "verbouwing"}
    changed = read(utrecht.post(f"{path}/wijzigingen", change, If_Match=seen), 201)
    assert [one["plaatsen"] for one in changed["perioden"]] == [80, 40]
    read(utrecht.post(f"{path}/wijzigingen", change, If_Match=seen), 412)
    read(coa.post(f"{path}/bevestigingen", {}, If_Match=seen), 412)
    read(coa.post(f"{path}/bevestigingen", {}), 428)
    read(utrecht.post(f"{path}/bevestigingen", {}, If_Match="*"), 403)
    assert read(coa.post(f"{path}/bevestigingen", {}, If_Match=coa.get(path)["ETag"]), 201)["isBevestigd"]
    assert read(coa.post(f"{path}/bevestigingen", {}, If_Match="*"), 409)["code"] == "STA-01"
    early = {"soort": "closed", "vanafDatum": "2020-01-01", "reden": "dicht"}
    wrong = read(utrecht.post(f"{path}/wijzigingen", early, If_Match="*"), 409)
    assert [one["location"] for one in wrong["errors"]] == ["#/vanafDatum"]
    read(shared(Role.MUNICIPALITY, ISLAND).post(f"{path}/wijzigingen", change, If_Match="*"), 404)


def test_an_offer_is_withdrawn_once(shared: Asking) -> None:
    utrecht = shared(Role.MUNICIPALITY, UTRECHT)
    offer = {name: value for name, value in SITE.items() if name not in {"naam", "vorm"}}
    made = utrecht.post("opvangaanbiedingen", offer)
    path = f"opvangaanbiedingen/{read(made, 201)['nummer']}"
    read(utrecht.post(f"{path}/intrekkingen", {"reden": "geen draagvlak"}), 428)
    read(utrecht.post(f"{path}/intrekkingen", {"reden": "geen draagvlak"}, If_Match=made["ETag"]), 201)
    read(utrecht.post(f"{path}/intrekkingen", {"reden": "nog eens"}, If_Match=made["ETag"]), 404)
    assert read(utrecht.get("opvangaanbiedingen")) == []


def test_without_shares_there_is_no_table_yet(program: Asking) -> None:
    assert read(program(Role.PROVINCE, PROVINCE).get(TABLE), 409)["code"] == "STA-06"
    assert (
        read(program(Role.MINISTRY).post("verdeelbesluiten", {"provincieCode": PROVINCE}), 409)["code"]
        == "STA-06"
    )
