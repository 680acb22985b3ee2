"""What knowing more is worth for a choice between scenarios, read from the files of a run."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from eenthuis.connect.lab_figures import Bar, bars
from eenthuis.connect.lab_worth import CHOICES, DRAWN, EVERYTHING, TOGETHER, WORTH
from eenthuis.lab import Measure, chosen_measures
from eenthuis.reference.policy import lab_parameters
from eenthuis.web import wording_lab as words
from eenthuis.web.figures.svg import signs
from eenthuis.web.lab_reading import SURE, Reader, Row, table


@dataclass(frozen=True, slots=True)
class Option:
    """One scenario of the choice: its mean with the half-width of its band of 95 percent."""

    words: str
    mean: float
    half_width: float
    is_best: bool


@dataclass(frozen=True, slots=True)
class WorthLine:
    """What knowing one thing is worth, with the half-width of its band; ``is_clear`` when that band leaves 0 out."""

    name: str
    meaning: str
    unit: str
    low: str
    high: str
    authority: str
    worth: float
    half_width: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.worth > self.half_width


@dataclass(frozen=True, slots=True)
class Worths:
    """The choice on one measure and what knowing more would be worth for it.

    ``together`` is of all parameters, at least; ``everything`` adds chance. Nothing is drawn where nothing is worth it.
    """

    measure: Measure
    half_year: str
    options: tuple[Option, ...]
    lines: tuple[WorthLine, ...]
    together: WorthLine
    everything: WorthLine
    drawn: SafeString | None


def chosen(name: str, *, has_work: bool) -> Measure:
    """Return a measure with a better side by its name, or the first."""
    found = {one.name: one for one in chosen_measures(has_work=has_work)}
    return found.get(name, chosen_measures()[0])


def worths(read: Reader, measure: Measure) -> Worths:
    """Return the choice on a measure and what knowing more is worth for it."""
    options = [row for row in table(read(CHOICES)) if row["measure"] == measure.name]
    rows = {row["knowing"]: row for row in table(read(WORTH)) if row["measure"] == measure.name}
    lines = [_line(row) for name, row in rows.items() if name not in {TOGETHER, EVERYTHING}]
    shown = [line for line in lines if line.worth > 0][:DRAWN]
    drawn = None
    if shown:
        drawn = mark_safe(  # noqa: S308 - every text in it went through escape
            bars(
                [Bar(one.name, one.worth, one.half_width) for one in shown], title=words.measure(measure.name),
                unit=str(words.UNITS[measure.unit]), key=str(words.WORTH_KEY), signs=signs(), mark="worth",
            )
        )  # fmt: skip
    return Worths(
        measure=measure,
        half_year=options[0]["half_year"],
        options=tuple(
            Option(
                words.scenario(row["scenario"]), float(row["mean"]), SURE * float(row["standard_error"]),
                row["is_best"] == "yes",
            )
            for row in options
        ),
        lines=tuple(lines),
        together=_line(rows[TOGETHER]),
        everything=_line(rows[EVERYTHING]),
        drawn=drawn,
    )  # fmt: skip


def _line(row: Row) -> WorthLine:
    about = lab_parameters().get(row["knowing"])
    return WorthLine(
        row["knowing"], about.meaning if about else "", row["unit"], row["low"], row["high"], row["authority"],
        float(row["worth"]), SURE * float(row["standard_error"]),
    )  # fmt: skip
