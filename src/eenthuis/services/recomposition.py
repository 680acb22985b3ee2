"""What merging or splitting households would do, shown before it is done: the act itself, rolled back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.way_deadlines import way_deadlines
from eenthuis.services.access import require
from eenthuis.services.counted_now import CountLine, compared, count_now
from eenthuis.services.way_merging import (
    LinksThen,
    Seen,
    merge_households,
    recomposed_by,
    split_household,
    undo_recomposition,
)
from eenthuis.store import homes, letters, links, people, way
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import Household, HouseholdId, Member
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Deadline, Field, StepKind


@dataclass(frozen=True, slots=True)
class OldLine:
    """A household that ends: where it is linked, the home kept for it, letters that open, and its last step now."""

    household: HouseholdId
    persons: int
    municipality: MunicipalityCode | None
    municipality_name: str
    home: str
    open_letters: int
    seen: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """A household that begins or goes on: its people, since when it waits, where it is linked, and what is due."""

    household: HouseholdId
    persons: int
    children: int
    permit_on: date
    centre: str
    municipality_name: str
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Recomposition:
    """What a merge, a split or taking one back does; nothing of it has happened yet."""

    old: tuple[OldLine, ...]
    new: tuple[NewLine, ...]
    counts: tuple[CountLine, ...]

    @property
    def seen(self) -> Seen:
        """The last step of each household that ends."""
        return {one.household: one.seen for one in self.old}


def rehearse_merge(
    *,
    actor: Actor,
    households: Sequence[HouseholdId],
    into: HouseholdId,
    why: str,
    today: date,
    links_then: LinksThen,
) -> Recomposition:
    """Return what merging these households would do now.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`eenthuis.services.way_merging.merge_households`.
    """

    def act() -> None:
        merge_households(
            actor=actor,
            households=households,
            into=into,
            why=why,
            on=today,
            today=today,
            links_then=links_then,
        )

    return _rehearse(actor, tuple(dict.fromkeys(households)), (into,), act, today)


def rehearse_split(
    *,
    actor: Actor,
    household: HouseholdId,
    parts: Mapping[HouseholdId, Sequence[int]],
    why: str,
    today: date,
    links_then: LinksThen,
) -> Recomposition:
    """Return what splitting this household would do now.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`eenthuis.services.way_merging.split_household`.
    """

    def act() -> None:
        split_household(
            actor=actor,
            household=household,
            parts=parts,
            why=why,
            on=today,
            today=today,
            links_then=links_then,
        )

    return _rehearse(actor, (household,), tuple(parts), act, today)


def rehearse_undo(*, actor: Actor, household: HouseholdId, why: str, today: date) -> Recomposition:
    """Return what taking a merge or split back would do now.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`eenthuis.services.way_merging.undo_recomposition`.
    """
    require(actor, "change-household")
    step = recomposed_by(household)
    came = tuple(HouseholdId(name) for name in step.values[Field.HOUSEHOLDS.value].split())
    before = way.merged_into(came[0]) if step.kind is StepKind.MERGED else (household,)

    def act() -> None:
        undo_recomposition(actor=actor, household=household, why=why, today=today)

    return _rehearse(actor, came, before, act, today)


def _rehearse(
    actor: Actor,
    old: tuple[HouseholdId, ...],
    new: tuple[HouseholdId, ...],
    act: Callable[[], None],
    today: date,
) -> Recomposition:
    require(actor, "change-household")
    with transaction.atomic():
        links.lock_households([*old, *new])
        ends = _old_lines(old)
        codes = tuple(dict.fromkeys(line.municipality for line in ends if line.municipality))
        before = count_now(codes, today)
        act()
        after = count_now(codes, today)
        begins = _new_lines(new, today)
        transaction.set_rollback(True)
    return Recomposition(ends, begins, compared(before, after))


def _old_lines(names: tuple[HouseholdId, ...]) -> tuple[OldLine, ...]:
    linked, steps = links.links_in_force(names), way.steps_of(names)
    lines = []
    for one in people.households(names):
        name = one.identifier
        row, offer = linked.get(name), homes.offer_to(name)
        code = MunicipalityCode(row.municipality) if row else None
        lines.append(
            OldLine(
                household=name,
                persons=one.persons,
                municipality=code,
                municipality_name=reference.municipality(code).name if code else "",
                home=offer.home if offer else "",
                open_letters=letters.open_codes(name),
                seen=steps[name][-1].number if steps[name] else 0,
            )
        )
    return tuple(lines)


def _new_lines(names: tuple[HouseholdId, ...], today: date) -> tuple[NewLine, ...]:
    linked, steps, centres = links.links_in_force(names), way.steps_of(names), people.centres()
    law = law_book().way(today)

    def line(one: Household) -> NewLine:
        row = linked.get(one.identifier)
        due = way_deadlines(one.permit_on, steps[one.identifier], law)
        return NewLine(
            household=one.identifier,
            persons=one.persons,
            children=sum(1 for member in one.members if not member.is_adult),
            permit_on=one.permit_on,
            centre=centres[one.centre].name,
            municipality_name=reference.municipality(row.municipality).name if row else "",
            deadlines=tuple(one for one in due if one.met_on is None),
        )

    return tuple(line(one) for one in people.households(names))


def read_members(*, actor: Actor, household: HouseholdId) -> tuple[Member, ...]:
    """Return the members of a household, to who shares them out over new ones.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such household.
    """
    require(actor, "change-household")
    found = people.households([household])
    if not found:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    return found[0].members


def linked_places(*, actor: Actor, households: Sequence[HouseholdId]) -> Mapping[MunicipalityCode, str]:
    """Return code and name of the municipalities that these households are linked to.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "change-household")
    found = sorted({MunicipalityCode(row.municipality) for row in links.links_in_force(households).values()})
    return {code: reference.municipality(code).name for code in found}
