"""The map of a plan: every centre with its number of sessions, every desk with its name, and a way between them."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from eenthuis import reference
from eenthuis.services.document_plan_places import PlannedCentre, PlannedDesk, PlannedPlaces, PlannedWay
from eenthuis.terms.documents import Standpoint
from eenthuis.terms.places import MunicipalityCode, Point
from eenthuis.web.figures.map import HEIGHT, WIDTH
from eenthuis.web.figures.travel import travel_map

SVG = "{http://www.w3.org/2000/svg}"
NORTH = PlannedCentre(
    "Noord & Co", Standpoint("OL-1", Point(53.2, 6.6), is_real=True), 3, 150, ("Zwolle",), 600
)
SOUTH = PlannedCentre("Zuid", Standpoint("OL-2", Point(51.0, 5.9), is_real=False), 1, 12, ("Zwolle",), 400)
DESK = PlannedDesk("Zwolle", Standpoint("IND-ZWOLLE", Point(52.5, 6.1), is_real=False), 4, 1000)
PLACES = PlannedPlaces(
    (NORTH, SOUTH), (DESK,), (PlannedWay(DESK, NORTH, 3, 200), PlannedWay(DESK, SOUTH, 1, 400))
)
GROUND = [one.point for one in reference.municipalities(date(2026, 3, 3)) if one.point]


def test_a_plan_is_drawn_on_the_country() -> None:
    drawn = ET.fromstring(travel_map(PLACES, ground=GROUND, boundaries={}))  # noqa: S314 - our own picture
    stops = {
        one.findtext(f"{SVG}title"): one
        for one in drawn.iter(f"{SVG}circle")
        if one.get("class") == "ee-stop"
    }
    names = list(stops)
    assert [name.split(",")[0] for name in names if name] == [
        "Noord & Co: 3 uitgiftedagen",
        "Zuid: 1 uitgiftedag",
    ]
    large, small = stops.values()
    assert float(large.get("r", 0)) > float(small.get("r", 0))
    assert float(large.get("cy", 0)) < float(small.get("cy", 0))
    assert [one.text for one in drawn.iter(f"{SVG}text")] == ["3", "1", "Zwolle"]
    ways = [one for one in drawn.iter(f"{SVG}line") if one.get("class") == "ee-way"]
    assert len(ways) == 2
    assert "200 km" in (ways[0].findtext(f"{SVG}title") or "")
    every = [one for one in drawn.iter() if one.get("cx")]
    assert all(
        0 <= float(one.get("cx", -1)) <= WIDTH and 0 <= float(one.get("cy", -1)) <= HEIGHT for one in every
    )
    assert not [one for one in drawn.iter() if one.get("style")]


def test_boundaries_take_the_place_of_points_where_they_were_loaded() -> None:
    square = {MunicipalityCode("GM0344"): [[((5.0, 52.0), (5.2, 52.0), (5.2, 52.2), (5.0, 52.0))]]}
    plain = travel_map(PLACES, ground=GROUND, boundaries={})
    drawn = travel_map(PLACES, ground=GROUND, boundaries=square)
    assert plain.count("ee-ground") == len(GROUND)
    assert drawn.count("ee-ground") == 1
