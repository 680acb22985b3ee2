"""Explanations and conflicts in Dutch sentences: one for every kind, with names instead of codes."""

from __future__ import annotations

import pytest

from eenthuis.terms.explaining import BindingCap, Flip, FlipKind, HouseholdExplained
from eenthuis.terms.overriding import Conflict, Repair, RepairKind, Wish, WishKind
from eenthuis.web import conflicts, explanations

NAMES = {"GM0344": "Utrecht", "GM0060": "Ameland"}
EXPLAINED = HouseholdExplained(
    household="PE-1",
    persons=3,
    place="GM0344",
    score=1.0,
    code="linked:best-score",
    values={},
    reasons=(),
    caps=(),
    others=(),
    flips=(),
    together=("PE-1", "PE-2"),
)
FLIPS = {
    FlipKind.SCORE: (
        Flip(FlipKind.SCORE, "GM0060", points=0.75),
        "Als Ameland ten minste 0,75 punten beter bij dit huishouden past, gaat het daarheen.",
    ),
    FlipKind.ROOM: (
        Flip(FlipKind.ROOM, "GM0060", room=(("persons", 3),)),
        "Als Ameland ruimte heeft voor 3 mensen in de taakstelling meer, gaat dit huishouden daarheen.",
    ),
    FlipKind.FEWER: (
        Flip(FlipKind.FEWER, "GM0060", households=("PE-7", "PE-9")),
        "Als deze huishoudens niet meer wachten, gaat dit huishouden naar Ameland: PE-7, PE-9.",
    ),
    FlipKind.CRITERION: (
        Flip(FlipKind.CRITERION, "GM0060"),
        "Als het harde plaatsingscriterium niet meer geldt, gaat dit huishouden naar Ameland.",
    ),
    FlipKind.TOGETHER: (
        Flip(FlipKind.TOGETHER, "GM0060"),
        "Als het niet bij PE-2 hoeft te blijven, gaat dit huishouden naar Ameland.",
    ),
    FlipKind.PIN: (
        Flip(FlipKind.PIN, "GM0060", points=0.001),
        "Als iemand dat beslist, gaat het naar Ameland; het geheel verliest dan minder dan 0,01 punten.",
    ),
}


@pytest.mark.parametrize("kind", list(FlipKind))
def test_every_flip_has_its_sentence(kind: FlipKind) -> None:
    flip, sentence = FLIPS[kind]
    assert explanations.flip(flip, EXPLAINED, NAMES) == sentence


def test_a_cap_says_what_is_full_and_what_one_more_would_be_worth() -> None:
    full = BindingCap("GM0344", "persons", 40, 40, 0.25)
    assert explanations.cap(full, NAMES) == (
        "Utrecht is vol: 40 van 40 mensen in de taakstelling. Eén meer zou 0,25 punten waard zijn."
    )
    free = BindingCap("GM0344", "households_6+", 5, 5, 0.0)
    assert (
        explanations.cap(free, NAMES)
        == "Utrecht is vol: 5 van 5 huishoudens van een grootte, om te spreiden."
    )


@pytest.mark.parametrize(
    "code",
    [
        "linked:only-place",
        "linked:best-score",
        "linked:room-elsewhere-dearer",
        "not-linked:no-allowed-place",
        "not-linked:too-large",
        "not-linked:group-apart",
        "not-linked:no-room",
        "not-linked:spread",
        "not-linked:no-gain",
        "not-linked:held-back",
    ],
)
def test_every_code_of_an_explanation_has_a_sentence(code: str) -> None:
    assert explanations.why(code) != code


@pytest.mark.parametrize("kind", list(WishKind))
def test_every_wish_has_its_sentence(kind: WishKind) -> None:
    wish = Wish(kind, "PE-1", "GM0344", "persons", 4.0, ("PE-1", "PE-2"), "size 1")
    (told,) = conflicts.told(Conflict((wish,), ())).wishes
    assert "GM0344" not in told
    assert "%" not in told


@pytest.mark.parametrize("kind", list(RepairKind))
def test_every_repair_has_its_sentence(kind: RepairKind) -> None:
    wish = Wish(WishKind.CAP, "PE-1", "GM0344", "persons", 4.0, ("PE-1",), "size 1")
    ((told, enough),) = conflicts.told(Conflict((), (Repair(kind, wish, 3.0, is_enough=False),))).repairs
    assert not enough
    assert "%" not in told
    if kind is RepairKind.RAISE_CAP:
        assert told == "Maak in Utrecht ruimte voor 3 mensen meer, bijvoorbeeld met een ruil."
