"""Files of money through the API: costs handed in once, evidence added, read within reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, read
from money_examples import CUT, KADE, kade
from small_country import ISLAND, MINISTRY, TODAY, UTRECHT

from eenthuis.services.money_files import take_step
from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow
from eenthuis.terms.access import Role
from eenthuis.terms.money_files import MoneyFileId, MoneyStep, MoneyStepKind

Asking = Callable[..., Program]
LINES: list[dict[str, object]] = [
    {
        "soort": "rent",
        "omschrijving": "huur",
        "bedragCenten": 100_000_000,
        "bewijs": "contract",
        "vindplaats": "zaak 12",
    },
    {
        "soort": "staff",
        "omschrijving": "beheer",
        "bedragCenten": 25_000_033,
        "bewijs": "payroll",
        "vindplaats": "zaak 13",
    },
]
COSTS: dict[str, object] = {
    "gemeenteCode": UTRECHT,
    "titel": "Opvang verzonnen kade",
    "locatie": KADE,
    "eersteDatum": "2025-01-01",
    "laatsteDatum": "2025-12-31",
    "regels": LINES,
}


@pytest.fixture(autouse=True)
def _site(program: Asking) -> Asking:
    kade()
    return program


def test_costs_are_handed_in_once_and_read_within_reach(program: Asking) -> None:
    utrecht, island = program(Role.MUNICIPALITY, UTRECHT), program(Role.MUNICIPALITY, ISLAND)
    for _ in range(2):
        made = utrecht.post("gelddossiers", COSTS, key="declaratie-2025-1")
        read(made, 201)
        assert (made.status_code, made["Location"]) == (201, "/api/v1/gelddossiers/G-0000001")
    assert MoneyFileRow.objects.count() == 1
    take_step(
        actor=MINISTRY,
        identifier=MoneyFileId("G-0000001"),
        step=MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=CUT),
        today=TODAY,
    )
    shown = read(utrecht.get("gelddossiers/G-0000001"))
    assert (shown["stand"], shown["gevraagdCenten"], shown["toegekendCenten"]) == (
        "checked",
        125_000_033,
        None,
    )
    assert [line["goedBevondenCenten"] for line in shown["regels"]] == [100_000_000, 20_000_000]
    assert [one["nummer"] for one in read(program(Role.MINISTRY).get("gelddossiers"))] == ["G-0000001"]
    assert read(island.get("gelddossiers")) == []
    read(island.get("gelddossiers/G-0000001"), 404)
    proof = {"soort": "payroll", "vindplaats": "zaak 14", "sha256": "0" * 64}
    assert read(utrecht.post("gelddossiers/G-0000001/bewijzen", proof), 201)["stand"] == "asked"
    read(island.post("gelddossiers/G-0000001/bewijzen", proof), 404)


def test_costs_that_cannot_be_used_leave_nothing(program: Asking) -> None:
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    wrong: tuple[dict[str, object], ...] = (
        {"titel": ""},
        {"locatie": "Verzonnen kade"},
        {"regels": []},
        {"laatsteDatum": "2024-01-01"},
        {"regels": [LINES[0] | {"bedragCenten": 10.5}]},
    )
    for changes in wrong:
        assert utrecht.post("gelddossiers", COSTS | changes).status_code in {400, 409, 422}
    assert utrecht.post("gelddossiers", COSTS | {"gemeenteCode": ISLAND}).status_code == 404
    assert not MoneyFileRow.objects.exists()
    assert not MoneyStepRow.objects.exists()
