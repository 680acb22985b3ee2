"""The weekly stream as JSON lines: a start, then one batch of cases after another."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.connect.instance_tables import LARGEST, LARGEST_SCORE
from eenthuis.matching.futures import Cases
from eenthuis.matching.groups import own_members
from eenthuis.matching.problem import UNLIMITED
from eenthuis.matching.week_reserve import Kept
from eenthuis.matching.weekly import LeastGain, Season, WeekByWeek
from eenthuis.terms.errors import EenthuisError, InputError, LinkingError, Location
from eenthuis.terms.linking import Hardness, Policy

RESERVED = frozenset(("id", "persons", "scores"))


@dataclass(frozen=True, slots=True)
class Start:
    """What the first line says: places and uses in order, and the season."""

    places: tuple[str, ...]
    uses: tuple[str, ...]
    season: Season


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: names of the cases, the cases, and what is left (M x K)."""

    names: tuple[str, ...]
    cases: Cases
    left: NDArray[np.int64]
    moment: int | None


class Stream:
    """A season over a stream of lines: it starts with the first, and answers every batch after it.

    Where a batch does not say what is left of a use at a place, what earlier answers took has gone.
    """

    def __init__(
        self,
        *,
        policy: Policy,
        balance: float,
        everyone: bool,
        seed: int,
        threads: int,
        reserve: float = 0.0,
        least_gain: float | None = None,
        characteristics: Collection[str] = (),
    ) -> None:
        """Choose how households are decided on, as :class:`~eenthuis.matching.weekly.WeekByWeek` says."""
        self.policy = policy
        self.balance = balance
        self.everyone = everyone
        self.reserve = reserve
        self.least_gain = least_gain
        self.characteristics = characteristics
        self.bare: WeekByWeek | None = None
        self.apart: NDArray[np.int64] = np.empty((0, 0), np.int64)
        self.score = [0.0, 0.0]
        self.seed = seed
        self.threads = threads
        self.start: Start | None = None
        self.week: WeekByWeek | None = None
        self.left: NDArray[np.int64] = np.empty((0, 0), np.int64)
        self.placed: set[str] = set()
        self.moment: int | None = None

    def answer(self, line: str, *, row: int) -> str | None:
        """Return the answer to a batch, or None to the start.

        Raises
        ------
        InputError, LinkingError
            With the line, the field, the value and the remedy.
        """
        if self.start is None or self.week is None:
            self.start = read_start(line, row=row)
            self.left = self.start.season.capacity.copy()
            self.week = self._week(self.start, self.reserve, self.least_gain)
            if self.least_gain is not None:
                self.bare = self._week(self.start, 0.0, None)
                self.apart = np.zeros_like(self.left)
            return None
        batch = read_batch(line, self.start, row=row, left=self.left)
        again = next((name for name in batch.names if name in self.placed), None)
        if again is not None:
            raise _wrong("INP-03", "this case already has a place", row, "cases.id", again)
        passed = self._passed(batch.moment, row)
        chosen = self.week.decide(batch.cases, batch.left, passed=passed)
        self._beside(batch, chosen, passed)
        self.left = batch.left
        self.placed.update(name for name, place in zip(batch.names, chosen, strict=True) if place >= 0)
        there = chosen >= 0
        np.subtract.at(self.left, chosen[there], batch.cases.demand[there])
        kept = self.week.reserve.kept if self.reserve > 0 else None
        told = {**reserve_told(self.start.places, kept), **self._floors_told(self.week)}
        return written(batch.names, self.start.places, chosen, told)

    def _week(self, start: Start, reserve: float, least_gain: float | None) -> WeekByWeek:
        asked = None
        if least_gain is not None:
            asked = LeastGain(least_gain, *own_members(start.uses, self.characteristics))
        return WeekByWeek(
            start.season,
            policy=self.policy,
            balance=self.balance,
            everyone=self.everyone,
            reserve=reserve,
            least_gain=asked,
            seed=self.seed,
            threads=self.threads,
        )

    def _beside(self, batch: Batch, chosen: NDArray[np.int64], passed: int) -> None:
        """Decide the batch without a least gain and a reserve as well, with room of its own, to tell their price."""
        if self.bare is None:
            return
        room = np.maximum(batch.left - self.apart, 0)
        other = self.bare.decide(batch.cases, room, passed=passed)
        for at, (place, sign) in enumerate(((chosen, -1), (other, 1))):
            there = np.flatnonzero(place >= 0)
            np.add.at(self.apart, place[there], sign * batch.cases.demand[there])
            self.score[at] += float(batch.cases.score[there, place[there]].sum(dtype=np.float64))

    def _floors_told(self, week: WeekByWeek) -> dict[str, object]:
        """Return what every group gained so far and the share of the score given up, where a least gain was asked."""
        if week.lifts is None or self.start is None:
            return {}
        names, _ = own_members(self.start.uses, self.characteristics)
        gains = zip(names, week.lifts.gains().tolist(), strict=True)
        own, bare = self.score
        return {
            "gains": {name: None if np.isnan(gain) else round(gain, 4) for name, gain in gains},
            "price_of_floors": (bare - own) / max(abs(bare), 1e-9),
        }

    def _passed(self, moment: int | None, row: int) -> int:
        """Return the batches that have passed since the last one: those left out of the stream had no cases."""
        before, self.moment = self.moment, moment
        if moment is None or before is None:
            return 1
        if moment <= before:
            raise _wrong("INP-06", f"this batch comes after batch {before}", row, "t", moment)
        return moment - before


