"""A proposal in the words of the field, taken up again around overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from eenthuis.matching import link_households
from eenthuis.matching.recalling import (
    Recalled,
    ReconsideredLinks,
    explain_household,
    explain_municipality,
    recall,
    reconsider_households,
)
from eenthuis.matching.wording import HELD_BACK
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Choices, LinkingProposal, OpenPlace
from eenthuis.terms.overriding import GivenWay, Override, OverrideKind, Refused, WishKind
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
A, B, C = MunicipalityCode("GM0001"), MunicipalityCode("GM0002"), MunicipalityCode("GM0003")
PLAIN = Choices(count_joining=False, spread=False)


def household(name: str, persons: int, **more: object) -> Household:
    return Household(
        identifier=HouseholdId(name),
        members=(Member(1990, Sex.UNKNOWN, is_adult=True),) * persons,
        permit_on=date(2026, 1, 5),
        centre=CentreCode("c1"),
        region=LinkingRegion.CENTRE,
        **more,  # type: ignore[arg-type]
    )


def open_places(**persons: int) -> tuple[OpenPlace, ...]:
    return tuple(
        OpenPlace(MunicipalityCode(code), code, ProvinceCode("PV26"), LinkingRegion.CENTRE, persons=room)
        for code, room in persons.items()
    )


def knows(code: MunicipalityCode) -> tuple[SoftTie, ...]:
    return (SoftTie(SoftCriterion.NETWORK, frozenset({code})),)


FAMILIES = (
    household("one", 2, soft_ties=knows(A)),
    household("two", 2, soft_ties=knows(A)),
    household("three", 3, hard_ties=(HardTie(HardCriterion.WORK_CONTRACT, frozenset({B})),)),
)
PLACES = open_places(GM0001=2, GM0002=5, GM0003=1)


def taken_up(choices: Choices = PLAIN) -> Recalled:
    proposal = link_households(FAMILIES, PLACES, as_of=DAY, choices=choices)
    return recall(FAMILIES, PLACES, proposal, choices=choices)


def where(proposal: LinkingProposal) -> Mapping[str, str | None]:
    return {str(link.household): link.municipality for link in proposal.links}


def test_recalling_gives_the_same_proposal_with_and_without_its_prices() -> None:
    proposal = link_households(FAMILIES, PLACES, as_of=DAY, choices=PLAIN)
    assert proposal.cap_prices["GM0001"].keys() == {"persons"}
    for known in (proposal, replace(proposal, cap_prices={})):
        recalled = recall(FAMILIES, PLACES, known, choices=PLAIN)
        certificate = recalled.solved.solution.certificate
        assert certificate.linked == proposal.proof.linked
        assert certificate.objective == pytest.approx(proposal.proof.objective)
        assert certificate.bound == pytest.approx(proposal.proof.bound)


def test_who_is_gone_drops_out_and_who_is_new_has_no_place_yet() -> None:
    proposal = link_households(FAMILIES, PLACES, as_of=DAY, choices=PLAIN)
    today = (*FAMILIES[1:], household("four", 1))
    recalled = recall(today, PLACES, proposal, choices=PLAIN)
    assert recalled.solved.problem.households == ("two", "three", "four")
    assert recalled.solved.solution.assignment[2] == -1


def test_a_pin_moves_who_stands_in_its_way() -> None:
    recalled = taken_up()
    out = next(name for name in ("one", "two") if where(recalled.proposal)[name] == B)
    other = "two" if out == "one" else "one"
    found = reconsider_households(recalled, [Override(OverrideKind.PIN, out, A, reason="asked")])
    assert isinstance(found, ReconsideredLinks)
    assert where(found.proposal) == {out: A, other: B, "three": B}
    assert found.difference.cost == 0.0
    assert {one.household for one in found.difference.moved} == {"one", "two"}
    assert found.proposal.proof.linked == 3
    assert found.proposal.proof.bound >= found.proposal.proof.objective - 1e-9
    assert found.proposal.cap_prices == recalled.proposal.cap_prices


def test_what_was_reconsidered_can_be_released_and_explained_on() -> None:
    recalled = taken_up()
    log = [Override(OverrideKind.FORBID, "one", A), Override(OverrideKind.FORBID, "two", A)]
    found = reconsider_households(recalled, log)
    assert isinstance(found, ReconsideredLinks)
    assert A not in where(found.proposal).values()
    assert found.recalled.solved.solution.certificate.overrides == tuple(log)
    again = reconsider_households(
        recalled, [*log, *(Override(OverrideKind.RELEASE, h) for h in ("one", "two"))]
    )
    assert isinstance(again, ReconsideredLinks)
    assert again.difference.moved == ()


def test_a_pin_against_a_hard_criterion_or_a_target_is_refused() -> None:
    recalled = taken_up()
    refused = reconsider_households(recalled, [Override(OverrideKind.PIN, "three", A)])
    assert isinstance(refused, Refused)
    kinds = [{wish.kind for wish in conflict.wishes} for conflict in refused.conflicts]
    assert {WishKind.PIN, WishKind.CAP} in kinds or {WishKind.PIN, WishKind.CRITERION} in kinds
    refused = reconsider_households(recalled, [Override(OverrideKind.PIN, "one", C)])
    assert isinstance(refused, Refused)
    (conflict,) = refused.conflicts
    cap = next(repair for repair in conflict.repairs if repair.wish.kind is WishKind.CAP)
    assert (cap.wish.place, cap.wish.use, cap.amount, cap.is_enough) == (C, "persons", 1.0, True)


def test_room_for_relatives_gives_way_to_a_person_and_says_so() -> None:
    joining = JoiningRelatives(2, visa_granted=True, expected_on=None)
    people = (household("one", 2, joining=joining), household("two", 1))
    places = open_places(GM0001=2, GM0002=9)
    choices = Choices(count_joining=True, spread=False)
    proposal = link_households(people, places, as_of=DAY, choices=choices)
    assert where(proposal)["one"] == B
    found = reconsider_households(
        recall(people, places, proposal, choices=choices), [Override(OverrideKind.PIN, "one", A)]
    )
    assert isinstance(found, ReconsideredLinks)
    assert where(found.proposal) == {"one": A, "two": B}
    assert found.difference.given_way == (GivenWay(A, "persons_with_joining", 2),)


def test_an_unknown_household_is_an_error() -> None:
    with pytest.raises(LinkingError):
        reconsider_households(taken_up(), [Override(OverrideKind.PIN, "nobody", A)])


def test_a_household_and_a_municipality_are_explained_with_their_criteria() -> None:
    recalled = taken_up()
    explained = explain_household(recalled, HouseholdId("three"))
    assert explained is not None
    assert (explained.place, explained.code) == (B, "linked:only-place")
    assert "hard:work-contract" in {reason.code for reason in explained.reasons}
    told = explain_municipality(recalled, B)
    assert told is not None
    assert "three" in {one.household for one in told.linked}
    assert explain_household(recalled, HouseholdId("nobody")) is None
    assert explain_municipality(recalled, MunicipalityCode("GM9999")) is None


def test_a_household_held_back_by_a_person_says_so() -> None:
    found = reconsider_households(taken_up(), [Override(OverrideKind.FORBID, "one", reason="ill")])
    assert isinstance(found, ReconsideredLinks)
    explained = explain_household(found.recalled, HouseholdId("one"))
    assert explained is not None
    assert (explained.place, explained.code) == (None, HELD_BACK)
