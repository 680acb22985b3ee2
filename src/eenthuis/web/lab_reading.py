"""What a run of the policy lab found, read from its files for a page: one measure at a time, drawn and as a table."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eenthuis.connect.lab_figures import Bar, FanRow, Foreseen, bars, dressed, fan, foreseen, scale_of
from eenthuis.connect.lab_report import ALL, TOGETHER, fan_name
from eenthuis.lab import MEASURES, Measure, measures
from eenthuis.terms.lab_runs import LabAsk
from eenthuis.web import wording_lab as words
from eenthuis.web.figures.svg import signs

Reader = Callable[[str], bytes]
"""Gives a file of the run by its name."""
Row = Mapping[str, str]
SURE = 2
"""A difference of more standard errors than this is told as one."""
FIRST_SHOWN = "people-waiting"


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in the last half-year: both middles and the mean difference with its band of 95 percent."""

    name: str
    words: str
    unit: str
    base: float
    scenario: float
    difference: float
    half_width: float
    is_better: bool | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with the rows of the table beside it."""

    title: str
    drawn: SafeString
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What one lever does alone and as the last, in the unit of the measure, each with its band of 95 percent."""

    name: str
    words: str
    value: str
    alone: float
    alone_half: float
    last: float
    last_half: float


def chosen(name: str, *, has_work: bool) -> Measure:
    """Return a measure by its name, or the one that is shown first."""
    found = {one.name: one for one in measures(has_work=has_work)}
    return found.get(name, found[FIRST_SHOWN])


def lines(ask: LabAsk, read: Reader) -> tuple[Line, ...]:
    """Return every measure in the last half-year of a comparison."""
    base, second = (_last(table(read(fan_name(which, one)))) for which, one in enumerate(ask.scenarios))
    apart = _last(table(read("differences.csv")))
    found = []
    for one in measures(has_work=ask.work is not None):
        if one.name == "mass":
            continue
        mean, error = _real(apart[one.name]["mean"]), _real(apart[one.name]["standard_error"])
        better = None
        if one.less_is_better is not None and abs(mean) > SURE * error:
            better = (mean < 0) == one.less_is_better
        found.append(
            Line(
                name=one.name,
                words=words.measure(one.name),
                unit=str(words.UNITS[one.unit]),
                base=_real(base[one.name]["q50"]),
                scenario=_real(second[one.name]["q50"]),
                difference=mean,
                half_width=SURE * error,
                is_better=better,
            )
        )
    return tuple(found)


def charts(ask: LabAsk, read: Reader, measure: Measure) -> tuple[Chart, ...]:
    """Return the fan of each scenario on one scale, and that of their difference, for one measure."""
    tables = [_of(measure, table(read(fan_name(which, one)))) for which, one in enumerate(ask.scenarios)]
    fans = [_fan_rows(rows) for rows in tables]
    scale = scale_of(*fans)
    unit = str(words.UNITS[measure.unit])
    found = [
        Chart(
            words.scenario(one.name),
            _safe(
                fan(
                    fans[which], title=words.scenario(one.name), unit=unit, key=str(words.FAN_KEY), signs=signs(),
                    mark=f"{which}", scale=scale,
                )
            ),
            tables[which],
        )
        for which, one in enumerate(ask.scenarios)
    ]  # fmt: skip
    apart = _of(measure, table(read("differences.csv")))
    title = _("Verschil: %(scenario)s min %(base)s") % {
        "scenario": words.scenario(ask.scenarios[1].name),
        "base": words.scenario(ask.scenarios[0].name),
    }
    drawn = fan(
        _fan_rows(apart), title=title, unit=unit, key=str(words.FAN_KEY), signs=signs(), mark="difference"
    )
    return (*found, Chart(title, _safe(drawn), apart))


