"""Copy the style sheets and fonts that npm fetched to where the pages read them.

``make setup`` runs it after ``npm ci``. Nothing it writes is committed; ``package-lock.json`` says
exactly which versions come. The fonts' style sheet is trimmed to Latin letters and to the woff2 files
that every supported browser reads, so that each file it names is really there.
"""

from __future__ import annotations

import re
import shutil
import struct
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "eenthuis" / "web" / "static" / "vendor"

SHEETS = {
    "@utrecht/component-library-css/dist/index.css": "utrecht/components.css",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css": "tokens/theme.css",
}
LICENCES = {
    "@utrecht/component-library-css/LICENSE.md": "utrecht/LICENSE.md",
    "@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md": "tokens/LICENSE.md",
    "@fontsource/fira-sans/LICENSE": "fira-sans/LICENSE",
    "@fontsource/noto-sans-arabic/LICENSE": "noto/LICENSE-arabic",
    "@fontsource/noto-sans-ethiopic/LICENSE": "noto/LICENSE-ethiopic",
}
SCRIPTS = {
    f"@fontsource/noto-sans-{script}/files/noto-sans-{script}-{script}-{weight}-normal": f"noto/{script}-{weight}"
    for script in ("arabic", "ethiopic")
    for weight in ("400", "700")
}
"""Fonts of other scripts: woff2 for the pages, and unpacked for the letters in PDF, whose program reads no woff."""

WOFF_HEADER, WOFF_TABLE = ">4sLLHHLHHLLLLL", ">4sLLLL"
FONT = MODULES / "@fontsource" / "fira-sans"
FACES = ("400", "400-italic", "600", "700")
SUBSETS = {
    "latin-ext": "U+0100-02BA,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+2113,U+2C60-2C7F",
    "latin": "",
}
OLD_FORMAT = re.compile(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)")
FILE_NAMED = re.compile(r"url\(\./files/([^)]+\.woff2)\)")


def copy(source: Path, target: Path) -> None:
    """Copy one file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def font_sheet() -> str:
    """Return one style sheet with every face and subset the pages use."""
    parts = []
    for face in FACES:
        for subset, characters in SUBSETS.items():
            sheet = OLD_FORMAT.sub("", (FONT / f"{subset}-{face}.css").read_text(encoding="utf-8"))
            if characters and "unicode-range" not in sheet:
                sheet = sheet.replace("}", f"  unicode-range: {characters};\n}}")
            parts.append(sheet.strip())
    return "\n\n".join(parts) + "\n"


def unpacked(woff: bytes) -> bytes:
    """Return the font in a woff file as it was before it was packed: the same tables, each unpacked.

    Raises
    ------
    ValueError
        When it is no woff file.
    """
    if woff[:4] != b"wOFF":
        raise ValueError("not a woff file")
    kind, count = woff[4:8], struct.unpack_from(WOFF_HEADER, woff)[3]
    start = struct.calcsize(WOFF_HEADER)
    tables = [
        struct.unpack_from(WOFF_TABLE, woff, start + number * struct.calcsize(WOFF_TABLE))
        for number in range(count)
    ]
    power = count.bit_length() - 1
    head = kind + struct.pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power)))
    where, directory, body = len(head) + 16 * count, b"", b""
    for tag, offset, packed, length, checksum in tables:
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        directory += struct.pack(">4sLLL", tag, checksum, where + len(body), length)
        body += table + bytes(-len(table) % 4)
    return head + directory + body


def script_sheet() -> str:
    """Return one style sheet with the fonts of other scripts."""
    faces = []
    for target in SCRIPTS.values():
        script, weight = target.removeprefix("noto/").split("-")
        faces.append(
            f'@font-face {{ font-family: "Noto Sans {script.title()}"; font-display: swap; font-weight: {weight};\n'
            f'  src: url(./{script}-{weight}.woff2) format("woff2"); }}'
        )
    return "\n".join(faces) + "\n"


def main() -> int:
    """Copy everything; say what is missing when npm has not run."""
    wanted = [MODULES / name for name in (*SHEETS, *LICENCES)]
    missing = [path for path in wanted if not path.is_file()]
    if missing:
        print(f"{missing[0].relative_to(ROOT)} is missing: run `npm ci` first", file=sys.stderr)
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name, target in (SHEETS | LICENCES).items():
        copy(MODULES / name, VENDOR / target)
    for name, target in SCRIPTS.items():
        copy(MODULES / f"{name}.woff2", VENDOR / f"{target}.woff2")
        (VENDOR / f"{target}.ttf").write_bytes(unpacked((MODULES / f"{name}.woff").read_bytes()))
    (VENDOR / "noto" / "noto.css").write_text(script_sheet(), encoding="utf-8")
    sheet = font_sheet()
    for name in sorted(set(FILE_NAMED.findall(sheet))):
        copy(FONT / "files" / name, VENDOR / "fira-sans" / "files" / name)
    (VENDOR / "fira-sans" / "fira-sans.css").write_text(sheet, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
