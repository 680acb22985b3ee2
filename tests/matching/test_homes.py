"""Homes for linked households: exact against trying everything, with reasons that say what is so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.matching.homes import HomeProposal, MatchReason, Seeker, match_homes, worths
from eenthuis.rules.homes import misfits
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.people import CentreCode, Household, HouseholdId, JoiningRelatives, Member, Sex
from eenthuis.terms.places import LinkingRegion, MunicipalityCode

DAY = date(2026, 3, 3)
HERE, THERE = MunicipalityCode("GM0344"), MunicipalityCode("GM0060")


def seeker(number: int, people: int, *, left: int = 10, accessible: bool = False, joining: int = 0) -> Seeker:
    return Seeker(
        Household(
            identifier=HouseholdId(f"PE-{number}"),
            members=(Member(1990, Sex.UNKNOWN, is_adult=True),) * people,
            permit_on=DAY,
            centre=CentreCode("OL-1"),
            region=LinkingRegion.CENTRE,
            joining=JoiningRelatives(joining, visa_granted=True, expected_on=None) if joining else None,
            needs_accessible_home=accessible,
        ),
        HERE,
        DAY + timedelta(days=left),
    )


def home(number: int, largest: int, *, accessible: bool = False, ready: int = 0, where: str = HERE) -> Home:
    return Home(
        HomeId(f"W-{number}"),
        MunicipalityCode(where),
        "corporatie",
        HomeKind.SOCIAL_RENT,
        2,
        largest,
        accessible,
        DAY + timedelta(days=ready),
    )


def match(seekers: Sequence[Seeker], homes: Sequence[Home]) -> HomeProposal:
    return match_homes(seekers, homes, DAY, with_relatives=True)


def given_to(found: HomeProposal) -> dict[str, str | None]:
    return {one.household: one.home for one in found.matches}


def test_as_many_households_as_possible_come_first() -> None:
    found = match([seeker(1, 1), seeker(2, 4)], [home(1, 4), home(2, 2)])
    assert given_to(found) == {"PE-1": "W-2", "PE-2": "W-1"}


def test_with_one_home_the_most_urgent_goes_first_and_the_other_is_told_why_not() -> None:
    found = match([seeker(1, 2, left=30), seeker(2, 2, left=-5)], [home(1, 3)])
    assert given_to(found) == {"PE-1": None, "PE-2": "W-1"}
    assert found.matches[0].reasons == ((MatchReason.TAKEN_BY_MORE_URGENT, 0),)
    assert found.matches[0].others == ("W-1",)
    assert found.matches[1].reasons == ((MatchReason.ROOM_LEFT, 1), (MatchReason.LATE, 5))


def test_a_home_in_time_goes_before_one_that_fits_better() -> None:
    found = match([seeker(1, 2, left=10)], [home(1, 2, ready=25), home(2, 4)])
    assert given_to(found) == {"PE-1": "W-2"}


def test_an_accessible_home_is_kept_for_who_needs_it_and_relatives_need_room() -> None:
    found = match([seeker(1, 2), seeker(2, 1, accessible=True)], [home(1, 2, accessible=True), home(2, 2)])
    assert given_to(found) == {"PE-1": "W-2", "PE-2": "W-1"}
    assert (MatchReason.ACCESSIBLE, 0) in found.matches[1].reasons
    assert match([seeker(1, 2, joining=3)], [home(1, 4)]).matches[0].reasons == (
        (MatchReason.NONE_LARGE_ENOUGH, 5),
    )


@pytest.mark.parametrize(
    ("homes", "reason"),
    [
        ([], MatchReason.NO_HOMES),
        ([home(1, 9, where=THERE)], MatchReason.NO_HOMES),
        ([home(1, 4)], MatchReason.NONE_ACCESSIBLE),
        ([home(1, 4), home(2, 1, accessible=True)], MatchReason.NONE_FITS),
    ],
)
def test_who_gets_no_home_is_told_why(homes: list[Home], reason: MatchReason) -> None:
    found = match([seeker(1, 2, accessible=True)], homes)
    assert found.matches[0].home is None
    assert found.matches[0].reasons[0][0] is reason


seekers_drawn = st.lists(
    st.builds(seeker, st.just(0), st.integers(1, 4), left=st.integers(-30, 60), accessible=st.booleans()),
    max_size=4,
)
homes_drawn = st.lists(
    st.builds(home, st.just(0), st.integers(1, 5), accessible=st.booleans(), ready=st.integers(0, 60)),
    max_size=4,
)


def numbered(seekers: list[Seeker], homes: list[Home]) -> tuple[list[Seeker], list[Home]]:
    from dataclasses import replace

    return (
        [
            replace(one, household=replace(one.household, identifier=HouseholdId(f"PE-{number}")))
            for number, one in enumerate(seekers)
        ],
        [replace(one, identifier=HomeId(f"W-{number}")) for number, one in enumerate(homes)],
    )


def best_of_all(seekers: Sequence[Seeker], homes: Sequence[Home]) -> tuple[int, int]:
    """Return the most households, and the urgency served then, over every way to share homes out."""
    every = [*range(len(homes)), *([-1] * len(seekers))]
    found = (0, 0)
    for way in set(permutations(every, len(seekers))):
        pairs = [
            (seekers[who], homes[place])
            for who, place in enumerate(way)
            if place >= 0 and not misfits(homes[place], seekers[who].household, HERE, with_relatives=True)
        ]
        urgency = sum((DAY - one.home_by).days for one, _ in pairs)
        found = max(found, (len(pairs), urgency))
    return found


def served(found: HomeProposal, seekers: Sequence[Seeker]) -> tuple[int, int]:
    housed = [one for one, match_ in zip(seekers, found.matches, strict=True) if match_.home is not None]
    return len(housed), sum((DAY - one.home_by).days for one in housed)


@settings(deadline=None, max_examples=40)
@given(seekers_drawn, homes_drawn)
def test_no_other_way_houses_more_or_more_urgent_households(seekers: list[Seeker], homes: list[Home]) -> None:
    seekers, homes = numbered(seekers, homes)
    found = match(seekers, homes)
    assert served(found, seekers) == best_of_all(seekers, homes)
    used = [one.home for one in found.matches if one.home is not None]
    assert len(used) == len(set(used))
    by_number = {one.identifier: one for one in homes}
    for one, match_ in zip(seekers, found.matches, strict=True):
        if match_.home is not None:
            assert not misfits(by_number[match_.home], one.household, HERE, with_relatives=True)


def test_the_comparison_would_find_who_takes_the_first_home_that_fits() -> None:
    seekers, homes = numbered([seeker(0, 1), seeker(0, 4)], [home(0, 4), home(0, 2)])
    greedy = HomeProposal(
        DAY, match([seekers[0]], [homes[0]]).matches + match([seekers[1]], [homes[1]]).matches
    )
    assert served(greedy, seekers) < best_of_all(seekers, homes)


def test_what_is_worth_more_can_be_told_apart_in_large_problems_too() -> None:
    many = [seeker(number, 1, left=number % 90) for number in range(300)]
    homes = [home(number, 1 + number % 5) for number in range(300)]
    found = worths(many, homes, DAY, with_relatives=True)
    assert found.max() < 2**53
