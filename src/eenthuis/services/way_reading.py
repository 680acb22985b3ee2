"""Where households stand and what is due: for the desks, the notices and the API.

``state_of`` and ``states_of`` are for other use cases that have asked for access themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.law import law_book
from eenthuis.law.calendar import TermUnit, WayLaw
from eenthuis.rules.calendar import is_extended, last_day, open_day
from eenthuis.rules.disclosure import hide_small
from eenthuis.rules.way import can_recompose, possible_steps, transition
from eenthuis.rules.way_deadlines import (
    FROM_PERMIT,
    STARTS,
    action_needed,
    dropped_by,
    met_by,
    way_deadlines,
)
from eenthuis.rules.way_history import STRIKEABLE, in_force
from eenthuis.services.access import may, place_of, require
from eenthuis.services.processing import note_processing
from eenthuis.services.way_steps import standing
from eenthuis.store import homes, links, way, way_due
from eenthuis.terms.access import Actor, Place, Reach
from eenthuis.terms.errors import AccessError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import Deadline, DeadlineKind, Stage, StepKind, WayState, WayStep

DUE = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.WHOLE_WAY)
"""The deadlines that ask for something to be done; the whole way is only told."""

LINKS = frozenset({StepKind.LINKED, StepKind.LINK_CHANGED})
"""Steps with which a municipality begins to see the way of a household."""

DAYS_A_WEEK = 7


def state_of(household: HouseholdId) -> WayState:
    """Return where a household stands; one without steps stands at its permit."""
    return standing(way.steps_of([household])[household])


def states_of(households: Sequence[HouseholdId]) -> Mapping[HouseholdId, WayState]:
    """Return where each of these households stands."""
    return {name: standing(steps) for name, steps in way.steps_of(households).items()}


@dataclass(frozen=True, slots=True)
class WayPage:
    """The way of one household as an actor may see it.

    Attributes
    ----------
    state, steps, deadlines
        Where it stands, the steps that count in order, and its deadlines, met and open.
    possible
        The steps that this actor can take now.
    correctable
        Numbers of the steps that this actor can strike out or mend.
    can_recompose, can_take_back
        Whether this actor can merge or split it now, or take back that it was.
    home
        The home that is kept for it, if there is one.
    seen
        The number of the last step; a form gives it back, so that nobody decides on what has changed meanwhile.
    """

    household: HouseholdId
    state: WayState
    steps: tuple[WayStep, ...]
    deadlines: tuple[Deadline, ...]
    possible: tuple[StepKind, ...]
    correctable: frozenset[int]
    can_recompose: bool
    can_take_back: bool
    home: Home | None
    seen: int
    today: date


def read_way(*, actor: Actor, household: HouseholdId, today: date) -> WayPage:
    """Return the way of a household, to COA and the auditor always, to a municipality only while it is linked there.

    A municipality sees the way from the link in force on.

    Raises
    ------
    AccessError
        ACC-02, "not found", for everyone else and for a household that does not exist; nobody learns which.
    """
    every = way.steps_of([household])[household]
    permit_on = way.permit_days([household]).get(household)
    link = links.links_in_force([household]).get(household)
    place = place_of(MunicipalityCode(link.municipality)) if link else Place()
    if (permit_on is None and not every) or not may(actor, "see-linked-household", place):
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    note_processing(Activity.SHOW_HOUSEHOLD, [household])
    state = standing(every)
    steps = in_force(every)
    deadlines = way_deadlines(permit_on, every, law_book().way(today))
    if not may(actor, "see-linked-household"):
        first = max((step.number for step in steps if step.kind in LINKS), default=0)
        steps = tuple(step for step in steps if step.number >= first)
        began = steps[0].on if steps else today
        deadlines = tuple(one for one in deadlines if one.started_on >= began or one.kind in FROM_PERMIT)
    offer = homes.offer_to(household)
    row = homes.home(HomeId(offer.home)) if offer else None
    return WayPage(
        household=household,
        state=state,
        steps=steps,
        deadlines=deadlines,
        possible=tuple(one.kind for one in possible_steps(state) if may(actor, one.action, place)),
        correctable=frozenset(
            step.number
            for step in steps
            if step.kind in STRIKEABLE
            and may(actor, "correct-step", place)
            and may(actor, transition(step.kind).action, place)
        ),
        can_recompose=can_recompose(state) and may(actor, "change-household", place),
        can_take_back=state.stage is Stage.DISSOLVED and may(actor, "change-household", place),
        home=homes.home_of(row) if row else None,
        seen=every[-1].number if every else 0,
        today=today,
    )


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """An open deadline of one household.

    ``action`` is the row of the authority matrix of the step that is waited for, ``may_act`` whether this actor may
    take it. ``days_left`` is negative once the last day has passed.
    """

    household: HouseholdId
    persons: int
    kind: DeadlineKind
    started_on: date
    last_day: date
    days_left: int
    municipality: MunicipalityCode | None
    municipality_name: str
    region: LinkingRegion
    action: str
    may_act: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    """Open and overdue deadlines of one kind; None where a count is too small to show."""

    kind: DeadlineKind
    open: int | None
    overdue: int | None


@dataclass(frozen=True, slots=True)
class DeadlinesDue:
    """A page of open deadlines, most urgent first, with counts over all pages."""

    lines: tuple[DeadlineLine, ...]
    counts: tuple[KindCount, ...]
    open: int
    overdue: int
    today: date


def deadlines_due(
    *,
    actor: Actor,
    today: date,
    municipality: MunicipalityCode | None = None,
    region: LinkingRegion | None = None,
    kinds: Sequence[DeadlineKind] = DUE,
    first: int = 0,
    most: int = 50,
) -> DeadlinesDue:
    """Return the open deadlines in reach, most urgent first: of one municipality, one region or the country.

    A municipality gets its own when it names none. ``region`` is the linking region in which a household stays.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households; ACC-02 when it does, but not there.
    """
    asked = municipality or _own(actor)
    require(actor, "see-linked-household", place_of(asked) if asked else Place())
    law = law_book().way(today)
    query = _query(
        law, kinds, today, (asked,) if asked else None, region.value if region else "", first, most
    )
    counted = way_due.deadline_counts(query)
    return DeadlinesDue(
        lines=tuple(_line(actor, row, law, today) for row in way_due.open_deadlines(query)),
        counts=tuple(KindCount(kind, *counted[kind]) for kind in kinds if kind in counted),
        open=sum(number for number, _ in counted.values()),
        overdue=sum(late for _, late in counted.values()),
        today=today,
    )


def count_deadlines(*, actor: Actor, today: date) -> tuple[KindCount, ...]:
    """Return how many deadlines are open and overdue in the province or country of a role that sees counts only.

    Small counts are hidden.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no counts either.
    """
    verdict = require_counts(actor)
    codes = None
    if actor.province is not None and verdict is Reach.AGGREGATES:
        codes = tuple(m.code for m in reference.municipalities(today) if m.province == actor.province)
    law = law_book().way(today)
    counted = way_due.deadline_counts(_query(law, DUE, today, codes, "", 0, 0))
    floor = law_book().linking(today).disclosure_floor
    kinds = [kind for kind in DUE if kind in counted]
    opened = hide_small([counted[kind][0] for kind in kinds], floor)
    late = hide_small([counted[kind][1] for kind in kinds], floor)
    return tuple(KindCount(*one) for one in zip(kinds, opened, late, strict=True))


def require_counts(actor: Actor) -> Reach:
    """Return the reach of a role that sees households or counts of them.

    Raises
    ------
    AccessError
        ACC-01 when it sees neither.
    """
    verdict = decide(actor, "see-linked-household", Place())
    if verdict.reach not in {Reach.NATION, Reach.AGGREGATES}:
        raise AccessError("ACC-01", verdict.reason, remedy="Sign in with an account that may.")
    return verdict.reach


def _own(actor: Actor) -> MunicipalityCode | None:
    return None if may(actor, "see-linked-household") else actor.municipality


def open_days(*, today: date) -> tuple[way_due.OpenDay, ...]:
    """Return how many households in the country have an open deadline of each kind, by the day on which it began."""
    return way_due.open_days(_query(law_book().way(today), tuple(DeadlineKind), today, None, "", 0, 0))


def overdue(kind: DeadlineKind, *, today: date) -> tuple[int, int]:
    """Return how many households in the country have an overdue deadline of a kind, and an open one at all."""
    query = _query(law_book().way(today), (kind,), today, None, "", 0, 0)
    found, late = way_due.deadline_counts(query).get(kind, (0, 0))
    return late, found


def _query(
    law: WayLaw,
    kinds: Sequence[DeadlineKind],
    today: date,
    municipalities: tuple[MunicipalityCode, ...] | None,
    region: str,
    first: int,
    most: int,
) -> way_due.DueQuery:
    return way_due.DueQuery(
        rules=tuple(_rule(kind, law, today) for kind in kinds if kind in law.terms),
        municipalities=municipalities,
        region=region,
        first=first,
        most=most,
    )


def _rule(kind: DeadlineKind, law: WayLaw, today: date) -> way_due.DeadlineRule:
    term = law.terms[kind]
    days = {TermUnit.DAYS: term.amount, TermUnit.WEEKS: term.amount * DAYS_A_WEEK}.get(term.unit, 0)
    return way_due.DeadlineRule(
        kind=kind,
        from_permit=kind in FROM_PERMIT,
        starts=frozenset(step for step, starts in STARTS.items() if kind in starts),
        ends=met_by(kind) | dropped_by(kind),
        days=days,
        months=term.amount if term.unit is TermUnit.MONTHS else 0,
        overdue_before=first_day_in_time(today, law) if is_extended(term, law.calendar) else today,
    )


def first_day_in_time(today: date, law: WayLaw) -> date:
    """Return the earliest day on which a term may end, before it is extended, and still be in time today."""
    day = today
    while open_day(day - timedelta(days=1), law.calendar) >= today:
        day -= timedelta(days=1)
    return day


def _line(actor: Actor, row: way_due.OpenDeadline, law: WayLaw, today: date) -> DeadlineLine:
    ends = last_day(row.started_on, law.terms[row.kind], law.calendar)
    place = place_of(row.municipality) if row.municipality else Place()
    action = action_needed(row.kind)
    return DeadlineLine(
        household=row.household,
        persons=row.persons,
        kind=row.kind,
        started_on=row.started_on,
        last_day=ends,
        days_left=(ends - today).days,
        municipality=row.municipality,
        municipality_name=reference.municipality(row.municipality).name if row.municipality else "",
        region=LinkingRegion(row.region),
        action=action,
        may_act=may(actor, action, place),
    )
