"""Projects of flex homes and figures on liveability through the API: kept by their own, corrected by new rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import ASSOCIATION, Program, read
from small_country import ISLAND, UTRECHT

from eenthuis.store.flex_models import LiveabilityRow
from eenthuis.store.models import FlexProjectRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
PROJECT: dict[str, object] = {
    "gemeenteCode": UTRECHT,
    "naam": "Kade",
    "regeling": "sft-2023",
    "aanvraagDatum": "2024-04-02",
    "woningen": 40,
    "voorStatushouders": 10,
    "extraVoorOntheemden": 2,
    "opleverDatum": "2025-03-01",
    "jaren": 10,
}
FIGURE: dict[str, object] = {
    "maat": "satisfied",
    "meetDatum": "2026-02-01",
    "waardeTienden": 715,
    "gemetenDoor": "Bureau Meting",
    "bron": "rapport 12",
}
ADDRESS = "flexprojecten/F-0000001"
FIGURES = f"{ADDRESS}/leefbaarheidscijfers"


@pytest.fixture
def owner(program: Asking) -> Program:
    """Return a program of the housing association that owns a project in Utrecht."""
    one = program(Role.HOUSING_ASSOCIATION, UTRECHT)
    assert read(one.post("flexprojecten", PROJECT), 201)["nummer"] == "F-0000001"
    return one


def test_a_project_shows_its_shares_and_what_it_does_for_the_target(program: Asking, owner: Program) -> None:
    shown = read(owner.get(ADDRESS))
    assert (shown["eigenaar"], shown["bestemdVoor"]["status-holders"], shown["geenAandeelOmdat"]) == (
        ASSOCIATION,
        10,
        None,
    )
    assert shown["gevolg"] == [
        {"halfjaar": "2025-I", "opgeleverd": 10, "beeindigd": 0},
        {"halfjaar": "2035-I", "opgeleverd": 0, "beeindigd": 10},
    ]
    binding = next(one for one in shown["aandelen"] if one["geldt"] == "binding")
    assert (binding["telt"], binding["grens"], binding["ruimte"], binding["isGehaald"]) == (12, 12, 0, True)
    for reader in (program(Role.MUNICIPALITY, UTRECHT), program(Role.COA), program(Role.PROVINCE, "PV26")):
        assert read(reader.get("flexprojecten")) == [shown]
    assert read(owner.get(f"flexprojecten?gemeenteCode={ISLAND}")) == []


def test_a_project_of_somebody_else_is_not_found_and_another_role_keeps_none(
    program: Asking, owner: Program
) -> None:
    read(owner.post(FIGURES, FIGURE), 201)
    others = (
        program(Role.MUNICIPALITY, ISLAND),
        program(Role.HOUSING_ASSOCIATION, ISLAND, association="Ander Wonen"),
    )
    body = {name: value for name, value in PROJECT.items() if name != "gemeenteCode"} | {"reden": "x"}
    for other in others:
        assert read(other.get("flexprojecten")) == []
        for path in (ADDRESS, FIGURES):
            assert read(other.get(path), 404)["code"] == "ACC-02"
        read(other.put(ADDRESS, body, If_Match="*"), 404)
        read(other.post(FIGURES, FIGURE), 404)
        for path in (ADDRESS, f"{FIGURES}/1"):
            read(other.post(f"{path}/intrekkingen", {"reden": "x"}), 404)
        read(other.post(f"{FIGURES}/1/verbeteringen", FIGURE | {"reden": "x"}), 404)
    read(others[0].post("flexprojecten", PROJECT), 404)
    coa = program(Role.COA)
    read(coa.post("flexprojecten", PROJECT), 403)
    read(coa.post(FIGURES, FIGURE), 403)
    read(Program().get("flexprojecten"), 403)
    assert (FlexProjectRow.objects.count(), LiveabilityRow.objects.count()) == (1, 1)


def test_a_project_changes_from_what_was_seen_and_is_withdrawn_once(program: Asking, owner: Program) -> None:
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    body = {name: value for name, value in PROJECT.items() if name != "gemeenteCode"}
    body |= {"woningen": 60, "reden": "derde blok"}
    seen = utrecht.get(ADDRESS)["ETag"]
    read(utrecht.put(ADDRESS, body), 428)
    changed = read(utrecht.put(ADDRESS, body, If_Match=seen))
    assert (changed["woningen"], changed["eigenaar"]) == (60, ASSOCIATION)
    read(owner.put(ADDRESS, body, If_Match=seen), 412)
    more = body | {"voorStatushouders": 61}
    assert read(owner.put(ADDRESS, more, If_Match="*"), 409)["code"] == "STA-01"
    read(owner.put(ADDRESS, body | {"regeling": "bestaat-niet"}, If_Match="*"), 404)
    gone = [owner.post(f"{ADDRESS}/intrekkingen", {"reden": "gaat niet door"}, key="weg-ermee") for _ in "12"]
    assert [read(one, 201) for one in gone] == [changed, changed]
    read(owner.post(f"{ADDRESS}/intrekkingen", {"reden": "nog eens"}), 404)
    read(owner.get(ADDRESS), 404)


def test_figures_are_recorded_corrected_and_withdrawn_as_rows_of_their_own(owner: Program) -> None:
    first = [read(owner.post(FIGURES, FIGURE, key="meting-2026-2"), 201) for _ in "12"]
    assert first[0] == first[1]
    assert (first[0]["waardeTienden"], first[0]["eenheid"]) == (715, "percent")
    twice = read(owner.post(FIGURES, FIGURE | {"waardeTienden": 3}), 409)
    assert twice["code"] == "STA-01"
    path = f"{FIGURES}/{first[0]['volgnummer']}"
    wrong = read(owner.post(f"{path}/verbeteringen", FIGURE | {"waardeTienden": 1001, "reden": "x"}), 409)
    assert [one["location"] for one in wrong["errors"]] == ["#/waardeTienden"]
    better = FIGURE | {"waardeTienden": 175, "reden": "cijfers verwisseld"}
    second = read(owner.post(f"{path}/verbeteringen", better), 201)
    assert read(owner.get(FIGURES)) == [second]
    for act, body in (("verbeteringen", better), ("intrekkingen", {"reden": "x"})):
        assert read(owner.post(f"{path}/{act}", body), 409)["code"] == "STA-06"
    path = f"{FIGURES}/{second['volgnummer']}"
    assert read(owner.post(f"{path}/intrekkingen", {"reden": "ander project"}), 201) == second
    assert read(owner.get(FIGURES)) == []
    assert LiveabilityRow.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"maat": "geluk"}, 400),
        ({"waardeTienden": 71.5}, 400),
        ({"waardeTienden": -1}, 400),
        ({"waardeTienden": 1001}, 409),
        ({"gemetenDoor": " "}, 400),
        ({"bron": "x" * 201}, 400),
        ({"meetDatum": "2026-03-04"}, 409),
        ({"meetDatum": "01-02-2026"}, 400),
    ],
)
def test_a_figure_that_cannot_be_is_refused(owner: Program, wrong: dict[str, object], status: int) -> None:
    read(owner.post(FIGURES, FIGURE | wrong), status)
    assert not LiveabilityRow.objects.exists()
