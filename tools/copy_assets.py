"""Copy the style sheets and fonts that npm fetched to where the pages read them.

``make setup`` runs it after ``npm ci``. Nothing it writes is committed; ``package-lock.json`` says
exactly which versions come. The fonts' style sheet is trimmed to Latin letters and to the woff2 files
that every supported browser reads, so that each file it names is really there.
"""

from __future__ import annotations

import re
import shutil
import sys
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
}
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
    sheet = font_sheet()
    for name in sorted(set(FILE_NAMED.findall(sheet))):
        copy(FONT / "files" / name, VENDOR / "fira-sans" / "files" / name)
    (VENDOR / "fira-sans" / "fira-sans.css").write_text(sheet, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
