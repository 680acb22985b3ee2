"""Finding what may tell of an official in a text: by rules and word lists that can be named, for a person to confirm.

Nothing is removed here by itself. A rule says why it found something; whoever confirms it decides. Letters are looked
at as a reader sees them: invisible characters, accents and other ways of writing the same letter make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from eenthuis.rules.name_words import (
    ABBREVIATIONS,
    CLOSINGS,
    FORMS_OF_ADDRESS,
    GIVEN_NAMES,
    JOBS,
    LABELS,
    NOT_NAMES,
    PREFIXES,
)
from eenthuis.rules.seen_text import Seen, folded
from eenthuis.rules.seen_text import seen as _see

PLACEHOLDER = "[weggelaten]"
"""What stands in the place of everything that is left out; always the same, so that its length tells nothing."""
SHORTEST_AGAIN = 3
"""Letters that a surname has at least to be looked for by itself."""


class Rule(StrEnum):
    """By which rule something was found."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESSED = "addressed"
    JOB = "job"
    GIVEN_NAME = "given-name"
    INITIALS = "initials"
    TWO_CAPITALS = "two-capitals"
    SIGNATURE = "signature"
    LABEL = "label"
    MIXED_LETTERS = "mixed-letters"
    AGAIN = "again"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Detail:
    """A stretch of a text that may tell of a person: where it stands, as written, and the rule that found it."""

    rule: Rule
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The same for every way of writing it."""
        return folded(self.text)


def _detail(seen: Seen, rule: Rule, start: int, end: int) -> Detail:
    return Detail(rule, *seen.written_at(start, end))


_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_CAPITAL = r"(?:[A-ZØŁÆŒÞĐ]['’][A-Z][^\W\d_]+|[A-ZØŁÆŒÞĐ][^\W\d_]+(?:['’-][^\W\d_]+)*)"
_BETWEEN = rf"(?:(?i:{'|'.join(sorted(PREFIXES, key=len, reverse=True))}){_GAP}){{0,3}}"
_LETTERS = r"(?:[A-ZØŁÆŒÞĐ]\.[^\S\n]?(?:-[A-Z]\.)?(?:[a-z]{1,3}\.)?)+"
_SURNAME = rf"{_BETWEEN}{_CAPITAL}(?:{_GAP}{_CAPITAL})?"
_PATTERNS: Mapping[Rule, re.Pattern[str]] = MappingProxyType(
    {
        Rule.EMAIL: re.compile(
            r"[\w.+'-]+[^\S\n]*(?:@|\[at\]|\(at\)|\bapenstaartje\b)[^\S\n]*[\w-]+"
            r"(?:[^\S\n]*(?:\.|\[dot\]|\(dot\)|\[punt\])[^\S\n]*[\w-]{2,})+",
            re.IGNORECASE,
        ),
        Rule.PHONE: re.compile(
            r"(?<![\w.])(?:(?:\+|00)[\s-]?\d{2}[\s.-]?(?:\(0\))?|\(0(?=\d{1,3}\))|0)(?:[\s().-]{0,2}\d){9}(?!\d)"
            r"|(?i:\b(?:toestel|doorkiesnummer|doorkies|tst)\.?:?\s*\d{3,6}\b)"
        ),
        Rule.ADDRESSED: re.compile(
            rf"(?<!\w)(?:(?i:{'|'.join(FORMS_OF_ADDRESS)})\.?{_GAP}?)+(?:{_LETTERS}[^\S\n]*)?{_SURNAME}"
        ),
        Rule.JOB: re.compile(
            rf"(?<!\w)(?i:{'|'.join(sorted(JOBS, key=len, reverse=True))})s?,?{_GAP}(?:{_LETTERS}[^\S\n]*)?{_SURNAME}"
        ),
        Rule.INITIALS: re.compile(rf"(?<![\w.]){_LETTERS}(?:{_GAP}?{_SURNAME})?"),
        Rule.GIVEN_NAME: re.compile(rf"(?<!\w){_CAPITAL}(?:{_GAP}{_LETTERS})?(?:{_GAP}{_SURNAME})?"),
        Rule.TWO_CAPITALS: re.compile(rf"(?<![\w.]){_CAPITAL}{_GAP}{_SURNAME}"),
    }
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LABEL = re.compile(
    rf"^[^\S\n]*(?:[-•*][^\S\n]*)?(?i:{'|'.join(re.escape(one) for one in LABELS)})\.?[^\S\n]*:[^\S\n]*(?P<who>\S.*)$",
    re.MULTILINE,
)
_LONGEST_LINE = 60
_SIGNED_LINES = 2
_ADDRESSING = frozenset(word for form in FORMS_OF_ADDRESS for word in form.split())
_SURE = (Rule.EMAIL, Rule.PHONE, Rule.ADDRESSED)


def details(text: str, *, known: frozenset[str] = frozenset()) -> tuple[Detail, ...]:
    """Return everything in a text that may tell of a person, in order; of stretches that overlap the longest.

    ``known`` holds words that are no names here, folded, such as those of municipalities.

    Examples
    --------
    >>> [(one.rule.value, one.text) for one in details("Vraag het aan mw. J. de Vries (06-12345678).")]
    [('addressed', 'mw. J. de Vries'), ('phone', '06-12345678')]
    """
    return together([text], known=known)[0]


def together(texts: Sequence[str], *, known: frozenset[str] = frozenset()) -> tuple[tuple[Detail, ...], ...]:
    """Return what was found in each of several texts; a name found in one is looked for in all."""
    seen = [_see(text) for text in texts]
    first = [list(_found(one, known)) for one in seen]
    again = _again_patterns(detail for found in first for detail in found)
    return tuple(_longest([*found, *_repeated(one, again)]) for one, found in zip(seen, first, strict=True))


def sure_details(text: str) -> frozenset[str]:
    """Return the rules that are hardly ever wrong and that find something in a text."""
    seen = _see(text)
    return frozenset(rule.value for rule in _SURE if any(True for _ in _of_pattern(rule, seen, frozenset())))


def _found(seen: Seen, known: frozenset[str]) -> Iterator[Detail]:
    for rule in _PATTERNS:
        yield from _of_pattern(rule, seen, known)
    for match in _LABEL.finditer(seen.text):
        if not _is_of_nobody(match["who"], known):
            yield _detail(seen, Rule.LABEL, *match.span("who"))
    yield from _signed(seen, known)
    for match in _WORD.finditer(seen.text):
        if _is_mixed(match[0]):
            yield _detail(seen, Rule.MIXED_LETTERS, *match.span())


def _of_pattern(rule: Rule, seen: Seen, known: frozenset[str]) -> Iterator[Detail]:
    passes = _PASSES.get(rule)
    at = 0
    while match := _PATTERNS[rule].search(seen.text, at):
        start, end = match.span()
        at = end
        if passes is not None:
            span = passes(match[0], known)
            if span is None:
                at = start + len(_first_word(match[0]))
                continue
            end = start + span
        yield _detail(seen, rule, start, end)


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0]


def _of_given_name(text: str, known: frozenset[str]) -> int | None:
    """Return how much of a stretch is a name that begins with a given name."""
    parts = _parts(text)
    if not parts or parts[0][0].split("-")[0] not in GIVEN_NAMES or parts[0][0] in known:
        return None
    return _without_others(text, parts, known)


def _of_two_capitals(text: str, known: frozenset[str]) -> int | None:
    """Return how much of a stretch is a name, when no word of it is one that is known to be none."""
    parts = _parts(text)
    capitals = [word for word, _ in parts if word not in PREFIXES]
    if not capitals or any(_is_no_name(word, known) for word in capitals):
        return None
    return len(text)


def _of_initials(text: str, known: frozenset[str]) -> int | None:
    letters = re.match(_LETTERS, text)
    if letters is None:
        return None
    alone = letters[0].casefold().strip().rstrip(".").replace(" ", "")
    rest = _parts(text[letters.end() :])
    named = bool(rest) and not _is_no_name(rest[-1][0], known)
    if alone in ABBREVIATIONS or (not named and alone.count(".") < 1):
        return None
    return len(text) if named else letters.end() - (len(letters[0]) - len(letters[0].rstrip()))


def _of_addressed(text: str, known: frozenset[str]) -> int | None:
    """Return how much of a stretch is a name with what stands before it; None where no name follows."""
    parts = _parts(text)
    named = [word for word, _ in parts if word not in PREFIXES and word not in _ADDRESSING]
    return None if not named or _is_no_name(named[0], known) else _without_others(text, parts, known)


def _of_job(text: str, known: frozenset[str]) -> int | None:
    """Return how much of a stretch is a name with the job before it; the mayor of a place is not named by it."""
    parts = _parts(text)
    named = [
        word
        for word, _ in parts
        if word not in PREFIXES and word.removesuffix("s") not in JOBS and word not in JOBS
    ]
    if not named or all(word in NOT_NAMES or (word in known and _OF_PLACE.search(text)) for word in named):
        return None
    return _without_others(text, parts, known)


_OF_PLACE = re.compile(r"\b(?:van|in|uit|te|op)\b")


def _without_others(text: str, parts: Sequence[tuple[str, int]], known: frozenset[str]) -> int:
    """Return how much of a stretch remains when words at its end that are no name, and what leads to them, go.

    A word that is a place may be a surname too: it goes only after "in" or "uit".
    """
    end = len(parts)
    while end > 1:
        word, before = parts[end - 1][0], parts[end - 2][0]
        is_place = word in known and before in {"in", "uit"}
        if not (is_place or word in NOT_NAMES or word in JOBS or word in PREFIXES):
            break
        end -= 1
    return parts[end - 1][1] if end < len(parts) else len(text)


def _parts(text: str) -> list[tuple[str, int]]:
    return [(match[0].casefold(), match.end()) for match in _WORD.finditer(text)]


def _is_no_name(word: str, known: frozenset[str]) -> bool:
    return word in NOT_NAMES or word in known or word in JOBS


_PASSES: Mapping[Rule, Callable[[str, frozenset[str]], int | None]] = MappingProxyType(
    {
        Rule.ADDRESSED: _of_addressed,
        Rule.JOB: _of_job,
        Rule.GIVEN_NAME: _of_given_name,
        Rule.INITIALS: _of_initials,
        Rule.TWO_CAPITALS: _of_two_capitals,
    }
)


def _is_of_nobody(text: str, known: frozenset[str]) -> bool:
    """Return whether what stands behind a label is words alone that are no name."""
    words = [word for word, _ in _parts(text)]
    digits = any(letter.isdigit() for letter in text)
    return not digits and all(_is_no_name(word, known) or word in PREFIXES for word in words)


def _signed(seen: Seen, known: frozenset[str]) -> Iterator[Detail]:
    """Yield the short lines under a line with which one signs."""
    lines = list(re.finditer(r"[^\n]*", seen.text))
    lines = [line for line in lines if line[0].strip()]
    left = 0
    for line in lines:
        said = line[0].strip().casefold().rstrip(",.:")
        if said in CLOSINGS:
            left = _SIGNED_LINES
        elif left and len(line[0].strip()) <= _LONGEST_LINE:
            left -= 1
            if not _is_of_nobody(line[0], known):
                begins = line.start() + len(line[0]) - len(line[0].lstrip())
                yield _detail(seen, Rule.SIGNATURE, begins, line.end())
        else:
            left = 0


def _is_mixed(word: str) -> bool:
    """Return whether a word has letters of more than one script, so that it is not what it seems."""
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}) > 1


def _again_patterns(found: Iterable[Detail]) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return what to look for elsewhere: every name in any case, and its surname alone with a capital."""
    wanted: dict[str, tuple[re.Pattern[str], bool]] = {}
    for one in found:
        if one.rule in {Rule.EMAIL, Rule.PHONE, Rule.MIXED_LETTERS}:
            continue
        wanted[one.key] = (pattern_of(one.key), False)
        words = [word for word in _WORD.findall(_see(one.text).text) if word.casefold() not in PREFIXES]
        if not words or len(words[-1]) < SHORTEST_AGAIN:
            continue
        surname = words[-1].casefold()
        if surname not in NOT_NAMES and surname not in JOBS and surname not in GIVEN_NAMES:
            wanted[surname] = (pattern_of(surname), True)
    return tuple(wanted.values())


