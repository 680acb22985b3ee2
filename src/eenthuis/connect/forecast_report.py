"""The files of a backtest: scores, every forecast, a summary, charts with their tables, a report in two languages."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from eenthuis.connect.forecast_figures import chart, points, table
from eenthuis.forecast.backtest import Backtest, Trial
from eenthuis.forecast.fan import LEVELS
from eenthuis.forecast.models import COMBINED, LEARNED, MODELS
from eenthuis.forecast.scoring import Score, Verdict
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear

Sentence = tuple[str, str]
"""A sentence in Dutch and in English."""

SCORE_COLUMNS = tuple(field.name for field in fields(Score))
FORECAST_COLUMNS = (
    "series", "model", "origin", "horizon", "half_year", "actual", "pinball", "naive_pinball",
    *(f"q{round(level * 100):02d}" for level in LEVELS),
)  # fmt: skip

TITLES: Mapping[str, Sentence] = {
    "first-requests": (
        "Eerste asielverzoeken (zeven herkomstlanden)",
        "First asylum requests (seven countries of origin)",
    ),
    "joining-relatives": (
        "Nareizigers (zeven herkomstlanden)",
        "Joining relatives (seven countries of origin)",
    ),
    "national-number": ("Landelijk aantal te huisvesten", "National number to house"),
    "waiting": ("Statushouders in de opvang", "Status holders in reception"),
}
HEAD: Sentence = ("Hoe goed zijn de prognoses?", "How good are the forecasts?")
ABOUT: Sentence = (
    "Elke prognose is gemaakt met wat op haar dag bekend was, vanaf {since}, tot {horizon} halfjaren vooruit.",
    "Each forecast was made from what was known on its day, from {since}, up to {horizon} half-years ahead.",
)
MEASURE: Sentence = (
    "De score is winst op 'zelfde als vorige keer': 0 is even goed, 1 is foutloos, onder 0 is slechter.",
    "The score is the gain on 'same as last time': 0 is as good, 1 is without error, below 0 is worse.",
)
BRACKETS: Sentence = (
    "Tussen haken staat het interval van 90 procent. Bij 'zelfde als vorige keer' zelf staat het verlies in mensen.",
    "In brackets stands the 90 percent interval. At 'same as last time' itself stands the loss in people.",
)
BETTER: Sentence = (
    "Aantoonbaar beter dan 'zelfde als vorige keer': {names}.",
    "Shown to be better than 'same as last time': {names}.",
)
NONE_BETTER: Sentence = (
    "Geen enkel model is aantoonbaar beter dan 'zelfde als vorige keer'.",
    "No model is shown to be better than 'same as last time'.",
)
WORSE: Sentence = ("Slechter: {names}.", "Worse: {names}.")
TOO_FEW: Sentence = (
    "Te weinig cijfers voor een oordeel over: {names}.",
    "Too few figures for a verdict on: {names}.",
)
COLUMNS: Sentence = ("| Model | Halfjaren vooruit: {ahead} |", "| Model | Half-years ahead: {ahead} |")
LIMITS: tuple[Sentence, ...] = (
    (
        "De maandcijfers zijn van zeven herkomstlanden, niet van iedereen; cijfers van vergunningen zijn er niet.",
        "The monthly figures are of seven countries of origin, not of everyone; there are none of permits.",
    ),
    (
        "De cijfers zijn die van nu; wat eerst anders is gepubliceerd, is niet bewaard.",
        "The figures are those of today; what was first published differently is not kept.",
    ),
    (
        "Het zijn weinig halfjaren en veel vergelijkingen: een enkel 'beter' kan toeval zijn.",
        "There are few half-years and many comparisons: a single 'better' may be chance.",
    ),
    (
        "'Zelfde als vorige keer' is breed sinds de sprong van 2015; een deel van de winst is een smallere band.",
        "'Same as last time' is wide since the jump of 2015; part of the gain is a narrower band.",
    ),
    (
        "De afstand van het midden alleen staat in scores.csv onder `median_error`.",
        "The distance of the middle alone stands in scores.csv under `median_error`.",
    ),
    (
        "Een prognose staat naast het officiële aantal, nooit in plaats daarvan.",
        "A forecast stands beside the official number, never instead of it.",
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the backtest."""

    since: HalfYear
    horizon: int
    seed: int
    version: str


def backtest_files(
    series: Sequence[Series], tried: Backtest, scores: Sequence[Score], asked: Asked
) -> dict[str, bytes]:
    """Return everything a backtest writes, by name of file; the report comes last."""
    shown = [t for t in tried.trials if t.horizon <= asked.horizon and t.origin >= asked.since.first_day]
    files = {
        "scores.csv": score_table(scores),
        "forecasts.csv": _csv(FORECAST_COLUMNS, (_forecast(trial) for trial in shown)),
        "summary.json": json.dumps(summary(series, tried, scores, asked), indent=1, ensure_ascii=False)
        + "\n",
    }
    for one in series:
        drawn = points(shown, series=one.name, model=LEARNED, since=asked.since)
        if drawn:
            files[f"{one.name}.csv"] = table(drawn)
            files[f"{one.name}.svg"] = chart(drawn, title=_charted(one.name))
    files["report.md"] = report(scores, asked, [name for name in files if name.endswith(".svg")])
    return {name: content.encode() for name, content in files.items()}


