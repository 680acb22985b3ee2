"""The problem that the registers make of households and open places."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from eenthuis.matching import Progress, link_households
from eenthuis.matching.building import WITH_JOINING, build
from eenthuis.matching.pace import within_pace
from eenthuis.matching.registers import SPREADING
from eenthuis.matching.spread import size_caps, size_classes
from eenthuis.terms.linking import Choices, LinkingProposal, OpenPlace, PromisedPace, ProposedLink
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


def joining(people: int, on: date | None, *, visa: bool = True) -> dict[str, object]:
    return {"joining": JoiningRelatives(people, visa, on)}


def test_relatives_expected_in_the_half_year_take_room_and_the_household_keeps_its_size() -> None:
    people = [
        household(1, 2, **joining(3, date(2026, 6, 30))),
        household(2, 2, **joining(3, date(2026, 7, 1))),
        household(3, 2, **joining(3, None)),
        household(4, 2, **joining(3, date(2026, 4, 1), visa=False)),
        household(5, 2),
    ]
    problem, reasons = build(people, [place(1, 9)], DAY, Choices(spread=False))
    assert problem.uses == ("persons", WITH_JOINING)
    assert problem.demand.tolist() == [[2, 5], [2, 2], [2, 5], [2, 2], [2, 2]]
    assert problem.capacity.tolist() == [[9, 9]]
    told = [reason for reason in reasons(0, 0) if reason.code == "count:joining-relatives"]
    assert [reason.values for reason in told] == [{"joining": 3}]
    assert "count:joining-relatives" not in {reason.code for reason in reasons(1, 0)}


def test_a_place_has_room_for_the_relatives_too_and_a_link_counts_the_members() -> None:
    people = [
        household(1, 2, **joining(3, date(2026, 5, 1))),
        household(2, 8, **joining(2, date(2026, 5, 1))),
    ]
    places = [place(1, 4), place(2, 5), place(3, 9)]
    made = link_households(people, places, as_of=DAY)
    first, second = made.links
    assert first.persons == 2
    assert first.municipality in {code(2), code(3)}
    assert second.municipality is None
    assert second.reasons[0].code == "not-linked:too-large"
    assert second.reasons[0].values == {"persons": 8, "joining": 2}
    assert made.proof.persons_linked == 2
    without = link_households(people, places, as_of=DAY, choices=Choices(count_joining=False))
    assert without.links[1].municipality == code(3)


def test_size_classes_count_relatives_with_a_visa_and_leave_tied_households_out() -> None:
    tie = (HardTie(HardCriterion.STUDY, frozenset({code(1)})),)
    people = [
        household(1, 1),
        household(2, 1, **joining(4, date(2027, 5, 1))),
        household(3, 3),
        household(4, 4, **joining(2, None, visa=False)),
        household(5, 6, hard_ties=tie),
        household(6, 9),
    ]
    assert size_classes(people).tolist() == [
        [1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1],
    ]  # fmt: skip


def test_a_cap_is_the_even_part_plus_slack_and_never_under_one() -> None:
    people = [household(number, 1) for number in range(60)] + [
        household(60 + number, 6) for number in range(10)
    ]
    places = [place(1, 90), place(2, 30), place(3, 0)]
    _, caps = size_caps(people, places, size_classes(people), 0.5)
    assert caps.tolist() == [[68, 1, 1, 12], [23, 1, 1, 4], [1, 1, 1, 1]]
    scarce, tight = size_caps(people, [place(1, 60)], size_classes(people), 0.0)
    assert tight.tolist() == [[30, 1, 1, 5]]
    assert len(scarce) == 4


def large_families_drawn_to_one_place() -> tuple[list[Household], list[OpenPlace]]:
    near = (SoftTie(SoftCriterion.NETWORK, frozenset({code(1)})),)
    far = (SoftTie(SoftCriterion.NETWORK, frozenset({code(2), code(3)})),)
    large = [household(number, 6, soft_ties=near) for number in range(10)]
    single = [household(10 + number, 1, soft_ties=far) for number in range(60)]
    return large + single, [place(number, 42, region=REGIONS[0]) for number in (1, 2, 3)]


def large_shares(made: LinkingProposal) -> list[float]:
    """Return the share of large households among those linked to each municipality."""
    sizes: dict[str, list[int]] = {}
    for link in made.links:
        if link.municipality is not None:
            sizes.setdefault(link.municipality, []).append(link.persons)
    return [float(np.mean([size >= 6 for size in one])) for one in sizes.values()]


def test_sizes_are_spread_and_no_fewer_persons_are_linked() -> None:
    people, places = large_families_drawn_to_one_place()
    plain = link_households(people, places, as_of=DAY, choices=Choices(spread=False))
    spread = link_households(people, places, as_of=DAY)
    assert plain.spread_slack is None
    assert max(large_shares(plain)) == 1.0
    assert spread.spread_slack == SPREADING["spread:household-size"].setting.value  # type: ignore[union-attr]
    assert np.std(large_shares(spread)) < 0.5 * np.std(large_shares(plain))
    assert max(large_shares(spread)) < 1.0
    assert spread.proof.persons_linked == plain.proof.persons_linked == 120


@pytest.mark.parametrize("seed", range(3))
def test_a_drawn_country_is_spread_without_linking_fewer(seed: int) -> None:
    people, _ = drawn(seed, 110, 8)
    places = [place(number, 45) for number in range(8)]
    plain = link_households(people, places, as_of=DAY, choices=Choices(count_joining=False, spread=False))
    spread = link_households(people, places, as_of=DAY, choices=Choices(count_joining=False))
    assert spread.proof.persons_linked >= plain.proof.persons_linked
    assert spread.spread_slack is not None
    free = {one.identifier for one in people if not one.hard_ties}
    _, caps = size_caps(people, places, size_classes(people), spread.spread_slack)
    for number, at in enumerate(places):
        here = [
            link for link in spread.links if link.municipality == at.municipality and link.household in free
        ]
        assert sum(size_of(people, link) >= 6 for link in here) <= caps[number, 3]
        assert sum(size_of(people, link) == 1 for link in here) <= caps[number, 0]


def size_of(people: Sequence[Household], link: ProposedLink) -> int:
    """Return members and relatives with a visa of a linked household."""
    found = next(one for one in people if one.identifier == link.household)
    return found.persons + (found.joining.people if found.joining and found.joining.visa_granted else 0)


def test_the_spread_gives_way_when_it_would_leave_people_without_a_place() -> None:
    large = [household(number, 6) for number in range(4)]
    places = [place(1, 24, region=REGIONS[0]), *(place(number, 5) for number in range(2, 8))]
    made = link_households(large, places, as_of=DAY)
    assert made.proof.persons_linked == 24
    assert made.spread_slack != 0.5
    assert all(link.municipality == code(1) for link in made.links)


def promise(people: Fraction, already: int) -> dict[str, object]:
    return {"promised": PromisedPace(people / 3, date(2026, 4, 1), people, already)}


def test_a_proposal_reports_the_pace_and_keeps_within_it_only_when_asked() -> None:
    people = [household(number, 1) for number in range(12)]
    none = Fraction(0)
    drawn_to = (SoftTie(SoftCriterion.NETWORK, frozenset({code(1)})),)
    people = [replace(one, soft_ties=drawn_to) for one in people]
    places = [
        place(1, 12, **promise(Fraction(19, 2), 4)),
        place(2, 3, **promise(Fraction(6), 8)),
        place(3, 20),
    ]
    free = link_households(people, places, as_of=DAY, choices=Choices(spread=False))
    assert [(line.municipality, line.proposed) for line in free.pace] == [(code(1), 12), (code(2), 0)]
    assert [(line.beyond, line.short) for line in free.pace] == [(Fraction(13, 2), none), (Fraction(2), none)]
    assert {line.until for line in free.pace} == {date(2026, 4, 1)}
    kept = link_households(people, places, as_of=DAY, choices=Choices(spread=False, within_pace=True))
    assert [(line.proposed, line.beyond, line.short) for line in kept.pace] == [
        (5, none, Fraction(1, 2)),
        (0, Fraction(2), none),
    ]
    assert kept.proof.persons_linked == 12


def test_room_within_the_pace_is_whole_people_and_never_more_than_is_open() -> None:
    assert within_pace(place(1, 7)) == 7
    assert within_pace(place(1, 7, **promise(Fraction(19, 2), 4))) == 5
    assert within_pace(place(1, 3, **promise(Fraction(19, 2), 4))) == 3
    assert within_pace(place(1, 7, **promise(Fraction(3), 4))) == 0


def test_whoever_watches_can_stop_a_spread_proposal() -> None:
    people, places = large_families_drawn_to_one_place()
    seen: list[str] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress.stage)
        return False

    made = link_households(people, places, as_of=DAY, on_progress=stop)
    assert seen
    assert len(made.links) == len(people)
