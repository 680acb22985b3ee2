"""``eenthuis forecast``: try the forecasts on history, and make the next ones, without a database."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli import forecast_deviations, forecast_estimates
from eenthuis.cli.arguments import day, to_write, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.connect import clock
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.version import code_version

if TYPE_CHECKING:
    from eenthuis.forecast.fan import Fan
    from eenthuis.forecast.scoring import Score
    from eenthuis.forecast.series import Series

HORIZON = 4
SHOWN = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
NEXT_COLUMNS = (
    "series", "last_known", "half_year", "model", "q05", "q10", "q25", "q50", "q75", "q90", "q95",
    "official", "announced_on", "official_status", "official_source",
)  # fmt: skip


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    tried = commands.add_parser(
        "backtest",
        help="how good every model was on the packaged history, beside 'same as last time'",
        description="Forecast every half-year of the packaged history from what was known then, and score it.",
        epilog="Example: eenthuis forecast backtest --out DIR --from 2018-I",
    )
    tried.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="DIR",
        help="folder for scores, forecasts, report and charts",
    )
    tried.add_argument("--horizon", default=str(HORIZON), metavar="N", help="half-years ahead, 1 to 4")
    tried.add_argument(
        "--from", dest="since", default="2018-I", metavar="H", help="half-year of the first forecast scored"
    )
    tried.add_argument("--seed", default="1", metavar="N", help="the same seed gives the same numbers")
    add_format(tried)
    tried.set_defaults(run=run_backtest)
    ahead = commands.add_parser(
        "next",
        help="the next four half-years, beside the official numbers announced",
        description="Forecast the next four half-years of each series from what was known on a day. A forecast stands "
        "beside the official number, never instead of it.",
        epilog="Example: eenthuis forecast next --as-of 2026-02-01",
    )
    ahead.add_argument("--as-of", metavar="DAY", help="what was known on this day counts; left out, today")
    ahead.add_argument(
        "--model", default="combined-by-record", metavar="NAME", help="a model or combination, or all"
    )
    ahead.add_argument("--seed", default="1", metavar="N", help="the same seed gives the same numbers")
    add_format(ahead)
    ahead.set_defaults(run=run_next)
    forecast_estimates.register(commands)
    forecast_deviations.register(commands)


def run_backtest(options: argparse.Namespace) -> int:
    """Try every model on history, write the files and print the scores."""
    horizon = _horizon(options.horizon)
    seed = whole_number(options.seed, "--seed")
    since = HalfYear.parse(options.since)
    to_write(options.out)
    import numpy as np

    from eenthuis.connect.forecast_report import SCORE_COLUMNS, Asked, backtest_files, score_row
    from eenthuis.connect.whole_files import write_whole
    from eenthuis.forecast.backtest import backtest
    from eenthuis.forecast.history import packaged_series
    from eenthuis.forecast.scoring import scored

    many = packaged_series()
    if since > max(series.half_years[-1].half_year for series in many):
        raise _nothing_scored(since, many)
    rng = np.random.default_rng(seed)
    with ExitStack() as stack:
        tried = backtest(many, rng, bar(stack, "Trying forecasts on history"))
    scores = scored(tried.trials, rng, since=since, horizon=horizon)
    if not scores:
        raise _nothing_scored(since, many)
    files = backtest_files(many, tried, scores, Asked(since, horizon, seed, code_version()))
    write_whole(options.out, files)
    write_rows(
        [score_row(score) for score in scores],
        form=options.format,
        columns=SCORE_COLUMNS,
        document={"from": str(since), "horizon": horizon, "seed": seed, "files": sorted(files)},
    )
    _tell(f"{len(files)} files written to {options.out}. Bron: CBS")
    _tell(_in_words(scores))
    return 0


def _in_words(scores: tuple[Score, ...]) -> str:
    from eenthuis.forecast.scoring import Verdict

    parts = []
    for name in dict.fromkeys(score.series for score in scores):
        judged = [s for s in scores if s.series == name and s.verdict is not Verdict.NAIVE]
        better = sum(1 for s in judged if s.verdict is Verdict.BETTER)
        parts.append(f"{name} {better} of {len(judged)}")
    return f"Scores shown to be better than 'same as last time': {', '.join(parts)}."


def _nothing_scored(since: HalfYear, many: tuple[Series, ...]) -> InputError:
    last = max(series.half_years[-1].half_year for series in many)
    return InputError(
        "INP-06",
        f"no forecast made from {since} on has met its figure; the packaged history ends in {last}",
        remedy="Give an earlier half-year, such as --from 2018-I.",
        location=Location(column="--from", value=str(since)),
    )


def run_next(options: argparse.Namespace) -> int:
    """Print the quantiles of the next half-years of every series."""
    as_of = day(options.as_of, "--as-of") if options.as_of else clock.today()
    seed = whole_number(options.seed, "--seed")
    _model(options.model)
    from eenthuis.forecast.ahead import out_of_reach
    from eenthuis.forecast.history import packaged_series

    many = packaged_series()
    rows: list[dict[str, object]] = []
    notes: list[str] = []
    for series, reason in ((one, out_of_reach(one, as_of)) for one in many):
        if reason:
            notes.append(f"{series.name}: {reason}")
        else:
            made, told = _ahead(series, as_of, options.model, seed)
            rows += made
            notes += told
    if not rows:
        raise InputError(
            "INP-06",
            f"nothing can be forecast on {as_of}: {'; '.join(notes)}",
            remedy="Give a day within the packaged history, or at most two years after it.",
            location=Location(column="--as-of", value=str(as_of)),
        )
    write_rows(
        rows,
        form=options.format,
        columns=NEXT_COLUMNS,
        document={"as_of": as_of, "seed": seed, "notes": notes},
    )
    for note in notes:
        _tell(note)
    _tell("A forecast stands beside the official number, never instead of it. Bron: CBS")
    return 0


def _ahead(series: Series, as_of: date, model: str, seed: int) -> tuple[list[dict[str, object]], list[str]]:
    import numpy as np

    from eenthuis.forecast.backtest import backtest, forecast_on
    from eenthuis.forecast.fan import Declined
    from eenthuis.forecast.models import LEARNED

    with ExitStack() as stack:
        tell = bar(stack, f"Learning from the record of {series.name}")
        learning = [series] if model in {LEARNED, "all"} else []
        past = backtest(learning, np.random.default_rng(seed), tell, until=as_of)
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    notes: list[str] = []
    for name, made in forecast_on(series, as_of, rng, past.trials).items():
        if model not in {name, "all"}:
            continue
        if isinstance(made, Declined):
            notes.append(f"{series.name}: {name} did not forecast: {made.reason}")
        else:
            rows += [
                _row(series, name, fan, as_of) | {"last_known": made[0].half_year.previous} for fan in made
            ]
    return rows, notes


def _row(series: Series, model: str, fan: Fan, as_of: date) -> dict[str, object]:
    from eenthuis.forecast.history import NATIONAL, announced_by

    official = announced_by(fan.half_year, as_of) if series.name == NATIONAL else None
    return {
        "series": series.name,
        "half_year": str(fan.half_year),
        "model": model,
        **{f"q{round(level * 100):02d}": round(fan.at(level)) for level in SHOWN},
        "official": official.people if official else "",
        "announced_on": official.announced_on or "" if official else "",
        "official_status": official.status.value if official else "",
        "official_source": official.source if official else "",
    }


def _horizon(written: str) -> int:
    horizon = whole_number(written, "--horizon")
    if not 1 <= horizon <= HORIZON:
        raise InputError(
            "INP-06",
            f"--horizon is {horizon}",
            remedy=f"Give 1 to {HORIZON} half-years ahead.",
            location=Location(column="--horizon", value=written),
        )
    return horizon


def _model(name: str) -> None:
    from eenthuis.forecast.models import NAMES

    if name not in {*NAMES, "all"}:
        raise InputError(
            "INP-01",
            f"{name!r} is no model",
            remedy=f"Give one of {', '.join(NAMES)}, or all.",
            location=Location(column="--model", value=name),
        )


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
