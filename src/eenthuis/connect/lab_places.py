"""What a run of the policy lab found per province and per municipality, as tables; the large ones are compressed."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from eenthuis.lab import Run
from eenthuis.lab.local import place_codes, place_measures, province_codes, province_measures

PROVINCES = "provinces.csv"
PACKED = ".gz"
PROVINCE_LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
PLACE_LEVELS = {"q10": 0.1, "q50": 0.5, "q90": 0.9}
PROVINCE_COLUMNS = (
    "scenario", "measure", "province", "half_year", "mean", *PROVINCE_LEVELS,
    "difference", "difference_error", *(f"difference_{level}" for level in PROVINCE_LEVELS),
)  # fmt: skip
PLACE_COLUMNS = ("scenario", "code", "half_year", "mean", *PLACE_LEVELS, "difference", "difference_error")


def place_file(measure: str) -> str:
    """Return the name of the table of a measure per municipality."""
    return f"municipalities-{measure}.csv"


def local_files(run: Run) -> Mapping[str, bytes]:
    """Return provinces.csv and, compressed, a table per measure of municipalities; nothing where they were not kept.

    Differences are of a scenario less the first, future by future, and empty for the first itself.
    """
    if not run.local.many:
        return {}
    found = {PROVINCES: _table(PROVINCE_COLUMNS, _province_rows(run))}
    for place, measure in enumerate(place_measures(has_work=run.local.has_work)):
        content = _table(PLACE_COLUMNS, _place_rows(run, place, measure.parts))
        found[place_file(measure.name) + PACKED] = gzip.compress(content, mtime=0)
    return found


def _province_rows(run: Run) -> Iterator[tuple[str, ...]]:
    names = province_codes(run.ask.first)
    for which, scenario in enumerate(run.ask.scenarios):
        for place, measure in enumerate(province_measures(has_work=run.local.has_work)):
            own = run.local.provinces[which, place]
            columns = [own.means(), *own.quantiles(*PROVINCE_LEVELS.values())]
            if which:
                apart = run.local.apart[which, place]
                columns += [apart.means(), apart.errors(), *apart.quantiles(*PROVINCE_LEVELS.values())]
            for at, (half_year, province) in enumerate(product(run.half_years(), names)):
                plain = [_plain(column[at] / measure.parts) for column in columns]
                blank = [""] * (len(PROVINCE_COLUMNS) - 4 - len(plain))
                yield (scenario.name, measure.name, province, str(half_year), *plain, *blank)


def _place_rows(run: Run, measure: int, parts: int) -> Iterator[tuple[str, ...]]:
    codes = place_codes(run.ask.first)
    for which, scenario in enumerate(run.ask.scenarios):
        own = run.local.places[which, measure]
        columns = [own.means(), *own.quantiles(*PLACE_LEVELS.values())]
        if which:
            columns += run.local.place_difference(which, measure)
        for at, (half_year, code) in enumerate(product(run.half_years(), codes)):
            plain = [_plain(column[at] / parts) for column in columns]
            blank = [""] * (len(PLACE_COLUMNS) - 3 - len(plain))
            yield (scenario.name, code, str(half_year), *plain, *blank)


def _plain(value: float) -> str:
    """Return a number with at most two decimals; nothing where there is none."""
    return "" if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
