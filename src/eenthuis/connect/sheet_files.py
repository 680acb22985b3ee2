"""Spreadsheet files before anything reads them: what they are, that they are no bomb, and where formulas stand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from eenthuis.terms.errors import InputError, Location

MOST_BYTES = 20_000_000
"""So large a file may be as it is handed in."""
MOST_UNPACKED = 300_000_000
"""So large may a workbook be when unpacked; beyond it is a zip bomb, or holds far more than a list."""
MOST_MEMBERS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
_CHUNK = 1 << 20
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file is: ``xlsx``, ``ods`` or ``csv``, and per sheet the cells that hold a formula."""

    kind: str
    formulas: dict[str, frozenset[Place]]


def look(content: bytes, name: str) -> Workbook:
    """Refuse what is no spreadsheet, is too large or would burst, and find the formulas.

    Raises
    ------
    InputError
        INP-05 when it is none that can be read, or damaged; INP-06 when it is too large, packed or unpacked.
    """
    where = Location(name)
    if len(content) > MOST_BYTES:
        raise _too_large(where, f"the file has {len(content)} bytes; at most {MOST_BYTES} are taken")
    if content.startswith(_OLD):
        raise InputError(
            "INP-05",
            "the file is an old workbook (.xls) or is locked with a password",
            remedy="Save it as .xlsx or .ods without a password.",
            location=where,
        )
    if not content.startswith(_ZIP):
        return Workbook("csv", {})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _unpack_within_limits(archive, where)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return Workbook("xlsx", _xlsx_formulas(archive, where))
            if "content.xml" in names:
                return Workbook("ods", _ods_formulas(archive, where))
    except (
        zipfile.BadZipFile,
        ET.ParseError,
        KeyError,
        RuntimeError,
        ValueError,
    ) as wrong:
        raise _damaged(where) from wrong
    raise InputError(
        "INP-05",
        "the file is a zip but no workbook",
        remedy="Hand in one .xlsx, .ods or .csv file.",
        location=where,
    )


def _damaged(where: Location) -> InputError:
    return InputError(
        "INP-05",
        "the workbook is damaged",
        remedy="Open it in a spreadsheet program and save it again as .xlsx.",
        location=where,
    )


def _too_large(where: Location, message: str) -> InputError:
    return InputError(
        "INP-06", message, remedy="Hand in only the list itself, in parts if need be.", location=where
    )


def _unpack_within_limits(archive: zipfile.ZipFile, where: Location) -> None:
    """Unpack everything once, counting; what a file says of its own size is not believed."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _too_large(where, f"the workbook holds {len(members)} parts")
    total = 0
    for member in members:
        if member.flag_bits & 1:
            raise _damaged(where)
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise _too_large(where, f"unpacked it has more than {MOST_UNPACKED} bytes")


def place_of(letters: bytes, row: bytes) -> Place:
    """Return the place of a cell such as ``B7``.

    Examples
    --------
    >>> place_of(b"AA", b"7")
    (6, 26)
    """
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(row) - 1, column - 1


def _xlsx_formulas(archive: zipfile.ZipFile, where: Location) -> dict[str, frozenset[Place]]:
    found = {}
    for name, member in _xlsx_sheets(archive):
        body = archive.read(member)
        for cell in _CELL.finditer(body):
            _check_place(place_of(cell[1], cell[2]), where)
        found[name] = frozenset(place_of(cell[1], cell[2]) for cell in _FORMULA.finditer(body))
    return found


def _xlsx_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {
        one.get("Id"): str(one.get("Target"))
        for one in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat limits entities
    }
    for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{_SHEETS}sheet"):  # noqa: S314 - the same
        target = relations[sheet.get(f"{_RELATION}id")]
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "/worksheets/" in member:
            yield str(sheet.get("name")), member


def _check_place(place: Place, where: Location) -> None:
    if place[0] >= MOST_ROWS + 20 or place[1] >= MOST_COLUMNS:
        raise _too_large(
            where, f"it has a cell beyond row {MOST_ROWS} or column {MOST_COLUMNS}, at row {place[0] + 1}"
        )


def _ods_formulas(archive: zipfile.ZipFile, where: Location) -> dict[str, frozenset[Place]]:
    """Walk an OpenDocument sheet, in which equal cells and rows stand once with a count."""
    found: dict[str, set[Place]] = {}
    sheet, row, column = "", 0, 0
    with archive.open("content.xml") as stream:
        for event, element in ET.iterparse(stream, events=("start", "end")):  # noqa: S314 - expat limits entities
            if event == "start" and element.tag == f"{_TABLE}table":
                sheet, row = str(element.get(f"{_TABLE}name")), 0
                found[sheet] = set()
            elif event == "start" and element.tag == f"{_TABLE}table-row":
                column = 0
            elif event == "end" and element.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                times = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
                holds = element.get(f"{_OFFICE}value-type") is not None or len(element) > 0
                if holds:
                    _check_place((row, column + times - 1), where)
                if element.get(f"{_TABLE}formula") is not None:
                    found[sheet].add((row, column))
                column += times
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                if _holds(element):
                    _check_place((row + times - 1, 0), where)
                row += times
                element.clear()
    return {name: frozenset(places) for name, places in found.items()}


def _holds(row: ET.Element) -> bool:
    return any(cell.get(f"{_OFFICE}value-type") is not None or len(cell) > 0 for cell in row)
