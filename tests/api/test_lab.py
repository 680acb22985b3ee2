"""The policy lab through the API: asked once, followed, read; and its registers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, new_key, read
from small_country import TODAY, UTRECHT

from eenthuis import reference
from eenthuis.lab import MEASURES, PLACE_MEASURES, PROVINCE_MEASURES
from eenthuis.reference.policy import lab_parameters, levers
from eenthuis.services import lab_work
from eenthuis.store.lab_models import LabRunRow
from eenthuis.terms.access import Role

pytestmark = pytest.mark.django_db
Asking = Callable[..., Program]
RUNS = "beleidslab/doorrekeningen"
BY_WEIGHTS = {"hefboom": "distribution_key", "waarde": "own-weights"}
AMSTERDAM = {"gemeenteCode": "GM0363", "gewicht": 1}
ASKED = {"basis": {"uit": "today"}, "scenario": {"uit": "as-advised"}, "toekomsten": 3, "halfjaren": 2}


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a program of a role."""
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return lambda role, place="": Program(new_key(role, place).secret)


def test_a_question_is_asked_once_followed_and_read(program: Asking) -> None:
    utrecht, anyone = program(Role.MUNICIPALITY, UTRECHT), Program("")
    answer = utrecht.post(RUNS, ASKED)
    made = read(answer, 201)
    assert (made["stand"], made["gedaan"], made["totaal"], made["bestanden"]) == ("waiting", 0, 3, [])
    assert answer["Location"].endswith(made["adres"])
    again = read(program(Role.COA).post(RUNS, ASKED))
    assert again["adres"] == made["adres"]
    assert LabRunRow.objects.count() == 1
    where = f"{RUNS}/{made['adres']}"
    assert anyone.get(f"{where}/uitkomsten").status_code == 404
    lab_work.work_once("w")
    done = read(anyone.get(where))
    assert done["stand"] == "done"
    assert {"naam": "fan.csv", "adres": f"/beleidslab/{made['adres']}/fan.csv"} in done["bestanden"]
    nation = read(anyone.get(f"{where}/uitkomsten?maat=people-waiting"))
    assert [(one["scenario"], one["halfjaar"]) for one in nation] == [
        ("today", "2026-I"), ("today", "2026-II"), ("as-advised", "2026-I"), ("as-advised", "2026-II"),
    ]  # fmt: skip
    assert nation[0]["verschil"] is None
    assert [one["deel"] for one in nation[2]["verschilKwantielen"]] == [0.05, 0.25, 0.5, 0.75, 0.95]
    provinces = anyone.get(f"{where}/uitkomsten?gebied=provincies&pageSize=400")
    assert len(read(provinces)) == int(provinces["X-Total-Count"]) == 2 * 2 * 12
    places = anyone.get(f"{where}/uitkomsten?gebied=gemeenten&maat=rung&page=28")
    assert int(places["X-Total-Count"]) == 2 * 2 * 342
    assert read(places)[-1]["verschilKwantielen"] == []
    assert anyone.get(f"{where}/uitkomsten?gebied=gemeenten&maat=permits").status_code == 404
    assert anyone.get(f"{where}/waarde").status_code == 404
    assert read(anyone.get(RUNS))[0]["adres"] == made["adres"]


def test_the_same_request_twice_is_answered_from_the_first(program: Asking) -> None:
    coa = program(Role.COA)
    first = coa.post(RUNS, ASKED, Idempotency_Key="one-and-only")
    again = coa.post(RUNS, ASKED, Idempotency_Key="one-and-only")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotency-Replayed"] == "true"
    assert first.content == again.content


def test_weights_of_ones_own_are_asked_and_read(program: Asking) -> None:
    weights = [
        {"gemeenteCode": str(one.code), "gewicht": 1.5 if one.code == "GM0363" else 1}
        for one in reference.municipalities(reference.reference_dates()[-1])
    ]
    own = {"naam": "naar banen", "hefbomen": [BY_WEIGHTS], "gewichten": weights}
    made = read(program(Role.COA).post(RUNS, ASKED | {"scenario": own}), 201)
    kept = {one["gemeenteCode"]: one["gewicht"] for one in made["scenarios"][1]["gewichten"]}
    assert kept == {str(one["gemeenteCode"]): one["gewicht"] for one in weights}
    assert made["scenarios"][0]["gewichten"] == []


