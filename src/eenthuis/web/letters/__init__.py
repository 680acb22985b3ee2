"""The letter for the person concerned in words: one file per language, all with the same texts.

A text whose ``checked_by`` is empty has yet to be checked by a translator, and the letter says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from eenthuis.services.letters import LetterPage
from eenthuis.terms.errors import SetupError

AUTHOR = "Eenthuis"
FONTS = Path(__file__).parents[1] / "static" / "vendor" / "noto"
"""Where setting up puts the fonts of other scripts."""

LANGUAGES = ("nl", "en", "ar", "ti")
"""In the order in which they are offered; the first is the one the others are made from."""


@dataclass(frozen=True, slots=True)
class Language:
    """The texts of one language; ``direction`` is ``ltr`` or ``rtl``."""

    code: str
    name: str
    direction: str
    checked_by: str
    says: Mapping[str, str]
    page: Mapping[str, str]
    reasons: Mapping[str, str]
    invitation: Mapping[str, str]
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """Return a day in words."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the letter with its heading."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in one language; ``unchecked`` is empty once a translator has checked its texts."""

    language: Language
    title: str
    made_on: str
    number: str
    unchecked: str
    parts: tuple[Part, ...]


@cache
def language(code: str) -> Language:
    """Return a language with all its texts.

    Raises
    ------
    SetupError
        SET-03 when its file lacks a text that the first language has, or has one too many.
    """
    text = (resources.files("eenthuis.web.letters") / f"{code}.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    if code != LANGUAGES[0]:
        first = language(LANGUAGES[0])
        for part, wanted in (
            ("says", first.says),
            ("page", first.page),
            ("reasons", first.reasons),
            ("invitation", first.invitation),
        ):
            if set(read[part]) != set(wanted):
                raise SetupError(
                    "SET-03",
                    f"{part} of web/letters/{code}.toml differs: {sorted(set(read[part]) ^ set(wanted))}",
                    remedy="Give every language the same texts.",
                )
    return Language(
        code=read["code"],
        name=read["name"],
        direction=read["direction"],
        checked_by=read["checked_by"],
        says=MappingProxyType(read["says"]),
        page=MappingProxyType(read["page"]),
        reasons=MappingProxyType(read["reasons"]),
        invitation=MappingProxyType(read["invitation"]),
        months=tuple(read["months"]["names"]),
    )


def chosen(code: str) -> Language:
    """Return the language that was asked for, or the first."""
    return language(code if code in LANGUAGES else LANGUAGES[0])


def letter_in(told: LetterPage, words: Language, *, number: str = "") -> LetterText:
    """Return a letter in a language."""
    says = words.says
    return LetterText(
        language=words,
        title=says["title"],
        made_on=says["made_on"].format(day=words.day(told.today)),
        number=says["number"].format(letter=number) if number else "",
        unchecked="" if words.checked_by else says["unchecked"],
        parts=(
            Part(says["where"], (_where(told, words),)),
            Part(says["why"] if told.municipality else says["why_waiting"], _why(told, words)),
            Part(says["next"], _next(told, words)),
            Part(says["refuse"], _refuse(told, words)),
            Part(says["ask"], _ask(told, words)),
        ),
    )


def printed(letter: LetterText, *, day: date) -> bytes:
    """Return a letter as PDF/UA-1, in its own language and direction of writing.

    Raises
    ------
    SetupError
        SET-03 when the fonts of other scripts were not set up.
    """
    if not (FONTS / "arabic-400.ttf").is_file():
        raise SetupError("SET-03", "the fonts of the letters are missing", remedy="Run make setup.")
    from eenthuis.connect.typst_pdf import pdf

    return pdf(
        "letter",
        {
            "title": letter.title,
            "author": AUTHOR,
            "description": letter.title,
            "language": letter.language.code,
            "direction": letter.language.direction,
            "footer": AUTHOR,
            "made_on": letter.made_on,
            "number": letter.number,
            "unchecked": letter.unchecked,
            "parts": [{"title": part.title, "paragraphs": list(part.paragraphs)} for part in letter.parts],
        },
        day=day,
        fonts=(FONTS,),
    )


def _where(told: LetterPage, words: Language) -> str:
    if told.is_housed:
        return words.says["housed"].format(municipality=told.municipality)
    if told.decided_on is None:
        return words.says["waiting"]
    return words.says["linked"].format(municipality=told.municipality, day=words.day(told.decided_on))


def _why(told: LetterPage, words: Language) -> tuple[str, ...]:
    known = tuple(words.reasons[code] for code in told.reasons if code in words.reasons)
    return known or (words.says["no_reason"] if told.municipality else words.says["still_looking"],)


def _next(told: LetterPage, words: Language) -> tuple[str, ...]:
    found = [
        words.says[key if day >= told.today else f"{key}_late"].format(day=words.day(day))
        for key, day in (
            ("next_link", told.link_by),
            ("next_home", told.home_by),
            ("next_move", told.move_by),
        )
        if day is not None and not told.is_housed
    ]
    if told.home_by is not None:
        found.insert(1, words.says["next_offer"])
    if told.joining_people:
        found.append(words.says["joining"].format(people=told.joining_people))
    return tuple(found) or (words.says["next_done"],)


def _refuse(told: LetterPage, words: Language) -> tuple[str, ...]:
    says = words.says
    ends = (says["refuse_bad"], says["refuse_article"]) if told.ends_reception else ()
    return (says["refuse_tell"], says["refuse_good"], *ends, says["refuse_help"])


def _ask(told: LetterPage, words: Language) -> tuple[str, ...]:
    says = words.says
    place = (says["ask_municipality"].format(municipality=told.municipality),) if told.municipality else ()
    return (says["ask_coa"].format(centre=told.centre), *place, says["ask_help"], says["ask_privacy"])
