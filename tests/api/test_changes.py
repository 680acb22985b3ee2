"""Mending households by program: steps corrected, households merged and split, on what was seen and done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from keyed import Program, new_key, read
from small_country import HALF_YEAR, ISLAND, TODAY, UTRECHT

from eenthuis.store.models import HouseholdRow, JournalRow, WayStepRow
from eenthuis.store.processing_models import ProcessingLogRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
DAY = TODAY.isoformat()


@pytest.fixture
def program(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Asking:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", DAY)
    return lambda role, place="": Program(new_key(role, place).secret)


def number(name: str) -> str:
    return str(HouseholdRow.objects.get(pk=name).number)


def seen(who: Program, household: str) -> str:
    return str(who.get(f"huishoudens/{household}/stappen")["ETag"])


def talked(coa: Program, household: str) -> Any:
    path = f"huishoudens/{household}/stappen"
    done = {"soort": "talk-held", "stapDatum": DAY}
    return read(coa.post(path, done, If_Match=seen(coa, household)), 201)


def test_a_step_is_mended_and_then_struck_out_and_every_row_stays(program: Asking) -> None:
    coa, household = program(Role.COA), number("PE-000003")
    (step,) = talked(coa, household)["stappen"]
    path = f"huishoudens/{household}/stappen/{step['nummer']}/correcties"
    body = {"stapDatum": "2026-03-01", "reden": "een dag eerder"}
    read(coa.post(path, body), 428)
    version = seen(coa, household)
    mended = read(coa.post(path, body, If_Match=version), 201)
    assert [one["stapDatum"] for one in mended["stappen"]] == ["2026-03-01"]
    assert read(coa.post(path, body, If_Match=version), 412)["code"] == "API-03"
    gone = f"huishoudens/{household}/stappen/{mended['stappen'][0]['nummer']}/correcties"
    ahead = coa.post(gone, {"stapDatum": "2030-01-01", "reden": "typefout"}, If_Match=seen(coa, household))
    assert read(ahead, 409)["code"] == "STA-09"
    way = read(coa.post(gone, {"reden": "nooit gehouden"}, If_Match=seen(coa, household)), 201)
    assert (way["fase"], way["stappen"]) == ("permit", [])
    assert WayStepRow.objects.filter(household="PE-000003").count() == 3
    assert JournalRow.objects.filter(action="correct-step").count() == 2
    read(coa.post(gone, {"reden": "nog eens"}, If_Match=seen(coa, household)), 404)


def test_a_municipality_corrects_its_own_steps_only(program: Asking, proposal: int) -> None:
    coa, utrecht, island = (program(Role.COA), program(Role.MUNICIPALITY, UTRECHT),
        program(Role.MUNICIPALITY, ISLAND))  # fmt: skip
    household = number("PE-000001")
    (talk,) = talked(coa, household)["stappen"]
    read(coa.post("koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": household}), 201)
    path = f"huishoudens/{household}/stappen/{talk['nummer']}/correcties"
    read(utrecht.post(path, {"reden": "x"}, If_Match=seen(utrecht, household)), 404)
    read(island.post(path, {"reden": "x"}, If_Match="*"), 404)
    read(program(Role.MINISTRY).post(path, {"reden": "x"}, If_Match="*"), 403)


def merger(coa: Program, household: str, *others: str) -> Any:
    versions = [
        {"huishoudenNummer": one, "versie": seen(coa, one).strip('"')} for one in others if one != household
    ]
    return {"metHuishoudens": versions, "dossiernummer": "PE-900001", "stapDatum": DAY, "reden": "gezin"}


def test_households_are_merged_once_and_what_was_seen_counts_for_each(program: Asking) -> None:
    coa, one, other = program(Role.COA), number("PE-000003"), number("PE-000004")
    body, version = merger(coa, one, other), seen(coa, one)
    path = f"huishoudens/{one}/samenvoegingen"
    talked(coa, other)
    assert read(coa.post(path, body, If_Match=version), 412)["code"] == "API-03"
    body = merger(coa, one, other)
    made = coa.post(path, body, "samen-0001", If_Match=version)
    household = read(made, 201)
    assert (household["dossiernummer"], household["aantalPersonen"]) == ("PE-900001", 7)
    assert made["Location"] == f"/api/v1/huishoudens/{household['nummer']}"
    again = coa.post(path, body, "samen-0001", If_Match=version)
    assert again["Idempotency-Replayed"] == "true"
    assert read(again, 201) == household
    assert HouseholdRow.objects.filter(pk="PE-900001").count() == 1
    assert read(coa.get(f"huishoudens/{one}/stappen"))["fase"] == "dissolved"
    late = coa.post(path, merger(coa, one, other), If_Match=seen(coa, one))
    assert read(late, 409)["code"] in {"STA-01", "STA-06"}


def test_a_household_merges_with_no_copy_of_itself_and_not_when_linked(
    program: Asking, proposal: int
) -> None:
    coa, one, linked = program(Role.COA), number("PE-000003"), number("PE-000001")
    path = f"huishoudens/{one}/samenvoegingen"
    itself = {"huishoudenNummer": one, "versie": seen(coa, one).strip('"')}
    alone = merger(coa, one) | {"metHuishoudens": [itself]}
    assert read(coa.post(path, alone, If_Match=seen(coa, one)), 409)["code"] == "STA-06"
    read(coa.post("koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": linked}), 201)
    refused = coa.post(path, merger(coa, one, linked), If_Match=seen(coa, one))
    assert read(refused, 409)["code"] == "STA-06"
    assert not HouseholdRow.objects.filter(pk="PE-900001").exists()
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    read(utrecht.post(path, merger(coa, one, linked), If_Match="*"), 403)


def test_a_household_is_split_by_the_ranks_of_its_members(program: Asking) -> None:
    coa, household = program(Role.COA), number("PE-000004")
    members = read(coa.get(f"huishoudens/{household}/leden"))
    assert [one["volgnummer"] for one in members] == [1, 2, 3, 4]
    assert ProcessingLogRow.objects.filter(activity="list-members", household="PE-000004").count() == 1
    path = f"huishoudens/{household}/splitsingen"

    def parts(*ranks: list[int], name: str = "PE-90000{}") -> dict[str, object]:
        told = [{"dossiernummer": name.format(at), "leden": list(one)} for at, one in enumerate(ranks)]
        return {"delen": told, "stapDatum": DAY, "reden": "uit elkaar"}

    for wrong in (parts([1, 2], [3]), parts([1, 2], [2, 3, 4]), parts([1, 2, 3], [4, 9])):
        assert read(coa.post(path, wrong, If_Match=seen(coa, household)), 409)["code"] == "STA-06"
    same = parts([1, 2], [3, 4], name="PE-900000")
    assert read(coa.post(path, same, If_Match=seen(coa, household)), 409)["code"] == "STA-01"
    done = read(coa.post(path, parts([1, 2, 3], [4]), If_Match=seen(coa, household)), 201)
    assert [one["aantalPersonen"] for one in done["huishoudens"]] == [3, 1]
    assert read(coa.get(f"huishoudens/{household}/stappen"))["fase"] == "dissolved"
    read(program(Role.AUDITOR).get(f"huishoudens/{household}/leden"), 403)


def test_relatives_are_awaited_and_a_household_changes_centre(program: Asking) -> None:
    coa, household = program(Role.COA), number("PE-000003")
    path = f"huishoudens/{household}/stappen"

    def step(status: int = 201, **more: object) -> Any:
        return read(coa.post(path, {"stapDatum": DAY} | more, If_Match=seen(coa, household)), status)

    assert step(soort="relatives-awaited")["wachtOpNareizigers"] is True
    assert step(soort="relatives-wait-ended", reden="aangekomen")["wachtOpNareizigers"] is False
    assert "centre" in step(409, soort="centre-changed")["detail"]
    step(404, soort="centre-changed", opvanglocatieCode="OL-999")
    assert step(409, soort="centre-changed", opvanglocatieCode="OL-001")["code"] == "STA-06"


def test_registered_swaps_are_listed_for_everyone(program: Asking) -> None:
    ministry, anyone = program(Role.MINISTRY), Program()
    assert read(anyone.get("uitruilen")) == []
    body = {
        "halfjaar": str(HALF_YEAR),
        "besluitDatum": DAY,
        "kenmerk": "besluit 7",
        "wijzigingen": [{"gemeenteCode": UTRECHT, "aantal": 1}, {"gemeenteCode": ISLAND, "aantal": -1}],
    }
    read(ministry.post("uitruilen", body), 201)
    (listed,) = read(anyone.get(f"uitruilen?halfjaar={HALF_YEAR}&gemeenteCode={ISLAND}"))
    assert listed["kenmerk"] == "besluit 7"
    assert {part["gemeenteCode"]: part["aantal"] for part in listed["wijzigingen"]} == {
        ISLAND: -1,
        UTRECHT: 1,
    }
    path = f"uitruilen/{listed['nummer']}"
    answer = anyone.get(path)
    assert read(answer) == listed
    assert anyone.get(path, If_None_Match=answer["ETag"]).status_code == 304
    assert read(anyone.get("uitruilen?halfjaar=2025-II")) == []
    read(anyone.get("uitruilen/999"), 404)
