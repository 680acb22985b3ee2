"""How well a model does on people it has not seen: by household, and by time where the days are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from eenthuis.matching.outcome.measures import Bin, Measured, calibration, log_loss_saved, measured
from eenthuis.matching.outcome.model import Model, Variant, chances_in, settle, train
from eenthuis.matching.outcome.table import Table, refuse_unfit

FOLDS = 5
"""Parts into which households are divided; each part in turn is left out."""

LATEST = 0.2
"""Share of the households, placed last, that is left out when the split is by time."""


class Verdict(StrEnum):
    """What the pooled model is worth, by intervals over households.

    ``NOTHING_LEARNED``: it is not shown to beat one share for everyone. Else: whether it beats the plain regression.
    """

    NOTHING_LEARNED = "nothing-learned"
    BETTER = "better"
    NO_DIFFERENCE = "no-difference"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Split:
    """Every variant on left-out people, and the log loss the pooled one saves on the plain one and on one share."""

    name: str
    people: int
    measures: Mapping[Variant, Mapping[str, Measured]]
    saved: Measured
    saved_on_share: Measured

    @property
    def verdict(self) -> Verdict:
        """What the intervals around the savings say."""
        if self.saved_on_share.low <= 0:
            return Verdict.NOTHING_LEARNED
        if self.saved.low > 0:
            return Verdict.BETTER
        return Verdict.WORSE if self.saved.high < 0 else Verdict.NO_DIFFERENCE


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with the evidence for it; ``by_time`` is None where days are unknown or the latest people all agree.

    ``bins`` are the tenths of left-out people by the chance the model gave them.
    """

    model: Model
    by_household: Split
    by_time: Split | None
    bins: tuple[Bin, ...]


Tell = Callable[[int, int], None]
"""Called with how many models are trained, and how many there will be."""


def learn(table: Table, *, rng: np.random.Generator, tell: Tell | None = None) -> Trained:
    """Train a model, and measure it on people left out.

    Members of one household are never on both sides of a split. Each variant is trained anew on what is left, columns
    and strengths included. The correction of the log-odds is learned from the people of the other parts.

    Raises
    ------
    LinkingError
        LNK-05 when the table cannot carry a chance.
    InputErrors
        INP-02 for columns that tell the outcome itself, or are names.
    """
    refuse_unfit(table)
    told = _Count(tell, (FOLDS + (table.placed_on is not None)) * len(Variant) + 1)
    part = parts(table, rng)
    raw = {variant: np.zeros(len(table.worked)) for variant in Variant}
    for number in range(FOLDS):
        out = np.flatnonzero(part == number)
        learned = table.taken(np.flatnonzero(part != number))
        for variant in Variant:
            raw[variant][out] = chances_in(train(learned, variant), table.taken(out))
            told.next()
    settled = {**raw, Variant.POOLED: _settled_apart(raw[Variant.POOLED], table.worked, part)}
    by_time = None if table.placed_on is None else _by_time(table, table.placed_on, rng, told)
    slope, shift = settle(raw[Variant.POOLED], table.worked)
    model = replace(train(table), slope=slope, shift=shift)
    told.next()
    return Trained(
        model=model,
        by_household=_split("households", table, settled, rng),
        by_time=by_time,
        bins=calibration(table.worked, settled[Variant.POOLED]),
    )


class _Count:
    def __init__(self, tell: Tell | None, total: int) -> None:
        self._tell, self._done, self._total = tell, 0, total

    def next(self) -> None:
        self._done += 1
        if self._tell is not None:
            self._tell(self._done, self._total)


def parts(table: Table, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the part (0 to FOLDS - 1) of each row; a household is in one part, and each part has as many who work."""
    _, own = np.unique(table.household, return_inverse=True)
    working = np.bincount(own, weights=table.worked)
    part = np.empty(len(working), np.int64)
    part[np.lexsort((rng.random(len(working)), np.bincount(own), working))] = np.arange(len(working)) % FOLDS
    return part[own]


def _settled_apart(
    chance: NDArray[np.float64], worked: NDArray[np.bool_], part: NDArray[np.int64]
) -> NDArray[np.float64]:
    out = np.empty_like(chance)
    for number in range(FOLDS):
        here = part == number
        slope, shift = settle(chance[~here], worked[~here])
        out[here] = expit(slope * logit(chance[here]) + shift)
    return out


def _by_time(
    table: Table, placed_on: NDArray[np.datetime64], rng: np.random.Generator, told: _Count
) -> Split | None:
    """Train on the households placed first, and measure on those placed last."""
    _, own = np.unique(table.household, return_inverse=True)
    first = np.full(int(own.max()) + 1, np.datetime64("9999-12-31", "D"))
    np.minimum.at(first, own, placed_on)
    cut = np.sort(first)[int(len(first) * (1 - LATEST))]
    late = (first >= cut)[own]
    before, after = table.taken(np.flatnonzero(~late)), table.taken(np.flatnonzero(late))
    if any(side.worked.all() or not side.worked.any() for side in (before, after)):
        return None
    found = {}
    for variant in Variant:
        found[variant] = chances_in(train(before, variant), after)
        told.next()
    return _split("time", after, found, rng)


def _split(
    name: str, table: Table, found: Mapping[Variant, NDArray[np.float64]], rng: np.random.Generator
) -> Split:
    draws = int(rng.integers(2**32))
    measures = {
        variant: measured(table.worked, chance, table.household, np.random.default_rng(draws))
        for variant, chance in found.items()
    }
    saved, on_share = (
        log_loss_saved(
            table.worked,
            found[Variant.POOLED],
            found[other],
            table.household,
            np.random.default_rng(draws),
        )
        for other in (Variant.PLAIN, Variant.SHARE)
    )
    return Split(name, len(table.worked), measures, saved, on_share)
