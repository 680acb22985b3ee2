"""Figures as SVG, made on the server from plain values; every one has its table beside it on the page."""

from eenthuis.web.figures.audit import gain_chart, ways_chart
from eenthuis.web.figures.cartogram import Circle, cartogram
from eenthuis.web.figures.map import boundary_map
from eenthuis.web.figures.progress import balance_chart, progress_chart
from eenthuis.web.figures.weeks import weeks_chart

__all__ = [
    "Circle",
    "balance_chart",
    "boundary_map",
    "cartogram",
    "gain_chart",
    "progress_chart",
    "ways_chart",
    "weeks_chart",
]