def score_row(score: Score) -> dict[str, object]:
    """Return a score as a row: people to one decimal, skill and coverage to three."""
    people = {"pinball", "naive_pinball", "median_error", "naive_median_error"}

    def rounded(name: str) -> object:
        value = getattr(score, name)
        return round(value, 1 if name in people else 3) if isinstance(value, float) else value

    return {name: rounded(name) for name in SCORE_COLUMNS}


def score_table(scores: Iterable[Score]) -> str:
    """Return the scores as CSV."""
    return _csv(SCORE_COLUMNS, (score_row(score).values() for score in scores))


def summary(
    series: Sequence[Series], tried: Backtest, scores: Sequence[Score], asked: Asked
) -> dict[str, object]:
    """Return what was tried and what came of it, as JSON holds it."""
    since = asked.since.first_day
    silent = Counter((one.series, one.model, one.reason) for one in tried.silences if one.origin >= since)
    return {
        "from": str(asked.since),
        "horizon": asked.horizon,
        "seed": asked.seed,
        "version": asked.version,
        "models": {model.name: model.meaning for model in MODELS} | COMBINED,
        "series": {
            one.name: {
                "meaning": one.meaning,
                "figures": len(one.half_years),
                "first": str(one.half_years[0].half_year),
                "last": str(one.half_years[-1].half_year),
                "verdicts": dict(
                    sorted(Counter(s.verdict.value for s in scores if s.series == one.name).items())
                ),
            }
            for one in series
        },
        "lowest_pinball": [
            {
                "series": best.series,
                "horizon": best.horizon,
                "model": best.model,
                "verdict": best.verdict.value,
            }
            for best in _lowest(scores)
        ],
        "did_not_forecast": [
            {"series": name, "model": model, "reason": reason, "times": times}
            for (name, model, reason), times in sorted(silent.items())
        ],
    }


def report(scores: Sequence[Score], asked: Asked, charts: Sequence[str]) -> str:
    """Return the report in Markdown, Dutch first."""
    return "\n".join([*_told(scores, asked, charts, 0), "", *_told(scores, asked, charts, 1)]) + "\n"


def _told(scores: Sequence[Score], asked: Asked, charts: Sequence[str], language: int) -> list[str]:
    lines = [f"# {HEAD[language]}", ""]
    lines += [
        ABOUT[language].format(since=asked.since, horizon=asked.horizon),
        MEASURE[language],
        BRACKETS[language],
    ]
    for name in dict.fromkeys(score.series for score in scores):
        own = [score for score in scores if score.series == name]
        lines += ["", f"## {TITLES[name][language]}", "", *_verdicts(own, language), ""]
        ahead = range(1, asked.horizon + 1)
        lines += [
            COLUMNS[language].format(ahead=" | ".join(str(step) for step in ahead)),
            "|---" * (len(ahead) + 1) + "|",
        ]
        for model in dict.fromkeys(score.model for score in own):
            cells = {score.horizon: _cell(score) for score in own if score.model == model}
            lines.append(f"| {model} | " + " | ".join(cells.get(step, "–") for step in ahead) + " |")
        if f"{name}.svg" in charts:
            lines += ["", f"![{TITLES[name][language]}]({name}.svg)"]
    return [*lines, "", *(f"- {sentence[language]}" for sentence in LIMITS)]


def _verdicts(scores: Sequence[Score], language: int) -> list[str]:
    found = {verdict: _named([s for s in scores if s.verdict is verdict]) for verdict in Verdict}
    lines = [(BETTER if found[Verdict.BETTER] else NONE_BETTER)[language].format(names=found[Verdict.BETTER])]
    if found[Verdict.WORSE]:
        lines.append(WORSE[language].format(names=found[Verdict.WORSE]))
    if found[Verdict.TOO_FEW]:
        lines.append(TOO_FEW[language].format(names=found[Verdict.TOO_FEW]))
    return lines


def _named(scores: Sequence[Score]) -> str:
    """Return models, each with the numbers of half-years ahead, such as ``drift (1, 2)``."""
    by_model = {score.model: [str(s.horizon) for s in scores if s.model == score.model] for score in scores}
    return ", ".join(f"{model} ({', '.join(ahead)})" for model, ahead in by_model.items())


def _cell(score: Score) -> str:
    if score.verdict is Verdict.NAIVE:
        return f"{score.pinball:.0f} (n={score.forecasts})"
    if score.skill_low is None or score.skill_high is None:
        return f"{score.skill:.2f} (n={score.forecasts})"
    return f"{score.skill:.2f} [{score.skill_low:.2f}, {score.skill_high:.2f}]"


def _lowest(scores: Sequence[Score]) -> list[Score]:
    """Return per series and horizon the score with the lowest pinball loss among those of the most forecasts."""
    found = []
    for key in dict.fromkeys((score.series, score.horizon) for score in scores):
        own = [score for score in scores if (score.series, score.horizon) == key]
        most = max(score.forecasts for score in own)
        found.append(min((s for s in own if s.forecasts == most), key=lambda score: score.pinball))
    return found


def _charted(name: str) -> str:
    return f"{TITLES[name][0]}: prognose een halfjaar vooruit en het cijfer, in mensen"


def _forecast(trial: Trial) -> list[object]:
    return [
        trial.series,
        trial.model,
        trial.origin,
        trial.horizon,
        trial.fan.half_year,
        f"{trial.actual:.0f}",
        f"{trial.loss:.1f}",
        f"{trial.naive_loss:.1f}",
        *(f"{people:.0f}" for people in trial.fan.people),
    ]


def _csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
