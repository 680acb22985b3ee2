"""One table, one question: every role in every row, and an answer for every place."""

from __future__ import annotations

import pytest

from eenthuis.access import actions, check_matrix, decide
from eenthuis.access.matrix import Action
from eenthuis.terms.access import ANYONE, Actor, Place, Reach, Role
from eenthuis.terms.errors import SetupError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

OWN = Place(ProvinceCode("PV26"), MunicipalityCode("GM0344"))
SAME_PROVINCE = Place(ProvinceCode("PV26"), MunicipalityCode("GM0307"))
ELSEWHERE = Place(ProvinceCode("PV31"), MunicipalityCode("GM0935"))
ROW = '[[action]]\nname = "look"\nmeaning = "m"\nground = "g"\n' + "".join(
    f'{role.value} = "nation"\n' for role in Role
)


def someone(role: Role) -> Actor:
    return Actor("someone", role, MunicipalityCode("GM0344"), ProvinceCode("PV26"))


@pytest.mark.parametrize("action", actions().values(), ids=lambda action: action.name)
@pytest.mark.parametrize("role", Role)
def test_every_role_gets_exactly_its_reach(action: Action, role: Role) -> None:
    reach = action.reach[role]
    answers = tuple(
        decide(someone(role), action.name, place).allowed
        for place in (OWN, SAME_PROVINCE, ELSEWHERE, Place())
    )
    assert (
        answers
        == {
            Reach.NATION: (True, True, True, True),
            Reach.OWN_PROVINCE: (True, True, False, False),
            Reach.OWN_MUNICIPALITY: (True, False, False, False),
            Reach.OWN_HOMES: (False, False, False, False),
            Reach.AGGREGATES: (False, False, False, False),
            Reach.NOTHING: (False, False, False, False),
        }[reach]
    )


def test_an_actor_without_a_place_has_no_own_place() -> None:
    nowhere = Actor("someone", Role.MUNICIPALITY)
    assert not decide(nowhere, "see-linked-household", Place()).allowed
    assert not decide(nowhere, "see-linked-household", OWN).allowed


def test_an_action_in_no_row_is_nobodys() -> None:
    for role in Role:
        verdict = decide(someone(role), "open-everything", OWN)
        assert not verdict.allowed
        assert verdict.row == ""


def test_the_verdict_names_the_row_that_decided() -> None:
    assert decide(ANYONE, "confirm-link", OWN).row == "confirm-link"


@pytest.mark.parametrize(
    "text",
    [
        ROW.replace('coa = "nation"\n', ""),
        ROW + 'king = "nation"\n',
        ROW.replace('coa = "nation"', 'coa = "galaxy"'),
        ROW + ROW,
    ],
    ids=["role missing", "unknown role", "unknown reach", "twice"],
)
def test_a_malformed_matrix_does_not_load(text: str) -> None:
    assert check_matrix(ROW)
    with pytest.raises(SetupError, match="look"):
        check_matrix(text)
