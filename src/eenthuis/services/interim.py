"""Five ways with a number that turns out otherwise inside its half-year, for everyone; and announcing another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deviation import Origin
from eenthuis.rules.interim import Effect, Laws, Now, Option, Question, Way, deviation, options
from eenthuis.services.access import may, require
from eenthuis.services.announced import views
from eenthuis.services.announcing import Announced, NumberTold, announce_next
from eenthuis.services.balances import standing
from eenthuis.services.deviating import signals_now, told_now
from eenthuis.services.sharing import inhabitants_of
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

PAPERS = ("targets.interim_change_has_ground", "announcements.down_inside", "announcements.up_inside")
"""Keys of the law book that say whether a number may change inside its half-year."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One municipality with what each way does to it."""

    code: MunicipalityCode
    name: str
    province: ProvinceCode
    effects: Mapping[Way, Effect]


@dataclass(frozen=True, slots=True)
class ProvinceGain:
    """People fewer to house in the next half-year, of the municipalities of a province together, per way."""

    code: ProvinceCode
    name: str
    gains: Mapping[Way, int]


@dataclass(frozen=True, slots=True)
class InterimPage:
    """The five ways on a day; ``share`` is how far the number expected is from the one announced."""

    half_year: HalfYear
    today: date
    announced: int
    expected: int
    following: int
    share: Fraction
    options: tuple[Option, ...]
    rows: tuple[EffectRow, ...]
    provinces: tuple[ProvinceGain, ...]
    citations: tuple[Citation, ...]
    may_announce: bool


def read_interim(
    *, actor: Actor, half_year: HalfYear, expected: int | None, following: int | None, today: date
) -> InterimPage:
    """Return the five ways for a half-year in progress; nothing is decided or kept by it.

    ``expected`` and ``following`` are in people; left out, what the latest signal expects of this half-year, and what
    was last told of the next. A municipality is taken to house everyone who comes to it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    ReferenceFactError
        REF-05 when the half-year has no target.
    InputError
        INP-06 when it is not in progress, or a number is below 0.
    """
    require(actor, "see-published-figures")
    where = standing(half_year, today)
    announced = views(half_year)[-1].announcement.people
    question = Question(
        half_year=half_year,
        announced=announced,
        expected=_expected(half_year, announced, today) if expected is None else expected,
        following=_following(half_year, announced, today) if following is None else following,
        as_of=today,
        inhabitants=inhabitants_of(half_year),
        following_inhabitants=inhabitants_of(half_year.next),
    )
    now = {
        code: Now(carried_in=target.backlog_or_lead, swapped=target.swapped)
        for code, target in where.corrected.items()
    }
    found = options(question, now, _laws(question))
    return InterimPage(
        half_year=half_year,
        today=today,
        announced=announced,
        expected=question.expected,
        following=question.following,
        share=deviation(question),
        options=found,
        rows=_rows(found),
        provinces=_provinces(found),
        citations=tuple(one for one in law_book().targets(half_year).citations if one.key in PAPERS),
        may_announce=may(actor, "announce"),
    )


def announce_interim(
    *, actor: Actor, half_year: HalfYear, people: int, source: str, note: str, today: date
) -> Announced:
    """Announce another number of a half-year in progress, dated today; the one before stays, and so does the remark.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-06 when the number is below 0.
    StateError
        STA-01 when the half-year is not in progress or has no number.
    """
    require(actor, "announce")
    held = views(half_year)
    if HalfYear.containing(today) != half_year or not held:
        raise StateError(
            "STA-01", f"{half_year} is not in progress", remedy="Announce its number on the page for that."
        )
    told = NumberTold(half_year, people, today, None, source, note, held[-1].announcement.identifier)
    return announce_next(actor=actor, told=told, today=today)


def _expected(half_year: HalfYear, announced: int, today: date) -> int:
    """Return what the latest official signal expects of a half-year; the number announced where there is none."""
    told = told_now(half_year, today)
    if told is None:
        return announced
    newer = [
        signal
        for signal in signals_now(told, today)
        if signal.origin in {Origin.NEWER, Origin.COUNT} and signal.known_from >= told.known_from
    ]
    last = max(newer, key=lambda signal: signal.known_from, default=None)
    return last.people if last is not None else told.people


def _following(half_year: HalfYear, announced: int, today: date) -> int:
    told = told_now(half_year.next, today)
    return told.people if told is not None else announced


def _laws(question: Question) -> Laws:
    book, half_year = law_book(), question.half_year
    places = reference.supervising_places()
    by_place = {place: book.supervision(half_year.first_day, place) for place in set(places.values())}
    return Laws(
        targets=book.targets(half_year),
        following=book.targets(half_year.next),
        realisation=book.realisation(half_year),
        supervision={code: by_place[places[code]] for code in question.inhabitants.people},
    )


def _rows(found: tuple[Option, ...]) -> tuple[EffectRow, ...]:
    by_code: dict[MunicipalityCode, dict[Way, Effect]] = {}
    for option in found:
        for effect in option.effects:
            by_code.setdefault(effect.municipality, {})[option.way] = effect
    places = {code: reference.municipality(code) for code in by_code}
    return tuple(
        EffectRow(code, places[code].name, places[code].province, effects)
        for code, effects in sorted(by_code.items())
    )


def _provinces(found: tuple[Option, ...]) -> tuple[ProvinceGain, ...]:
    gains: dict[ProvinceCode, dict[Way, int]] = {}
    for option in found:
        for effect in option.effects:
            own = gains.setdefault(reference.municipality(effect.municipality).province, {})
            own[option.way] = own.get(option.way, 0) + effect.gain
    names = {province.code: province.name for province in reference.provinces()}
    return tuple(ProvinceGain(code, names[code], gains[code]) for code in sorted(gains))
