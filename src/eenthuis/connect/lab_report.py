"""What a run of the policy lab leaves behind: tables, a summary with its receipt, and figures."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from eenthuis.connect.lab_figures import Bar, FanRow, bars, fan
from eenthuis.connect.lab_places import local_files
from eenthuis.connect.lab_work import WORK_FILE, summed, work_table
from eenthuis.connect.svg import ENGLISH
from eenthuis.lab import Measure, Run, Tornado
from eenthuis.lab.measuring import WORK_MEASURES
from eenthuis.lab.past import Met, naive_pinball, pinball
from eenthuis.reference.policy import lab_parameters, levers
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority
from eenthuis.terms.policy import OWN_WEIGHTS, Scenario
from eenthuis.terms.receipt import digest
from eenthuis.terms.work_scores import WorkScores

LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
KEY = "dark: half of the futures · light: nine in ten · line: the middle"
DIGITS = 6


def files(run: Run, version: str) -> Mapping[str, bytes]:
    """Return every file of a run by name: fan.csv, summary.json, provinces.csv and a figure per measure.

    With more than one scenario there is a fan per scenario, and differences.csv: each scenario less the first.
    """
    found: dict[str, bytes] = {}
    for which, scenario in enumerate(run.ask.scenarios):
        rows = tuple(_rows(run, which))
        found[fan_name(which, scenario)] = _csv(("measure", "half_year", *LEVELS), rows)
        if which == 0:
            found |= _figures(run, rows)
    if len(run.ask.scenarios) > 1:
        found["differences.csv"] = _csv(DIFFERENCE_COLUMNS, tuple(_differences(run)))
    found |= local_files(run)
    found |= work_files(run.ask.work)
    found["summary.json"] = (
        json.dumps(summary(run, version, found["fan.csv"]), ensure_ascii=False, indent=2) + "\n"
    ).encode()
    return found


def fan_name(which: int, scenario: Scenario) -> str:
    """Return the name of the table of a scenario: fan.csv for the first, with its own name for each later one."""
    return "fan.csv" if which == 0 else f"fan-{_file_name(scenario.name)}.csv"


DIFFERENCE_COLUMNS = ("scenario", "measure", "half_year", "mean", "standard_error", *LEVELS)


def summary(run: Run, version: str, fan_csv: bytes) -> dict[str, object]:
    """Return what was asked and found: scenarios, assumptions, the last half-year per measure, and the receipt."""
    last = run.half_years()[-1]
    asked: dict[str, object] = {
        "scenarios": [_scenario(one) for one in run.ask.scenarios],
        "futures": run.ask.futures,
        "seed": run.ask.seed,
        "first": str(run.ask.first),
        "half_years": run.ask.half_years,
    }
    if run.ask.work is not None:
        asked["work"] = summed(run.ask.work)
    return {
        **asked,
        "measures": {
            one.name: {
                "meaning": one.meaning,
                "unit": one.unit,
                "last_half_year": {
                    level: _number(one, run.quantile(one.name, last, at)) for level, at in LEVELS.items()
                },
            }
            for one in run.ask.measures()
        },
        "assumptions": [
            f"{one.name}: {one.meaning}, {one.low:g} to {one.high:g} {one.unit}"
            for one in lab_parameters().values()
            if one.authority is Authority.ASSUMPTION
        ],
        "precision": "quantiles are right to within a tenth of a percent of themselves, of provinces to within one"
        " percent, of municipalities to within five; each is exact near 0",
        "receipt": {
            "asked": digest(json.dumps(asked, sort_keys=True)),
            "found": digest(fan_csv.decode()),
            "version": version,
        },
    }


EFFECT_COLUMNS = (
    "measure", "half_year", "lever", "value", "alone", "alone_error", "last", "last_error",
)  # fmt: skip
ALL, TOGETHER = "all", "together"
"""Rows of effects that are of no single lever: all at once, and what levers do by working on each other."""


def effect_rows(found: Tornado, half_year: HalfYear) -> tuple[dict[str, object], ...]:
    """Return what each lever does to every measure in a half-year; ``all`` and ``together`` close each measure."""
    rows: list[dict[str, object]] = []
    for measure in found.run.ask.measures():
        effects = found.effects(measure.name, half_year)
        same: dict[str, object] = {"measure": measure.name, "half_year": str(half_year)}
        rows += [
            same
            | {
                "lever": one.lever,
                "value": one.value,
                "alone": _plain(one.alone),
                "alone_error": _plain(one.alone_error),
                "last": _plain(one.last),
                "last_error": _plain(one.last_error),
            }
            for one in effects.levers
        ]
        empty: dict[str, object] = {"value": None, "last": None, "last_error": None}
        rows.append(
            same
            | empty
            | {"lever": ALL, "alone": _plain(effects.all_at_once), "alone_error": _plain(effects.all_error)}
        )
        rows.append(
            same | empty | {"lever": TOGETHER, "alone": _plain(effects.together), "alone_error": None}
        )
    return tuple(rows)


def titled(measure: Measure, work: WorkScores | None) -> str:
    """Return the title of a chart; what invented scores give says so."""
    is_invented = work is not None and work.is_invented and measure in WORK_MEASURES
    return f"{measure.meaning} (invented scores)" if is_invented else measure.meaning


def work_files(work: WorkScores | None) -> Mapping[str, bytes]:
    """Return the scores of work that a run used, as the table that gives them back; nothing without."""
    return {} if work is None else {WORK_FILE: work_table(work)}


def tornado_files(found: Tornado, half_year: HalfYear) -> Mapping[str, bytes]:
    """Return effects.csv and a bar chart per measure that a lever moves."""
    rows = effect_rows(found, half_year)
    files_made = {"effects.csv": _csv(EFFECT_COLUMNS, rows), **work_files(found.run.ask.work)}
    for measure in found.run.ask.measures():
        effects = found.effects(measure.name, half_year)
        drawn = [Bar(one.lever, one.alone, 2 * one.alone_error) for one in effects.levers if one.alone]
        if drawn:
            title = f"{titled(measure, found.run.ask.work)}, {half_year}"
            chart = bars(drawn, title=title, unit=measure.unit, key=BARS_KEY, signs=ENGLISH)
            files_made[f"{_file_name(measure.name)}-effects.svg"] = chart.encode()
    return files_made


BARS_KEY = "bar: mean effect of a lever alone · line: 95 %"


PAST_COLUMNS = (
    "half_year", "measure", "use", "published", "q10", "q50", "q90", "pinball", "pinball_as_last_published", "source",
)  # fmt: skip


def past_rows(met: Sequence[Met]) -> tuple[dict[str, object], ...]:
    """Return every published figure beside what runs fitted on the years up to 2022 say of it."""
    rows: list[dict[str, object]] = []
    for one in met:
        naive = naive_pinball(one)
        rows.append(
            {
                "half_year": str(one.known.half_year),
                "measure": one.known.measure,
                "use": one.known.use,
                "published": round(one.known.value),
                "q10": round(one.quantiles[1]),
                "q50": round(one.quantiles[3]),
                "q90": round(one.quantiles[5]),
                "pinball": round(pinball(one), 1),
                "pinball_as_last_published": "" if naive is None else round(naive, 1),
                "source": one.known.source,
            }
        )
    return tuple(rows)


def past_files(met: Sequence[Met]) -> Mapping[str, bytes]:
    """Return validation.csv: the past as it would have been foreseen."""
    return {"validation.csv": _csv(PAST_COLUMNS, past_rows(met))}


def _scenario(one: Scenario) -> dict[str, object]:
    defaults = {name: lever.default for name, lever in levers().items()}
    return {
        "name": one.name,
        "levers": {
            name: {"value": value, "source": one.sources.get(name, levers()[name].source)}
            for name, value in one.levers.items()
            if value != defaults[name]
        },
        **({"weights": dict(sorted(one.weights.items()))} if one.key == OWN_WEIGHTS else {}),
    }


def _rows(run: Run, which: int) -> Iterator[dict[str, object]]:
    for measure in run.ask.measures():
        for half_year in run.half_years():
            yield {"measure": measure.name, "half_year": str(half_year)} | {
                level: _number(measure, run.quantile(measure.name, half_year, at, which))
                for level, at in LEVELS.items()
            }


def _differences(run: Run) -> Iterator[dict[str, object]]:
    for which, scenario in enumerate(run.ask.scenarios):
        if which == 0:
            continue
        for measure in run.ask.measures():
            for half_year in run.half_years():
                sketch = run.difference(measure.name, half_year, which)
                row: dict[str, object] = {
                    "scenario": scenario.name,
                    "measure": measure.name,
                    "half_year": str(half_year),
                    "mean": _plain(sketch.mean),
                    "standard_error": _plain(sketch.error),
                }
                yield row | {level: _plain(sketch.quantile(at)) for level, at in LEVELS.items()}


def _figures(run: Run, rows: tuple[dict[str, object], ...]) -> dict[str, bytes]:
    found = {}
    for measure in run.ask.measures():
        own = [row for row in rows if row["measure"] == measure.name]
        fans = [FanRow(str(row["half_year"]), *(_real(row[level]) for level in LEVELS)) for row in own]
        drawn = fan(fans, title=titled(measure, run.ask.work), unit=measure.unit, key=KEY, signs=ENGLISH)
        found[f"{_file_name(measure.name)}.svg"] = drawn.encode()
    return found


def _number(measure: Measure, value: float) -> int | float | None:
    if math.isnan(value):
        return None
    return round(value) if measure.is_whole else _plain(value)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.{DIGITS}g}")


def _real(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _csv(columns: tuple[str, ...], rows: tuple[dict[str, object], ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else value


def _file_name(name: str) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in kept.split("-") if part) or "scenario"
