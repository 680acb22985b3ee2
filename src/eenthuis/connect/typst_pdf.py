"""PDF documents that everyone can read: a template and values in, a tagged PDF/UA-1 file out, the same every time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path
from typing import Literal

from eenthuis.terms.errors import SetupError

STANDARD: Literal["ua-1"] = "ua-1"


def pdf(template: str, values: Mapping[str, object], *, day: date, fonts: Sequence[Path] = ()) -> bytes:
    """Return a document as PDF.

    ``template`` is a file of ``connect/documents`` without its ending; it reads ``values`` from
    ``sys.inputs.values``. ``day`` is written in the file as the day it was made, so that the same values give the
    same bytes. The fonts are those that come with the program and those of the folders ``fonts``: none of the
    machine's own are used.

    ``values`` of ``sections``: ``title``, ``author``, ``description``, ``language`` (such as ``nl``), ``footer``,
    ``paragraphs`` and ``sections``, each with ``title``, ``paragraphs``, ``figures`` of ``svg`` and ``alt`` (may be
    left out) and ``tables`` of ``caption``, ``columns`` and ``rows`` (text; the first cell of a row names it);
    a table of words may give ``shares``, the width of each column relative to the others.

    ``values`` of ``letter``: ``title``, ``author``, ``description``, ``language`` (such as ``ar``), ``direction``
    (``ltr`` or ``rtl``), ``footer``, ``made_on``, ``number``, ``unchecked`` and ``parts``, each with ``title`` and
    ``paragraphs``.

    Raises
    ------
    SetupError
        SET-03 when there is no such template.
    """
    import typst

    source = resources.files("eenthuis.connect") / "documents" / f"{template}.typ"
    if not source.is_file():
        raise SetupError("SET-03", f"no template {template!r}", remedy="Install the whole package again.")
    with resources.as_file(source) as file:
        made: bytes = typst.compile(
            file,
            format="pdf",
            pdf_standards=[STANDARD],
            ignore_system_fonts=True,
            font_paths=list(fonts),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            timestamp=datetime.combine(day, time(), UTC),
        )
    return made
