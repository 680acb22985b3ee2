"""Explanations for staff: of the latest proposal, around its overrides, and for nobody else."""

from __future__ import annotations

import pytest
from small_country import AUDITOR, COA, ISLAND, MINISTRY, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import explaining, linking, proposing
from eenthuis.services.changing import decide_change, keep_change, solve_change
from eenthuis.store import proposals
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, ReferenceFactError
from eenthuis.terms.overriding import Ground, Override, OverrideKind, Refused
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")


@pytest.fixture
def made(proposal: int) -> int:
    """Let the engine make a proposal for the small country; return its number."""
    assert proposal
    return proposing.propose(actor=COA, today=TODAY)


def changed(base: int, override: Override) -> int:
    solved = solve_change(today=TODAY, base=base, overrides=[override])
    assert not isinstance(solved, Refused)
    return decide_change(actor=COA, number=keep_change(actor=COA, solved=solved), accept=True)


def test_a_household_is_explained_as_the_proposal_has_it(made: int) -> None:
    page = explaining.explain_household(actor=AUDITOR, identifier=ONE, today=TODAY)
    assert page.proposal == made
    assert page.explained.place == proposals.proposed(made, [ONE])[ONE].municipality
    assert page.explained.code.startswith("linked:")
    assert page.explained.others
    assert {other.place for other in page.explained.others} <= set(page.names)


def test_a_municipality_is_explained_with_who_goes_there(made: int) -> None:
    links = proposals.every_link(made)
    code = next(link.municipality for link in links if link.municipality)
    page = explaining.explain_municipality(actor=COA, code=code, today=TODAY)
    assert {one.household for one in page.explained.linked} == {
        link.household for link in links if link.municipality == code
    }
    assert page.people == sum(link.persons for link in links if link.municipality == code)


def test_an_accepted_change_is_explained_as_it_was_changed(made: int) -> None:
    wait = Override(OverrideKind.FORBID, TWO, "", "first a doctor", Ground.CARE)
    first = changed(made, wait)
    page = explaining.explain_household(actor=COA, identifier=TWO, today=TODAY)
    assert (page.proposal, page.explained.place) == (first, None)
    assert page.explained.code == "not-linked:held-back"
    second = changed(first, Override(OverrideKind.PIN, ONE, ISLAND, "family", Ground.FAMILY))
    page = explaining.explain_household(actor=COA, identifier=ONE, today=TODAY)
    assert (page.proposal, page.explained.place) == (second, ISLAND)


def test_who_is_linked_meanwhile_is_no_longer_explained(made: int) -> None:
    linking.confirm(actor=COA, proposal=made, households=(ONE,), today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        explaining.explain_household(actor=COA, identifier=ONE, today=TODAY)
    assert explaining.explain_household(actor=COA, identifier=TWO, today=TODAY).explained.household == TWO


@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, ANYONE])
@pytest.mark.usefixtures("made")
def test_only_staff_see_explanations_since_they_name_others(actor: Actor) -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        explaining.explain_household(actor=actor, identifier=ONE, today=TODAY)
    with pytest.raises(AccessError, match="ACC-01"):
        explaining.explain_municipality(actor=actor, code=UTRECHT, today=TODAY)


@pytest.mark.usefixtures("made")
def test_a_municipality_that_is_none_is_refused() -> None:
    with pytest.raises(ReferenceFactError, match="REF-01"):
        explaining.explain_municipality(actor=COA, code="GM9999", today=TODAY)
