"""Five ways with a number that turns out otherwise inside its half-year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.interim import Laws, Now, Option, Question, Standing, Way, deviation, options
from eenthuis.rules.judgement import Behind, Complies, ExcusablyBehind
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, MunicipalityCode

HALF = HalfYear(2025, 1)
A, B = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
PEOPLE = Inhabitants(date(2024, 1, 1), {A: 600, B: 400}, 1000, "invented")
ASKED = Question(
    half_year=HALF,
    announced=100,
    expected=80,
    following=90,
    as_of=date(2025, 4, 1),
    inhabitants=PEOPLE,
    following_inhabitants=PEOPLE,
)


def laws() -> Laws:
    book = law_book()
    judged = book.supervision(HALF.first_day)
    return Laws(book.targets(HALF), book.targets(HALF.next), book.realisation(HALF), {A: judged, B: judged})


def shown(question: Question = ASKED, **now: Now) -> dict[Way, Option]:
    """Return the ways; ``a`` and ``b`` say where the two municipalities stand."""
    where = {code: now[name] for name, code in (("a", A), ("b", B)) if name in now}
    return {one.way: one for one in options(question, where, laws())}


def of(option: Option, code: MunicipalityCode) -> tuple[int, int, int, int]:
    effect = next(one for one in option.effects if one.municipality == code)
    return effect.corrected, effect.carried_out, effect.next_corrected, effect.gain


def test_left_alone_the_difference_is_carried_over() -> None:
    left = shown()[Way.LEAVE]
    assert of(left, A) == (60, 12, 66, 0)
    assert of(left, B) == (40, 8, 44, 0)
    assert left.backlog == 20
    assert left.standing == (Standing.CARRIES_BY_PRACTICE,)


def test_set_off_takes_it_from_the_next_number() -> None:
    ways = shown()
    assert ways[Way.SET_OFF].next_number == 70
    assert of(ways[Way.SET_OFF], A) == (60, 12, 54, 12)
    assert ways[Way.SET_OFF].backlog == ways[Way.LEAVE].backlog


def test_another_announcement_lowers_the_target_itself() -> None:
    lowered = shown()[Way.ANNOUNCE]
    assert lowered.number == 80
    assert of(lowered, A) == (48, 0, 54, 12)
    assert lowered.backlog == 0
    assert lowered.climbing == 0
    assert lowered.standing == (Standing.NO_GROUND, Standing.DOWN_IS_PRACTICE)


def test_upwards_inside_the_half_year_is_not_practice() -> None:
    raised = shown(replace(ASKED, expected=120))[Way.ANNOUNCE]
    assert raised.standing == (Standing.NO_GROUND, Standing.UP_IS_NOT_PRACTICE)
    assert of(raised, A)[0] == 72


def test_excused_the_numbers_stay_and_nobody_climbs() -> None:
    ways = shown()
    assert [one.next_corrected for one in ways[Way.EXCUSE].effects] == [
        one.next_corrected for one in ways[Way.LEAVE].effects
    ]
    assert all(isinstance(one.judgement, ExcusablyBehind) for one in ways[Way.EXCUSE].effects)
    assert all(isinstance(one.judgement, Behind) for one in ways[Way.LEAVE].effects)
    assert (ways[Way.EXCUSE].climbing, ways[Way.LEAVE].climbing) == (0, 2)


def test_an_old_backlog_is_not_excused_by_fewer_people() -> None:
    ways = shown(a=Now(carried_in=60, foreseen=40))
    effect = next(one for one in ways[Way.EXCUSE].effects if one.municipality == A)
    assert effect.carried_out == 80
    assert isinstance(effect.judgement, Behind)


def test_a_scenario_changes_nothing() -> None:
    ways = shown()
    assert ways[Way.SCENARIO].effects == ways[Way.LEAVE].effects
    assert ways[Way.SCENARIO].standing == (Standing.NEEDS_NOTHING,)


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [(date(2025, 4, 1), Standing.NEXT_IN_TIME), (date(2025, 4, 2), Standing.NEXT_LATE)],
)
def test_a_next_number_can_be_in_time_until_thirteen_weeks_before(as_of: date, standing: Standing) -> None:
    assert standing in shown(replace(ASKED, as_of=as_of))[Way.SET_OFF].standing


def test_who_has_done_all_complies_whatever_the_way() -> None:
    ways = shown(a=Now(foreseen=60), b=Now(foreseen=40))
    assert all(isinstance(one.judgement, Complies) for one in ways[Way.LEAVE].effects)
    assert of(ways[Way.ANNOUNCE], A) == (48, -12, 42, 12)


def test_deviation_is_a_share_of_the_number() -> None:
    assert deviation(ASKED) == -deviation(replace(ASKED, expected=120))
    assert deviation(replace(ASKED, announced=0)) == 0


@pytest.mark.parametrize(
    ("question", "now", "code"),
    [
        (replace(ASKED, as_of=date(2025, 7, 1)), {}, "INP-06"),
        (replace(ASKED, as_of=date(2024, 12, 31)), {}, "INP-06"),
        (replace(ASKED, expected=-1), {}, "INP-06"),
        (replace(ASKED, following=-1), {}, "INP-06"),
        (ASKED, {MunicipalityCode("GM9999"): Now()}, "INP-04"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    question: Question, now: dict[MunicipalityCode, Now], code: str
) -> None:
    with pytest.raises(InputError) as wrong:
        options(question, now, laws())
    assert wrong.value.code == code


NUMBERS = st.integers(0, 400)


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(-50, 50), st.integers(0, 200), st.integers(0, 50))
def test_housing_more_never_leaves_more_to_house(
    announced: int, expected: int, following: int, carried: int, foreseen: int, more: int
) -> None:
    question = replace(ASKED, announced=announced, expected=expected, following=following)
    few = shown(question, a=Now(carried_in=carried, foreseen=foreseen))
    many = shown(question, a=Now(carried_in=carried, foreseen=foreseen + more))
    for way in Way:
        assert of(many[way], A)[2] == of(few[way], A)[2] - more


@given(NUMBERS, NUMBERS)
def test_lowering_or_setting_off_never_makes_anyone_lose(announced: int, lower: int) -> None:
    ways = shown(replace(ASKED, announced=max(announced, lower), expected=min(announced, lower)))
    assert all(one.gain >= 0 for way in (Way.SET_OFF, Way.ANNOUNCE) for one in ways[way].effects)


def test_a_recorded_raise_makes_everyone_lose() -> None:
    """The other way round the property does not hold: more people expected is a loss when the number is raised."""
    raised = shown(replace(ASKED, expected=150), a=Now(foreseen=60), b=Now(foreseen=40))
    assert all(one.gain < 0 for one in raised[Way.ANNOUNCE].effects)
