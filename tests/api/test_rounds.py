"""Applications and rounds through the API: handed in once, promised, listed, drawn by a person, and by anyone again."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from keyed import Program, Session, read
from small_country import ISLAND, OF_ISLAND, TODAY, UTRECHT

from eenthuis.rules.lots import commitment_of, draw
from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow, SchemeRoundRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.lots import LotEntry
from eenthuis.terms.schemes import ApplicationId, WhenShort

Asking = Callable[..., Program]
SEED, NAME = "0123456789abcdef" * 4, "verzonnen-2026"
CLOSES = TODAY + timedelta(days=10)
AFTER = CLOSES + timedelta(days=1)
ROUND: dict[str, Any] = {
    "naam": NAME,
    "regeling": "sft-2025",
    "opentDatum": TODAY.isoformat(),
    "sluitDatum": CLOSES.isoformat(),
    "budgetCenten": 70 * 14_000_00,
    "bijTekort": "stop",
    "reden": "er wordt meer gevraagd dan er is (verzonnen)",
    "belofte": commitment_of(round_name=NAME, seed=SEED),
}
APPLICATION: dict[str, Any] = {
    "gemeenteCode": UTRECHT,
    "titel": "Verzonnen kade",
    "aantal": 40,
    "feiten": [{"feit": "months-to-start", "waarde": 20}],
    "eersteDatum": TODAY.isoformat(),
    "laatsteDatum": "2041-01-01",
}
ADDRESS, APPLY = f"aanvraagrondes/{NAME}", "regelingen/sft-2025/aanvragen"


@pytest.fixture
def ministry(program: Asking) -> Program:
    """Return a program of the ministry that announced a round."""
    one = program(Role.MINISTRY)
    made = [read(one.post("aanvraagrondes", ROUND, key="ronde-2026-1"), 201) for _ in "12"]
    assert made[0] == made[1]
    assert SchemeRoundRow.objects.count() == 1
    return one


def applied(program: Asking, units: int = 20) -> list[str]:
    """Hand three applications in and return their numbers."""
    utrecht, island = program(Role.MUNICIPALITY, UTRECHT), program(Role.MUNICIPALITY, ISLAND)
    body = APPLICATION | {"aantal": units, "feiten": []}
    asked = [utrecht.post(APPLY, body | {"titel": title}) for title in ("a", "b")]
    asked.append(island.post(APPLY, body | {"gemeenteCode": ISLAND}))
    found = [read(one, 201) for one in asked]
    assert {one["ronde"] for one in found} == {NAME}
    return [one["nummer"] for one in found]


def checked(file: dict[str, Any], category: int = 1) -> dict[str, object]:
    lines = [{"regel": one["regel"], "goedBevondenCenten": one["gevraagdCenten"]} for one in file["regels"]]
    return {"soort": "checked", "regels": lines, "categorie": category}


def test_a_project_is_looked_at_and_handed_in_once(program: Asking, ministry: Program) -> None:
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    looked = read(utrecht.post("regelingen/sft-2025/_toets", APPLICATION))
    assert (looked["ronde"], looked["isOpen"], looked["bedragCenten"]) == (NAME, True, 40 * 14_000_00)
    start = next(one for one in looked["voorwaarden"] if one["gevonden"] == "20")
    assert (start["uitkomst"], looked["uitkomst"], bool(start["bron"])) == ("not-met", "not-met", True)
    assert not MoneyFileRow.objects.exists()
    made = [utrecht.post(APPLY, APPLICATION, key="aanvraag-kade") for _ in "12"]
    assert [read(one, 201)["nummer"] for one in made] == ["G-0000001", "G-0000001"]
    assert made[0]["Location"] == "/api/v1/gelddossiers/G-0000001"
    gone = "gelddossiers/G-0000001/intrekkingen"
    for other, status in (
        (program(Role.MUNICIPALITY, ISLAND), 404),
        (ministry, 403),
        (program(Role.COA), 403),
    ):
        read(other.post(gone, {"reden": "x"}), status)
    read(utrecht.post(gone, {"reden": " "}), 400)
    assert read(utrecht.post(gone, {"reden": "gaat niet door"}), 201)["stand"] == "withdrawn"
    assert read(utrecht.post(gone, {"reden": "nog eens"}), 409)["code"] == "STA-06"


@pytest.mark.parametrize(
    ("wrong", "status", "place"),
    [
        ({"aantal": 0}, 400, "#/aantal"),
        ({"feiten": [{"feit": "months-to-start", "waarde": "spoedig"}]}, 400, None),
        ({"feiten": [{"feit": "months-to-start", "waarde": True}]}, 409, None),
        ({"feiten": 2 * APPLICATION["feiten"]}, 409, "#/feiten"),
        ({"laatsteDatum": "2020-01-01"}, 409, "#/laatsteDatum"),
        ({"flexprojectNummer": "F-9999999"}, 404, None),
        ({"gemeenteCode": ISLAND}, 404, None),
    ],
)
def test_an_application_that_cannot_be_is_refused(
    program: Asking, ministry: Program, wrong: dict[str, object], status: int, place: str | None
) -> None:
    del ministry
    told = read(program(Role.MUNICIPALITY, UTRECHT).post(APPLY, APPLICATION | wrong), status)
    assert place is None or [one["location"] for one in told["errors"]] == [place]
    assert not MoneyFileRow.objects.exists()


def test_an_association_asks_for_a_project_of_its_own_only(program: Asking, ministry: Program) -> None:
    del ministry
    association = program(Role.HOUSING_ASSOCIATION, UTRECHT)
    unnamed = read(association.post(APPLY, APPLICATION), 409)
    assert [one["location"] for one in unnamed["errors"]] == ["#/flexprojectNummer"]
    project = {
        "gemeenteCode": UTRECHT, "naam": "Kade", "aanvraagDatum": TODAY.isoformat(), "woningen": 40, "jaren": 15,
        "voorStatushouders": 12, "opleverDatum": "2027-01-01",
    }  # fmt: skip
    number = read(association.post("flexprojecten", project), 201)["nummer"]
    body = APPLICATION | {"flexprojectNummer": number}
    other = program(Role.HOUSING_ASSOCIATION, UTRECHT, association="Ander Wonen")
    read(other.post(APPLY, body), 404)
    read(association.post(APPLY, body), 201)
    assert read(association.post(APPLY, body), 409)["code"] == "STA-01"
    read(program(Role.COA).post(APPLY, APPLICATION), 403)
    read(Program().post("regelingen/sft-2025/_toets", APPLICATION), 403)


def test_a_round_is_listed_by_a_key_drawn_by_a_person_and_drawn_again_by_anyone(
    program: Asking, ministry: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = applied(program)
    assert read(ministry.post(f"{ADDRESS}/lijsten", {}), 409)["code"] == "STA-06"
    monkeypatch.setitem(os.environ, "EENTHUIS_TODAY", AFTER.isoformat())
    for number in numbers:
        file = read(ministry.get(f"gelddossiers/{number}"))
        assert read(ministry.post(f"gelddossiers/{number}/stappen", checked(file)), 201)["stand"] == "checked"
    listed = read(ministry.post(f"{ADDRESS}/lijsten", {}), 201)
    assert [one["aanvraag"] for one in listed["deelnemers"]] == numbers
    assert (listed["ronde"]["toestand"], listed["ronde"]["zaad"], listed["volgorde"]) == ("published", "", [])
    drawing = f"{ADDRESS}/lotingen"
    for key in (ministry, program(Role.MINISTRY)):
        assert read(key.post(drawing, {"zaad": SEED}), 403)["code"] == "ACC-03"
    colleague = Session(Actor("ministerie-2", Role.MINISTRY))
    assert read(colleague.post(drawing, {"zaad": SEED[1:] + "0"}), 409)["code"] == "STA-10"
    valued = read(colleague.post(drawing, {"zaad": SEED, "openbareWaarde": "7"}), 409)
    assert [one["location"] for one in valued["errors"]] == ["#/openbareWaarde"]
    assert not MoneyStepRow.objects.filter(kind__in=("awarded", "refused")).exists()
    drawn = read(colleague.post(drawing, {"zaad": SEED}), 201)
    assert read(colleague.post(drawing, {"zaad": SEED}), 409)["code"] == "STA-06"
    told = read(Program().get(ADDRESS))
    assert told == drawn
    entries = [
        LotEntry(ApplicationId(one["aanvraag"]), one["categorie"], one["gevraagdCenten"])
        for one in told["deelnemers"]
    ]
    again = draw(
        entries,
        round_name=NAME,
        commitment=told["ronde"]["belofte"],
        seed=told["ronde"]["zaad"],
        budget_cents=told["ronde"]["budgetCenten"],
        when_short=WhenShort(told["ronde"]["bijTekort"]),
        public_value=told["ronde"]["openbareWaarde"],
    )
    assert [one["sleutel"] for one in told["volgorde"]] == [one.key for one in again.drawn]
    assert [bool(one["toegekendCenten"]) for one in told["volgorde"]] == [True, True, True]
    assert [one["naam"] for one in read(Program().get("aanvraagrondes"))] == [NAME]


def test_money_is_checked_and_paid_by_a_key_and_decided_by_a_second_person(program: Asking) -> None:
    utrecht, ministry = program(Role.MUNICIPALITY, UTRECHT), program(Role.MINISTRY)
    ask = {
        "gemeenteCode": UTRECHT, "naam": "Kade", "plaatsen": 3, "eersteDatum": "2026-01-10",
    }  # fmt: skip
    site = read(utrecht.post("doorstroomlocaties", ask), 201)["nummer"]
    stay = {"persoonNummer": "1", "gemeenteCode": UTRECHT, "eersteDatum": "2026-01-10"}
    read(utrecht.post(f"doorstroomlocaties/{site}/verblijven", {"verblijven": [stay]}), 201)
    file = read(utrecht.post(f"doorstroomlocaties/{site}/declaraties", {"maand": "2026-01"}), 201)
    steps = f"gelddossiers/{file['nummer']}/stappen"
    cents = file["gevraagdCenten"]
    for other, status in ((utrecht, 403), (program(Role.COA), 403), (Program(), 403)):
        read(other.post(steps, checked(file)), status)
    short = checked(file) | {"regels": [{"regel": 1, "goedBevondenCenten": cents - 1}]}
    assert read(ministry.post(steps, short), 409)["code"] == "STA-06", "cut without a reason"
    done = [read(ministry.post(steps, checked(file), key="beoordeling-1"), 201)["stand"] for _ in "12"]
    assert done == ["checked", "checked"]
    award = {"soort": "awarded", "bedragCenten": cents}
    for kind in (award, {"soort": "refused", "reden": "x"}):
        assert read(program(Role.MINISTRY).post(steps, kind), 403)["code"] == "ACC-03"
    assert (
        read(Session(Actor("ministerie-2", Role.MINISTRY)).post(steps, award), 201)["toegekendCenten"]
        == cents
    )
    much = {"soort": "paid", "bedragCenten": cents + 1}
    assert read(ministry.post(steps, much), 409)["code"] == "STA-06"
    read(ministry.post(steps, {"soort": "betaald"}), 400)
    read(ministry.post("gelddossiers/G-7654321/stappen", award), 404)
    kinds = MoneyStepRow.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["checked", "awarded"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"naam": "Ronde Een"}, 400),
        ({"belofte": "abc"}, 400),
        ({"budgetCenten": 0}, 400),
        ({"sluitDatum": "2026-03-02"}, 409),
        ({"opentDatum": "2026-03-02"}, 409),
        ({"regeling": "bestaat-niet"}, 409),
        ({"bijTekort": "loten"}, 400),
    ],
)
def test_a_round_that_cannot_be_is_refused(program: Asking, wrong: dict[str, object], status: int) -> None:
    read(program(Role.MINISTRY).post("aanvraagrondes", ROUND | wrong), status)
    assert not SchemeRoundRow.objects.exists()


def test_only_the_ministry_announces_and_a_name_is_taken_once(program: Asking, ministry: Program) -> None:
    for other in (program(Role.MUNICIPALITY, UTRECHT), program(Role.COA), Program()):
        read(other.post("aanvraagrondes", ROUND | {"naam": "andere-ronde"}), 403)
        read(other.post(f"{ADDRESS}/lijsten", {}), 403)
    taken = read(ministry.post("aanvraagrondes", ROUND), 409)
    assert [(one["location"], one["code"]) for one in taken["errors"]] == [("#/naam", "INP-03")]
    read(Session(OF_ISLAND).post(f"{ADDRESS}/lotingen", {"zaad": SEED}), 403)
    read(Program().get("aanvraagrondes/bestaat-niet"), 404)
