"""Collect the texts of the pages, say which lack an English translation, and compile the translations.

    python tools/messages.py check      exit 1 when a text has no translation, or one has no text any more
    python tools/messages.py compile    write django.mo beside every django.po
    python tools/messages.py missing    print what has no translation, ready to fill in

The Dutch sentence in the source is the key; Django's own template reader turns templates into text to collect from.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "eenthuis" / "web"
LOCALE = WEB / "locale"
REGISTERS = tuple(
    WEB.parent / "terms" / f"{name}.py"
    for name in ("notices", "notice_deadlines", "notice_money", "notice_reception")
)
"""Modules of the core that hold Dutch sentences for users, each marked with ``dutch``."""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "dutch": None,
}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same texts give the same bytes, whenever they are compiled."""


def collected() -> Catalog:
    """Return every text of the pages."""
    catalog = Catalog(locale="en")
    modules = [*sorted(WEB.rglob("*.py")), *REGISTERS]
    sources = [(path, path.read_text(encoding="utf-8")) for path in modules]
    sources += [
        (path, templatize(path.read_text(encoding="utf-8"), origin=path.name))
        for path in sorted(WEB.rglob("*.html"))
    ]
    for path, text in sources:
        found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
        for _line, message, _comments, _context in found:
            if message and message[0]:
                catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def translated(file: Path) -> Catalog:
    """Return the translations in a file."""
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=file.parts[-3])
    catalog.creation_date = catalog.revision_date = UNDATED
    return catalog


def differences(file: Path) -> tuple[list[str], list[str]]:
    """Return the texts without a translation, and the translations without a text."""
    texts, known = collected(), translated(file)
    missing = [str(m.id) for m in texts if m.id and not (known.get(m.id) and _done(known, m.id))]
    idle = [str(m.id) for m in known if m.id and texts.get(m.id) is None]
    return missing, idle


def _done(known: Catalog, text: object) -> bool:
    string = known[text].string  # type: ignore[index]
    return all(string) if isinstance(string, tuple) else bool(string)


def compiled(file: Path) -> bytes:
    """Return the compiled form of a file of translations."""
    out = io.BytesIO()
    write_mo(out, translated(file))
    return out.getvalue()


def main(task: str) -> int:
    """Do one task for every language."""
    worst = 0
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        missing, idle = differences(file)
        if task == "compile":
            file.with_suffix(".mo").write_bytes(compiled(file))
        elif task == "missing":
            rest = Catalog(locale="en", charset="utf-8")
            for message in collected():
                if message.id and str(message.id) in missing:
                    rest.add(message.id, flags=message.flags)
            write_po(sys.stdout.buffer, rest, omit_header=True, width=10_000)
        for text in missing if task == "check" else ():
            print(f"{file.parts[-3]}: no translation of {text!r}")
        for text in idle if task == "check" else ():
            print(f"{file.parts[-3]}: no text {text!r} any more")
        worst = max(worst, int(bool(missing or idle)))
    return worst if task == "check" else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
