"""Homes, offers and the steps of a household: the whole way to sign-off through the API, on what was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from keyed import Program, new_key, read
from small_country import ISLAND, TODAY, UTRECHT

from eenthuis.store.models import HomeRow, HouseholdRow, OfferRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
HOME = {
    "gemeenteCode": UTRECHT,
    "soort": "sociale-huur",
    "aantalKamers": 3,
    "grootsteHuishouden": 4,
    "isToegankelijk": False,
    "beschikbaarVanafDatum": TODAY.isoformat(),
}
CHANGED = {key: value for key, value in HOME.items() if key != "gemeenteCode"} | {
    "aantalKamers": 4,
    "reden": "zolder erbij",
}


@pytest.fixture
def program(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a program of a role; the small country stands in the tables."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return lambda role, place="": Program(new_key(role, place).secret)


def number(name: str) -> str:
    return str(HouseholdRow.objects.get(pk=name).number)


def step(who: Program, household: str, kind: str, status: int = 201, **more: object) -> Any:
    """Take a step on what stands there now."""
    path = f"huishoudens/{household}/stappen"
    seen = who.get(path)["ETag"]
    return read(who.post(path, {"soort": kind, "stapDatum": TODAY.isoformat()} | more, If_Match=seen), status)


def test_the_whole_way_from_talk_to_sign_off(program: Asking, proposal: int) -> None:
    coa, utrecht = program(Role.COA), program(Role.MUNICIPALITY, UTRECHT)
    household = number("PE-000002")
    assert step(coa, household, "talk-held")["fase"] == "waiting-for-link"
    link = read(coa.post("koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": household}), 201)
    home = read(utrecht.post("woningen", HOME), 201)
    assert (home["toestand"], home["huishoudenNummer"]) == ("vrij", None)
    offer = read(
        utrecht.post("aanbiedingen", {"huishoudenNummer": household, "woningNummer": home["nummer"]}), 201
    )
    assert offer["isVanKracht"] is True
    kept = read(utrecht.get(f"woningen/{home['nummer']}"))
    assert (kept["toestand"], kept["huishoudenNummer"]) == ("bezet", household)
    way = step(utrecht, household, "home-viewed")
    assert (way["fase"], way["woningNummer"]) == ("home-offered", home["nummer"])
    assert "accepted" in way["mogelijkeStappen"]
    for kind, stage in (("accepted", "accepted"), ("leased", "leased"), ("moved", "moved")):
        assert step(utrecht, household, kind)["fase"] == stage
    path = f"koppelingen/{link['nummer']}"
    seen = coa.get(path)["ETag"]
    read(coa.post(f"{path}/afmeldingen", {"afmeldDatum": TODAY.isoformat()}, If_Match=seen), 201)
    done = read(utrecht.get(f"huishoudens/{household}/stappen"))
    assert done["fase"] == "signed-off"
    assert any(one["gehaaldDatum"] for one in done["termijnen"])


def linked_with_home(program: Asking, proposal: int) -> tuple[Program, str, str]:
    coa, utrecht = program(Role.COA), program(Role.MUNICIPALITY, UTRECHT)
    household = number("PE-000001")
    read(coa.post("koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": household}), 201)
    return utrecht, household, read(utrecht.post("woningen", HOME), 201)["nummer"]


def test_a_home_is_never_offered_twice_at_once(program: Asking, proposal: int) -> None:
    utrecht, household, home = linked_with_home(program, proposal)
    read(
        program(Role.COA).post(
            "koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": number("PE-000002")}
        ),
        201,
    )
    read(utrecht.post("aanbiedingen", {"huishoudenNummer": household, "woningNummer": home}), 201)
    late = utrecht.post("aanbiedingen", {"huishoudenNummer": number("PE-000002"), "woningNummer": home})
    assert read(late, 409)["code"] == "STA-08"
    assert OfferRow.objects.filter(kind="offered").count() == 1


def test_a_refusal_is_judged_and_a_step_that_lacks_something_is_told(program: Asking, proposal: int) -> None:
    utrecht, household, home = linked_with_home(program, proposal)
    read(utrecht.post("aanbiedingen", {"huishoudenNummer": household, "woningNummer": home}), 201)
    assert "ground" in step(utrecht, household, "refused", 409, reden="te klein")["detail"]
    assert step(utrecht, household, "refused", reden="te klein", weigergrond="too-small")["fase"] == "refused"
    step(utrecht, household, "refusal-justified", 403, reden="klopt")
    judged = step(program(Role.COA), household, "refusal-justified", reden="klopt")
    assert judged["fase"] == "linked"
    (offer,) = read(utrecht.get("aanbiedingen"))
    assert offer["eindReden"] == "klopt"
    assert read(utrecht.get(f"aanbiedingen/{offer['nummer']}")) == offer
    assert read(utrecht.get(f"woningen/{home}"))["toestand"] == "vrij"


def test_of_two_who_saw_the_same_way_one_wins(program: Asking, proposal: int) -> None:
    coa, other, household = program(Role.COA), program(Role.COA), number("PE-000003")
    assert proposal
    path = f"huishoudens/{household}/stappen"
    seen = coa.get(path)["ETag"]
    body = {"soort": "talk-planned", "stapDatum": TODAY.isoformat()}
    read(coa.post(path, body, If_Match=seen), 201)
    assert read(other.post(path, body | {"soort": "talk-held"}, If_Match=seen), 412)["code"] == "API-03"
    read(other.post(path, body), 428)


def test_a_home_changes_on_what_was_seen_and_every_version_stays(program: Asking) -> None:
    utrecht, other = program(Role.MUNICIPALITY, UTRECHT), program(Role.MUNICIPALITY, UTRECHT)
    made = utrecht.post("woningen", HOME)
    path = made["Location"].removeprefix("/api/v1/")
    seen = other.get(path)["ETag"]
    assert seen == made["ETag"]
    changed = utrecht.put(path, CHANGED, If_Match=seen)
    assert read(changed)["aantalKamers"] == 4
    assert changed["ETag"] != seen
    read(other.put(path, CHANGED | {"aantalKamers": 5}, If_Match=seen), 412)
    read(other.put(path, CHANGED), 428)
    read(other.post(f"{path}/intrekkingen", {"reden": "gesloopt"}, If_Match=changed["ETag"]), 201)
    assert [row.kind for row in HomeRow.objects.order_by("step")] == ["added", "changed", "withdrawn"]
    assert [one["toestand"] for one in read(utrecht.get("woningen?toestand=ingetrokken"))] == ["ingetrokken"]


def test_homes_and_ways_of_others_are_not_found(program: Asking, proposal: int) -> None:
    utrecht, household, home = linked_with_home(program, proposal)
    island = program(Role.MUNICIPALITY, ISLAND)
    read(utrecht.post("aanbiedingen", {"huishoudenNummer": household, "woningNummer": home}), 201)
    offer = read(utrecht.get("aanbiedingen"))[0]["nummer"]
    for path in (f"woningen/{home}", f"aanbiedingen/{offer}", f"huishoudens/{household}/stappen"):
        read(utrecht.get(path))
        read(island.get(path), 404)
    assert read(island.get("woningen")) == read(island.get("aanbiedingen")) == []
    read(island.get(f"woningen?gemeenteCode={UTRECHT}"), 404)
    read(island.put(f"woningen/{home}", CHANGED, If_Match="*"), 404)
    read(island.post(f"woningen/{home}/intrekkingen", {"reden": "x"}, If_Match="*"), 404)
    read(island.post("woningen", HOME), 404)
    read(island.post("aanbiedingen", {"huishoudenNummer": household, "woningNummer": home}), 404)
    read(program(Role.MINISTRY).get("woningen"), 403)
    read(program(Role.COA).post("woningen", HOME), 403)
    read(program(Role.COA).put(f"woningen/{home}", CHANGED, If_Match="*"), 403)
