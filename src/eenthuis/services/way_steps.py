"""Taking a step on a household's way: one lock, one check against the machine, one row, one line in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.rules.way import advance, transition
from eenthuis.rules.way_history import in_force, state_after
from eenthuis.services.access import place_of
from eenthuis.services.document_moves import documents_leave
from eenthuis.services.way_told import tell_step
from eenthuis.store import homes, journal, links, people, way
from eenthuis.store.models import LinkRow, OfferRow, WayStepRow
from eenthuis.terms.access import Actor, Place
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.homes import HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Field, NotPossible, StepKind, WayState, WayStep

LEAVES = frozenset({StepKind.MOVED, StepKind.LEFT})
"""Steps with which a household leaves reception, and its residence documents with it."""

LONGEST_REASON = 1000
"""Characters of a reason; more belongs in the file of the household."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A household whose way nobody else changes until the transaction ends."""

    household: HouseholdId
    permit_on: date | None
    steps: tuple[WayStep, ...]
    state: WayState
    link: LinkRow | None
    today: date

    @property
    def place(self) -> Place:
        """Where it is linked to, with the province; nowhere while it has no link."""
        return place_of(MunicipalityCode(self.link.municipality)) if self.link else Place()

    @property
    def last_on(self) -> date | None:
        """The latest day on its way so far."""
        days = [step.on for step in in_force(self.steps)] + ([self.permit_on] if self.permit_on else [])
        return max(days, default=None)


@contextmanager
def on_its_way(household: HouseholdId, *, today: date, seen: int | None = None) -> Iterator[OnItsWay]:
    """Open a transaction in which this household is held, and give where it stands.

    ``seen`` is the number of the last step that the person saw; a household without steps has 0.

    Raises
    ------
    StateError
        STA-07 when somebody took a step meanwhile; whoever comes second is told and nothing is changed.
    """
    with transaction.atomic():
        links.lock_households([household])
        steps = way.steps_of([household])[household]
        if seen is not None and seen != (steps[-1].number if steps else 0):
            raise StateError(
                "STA-07",
                "somebody took a step for this household meanwhile",
                remedy="Reload the page and look at where it stands now.",
            )
        yield OnItsWay(
            household=household,
            permit_on=way.permit_days([household]).get(household),
            steps=steps,
            state=standing(steps),
            link=links.links_in_force([household]).get(household),
            today=today,
        )


def standing(steps: Sequence[WayStep]) -> WayState:
    """Return where a household stands.

    Raises
    ------
    StateError
        STA-06 when its steps do not follow from each other, which no use case can bring about.
    """
    found = state_after(steps)
    if isinstance(found, NotPossible):
        raise not_possible(found)
    return found


def not_possible(found: NotPossible) -> StateError:
    """Return the error that says why a step cannot be taken."""
    return StateError(
        "STA-06",
        f"{found.kind.value} cannot be taken in stage {found.state.stage.value} ({found.obstacle.value})",
        remedy="Reload the page and look at where the household stands now.",
    )


def check_step(held: OnItsWay, kind: StepKind, *, on: date, why: str, values: Mapping[str, str]) -> WayState:
    """Return where the household will stand, when the step fits, all is filled in and the day can be true.

    Raises
    ------
    AccessError
        ACC-02 when there is no such household.
    InputError
        INP-04 naming a field that is missing; INP-06 when the reason is too long.
    StateError
        STA-06 when the step does not fit where the household stands; STA-09 when the day lies before the last step or
        ahead.
    """
    if held.permit_on is None and not held.steps:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    after = advance(held.state, kind)
    if isinstance(after, NotPossible):
        raise not_possible(after)
    if len(why) > LONGEST_REASON:
        raise InputError("INP-06", "the reason is too long", remedy="Say it in fewer words.")
    given = {**values, Field.WHY.value: why.strip()}
    missing = [field.value for field in transition(kind).fields if not given.get(field.value, "").strip()]
    if missing:
        raise InputError("INP-04", f"{kind.value} lacks {', '.join(missing)}", remedy="Fill in every field.")
    if on > held.today or (held.last_on is not None and on < held.last_on):
        raise StateError(
            "STA-09",
            f"{on.isoformat()} does not lie between the step before ({held.last_on}) and today",
            remedy="Give the day on which it happened.",
        )
    return after


def take(
    held: OnItsWay,
    by: Actor,
    kind: StepKind,
    *,
    on: date,
    why: str = "",
    values: Mapping[str, str] | None = None,
) -> WayState:
    """Add a step of its own after checking it; return where the household stands then."""
    after = check_step(held, kind, on=on, why=why, values=values or {})
    row = way.add_step(held.household, kind, on=on, decided_by=by.name, why=why.strip(), values=values)
    account(held, by, kind, after, on=on, why=why, values=values)
    tell_of(held, by, kind, row)
    if kind in LEAVES:
        documents_leave(by=by, days={held.household: on})
    return after


def take_with_offer(
    held: OnItsWay,
    by: Actor,
    kind: StepKind,
    offer: OfferRow,
    after: WayState,
    *,
    why: str = "",
    told: Mapping[str, str] | None = None,
) -> WayState:
    """Add the step that a row of the offers of a home is; it was checked before the row was written.

    ``told`` is what the journal tells besides.
    """
    row = way.add_offer_step(kind, offer)
    account(held, by, kind, after, on=offer.on, why=why, values={"home": offer.home, **(told or {})})
    tell_of(held, by, kind, row)
    return after


def account(
    held: OnItsWay,
    by: Actor,
    kind: StepKind,
    after: WayState,
    *,
    on: date,
    why: str = "",
    values: Mapping[str, str] | None = None,
) -> None:
    """Write the line of the journal that accounts for a step."""
    journal.write(
        by,
        kind.value,
        f"household {held.household}",
        municipality=held.link.municipality if held.link else "",
        before={"stage": held.state.stage, "stay": held.state.stay},
        after={"stage": after.stage, "stay": after.stay, "on": on, **(values or {})},
        why=why.strip(),
    )


def tell_of(held: OnItsWay, by: Actor, kind: StepKind, row: WayStepRow) -> None:
    """Tell the roles that a step concerns, in the transaction in which it is taken."""
    tell_step(
        kind,
        row.pk,
        by=by.role,
        municipality=MunicipalityCode(held.link.municipality) if held.link else None,
        region=people.region_of(held.household),
        today=held.today,
    )


def end_open_offer(held: OnItsWay, *, by: str, why: str) -> OfferRow | None:
    """End the offer in force to a household, if there is one; the home is free from then on."""
    row = homes.offer_to(held.household)
    if row is None:
        return None
    homes.lock_homes([HomeId(row.home)])
    return homes.end_offer(row, on=held.today, why=why.strip(), decided_by=by)


def account_for_correction(
    held: OnItsWay, by: Actor, wrong: WayStep, after: WayState, *, why: str, on: date | None
) -> None:
    """Write the line of the journal that accounts for a step that was struck out or mended."""
    journal.write(
        by,
        "correct-step",
        f"household {held.household}",
        municipality=held.link.municipality if held.link else "",
        before={"step": wrong.number, "kind": wrong.kind, "on": wrong.on},
        after={"stage": after.stage, "on": on},
        why=why.strip(),
    )
