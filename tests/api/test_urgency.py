"""Urgency schemes and schemes that pay through the API: read by all, entered by each municipality for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, read
from small_country import ISLAND, UTRECHT

from eenthuis.store.models import UrgencySchemeRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
ADDRESS = f"urgentieregelingen/{UTRECHT}"
ENTERED: dict[str, object] = {
    "eersteDatum": "2026-01-01",
    "heeftRegeling": True,
    "noemtStatushouders": False,
    "bepaling": "none",
    "groepen": ["b", "a"],
    "volgorde": ["first-deadline", "with-children"],
    "bron": "Huisvestingsverordening 2026",
}


def test_a_municipality_enters_what_it_has_once_and_all_read_what_is_lacking(program: Asking) -> None:
    utrecht, anyone = program(Role.MUNICIPALITY, UTRECHT), Program()
    made = [read(utrecht.post(ADDRESS, ENTERED, key="verordening-2026"), 201) for _ in "12"]
    assert made[0] == made[1]
    (shown,) = read(anyone.get("urgentieregelingen?peildatum=2026-03-03"))
    assert shown == made[0]
    assert (shown["groepen"], shown["volgorde"], shown["laatsteDatum"]) == (
        ["a", "b"],
        ["first-deadline", "with-children"],
        None,
    )
    assert "no-target-provision" in {one["tekortkoming"] for one in shown["tekortkomingen"]}
    assert read(anyone.get(ADDRESS)) == [shown]
    figures = read(anyone.get("urgentiecijfers"))
    assert (
        figures["ingevuld"],
        figures["metRegeling"]["geteld"],
        figures["statushoudersGeschrapt"]["van"],
    ) == (
        1,
        1,
        1,
    )
    assert read(anyone.get("urgentieregelingen?peildatum=2025-12-31")) == []
    read(anyone.get("urgentieregelingen?peildatum=1950-01-01"), 404)
    assert read(anyone.get("urgentieregelingen/GM9999"), 404)["code"] == "REF-01"


def test_a_correction_asks_a_reason_and_a_later_day_ends_the_earlier_one(program: Asking) -> None:
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    read(utrecht.post(ADDRESS, ENTERED), 201)
    assert read(utrecht.post(ADDRESS, ENTERED), 409)["code"] == "STA-01"
    better = ENTERED | {"noemtStatushouders": True}
    unsaid = read(utrecht.post(ADDRESS, better), 409)
    assert [(one["location"], one["code"]) for one in unsaid["errors"]] == [("#/reden", "INP-04")]
    read(utrecht.post(ADDRESS, better | {"reden": "verkeerd overgenomen"}), 201)
    read(utrecht.post(ADDRESS, better | {"eersteDatum": "2026-02-01", "heeftRegeling": False}), 201)
    entries = [(one["eersteDatum"], one["laatsteDatum"]) for one in read(utrecht.get(ADDRESS))]
    assert entries == [("2026-02-01", None), ("2026-01-01", "2026-01-31")]
    assert UrgencySchemeRow.objects.count() == 3


def test_nobody_enters_for_another_and_another_role_enters_none(program: Asking) -> None:
    read(program(Role.MUNICIPALITY, ISLAND).post(ADDRESS, ENTERED), 404)
    for other in (program(Role.MINISTRY), program(Role.COA), program(Role.PROVINCE, "PV26"), Program()):
        read(other.post(ADDRESS, ENTERED), 403)
    narrow = program(Role.MUNICIPALITY, UTRECHT, scopes=("see-homes",))
    read(narrow.post(ADDRESS, ENTERED), 403)
    assert not UrgencySchemeRow.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"eersteDatum": "2026-13-01"}, 400),
        ({"eersteDatum": "1950-01-01"}, 404),
        ({"groepen": ["z"]}, 400),
        ({"heeftRegeling": "ja"}, 400),
        ({"bron": ""}, 400),
        ({"volgorde": ["with-children", "with-children"]}, 409),
        ({"gemeenteCode": ISLAND}, 400),
    ],
)
def test_what_cannot_be_entered_leaves_nothing(
    program: Asking, wrong: dict[str, object], status: int
) -> None:
    read(program(Role.MUNICIPALITY, UTRECHT).post(ADDRESS, ENTERED | wrong), status)
    assert not UrgencySchemeRow.objects.exists()


@pytest.mark.django_db
def test_schemes_are_read_with_conditions_sources_and_overlaps() -> None:
    anyone = Program()
    on = "peildatum=2022-10-01"
    pairs = read(anyone.get(f"regelingen/overlappingen?{on}"))
    assert [(one["eersteCode"], one["tweedeCode"]) for one in pairs] == [("rha-2022", "sft-2022")]
    held = {one["code"]: one for one in read(anyone.get(f"regelingen?{on}"))}
    assert held["sft-2022"] == read(anyone.get(f"regelingen/sft-2022?{on}"))
    assert held["sft-2022"]["bronnen"]
    asked = read(anyone.get("regelingen/sft-2025?peildatum=2026-03-03"))["voorwaarden"]
    assert ("months-to-start", "most") in {(one["feit"], one["soort"]) for one in asked}
    assert read(anyone.get("regelingen/sft-1900"), 404)["code"] == "ACC-02"
    read(anyone.get("regelingen?peildatum=morgen"), 400)