def effects(read: Reader, measure: Measure) -> tuple[SafeString, tuple[EffectLine, ...], float, float]:
    """Return the bars of every lever, their lines, and what all do at once and by working on each other."""
    rows = _of(measure, table(read("effects.csv")))
    pulled = [row for row in rows if row["lever"] not in {ALL, TOGETHER}]
    whole = {row["lever"]: _real(row["alone"]) for row in rows}
    found = tuple(
        EffectLine(
            name=row["lever"],
            words=str(words.LEVERS.get(row["lever"], row["lever"])),
            value=_value(row["value"]),
            alone=_real(row["alone"]),
            alone_half=SURE * _real(row["alone_error"]),
            last=_real(row["last"]),
            last_half=SURE * _real(row["last_error"]),
        )
        for row in pulled
    )
    drawn = bars(
        [Bar(row["lever"], _real(row["alone"]), SURE * _real(row["alone_error"])) for row in pulled],
        title=words.measure(measure.name), unit=str(words.UNITS[measure.unit]), key=str(words.BARS_KEY), signs=signs(),
        mark="effects",
    )  # fmt: skip
    return _safe(drawn), found, whole[ALL], whole[TOGETHER]


@dataclass(frozen=True, slots=True)
class Foresight:
    """How good the foresight of one measure was on held-out figures: in the band, and its loss beside the naive one.

    Losses are mean pinball losses in the unit of the measure, over the figures that had one published before them.
    """

    words: str
    unit: str
    many: int
    within: int
    loss: float
    naive: float

    @property
    def is_better(self) -> bool:
        """Whether it loses less than saying the figure last published."""
        return self.loss < self.naive


def foresight(read: Reader) -> tuple[Foresight, ...]:
    """Return how good the foresight of every held-out measure was."""
    rows = [row for row in table(read("validation.csv")) if row["use"] == "held-out"]
    units = {one.name: str(words.UNITS[one.unit]) for one in MEASURES}
    found = []
    for name in dict.fromkeys(row["measure"] for row in rows):
        own = [row for row in rows if row["measure"] == name]
        paired = [row for row in own if row["pinball_as_last_published"]]
        found.append(
            Foresight(
                words.measure(name), units[name], len(own), sum(_is_within(row) for row in own),
                _mean(paired, "pinball"), _mean(paired, "pinball_as_last_published"),
            )
        )  # fmt: skip
    return tuple(found)


def _is_within(row: Row) -> bool:
    return _real(row["q10"]) <= _real(row["published"]) <= _real(row["q90"])


def _mean(rows: Sequence[Row], column: str) -> float:
    return sum(_real(row[column]) for row in rows) / len(rows) if rows else math.nan


def past(read: Reader) -> tuple[tuple[Chart, ...], float]:
    """Return a chart per measure of the past as it would have been foreseen, and the share within the band."""
    rows = table(read("validation.csv"))
    units = {one.name: one.unit for one in MEASURES}
    found: list[Chart] = []
    for name in dict.fromkeys(row["measure"] for row in rows):
        own = tuple(row for row in rows if row["measure"] == name)
        shown = [
            Foreseen(
                row["half_year"], _real(row["published"]), _real(row["q10"]), _real(row["q50"]), _real(row["q90"]),
                row["use"] == "held-out",
            )
            for row in own
        ]  # fmt: skip
        drawn = foreseen(
            shown, title=words.measure(name), unit=str(words.UNITS[units[name]]), key=str(words.PAST_KEY),
            signs=signs(), mark=f"past-{len(found)}",
        )  # fmt: skip
        found.append(Chart(words.measure(name), _safe(drawn), own))
    held = [row for row in rows if row["use"] == "held-out"]
    return tuple(found), sum(_is_within(row) for row in held) / len(held) if held else math.nan


def alone(drawn: SafeString) -> str:
    """Return a chart of a page as a picture that stands on its own."""
    return dressed(str(drawn))


def table(content: bytes) -> tuple[Row, ...]:
    """Return the rows of a table that a run left behind."""
    return tuple(csv.DictReader(io.StringIO(content.decode())))


def _of(measure: Measure, rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row["measure"] == measure.name)


def _last(rows: Sequence[Row]) -> Mapping[str, Row]:
    return {row["measure"]: row for row in rows}


def _fan_rows(rows: Sequence[Row]) -> list[FanRow]:
    return [
        FanRow(row["half_year"], *(_real(row[level]) for level in ("q05", "q25", "q50", "q75", "q95")))
        for row in rows
    ]


def _real(written: str) -> float:
    return float(written) if written else math.nan


def _value(written: str) -> str:
    if written in {"True", "False"}:
        return words.lever_value(written == "True")
    try:
        return words.lever_value(float(written))
    except ValueError:
        return words.lever_value(written)


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - every text in it went through escape
