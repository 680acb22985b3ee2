"""A letter as a PDF that everyone can read: tagged to PDF/UA-1, in its own language and direction of writing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path


def letter_pdf(values: Mapping[str, object], *, day: date, fonts: Sequence[Path]) -> bytes:
    """Return a letter as PDF; the same values, day and fonts give the same bytes.

    ``values`` are what ``documents/letter.typ`` reads: ``title``, ``author``, ``description``, ``language`` (such as
    ``ar``), ``direction`` (``ltr`` or ``rtl``), ``footer``, ``made_on``, ``number``, ``unchecked`` and ``parts``, each
    with ``title`` and ``paragraphs``. ``fonts`` are folders with fonts beside those that typst brings; none of the
    machine's own are used.
    """
    import typst

    with resources.as_file(resources.files("eenthuis.connect") / "documents" / "letter.typ") as template:
        made: bytes = typst.compile(
            template,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            font_paths=list(fonts),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            timestamp=datetime.combine(day, time(), UTC),
        )
    return made