def test_levers_worth_and_the_past_are_read(program: Asking) -> None:
    coa, anyone = program(Role.COA), Program("")
    own = {
        "naam": "meer flex",
        "hefbomen": [
            {"hefboom": "flex_homes_a_year", "waarde": 9000},
            {"hefboom": "urgency_duty", "waarde": True},
        ],
    }
    tornado = read(coa.post(RUNS, ASKED | {"soort": "tornado", "scenario": own}), 201)
    assert {one["hefboom"]: one["waarde"] for one in tornado["scenarios"][1]["hefbomen"]} == {
        "flex_homes_a_year": 9000.0,
        "urgency_duty": True,
    }
    worth = read(coa.post(RUNS, ASKED | {"soort": "worth", "toekomsten": 100}), 201)
    while lab_work.work_once("w") is not None:
        pass
    effects = read(anyone.get(f"{RUNS}/{tornado['adres']}/effecten?maat=backlog&pageSize=400"))
    assert {"urgency_duty", "flex_homes_a_year", "all", "together"} == {one["hefboom"] for one in effects}
    found = read(anyone.get(f"{RUNS}/{worth['adres']}/waarde?maat=people-waiting&pageSize=400"))
    assert {"flex_a_year", "together", "everything"} <= {one["parameter"] for one in found}
    assert all(one["waarde"] >= 0 and one["maat"] == "people-waiting" for one in found)
    everything = anyone.get(f"{RUNS}/{worth['adres']}/waarde")
    assert int(everything["X-Total-Count"]) > len(found)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"scenario": {"uit": "today"}}, 409),
        ({"scenario": {"uit": "nergens"}}, 400),
        ({"scenario": {"hefbomen": [{"hefboom": "flex", "waarde": 1}]}}, 400),
        ({"scenario": {"hefbomen": [{"hefboom": "flex_share", "waarde": 7}]}}, 409),
        ({"scenario": {"hefbomen": [{"hefboom": "urgency_duty", "waarde": "ja"}]}}, 409),
        (
            {"scenario": {"naam": "as-advised", "hefbomen": [{"hefboom": "urgency_duty", "waarde": True}]}},
            409,
        ),
        ({"scenario": {"hefbomen": [BY_WEIGHTS], "gewichten": []}}, 409),
        ({"scenario": {"hefbomen": [BY_WEIGHTS], "gewichten": [AMSTERDAM]}}, 409),
        ({"scenario": {"hefbomen": [BY_WEIGHTS], "gewichten": [AMSTERDAM | {"gewicht": -1}]}}, 400),
        ({"soort": "worth", "toekomsten": 99}, 409),
        ({"toekomsten": 5001}, 400),
        ({"soort": "past"}, 400),
    ],
)
def test_a_wrong_question_is_refused_and_nothing_is_asked(
    program: Asking, wrong: dict[str, object], status: int
) -> None:
    answer = program(Role.COA).post(RUNS, ASKED | wrong)
    assert answer.status_code == status, answer.content
    assert not LabRunRow.objects.exists()


def test_work_is_measured_when_it_is_asked_with_scores(program: Asking) -> None:
    rows = [{"personen": persons, "metWerk": 0.5} for persons in range(1, 9)]
    work = {"bron": "a trial", "isVerzonnen": True, "rijen": rows}
    run = read(program(Role.COA).post(RUNS, ASKED | {"kansenOpWerk": work}), 201)
    assert run["kansenOpWerk"]["isVerzonnen"] is True
    assert run["kansenOpWerk"]["controlegetal"].startswith("sha256:")
    plain = read(program(Role.COA).post(RUNS, ASKED), 201)
    assert plain["kansenOpWerk"] is None
    while lab_work.work_once("w") is not None:
        pass
    anyone = Program("")
    for area in ("land", "provincies", "gemeenten"):
        where = f"uitkomsten?maat=work&gebied={area}"
        assert read(anyone.get(f"{RUNS}/{run['adres']}/{where}"))[0]["kwantielen"][0]["waarde"] > 0
        assert anyone.get(f"{RUNS}/{plain['adres']}/{where}").status_code == 404


@pytest.mark.parametrize(
    "rows",
    [
        [{"personen": 1, "metWerk": 2}],
        [{"personen": 1, "metWerk": 0.5}],
        [{"gemeenteCode": "GM9999", "personen": 1, "metWerk": 0.5}],
    ],
)
def test_scores_that_cannot_be_are_refused(program: Asking, rows: list[dict[str, object]]) -> None:
    answer = program(Role.COA).post(RUNS, ASKED | {"kansenOpWerk": {"bron": "x", "rijen": rows}})
    assert answer.status_code == 409
    assert not LabRunRow.objects.exists()


def test_the_public_does_not_ask() -> None:
    assert Program("").post(RUNS, ASKED).status_code == 403


def test_the_registers_are_whole() -> None:
    anyone = Program("")
    assert [one["hefboom"] for one in read(anyone.get("beleidslab/hefbomen"))] == list(levers())
    parameters = read(anyone.get("beleidslab/parameters"))
    assert [one["parameter"] for one in parameters] == list(lab_parameters())
    assert all(one["minimum"] <= one["waarde"] <= one["maximum"] and one["bron"] for one in parameters)
    measures = read(anyone.get("beleidslab/maten"))
    assert len(measures) == len(MEASURES) + len(PROVINCE_MEASURES) + len(PLACE_MEASURES) + 4, "work in four"
    assert all(one["betekenis"] and one["eenheid"] for one in measures)
    assert read(anyone.get("beleidslab/scenarios"))[0] == {"naam": "today", "hefbomen": [], "gewichten": []}
