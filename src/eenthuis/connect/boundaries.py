"""Municipal boundaries from a GeoJSON or TopoJSON file, made small enough to draw on a page.

The packaged facts hold no boundaries. Whoever has a file from CBS and Kadaster loads it once; the pages then draw a
real map beside the cartogram. Longitude comes before latitude, as in GeoJSON, in WGS84 degrees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eenthuis.connect.outlines import Polygon, Ring, simplified, to_degrees
from eenthuis.connect.text import decoded
from eenthuis.connect.topology import Arcs, stitched
from eenthuis.terms.errors import InputError, InputErrors, Location
from eenthuis.terms.places import MunicipalityCode

Boundaries = Mapping[MunicipalityCode, tuple[Polygon, ...]]
"""Polygons per municipality; of a polygon the first ring is the outside and the others are holes."""

SCHEMA = "eenthuis-boundaries/1"
CREDIT = "CBS en Kadaster"
METRES = 100.0
"""How far a drawn border may lie from the real one, unless asked otherwise; a page shows about 300 metres a pixel."""

_PROPERTIES = ("statcode", "gemeentecode", "gm_code", "code", "identificatie", "id")
_CODE = re.compile(r"(?:GM)?(\d{4})")
_WATER = frozenset({"JA", "B"})
_DEGREES = ((3.0, 7.5), (50.5, 53.9))
_GRID_METRES = ((-8_000.0, 300_000.0), (289_000.0, 640_000.0))
_CLOSED_TRIANGLE = 4
_SHAPE = "Give a GeoJSON FeatureCollection or a TopoJSON Topology of municipalities."


def read_boundaries(path: Path, *, code_property: str | None = None, metres: float = METRES) -> Boundaries:
    """Read and simplify the boundaries in a GeoJSON or TopoJSON file.

    Parameters
    ----------
    path
        The file, in WGS84 degrees or in the Dutch grid (RD New, EPSG:28992), which is turned into degrees.
    code_property
        Property that holds the CBS code; left out, the usual names are tried (``statcode``, ``gemeentecode``, …).
    metres
        Tolerance of the simplification. Neighbours keep one border: no gap and no overlap comes in between.

    Raises
    ------
    InputError
        INP-07 and INP-05 when the file cannot be read; INP-01 when it is not JSON; INP-02 when it is neither
        GeoJSON nor TopoJSON or has no property with codes; INP-06 when the points lie outside the Netherlands.
    InputErrors
        INP-01 and INP-04 for every feature without a usable code or shape.
    """
    document = _document(path)
    features, arcs = _features(path, document)
    wanted = code_property or _code_property(path, features)
    found: dict[MunicipalityCode, list[Polygon]] = {}
    problems: list[InputError] = []
    for number, feature in enumerate(features, start=1):
        if _is_water(feature):
            continue
        try:
            code = _code(feature, wanted)
            found.setdefault(code, []).extend(_polygons(feature, arcs))
        except (KeyError, IndexError, TypeError, ValueError) as wrong:
            problems.append(_feature_error(path, number, feature, wanted, wrong))
    if problems:
        raise InputErrors(tuple(problems))
    return simplified(_in_degrees(path, found), metres=metres)


def save(boundaries: Boundaries, path: Path) -> None:
    """Write boundaries in the compact form that :func:`load` reads, with points to about ten metres."""
    document = {
        "schema": SCHEMA,
        "credit": CREDIT,
        "municipalities": {
            code: [
                [[[round(x, 4), round(y, 4)] for x, y in ring] for ring in polygon] for polygon in polygons
            ]
            for code, polygons in sorted(boundaries.items())
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")
    beside.replace(path)


def load(path: Path) -> Boundaries:
    """Return the boundaries that :func:`save` wrote; none when there is no such file.

    Raises
    ------
    InputError
        INP-02 when the file was not written by :func:`save`.
    """
    if not path.exists():
        return MappingProxyType({})
    document = _document(path)
    if document.get("schema") != SCHEMA or not isinstance(document.get("municipalities"), dict):
        raise InputError(
            "INP-02",
            f"{path.name!r} holds no boundaries of this form ({SCHEMA})",
            remedy="Make it again with: eenthuis reference load boundaries FILE.",
            location=Location(path.name),
        )
    return MappingProxyType(
        {
            MunicipalityCode(code): tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons)
            for code, polygons in document["municipalities"].items()
        }
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(decoded(path))
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise InputError(
            "INP-01",
            f"{path.name!r} is not JSON: {wrong}",
            remedy=f"{_SHAPE} Other forms can be converted with ogr2ogr.",
            location=Location(path.name),
        ) from wrong
    if not isinstance(document, dict):
        raise _no_features(path, "it is not an object")
    return document


def _features(path: Path, document: Mapping[str, Any]) -> tuple[Sequence[Mapping[str, Any]], Arcs | None]:
    """Return the features, and the arcs they are drawn with when the file is TopoJSON."""
    match document:
        case {"type": "FeatureCollection", "features": [*found]} if found:
            return [feature for feature in found if isinstance(feature, dict)], None
        case {"type": "Topology", "objects": {**objects}, "arcs": [*arcs]} if objects:
            drawn = max((_geometries(collection) for collection in objects.values()), key=_coded)
            if drawn:
                return drawn, _arcs(path, arcs, document.get("transform"))
    raise _no_features(path, f"its type is {document.get('type')!r}")


def _geometries(collection: object) -> list[Mapping[str, Any]]:
    found = collection.get("geometries") if isinstance(collection, dict) else None
    return [shape for shape in found if isinstance(shape, dict)] if isinstance(found, list) else []


def _coded(features: Sequence[Mapping[str, Any]]) -> int:
    """Return how many features bear a municipality code, to tell them from provinces in the same file."""
    return sum(
        any(_CODE.fullmatch(str(_properties(feature).get(name))) for name in _PROPERTIES)
        for feature in features
    )


def _arcs(path: Path, arcs: Sequence[Any], transform: object) -> Arcs:
    try:
        return Arcs.of(arcs, transform)
    except (KeyError, IndexError, TypeError, ValueError) as wrong:
        raise _no_features(path, f"its arcs cannot be read ({wrong!r})") from wrong


def _no_features(path: Path, found: str) -> InputError:
    return InputError(
        "INP-02",
        f"{path.name!r} has no features: {found}",
        remedy=_SHAPE,
        location=Location(path.name),
    )


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties by lower-case name, the feature's own id among them."""
    own = feature.get("properties")
    named = {str(key).casefold(): value for key, value in own.items()} if isinstance(own, dict) else {}
    return {"id": feature.get("id"), **named}


