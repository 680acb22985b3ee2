"""What becomes of households that are merged or split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eenthuis.terms.people import Household, HouseholdId, JoiningRelatives


def merged(households: Sequence[Household], identifier: HouseholdId) -> Household:
    """Return the household that two or more households become.

    It waits since the earliest permit, stays where the first one stays, and keeps every tie and need of each. Relatives
    of each are expected; a visa counts as granted only when it is for all of them.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.terms.people import CentreCode, Member, Sex
    >>> from eenthuis.terms.places import LinkingRegion
    >>> def one(name, day):
    ...     who = (Member(1990, Sex.UNKNOWN, True),)
    ...     return Household(HouseholdId(name), who, day, CentreCode("OL-1"), LinkingRegion.CENTRE)
    >>> both = merged([one("PE-1", date(2026, 2, 1)), one("PE-2", date(2026, 1, 1))], HouseholdId("PE-3"))
    >>> both.persons, both.permit_on.isoformat()
    (2, '2026-01-01')
    """
    first = households[0]
    joining = [one.joining for one in households if one.joining is not None]
    return replace(
        first,
        identifier=identifier,
        members=tuple(member for one in households for member in one.members),
        permit_on=min(one.permit_on for one in households),
        hard_ties=tuple(dict.fromkeys(tie for one in households for tie in one.hard_ties)),
        soft_ties=tuple(dict.fromkeys(tie for one in households for tie in one.soft_ties)),
        joining=_together(joining) if joining else None,
        needs_accessible_home=any(one.needs_accessible_home for one in households),
    )


def _together(joining: Sequence[JoiningRelatives]) -> JoiningRelatives:
    days = [one.expected_on for one in joining if one.expected_on is not None]
    return JoiningRelatives(
        people=sum(one.people for one in joining),
        visa_granted=all(one.visa_granted for one in joining),
        expected_on=max(days, default=None),
    )


def split(household: Household, parts: Mapping[HouseholdId, Sequence[int]]) -> tuple[Household, ...] | None:
    """Return the households that one becomes; ``parts`` gives the places of the members in each, counted from 0.

    None says that a member is left out or named twice, or that a part is empty. Ties and needs stay with each part;
    relatives who are expected stay with the first.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.terms.people import CentreCode, Member, Sex
    >>> from eenthuis.terms.places import LinkingRegion
    >>> pair = (Member(1990, Sex.UNKNOWN, True), Member(1991, Sex.UNKNOWN, True))
    >>> both = Household(
    ...     HouseholdId("PE-1"), pair, date(2026, 1, 1), CentreCode("OL-1"), LinkingRegion.CENTRE
    ... )
    >>> [part.persons for part in split(both, {HouseholdId("PE-2"): [0], HouseholdId("PE-3"): [1]})]
    [1, 1]
    >>> split(both, {HouseholdId("PE-2"): [0], HouseholdId("PE-3"): [0]}) is None
    True
    """
    named = sorted(place for places in parts.values() for place in places)
    if named != list(range(household.persons)) or not all(parts.values()):
        return None
    return tuple(
        replace(
            household,
            identifier=identifier,
            members=tuple(household.members[place] for place in places),
            joining=household.joining if number == 0 else None,
        )
        for number, (identifier, places) in enumerate(parts.items())
    )
