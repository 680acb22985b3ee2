"""A chance per municipality on a day, what makes it so, and what would turn it: links, and homes by size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

import numpy as np

from eenthuis.forecast.completion import LEAST_EVENTS
from eenthuis.forecast.warning import (
    BOTH,
    PIPELINE,
    History,
    Situation,
    home_chance,
    situation,
)
from eenthuis.forecast.warning_trials import Fit, Trials, fitted, past_cases, tried
from eenthuis.law.warning import WarningLaw
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

MOST_LINKS = 5000  # people


class Why(StrEnum):
    """What stands most in the way, or that nothing does."""

    MET = "met"
    ON_COURSE = "on-course"
    TOO_FEW_LINKED = "too-few-linked"
    WITHOUT_HOME = "without-home"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class Turn:
    """What would bring a chance up to the aim; None where that alone cannot.

    ``links`` are people to link today beyond those that come by themselves. ``homes`` are homes to find now for
    households that are linked, by persons in the household, the largest gain first.
    """

    links: int | None
    homes: Mapping[int, int] | None


@dataclass(frozen=True, slots=True)
class Warned:
    """One municipality: its chance to meet the target by the end, and the people it rests on, rounded.

    ``chance`` is None while there is no past to learn it from.
    """

    municipality: MunicipalityCode
    chance: float | None
    is_low: bool
    needed: int
    realised: int
    linked: int
    expected: float
    coming: float
    why: Why
    turn: Turn

    @property
    def short(self) -> float:
        """People expected to lack at the end; negative where more are expected than needed."""
        return self.needed - self.realised - self.expected - self.coming


@dataclass(frozen=True, slots=True)
class Outlook:
    """What early warning says of a half-year on a day, and how its chances came out in the past."""

    half_year: HalfYear
    on: date
    warned: tuple[Warned, ...]
    trials: Trials
    fit: Fit | None
    days_left: int
    home_from_figures: bool
    law: WarningLaw = field(repr=False)


def outlook(
    history: History,
    half_year: HalfYear,
    on: date,
    law: WarningLaw,
    unhoused: Mapping[tuple[MunicipalityCode, int], int] | None = None,
) -> Outlook:
    """Return the chance of every municipality at the start of a day, those to talk to first on top.

    First comes who falls under the threshold, by the people expected to lack. ``unhoused`` counts the linked
    households without a home per municipality and persons; without it no homes are named.
    """
    cases = past_cases(history, half_year.first_day)
    trials = tried(cases)
    now = situation(history, half_year, on)
    fit = fitted(cases, trials.chosen, on, half_year)
    chances = None if fit is None else fit.chances(now.signals(trials.chosen))
    housed, events = home_chance(history, on, now.days_left)
    from_figures = events >= LEAST_EVENTS
    with_home = housed if from_figures else _assumed(now.days_left, law)
    by_place: dict[MunicipalityCode, dict[int, int]] = {}
    for (code, size), number in (unhoused or {}).items():
        by_place.setdefault(code, {})[size] = number
    found = []
    for place in range(len(now.codes)):
        is_met = bool(now.is_met[place])
        chance = 1.0 if is_met else None if chances is None else float(chances[place])
        turner = _Turner(now.at(place), trials.chosen, fit, float(law.aim), with_home)
        waiting = {
            size: number for (code, size), number in (unhoused or {}).items() if code == now.codes[place]
        }
        is_low = chance is not None and chance < float(law.threshold)
        found.append(
            Warned(
                municipality=now.codes[place],
                chance=chance,
                is_low=is_low,
                needed=round(float(now.needed[place])),
                realised=round(float(now.realised[place])),
                linked=round(float(now.linked[place])),
                expected=float(now.expected[place]),
                coming=float(now.coming[place]),
                why=_why(now, place, chance, law.aim, waiting),
                turn=turner.turn(waiting)
                if not is_met and chance is not None and chance < law.aim
                else Turn(0, {}),
            )
        )
    found.sort(key=lambda one: (not one.is_low, -one.short, one.municipality))
    return Outlook(half_year, on, tuple(found), trials, fit, now.days_left, from_figures, law)


@dataclass(frozen=True, slots=True)
class _Turner:
    """Asks of one municipality what more people signed off would do to its chance."""

    now: Situation
    model: str
    fit: Fit | None
    aim: float
    with_home: float

    def turn(self, waiting: Mapping[int, int]) -> Turn:
        if self.fit is None or self.model not in {PIPELINE, BOTH}:
            return Turn(None, None)
        return Turn(self._links(), self._homes(waiting) if waiting else None)

    def _reaches(self, more: float, variance: float) -> bool:
        fit = self.fit
        if fit is None:
            return False
        signals = self.now.with_more(0, more, variance).signals(self.model)
        return float(fit.chances(signals)[0]) >= self.aim

    def _links(self) -> int | None:
        """Return the fewest people that do, by halving; None when linking cannot do it in time."""
        each = self.now.new_link

        def enough(people: int) -> bool:
            return self._reaches(people * each, people * each * (1 - each) * self.now.size)

        if not enough(MOST_LINKS):
            return None
        low, high = 0, MOST_LINKS
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high

    def _homes(self, waiting: Mapping[int, int]) -> Mapping[int, int] | None:
        """Return homes by size, the household that adds most first; None when all of them do not do it."""
        linked = float(self.now.linked[0])
        before = float(self.now.expected[0]) / linked if linked else 0.0
        gain = max(self.with_home - before, 0.0)
        found: dict[int, int] = {}
        more = change = 0.0
        for size in sorted(waiting, reverse=True):
            for _ in range(waiting[size]):
                more += size * gain
                change += size**2 * (self.with_home * (1 - self.with_home) - before * (1 - before))
                found[size] = found.get(size, 0) + 1
                if self._reaches(more, change):
                    return found
        return None


def _assumed(days_left: int, law: WarningLaw) -> float:
    return float(law.home_chance) if days_left >= law.home_days else 0.0


def _why(now: Situation, place: int, chance: float | None, aim: Fraction, waiting: Mapping[int, int]) -> Why:
    """Return what stands most in the way: too few people linked, people without a home, or time."""
    if now.is_met[place]:
        return Why.MET
    if chance is not None and chance >= aim:
        return Why.ON_COURSE
    short = now.needed[place] - now.realised[place]
    if now.linked[place] < short:
        return Why.TOO_FEW_LINKED
    homeless = sum(size * number for size, number in waiting.items())
    return Why.WITHOUT_HOME if homeless > np.float64(now.linked[place]) / 2 else Why.TOO_SLOW
