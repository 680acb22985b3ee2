"""Transit locations through the API: kept by their municipality, read by who takes part, all stays or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, read
from small_country import ISLAND, UTRECHT

from eenthuis.store.money_models import MoneyFileRow
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
FAR = "GM0363"
SITE: dict[str, object] = {
    "gemeenteCode": UTRECHT,
    "naam": "Verzonnen kade",
    "plaatsen": 3,
    "eersteDatum": "2026-01-10",
    "laatsteDatum": "2026-04-30",
    "deelnemers": [ISLAND, UTRECHT],
}
HERE = {
    "persoonNummer": "1",
    "gemeenteCode": UTRECHT,
    "eersteDatum": "2026-01-10",
    "laatsteDatum": "2026-01-19",
}
ELSEWHERE = {
    "persoonNummer": "2",
    "gemeenteCode": ISLAND,
    "eersteDatum": "2026-01-10",
    "dossiernummer": "PE-000001",
}
ADDRESS = "doorstroomlocaties/T-0000001"


@pytest.fixture
def utrecht(program: Asking) -> Program:
    """Return a program of the municipality that keeps a site."""
    one = program(Role.MUNICIPALITY, UTRECHT)
    made = one.post("doorstroomlocaties", SITE)
    assert read(made, 201)["deelnemers"] == [ISLAND]
    assert made["Location"] == f"/api/v1/{ADDRESS}"
    return one


def test_a_month_of_stays_is_counted_billed_and_asked_once(utrecht: Program) -> None:
    taken = read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": [HERE, ELSEWHERE]}), 201)
    assert taken["mensenNu"] == 1
    assert read(utrecht.get("doorstroomlocaties")) == [taken]
    months = read(utrecht.get(f"{ADDRESS}/maanden"))
    first = {"maand": "2026-01", "betaaldeDagen": 32, "waarvanEldersGekoppeld": 22, "bedragCenten": 209_600}
    assert months[0] == first | {"gelddossierNummer": None}
    assert [one["maand"] for one in months] == ["2026-01", "2026-02", "2026-03"]
    days = utrecht.get(f"{ADDRESS}/dagen?pageSize=2")
    assert read(days) == [
        {"dagDatum": "2026-01-10", "mensen": 2, "betaald": 2},
        {"dagDatum": "2026-01-11", "mensen": 2, "betaald": 2},
    ]
    assert days["X-Total-Count"] == "53"
    used = read(utrecht.get(f"{ADDRESS}/gebruik"))
    assert (used["gekoppeldAan"], used["bedragVandaagCenten"]) == (
        [{"gemeenteCode": ISLAND, "mensen": 1}],
        6800,
    )
    for _ in range(2):
        asked = utrecht.post(f"{ADDRESS}/declaraties", {"maand": "2026-01"}, key="januari-2026")
        assert read(asked, 201)["gevraagdCenten"] == 209_600
    assert read(utrecht.post(f"{ADDRESS}/declaraties", {"maand": "2026-01"}), 409)["code"] == "STA-01"
    assert read(utrecht.post(f"{ADDRESS}/declaraties", {"maand": "2026-03"}), 409)["code"] == "STA-06"
    assert MoneyFileRow.objects.count() == 1
    assert read(utrecht.get(f"{ADDRESS}/maanden"))[0]["gelddossierNummer"] == "G-0000001"
    counts = read(Program().get("doorstroomlocaties/aantallen"))
    assert counts == {"locaties": 1, "plaatsen": 3, "mensen": None}, "one person is too few to show"


def test_who_takes_part_reads_and_for_others_there_is_no_such_site(program: Asking, utrecht: Program) -> None:
    island, far = program(Role.MUNICIPALITY, ISLAND), program(Role.MUNICIPALITY, FAR)
    for reader in (utrecht, island, program(Role.COA), program(Role.MINISTRY)):
        assert read(reader.get(ADDRESS))["naam"] == "Verzonnen kade"
    missing = [read(far.get(f"{ADDRESS}{part}"), 404) for part in ("", "/gebruik", "/dagen", "/maanden")]
    missing.append(read(far.get("doorstroomlocaties/T-7654321"), 404))
    assert len({(one["code"], one["detail"]) for one in missing}) == 1, "as if there were none"
    assert read(far.get("doorstroomlocaties")) == []
    change = {"plaatsen": 9, "laatsteDatum": None, "reden": "x"}
    for writer in (island, far):
        read(writer.put(ADDRESS, change, If_Match="*"), 404)
        read(writer.post(f"{ADDRESS}/verblijven", {"verblijven": [HERE]}), 404)
        read(writer.post(f"{ADDRESS}/declaraties", {"maand": "2026-01"}), 404)
        read(writer.post("doorstroomlocaties", SITE), 404)
    coa, anyone = program(Role.COA), Program()
    for writer in (coa, anyone):
        read(writer.post(f"{ADDRESS}/verblijven", {"verblijven": [HERE]}), 403)
    read(anyone.get("doorstroomlocaties"), 403)
    narrow = program(Role.MUNICIPALITY, UTRECHT, scopes=("see-transit-sites",))
    read(narrow.post("doorstroomlocaties", SITE), 403)
    assert (TransitSiteRow.objects.count(), TransitStayRow.objects.count()) == (1, 0)


def test_a_site_changes_only_from_what_was_seen(utrecht: Program) -> None:
    seen = utrecht.get(ADDRESS)["ETag"]
    change = {"plaatsen": 5, "laatsteDatum": "2026-06-30", "reden": "meer kamers klaar"}
    assert read(utrecht.put(ADDRESS, change), 428)["code"] == "API-04"
    changed = utrecht.put(ADDRESS, change, If_Match=seen)
    assert (read(changed)["plaatsen"], read(changed)["laatsteDatum"]) == (5, "2026-06-30")
    assert changed["ETag"] == utrecht.get(ADDRESS)["ETag"]
    assert utrecht.get(ADDRESS, If_None_Match=changed["ETag"]).status_code == 304
    read(utrecht.put(ADDRESS, change | {"plaatsen": 6}, If_Match=seen), 412)
    ends_early = change | {"laatsteDatum": "2025-01-01"}
    assert read(utrecht.put(ADDRESS, ends_early, If_Match=changed["ETag"]), 409)["code"] == "STA-01"
    assert [row.places for row in TransitSiteRow.objects.order_by("pk")] == [3, 5]


def test_another_municipality_takes_part_from_a_day_on(program: Asking, utrecht: Program) -> None:
    far = program(Role.MUNICIPALITY, FAR)
    joins = {"gemeenteCode": FAR, "doetMee": True, "dagDatum": "2026-02-01", "reden": "samen"}
    read(far.post(f"{ADDRESS}/deelnames", joins), 404)
    read(program(Role.COA).post(f"{ADDRESS}/deelnames", joins), 403)
    made = [read(utrecht.post(f"{ADDRESS}/deelnames", joins, key="far-doet-mee"), 201) for _ in "12"]
    assert made[0]["deelnemers"] == made[1]["deelnemers"] == [ISLAND, FAR]
    assert read(far.get(ADDRESS))["naam"] == "Verzonnen kade"
    assert read(utrecht.post(f"{ADDRESS}/deelnames", joins), 409)["code"] == "STA-01"
    early = read(utrecht.post(f"{ADDRESS}/deelnames", joins | {"dagDatum": "2020-01-01"}), 409)
    assert [one["location"] for one in early["errors"]] == ["#/dagDatum"]


def test_stays_that_cannot_be_are_told_in_their_place_and_none_is_kept(utrecht: Program) -> None:
    wrong = [
        HERE,
        HERE | {"eersteDatum": "2026-01-15"},
        ELSEWHERE | {"eersteDatum": "2026-03-04"},
        ELSEWHERE | {"gemeenteCode": FAR},
        ELSEWHERE | {"gemeenteCode": "GM9999", "persoonNummer": "4"},
        HERE | {"persoonNummer": "5", "laatsteDatum": "2026-01-09"},
    ]
    told = read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": wrong}), 409)
    assert [(one["in"], one["location"], one["code"]) for one in told["errors"]] == [
        ("body", "#/verblijven/2/eersteDatum", "INP-06"),
        ("body", "#/verblijven/3/gemeenteCode", "INP-06"),
        ("body", "#/verblijven/4/gemeenteCode", "REF-01"),
        ("body", "#/verblijven/5/laatsteDatum", "INP-06"),
    ]
    twice = read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": wrong[:2]}), 409)
    assert [one["location"] for one in twice["errors"]] == ["#/verblijven/1/eersteDatum"]
    for part in ({"persoonNummer": "123456789"}, {"eersteDatum": 3}, {"naam": "J. Jansen"}):
        read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": [HERE | part]}), 400)
    read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": []}), 400)
    assert not TransitStayRow.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"plaatsen": 0}, 400),
        ({"plaatsen": 10_001}, 400),
        ({"naam": " "}, 400),
        ({"eersteDatum": "2026-02-30"}, 400),
        ({"laatsteDatum": "2026-01-09"}, 409),
        ({"deelnemers": ["GM9999"]}, 404),
    ],
)
def test_a_site_that_cannot_be_is_refused(program: Asking, wrong: dict[str, object], status: int) -> None:
    read(program(Role.MUNICIPALITY, UTRECHT).post("doorstroomlocaties", SITE | wrong), status)
    assert not TransitSiteRow.objects.exists()


def test_days_of_a_person_count_on_from_a_site_before(utrecht: Program) -> None:
    read(utrecht.post("doorstroomlocaties", SITE | {"naam": "Verzonnen hof"}), 201)
    first = HERE | {"dossiernummer": "PE-000001"}
    read(utrecht.post(f"{ADDRESS}/verblijven", {"verblijven": [first]}), 201)
    later = first | {"persoonNummer": "7", "eersteDatum": "2026-01-20", "laatsteDatum": None}
    other = "doorstroomlocaties/T-0000002/verblijven"
    wrong = utrecht.post(other, {"verblijven": [later | {"eerderVerblijf": "T-0000001/2"}]})
    assert (wrong.status_code, "eerderVerblijf" in wrong.content.decode()) == (409, True)
    read(utrecht.post(other, {"verblijven": [later | {"eerderVerblijf": "T-0000001/1"}]}), 201)
    assert TransitStayRow.objects.get(person="7").came_from == "T-0000001/1"
