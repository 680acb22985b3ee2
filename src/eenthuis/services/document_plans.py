"""Planning sessions and appointments in the background: an engine proposes, a person confirms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from eenthuis.reference.desks import ind_desks
from eenthuis.rules.document_steps import TO_INVITE
from eenthuis.services.access import may, require
from eenthuis.services.document_inviting import Wanted, invite
from eenthuis.services.document_plan_changes import PlanChanged, changed_of, release
from eenthuis.services.document_plan_places import PlannedPlaces, places_of
from eenthuis.services.document_sessions import make_session
from eenthuis.services.processing import note_processing
from eenthuis.store import document_plans as stored
from eenthuis.store import documents as stored_documents
from eenthuis.store import journal, people, runs, travel
from eenthuis.store.document_models import PLAN_OPEN, DocumentPlanRow
from eenthuis.store.documents import Place
from eenthuis.terms.access import Actor
from eenthuis.terms.documents import DocumentNumber, DocumentSession, TeamCode
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.people import CentreCode
from eenthuis.terms.processing import Activity

MOST_STAFF, MOST_VANS = 200, 50
LISTED = 20
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session of a plan with the name of its centre, how many people it serves, and whether it was there already."""

    session: DocumentSession
    centre_name: str
    people: int
    is_new: bool

    @property
    def km(self) -> int:
        """Kilometres of the team there and back, rounded down."""
        return self.session.metres // 1000

    @property
    def team_name(self) -> str:
        """The desk that the team comes from; the name of the team itself where it is of no packaged desk."""
        names = {str(desk.code): desk.name for desk in ind_desks()}
        return names.get(self.session.team, self.session.team)


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """A week of a plan: its Monday, and how many people get a document in it."""

    first_day: date
    people: int


