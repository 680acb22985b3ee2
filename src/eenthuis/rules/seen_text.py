"""A text as a reader sees it, and as it is kept: hidden characters and other ways of writing make no difference."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as a reader sees it, with for each letter where it stands in what was written, and the end of the last."""

    text: str
    places: tuple[int, ...]
    written: str

    def written_at(self, start: int, end: int) -> tuple[int, int, str]:
        """Return where a stretch of what is seen begins and ends in what was written, and how it was written."""
        first = self.places[start]
        last = self.places[end] if end < len(self.places) else len(self.written)
        return first, last, self.written[first:last].rstrip()


_APOSTROPHES = "\u2019\u02bc\u2018"


def seen(text: str) -> Seen:
    """Return a text as a reader sees it: without hidden characters and accents, each letter in its plain form."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter):
            kind = unicodedata.category(part)
            if kind in {"Cf", "Mn"} or (kind == "Cc" and part not in "\n\t"):
                continue
            letters.append(" " if kind == "Zs" else "'" if part in _APOSTROPHES else part)
            places.append(place)
    return Seen("".join(letters), tuple(places), text)


def folded(text: str) -> str:
    r"""Return a text without differences that a reader does not see: case, accents, hidden characters, white space.

    Examples
    --------
    >>> folded("René\u200b  de\nVRIES")
    'rene de vries'
    """
    return " ".join(seen(text).text.casefold().split())


def cleaned(text: str) -> str:
    r"""Return a text as it is kept: composed letters, one kind of line end, and no invisible or control characters.

    Examples
    --------
    >>> cleaned("Jan\u200b de\r\nVries\u202e ")
    'Jan de\nVries'
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(
        one for one in lines if one in "\n\t" or unicodedata.category(one) not in {"Cf", "Cc", "Co"}
    )
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
