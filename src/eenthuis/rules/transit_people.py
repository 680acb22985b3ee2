"""Who is who over transit locations: numbers hold inside one site, and days count per person over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eenthuis.terms.transit import PersonAt, PersonNumber, TransitStay


def one_number_each(stays: Sequence[TransitStay]) -> tuple[TransitStay, ...]:
    """Return the same stays with one number for each person over all sites.

    Two stays are of one person when they have the same number at the same site, or when one says that it came from the
    other; so the days of somebody who moves go on counting towards the most for a person.

    References
    ----------
    Bekostigingsregeling huisvesting vergunninghouders in doorstroomlocaties: at most 365 days per person.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> from eenthuis.terms.transit import SiteId
    >>> here, day = MunicipalityCode("GM0344"), date(2026, 1, 1)
    >>> first = TransitStay(PersonNumber("1"), SiteId("T-1"), here, day, day)
    >>> other = replace(first, site=SiteId("T-2"))
    >>> moved = replace(other, person=PersonNumber("9"), came_from=PersonAt(SiteId("T-1"), PersonNumber("1")))
    >>> [one.person for one in one_number_each([first, other, moved])]
    ['T-1/1', 'T-2/1', 'T-1/1']
    """
    before: dict[PersonAt, PersonAt] = {}

    def root(one: PersonAt) -> PersonAt:
        while one in before:
            one = before[one]
        return one

    for stay in stays:
        if stay.came_from is not None:
            first, last = sorted((root(stay.came_from), root(PersonAt(stay.site, stay.person))))
            if first != last:
                before[last] = first
    found = []
    for stay in stays:
        one = root(PersonAt(stay.site, stay.person))
        found.append(replace(stay, person=PersonNumber(f"{one.site}/{one.person}")))
    return tuple(found)
