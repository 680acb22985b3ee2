"""What a run of the policy lab found per province and municipality, read from its files, as pictures and tables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eenthuis import reference
from eenthuis.connect.lab_maps import Line, Panel, Tile, dressed, panel, panels, reach_of, tiles
from eenthuis.connect.lab_places import PROVINCES, place_file
from eenthuis.lab import Measure, place_measures, province_measures
from eenthuis.terms.lab_runs import LabAsk
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import wording_lab_places as words
from eenthuis.web.figures.svg import signs
from eenthuis.web.lab_reading import SURE, Reader, Row, table
from eenthuis.web.templatetags.lab import measured, measured_signed

BASE, SCENARIO, DIFFERENCE = "basis", "scenario", "verschil"
SHOWN = (SCENARIO, BASE, DIFFERENCE)
"""What a map can show."""
CLASSES = 5
FIRST_PROVINCE, FIRST_PLACE = "backlog", "backlog"
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """One province in a half-year: both middles, and the mean difference with its band of 95 percent."""

    name: str
    half_year: str
    base: float
    scenario: float
    difference: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Provinces:
    """One measure of every province: a chart each, all in one picture, and the figures of every half-year."""

    measure: Measure
    drawn: tuple[SafeString, ...]
    whole: str
    lines: tuple[ProvinceLine, ...]

    @property
    def last(self) -> tuple[ProvinceLine, ...]:
        """The lines of the last half-year."""
        return tuple(line for line in self.lines if line.half_year == self.lines[-1].half_year)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One municipality in a half-year: the mean and the tenth and ninetieth percentile, and the mean difference."""

    code: str
    name: str
    province: str
    base: float
    scenario: float
    low: float
    high: float
    difference: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Map:
    """One measure of every municipality in one half-year: drawn, with its legend, its table, and a strip of years."""

    measure: Measure
    half_year: str
    half_years: tuple[str, ...]
    drawn: SafeString
    legend: tuple[tuple[str, str], ...]
    lines: tuple[PlaceLine, ...]
    years: tuple[tuple[str, SafeString], ...]


def provinces(ask: LabAsk, read: Reader, name: str) -> Provinces:
    """Return a measure of every province, drawn on the same axes, base and scenario."""
    measure = _chosen(province_measures(has_work=ask.work is not None), name, FIRST_PROVINCE)
    rows = [row for row in table(read(PROVINCES)) if row["measure"] == measure.name]
    half_years = tuple(dict.fromkeys(row["half_year"] for row in rows))
    base, other = (_by_province(rows, ask.scenarios[which].name) for which in (0, 1))
    names = _province_names()
    every = [
        Panel(names[code], _line(base[code]), _line(other[code]))
        for code in sorted(base, key=names.__getitem__)
    ]
    reach = reach_of(every)
    drawn = tuple(
        _safe(panel(one, half_years, reach, signs=signs(), mark=str(place)))
        for place, one in enumerate(every)
    )
    lines = tuple(
        ProvinceLine(
            names[code], half_year, _real(base[code][at]["q50"]), _real(other[code][at]["q50"]),
            _real(other[code][at]["difference"]), SURE * _real(other[code][at]["difference_error"]),
        )
        for at, half_year in enumerate(half_years)
        for code in sorted(base, key=names.__getitem__)
    )  # fmt: skip
    title = _("%(measure)s per provincie") % {"measure": words.measure(measure.name)}
    return Provinces(measure, drawn, panels(every, half_years, title=title, signs=signs()), lines)


