"""Asking for a proposal in the background, seeing how far it is, and stopping it with the best so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from eenthuis import reference
from eenthuis.services.access import may, require
from eenthuis.services.country import running_half_year
from eenthuis.store import changes, journal, runs
from eenthuis.store.run_models import RunRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Wishes
from eenthuis.terms.overriding import Conflict, Override, OverrideKind


class RunState(StrEnum):
    """Where a run is; the page has a sentence for each.

    ``SILENT``: its worker has not been heard of for too long, and the next who asks may start another.
    """

    WAITING = "waiting"
    RUNNING = "running"
    SILENT = "silent"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({RunState.WAITING, RunState.RUNNING})


@dataclass(frozen=True, slots=True)
class Asked:
    """The number of the run, and whether it is new; one that was open already is joined."""

    number: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class AskedOverride:
    """An override that a run is to follow, with the name of its municipality (empty where none belongs to it)."""

    kind: str
    household: str
    municipality: str
    ground: str
    why: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """How far a run is: proven bound, best so far, people linked by it, and seconds.

    ``changes`` is the proposal that is solved again around overrides; ``conflicts`` why that cannot be.
    """

    number: int
    half_year: HalfYear
    state: RunState
    stage: str
    bound: float | None
    best: float | None
    people: int | None
    seconds: float
    asked_by: str
    asked_at: datetime
    wishes: Wishes
    stop_asked_by: str
    problem: str
    proposal: int | None
    changes: int | None
    overrides: tuple[AskedOverride, ...]
    conflicts: tuple[Conflict, ...]
    has_worker: bool
    may_stop: bool

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will change by itself."""
        return self.state not in OPEN

    @property
    def gap(self) -> float | None:
        """Share of the bound by which a better proposal could exceed the best so far."""
        if self.bound is None or self.best is None:
            return None
        return (self.bound - self.best) / max(abs(self.bound), 1e-9)


def ask(*, actor: Actor, today: date, wishes: Wishes) -> Asked:
    """Ask for a proposal of the running half-year; one that is being made already is joined instead.

    A run whose worker fell silent is given up first.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "propose")
    half_year = running_half_year(today)
    with transaction.atomic():
        journal.lock_subject(f"runs:{half_year}")
        runs.give_up_silent()
        held = runs.open_run(half_year)
        if held is not None:
            return Asked(held.pk, is_new=False)
        number = runs.add(
            half_year=half_year,
            as_of=today,
            wishes=wishes,
            asked_by=actor.name,
            role=actor.role.value,
        )
        journal.write(actor, "ask-run", f"run {number}", after=runs.wishes_told(wishes))
    return Asked(number, is_new=True)


def read_run(*, actor: Actor, number: int) -> RunPage:
    """Return how far a run is.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such run.
    """
    require(actor, "see-proposal")
    return _page(actor, _found(number))


def open_run(*, actor: Actor, half_year: HalfYear) -> int | None:
    """Return the number of the run that is open now, if there is one that lives."""
    require(actor, "see-proposal")
    row = runs.open_run(half_year)
    return None if row is None or runs.moments(row).is_silent else row.pk


def stop(*, actor: Actor, number: int) -> RunPage:
    """Ask a run to stop and keep the best so far; a run that has ended stays as it is.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such run.
    """
    require(actor, "propose")
    row = _found(number)
    with transaction.atomic():
        if not row.stop_asked_by and runs.ask_to_stop(number, by=actor.name):
            journal.write(actor, "stop-run", f"run {number}")
    return _page(actor, _found(number))


def _found(number: int) -> RunRow:
    row = runs.by_number(number)
    if row is None:
        raise AccessError("ACC-02", "no run by that number", remedy="Check the number.")
    return row


def _page(actor: Actor, row: RunRow) -> RunPage:
    clock = runs.moments(row)
    state = RunState.SILENT if clock.is_silent else RunState(row.state)
    return RunPage(
        number=row.pk,
        half_year=HalfYear.parse(row.half_year),
        state=state,
        stage=row.stage,
        bound=row.bound,
        best=row.best,
        people=row.people,
        seconds=clock.seconds,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        wishes=runs.wishes_from(row.wishes),
        stop_asked_by=row.stop_asked_by,
        problem=row.problem,
        proposal=row.proposal_id,
        changes=row.changes_id,
        overrides=tuple(_asked(one) for one in changes.overrides_from(row.overrides)),
        conflicts=changes.conflicts_from(row.conflicts),
        has_worker=state is not RunState.WAITING or runs.workers_there() > 0,
        may_stop=may(actor, "propose"),
    )


def _asked(override: Override) -> AskedOverride:
    return AskedOverride(
        kind=kind_word(override),
        household=override.household,
        municipality=reference.municipality(override.place).name if override.place else "",
        ground=override.ground.value,
        why=override.reason,
    )


def kind_word(override: Override) -> str:
    """Return the kind of an override for a page, where one without a municipality has a word of its own."""
    anywhere = override.kind is not OverrideKind.RELEASE and not override.place
    return f"{override.kind.value}-anywhere" if anywhere else override.kind.value
