"""Doing the same for several households at once: first as a rehearsal that is undone, then for good.

A rehearsal is the action itself in a transaction that is rolled back; what it says will happen is what happens, unless
someone changes something in between. Each household succeeds or fails by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from eenthuis.services.access import place_of, require
from eenthuis.services.handing_over import take_work
from eenthuis.services.linking import ConfirmOutcome, confirm
from eenthuis.services.processing import note_processing
from eenthuis.services.sign_offs import sign_off
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.processing import Activity

MOST_AT_ONCE = 200

NOT_THERE = "ACC-02"


class BulkAction(StrEnum):
    """What can be done for several households at once."""

    SIGN_OFF = "sign-off"
    TAKE = "take-work"


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One household; ``problem`` is empty where it is done, else the code of what stands in the way."""

    household: HouseholdId
    problem: str


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What came of an action, or what would come of it, household by household in the order asked."""

    action: BulkAction
    lines: tuple[BulkLine, ...]
    is_rehearsal: bool

    @property
    def done(self) -> int:
        """Households for which it happens."""
        return sum(1 for line in self.lines if not line.problem)


def do_for_all(
    *,
    actor: Actor,
    action: str,
    households: tuple[HouseholdId, ...],
    today: date,
    is_rehearsal: bool,
) -> BulkOutcome:
    """Do an action for several households, or only try it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not do it at all.
    InputError
        INP-01 for an unknown action, INP-04 without a household, INP-06 with more than may be at once.
    """
    if action not in set(BulkAction):
        raise InputError("INP-01", "no such action", remedy="Choose one of the list.")
    wanted = tuple(dict.fromkeys(households))
    if not wanted:
        raise InputError("INP-04", "no household was chosen", remedy="Choose one or more households.")
    if len(wanted) > MOST_AT_ONCE:
        raise InputError(
            "INP-06", f"at most {MOST_AT_ONCE} households at once", remedy="Choose fewer households."
        )
    row, act = _ACTIONS[BulkAction(action)]
    require(actor, row, place_of(actor.municipality) if actor.municipality else None)
    with transaction.atomic():
        came = {
            one: _try(act, actor, one, today) for one in sorted(wanted)
        }  # in one order, so that two never wait
        if is_rehearsal:
            transaction.set_rollback(True)
    note_processing(Activity.LIST_WORK, [one for one in wanted if came[one] != NOT_THERE])
    return BulkOutcome(BulkAction(action), tuple(BulkLine(one, came[one]) for one in wanted), is_rehearsal)


def rehearse_confirm(
    *, actor: Actor, proposal: int, households: tuple[HouseholdId, ...], today: date
) -> ConfirmOutcome:
    """Return what confirming these households would do now; nothing is linked.

    Raises
    ------
    AccessError, InputError, StateError
        As confirming does.
    """
    with transaction.atomic():
        outcome = confirm(actor=actor, proposal=proposal, households=households, today=today)
        transaction.set_rollback(True)
    return outcome


def _try(
    act: Callable[[Actor, HouseholdId, date], None], actor: Actor, household: HouseholdId, today: date
) -> str:
    try:
        with transaction.atomic():
            act(actor, household, today)
    except (StateError, AccessError) as wrong:
        if wrong.code == "ACC-01":
            raise
        return wrong.code
    return ""


def _sign_off(actor: Actor, household: HouseholdId, today: date) -> None:
    sign_off(actor=actor, household=household, on=today, today=today)


def _take(actor: Actor, household: HouseholdId, today: date) -> None:
    take_work(actor=actor, household=household, today=today)


_ACTIONS: Mapping[BulkAction, tuple[str, Callable[[Actor, HouseholdId, date], None]]] = {
    BulkAction.SIGN_OFF: ("sign-off", _sign_off),
    BulkAction.TAKE: ("hold-work", _take),
}
