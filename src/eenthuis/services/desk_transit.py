"""Households of a municipality that sleep in a transit location: since when, where, and when that must end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.counting import counts
from eenthuis.rules.way_history import in_force
from eenthuis.services.access import place_of, require
from eenthuis.services.way_reading import deadlines_due
from eenthuis.services.way_steps import standing
from eenthuis.store import way
from eenthuis.terms.access import Actor
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import DeadlineKind, Field, Stage, StepKind

MOST = 200
"""So many households are listed, those whose stay ends first."""


@dataclass(frozen=True, slots=True)
class TransitLine:
    """One household in a transit location; ``stands_in`` is where the building stands, ``days_left`` of the term."""

    household: HouseholdId
    persons: int
    since: date
    stands_in: str
    last_day: date
    days_left: int
    is_signed_off: bool


@dataclass(frozen=True, slots=True)
class TransitPlaces:
    """The transit places of a municipality, the stay that ends first on top.

    ``most_days`` is the longest stay, ``counts`` whether it counts towards the target of the linked municipality;
    ``people`` are those in it and ``counted`` those of them who were signed off.
    """

    lines: tuple[TransitLine, ...]
    households: int
    people: int
    counted: int
    most_days: int
    counts: bool


def transit_places(*, actor: Actor, municipality: MunicipalityCode, today: date) -> TransitPlaces | None:
    """Return the transit places of a municipality; None while no scheme for them holds.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households; ACC-02 when it does, but not there.
    """
    require(actor, "see-linked-household", place_of(municipality))
    law = law_book()
    term = law.way(today).terms.get(DeadlineKind.LEAVE_TRANSIT)
    if term is None:
        return None
    due = deadlines_due(
        actor=actor, today=today, municipality=municipality, kinds=[DeadlineKind.LEAVE_TRANSIT], most=MOST
    )
    steps = way.steps_of([line.household for line in due.lines])
    lines = []
    for line in due.lines:
        done = steps[line.household]
        entered = next(one for one in reversed(in_force(done)) if one.kind is StepKind.TRANSIT_ENTERED)
        code = entered.values.get(Field.MUNICIPALITY.value, "")
        lines.append(
            TransitLine(
                household=line.household,
                persons=line.persons,
                since=line.started_on,
                stands_in=reference.municipality(MunicipalityCode(code)).name if code else "",
                last_day=line.last_day,
                days_left=line.days_left,
                is_signed_off=standing(done).stage is Stage.SIGNED_OFF,
            )
        )
    return TransitPlaces(
        lines=tuple(lines),
        households=due.open,
        people=sum(line.persons for line in lines),
        counted=sum(line.persons for line in lines if line.is_signed_off),
        most_days=term.amount,
        counts=counts("transit-location", law.counting(today)).counts,
    )