def read_start(line: str, *, row: int = 1) -> Start:
    """Read the first line.

    Raises
    ------
    InputError, LinkingError
        With the line, the field, the value and the remedy.
    """
    told = _object(line, row)
    if told.get("type") != "start":
        raise _wrong("INP-01", 'the first line is not of type "start"', row, "type", told.get("type"))
    listed = _list(told, "places", row)
    names: dict[str, Mapping[str, object]] = {}
    for place in listed:
        entry = place if isinstance(place, Mapping) else {}
        name = _name(entry, row, "places.id")
        if name in names:
            raise _wrong("INP-03", "this place appears twice", row, "places.id", name)
        capacity = entry.get("capacity")
        if not isinstance(capacity, Mapping):
            raise _wrong("INP-02", "a place has no capacity", row, "places.capacity", name)
        names[name] = capacity
    uses = ("persons", *dict.fromkeys(use for caps in names.values() for use in caps if use != "persons"))
    capacity = np.full((len(names), len(uses)), UNLIMITED, np.int64)
    for number, caps in enumerate(names.values()):
        for column, use in enumerate(uses):
            if caps.get(use) is not None:
                capacity[number, column] = _whole(caps[use], row, f"places.capacity.{use}")
    start = Start(tuple(names), uses, Season(capacity, _cases([], {}, uses, row, strict=False)))
    history = _cases(_list(told, "history", row, optional=True), _columns(start), uses, row, strict=False)
    season = Season(capacity, history, _count(told, "batches", row), _count(told, "cases_total", row))
    return Start(start.places, uses, season)


def read_batch(line: str, start: Start, *, row: int, left: NDArray[np.int64]) -> Batch:
    """Read one batch; where it does not say what is left, ``left`` (M x K, own count) stands.

    Raises
    ------
    InputError, LinkingError
        With the line, the field, the value and the remedy.
    """
    told = _object(line, row)
    if told.get("type") != "batch":
        raise _wrong("INP-01", 'this line is not of type "batch"', row, "type", told.get("type"))
    listed = _list(told, "cases", row)
    names: dict[str, None] = {}
    for case in listed:
        name = _name(case if isinstance(case, Mapping) else {}, row, "cases.id")
        if name in names:
            raise _wrong("INP-03", "this case appears twice", row, "cases.id", name)
        names[name] = None
    columns = _columns(start)
    cases = _cases(listed, columns, start.uses, row, strict=True)
    known = left.copy()
    numbers = {use: column for column, use in enumerate(start.uses)}
    for place, caps in _mapping(told.get("left"), row, "left").items():
        if place not in columns:
            raise _wrong("LNK-01", "this place was not in the start", row, "left", place)
        for use, room in _mapping(caps, row, f"left.{place}").items():
            if use not in numbers:
                raise _wrong("INP-02", "no place of the start has this use", row, f"left.{place}", use)
            if room is not None:
                known[columns[place], numbers[use]] = _whole(room, row, f"left.{place}.{use}")
    return Batch(tuple(names), cases, known, _count(told, "t", row))


