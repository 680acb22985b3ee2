"""Correcting a step, merging and splitting for programs: by the numbers of households, on what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.services import way
from eenthuis.services.access import require
from eenthuis.services.link_lists import HouseholdView, read_listed_household
from eenthuis.services.processing import note_processing
from eenthuis.services.way_merging import merge_households, split_household
from eenthuis.services.way_taking import (
    OVERTAKEN,
    WayPage,
    overtaken,
    read_numbered_way,
    require_seen,
    version_of_way,
)
from eenthuis.store import people
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import HouseholdId, Member
from eenthuis.terms.processing import Activity

FEWEST = 2
IsSeen = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a household; ``rank`` says which it is when the household is split."""

    rank: int
    birth_year: int
    is_adult: bool


@dataclass(frozen=True, slots=True)
class NewPart:
    """A household that another is split into: the number of its file, and the ranks of its members."""

    file_number: str
    members: tuple[int, ...]


def list_members(*, actor: Actor, number: str) -> tuple[MemberView, ...]:
    """Return the members of a household, to whoever may split it.

    Raises
    ------
    AccessError
        ACC-01 when this role splits no households; ACC-02 when there is none by that number.
    """
    require(actor, "change-household")
    name = read_listed_household(actor=actor, number=number).household
    note_processing(Activity.LIST_MEMBERS, [name])
    (household,) = people.households([name])
    return tuple(_member(rank, one) for rank, one in enumerate(household.members, start=1))


def correct_step(
    *,
    actor: Actor,
    number: str,
    step: int,
    on: date | None,
    why: str,
    is_seen: IsSeen,
    today: date,
) -> WayPage:
    """Mend the day of a step, or strike it out when no day is given, when nobody took a step since the way was seen.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when household or step are not in its reach.
    ApiError
        API-03 when somebody was first.
    StateError
        STA-06 when it is taken back in another way or later steps rest on it; STA-09 for its day.
    """
    page = read_numbered_way(actor=actor, number=number, today=today)
    require_seen(page, is_seen)
    if step not in {one.number for one in page.steps}:
        raise AccessError("ACC-02", "no step by that number", remedy="Read the steps again.")
    with _on_what_was_seen():
        if on is None:
            way.strike_out(
                actor=actor, household=page.household, number=step, why=why, today=today, seen=page.seen
            )
        else:
            way.mend_step(
                actor=actor,
                household=page.household,
                number=step,
                on=on,
                why=why,
                today=today,
                seen=page.seen,
            )
    return read_numbered_way(actor=actor, number=number, today=today)


def merge_numbered(
    *,
    actor: Actor,
    numbers: Mapping[str, IsSeen],
    file_number: str,
    why: str,
    on: date,
    today: date,
) -> HouseholdView:
    """Merge households without a link, each when nobody took a step for it since it was seen; return the new one.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when one of them is not there.
    ApiError
        API-03 when somebody was first.
    StateError
        STA-01 when the new number is in use; STA-06 when they cannot be merged; STA-09 for a day that cannot be.
    """
    require(actor, "change-household")
    with transaction.atomic(), _on_what_was_seen():
        seen: dict[HouseholdId, int] = {}
        for number, is_seen in numbers.items():
            page = read_numbered_way(actor=actor, number=number, today=today)
            require_seen(page, is_seen)
            seen[page.household] = page.seen
        merge_households(
            actor=actor,
            households=tuple(seen),
            into=HouseholdId(file_number),
            why=why,
            on=on,
            today=today,
            seen=seen,
        )
    return read_listed_household(actor=actor, identifier=file_number)


def split_numbered(
    *,
    actor: Actor,
    number: str,
    parts: Sequence[NewPart],
    why: str,
    on: date,
    is_seen: IsSeen,
    today: date,
) -> tuple[HouseholdView, ...]:
    """Split a household without a link, when nobody took a step for it since it was seen; return the new ones.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when it is not there.
    ApiError
        API-03 when somebody was first.
    StateError
        STA-01 when a new number is in use or given twice; STA-06 when it cannot be split so; STA-09 for its day.
    """
    require(actor, "change-household")
    page = read_numbered_way(actor=actor, number=number, today=today)
    require_seen(page, is_seen)
    shares = {HouseholdId(part.file_number): [rank - 1 for rank in part.members] for part in parts}
    if len(shares) != len(parts):
        raise StateError(
            "STA-01", "a new number is given twice", remedy="Give each part a number of its own."
        )
    with transaction.atomic(), _on_what_was_seen():
        split_household(
            actor=actor, household=page.household, parts=shares, why=why, on=on, today=today, seen=page.seen
        )
    return tuple(read_listed_household(actor=actor, identifier=part.file_number) for part in parts)


def read_new_version(*, actor: Actor, number: str, today: date) -> str:
    """Return the version of the way of a household as it is now.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02, as for its way.
    """
    return version_of_way(read_numbered_way(actor=actor, number=number, today=today))


@contextmanager
def _on_what_was_seen() -> Iterator[None]:
    """Tell of a step that somebody took meanwhile as of another version, and of what a step lacks as not fitting."""
    try:
        yield
    except InputError as missing:
        raise StateError("STA-06", missing.message, remedy=missing.remedy) from missing
    except StateError as wrong:
        if wrong.code != OVERTAKEN:
            raise
        raise overtaken() from wrong


def _member(rank: int, member: Member) -> MemberView:
    return MemberView(rank=rank, birth_year=member.birth_year, is_adult=member.is_adult)
