"""Reading the rungs of a ladder from an instrument file; a ladder with a gap does not load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from eenthuis.terms.errors import LawError, Location
from eenthuis.terms.supervision import Entry, Letter, Regime, Step, Talk

CONDITIONS = ("entry", "backlog_people", "backlog_share", "half_years")
PARTS = ("step", *CONDITIONS, "term_weeks", "talk", "letter", "regime")
PAPER = ("from", "until", "article", "authority", "source", "checked_on", "note")
COUNT = "supervision.rungs"
PREFIX = "supervision.rung."
_SHARE = re.compile(r"0|1|0\.\d+|\d+/[1-9]\d*")
_NUMBERS = ("backlog_people", "half_years", "term_weeks")
_CHOICES = {"step": Step, "entry": Entry, "talk": Talk, "letter": Letter, "regime": Regime}


def values_of_rungs(document: Mapping[str, object], file: str) -> Iterator[Mapping[str, object]]:
    """Yield one entry per part of every ``[[rung]]``, and the number of rungs, each with the paper of its rung.

    Raises
    ------
    LawError
        LAW-02 naming file and field when a rung number is skipped, or a rung lacks a condition of entry, its term or
        another part, or holds a part of another kind.
    """
    rungs = document.get("rung", [])
    if not isinstance(rungs, list):
        raise _refusal(file, "rung", "is no list", "Write each rung as [[rung]].")
    versions: dict[object, list[Mapping[str, object]]] = {}
    for rung in rungs:
        _require_whole(rung, file)
        versions.setdefault((str(rung.get("from")), str(rung.get("until"))), []).append(rung)
    for version in versions.values():
        _require_no_gap(version, file)
        yield {"key": COUNT, "value": len(version), **_paper(version[0])}
        for rung in version:
            for part in PARTS:
                yield {"key": f"{PREFIX}{rung['number']}.{part}", "value": rung[part], **_paper(rung)}


def require_known_part(key: str, file: str) -> None:
    """Refuse a single value of a rung that names no part a rung has.

    Raises
    ------
    LawError
        LAW-02 naming the file and the field.
    """
    if not key.startswith(PREFIX):
        return
    number, _, part = key.removeprefix(PREFIX).partition(".")
    if not number.isdigit() or part not in PARTS:
        raise _refusal(file, key, "is no part of a rung", f"Write {PREFIX}N. and one of {', '.join(PARTS)}.")


def require_rungs(found: Iterable[tuple[str, str, object]]) -> None:
    """Refuse a value of a rung that the ladder of its place does not have; ``found`` holds place, key and value.

    Raises
    ------
    LawError
        LAW-02 naming the place and the field.
    """
    every = tuple(found)
    tops: dict[str, int] = {}
    for place, key, value in every:
        if key == COUNT:
            tops[place] = max(tops.get(place, 0), int(str(value)))
    for place, key, _ in every:
        if key.startswith(PREFIX):
            number, top = int(key.removeprefix(PREFIX).partition(".")[0]), tops.get(place, tops.get("nl", 0))
            if not 1 <= number <= top:
                raise _refusal(
                    place, key, f"names a rung beyond the ladder, which has {top}", "Add the rung first."
                )


def _require_whole(rung: object, file: str) -> None:
    if not isinstance(rung, Mapping):
        raise _refusal(file, "rung", "is no table", "Write each rung as [[rung]].")
    number = rung.get("number")
    if isinstance(number, bool) or not isinstance(number, int):
        raise _refusal(
            file, "number", "is missing on a rung or no whole number", "Number the rungs 1, 2, 3 …"
        )
    for part in PARTS:
        if part not in rung:
            raise _refusal(file, part, f"is missing on rung {number}", _why(part))
        if part in _NUMBERS:
            _require_count(rung[part], part, number, file)
        elif part == "backlog_share" and not _is_share(rung[part]):
            raise _refusal(
                file,
                part,
                f"is {rung[part]!r} on rung {number}",
                "Write a share as text, such as '1/4' or '0'.",
            )
        elif part in _CHOICES and rung[part] not in list(_CHOICES[part]):
            known = ", ".join(_CHOICES[part])
            raise _refusal(file, part, f"is {rung[part]!r} on rung {number}", f"Use one of {known}.")
    if unknown := rung.keys() - {"number", *PARTS, *PAPER}:
        raise _refusal(file, min(unknown), f"is no part of rung {number}", f"A rung has {', '.join(PARTS)}.")


def _require_count(value: object, part: str, number: int, file: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _refusal(file, part, f"is {value!r} on rung {number}", "Write a whole number of 0 or more.")


def _is_share(value: object) -> bool:
    return isinstance(value, str) and _SHARE.fullmatch(value) is not None


def _require_no_gap(version: Sequence[Mapping[str, object]], file: str) -> None:
    numbers = sorted(int(str(rung["number"])) for rung in version)
    for wanted, number in enumerate(numbers, start=1):
        if number != wanted:
            what = f"has rung {number} twice" if number < wanted else f"skips rung {wanted}"
            raise _refusal(
                file,
                "number",
                f"{what}; the rungs from {version[0].get('from')} are {', '.join(map(str, numbers))}",
                "Give every rung once, from 1, with the same days; a rung that is not used is left out of the ladder.",
            )


def _paper(rung: Mapping[str, object]) -> dict[str, object]:
    return {name: rung[name] for name in PAPER if name in rung}


def _why(part: str) -> str:
    if part == "term_weeks":
        return "Give every rung its term in weeks; 0 where nothing is asked, and authority assumption where unknown."
    if part in CONDITIONS:
        return "Give every rung all its conditions of entry, with authority assumption where one is unknown."
    return "Give every rung all its parts."


def _refusal(file: str, field: str, problem: str, remedy: str) -> LawError:
    return LawError(
        "LAW-02", f"the ladder: {field} {problem}", remedy=remedy, location=Location(file, column=field)
    )