def _by_province(rows: Sequence[Row], scenario: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["scenario"] == scenario:
            found.setdefault(row["province"], []).append(row)
    return found


def _line(rows: Sequence[Row]) -> Line:
    return Line(*([_real(row[level]) for row in rows] for level in ("q50", "q05", "q95")))


def place_map(ask: LabAsk, read: Reader, name: str, *, shown: str, half_year: str) -> Map:
    """Return a measure of every municipality in a half-year, drawn and as a table.

    ``shown`` is one of :data:`SHOWN`. Classes are those of the whole run, so that half-years can be compared; people
    are taken per thousand inhabitants for the class alone.
    """
    measure = _chosen(place_measures(has_work=ask.work is not None), name, FIRST_PLACE)
    rows = table(read(place_file(measure.name)))
    base, other = ([row for row in rows if row["scenario"] == one.name] for one in ask.scenarios)
    half_years = tuple(dict.fromkeys(row["half_year"] for row in other))
    wanted = half_year if half_year in half_years else half_years[-1]
    classed = _Classed(measure, shown, base, other)
    names = _province_names()

    def drawn(of: str, *, is_small: bool) -> SafeString:
        lines = [_place_line(row, before, names) for row, before in _in(other, base, of)]
        every = [_tile(line, shown, classed) for line in lines]
        title = _("%(measure)s per gemeente, %(half_year)s") % {
            "measure": words.measure(measure.name), "half_year": of,
        }  # fmt: skip
        return _safe(tiles(every, names, title=title, mark=of if is_small else "map", is_small=is_small))

    lines = sorted(
        (_place_line(row, before, names) for row, before in _in(other, base, wanted)),
        key=lambda one: one.name,
    )
    ends = tuple(one for one in half_years if one.endswith("-II")) or half_years
    return Map(
        measure, wanted, half_years, drawn(wanted, is_small=False), classed.legend(), tuple(lines),
        tuple((end, drawn(end, is_small=True)) for end in ends),
    )  # fmt: skip


def alone(drawn: SafeString) -> str:
    """Return a picture of a page so that it stands on its own."""
    return dressed(str(drawn))


def _in(other: Sequence[Row], base: Sequence[Row], half_year: str) -> list[tuple[Row, Row]]:
    return [pair for pair in zip(other, base, strict=True) if pair[0]["half_year"] == half_year]


def _place_line(row: Row, before: Row, names: Mapping[str, str]) -> PlaceLine:
    place = reference.municipality(MunicipalityCode(row["code"]))
    return PlaceLine(
        place.code, place.name, names[place.province], _real(before["mean"]), _real(row["mean"]), _real(row["q10"]),
        _real(row["q90"]), _real(row["difference"]), SURE * _real(row["difference_error"]),
    )  # fmt: skip


def _tile(line: PlaceLine, shown: str, classed: _Classed) -> Tile:
    place = reference.municipality(MunicipalityCode(line.code))
    match shown:
        case "basis":
            kind, said = classed.kind(line.code, line.base, 0.0), measured(line.base)
        case "verschil":
            kind = classed.kind(line.code, line.difference, line.half_width)
            said = f"{measured_signed(line.difference)} ± {measured(line.half_width)}"
        case _:
            kind, said = classed.kind(line.code, line.scenario, 0.0), measured(line.scenario)
    point = place.point
    lat, lon = (point.lat, point.lon) if point else (0.0, 0.0)
    return Tile(line.code, place.province, lat, lon, kind, f"{line.name}: {said}")


class _Classed:
    """Classes of values, their limits taken from every half-year of base and scenario."""

    def __init__(self, measure: Measure, shown: str, base: Sequence[Row], other: Sequence[Row]) -> None:
        self._measure, self._is_apart = measure, shown == DIFFERENCE
        if self._is_apart:
            sizes = [
                abs(self._rate(row["code"], _real(row["difference"])))
                for row in other
                if abs(_real(row["difference"])) > SURE * _real(row["difference_error"])
            ]
            self._limits = _limits(sizes, (0.5,))
        else:
            values = [self._rate(row["code"], _real(row["mean"])) for row in (*base, *other)]
            self._limits = _limits([value for value in values if value > 0], (0.2, 0.4, 0.6, 0.8))

    def kind(self, code: str, value: float, half_width: float) -> str:
        rate = self._rate(code, value)
        if self._is_apart:
            if abs(value) <= half_width or value == 0:
                return "same"
            return f"{'less' if value < 0 else 'more'}{1 if abs(rate) <= self._limits[0] else 2}"
        return "none" if rate <= 0 else str(sum(rate > limit for limit in self._limits))

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return every class with what it means."""
        unit = words.rate_unit(self._measure.unit)
        if self._is_apart:
            at = measured(self._limits[0])
            return (
                ("less2", _("meer dan %(at)s %(unit)s minder") % {"at": at, "unit": unit}),
                ("less1", _("tot %(at)s %(unit)s minder") % {"at": at, "unit": unit}),
                ("same", _("geen duidelijk verschil")),
                ("more1", _("tot %(at)s %(unit)s meer") % {"at": at, "unit": unit}),
                ("more2", _("meer dan %(at)s %(unit)s meer") % {"at": at, "unit": unit}),
            )
        said = [measured(limit) for limit in self._limits]
        found = [("none", words.none(self._measure.name))]
        found.append(("0", _("tot %(high)s %(unit)s") % {"high": said[0], "unit": unit}))
        found += [
            (str(at + 1), _("%(low)s tot %(high)s") % {"low": low, "high": high})
            for at, (low, high) in enumerate(itertools.pairwise(said))
        ]
        found.append((str(len(said)), _("meer dan %(low)s") % {"low": said[-1]}))
        return tuple(found)

    def _rate(self, code: str, value: float) -> float:
        if self._measure.unit != "people":
            return value
        return value * THOUSAND / _inhabitants()[MunicipalityCode(code)]


def _province_names() -> Mapping[str, str]:
    return {str(one.code): one.name for one in reference.provinces()}


def _inhabitants() -> Mapping[MunicipalityCode, int]:
    return reference.inhabitants(reference.reference_dates()[-1]).people


def _limits(values: Sequence[float], levels: Sequence[float]) -> tuple[float, ...]:
    """Return round limits between classes; what no value reaches is 0."""
    if not values:
        return tuple(0.0 for _ in levels)
    return tuple(float(f"{value:.2g}") for value in np.quantile(values, levels))


def _chosen(measures: Sequence[Measure], name: str, otherwise: str) -> Measure:
    found = {one.name: one for one in measures}
    return found.get(name, found[otherwise])


def _real(written: str) -> float:
    return float(written) if written else math.nan


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - every text in it went through escape
