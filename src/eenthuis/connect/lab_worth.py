"""What knowing more is worth for a choice between scenarios, as tables and a bar chart per measure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from eenthuis.connect.lab_figures import Bar, bars
from eenthuis.connect.lab_report import titled, work_files
from eenthuis.connect.svg import ENGLISH
from eenthuis.lab import Choice, Weighed, Worth, chosen_measures
from eenthuis.reference.policy import lab_parameters

WORTH, CHOICES = "worth.csv", "choices.csv"
WORTH_COLUMNS = (
    "measure", "half_year", "knowing", "low", "high", "unit", "authority", "worth", "standard_error",
)  # fmt: skip
CHOICE_COLUMNS = ("measure", "half_year", "scenario", "mean", "standard_error", "is_best")
TOGETHER, EVERYTHING = "together", "everything"
"""Rows that are of no single parameter: all parameters, at least; and chance too, which nobody can know."""
DRAWN = 10
"""Parameters in a chart."""
BARS_KEY = "bar: what knowing is worth · line: 95 %"
SURE = 2


def worth_files(found: Weighed) -> Mapping[str, bytes]:
    """Return worth.csv, choices.csv and a bar chart per measure on which knowing something is worth anything."""
    choices = [found.choice(measure) for measure in chosen_measures(has_work=found.ask.work is not None)]
    files_made = {
        WORTH: _table(WORTH_COLUMNS, (row for one in choices for row in _worth_rows(one))),
        CHOICES: _table(CHOICE_COLUMNS, (row for one in choices for row in _choice_rows(found, one))),
        **work_files(found.ask.work),
    }
    for one in choices:
        shown = [
            Bar(worth.name, worth.value, SURE * worth.error)
            for worth in one.parameters[:DRAWN]
            if worth.value
        ]
        if shown:
            title = f"{titled(one.measure, found.ask.work)}, {one.half_year}"
            drawn = bars(shown, title=title, unit=one.measure.unit, key=BARS_KEY, signs=ENGLISH)
            name = "".join(sign if sign.isalnum() else "-" for sign in one.measure.name).strip("-")
            files_made[f"{name}-worth.svg"] = drawn.encode()
    return files_made


def _worth_rows(choice: Choice) -> Iterator[tuple[object, ...]]:
    head = (choice.measure.name, str(choice.half_year))
    known = lab_parameters()
    for one in choice.parameters:
        about = known[one.name]
        yield (
            *head, one.name, f"{about.low:g}", f"{about.high:g}", about.unit, about.authority.value, *_figures(one),
        )  # fmt: skip
    for one in (choice.together, choice.everything):
        yield (*head, one.name, "", "", "", "", *_figures(one))


def _figures(one: Worth) -> tuple[str, str]:
    return _plain(one.value), _plain(one.error)


def _choice_rows(found: Weighed, choice: Choice) -> Iterator[tuple[object, ...]]:
    for which, scenario in enumerate(found.ask.scenarios):
        yield (
            choice.measure.name, str(choice.half_year), scenario.name, _plain(choice.means[which]),
            _plain(choice.errors[which]), "yes" if which == choice.best else "no",
        )  # fmt: skip


def _plain(value: float) -> str:
    """Return a number with six decimals at most, without a power of ten."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _table(columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
