"""The regional table: swaps keep the sum inside a province, and proposals agree with trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.rules.filling import CannotFill, Filling, fewest_sites, least_deviation, widest_spread
from eenthuis.rules.regional_table import (
    PlacesSwapped,
    PlaceSwapRefused,
    StillShort,
    still_short,
    swap_places,
)
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind, PlaceSwap, ProvincialTask

LAW = law_book().reception(date(2024, 2, 1))
A, B, C, D = (MunicipalityCode(f"GM{number:04d}") for number in range(1, 5))
NORTH, SOUTH = ProvinceCode("PV20"), ProvinceCode("PV31")
SHARES = {A: 40, B: 200, C: 70}
PROVINCES = {A: NORTH, B: NORTH, C: SOUTH, D: NORTH}
Room = Mapping[MunicipalityCode, int]
Added = Mapping[MunicipalityCode, int]


def applied(agreed: PlaceSwap, durable: Room | None = None) -> PlacesSwapped | PlaceSwapRefused:
    return swap_places(SHARES, agreed, provinces=PROVINCES, law=LAW, durable=durable or {})


def test_a_swap_that_keeps_the_sum_stands() -> None:
    assert applied(PlaceSwap({A: -40, B: 40})) == PlacesSwapped({A: 0, B: 240, C: 70})


@pytest.mark.parametrize(
    ("agreed", "reason"),
    [
        pytest.param(PlaceSwap({A: -3, B: 2}), "add up to -1 places", id="the sum must stay"),
        pytest.param(PlaceSwap({A: -3, C: 3}), "lie in PV20, PV31", id="one province"),
        pytest.param(PlaceSwap({A: -41, B: 41}), "GM0001 would have a share of -1", id="no negative share"),
        pytest.param(PlaceSwap({A: -3, D: 3}), "no share for GM0004", id="unknown municipality"),
        pytest.param(
            PlaceSwap({A: 99, B: -99}, is_durable=True),
            "GM0001 would have 99 durable regular places, which count from 100 on",
            id="too few durable",
        ),
        pytest.param(
            PlaceSwap({A: 15, B: -15}, PlaceKind.SPECIAL, is_durable=True),
            "15 durable special places, which count from 16 on",
            id="too few special",
        ),
    ],
)
def test_a_swap_that_cannot_stand_says_why(agreed: PlaceSwap, reason: str) -> None:
    outcome = applied(agreed)
    assert isinstance(outcome, PlaceSwapRefused)
    assert any(reason in one for one in outcome.reasons)


def test_durable_places_that_are_there_already_help() -> None:
    assert isinstance(applied(PlaceSwap({A: 20, B: -20}, is_durable=True), {A: 80}), PlacesSwapped)
    assert isinstance(applied(PlaceSwap({A: 100, B: -100}, is_durable=True)), PlacesSwapped)
    assert isinstance(applied(PlaceSwap({A: 16, B: -16}, PlaceKind.SPECIAL, is_durable=True)), PlacesSwapped)


def test_every_reason_is_given_at_once() -> None:
    outcome = applied(PlaceSwap({A: -50, C: 3, D: 1}))
    assert isinstance(outcome, PlaceSwapRefused)
    assert len(outcome.reasons) == 4


def keeps_the_sum(outcome: PlacesSwapped | PlaceSwapRefused, before: Room) -> bool:
    return isinstance(outcome, PlaceSwapRefused) or sum(outcome.shares.values()) == sum(before.values())


@given(st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(-60, 60), max_size=4))
@settings(max_examples=80, deadline=None)
def test_a_swap_keeps_the_sum_or_is_refused(changes: dict[MunicipalityCode, int]) -> None:
    assert keeps_the_sum(applied(PlaceSwap(changes)), SHARES)


def test_the_axiom_catches_a_swap_that_loses_a_place() -> None:
    assert not keeps_the_sum(PlacesSwapped({A: 39, B: 200, C: 70}), SHARES)


def test_what_is_still_short_per_province_and_municipality() -> None:
    task = ProvincialTask(NORTH, places=240, durable=100)
    shares = {A: 40, B: 200}
    found = still_short(task, shares, [Offer(A, 60), Offer(B, 30), Offer(B, 20), Offer(C, 500)])
    assert found == StillShort(NORTH, offered=110, short=30, over=0, per_municipality={A: -20, B: 150})
    more = still_short(task, shares, [Offer(A, 150)])
    assert (more.short, more.over) == (0, 10)


def every_filling(short: int, room: Room, smallest: int) -> Iterator[Added]:
    sizes = [(0, *range(max(smallest, 1), most + 1)) for most in room.values()]
    for chosen in product(*sizes):
        if sum(chosen) >= short:
            yield {code: places for code, places in zip(room, chosen, strict=True) if places}


def squares(added: Added) -> int:
    return sum(places * places for places in added.values())


def of_fewest(added: Added) -> tuple[int, ...]:
    return len(added), sum(added.values())


def of_widest(added: Added) -> tuple[int, ...]:
    return sum(added.values()), -len(added), squares(added)


ROOMS = st.lists(st.integers(0, 7), min_size=1, max_size=4).map(
    lambda sizes: dict(zip((A, B, C, D), sizes, strict=False))
)


@pytest.mark.parametrize(
    ("propose", "aim"), [pytest.param(fewest_sites, of_fewest), pytest.param(widest_spread, of_widest)]
)
@given(short=st.integers(0, 16), room=ROOMS, smallest=st.integers(0, 4))
@settings(max_examples=120, deadline=None)
def test_a_proposal_is_as_good_as_the_best_of_all(
    propose: Callable[..., Filling | CannotFill],
    aim: Callable[[Added], tuple[int, ...]],
    short: int,
    room: Room,
    smallest: int,
) -> None:
    found = propose(short, room=room, smallest=smallest)
    every = list(every_filling(short, room, smallest))
    if isinstance(found, CannotFill):
        assert not every
        return
    assert found.places in every
    assert aim(found.places) == min(map(aim, every))
    assert found.over == sum(found.places.values()) - short


@given(
    short=st.integers(0, 14),
    room=ROOMS,
    lacking=st.lists(st.integers(-5, 9), min_size=4, max_size=4),
)
@settings(max_examples=120, deadline=None)
def test_the_least_deviation_is_the_least_of_all(short: int, room: Room, lacking: list[int]) -> None:
    lacks = dict(zip((A, B, C, D), lacking, strict=True))

    def deviation(added: Added) -> int:
        return sum((lacks[code] - added.get(code, 0)) ** 2 for code in room)

    found = least_deviation(short, lacking=lacks, room=room)
    every = [added for added in every_filling(short, room, 1) if sum(added.values()) == short]
    if isinstance(found, CannotFill):
        assert not every
        assert (found.short, found.room) == (short, sum(room.values()))
        return
    assert found.places in every
    assert (deviation(found.places), found.over) == (min(map(deviation, every)), 0)


def test_the_aims_tell_a_worse_filling_apart() -> None:
    assert of_fewest({A: 3, B: 3}) > of_fewest({C: 6})
    assert of_widest({C: 6}) > of_widest({A: 3, B: 3})
    assert of_widest({A: 2, B: 4}) > of_widest({A: 3, B: 3})


def test_the_three_aims_differ_on_one_case() -> None:
    room = {A: 150, B: 400, C: 300}
    fewest = fewest_sites(300, room=room, smallest=100)
    widest = widest_spread(300, room=room, smallest=100)
    closest = least_deviation(300, lacking={A: 40, B: -20, C: 280}, room=room)
    assert fewest == Filling({B: 300}, 0)
    assert widest == Filling({A: 100, B: 100, C: 100}, 0)
    assert closest == Filling({A: 30, C: 270}, 0)
    assert (fewest.sites, widest.sites) == (1, 3)
