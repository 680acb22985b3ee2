"""Reading instrument files; a value without its paper does not load."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise

from eenthuis.law.ladders import require_known_part, require_rungs, values_of_rungs
from eenthuis.terms.errors import LawError, Location
from eenthuis.terms.law import Authority

LawValue = str | int | bool | Decimal
NEEDED = {"key", "value", "from", "article", "authority", "source", "checked_on"}
ALLOWED = NEEDED | {"until", "note"}


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of one instrument between two days that both count; ``last_day`` is None while it holds.

    ``place`` is ``nl`` or the name of a province's folder.
    """

    place: str
    key: str
    value: LawValue
    first_day: date
    last_day: date | None
    instrument: str
    article: str
    authority: Authority
    source: str
    checked_on: date
    note: str

    def holds_on(self, day: date) -> bool:
        """Return whether the value holds on ``day``."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def until_day_before(self, day: date) -> DatedValue | None:
        """Return the part of the value that lies before ``day``; None when there is none."""
        if self.first_day >= day:
            return None
        if self.last_day is not None and self.last_day < day:
            return self
        return replace(self, last_day=day - timedelta(days=1))


def packaged() -> tuple[DatedValue, ...]:
    """Return every value of the packaged instruments, national first."""
    return from_folder(resources.files("eenthuis.law") / "instruments")


def from_folder(root: Traversable) -> tuple[DatedValue, ...]:
    """Return every value of the instruments in ``nl`` and in the folders of ``province`` below ``root``.

    Raises
    ------
    LawError
        LAW-02 for a value without its paper, LAW-03 for values that overlap.
    """
    found = list(_folder(root / "nl", "nl"))
    provinces = root / "province"
    if provinces.is_dir():
        for province in sorted(provinces.iterdir(), key=lambda folder: folder.name):
            if province.is_dir():
                found += _folder(province, province.name)
    require_rungs((value.place, value.key, value.value) for value in found)
    return without_overlap(found)


def read_instrument(text: str, *, file: str, place: str) -> tuple[DatedValue, ...]:
    """Read one instrument.

    Raises
    ------
    LawError
        LAW-02 naming file and key when the file is no TOML, a value lacks its paper or is dated backwards, or a
        ladder has a gap.
    """
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        raise LawError(
            "LAW-02", f"not TOML: {wrong}", remedy="Mend the file.", location=Location(file)
        ) from wrong
    title = str(document.get("instrument", {}).get("title", ""))
    if not title:
        raise LawError(
            "LAW-02", "no [instrument] with a title", remedy="Name the instrument.", location=Location(file)
        )
    entries = (*document.get("value", ()), *values_of_rungs(document, file))
    return tuple(_value(entry, file=file, place=place, title=title) for entry in entries)


def without_overlap(values: Iterable[DatedValue]) -> tuple[DatedValue, ...]:
    """Return the values, ordered by place, key and day.

    Raises
    ------
    LawError
        LAW-03 when two values of one key hold on the same day in one place.
    """
    grouped: defaultdict[tuple[str, str], list[DatedValue]] = defaultdict(list)
    for value in values:
        grouped[value.place, value.key].append(value)
    ordered: list[DatedValue] = []
    for (place, key), held in sorted(grouped.items()):
        held.sort(key=lambda value: value.first_day)
        for earlier, later in pairwise(held):
            if earlier.last_day is None or earlier.last_day >= later.first_day:
                raise LawError(
                    "LAW-03",
                    f"{key} ({place}) has two values on {later.first_day.isoformat()}",
                    remedy=f"End the value from {earlier.first_day.isoformat()} the day before.",
                )
        ordered += held
    return tuple(ordered)


def _folder(folder: Traversable, place: str) -> Iterable[DatedValue]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield from read_instrument(
                file.read_text(encoding="utf-8"), file=f"{place}/{file.name}", place=place
            )


def _value(entry: Mapping[str, object], *, file: str, place: str, title: str) -> DatedValue:
    key = str(entry.get("key", "?"))
    require_known_part(key, file)

    def refuse(problem: str, remedy: str) -> LawError:
        return LawError("LAW-02", f"{key} {problem}", remedy=remedy, location=Location(file, column=key))

    if missing := NEEDED - entry.keys():
        raise refuse(f"lacks {', '.join(sorted(missing))}", "Give every value its paper.")
    if unknown := entry.keys() - ALLOWED:
        raise refuse(f"has unknown parts {', '.join(sorted(unknown))}", "Remove or rename them.")
    value, first, last, checked = entry["value"], entry["from"], entry.get("until"), entry["checked_on"]
    if not isinstance(value, str | int | bool | Decimal) or (
        isinstance(value, Decimal) and not value.is_finite()
    ):
        raise refuse(
            "has a value that is neither text, whole number, decimal nor yes/no", "Write one of these."
        )
    days = (first, checked) if last is None else (first, last, checked)
    if not all(isinstance(day, date) and not isinstance(day, datetime) for day in days):
        raise refuse("has a day that is no date", "Write days as 2022-01-31.")
    assert isinstance(first, date)  # noqa: S101 - tells the type checker what was just tested
    assert isinstance(checked, date)  # noqa: S101 - the same
    assert last is None or isinstance(last, date)  # noqa: S101 - the same
    if last is not None and last < first:
        raise refuse(f"ends on {last} before it begins on {first}", "Both ends count; mend the days.")
    if entry["authority"] not in list(Authority):
        raise refuse(f"has authority {entry['authority']!r}", f"Use one of {', '.join(Authority)}.")
    if not str(entry["source"]).strip():
        raise refuse("has no source", "Say where it was read.")
    return DatedValue(
        place=place,
        key=key,
        value=value,
        first_day=first,
        last_day=last,
        instrument=title,
        article=str(entry["article"]),
        authority=Authority(str(entry["authority"])),
        source=str(entry["source"]),
        checked_on=checked,
        note=str(entry.get("note", "")),
    )
