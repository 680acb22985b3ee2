"""The shapes in which CBS hands out its open data, read into plain lines.

Three shapes are known: the CSV file of StatLine or the open data portal (semicolons, quoted and padded cells,
lines of title and source around the table), the older OData answer with one column per measure
(``BevolkingOp1Januari_1``), and the newer one with one row per measure (``Measure``, ``Value``).

References
----------
CBS, "Handleiding CBS Open Data Services", and the answers of StatLine tables 03759ned and 70072ned.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eenthuis.connect.tables import delimiter_of
from eenthuis.connect.text import decoded
from eenthuis.terms.errors import InputError, Location

REGION = ("regiocode", "regios", "regio", "regions", "gemeente", "gemeenten")
PERIOD = ("perioden", "periode", "periods", "period", "jaar")
_BESIDE = frozenset({"id", "measure", "value", "valueattribute", "stringvalue"})
_SPLITS = frozenset(
    {"geslacht", "leeftijd", "burgerlijkestaat", "herkomstland", "geboorteland", "nationaliteit"}
)
_RANKED = re.compile(r".*_\d+")
_SHAPES = "a CSV file of StatLine or the JSON answer of its OData service"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CBS table: text per folded column name.

    ``splits`` names the columns that divide people, such as sex and age.
    """

    cells: Mapping[str, str]
    splits: frozenset[str]
    location: Location


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one file; ``continues`` says that the service has more pages."""

    lines: tuple[Line, ...]
    continues: bool


def folded(name: str) -> str:
    """Return a CBS column name without unit, rank, case and punctuation.

    Examples
    --------
    >>> folded("BevolkingOp1Januari_1") == folded("Bevolking op 1 januari (aantal)")
    True
    """
    bare = re.sub(r"\(.*?\)|_\d+$", "", name.strip().casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def read_lines(path: Path) -> Lines:
    """Read a file in any of the three shapes.

    Raises
    ------
    InputError
        INP-07 or INP-05 when it cannot be opened or is not text; INP-01 when it is JSON that cannot be read;
        INP-02 when it names no region and period.
    """
    text = decoded(path)
    return _json_lines(path, text) if text.lstrip()[:1] in {"{", "["} else _csv_lines(path, text)


def _json_lines(path: Path, text: str) -> Lines:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise InputError(
            "INP-01",
            f"the JSON breaks off: {wrong.msg}",
            remedy="Download the file again; it may have been cut off.",
            location=Location(path.name, wrong.lineno),
        ) from wrong
    rows = document.get("value") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _no_table(path, "no list of rows under 'value'")
    splits = _splits(list(rows[0]))
    lines = tuple(
        Line({folded(key): _text(cell) for key, cell in row.items()}, splits, Location(path.name, number))
        for number, row in enumerate(rows, start=1)
    )
    if not _has_axes(lines[0].cells):
        raise _no_table(path, "the rows name no region and period")
    more = isinstance(document, dict) and any(key.endswith("nextLink") for key in document)
    return Lines(lines, continues=more)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _csv_lines(path: Path, text: str) -> Lines:
    records = list(_records(path, text))
    for place, (_, cells) in enumerate(records):
        names = [folded(cell) for cell in cells]
        if _has_axes(names):
            below = _below(path, names, _splits(cells), records[place + 1 :])
            return Lines(tuple(below), continues=False)
    raise _no_table(path, "no row names a region and a period")


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    lines = [line for line in text.splitlines() if line.strip()]
    widest = max(lines, key=lambda line: line.count(delimiter_of(line)), default="")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(widest), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as wrong:
        raise InputError(
            "INP-01",
            f"the row cannot be split into cells: {wrong}",
            remedy="Download the file again, without opening it in a spreadsheet.",
            location=Location(path.name, number + 1),
        ) from wrong


def _splits(written: Sequence[str]) -> frozenset[str]:
    """Return the columns that divide people.

    A service names measures with a rank (``_1``) or under ``Measure``, so that every other column is such a split;
    a table from the website does neither, and there the usual ones are known by name.
    """
    names = {folded(name) for name in written}
    if "measure" in names or any(_RANKED.fullmatch(name) for name in written):
        measures = {folded(name) for name in written if _RANKED.fullmatch(name)}
        return frozenset(names - measures - _BESIDE - {*REGION, *PERIOD})
    return frozenset(names & _SPLITS)


def _below(
    path: Path, names: Sequence[str], splits: frozenset[str], records: Sequence[tuple[int, list[str]]]
) -> Iterator[Line]:
    """Yield the rows under the header; rows with one filled cell are title, unit or source lines."""
    for number, cells in records:
        if sum(1 for cell in cells if cell) <= 1:
            continue
        if len(cells) != len(names):
            raise InputError(
                "INP-02",
                f"the row has {len(cells)} cells where the header names {len(names)} columns",
                remedy="Download the file again, without opening it in a spreadsheet.",
                location=Location(path.name, number),
            )
        yield Line(dict(zip(names, cells, strict=True)), splits, Location(path.name, number))


def _has_axes(names: Sequence[str] | Mapping[str, str]) -> bool:
    return any(name in names for name in REGION) and any(name in names for name in PERIOD)


def _no_table(path: Path, found: str) -> InputError:
    return InputError(
        "INP-02",
        f"{path.name!r} is not a CBS table by region and period: {found}",
        remedy=f"Give {_SHAPES}, with the columns RegioS and Perioden.",
        location=Location(path.name),
    )
