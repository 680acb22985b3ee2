"""A household as the values of its row in a spreadsheet, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis.connect.sheet_cells import Value
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
from eenthuis.terms.places import LinkingRegion, MunicipalityCode


def household_of(values: Mapping[str, Value]) -> Household:
    """Return the household that a row describes; the row has been read without a problem."""
    permit_on, expected_on = values["permit_on"], values.get("joining_expected_on")
    assert isinstance(permit_on, date)  # noqa: S101 - a cell of this kind holds one
    joining = values.get("joining_people") or 0
    assert isinstance(joining, int)  # noqa: S101 - a cell of this kind holds one
    return Household(
        identifier=HouseholdId(str(values["household"])),
        members=(
            *_members(values.get("adults"), is_adult=True),
            *_members(values.get("children"), is_adult=False),
        ),
        permit_on=permit_on,
        centre=CentreCode(str(values["centre"])),
        region=LinkingRegion(str(values["region"])),
        hard_ties=tuple(
            HardTie(criterion, frozenset(places))
            for criterion in HardCriterion
            if (places := _places(values, f"hard:{criterion}"))
        ),
        soft_ties=tuple(
            SoftTie(criterion, frozenset(places))
            for criterion in SoftCriterion
            if (places := _places(values, f"soft:{criterion}"))
        ),
        joining=JoiningRelatives(
            joining,
            bool(values.get("joining_visa_granted")),
            expected_on if isinstance(expected_on, date) else None,
        )
        if joining
        else None,
        needs_accessible_home=bool(values.get("needs_accessible_home")),
    )


def _members(value: Value, *, is_adult: bool) -> tuple[Member, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(Member(one[0], one[1], is_adult) for one in value if isinstance(one, tuple))


def _places(values: Mapping[str, Value], name: str) -> tuple[MunicipalityCode, ...]:
    value = values.get(name)
    return tuple(MunicipalityCode(str(one)) for one in value) if isinstance(value, tuple) else ()


def values_of(household: Household) -> dict[str, Value]:
    """Return the values of the row that describes a household."""
    joining = household.joining
    hard = _ties(household.hard_ties)
    soft = _ties(household.soft_ties)
    return {
        "household": str(household.identifier),
        "permit_on": household.permit_on,
        "centre": str(household.centre),
        "region": household.region.value,
        "adults": _people(household, is_adult=True),
        "children": _people(household, is_adult=False),
        "needs_accessible_home": household.needs_accessible_home,
        "joining_people": joining.people if joining else 0,
        "joining_visa_granted": joining.visa_granted if joining else False,
        "joining_expected_on": joining.expected_on if joining else None,
        **{f"hard:{criterion}": hard.get(criterion, ()) for criterion in HardCriterion},
        **{f"soft:{criterion}": soft.get(criterion, ()) for criterion in SoftCriterion},
    }


def _people(household: Household, *, is_adult: bool) -> tuple[tuple[int, Sex], ...]:
    """Return the members of one kind by year of birth; the order in which they stand means nothing."""
    return tuple(sorted((one.birth_year, one.sex) for one in household.members if one.is_adult is is_adult))


def _ties(ties: tuple[HardTie, ...] | tuple[SoftTie, ...]) -> dict[str, tuple[MunicipalityCode, ...]]:
    found: dict[str, set[MunicipalityCode]] = {}
    for tie in ties:
        found.setdefault(tie.criterion.value, set()).update(tie.municipalities)
    return {name: tuple(sorted(places)) for name, places in found.items()}
