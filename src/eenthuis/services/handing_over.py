"""With whom work lies: taking it, and handing over all of a colleague who leaves, seen first and done at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.services.access import place_of, require
from eenthuis.services.open_work import WorkLine, held_by, read_held
from eenthuis.store import journal, organisations, work_holders
from eenthuis.store.work_holders import Held
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.people import HouseholdId

SHOWN = 25
"""So many households of a hand-over are shown before it is done; the count is of all."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What would be handed over: how many households ask for a step, and the first of them."""

    leaver: str
    to: str
    count: int
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class Colleagues:
    """From whom work can be handed over, also who left, and to whom."""

    leavers: tuple[str, ...]
    to: tuple[str, ...]


def read_colleagues(*, actor: Actor) -> Colleagues:
    """Return from whom and to whom an actor can hand work over: in its own organisation.

    Raises
    ------
    AccessError
        ACC-01 for who holds no work.
    """
    require(actor, "hold-work", place_of(actor.municipality) if actor.municipality else None)
    return Colleagues(
        (actor.name, *organisations.colleagues(actor, open_only=False)),
        (actor.name, *organisations.colleagues(actor)),
    )


def preview_hand_over(*, actor: Actor, leaver: str, to: str, today: date) -> HandOver:
    """Return what a hand-over would move; nothing is changed.

    Raises
    ------
    AccessError
        ACC-01 for who holds no work.
    InputError
        INP-01 when one of the two is no colleague, or both are the same.
    """
    _checked(actor, leaver, to)
    count = len(held_by(actor=actor, today=today, holder=leaver))
    return HandOver(leaver, to, count, read_held(actor=actor, today=today, holder=leaver, most=SHOWN))


def hand_over(*, actor: Actor, leaver: str, to: str, seen: int, today: date) -> int:
    """Hand all open work of a colleague over in one transaction; return how many households.

    Raises
    ------
    AccessError
        ACC-01 for who holds no work.
    InputError
        INP-01 when one of the two is no colleague, or both are the same.
    StateError
        STA-07 when there is more or less of it now than was seen.
    """
    _checked(actor, leaver, to)
    with transaction.atomic():
        journal.lock_subject(f"work {actor.organisation}")
        held = held_by(actor=actor, today=today, holder=leaver)
        if len(held) != seen:
            raise StateError(
                "STA-07",
                f"{len(held)} households are held now, {seen} were seen",
                remedy="Look again, and hand over what is there now.",
            )
        _put(actor, to, held, action="hand-over-work", was=leaver)
    return len(held)


def take_work(*, actor: Actor, household: HouseholdId, today: date) -> None:
    """Put the open work on one household on one's own name.

    Raises
    ------
    AccessError
        ACC-01 for who holds no work.
    StateError
        STA-01 when it asks for no step, is out of reach, or lies with this actor already.
    """
    require(actor, "hold-work", place_of(actor.municipality) if actor.municipality else None)
    with transaction.atomic():
        journal.lock_subject(f"work {actor.organisation}")
        found = held_by(actor=actor, today=today, household=household)
        mine = held_by(actor=actor, today=today, holder=actor.name, household=household)
        if not found or mine:
            raise StateError("STA-01", "there is no work to take", remedy="Reload the list.")
        _put(actor, actor.name, found, action="take-work", was="")


def _put(actor: Actor, to: str, held: tuple[Held, ...], *, action: str, was: str) -> None:
    before = work_holders.holders(actor.organisation, [one.household for one in held])
    work_holders.put_on_name(actor.organisation, to, held, decided_by=actor.name)
    told = [
        (
            f"household {one.household}",
            one.municipality,
            {"holder": to, "was": before.get(one.household, was)},
        )
        for one in held
    ]
    journal.write_many(actor, action, told)


def _checked(actor: Actor, leaver: str, to: str) -> None:
    known = read_colleagues(actor=actor)
    if leaver not in known.leavers or to not in known.to or leaver == to:
        raise InputError(
            "INP-01",
            "work goes from one colleague to another",
            remedy="Choose two of the list.",
            location=Location(column="to"),
        )