def _repeated(seen: Seen, again: Sequence[tuple[re.Pattern[str], bool]]) -> Iterator[Detail]:
    for pattern, with_capital in again:
        for match in pattern.finditer(seen.text):
            if not with_capital or match[0][:1].isupper():
                yield _detail(seen, Rule.AGAIN, *match.span())


def pattern_of(key: str) -> re.Pattern[str]:
    """Return what finds a folded string in what is seen, whole words only, whatever stands between them."""
    parts = [re.escape(part) for part in key.split()]
    body = r"[\s\-]*".join(parts)
    before = r"(?<!\w)" if key[:1].isalnum() else ""
    after = r"(?!\w)" if key[-1:].isalnum() else ""
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)


def _longest(found: Sequence[Detail]) -> tuple[Detail, ...]:
    order = list(Rule)
    kept: list[Detail] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, order.index(one.rule), one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def occurrences(text: str, key: str) -> tuple[Detail, ...]:
    """Return where a folded string stands in a text, as a reader sees it."""
    seen = _see(text)
    return tuple(_detail(seen, Rule.BY_HAND, *match.span()) for match in pattern_of(key).finditer(seen.text))


def without(text: str, keys: Iterable[str]) -> str:
    """Return a text in which every occurrence of folded strings is replaced by the placeholder, longest first.

    Examples
    --------
    >>> without("Jan de Vries en JAN  DE VRIES, in januari", ["jan de vries"])
    '[weggelaten] en [weggelaten], in januari'
    """
    left = text
    for key in sorted(set(keys), key=lambda one: (-len(one), one)):
        pieces, at = [], 0
        for cut in occurrences(left, key):
            pieces += [left[at : cut.start], PLACEHOLDER]
            at = cut.start + len(cut.text)
        left = "".join([*pieces, left[at:]])
    return left


def leaks(text: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the folded strings that still stand somewhere in a text as a reader sees it."""
    seen = _see(text).text
    return tuple(sorted(key for key in set(keys) if pattern_of(key).search(seen)))
