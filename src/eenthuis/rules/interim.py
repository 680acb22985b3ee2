"""A half-year in progress for which fewer or more people come than announced: five ways, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from eenthuis.law.records import RealisationLaw, TargetLaw
from eenthuis.law.supervision import SupervisionLaw
from eenthuis.rules.announcing import Remark, remarks
from eenthuis.rules.deadlines import announced_in_time
from eenthuis.rules.judgement import Behind, Judgement, judge
from eenthuis.rules.realisation import carried_over
from eenthuis.rules.targets import net_targets
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.supervision import Figures


class Way(StrEnum):
    """What can be done with a number that turns out too high or too low inside its half-year.

    ``LEAVE``: leave it; what is not realised is carried over. ``SET_OFF``: leave it, and take the difference off the
    next number. ``ANNOUNCE``: announce another number inside the half-year. ``EXCUSE``: leave it, and the province
    treats the shortfall that follows from the difference as excusable ("verschoonbaar"). ``SCENARIO``: show it only.
    """

    LEAVE = "leave"
    SET_OFF = "set-off"
    ANNOUNCE = "announce"
    EXCUSE = "excuse"
    SCENARIO = "scenario"


class Standing(StrEnum):
    """How a way stands in law on a day; pages and letters have a sentence for each."""

    CARRIES_BY_PRACTICE = "carries-over-by-practice"
    NEXT_IN_TIME = "next-number-can-be-in-time"
    NEXT_LATE = "next-number-would-be-late"
    HAS_GROUND = "has-ground"
    NO_GROUND = "no-ground-inside-the-half-year"
    DOWN_IS_PRACTICE = "down-inside-is-practice"
    UP_IS_NOT_PRACTICE = "up-inside-is-not-practice"
    BEFORE_THE_HALF_YEAR = "before-the-half-year"
    PROVINCE_JUDGES = "province-judges-by-practice"
    NEEDS_NOTHING = "needs-no-ground"


@dataclass(frozen=True, slots=True)
class Now:
    """A municipality in the half-year, in people: what is carried in, what swaps changed, and how many are foreseen.

    ``foreseen`` is the people it is expected to have signed off by the end; None takes everyone who comes to it: its
    share of the number now expected, with what it carried in, and no more than its corrected target.
    """

    carried_in: int = 0
    swapped: int = 0
    foreseen: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the number announced, the one now expected, and the next before anything is set off, in people."""

    half_year: HalfYear
    announced: int
    expected: int
    following: int
    as_of: date
    inhabitants: Inhabitants
    following_inhabitants: Inhabitants


