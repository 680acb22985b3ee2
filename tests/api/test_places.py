"""Reception places through the API: what everyone reads, and sites and offers that a municipality hands in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, read
from small_country import ISLAND, TODAY, UTRECHT

from eenthuis.store.reception_models import PlaceOfferRow, ReceptionSiteRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
SITE = {
    "gemeenteCode": UTRECHT,
    "naam": "Kade",
    "soort": "gewoon",
    "vorm": "noodopvang",
    "isVoorMinderjarigen": False,
    "isDuurzaam": False,
    "plaatsen": 80,
    "eersteDatum": TODAY.isoformat(),
}
OFFER = {key: value for key, value in SITE.items() if key not in {"naam", "vorm"}}


def test_a_municipality_adds_a_site_and_offers_places(program: Asking) -> None:
    utrecht, island = program(Role.MUNICIPALITY, UTRECHT), program(Role.MUNICIPALITY, ISLAND)
    site = read(utrecht.post("opvanglocaties", SITE), 201)
    assert (site["plaatsenNu"], site["isBevestigd"]) == (80, False)
    assert site["perioden"] == [{"eersteDatum": TODAY.isoformat(), "laatsteDatum": None, "plaatsen": 80}]
    assert read(utrecht.get(f"opvanglocaties/{site['nummer']}")) == site
    assert read(island.get(f"opvanglocaties/{site['nummer']}"), 404)
    assert read(island.post("opvanglocaties", SITE), 404)
    offer = read(utrecht.post("opvangaanbiedingen", OFFER), 201)
    path = f"opvangaanbiedingen/{offer['nummer']}"
    seen = utrecht.get(path)["ETag"]
    body = {key: value for key, value in OFFER.items() if key != "gemeenteCode"} | {"plaatsen": 90}
    changed = read(utrecht.put(path, body | {"reden": "meer ruimte"}, If_Match=seen), 200)
    assert (changed["plaatsen"], changed["jaar"]) == (90, 2026)
    assert read(utrecht.put(path, body | {"reden": "nog meer"}, If_Match=seen), 412)
    assert read(island.get(path), 404)
    assert [one["plaatsen"] for one in read(utrecht.get("opvangaanbiedingen"))] == [90]
    assert (ReceptionSiteRow.objects.count(), PlaceOfferRow.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"plaatsen": 0},
        {"plaatsen": "veel"},
        {"soort": "iets"},
        {"eersteDatum": 3},
        {"laatsteDatum": "2020-01-01"},
    ],
)
def test_what_is_wrong_is_refused_and_leaves_nothing(program: Asking, wrong: dict[str, object]) -> None:
    utrecht = program(Role.MUNICIPALITY, UTRECHT)
    for path, body in (("opvanglocaties", SITE), ("opvangaanbiedingen", OFFER)):
        answer = utrecht.post(path, body | wrong)
        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")
    assert not ReceptionSiteRow.objects.exists()
    assert not PlaceOfferRow.objects.exists()


def test_everyone_reads_shares_sites_and_decisions(program: Asking) -> None:
    key = program(Role.IND)
    shares = read(key.get("opvangaandelen?provincie=PV26"))
    assert {one["provincieCode"] for one in shares} == {"PV26"}
    assert {one["aandeel"] for one in shares} == {None}
    assert read(key.get("verdeelbesluiten")) == read(key.get("opvanglocaties")) == []
    assert read(key.get("opvangaandelen?jaar=2025")) == read(key.get("opvangaandelen?jaar=2022")) == []
    assert read(key.get("opvangaandelen?jaar=drie"), 400)
    assert read(key.get("verdeelbesluiten/1"), 404)
    assert read(key.get("opvangaanbiedingen"), 403)
