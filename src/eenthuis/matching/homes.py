"""Which home for which linked household: the most households, the most urgent first, with little room left over.

A small assignment problem, solved exactly. The outcome is a proposal with reasons; a person offers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment

from eenthuis.rules.homes import misfits, people_to_house
from eenthuis.terms.homes import Home, HomeId, Misfit
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode

FARTHEST_DAYS = 400
"""Days left beyond which one household is no more urgent than another."""

WIDEST = 40
"""People of room left over, or days after the deadline, beyond which a home is not told apart from another."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """A household that needs a home, where it is linked to, and the last day by which it should have one.

    ``place`` is where it stands in the order of offers of its municipality, 1 going first; without it, urgency goes by
    the days left. Among seekers of one call either all have a place or none.
    """

    household: Household
    municipality: MunicipalityCode
    home_by: date
    place: int | None = None


class MatchReason(StrEnum):
    """Why a home is proposed for a household, or why none is; pages have a sentence for each."""

    FITS_EXACTLY = "fits-exactly"
    ROOM_LEFT = "room-left"
    ACCESSIBLE = "accessible"
    IN_TIME = "in-time"
    LATE = "late"
    NONE_LARGE_ENOUGH = "none-large-enough"
    NONE_ACCESSIBLE = "none-accessible"
    NONE_FITS = "none-fits"
    TAKEN_BY_MORE_URGENT = "taken-by-more-urgent"
    NO_HOMES = "no-homes"


@dataclass(frozen=True, slots=True)
class HomeMatch:
    """A household with the home proposed for it, or none, and the reasons; a reason carries people or days."""

    household: HouseholdId
    home: HomeId | None
    reasons: tuple[tuple[MatchReason, int], ...]
    others: tuple[HomeId, ...]


@dataclass(frozen=True, slots=True)
class HomeProposal:
    """A home or none for every household, in the order given; ``as_of`` is the day on which urgency was reckoned."""

    as_of: date
    matches: tuple[HomeMatch, ...]

    @property
    def housed(self) -> int:
        """Households for which a home is proposed."""
        return sum(1 for match in self.matches if match.home is not None)


def match_homes(
    seekers: Sequence[Seeker], homes: Sequence[Home], as_of: date, *, with_relatives: bool
) -> HomeProposal:
    """Return a home for as many households as possible; among those ways the one that serves the most urgent.

    Then homes that are ready in time go first, then those with the least room left over, and an accessible home goes to
    who needs one. No two households get one home.
    """
    worth = worths(seekers, homes, as_of, with_relatives=with_relatives)
    given: dict[int, int] = {}
    if worth.size:
        rows, columns = linear_sum_assignment(worth, maximize=True)
        given = {
            int(row): int(column) for row, column in zip(rows, columns, strict=True) if worth[row, column] > 0
        }
    return HomeProposal(
        as_of,
        tuple(
            _match(seeker, homes, homes[given[who]] if who in given else None, with_relatives=with_relatives)
            for who, seeker in enumerate(seekers)
        ),
    )


def worths(
    seekers: Sequence[Seeker], homes: Sequence[Home], as_of: date, *, with_relatives: bool
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return what each home is worth for each household, households by homes, whole numbers; 0 where it does not suit.

    Every pair that suits is worth more than all that tells two of them apart, so that numbers go before urgency,
    urgency before time, and time before room.
    """
    found = np.zeros((len(seekers), len(homes)), dtype=np.int64)
    fewest = min(len(seekers), len(homes)) + 1
    room, time = 1, 2 * (WIDEST + 1) * fewest
    urgency = time * (WIDEST + 1) * fewest
    levels = max(FARTHEST_DAYS, len(seekers))
    each = urgency * (levels + 1) * fewest
    for who, seeker in enumerate(seekers):
        urgent = _urgent(seeker, as_of) if seeker.place is None else levels - seeker.place
        for place, home in enumerate(homes):
            if misfits(home, seeker.household, seeker.municipality, with_relatives=with_relatives):
                continue
            late = min(max((home.available_from - max(seeker.home_by, as_of)).days, 0), WIDEST)
            spare = home.largest_household - people_to_house(seeker.household, with_relatives=with_relatives)
            unneeded = home.is_accessible and not seeker.household.needs_accessible_home
            found[who, place] = (
                each
                + urgency * urgent
                + time * (WIDEST - late)
                + room * (2 * (WIDEST - min(spare, WIDEST)) + (0 if unneeded else 1))
            )
    return found


def _urgent(seeker: Seeker, as_of: date) -> int:
    """Return how urgent a household is by the days left, from 0 on."""
    left = (seeker.home_by - as_of).days
    return FARTHEST_DAYS // 2 - min(max(left, -FARTHEST_DAYS // 2), FARTHEST_DAYS // 2)


def _match(
    seeker: Seeker,
    homes: Sequence[Home],
    home: Home | None,
    *,
    with_relatives: bool,
) -> HomeMatch:
    suits = [
        one
        for one in homes
        if not misfits(one, seeker.household, seeker.municipality, with_relatives=with_relatives)
    ]
    reasons = (
        _why_this(seeker, home, with_relatives=with_relatives)
        if home is not None
        else _why_none(seeker, homes, are_taken=bool(suits), with_relatives=with_relatives)
    )
    others = tuple(one.identifier for one in suits if home is None or one.identifier != home.identifier)
    return HomeMatch(seeker.household.identifier, home.identifier if home else None, reasons, others)


def _why_this(seeker: Seeker, home: Home, *, with_relatives: bool) -> tuple[tuple[MatchReason, int], ...]:
    spare = home.largest_household - people_to_house(seeker.household, with_relatives=with_relatives)
    found = [(MatchReason.ROOM_LEFT, spare) if spare else (MatchReason.FITS_EXACTLY, 0)]
    if seeker.household.needs_accessible_home:
        found.append((MatchReason.ACCESSIBLE, 0))
    days = (seeker.home_by - home.available_from).days
    found.append((MatchReason.IN_TIME, days) if days >= 0 else (MatchReason.LATE, -days))
    return tuple(found)


def _why_none(
    seeker: Seeker,
    homes: Sequence[Home],
    *,
    are_taken: bool,
    with_relatives: bool,
) -> tuple[tuple[MatchReason, int], ...]:
    if are_taken:
        return ((MatchReason.TAKEN_BY_MORE_URGENT, 0),)
    wrong: Mapping[Misfit, int] = {
        kind: sum(
            kind in misfits(home, seeker.household, seeker.municipality, with_relatives=with_relatives)
            for home in homes
        )
        for kind in Misfit
    }
    if not homes or wrong[Misfit.ELSEWHERE] == len(homes):
        return ((MatchReason.NO_HOMES, 0),)
    if wrong[Misfit.TOO_SMALL] == len(homes):
        people = people_to_house(seeker.household, with_relatives=with_relatives)
        return ((MatchReason.NONE_LARGE_ENOUGH, people),)
    if wrong[Misfit.NOT_ACCESSIBLE] == len(homes):
        return ((MatchReason.NONE_ACCESSIBLE, 0),)
    return ((MatchReason.NONE_FITS, 0),)