@dataclass(frozen=True, slots=True)
class PlanFound:
    """What the engine found.

    ``cost`` and ``bound`` are in days that people wait; ``not_planned`` counts per reason. Of ``measures`` each is a
    whole number: people, days and metres; it is empty where no desk is open. ``places`` is where it all is.
    """

    sessions: tuple[PlannedSession, ...]
    weeks: tuple[PlannedWeek, ...]
    people: int
    not_planned: Mapping[str, int]
    cost: int
    bound: int
    unit: int
    measures: Mapping[str, int]
    places: PlannedPlaces | None

    @property
    def gap_thousandths(self) -> int:
        """By how many thousandths of the cost a better plan could at most be better, rounded up."""
        return -(-1000 * (self.cost - self.bound) // self.cost) if self.cost else 0

    @property
    def saved_km(self) -> int:
        """Kilometres of people that are avoided, less those of the teams."""
        return (self.measures.get("desk_metres", 0) - self.measures.get("team_metres", 0)) // 1000

    @property
    def waited(self) -> int | None:
        """Days that people wait on average with the plan, rounded down."""
        return _mean(self.measures, "waits")

    @property
    def waited_at_desks(self) -> int | None:
        """Days that those of the plan who would be served within the horizon wait with desks only, rounded down."""
        return _mean(self.measures, "desk_waits")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan: how far it is, or what was found, and whether it may still be confirmed or stopped.

    ``own_teams`` is the file of the teams that travel, None with ``staff`` and ``vans`` at each open desk;
    ``is_again`` says whether appointments were planned again; ``changed`` is what that changes.
    """

    number: int
    as_of: date
    staff: int
    vans: int
    own_teams: int | None
    state: str
    done: int
    total: int
    asked_by: str
    problem: str
    stop_asked: bool
    found: PlanFound | None
    confirmed_by: str
    has_worker: bool
    may_plan: bool
    is_again: bool
    changed: PlanChanged | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will change by itself."""
        return self.state not in PLAN_OPEN


def ask_plan(
    *, actor: Actor, staff: int | None, vans: int | None, today: date, is_again: bool = False
) -> int:
    """Ask for a plan with so many staff and vans at each open desk, and return its number; one under way is joined.

    Without staff and vans the teams that were loaded travel. ``is_again``: appointments are planned again where they
    can no longer be kept; otherwise every one stays as it is.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-06 for a number out of range; INP-04 without a number where no teams were loaded.
    """
    require(actor, "plan-session")
    asked = {**_travellers(staff, vans, today), **({"again": 1} if is_again else {})}
    with transaction.atomic():
        journal.lock_subject("document plans")
        stored.give_up_silent()
        if (held := stored.open_plan()) is not None:
            return held.pk
        number = stored.add(as_of=today, asked=asked, asked_by=actor.name, role=actor.role.value)
        journal.write(actor, "ask-plan", f"document plan {number}", after=asked)
    return number


def _travellers(staff: int | None, vans: int | None, today: date) -> dict[str, int]:
    own = travel.teams_on(today) if staff is None and vans is None else None
    if own is not None:
        return {"teams": own[0].number}
    for column, value, most in (("staff", staff, MOST_STAFF), ("vans", vans, MOST_VANS)):
        if value is None or not 1 <= value <= most:
            raise InputError(
                "INP-04" if value is None else "INP-06",
                f"{column} is {value}",
                remedy=f"Give 1 to {most}.",
                location=Location(column=column, value=str(value)),
            )
    return {"staff": staff or 0, "vans": vans or 0}


def read_plan(*, actor: Actor, number: int) -> PlanPage:
    """Return how far a plan is, or what was found.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none; ACC-02 when there is none by that number.
    """
    require(actor, "see-documents")
    page = _page(actor, _found(number))
    if page.changed:
        note_processing(Activity.LIST_DOCUMENTS, page.changed.households)
    return page


def read_changes_of(*, actor: Actor, number: int) -> PlanChanged | None:
    """Return all that a plan made again changes of appointments; None for another plan, and before it is made.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none; ACC-02 when there is none by that number.
    """
    require(actor, "see-documents")
    row = _found(number)
    changed = changed_of(row, most=None) if row.state == "done" else None
    if changed:
        note_processing(Activity.LIST_DOCUMENTS, changed.households)
    return changed


def list_plans(*, actor: Actor) -> tuple[PlanPage, ...]:
    """Return the plans that were asked for last, newest first.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    return tuple(_page(actor, row, with_changes=False) for row in stored.newest(LISTED))


def stop_plan(*, actor: Actor, number: int) -> None:
    """Ask a plan that is being made to stop; nothing of it is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    """
    require(actor, "plan-session")
    _found(number)
    with transaction.atomic():
        if stored.ask_to_stop(number, by=actor.name):
            journal.write(actor, "stop-plan", f"document plan {number}")


def confirm_plan(*, actor: Actor, number: int, today: date) -> tuple[int, int]:
    """Make the sessions of a plan and invite its people; return how many are invited, and how many no longer could be.

    Who has an appointment meanwhile, moved or no longer waits is left out; everything else is done, or nothing.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    StateError
        STA-01 when it was confirmed or cannot be; STA-06 when a place no longer fits: plan again.
    """
    require(actor, "plan-session")
    row = _found(number)
    with transaction.atomic():
        if not stored.confirm(number, by=actor.name):
            raise StateError("STA-01", "this plan is not there to be confirmed", remedy="Ask for a new plan.")
        kept = row.found or {}
        release(actor, number, kept.get("again"), today)
        seats = [(DocumentNumber(one[0]), _place(one[1:])) for one in kept["appointments"]]
        there = {one.document.number: one for one in stored_documents.several([name for name, _ in seats])}
        wanted = [
            Wanted(name, there[name].step, place)
            for name, place in seats
            if name in there
            and there[name].state in TO_INVITE
            and there[name].document.centre == place.centre
        ]
        used = {(one.place.centre, one.place.day) for one in wanted}
        for told in kept["sessions"]:
            session = _session(told)
            if told["is_new"] and (session.centre, session.day) in used:
                make_session(actor=actor, session=session, today=today)
        invite(actor=actor, wanted=wanted, today=today)
        note_processing(Activity.LIST_DOCUMENTS, [there[one.number].document.household for one in wanted])
        journal.write(actor, "confirm-plan", f"document plan {number}", after={"invited": len(wanted)})
    return len(wanted), len(seats) - len(wanted)


def _found(number: int) -> DocumentPlanRow:
    row = stored.by_number(number)
    if row is None:
        raise AccessError("ACC-02", "no plan by that number", remedy="Check the number.")
    return row


def _page(actor: Actor, row: DocumentPlanRow, *, with_changes: bool = True) -> PlanPage:
    return PlanPage(
        number=row.pk,
        as_of=row.as_of,
        staff=int(row.asked.get("staff", 0)),
        vans=int(row.asked.get("vans", 0)),
        own_teams=row.asked.get("teams"),
        state=row.state,
        done=row.done,
        total=row.total,
        asked_by=row.asked_by,
        problem=row.problem,
        stop_asked=bool(row.stop_asked_by),
        found=_told(row.found) if row.state == "done" and row.found else None,
        confirmed_by=row.confirmed_by,
        has_worker=row.state != "waiting" or runs.workers_there() > 0,
        may_plan=may(actor, "plan-session"),
        is_again=bool(row.asked.get("again")),
        changed=changed_of(row) if with_changes and row.state == "done" else None,
    )


def _told(found: Mapping[str, object]) -> PlanFound:
    centres = people.centres()
    document: dict[str, list[object]] = {}
    document |= found  # type: ignore[arg-type]
    seats: Counter[tuple[str, str]] = Counter()
    for one in document["appointments"]:
        assert isinstance(one, list)  # noqa: S101 - written by ourselves
        seats[str(one[1]), str(one[2])] += 1
    sessions = []
    weeks: Counter[date] = Counter()
    for told in document["sessions"]:
        assert isinstance(told, dict)  # noqa: S101 - written by ourselves
        session = _session(told)
        served = seats[session.centre, session.day.isoformat()]
        name = centres[session.centre].name if session.centre in centres else session.centre
        sessions.append(PlannedSession(session, name, served, bool(told["is_new"])))
        weeks[date.fromordinal(session.day.toordinal() - session.day.weekday())] += served
    numbers = {key: int(str(found[key])) for key in ("cost", "bound", "unit")}
    return PlanFound(
        sessions=tuple(one for one in sessions if one.people),
        weeks=tuple(PlannedWeek(day, weeks[day]) for day in sorted(weeks)),
        people=seats.total(),
        not_planned=_whole(found["not_planned"]),
        measures=_whole(found["measures"]),
        places=places_of(found, [(one.session, one.people) for one in sessions if one.people]),
        **numbers,
    )


def _whole(told: object) -> Mapping[str, int]:
    assert isinstance(told, Mapping)  # noqa: S101 - written by ourselves
    return {str(key): int(value) for key, value in told.items()}


def _session(told: Mapping[str, object]) -> DocumentSession:
    whole = {key: int(str(told[key])) for key in ("staff", "counters", "slots", "minutes_per_slot", "metres")}
    return DocumentSession(
        centre=CentreCode(str(told["centre"])),
        day=date.fromisoformat(str(told["day"])),
        team=TeamCode(str(told["team"])),
        first_slot=time.fromisoformat(str(told["first_slot"])),
        **whole,
    )


def _place(told: list[object]) -> Place:
    centre, day, slot = told
    return Place(CentreCode(str(centre)), date.fromisoformat(str(day)), int(str(slot)))


def _mean(measures: Mapping[str, int], name: str) -> int | None:
    served = measures.get(f"{name}_people", 0)
    return measures[f"{name}_days"] // served if served else None