@dataclass(frozen=True, slots=True)
class Effect:
    """What a way does to one municipality, in people.

    ``corrected`` is the corrected target of this half-year, ``carried_out`` the backlog (or lead, below 0) it ends
    with, ``next_corrected`` that of the half-year after. ``gain`` is how many fewer people it then has to house than
    when the number is left; below 0 it loses. ``judgement`` is what the reading at the end would say; ``climbs``
    whether it could go up the ladder by it.
    """

    municipality: MunicipalityCode
    corrected: int
    foreseen: int
    carried_out: int
    next_corrected: int
    gain: int
    judgement: Judgement
    climbs: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One way with its standing in law on the day, the numbers that go with it, and its effect per municipality."""

    way: Way
    standing: tuple[Standing, ...]
    number: int
    next_number: int
    effects: tuple[Effect, ...]

    @property
    def backlog(self) -> int:
        """The backlog all municipalities together end with, in people."""
        return sum(max(0, one.carried_out) for one in self.effects)

    @property
    def climbing(self) -> int:
        """How many municipalities could go up the ladder."""
        return sum(one.climbs for one in self.effects)


@dataclass(frozen=True, slots=True)
class Laws:
    """What holds in the half-year and the next, and by what each municipality is judged."""

    targets: TargetLaw
    following: TargetLaw
    realisation: RealisationLaw
    supervision: Mapping[MunicipalityCode, SupervisionLaw]


def options(question: Question, now: Mapping[MunicipalityCode, Now], laws: Laws) -> tuple[Option, ...]:
    """Return the five ways side by side for a half-year in progress; nothing is decided by it.

    ``now`` says where municipalities stand; one that is not named carries nothing in and houses everyone who comes.

    Raises
    ------
    InputError
        INP-06 for a number below 0 or a day outside the half-year, INP-04 for a municipality that is not known.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph: no ground to change the number inside the half-year. Practice: down
    inside the half-year, up only through the next one.
    """
    _check(question, now)
    left = _effects(Way.LEAVE, question, now, laws, before={})
    base = {one.municipality: one.next_corrected for one in left}
    return tuple(
        Option(
            way=way,
            standing=standing(way, question, laws),
            number=question.expected if way is Way.ANNOUNCE else question.announced,
            next_number=_next_number(way, question),
            effects=left
            if way in {Way.LEAVE, Way.SCENARIO}
            else _effects(way, question, now, laws, before=base),
        )
        for way in Way
    )


def standing(way: Way, question: Question, laws: Laws) -> tuple[Standing, ...]:
    """Return how a way stands in law on the day."""
    match way:
        case Way.LEAVE:
            return (Standing.CARRIES_BY_PRACTICE,)
        case Way.SET_OFF:
            following = question.half_year.next
            in_time = announced_in_time(following, question.as_of, laws.following).is_in_time
            return (
                Standing.CARRIES_BY_PRACTICE,
                Standing.NEXT_IN_TIME if in_time else Standing.NEXT_LATE,
            )
        case Way.ANNOUNCE:
            return _announcing(question, laws.targets)
        case Way.EXCUSE:
            return (Standing.PROVINCE_JUDGES,)
        case Way.SCENARIO:
            return (Standing.NEEDS_NOTHING,)
    assert_never(way)


def _announcing(question: Question, law: TargetLaw) -> tuple[Standing, ...]:
    found = remarks(
        half_year=question.half_year,
        people=question.expected,
        announced_on=question.as_of,
        replaced_people=question.announced,
        law=law,
    )
    meant = {
        Remark.NO_GROUND: Standing.NO_GROUND,
        Remark.DOWN_IS_PRACTICE: Standing.DOWN_IS_PRACTICE,
        Remark.UP_IS_NOT_PRACTICE: Standing.UP_IS_NOT_PRACTICE,
        Remark.REPLACES_BEFORE: Standing.BEFORE_THE_HALF_YEAR,
    }
    said = tuple(meant[remark] for remark in found if remark in meant)
    return (
        said
        if Standing.NO_GROUND in said or Standing.BEFORE_THE_HALF_YEAR in said
        else (Standing.HAS_GROUND, *said)
    )


def _next_number(way: Way, question: Question) -> int:
    if way is Way.SET_OFF:
        return max(0, question.following + question.expected - question.announced)
    return question.following


def _effects(
    way: Way,
    question: Question,
    now: Mapping[MunicipalityCode, Now],
    laws: Laws,
    *,
    before: Mapping[MunicipalityCode, int],
) -> tuple[Effect, ...]:
    here = _shares(question.half_year, question.announced, question.inhabitants, laws.targets)
    lower = _shares(question.half_year, question.expected, question.inhabitants, laws.targets)
    following = _shares(
        question.half_year.next, _next_number(way, question), question.following_inhabitants, laws.following
    )
    found = []
    for code, net in here.items():
        own = now.get(code, Now())
        moved = own.carried_in + own.swapped
        target = (lower[code] if way is Way.ANNOUNCE else net) + moved
        foreseen = own.foreseen if own.foreseen is not None else max(0, min(net, lower[code]) + moved)
        ended = carried_over(target, foreseen, laws.realisation)
        next_corrected = following[code] + ended
        excused = max(0, net - lower[code]) if way is Way.EXCUSE else 0
        judgement = _judged(question, target, foreseen, excused, laws.supervision[code])
        found.append(
            Effect(
                municipality=code,
                corrected=target,
                foreseen=foreseen,
                carried_out=ended,
                next_corrected=next_corrected,
                gain=before.get(code, next_corrected) - next_corrected,
                judgement=judgement,
                climbs=isinstance(judgement, Behind),
            )
        )
    return tuple(found)


def _judged(question: Question, target: int, foreseen: int, excused: int, law: SupervisionLaw) -> Judgement:
    """Return what the reading at the end says; people excused count as not linked in time, outside the municipality."""
    figures = Figures(
        question.half_year,
        corrected=target,
        realised=foreseen,
        linked=max(0, target - excused),
        source="foreseen",
    )
    return judge(figures, question.half_year.next.first_day, law, plan_half_years=0).judgement


def _shares(
    half_year: HalfYear, national: int, inhabitants: Inhabitants, law: TargetLaw
) -> dict[MunicipalityCode, int]:
    shared = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return {target.municipality: target.people for target in shared.targets}


def _check(question: Question, now: Mapping[MunicipalityCode, Now]) -> None:
    if not question.half_year.first_day <= question.as_of <= question.half_year.last_day:
        raise InputError(
            "INP-06",
            f"{question.as_of} lies outside {question.half_year}",
            remedy=f"Give a day from {question.half_year.first_day} to {question.half_year.last_day}.",
            location=Location(column="as_of", value=str(question.as_of)),
        )
    for name, people in (("expected", question.expected), ("following", question.following)):
        if people < 0:
            raise InputError(
                "INP-06",
                f"the {name} number is {people}",
                remedy="Give a whole number of 0 or more.",
                location=Location(column=name, value=str(people)),
            )
    strange = sorted(now.keys() - question.inhabitants.people.keys())
    if strange:
        raise InputError(
            "INP-04",
            f"{strange[0]} has no target in {question.half_year}",
            remedy="Give municipalities of the half-year only.",
            location=Location(column="code", value=strange[0]),
        )


def deviation(question: Question) -> Fraction:
    """Return how far the number now expected is from the one announced, as a share of it; 0 when that was 0."""
    if question.announced == 0:
        return Fraction(0)
    return Fraction(question.expected - question.announced, question.announced)
