"""What a run of the policy lab found, as rows: figures per area, effects of levers, the worth of knowing, the past."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.connect.lab_places import PLACE_LEVELS, PROVINCE_LEVELS, PROVINCES, place_file
from eenthuis.connect.lab_report import LEVELS, fan_name
from eenthuis.connect.lab_worth import WORTH
from eenthuis.lab import Measure, measures, place_measures, province_measures
from eenthuis.services.access import require
from eenthuis.services.lab import LabRun, file, read
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.lab_runs import LabKind
from eenthuis.terms.places import COUNTRY

Row = Mapping[str, str]
Quantiles = tuple[tuple[float, float | None], ...]
"""Share of futures below, and the value; None where a figure does not exist (nobody moved)."""


class Area(StrEnum):
    """For what figures are asked: the country, its provinces or its municipalities."""

    COUNTRY = "land"
    PROVINCES = "provincies"
    MUNICIPALITIES = "gemeenten"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one area in one half-year under one scenario, in its unit; ``area`` is its CBS code.

    The difference is with the first scenario, future by future, and None for the first itself.
    """

    scenario: str
    measure: str
    area: str
    half_year: str
    mean: float | None
    quantiles: Quantiles
    difference: float | None
    difference_error: float | None
    difference_quantiles: Quantiles


def measures_of(area: Area, *, has_work: bool = True) -> tuple[Measure, ...]:
    """Return what is measured of an area, with what scores of work add or without."""
    return {
        Area.COUNTRY: measures,
        Area.PROVINCES: province_measures,
        Area.MUNICIPALITIES: place_measures,
    }[area](has_work=has_work)


def figures(*, actor: Actor, address: str, area: Area, measure: str) -> tuple[Figure, ...]:
    """Return a measure of a comparison, in order of scenario, half-year and area.

    Raises
    ------
    AccessError
        ACC-02 when there is no such run, it is not done or no comparison, or this is not measured of this area.
    """
    require(actor, "see-published-figures")
    page = _done(actor, address, LabKind.COMPARE)
    if measure not in {one.name for one in measures_of(area, has_work=page.ask.work is not None)}:
        raise AccessError("ACC-02", "this is not measured here", remedy="Take a measure of this area.")
    match area:
        case Area.COUNTRY:
            return tuple(_of_country(actor, page, measure))
        case Area.PROVINCES:
            rows = _rows(actor, address, PROVINCES)
            return tuple(
                _local(row, measure, row["province"], PROVINCE_LEVELS)
                for row in rows
                if row["measure"] == measure
            )
        case Area.MUNICIPALITIES:
            rows = _rows(actor, address, place_file(measure))
            return tuple(_local(row, measure, row["code"], PLACE_LEVELS) for row in rows)


def effects(*, actor: Actor, address: str) -> tuple[Row, ...]:
    """Return the rows of effects of levers; ``all`` and ``together`` are of no single lever.

    Raises
    ------
    AccessError
        ACC-02 when there is no such run, it is not done, or it was not lever by lever.
    """
    require(actor, "see-published-figures")
    _done(actor, address, LabKind.TORNADO)
    return _rows(actor, address, "effects.csv")


def worths(*, actor: Actor, address: str) -> tuple[Row, ...]:
    """Return the rows of what knowing is worth; ``together`` and ``everything`` are of no single parameter.

    Raises
    ------
    AccessError
        ACC-02 when there is no such run, it is not done, or it asked something else.
    """
    require(actor, "see-published-figures")
    _done(actor, address, LabKind.WORTH)
    return _rows(actor, address, WORTH)


def past(*, actor: Actor, address: str) -> tuple[Row, ...]:
    """Return the published figures of the past beside what was foreseen.

    Raises
    ------
    AccessError
        ACC-02 when there is no such run, it is not done, or it was no trial on the past.
    """
    require(actor, "see-published-figures")
    _done(actor, address, LabKind.PAST)
    return _rows(actor, address, "validation.csv")


def _done(actor: Actor, address: str, kind: LabKind) -> LabRun:
    page = read(actor=actor, address=address)
    if page.state != "done" or page.ask.kind is not kind:
        raise AccessError(
            "ACC-02", "this run has no such figures", remedy="Look how far it is, and what it asked."
        )
    return page


def _rows(actor: Actor, address: str, name: str) -> tuple[Row, ...]:
    content = file(actor=actor, address=address, name=name).decode()
    return tuple(csv.DictReader(io.StringIO(content)))


def _of_country(actor: Actor, page: LabRun, measure: str) -> Iterator[Figure]:
    apart = {
        (row["scenario"], row["half_year"]): row
        for row in _rows(actor, page.address, "differences.csv")
        if row["measure"] == measure
    }
    for which, scenario in enumerate(page.ask.scenarios):
        for row in _rows(actor, page.address, fan_name(which, scenario)):
            if row["measure"] != measure:
                continue
            differs = apart.get((scenario.name, row["half_year"])) if which else None
            yield Figure(
                scenario.name, measure, COUNTRY, row["half_year"], None, _quantiles(row, LEVELS, ""),
                number(differs["mean"]) if differs else None,
                number(differs["standard_error"]) if differs else None,
                _quantiles(differs, LEVELS, "") if differs else (),
            )  # fmt: skip


def _local(row: Row, measure: str, area: str, levels: Mapping[str, float]) -> Figure:
    is_apart = row["difference"] != ""
    has_quantiles = is_apart and levels is PROVINCE_LEVELS
    return Figure(
        row["scenario"], measure, area, row["half_year"], number(row["mean"]), _quantiles(row, levels, ""),
        number(row["difference"]), number(row["difference_error"]),
        _quantiles(row, levels, "difference_") if has_quantiles else (),
    )  # fmt: skip


def _quantiles(row: Row, levels: Mapping[str, float], before: str) -> Quantiles:
    return tuple((level, number(row[before + name])) for name, level in levels.items())


def number(written: str) -> float | None:
    """Return a figure of a table; None where there is none."""
    return float(written) if written else None
