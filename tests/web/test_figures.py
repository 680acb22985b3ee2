"""Figures are pure: the same values give the same picture, nothing overlaps, nothing is styled inline."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from eenthuis import reference
from eenthuis.services.read_models import MonthPoint, PastHalfYear
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web.figures import Circle, balance_chart, boundary_map, cartogram, progress_chart
from eenthuis.web.figures.cartogram import HEIGHT, WIDTH, layout
from eenthuis.web.figures.svg import nice_ceiling

SVG = "{http://www.w3.org/2000/svg}"
HALF_YEAR = HalfYear(2026, 1)
MONTHS = (
    MonthPoint(date(2026, 1, 1), 0, Fraction(0)),
    MonthPoint(date(2026, 2, 1), 30, Fraction(50)),
    MonthPoint(date(2026, 3, 4), 90, Fraction(100)),
)


def country() -> tuple[tuple[float, float, int], ...]:
    people = reference.inhabitants(date(2025, 1, 1)).people
    places = [m for m in reference.municipalities(date(2026, 3, 3)) if m.point]
    return tuple((m.point.lat, m.point.lon, people[m.code]) for m in places if m.point)


def test_no_two_municipalities_of_the_cartogram_overlap_much_and_all_lie_inside() -> None:
    placed = layout(country())
    assert len(placed) == 342
    assert all(r <= x <= WIDTH - r and r <= y <= HEIGHT - r for x, y, r in placed)
    deepest = max(
        (a[2] + b[2] - ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5) / min(a[2], b[2])
        for a, b in combinations(placed, 2)
    )
    assert deepest < 0.35


def test_a_circle_is_as_large_as_its_inhabitants() -> None:
    placed = layout(((52.0, 5.0, 400_000), (53.0, 6.0, 100_000)))
    assert placed[0][2] == pytest.approx(2 * placed[1][2])


def test_the_same_country_is_always_drawn_the_same() -> None:
    layout.cache_clear()
    first = layout(country())
    layout.cache_clear()
    assert layout(country()) == first


def test_the_north_is_up_and_the_west_is_left() -> None:
    groningen, maastricht, middelburg = layout(
        ((53.2, 6.57, 100_000), (50.85, 5.69, 100_000), (51.5, 3.6, 100_000))
    )
    assert groningen[1] < maastricht[1]
    assert middelburg[0] < maastricht[0] < groningen[0]


def test_every_circle_says_what_it_is_and_hostile_names_stay_text() -> None:
    hostile = Circle("GM0001", "<script>", 52.0, 5.0, 1000, "met", '<b>"&')
    root = ET.fromstring(cartogram([hostile], title="<i>"))  # noqa: S314 - our own picture
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert titles == ["<i>", '<b>"&']
    assert not list(root.iter(f"{SVG}script"))


def test_progress_is_drawn_at_the_height_of_its_numbers() -> None:
    root = ET.fromstring(progress_chart(MONTHS, half_year=HALF_YEAR, corrected=300, place="Utrecht"))  # noqa: S314
    done = next(p for p in root.iter(f"{SVG}polyline") if "done" in p.attrib["class"])
    heights = [float(point.split(",")[1]) for point in done.attrib["points"].split()]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] - heights[1] == pytest.approx((heights[0] - heights[2]) / 3, abs=0.2)
    assert "style" not in {key for element in root.iter() for key in element.attrib}


def test_a_lead_larger_than_the_target_still_draws() -> None:
    line = PastHalfYear(HALF_YEAR, 10, 0, -20, -10, 5, -15)
    assert "<rect" in balance_chart([line], place="Utrecht")
    assert "polyline" in progress_chart(MONTHS, half_year=HALF_YEAR, corrected=-10, place="Utrecht")


@pytest.mark.parametrize(("value", "end"), [(0, 4), (4, 4), (26_749, 30_000), (541, 600), (100, 100)])
def test_an_axis_ends_at_a_round_number_above(value: int, end: int) -> None:
    assert nice_ceiling(value) == end


def test_the_map_draws_only_what_is_loaded() -> None:
    code = MunicipalityCode("GM0344")
    square = (((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.1), (5.0, 52.0)),)
    assert boundary_map({}, {code: ("met", "Utrecht")}, title="kaart") is None
    drawn = boundary_map({code: (square,)}, {code: ("met", "Utrecht")}, title="kaart")
    assert drawn is not None
    root = ET.fromstring(drawn)  # noqa: S314 - our own picture
    (path,) = root.iter(f"{SVG}path")
    assert path.attrib["class"] == "ee-place ee-place--met"
