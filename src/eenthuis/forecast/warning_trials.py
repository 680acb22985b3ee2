"""Trying the models of early warning on past half-years, choosing the simplest that wins, and telling a chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.forecast.completion import Shares
from eenthuis.forecast.warning import MODELS, PACE, History, Situation, origins, realised_in, situation
from eenthuis.terms.half_year import HalfYear

LEAST = 100  # municipalities and days from which a model can be fitted
RIDGE = 0.1
LOWEST, HIGHEST = 0.01, 0.99
"""A chance is never told as certain before the day."""
BINS = 10
ERRORS = 2.0
"""So many standard errors better a model must be than a simpler one to be chosen."""
_ROUNDS = 30

Outcome = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic curve through the signals of a model: constant first. ``cases`` it was fitted on."""

    weights: Shares
    cases: int

    def chances(self, signals: Shares) -> Shares:
        """Return a chance per row of signals."""
        told: Shares = 1 / (1 + np.exp(-np.clip(_with_constant(signals) @ self.weights, -30, 30)))
        return np.clip(told, LOWEST, HIGHEST)


@dataclass(frozen=True, slots=True)
class Score:
    """How good the chances of a model were: mean log loss and Brier score (lower is better), over so many.

    ``better`` is how much lower its log loss is than that of the pace alone, ``error`` the standard error of that.
    """

    model: str
    cases: int
    log_loss: float
    brier: float
    better: float
    error: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Chances of about the same size: their mean, the share that met the target, and how many there were."""

    told: float
    met: float
    cases: int


@dataclass(frozen=True, slots=True)
class Trials:
    """What the models did on past half-years, the model chosen, and how its chances came out ("reliability").

    ``tried`` are the half-years whose outcome was forecast from earlier ones only; empty with too little history, and
    then ``chosen`` is the pace alone, fitted on nothing.
    """

    tried: tuple[HalfYear, ...]
    scores: tuple[Score, ...]
    chosen: str
    reliability: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One day of one past half-year: where everybody stood who had not met the target, and who met it in the end."""

    place: Situation
    open: Outcome
    met: Outcome


def past_cases(history: History, before: date) -> tuple[_Case, ...]:
    """Return every day tried of the half-years that ended before a day."""
    found = []
    for half_year in history.half_years:
        if half_year.last_day >= before:
            continue
        end = realised_in(history, half_year)
        for on in origins(half_year):
            place = situation(history, half_year, on)
            is_open = ~place.is_met
            found.append(_Case(place, is_open, (end >= place.needed)[is_open]))
    return tuple(found)


def fitted(cases: Sequence[_Case], model: str, on: date, half_year: HalfYear) -> Fit | None:
    """Return a model fitted on past cases, on those of the same time of the half-year where there are enough.

    None with too few cases, or when all of them ended the same way.
    """
    passed = (on - half_year.first_day).days
    nearest = min({_passed(case) for case in cases}, key=lambda days: abs(days - passed), default=0)
    for chosen in ([case for case in cases if _passed(case) == nearest], list(cases)):
        if not chosen:
            continue
        met = np.concatenate([case.met for case in chosen])
        if len(met) >= LEAST and met.any() and not met.all():
            signals = np.vstack([case.place.signals(model)[case.open] for case in chosen])
            return Fit(_logistic(signals, met), len(met))
    return None


def tried(cases: Sequence[_Case]) -> Trials:
    """Try every model by rolling origin: each half-year is forecast from earlier ones only."""
    half_years = sorted({case.place.half_year for case in cases})
    told: dict[str, list[Shares]] = {model: [] for model in MODELS}
    outcomes: list[Outcome] = []
    forecast = []
    for half_year in half_years:
        before = [case for case in cases if case.place.half_year < half_year]
        if not before:
            continue
        for case in (case for case in cases if case.place.half_year == half_year):
            fits = {model: fitted(before, model, case.place.on, half_year) for model in MODELS}
            if any(fit is None for fit in fits.values()) or not len(case.met):
                continue
            for model, fit in fits.items():
                if fit is not None:
                    told[model].append(fit.chances(case.place.signals(model)[case.open]))
            outcomes.append(case.met)
            forecast.append(half_year)
    if not outcomes:
        return Trials((), (), PACE, ())
    met = np.concatenate(outcomes)
    chances = {model: np.concatenate(parts) for model, parts in told.items()}
    losses = {model: _log_losses(chance, met) for model, chance in chances.items()}
    chosen = _simplest(losses)
    return Trials(
        tried=tuple(dict.fromkeys(forecast)),
        scores=tuple(_score(model, chances[model], losses, met) for model in MODELS),
        chosen=chosen,
        reliability=reliability(chances[chosen], met),
    )


def reliability(chances: Shares, met: Outcome) -> tuple[Bin, ...]:
    """Return chances in tenths beside what came true of them; an empty tenth is left out.

    Examples
    --------
    >>> [one.cases for one in reliability(np.array([0.05, 0.07, 0.95]), np.array([False, False, True]))]
    [2, 1]
    """
    tenths = np.minimum((chances * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(float(chances[mine].mean()), float(met[mine].mean()), int(mine.sum()))
        for tenth in range(BINS)
        if (mine := tenths == tenth).any()
    )


def _simplest(losses: dict[str, Shares]) -> str:
    """Return the first model that no later one beats by more than the noise."""
    chosen = MODELS[0]
    for model in MODELS[1:]:
        gain = losses[chosen] - losses[model]
        if gain.mean() > ERRORS * gain.std() / np.sqrt(len(gain)):
            chosen = model
    return chosen


def _score(model: str, chances: Shares, losses: dict[str, Shares], met: Outcome) -> Score:
    gain = losses[PACE] - losses[model]
    return Score(
        model=model,
        cases=len(met),
        log_loss=float(losses[model].mean()),
        brier=float(np.mean((chances - met) ** 2)),
        better=float(gain.mean()),
        error=float(gain.std() / np.sqrt(len(gain))),
    )


def _passed(case: _Case) -> int:
    return (case.place.on - case.place.half_year.first_day).days


def _log_losses(chances: Shares, met: Outcome) -> Shares:
    losses: Shares = -np.log(np.where(met, chances, 1 - chances))
    return losses


def _with_constant(signals: Shares) -> Shares:
    return np.column_stack((np.ones(len(signals)), signals))


def _logistic(signals: Shares, met: Outcome) -> Shares:
    """Return the weights of least penalised log loss, by Newton's steps; the constant is not penalised."""
    rows = _with_constant(signals)
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[0, 0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (met - chance) - penalty @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:  # noqa: PLR2004 - nothing changes any more
            break
    return weights
