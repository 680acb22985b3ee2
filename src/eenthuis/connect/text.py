"""Bytes of a file into text, without guessing an encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from eenthuis.terms.errors import InputError, Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEET = b"PK\x03\x04"
_SAVE_AS = "Save it as 'CSV UTF-8' from the spreadsheet program."


def content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    InputError
        INP-07 when there is no such file or it may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise InputError(
            "INP-07",
            f"{path.name!r} cannot be opened: {wrong.strerror}",
            remedy="Give the path of a file that exists and that you may read.",
            location=Location(path.name),
        ) from wrong


@contextmanager
def handed_in(content: bytes, name: str, *, otherwise: str) -> Iterator[Path]:
    """Give what was handed in as a file while it is read; it is called ``name``, or ``otherwise`` without one.

    Of ``name`` the last part alone counts, so that the file lies nowhere else than in its own folder.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name or otherwise)
        file.write_bytes(content)
        yield file


def decoded(path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte-order mark; the mark is taken off.

    Other encodings are not guessed: in Windows-1252 and its relatives the same byte means another letter.

    Raises
    ------
    InputError
        INP-07 when the file cannot be opened; INP-05 with the row and the bytes where the text breaks off.
    """
    return text_of(content(path), path)


def text_of(raw: bytes, path: Path) -> str:
    """Return bytes as text like :func:`decoded`; ``path`` only says what the file is called.

    Raises
    ------
    InputError
        INP-05 with the row and the bytes where the text breaks off.
    """
    if raw.startswith(_SPREADSHEET):
        raise _refused(path, "it is a workbook or a zip file, not a text file", Location(path.name))
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise _refused(path, f"it is not {wrong.encoding.upper()} text", _place(path, raw, wrong)) from wrong
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise _refused(path, "it holds zero bytes, so it is not a text file", Location(path.name, row))
    return text


def _place(path: Path, raw: bytes, wrong: UnicodeDecodeError) -> Location:
    """Point at the word around the first byte that cannot be read, shown as Windows-1252 would show it."""
    before = raw[: wrong.start]
    start = max(before.rfind(mark) for mark in (b"\n", b",", b";", b"\t")) + 1
    ends = [raw.find(mark, wrong.start) for mark in (b"\r", b"\n", b",", b";", b"\t")]
    end = min((found for found in ends if found >= 0), default=len(raw))
    line = before[before.rfind(b"\n") + 1 :]
    header = raw[: raw.find(b"\n")].decode("cp1252", "replace").strip()
    delimiter = max(",;\t", key=header.count)
    names = header.split(delimiter)
    place = line.decode("cp1252", "replace").count(delimiter)
    return Location(
        path.name,
        before.count(b"\n") + 1,
        names[place].strip().strip('"') if place < len(names) else "",
        raw[start:end].decode("cp1252", "replace").strip().strip('"')[:40],
    )


def _refused(path: Path, what: str, location: Location) -> InputError:
    return InputError("INP-05", f"{path.name!r} cannot be read: {what}", remedy=_SAVE_AS, location=location)
