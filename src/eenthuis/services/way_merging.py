"""Merging and splitting households that have no link: the old ones end, the new ones begin, every row stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date

from django.db import transaction

from eenthuis.rules.composing import merged, split
from eenthuis.services.access import require
from eenthuis.services.way_steps import on_its_way, take
from eenthuis.store import links, people
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.way import Field, StepKind

FEWEST = 2


def merge_households(
    *,
    actor: Actor,
    households: Sequence[HouseholdId],
    into: HouseholdId,
    why: str,
    on: date,
    today: date,
    seen: Mapping[HouseholdId, int] | None = None,
) -> None:
    """Merge households without a link into a new one, which waits since the earliest permit.

    ``seen`` gives per household the number of the last step that the person saw.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when one of them is not there.
    InputError
        INP-04 without a reason or with fewer than two households.
    StateError
        STA-01 when the new number is in use; STA-06 when one of them has a link or has ended; STA-07 when somebody
        took a step meanwhile; STA-09 for a day that cannot be.
    """
    require(actor, "change-household")
    wanted = tuple(dict.fromkeys(households))
    if len(wanted) < FEWEST:
        raise InputError("INP-04", "fewer than two households were named", remedy="Name two or more.")
    with transaction.atomic(), ExitStack() as held:
        links.lock_households([*wanted, into])
        before = _known(wanted)
        _require_new([into])
        for name in wanted:
            way = held.enter_context(on_its_way(name, today=today, seen=(seen or {}).get(name)))
            take(way, actor, StepKind.MERGED, on=on, why=why, values={Field.HOUSEHOLDS.value: into})
        people.save_households([merged(before, into)])


def split_household(
    *,
    actor: Actor,
    household: HouseholdId,
    parts: Mapping[HouseholdId, Sequence[int]],
    why: str,
    on: date,
    today: date,
    seen: int | None = None,
) -> None:
    """Split a household without a link; ``parts`` gives the places of its members in each new one, counted from 0.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when it is not there.
    InputError
        INP-04 without a reason, or when not every member is in exactly one part.
    StateError
        STA-01 when a new number is in use; STA-06 when it has a link or has ended; STA-07 when somebody took a step
        meanwhile; STA-09 when the day cannot be.
    """
    require(actor, "change-household")
    with transaction.atomic():
        links.lock_households([household, *parts])
        (before,) = _known([household])
        new = split(before, parts) if len(parts) >= FEWEST else None
        if new is None:
            raise InputError(
                "INP-04",
                "the members are not shared out over two or more parts, each in one of them",
                remedy="Give every member exactly one part.",
            )
        _require_new(tuple(parts))
        with on_its_way(household, today=today, seen=seen) as way:
            values = {Field.HOUSEHOLDS.value: " ".join(parts)}
            take(way, actor, StepKind.SPLIT, on=on, why=why, values=values)
        people.save_households(new)


def _known(wanted: Sequence[HouseholdId]) -> tuple[Household, ...]:
    found = people.households(wanted)
    if len(found) != len(wanted):
        raise AccessError("ACC-02", "no household by that number", remedy="Check the numbers.")
    return found


def _require_new(identifiers: Sequence[HouseholdId]) -> None:
    if not all(name.strip() for name in identifiers):
        raise InputError("INP-04", "a new household has no number", remedy="Give each a number.")
    if people.households(identifiers) or any(links.last_steps(identifiers)):
        raise StateError("STA-01", "a household has that number already", remedy="Give another number.")
