"""The grant for reception places through the API: reckoned on the registers, and handed in once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from keyed import Program, read
from money_examples import kade
from small_country import ISLAND, MINISTRY, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store.money_models import MoneyFileRow
from eenthuis.terms.access import Role
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.reception import SesScores

Asking = Callable[..., Program]
ASKED: dict[str, object] = {
    "gemeenteCode": UTRECHT,
    "titel": "Plekken boven de drempel",
    "tellingDatum": "2026-02-01",
    "vindplaats": "besluit 3",
}
TYPED: dict[str, object] = {"aantalProvincie": 40, "reden": "besluit 4 van de provincie"}


@pytest.fixture
def utrecht(program: Asking) -> Program:
    kade()
    known = reference.inhabitants(date(2024, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in known}, "example", is_invented=True)
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    day = date(2024, 2, 1)
    announce_need(actor=MINISTRY, need=ReceptionNeed(2024, 96_000, None, day, "example"), today=day)
    return program(Role.MUNICIPALITY, UTRECHT)


def test_a_look_tells_what_the_registers_say_and_keeps_nothing(utrecht: Program) -> None:
    told = read(utrecht.post("plaatsenuitkeringen/_toets", ASKED))
    assert (told["plekkenErboven"], told["bedragCenten"]) == (0, 0)
    registers = told["registers"]
    assert (registers["plekkenGemeente"], registers["isVerzonnen"]) == (80, True)
    assert Fraction(told["drempel"]) == Fraction(3, 4) * registers["aantalProvincie"]
    other = read(utrecht.post("plaatsenuitkeringen/_toets", ASKED | TYPED))
    assert (other["plekkenToegerekend"], other["bedragCenten"]) == (50, 50 * 1500_00)
    assert not MoneyFileRow.objects.exists()


def test_the_grant_is_asked_once_and_becomes_a_file(utrecht: Program, program: Asking) -> None:
    for _ in range(2):
        made = utrecht.post("plaatsenuitkeringen", ASKED | TYPED, key="uitkering-2026")
        assert read(made, 201)["gevraagdCenten"] == 50 * 1500_00
        assert made["Location"] == "/api/v1/gelddossiers/G-0000001"
    assert MoneyFileRow.objects.count() == 1
    read(utrecht.post("plaatsenuitkeringen", ASKED | TYPED), 409)
    read(program(Role.MUNICIPALITY, ISLAND).get("gelddossiers/G-0000001"), 404)


@pytest.mark.parametrize(
    ("changed", "status", "where"),
    [
        ({"aantalProvincie": 40}, 409, "#/reden"),
        ({"tellingDatum": "2024-01-31"}, 409, "#/tellingDatum"),
        ({"gemeenteCode": ISLAND}, 404, None),
        ({"aantalProvincie": -1, "reden": "x"}, 400, None),
        ({"plekkenGemeente": 1.5, "reden": "x"}, 400, None),
        ({"titel": ""}, 400, None),
        ({}, 409, None),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_place_and_leaves_nothing(
    utrecht: Program, changed: dict[str, object], status: int, where: str | None
) -> None:
    answer = utrecht.post("plaatsenuitkeringen", ASKED | changed)
    assert answer.status_code == status, answer.content
    if where is not None:
        assert [one["location"] for one in answer.json()["errors"]] == [where]
    assert not MoneyFileRow.objects.exists()


def test_who_makes_no_places_asks_nothing(utrecht: Program, program: Asking) -> None:
    read(utrecht.get("gelddossiers"))
    for who in (program(Role.COA), program(Role.MINISTRY), Program("")):
        assert who.post("plaatsenuitkeringen", ASKED).status_code == 403
        assert who.post("plaatsenuitkeringen/_toets", ASKED).status_code == 403