def reserve_told(places: tuple[str, ...], kept: Kept | None) -> dict[str, object]:
    """Return what is ``kept`` for hard cases, nothing where no reserve was asked."""
    if kept is None:
        return {}
    rooms = zip(places, kept.room[:, 0].tolist(), strict=True)
    return {
        "reserve": {
            "cases": {kind.value: kept.cases.get(kind, 0) for kind in Hardness},
            "persons": kept.persons,
            "kept": {place: room for place, room in rooms if room > 0},
        }
    }


def written(
    names: Iterable[str],
    places: tuple[str, ...],
    chosen: NDArray[np.int64],
    told: Mapping[str, object] | None = None,
) -> str:
    """Return the answer to a batch as one JSON line, with what else is ``told`` of it."""
    assign = {name: places[place] if place >= 0 else None for name, place in zip(names, chosen, strict=True)}
    return json.dumps({"assign": assign, **(told or {})}, ensure_ascii=False)


def _columns(start: Start) -> dict[str, int]:
    return {place: column for column, place in enumerate(start.places)}


def _cases(
    listed: list[object], columns: Mapping[str, int], uses: tuple[str, ...], row: int, *, strict: bool
) -> Cases:
    """Read cases; ``strict`` refuses a score at an unknown place, which an earlier period may well have."""
    demand = np.zeros((len(listed), len(uses)), np.int64)
    allowed = np.zeros((len(listed), len(columns)), bool)
    score = np.zeros((len(listed), len(columns)), np.float32)
    for number, entry in enumerate(listed):
        case = entry if isinstance(entry, Mapping) else {}
        if "persons" not in case:
            raise _wrong("INP-02", "a case has no persons", row, "persons", case.get("id"))
        for column, use in enumerate(uses):
            demand[number, column] = _whole(case.get(use, 0), row, f"{case.get('id')}: {use}")
        scores = case.get("scores")
        if not isinstance(scores, Mapping):
            raise _wrong("INP-02", "a case has no scores", row, "scores", case.get("id"))
        for place, points in scores.items():
            at = columns.get(place)
            if at is None:
                if strict:
                    raise _wrong("LNK-01", "this place was not in the start", row, "scores", place)
                continue
            allowed[number, at] = True
            score[number, at] = _score(points, row, f"{case.get('id')}: {place}")
    return Cases(demand, allowed, score)


def _object(line: str, row: int) -> Mapping[str, object]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        said = wrong.msg if isinstance(wrong, json.JSONDecodeError) else "a number or a nesting without end"
        raise _wrong("INP-01", f"this line is not JSON ({said})", row, "", "") from wrong
    if not isinstance(told, dict):
        raise _wrong("INP-01", "this line is not a JSON object", row, "", "")
    return told


def _list(told: Mapping[str, object], field: str, row: int, *, optional: bool = False) -> list[object]:
    value = told.get(field)
    if value is None and optional:
        return []
    if not isinstance(value, list):
        raise _wrong("INP-02", "a list is missing", row, field, value)
    return value


def _mapping(value: object, row: int, field: str) -> Mapping[str, object]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _wrong("INP-01", "a JSON object is needed", row, field, value)
    return value


def _name(entry: Mapping[str, object], row: int, field: str) -> str:
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise _wrong("INP-04", "an identifier is missing or is no text", row, field, name)
    return name


def _count(told: Mapping[str, object], field: str, row: int) -> int | None:
    return None if told.get(field) is None else _whole(told[field], row, field)


def _whole(value: object, row: int, field: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong("INP-01", "a whole number is needed", row, field, value)
    if not 0 <= value <= LARGEST:
        raise _wrong("INP-06", "the number is out of range", row, field, value)
    return value


def _score(value: object, row: int, field: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_SCORE:
        return float(value)
    raise _wrong("INP-01", "a score is a finite number", row, field, value)


_REMEDY = {
    "INP-01": "Mend the line and send it again from the start.",
    "INP-02": "Name the fields as the start line does.",
    "INP-03": "Give every one its own identifier.",
    "INP-04": "Give an identifier as text.",
    "INP-06": "Give a whole number of at least 0.",
    "LNK-01": "Name only places of the start line.",
}


def _wrong(code: str, message: str, row: int, field: str, value: object) -> EenthuisError:
    shown = "" if value is None else str(value)[:80]
    where = Location(file="standard input", row=row, column=field, value=shown)
    kind = LinkingError if code.startswith("LNK") else InputError
    return kind(code, message, remedy=_REMEDY[code], location=where)
