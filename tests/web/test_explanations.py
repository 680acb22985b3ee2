"""Explanations and conflicts laid out for pages: every sentence in its place, and no code left in it."""

from __future__ import annotations

from eenthuis.terms.explaining import (
    BindingCap,
    CostBasis,
    Flip,
    FlipKind,
    HouseholdExplained,
    NextInLine,
    OtherPlace,
    PlaceExplained,
)
from eenthuis.terms.overriding import Conflict, Moved, Repair, RepairKind, Wish, WishKind
from eenthuis.web import explanations

NAMES = {"GM0344": "Utrecht", "GM0060": "Ameland"}
MOVED = tuple(Moved(f"PE-{number}", 2, "GM0060", None) for number in range(9))
EXPLAINED = HouseholdExplained(
    household="PE-1",
    persons=3,
    place="GM0344",
    score=1.0,
    code="linked:best-score",
    values={},
    reasons=(),
    caps=(BindingCap("GM0344", "persons", 40, 40, 0.2), BindingCap("GM0344", "households_1", 9, 2, 0.0)),
    others=(OtherPlace("GM0060", 0.5, -0.5, 1.25, 1.0, CostBasis.RESOLVED, MOVED),),
    flips=(Flip(FlipKind.PIN, "GM0060", points=1.25), Flip(FlipKind.SCORE, "GM0060", points=0.75)),
)


def test_a_household_is_laid_out_as_sentences_a_table_and_changes() -> None:
    told = explanations.household(EXPLAINED, NAMES)
    assert told.why == (
        "Utrecht past van alle toegestane gemeenten het best.",
        "Utrecht is vol: 40 van 40 (personen).",
    )
    (other,) = told.others
    assert (other.name, other.cost, other.basis) == ("Ameland", 1.25, "doorgerekend")
    assert len(other.first) == explanations.MOST_DISPLACED
    assert (*other.first, *other.rest) == tuple(
        f"PE-{number} (2 personen): Ameland → geen plek" for number in range(9)
    )
    assert told.flips == ("Met 0,75 punt meer voor Ameland gaat het huishouden daarheen.",)


def test_that_a_person_can_decide_is_told_only_where_nothing_else_is() -> None:
    pin = Flip(FlipKind.PIN, "GM0060", points=1.25)
    told = explanations.household(
        HouseholdExplained("PE-1", 3, "GM0344", 1.0, "linked:only-place", {}, (), (), (), (pin,)), NAMES
    )
    assert told.flips == ("U kunt het huishouden vastzetten in Ameland. Dat kost samen 1,25 punt.",)


def test_a_municipality_says_what_is_full_and_who_came_next() -> None:
    caps = (BindingCap("GM0344", "persons", 4, 4, 0.5), BindingCap("GM0344", "households_1", 4, 1, 0.5))
    near = (NextInLine("PE-7", 2, 1.0, "GM0060", 0.25, ("persons",)),)
    told = explanations.municipality(PlaceExplained("GM0344", caps, (), near), NAMES)
    assert told.caps == ("Utrecht is vol: 4 van 4 (personen).",)
    assert told.next_in_line == (explanations.NextLine("PE-7", 2, 1.0, "Ameland", 0.25, ("personen",)),)
    assert explanations.why("linked:only-place", "GM0344", NAMES) == "Alleen Utrecht is toegestaan."


def test_a_conflict_is_laid_out_as_what_clashes_and_what_mends_it() -> None:
    pin, cap = Wish(WishKind.PIN, "PE-1", "GM0344"), Wish(WishKind.CAP, "", "GM0344", "persons", 3.0)
    found = Conflict((pin, cap), (Repair(RepairKind.RAISE_CAP, cap, 2.0), Repair(RepairKind.DROP_PIN, pin)))
    told = explanations.conflict(found, NAMES)
    assert told.wishes == (
        "Huishouden PE-1 staat vast in Utrecht.",
        "Utrecht heeft ruimte voor 3 (personen).",
    )
    assert told.repairs == (
        "Maak in Utrecht ruimte voor 2 meer (personen).",
        "Maak huishouden PE-1 los van Utrecht.",
    )