def _is_water(feature: Mapping[str, Any]) -> bool:
    """Return whether CBS marks the feature as water; borders then run along the shore."""
    return str(_properties(feature).get("h2o", "")).upper() in _WATER


def _code_property(path: Path, features: Sequence[Mapping[str, Any]]) -> str:
    """Return the first usual property with which every feature names a code."""
    for name in _PROPERTIES:
        if all(_CODE.fullmatch(str(_properties(feature).get(name))) for feature in features):
            return name
    for name in _PROPERTIES:
        if any(_CODE.fullmatch(str(_properties(feature).get(name))) for feature in features):
            return name
    listed = ", ".join(sorted({name for feature in features[:1] for name in _properties(feature)}))
    raise InputError(
        "INP-02",
        f"no property of the features holds municipality codes; properties: {listed}",
        remedy="Name the property with --code-property; its values look like GM0344.",
        location=Location(path.name),
    )


def _code(feature: Mapping[str, Any], name: str) -> MunicipalityCode:
    match = _CODE.fullmatch(str(_properties(feature)[name.casefold()]).strip())
    if match is None:
        msg = "no municipality code"
        raise ValueError(msg)
    return MunicipalityCode(f"GM{match[1]}")


def _polygons(feature: Mapping[str, Any], arcs: Arcs | None) -> Iterable[Polygon]:
    shape = feature if arcs is not None else feature["geometry"]
    match shape["type"]:
        case "Polygon":
            drawn = [shape["arcs" if arcs is not None else "coordinates"]]
        case "MultiPolygon":
            drawn = shape["arcs" if arcs is not None else "coordinates"]
        case other:
            msg = f"the shape is {other}, not Polygon or MultiPolygon"
            raise ValueError(msg)
    if arcs is not None:
        drawn = [[stitched(arcs, indices) for indices in polygon] for polygon in drawn]
    polygons = [tuple(_ring(ring) for ring in polygon) for polygon in drawn]
    if not all(polygons) or any(len(ring) < _CLOSED_TRIANGLE for polygon in polygons for ring in polygon):
        msg = "a ring has fewer than four points"
        raise ValueError(msg)
    return polygons


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    return tuple((float(point[0]), float(point[1])) for point in points)


def _in_degrees(path: Path, found: Mapping[MunicipalityCode, Sequence[Polygon]]) -> Boundaries:
    points = [p for polygons in found.values() for polygon in polygons for ring in polygon for p in ring]
    if not points:
        raise _no_features(path, "none of them is land")
    if all(_within(point, _GRID_METRES) for point in points):
        return {code: tuple(_turned(polygon) for polygon in found[code]) for code in found}
    outside = next((point for point in points if not _within(point, _DEGREES)), None)
    if outside is not None:
        raise InputError(
            "INP-06",
            f"the point {outside[0]:g}, {outside[1]:g} does not lie in the Netherlands",
            remedy="Convert to longitude and latitude: ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES out.json FILE.",
            location=Location(path.name),
        )
    return {code: tuple(polygons) for code, polygons in found.items()}


def _within(point: tuple[float, float], box: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    (west, east), (south, north) = box
    return west <= point[0] <= east and south <= point[1] <= north


def _turned(polygon: Polygon) -> Polygon:
    return tuple(tuple(to_degrees(x, y) for x, y in ring) for ring in polygon)


def _feature_error(
    path: Path, number: int, feature: Mapping[str, Any], name: str, wrong: Exception
) -> InputError:
    value = _properties(feature).get(name.casefold())
    missing = value is None or value == ""
    return InputError(
        "INP-04" if missing else "INP-01",
        f"feature {number} has no municipality code"
        if missing
        else f"feature {number} cannot be read: {wrong}",
        remedy="Give every feature a code such as GM0344 and a polygon, or mend the export.",
        location=Location(path.name, None, name, "" if missing else str(value)),
    )
