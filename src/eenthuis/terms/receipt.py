"""A receipt ("ontvangstbewijs") with which anyone can recompute what was decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import Enum
from fractions import Fraction

from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority, Citation

_AS_IT_IS = frozenset({int, str, bool, type(None)})


def plain(value: object) -> object:
    """Return ``value`` as JSON can hold it, the same way every time.

    Fractions become ``"n/d"``, days ISO text, half-years ``"2023-I"``, records mappings of their fields.

    Examples
    --------
    >>> plain({"share": Fraction(1, 3), "day": date(2022, 1, 1)})
    {'day': '2022-01-01', 'share': '1/3'}
    """
    if type(value) in _AS_IT_IS:
        return value
    match value:
        case Enum() | Fraction() | HalfYear() | date() | time():
            return _as_text(value)
        case None | bool() | int() | str():
            return value
        case Mapping():
            return {str(plain(key)): plain(value[key]) for key in sorted(value, key=str)}
        case tuple() | list() | set() | frozenset():
            items = [plain(item) for item in value]
            return sorted(items, key=str) if isinstance(value, set | frozenset) else items
        case _ if is_dataclass(value):
            return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form; floats do not belong in a receipt")


def _as_text(value: Enum | Fraction | HalfYear | date | time) -> object:
    match value:
        case Enum():
            return value.value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case HalfYear():
            return str(value)
        case date() | time():
            return value.isoformat()


def digest(value: object) -> str:
    """Return the SHA-256 of the plain form of ``value`` as canonical JSON."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was decided, as of when, on which law values, from which input to which output.

    ``action`` names the rule, such as ``targets.compute``; ``inputs`` holds everything needed to compute it again, in
    plain form; ``output_digest`` is the digest of the plain output.
    """

    action: str
    as_of: date
    inputs: Mapping[str, object]
    input_digest: str
    output_digest: str
    citations: tuple[Citation, ...]
    code_version: str

    @property
    def number(self) -> str:
        """A short number to print on letters and pages, made from the two digests."""
        joined = digest([self.action, self.input_digest, self.output_digest])
        return joined.removeprefix("sha256:")[:12].upper()


def make_receipt(
    *,
    action: str,
    as_of: date,
    inputs: Mapping[str, object],
    output: object,
    citations: tuple[Citation, ...],
    code_version: str,
) -> Receipt:
    """Return the receipt of ``output``, computed from ``inputs``."""
    return Receipt(
        action=action,
        as_of=as_of,
        inputs=inputs,
        input_digest=digest(inputs),
        output_digest=digest(output),
        citations=citations,
        code_version=code_version,
    )


def receipt_from_plain(document: Mapping[str, object]) -> Receipt:
    """Read a receipt back from its JSON form.

    Raises
    ------
    InputError
        INP-01 when a part is missing or of another kind.
    """
    try:
        citations = tuple(_citation(entry) for entry in _rows(document["citations"]))
        inputs = document["inputs"]
        if not isinstance(inputs, Mapping):
            raise TypeError  # noqa: TRY301 - one remedy for every shape that is wrong
        return Receipt(
            action=str(document["action"]),
            as_of=date.fromisoformat(str(document["as_of"])),
            inputs=inputs,
            input_digest=str(document["input_digest"]),
            output_digest=str(document["output_digest"]),
            citations=citations,
            code_version=str(document["code_version"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise InputError(
            "INP-01",
            f"this is not a receipt of Eenthuis: {wrong!r}",
            remedy="Give the JSON that a command or page of Eenthuis wrote.",
        ) from wrong


def _rows(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise TypeError
    return value


def _citation(entry: Mapping[str, object]) -> Citation:
    last_day = entry["last_day"]
    return Citation(
        key=str(entry["key"]),
        value=str(entry["value"]),
        instrument=str(entry["instrument"]),
        article=str(entry["article"]),
        authority=Authority(str(entry["authority"])),
        source=str(entry["source"]),
        first_day=date.fromisoformat(str(entry["first_day"])),
        last_day=None if last_day is None else date.fromisoformat(str(last_day)),
        checked_on=date.fromisoformat(str(entry["checked_on"])),
        note=str(entry.get("note", "")),
        place=str(entry.get("place", "nl")),
    )
