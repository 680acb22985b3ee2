"""Four past half-years and the running one: balances fitted to published counts, and the households behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from eenthuis import reference
from eenthuis.demonstration.households import draw_sizes
from eenthuis.demonstration.shares import SHARES, value
from eenthuis.law import law_book
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

Span = tuple[HalfYear, int, Mapping[MunicipalityCode, int]]
DEN_BOSCH = MunicipalityCode("GM0796")
DEN_BOSCH_LEAD = 57
"""On 1 January 2026 's-Hertogenbosch was asked 58 and had housed 115, according to the press."""


@dataclass(frozen=True, slots=True)
class PastHousing:
    """A household that was linked and signed off; only the fact remains, not the people."""

    household: str
    municipality: MunicipalityCode
    persons: int
    linked_on: date
    signed_off_on: date


@dataclass(frozen=True, slots=True)
class History:
    """Balances carried in, everyone housed since, and what is open in the running half-year, in people."""

    opening: Mapping[MunicipalityCode, int]
    past: tuple[PastHousing, ...]
    open_people: Mapping[MunicipalityCode, int]


def draw_history(rng: np.random.Generator, spans: Sequence[Span], today: date) -> History:
    """Return a history whose balances fit the published counts of municipalities that met their target.

    Each municipality has a lasting ability to house people; the ones that do best in a half-year end it without a
    backlog, as many as the published share says. What was realised follows from balances and targets.
    """
    codes = sorted(_net(*spans[0][:2]))
    ability = rng.normal(size=len(codes))
    balance = _opening(rng, codes, spans[0])
    opening = dict(zip(codes, balance, strict=True))
    past: list[PastHousing] = []
    for half_year, national, changes in spans[:-1]:
        target = _corrected(codes, balance, half_year, national, changes)
        ending = _ending(rng, codes, ability, target, half_year)
        realised = [max(0, whole - left) for whole, left in zip(target, ending, strict=True)]
        balance = [whole - done for whole, done in zip(target, realised, strict=True)]
        past += _housed(rng, codes, realised, half_year, half_year.last_day, len(past))
    half_year, national, changes = spans[-1]
    target = _corrected(codes, balance, half_year, national, changes)
    realised = _running(rng, ability, target, half_year, today)
    past += _housed(rng, codes, realised, half_year, today, len(past))
    open_people = {
        code: max(0, whole - done) for code, whole, done in zip(codes, target, realised, strict=True)
    }
    return History(opening, tuple(past), open_people)


def _net(half_year: HalfYear, national: int) -> dict[MunicipalityCode, int]:
    law = law_book().targets(half_year)
    counted = reference.inhabitants(reference_date(half_year, law.reference_rule))
    inhabitants = inhabitants_for(
        half_year=half_year, counted=counted, mergers=reference.mergers(), rule=law.reorganisation
    )
    made = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return {target.municipality: target.people for target in made.targets}


def _opening(rng: np.random.Generator, codes: Sequence[MunicipalityCode], span: Span) -> list[int]:
    net = _net(*span[:2])
    drawn = np.array([net[code] for code in codes]) * rng.normal(1.0, 0.9, len(codes))
    return [round(people) for people in drawn * value("opening-backlog") / max(drawn.sum(), 1)]


def _corrected(
    codes: Sequence[MunicipalityCode],
    balance: Sequence[int],
    half_year: HalfYear,
    national: int,
    changes: Mapping[MunicipalityCode, int],
) -> list[int]:
    net = _net(half_year, national)
    return [net[code] + changes.get(code, 0) + carried for code, carried in zip(codes, balance, strict=True)]


def _ending(
    rng: np.random.Generator,
    codes: Sequence[MunicipalityCode],
    ability: np.ndarray[tuple[int], np.dtype[np.float64]],
    target: Sequence[int],
    half_year: HalfYear,
) -> list[int]:
    """Return the balance at the end of a half-year: backlog positive, lead negative."""
    rank = np.argsort(-(ability + rng.normal(0, 0.6, len(codes))))
    order = np.empty(len(codes), int)
    order[rank] = np.arange(len(codes))
    meeting = round(value(f"meets-{half_year}") * len(codes))
    exact = round(value(f"exact-{half_year}") * len(codes)) if f"exact-{half_year}" in SHARES else 3
    weight = np.array([max(people, 1) for people in target], float)
    behind = (order >= meeting) * weight * (0.35 + rng.random(len(codes)) + order / len(codes))
    backlog = behind / behind.sum() * value(f"backlog-{half_year}")
    ending = []
    for place, code in enumerate(codes):
        if code == DEN_BOSCH and f"exact-{half_year}" in SHARES:
            ending.append(-DEN_BOSCH_LEAD)
        elif order[place] >= meeting:
            ending.append(max(1, min(round(float(backlog[place])), max(target[place], 1))))
        elif order[place] >= meeting - exact:
            ending.append(0)
        else:
            ending.append(-max(1, round(float(weight[place] * rng.random() * 0.22))))
    return ending


def _running(
    rng: np.random.Generator,
    ability: np.ndarray[tuple[int], np.dtype[np.float64]],
    target: Sequence[int],
    half_year: HalfYear,
    today: date,
) -> list[int]:
    """Return people realised so far in the running half-year: more where ability is larger."""
    days = (today - half_year.first_day).days
    total = value("realised-a-month") * days / 30.4
    wanted = np.array([max(people, 0) for people in target], float)
    weight = wanted * np.exp(0.7 * ability + rng.normal(0, 0.35, len(target)))
    drawn = np.minimum(weight / weight.sum() * total, wanted)
    return [round(float(people)) for people in drawn]


def _housed(
    rng: np.random.Generator,
    codes: Sequence[MunicipalityCode],
    realised: Sequence[int],
    half_year: HalfYear,
    last_day: date,
    already: int,
) -> list[PastHousing]:
    """Return households that add up to what each municipality realised between the first day and ``last_day``."""
    days = (last_day - half_year.first_day).days
    found: list[PastHousing] = []
    for code, people in zip(codes, realised, strict=True):
        for size in draw_sizes(rng, people):
            day = half_year.first_day + timedelta(days=int(days * rng.random() ** 0.85))
            linked = day - timedelta(days=int(40 + rng.gamma(2.0, 35)))
            found.append(PastHousing(f"PV-{already + len(found) + 1:06d}", code, size, linked, day))
    return found
