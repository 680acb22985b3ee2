"""Time and gap against households, as an SVG with a title, labelled axes and a table in text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 64, 600, 40, 310
SERIES = (("seconds", "time (s)", "#154273", ""), ("gap_percent", "gap (%)", "#a90061", "6 4"))
SMALLEST = 1e-6
FONT = 'font-family="sans-serif" font-size="12"'


def scaling_plot(points: Sequence[Mapping[str, float]], *, places: int = 342) -> str:
    """Draw ``households`` against ``seconds`` and ``gap_percent`` on logarithmic axes."""
    values = [max(point[name], SMALLEST) for point in points for name, *_ in SERIES]
    across = _axis([point["households"] for point in points], LEFT, RIGHT)
    up = _axis(values, BOTTOM, TOP)
    told = "; ".join(
        f"{point['households']:.0f} households: {point['seconds']:.2f} s, gap {point['gap_percent']:.5f} %"
        for point in points
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {FONT}>',
        "<title>Time and gap of a proposal against households</title>",
        f"<desc>{escape(told)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    powers = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
    parts += [
        f'<path d="M{LEFT} {up(10.0**power):.1f}H{RIGHT}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{up(10.0**power) + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        for power in powers
        if TOP - 1 <= up(10.0**power) <= BOTTOM + 1
    ]
    parts += [
        f'<text x="{across(point["households"]):.1f}" y="{BOTTOM + 18}" text-anchor="middle">'
        f"{point['households']:.0f}</text>"
        for point in points
    ]
    for at, (name, label, colour, dashes) in enumerate(SERIES):
        spots = [(across(point["households"]), up(max(point[name], SMALLEST))) for point in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        parts.append(f'<text x="{LEFT + 150 * at}" y="24" fill="{colour}">{label}</text>')
    parts.append(
        f'<text x="{RIGHT}" y="{BOTTOM + 38}" text-anchor="end">households, beside {places} places</text></svg>'
    )
    return "\n".join(parts) + "\n"


def _axis(values: Sequence[float], first: float, last: float) -> Callable[[float], float]:
    low, high = math.log10(min(values)), math.log10(max(values))
    span = max(high - low, 1e-9)
    return lambda value: first + (last - first) * (math.log10(value) - low) / span
