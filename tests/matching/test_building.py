"""The problem that the registers make of households and open places."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from eenthuis.matching.building import build
from eenthuis.terms.linking import OpenPlace
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    HardTie,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

DAY = date(2026, 3, 3)
REGIONS = tuple(LinkingRegion)


def household(number: int, persons: int, **more: object) -> Household:
    given = {"region": LinkingRegion.CENTRE, "permit_on": DAY - timedelta(days=number % 400)} | more
    return Household(
        identifier=HouseholdId(f"h{number}"),
        members=(Member(1990, Sex.UNKNOWN, is_adult=True),) * persons,
        centre=CentreCode("c1"),
        **given,  # type: ignore[arg-type]
    )


def code(number: int) -> MunicipalityCode:
    return MunicipalityCode(f"GM{number:04d}")


def place(number: int, persons: int, **more: object) -> OpenPlace:
    given = {"region": REGIONS[number % len(REGIONS)]} | more
    return OpenPlace(code(number), f"m{number}", ProvinceCode("PV20"), persons=persons, **given)  # type: ignore[arg-type]


def drawn(seed: int, households: int, places: int) -> tuple[list[Household], list[OpenPlace]]:
    """Return invented households with ties, some to places that are not among the open ones."""
    rng = np.random.default_rng(seed)

    def some() -> frozenset[MunicipalityCode]:
        return frozenset(code(int(one)) for one in rng.integers(0, places + 3, rng.integers(1, 5)))

    people = [
        household(
            number,
            int(rng.choice([1, 1, 1, 2, 3, 4, 5, 6, 8])),
            region=REGIONS[int(rng.integers(len(REGIONS)))],
            hard_ties=tuple(HardTie(one, some()) for one in HardCriterion if rng.random() < 0.04),
            soft_ties=tuple(SoftTie(one, some()) for one in SoftCriterion if rng.random() < 0.25),
            joining=JoiningRelatives(int(rng.integers(1, 5)), bool(rng.random() < 0.5), None)
            if rng.random() < 0.2
            else None,
        )
        for number in range(households)
    ]
    return people, [place(number, int(rng.integers(0, 40))) for number in range(places)]


def one_by_one(people: Sequence[Household], places: Sequence[OpenPlace]) -> tuple[np.ndarray, np.ndarray]:
    """Return allowed and score counted pair by pair, in the plainest way."""
    allowed = [
        [all(at.municipality in tie.municipalities for tie in h.hard_ties) for at in places] for h in people
    ]
    score = [
        [
            sum(at.municipality in tie.municipalities for tie in h.soft_ties) + 0.5 * (h.region == at.region)
            for at in places
        ]
        for h in people
    ]
    return np.array(allowed, bool), np.array(score, np.float32)


@pytest.mark.parametrize("seed", range(3))
def test_registers_give_what_counting_pair_by_pair_gives(seed: int) -> None:
    people, places = drawn(seed, 120, 17)
    problem, reasons = build(people, places, DAY)
    allowed, score = one_by_one(people, places)
    assert np.array_equal(problem.allowed, allowed)
    assert np.array_equal(problem.score, score)
    assert problem.uses == ("persons",)
    assert problem.persons.tolist() == [one.persons for one in people]
    for row, column in ((row, row % len(places)) for row in range(len(people))):
        told = reasons(row, column)
        assert sum(reason.points for reason in told) == score[row, column]
        hard = sorted(reason.code for reason in told if reason.code.startswith("hard:"))
        assert hard == sorted(f"hard:{tie.criterion.value}" for tie in people[row].hard_ties)


def test_two_ties_of_one_criterion_both_count() -> None:
    ties = tuple(HardTie(HardCriterion.STUDY, frozenset(map(code, codes))) for codes in ((1, 2), (2, 3)))
    soft = (SoftTie(SoftCriterion.NETWORK, frozenset({code(2)})),) * 2
    problem, reasons = build(
        [household(1, 2, hard_ties=ties, soft_ties=soft)],
        [place(n, 9, region=REGIONS[0]) for n in range(4)],
        DAY,
    )
    assert problem.allowed.tolist() == [[False, False, True, False]]
    assert problem.score[0, 2] == pytest.approx(2.0 + 0.5 * (REGIONS[0] == LinkingRegion.CENTRE))
    assert [reason.code for reason in reasons(0, 2)][:4] == ["hard:study"] * 2 + ["soft:network"] * 2


def test_nobody_and_nowhere_make_a_problem_too() -> None:
    assert build([], [place(1, 3)], DAY)[0].allowed.shape == (0, 1)
    assert build([household(1, 2)], [], DAY)[0].allowed.shape == (1, 0)


def test_twenty_thousand_households_take_about_a_second() -> None:
    people, places = drawn(7, 20_000, 342)
    started = time.perf_counter()
    problem, _ = build(people, places, DAY)
    assert time.perf_counter() - started < 10.0  # about half a second; a shared machine may be busy
    assert problem.score.shape == (20_000, 342)
