"""Whether a home suits a household."""

from __future__ import annotations

from eenthuis.terms.homes import Home, Misfit
from eenthuis.terms.people import Household
from eenthuis.terms.places import MunicipalityCode


def misfits(
    home: Home, household: Household, linked_to: MunicipalityCode, *, with_relatives: bool
) -> tuple[Misfit, ...]:
    """Return why a home does not suit a household; nothing when it does.

    ``with_relatives`` counts the relatives who are expected to join as living there.

    References
    ----------
    Huisvestingswet 2014, art. 28: the executive of the linked municipality provides. Practice: a suitable home is one
    that fits the size and the needs of the household.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.terms.homes import HomeId, HomeKind
    >>> from eenthuis.terms.people import CentreCode, HouseholdId, Member, Sex
    >>> from eenthuis.terms.places import LinkingRegion
    >>> home = Home(
    ...     HomeId("W-1"), MunicipalityCode("GM0344"), "x", HomeKind.SHARED, 2, 1, False, date(2026, 1, 1)
    ... )
    >>> two = Household(
    ...     HouseholdId("PE-1"), (Member(1990, Sex.UNKNOWN, True),) * 2, date(2026, 1, 1),
    ...     CentreCode("OL-1"), LinkingRegion.CENTRE,
    ... )
    >>> [why.value for why in misfits(home, two, MunicipalityCode("GM0344"), with_relatives=False)]
    ['too-small']
    """
    found = []
    if home.municipality != linked_to:
        found.append(Misfit.ELSEWHERE)
    if people_to_house(household, with_relatives=with_relatives) > home.largest_household:
        found.append(Misfit.TOO_SMALL)
    if household.needs_accessible_home and not home.is_accessible:
        found.append(Misfit.NOT_ACCESSIBLE)
    return tuple(found)


def people_to_house(household: Household, *, with_relatives: bool) -> int:
    """Return the people a home must hold."""
    joining = household.joining.people if household.joining and with_relatives else 0
    return household.persons + joining
