"""Whether the journal is as it was written: every line rests on the digest of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.store import journal_chain
from eenthuis.store.journal_chain import ChainedLine

AFTER = 7
"""Where among the parts of a line stands what came after."""


class Fault(StrEnum):
    """What is wrong with a line of the journal."""

    CHANGED = "its content is not what was written"
    REMOVED = "it was removed"
    OUTSIDE = "it was put in outside the chain"
    MOVED = "it does not follow the line before it"
    RECHAINED = "its digest does not rest on its content"
    ERASED_UNTOLD = "lines were emptied that no erasure tells of"
    EXPECTED = "the digest that was noted earlier is not in the chain: lines were removed or written anew"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line at which the chain breaks: its number, when and what it says it is of, and what is wrong."""

    line: int
    at: str
    action: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verified:
    """How many lines were looked at, how many of them were erased, the last digest, and the first break if any."""

    lines: int
    erased: int
    head: str
    broken: Broken | None


def verify_journal(*, expected: str = "") -> Verified:
    """Compute every digest of the journal again, here and not in the database; stop at the first that differs.

    ``expected`` is a digest noted earlier, elsewhere: without one, lines cut from the end, or a chain that was written
    anew as a whole, cannot be seen.
    """
    previous, count, seen = "", 0, not expected
    erased: Counter[int] = Counter()
    told: dict[int, int] = {}
    for line in journal_chain.chained_lines():
        fault = _fault(line, previous, count + 1)
        if fault is not None:
            return Verified(count, erased.total(), previous, _broken(line, fault))
        count += 1
        previous = line.digest or ""
        seen = seen or previous == expected
        if line.erasure is not None:
            erased[line.erasure] += 1
        elif line.action == "erase":
            told[line.line] = _lines_told(line)
    untold = next((number for number, lines in sorted(erased.items()) if told.get(number) != lines), None)
    if untold is not None:
        broken = Broken(untold, "", "erase", Fault.ERASED_UNTOLD)
        return Verified(count, erased.total(), previous, broken)
    if not seen:
        return Verified(count, erased.total(), previous, Broken(0, "", "", Fault.EXPECTED))
    return Verified(count, erased.total(), previous, None)


def _lines_told(line: ChainedLine) -> int:
    """Return how many lines an erasure says it emptied."""
    after = json.loads(line.parts[AFTER] or "{}")
    return int(after.get("lines", -1))


def _fault(line: ChainedLine, previous: str, position: int) -> Fault | None:
    if line.position is None:
        return Fault.OUTSIDE
    if line.at is None:
        return Fault.REMOVED
    if line.position != position or line.previous != previous:
        return Fault.MOVED
    if line.digest != _digest(previous + (line.content_digest or "")):
        return Fault.RECHAINED
    if line.erasure is not None:
        return None if line.is_blank and not line.salt else Fault.CHANGED
    content = "".join(_net(part) for part in (line.salt, *line.parts))
    return None if _digest(content) == line.content_digest else Fault.CHANGED


def _net(part: str | None) -> str:
    return "-," if part is None else f"{len(part)}:{part},"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _broken(line: ChainedLine, fault: Fault) -> Broken:
    return Broken(line.line, line.at.isoformat() if line.at else "", line.action or "", fault)
