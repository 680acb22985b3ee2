"""Lists that go out as an OpenDocument spreadsheet: text stays text, numbers and days keep their kind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from eenthuis.connect.sheet_writing import ListFile, Written

KIND = "application/vnd.oasis.opendocument.spreadsheet"
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
EVERY = 500
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">\
<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>\
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def list_ods(made: ListFile, tell: Callable[[int], None] | None = None) -> bytes:
    """Return a list as an OpenDocument spreadsheet, with a second sheet that names list, filter and moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text, how in (
            ("mimetype", KIND, zipfile.ZIP_STORED),
            ("META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED),
        ):
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), text, how)
        content = zipfile.ZipInfo("content.xml", FIRST_MOMENT)
        content.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(content, "w") as stream:
            for part in _content(made, tell):
                stream.write(part.encode())
    return out.getvalue()


def _content(made: ListFile, tell: Callable[[int], None] | None) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} office:version="1.3">'
    yield "<office:body><office:spreadsheet>"
    yield from _sheet(made.sheet, made.headings, made.rows, tell)
    yield from _sheet("Toelichting", (), made.facts, None)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _sheet(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Written]],
    tell: Callable[[int], None] | None,
) -> Iterator[str]:
    yield f'<table:table table:name="{_text(name)}">'
    if headings:
        yield _row(headings)
    for number, row in enumerate(rows, start=1):
        yield _row(row)
        if tell is not None and number % EVERY == 0:
            tell(number)
    yield "</table:table>"


def _row(cells: Sequence[Written]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(cell: Written) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case str():
            return _said("string", "", _text(cell))
        case bool():
            return _said("string", "", "ja" if cell else "nee")
        case datetime() | date():
            written = (
                cell.replace(tzinfo=None).isoformat(timespec="seconds")
                if isinstance(cell, datetime)
                else cell.isoformat()
            )
            return _said("date", f' office:date-value="{written}"', written)
        case _:
            return _said("float", f' office:value="{cell}"', str(cell))


def _said(kind: str, value: str, text: str) -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}"{value}>{lines}</table:table-cell>'


def _text(words: str) -> str:
    return escape(_NOT_IN_XML.sub("", words), {'"': "&quot;"})
