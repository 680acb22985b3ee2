"""Groups of households as they are told beside a proposal, and a least gain asked for them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from eenthuis.matching import Progress, propose_households
from eenthuis.matching.baselines import draw_random
from eenthuis.matching.groups import household_groupings, measure_groups, random_luck
from eenthuis.terms.linking import Choices, OpenPlace
from eenthuis.terms.people import CentreCode, Household, HouseholdId, Member, Sex, SoftCriterion, SoftTie
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

DAY = date(2026, 3, 3)
WOMAN, MAN = Member(1990, Sex.FEMALE, is_adult=True), Member(1960, Sex.MALE, is_adult=True)
CHILD, SOMEONE = Member(2015, Sex.MALE, is_adult=False), Member(2000, Sex.UNKNOWN, is_adult=True)


def household(number: int, *members: Member, soft: frozenset[MunicipalityCode] = frozenset()) -> Household:
    return Household(
        HouseholdId(f"h{number:03d}"),
        members,
        DAY,
        CentreCode("c"),
        LinkingRegion.CENTRE,
        soft_ties=(SoftTie(SoftCriterion.NETWORK, soft),) if soft else (),
    )


def test_households_are_told_apart_by_five_characteristics() -> None:
    everyone = [household(1, WOMAN), household(2, MAN, WOMAN, CHILD), household(3, WOMAN, SOMEONE)]
    told = {one.characteristic: one.labels for one in household_groupings(everyone, DAY)}
    assert told == {
        "size": ("1", "3-4", "2"),
        "children": ("without", "with", "without"),
        "sex": ("women", "both", ""),
        "age": ("30-44", "60 and over", "30-44"),
        "region": (LinkingRegion.CENTRE.value,) * 3,
    }


def test_age_bands_stand_in_order_of_age() -> None:
    everyone = [household(1, MAN), household(2, SOMEONE), household(3, WOMAN)]
    age = next(one for one in household_groupings(everyone, DAY) if one.characteristic == "age")
    assert list(age.members()) == ["18-29", "30-44", "60 and over"]


def crowded() -> tuple[list[Household], list[OpenPlace]]:
    """Return families and singles who like the same small place; the families have nowhere else they fit well."""
    good = frozenset({MunicipalityCode("GM0001")})
    singles = [household(number, SOMEONE, soft=good) for number in range(24)]
    families = [household(100 + number, WOMAN, CHILD, CHILD, soft=good) for number in range(8)]
    places = [
        OpenPlace(
            MunicipalityCode(f"GM{at:04d}"), f"m{at}", ProvinceCode("PV20"), LinkingRegion.NORTH, persons
        )
        for at, persons in ((1, 12), (2, 40), (3, 40))
    ]
    return singles + families, places


def test_a_least_gain_is_kept_and_its_price_reported() -> None:
    people, places = crowded()
    plain = propose_households(people, places, as_of=DAY, choices=Choices(spread=False))
    asked = Choices(spread=False, least_gain=0.5, gain_for=("size",))
    fair = propose_households(people, places, as_of=DAY, choices=asked)
    assert plain.price_of_floors is None
    assert fair.price_of_floors is not None
    assert 0 <= fair.price_of_floors < 1
    assert {floor.characteristic for floor in fair.solution.certificate.floors} == {"size"}
    assert all(floor.holds for floor in fair.solution.certificate.floors)
    assert fair.proposal.proof.persons_linked == plain.proposal.proof.persons_linked

    def gains(made: np.ndarray) -> list[float]:
        groupings = [one for one in household_groupings(people, DAY) if one.characteristic == "size"]
        luck = random_luck(fair.problem, draw_random(fair.problem, seed=1))
        return [one.gain or 0.0 for one in measure_groups(fair.problem, made, groupings, luck)]

    assert min(gains(fair.solution.assignment)) >= 0.5 - 1e-9
    assert min(gains(plain.solution.assignment)) < 0.5


def test_what_is_made_is_what_the_proposal_says() -> None:
    people, places = crowded()
    made = propose_households(people, places, as_of=DAY)
    said = [link.municipality for link in made.proposal.links]
    assert said == [made.problem.places[at] if at >= 0 else None for at in made.solution.assignment]


@pytest.mark.parametrize("count", [8, 400])
def test_progress_tells_the_people_linked_so_far(count: int) -> None:
    people = [household(number, WOMAN, CHILD) for number in range(count)]
    places = [
        OpenPlace(MunicipalityCode(f"GM{at:04d}"), f"m{at}", ProvinceCode("PV20"), LinkingRegion.NORTH, 4)
        for at in range(100)
    ]
    seen: list[Progress] = []
    made = propose_households(people, places, as_of=DAY, on_progress=seen.append)
    assert seen
    assert {step.persons is None for step in seen} == {False}
    assert max(step.persons or 0 for step in seen) == made.proposal.proof.persons_linked


def test_what_is_told_while_another_way_is_tried_is_what_a_stop_would_keep() -> None:
    """Ten families fit in the one large place; spread over small ones that hold nobody, fewer may go there."""
    people = [household(number, WOMAN, *(CHILD,) * 5) for number in range(12)]
    places = [
        OpenPlace(MunicipalityCode(f"GM{at:04d}"), f"m{at}", ProvinceCode("PV20"), LinkingRegion.NORTH, size)
        for at, size in enumerate([60] + [1] * 100)
    ]
    seen: list[Progress] = []

    def stop_at_the_second_way(progress: Progress) -> bool:
        seen.append(progress)
        return progress.stage != "unspread"

    stopped = propose_households(people, places, as_of=DAY, on_progress=stop_at_the_second_way).proposal
    assert seen[-1].stage == "unspread"
    assert seen[-1].persons == stopped.proof.persons_linked
    assert seen[-1].best == stopped.proof.objective
    assert stopped.spread_slack is not None
    whole = propose_households(people, places, as_of=DAY).proposal
    assert whole.proof.persons_linked == 60 > stopped.proof.persons_linked
