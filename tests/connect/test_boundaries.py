"""Boundaries out of GeoJSON and TopoJSON: read, made smaller without tearing neighbours apart, kept and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.connect.boundaries import Boundaries, load, read_boundaries, save
from eenthuis.connect.outlines import Point, area, simplified, to_degrees
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors

LEFT = [[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]
RIGHT = [[5.1, 52.0], [5.2, 52.0], [5.2, 52.1], [5.1, 52.1], [5.1, 52.0]]
FOLDERS = (Path(__file__).parents[2] / "shared", Path(__file__).parents[3] / "shared")
SHARED = next(
    (found for folder in FOLDERS if (found := folder / "data/gemeentegrenzen_2023.topojson").exists()), None
)


def feature(code: object, rings: Any, kind: str = "Polygon", **more: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"statcode": code, **more},
        "geometry": {"type": kind, "coordinates": rings},
    }


def geo(*features: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def topo(transform: Mapping[str, object] | None) -> dict[str, Any]:
    """Two squares beside each other that share the border between them, arc 1."""
    arcs: list[list[list[float]]]
    if transform:
        arcs = [
            [[10, 0], [-10, 0], [0, 10], [10, 0]],
            [[10, 10], [0, -10]],
            [[10, 0], [10, 0], [0, 10], [-10, 0]],
        ]
    else:
        arcs = [
            [[5.1, 52.0], [5.0, 52.0], [5.0, 52.1], [5.1, 52.1]],
            [[5.1, 52.1], [5.1, 52.0]],
            [[5.1, 52.0], [5.2, 52.0], [5.2, 52.1], [5.1, 52.1]],
        ]
    shapes = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "GM0001"}},
        {"type": "MultiPolygon", "arcs": [[[2, 1]]], "properties": {"code": "GM0002"}},
    ]
    provinces = [{"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "PV20"}}]
    document: dict[str, Any] = {
        "type": "Topology",
        "arcs": arcs,
        "objects": {
            "provincies": {"type": "GeometryCollection", "geometries": provinces},
            "gemeenten": {"type": "GeometryCollection", "geometries": shapes},
            "los": {"type": "Point"},
        },
    }
    return document | ({"transform": transform} if transform else {})


def put(folder: Path, document: object) -> Path:
    path = folder / "borders.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def errors(path: Path, **options: Any) -> tuple[EenthuisError, ...]:
    with pytest.raises(InputError) as caught:
        read_boundaries(path, **options)
    return caught.value.errors if isinstance(caught.value, InputErrors) else (caught.value,)


def points(boundaries: Boundaries, code: str) -> set[tuple[float, float]]:
    return {
        (round(x, 6), round(y, 6))
        for polygon in boundaries[code]  # type: ignore[index]
        for ring in polygon
        for x, y in ring
    }


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            geo(feature("GM0001", [LEFT]), feature("GM0002", [[RIGHT]], "MultiPolygon")), id="GeoJSON"
        ),
        pytest.param(geo(feature("0001", [LEFT]), feature("0002", [RIGHT])), id="codes without GM"),
        pytest.param(topo(None), id="TopoJSON, plain"),
        pytest.param(topo({"scale": [0.01, 0.01], "translate": [5.0, 52.0]}), id="TopoJSON, quantised"),
    ],
)
def test_two_neighbours_in_every_form(tmp_path: Path, document: object) -> None:
    found = read_boundaries(put(tmp_path, document))
    assert set(found) == {"GM0001", "GM0002"}
    assert points(found, "GM0001") == {(5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.1)}
    assert points(found, "GM0002") == {(5.1, 52.0), (5.2, 52.0), (5.2, 52.1), (5.1, 52.1)}


def test_the_westertoren_stands_where_the_formulas_say() -> None:
    lon, lat = to_degrees(120_700.723, 487_525.501)
    assert (lon, lat) == pytest.approx((4.88352559, 52.37453253), abs=1e-6)


def test_the_dutch_grid_is_turned_into_degrees(tmp_path: Path) -> None:
    square = [[120_000, 480_000], [130_000, 480_000], [130_000, 490_000], [120_000, 480_000]]
    found = read_boundaries(put(tmp_path, geo(feature("GM0363", [square]))))
    assert all(4.8 < x < 5.1 and 52.2 < y < 52.5 for x, y in points(found, "GM0363"))


def test_parts_and_holes_of_one_code_come_together_and_water_is_left_out(tmp_path: Path) -> None:
    hole = [[5.02, 52.02], [5.04, 52.02], [5.04, 52.04], [5.02, 52.02]]
    found = read_boundaries(
        put(
            tmp_path,
            geo(
                feature("GM0001", [LEFT, hole], h2o="NEE"),
                feature("GM0001", [RIGHT]),
                feature("GM0001", [RIGHT], H2O="JA"),
            ),
        )
    )
    assert [len(polygon) for polygon in found["GM0001"]] == [2, 1]  # type: ignore[index]


def test_another_property_may_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, geo(feature("?", [LEFT], Nummer="GM0001")))
    (error,) = errors(path)
    assert (error.code, "nummer" in error.message) == ("INP-02", True)
    assert set(read_boundaries(path, code_property="Nummer")) == {"GM0001"}


@pytest.mark.parametrize(
    ("document", "code", "told"),
    [
        ("<kml/>", "INP-01", "ogr2ogr"),
        ("[1]", "INP-02", "not an object"),
        ({"type": "Feature"}, "INP-02", "FeatureCollection"),
        (geo(), "INP-02", "FeatureCollection"),
        ({"type": "Topology", "arcs": [], "objects": {"a": {"type": "Point"}}}, "INP-02", "no features"),
        (topo(None) | {"arcs": [[["x"]]]}, "INP-02", "arcs cannot be read"),
        (topo(None) | {"arcs": topo(None)["arcs"][:1]}, "INP-01", "feature 1 cannot be read"),
        (
            topo(None) | {"arcs": [*topo(None)["arcs"][:1], *topo(None)["arcs"][1:][::-1]]},
            "INP-01",
            "does not begin where",
        ),
        (geo(feature("GM0001", [LEFT], h2o="JA")), "INP-02", "none of them is land"),
        (
            geo(feature("GM0001", [LEFT]), feature("", [RIGHT])),
            "INP-04",
            "feature 2 has no municipality code",
        ),
        (geo(feature("GM0001", [LEFT]), feature("PV20", [RIGHT])), "INP-01", "no municipality code"),
        (geo(feature("GM0001", LEFT[0], "Point")), "INP-01", "Point, not Polygon"),
        (geo(feature("GM0001", [LEFT[:2]])), "INP-01", "fewer than four points"),
        (geo(feature("GM0001", [])), "INP-01", "fewer than four points"),
        (geo({"type": "Feature", "properties": {"code": "GM0001"}, "geometry": None}), "INP-01", "feature 1"),
        (
            geo(feature("GM0001", [[[52.0, 5.0], [52.1, 5.0], [52.1, 5.1], [52.0, 5.0]]])),
            "INP-06",
            "EPSG:4326",
        ),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, document: object, code: str, told: str) -> None:
    found = errors(put(tmp_path, document))
    assert found[0].code == code
    assert told in "\n".join(str(error) for error in found)


def test_what_is_kept_is_read_back_to_ten_metres(tmp_path: Path) -> None:
    path = tmp_path / "home" / "boundaries.json"
    assert load(path) == {}
    boundaries = read_boundaries(put(tmp_path, topo(None)))
    save(boundaries, path)
    assert load(path) == boundaries
    assert [file.name for file in path.parent.iterdir()] == ["boundaries.json"]


@pytest.mark.parametrize(
    "document", [{}, {"schema": "eenthuis-boundaries/1"}, geo(feature("GM0001", [LEFT]))]
)
def test_only_what_was_kept_is_loaded(tmp_path: Path, document: object) -> None:
    with pytest.raises(InputError, match=r"INP-02.*load boundaries"):
        load(put(tmp_path, document))


def wave(steps: int, height: float) -> list[Point]:
    """A crooked border from south to north at 5.1 degrees east."""
    return [(5.1 + height * math.sin(n * 1.7), 52.0 + 0.1 * n / steps) for n in range(steps + 1)]


@given(steps=st.integers(3, 60), height=st.floats(0.0001, 0.02), metres=st.floats(1, 3000))
def test_neighbours_keep_one_border(steps: int, height: float, metres: float) -> None:
    """No gap and no overlap: whatever goes off one side comes to the other."""
    border = wave(steps, height)
    left = (*border, (5.0, 52.1), (5.0, 52.0), border[0])
    right = (*border[::-1], (5.2, 52.0), (5.2, 52.1), border[-1])
    before = {"left": [(left,)], "right": [(right,)]}
    after = simplified(before, metres=metres)
    total = sum(abs(area(ring)) for polygons in before.values() for (ring,) in polygons)
    assert sum(abs(area(polygon[0])) for polygons in after.values() for polygon in polygons) == pytest.approx(
        total
    )
    shared = set(after["left"][0][0]) & set(after["right"][0][0])
    assert {border[0], border[-1]} <= shared
    assert shared == set(border) & set(after["left"][0][0])


@pytest.mark.parametrize(
    "turn",
    [lambda ring: ring, lambda ring: ring[::-1], lambda ring: (*ring[7:-1], *ring[:8])],
    ids=["as drawn", "other way round", "begun elsewhere"],
)
def test_an_enclave_fills_its_hole(turn: Callable[[Any], Any]) -> None:
    circle = tuple((5.1 + 0.01 * math.cos(a / 5), 52.05 + 0.01 * math.sin(a / 5)) for a in range(31))
    inside = (*circle, circle[0])
    outside = ((5.0, 52.0), (5.2, 52.0), (5.2, 52.1), (5.0, 52.1), (5.0, 52.0))
    after = simplified({"in": [(inside,)], "around": [(outside, turn(inside))]}, metres=200)
    enclave, hole = after["in"][0][0], after["around"][0][1]
    assert 3 < len(enclave) < len(inside)
    assert set(enclave) == set(hole)


def test_specks_go_and_the_last_part_stays() -> None:
    speck = ((5.0, 52.0), (5.00001, 52.0), (5.00001, 52.00001), (5.00002, 52.00001), (5.0, 52.0))
    large = ((5.0, 52.5), (5.1, 52.5), (5.1, 52.6), (5.0, 52.6), (5.0, 52.5))
    after = simplified({"both": [(speck,), (large, speck)], "speck": [(speck,)]}, metres=500)
    assert after["both"] == (((large),),)
    assert after["speck"] == ((speck,),)


@pytest.mark.skipif(SHARED is None, reason="the boundaries of 2023 are not beside this checkout")
def test_the_boundaries_of_2023_hold_every_municipality_and_its_point(tmp_path: Path) -> None:
    assert SHARED is not None
    boundaries = read_boundaries(SHARED)
    living = reference.municipalities(date(2023, 1, 1))
    assert set(boundaries) == {m.code for m in living}
    save(boundaries, tmp_path / "b.json")
    drawn = load(tmp_path / "b.json")
    assert (tmp_path / "b.json").stat().st_size < 300_000
    outside = [
        m.name
        for m in living
        if m.point and not any(inside(polygon[0], m.point.lon, m.point.lat) for polygon in drawn[m.code])
    ]
    assert outside == []


def inside(ring: tuple[Point, ...], x: float, y: float) -> bool:
    crossings = sum(
        1
        for (ax, ay), (bx, by) in pairwise(ring)
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    )
    return crossings % 2 == 1


def test_places_that_meet_in_one_point_still_meet() -> None:
    def circle(x: float, turn: float) -> tuple[Point, ...]:
        steps = [turn + math.pi * n / 15 for n in range(30)]
        ring = [(round(x + 0.05 * math.cos(a), 9), round(52.0 + 0.05 * math.sin(a), 9)) for a in steps]
        return (*ring, ring[0])

    left, right = circle(5.0, 0.0), circle(5.1, math.pi)
    after = simplified({"left": [(left,)], "right": [(right,)]}, metres=500)
    assert (5.05, 52.0) in set(after["left"][0][0]) & set(after["right"][0][0])
    assert len(after["left"][0][0]) < len(left)
