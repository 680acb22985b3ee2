"""Work in the background as rows: asked for, taken by one worker, told of, ended; never hanging for ever.

The database's clock is the only one, so that machines whose clocks differ agree on who is silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from eenthuis.store.run_models import OPEN, RunRow, WorkerRow
from eenthuis.store.scope import counts
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Goal, Wishes

SILENT_SECONDS = 60
"""A run, or a worker, of which nothing was heard for so long is taken to be gone."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far a run is, as its worker last told."""

    stage: str
    bound: float | None
    best: float | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker hears when it tells of a run: whether the run is still its own, and whether to stop."""

    is_ours: bool
    stop: bool


@dataclass(frozen=True, slots=True)
class Moments:
    """The clock of a run: seconds waited or worked, and whether its worker has fallen silent."""

    seconds: float
    is_silent: bool


def add(
    *,
    half_year: HalfYear,
    as_of: date,
    wishes: Wishes,
    asked_by: str,
    role: str,
    changes: int | None = None,
    overrides: Sequence[Mapping[str, object]] = (),
) -> int:
    """Add a run and return its number; the database refuses a second open one of a half-year.

    With ``changes`` it is that proposal solved again around ``overrides``.
    """
    row = RunRow.objects.create(
        half_year=str(half_year),
        as_of=as_of,
        wishes=wishes_plain(wishes),
        asked_by=asked_by,
        asked_role=role,
        state="waiting",
        changes_id=changes,
        overrides=list(overrides),
    )
    return row.pk


def by_number(number: int) -> RunRow | None:
    """Return the run with a number, if there is one."""
    return RunRow.objects.filter(pk=number).first()


def open_run(half_year: HalfYear) -> RunRow | None:
    """Return the open run of a half-year, if there is one."""
    return RunRow.objects.filter(half_year=str(half_year), state__in=OPEN).first()


def moments(run: RunRow) -> Moments:
    """Return how long a run has lasted, and whether it is silent, by the database's clock."""
    (row,) = _rows(
        """
        select extract(epoch from coalesce(ended_at, clock_timestamp()) - coalesce(started_at, asked_at)),
          state = 'running' and beat_at < clock_timestamp() - make_interval(secs => %s)
        from store_runrow where id = %s
        """,
        [SILENT_SECONDS, run.pk],
    )
    return Moments(seconds=float(str(row[0])), is_silent=bool(row[1]))


def claim(worker: str) -> RunRow | None:
    """Take the run that waits longest; None when there is none. Two workers never take the same one."""
    taken = _rows(
        """
        update store_runrow set state = 'running', worker = %s, started_at = clock_timestamp(),
          beat_at = clock_timestamp()
        where id = (
          select id from store_runrow where state = 'waiting' order by id limit 1 for update skip locked
        )
        returning id
        """,
        [worker],
    )
    return RunRow.objects.get(pk=int(str(taken[0][0]))) if taken else None


def beat(number: int, worker: str, told: Told | None) -> Answer:
    """Say that a run is being worked on and how far it is; hear whether it still is the worker's own."""
    values: list[object] = ["", None, None, None]
    if told is not None:
        values = [told.stage, told.bound, told.best, told.people]
    found = _rows(
        """
        update store_runrow set beat_at = clock_timestamp(), stage = %s, bound = %s, best = %s, people = %s
        where id = %s and worker = %s and state = 'running' returning stop_asked_by <> ''
        """,
        [*values, number, worker],
    )
    return Answer(is_ours=bool(found), stop=not found or bool(found[0][0]))


def finish(number: int, worker: str, *, proposal: int) -> bool:
    """End a run with its proposal; False when it is no longer the worker's own, and nothing may be kept."""
    return _end(number, worker, "done", proposal, "")


def fail(number: int, worker: str, *, problem: str) -> bool:
    """End a run that cannot be done, with the code of what is wrong."""
    return _end(number, worker, "failed", None, problem)


def refuse(number: int, worker: str, *, conflicts: Sequence[Mapping[str, object]]) -> bool:
    """End a run whose overrides cannot hold together, with which of them."""
    with transaction.atomic():
        if not _end(number, worker, "failed", None, "LNK-03"):
            return False
        RunRow.objects.filter(pk=number).update(conflicts=list(conflicts))
    return True


def _end(number: int, worker: str, state: str, proposal: int | None, problem: str) -> bool:
    ended = _rows(
        """
        update store_runrow set state = %s, proposal_id = %s, problem = %s, ended_at = clock_timestamp()
        where id = %s and worker = %s and state = 'running' returning id
        """,
        [state, proposal, problem, number, worker],
    )
    return bool(ended)


def give_up_silent() -> tuple[int, ...]:
    """End every run whose worker has fallen silent; return their numbers."""
    ended = _rows(
        """
        update store_runrow set state = 'lost', ended_at = clock_timestamp()
        where state = 'running' and beat_at < clock_timestamp() - make_interval(secs => %s) returning id
        """,
        [SILENT_SECONDS],
    )
    return tuple(int(str(row[0])) for row in ended)


def ask_to_stop(number: int, *, by: str) -> bool:
    """Ask an open run to stop with the best so far, or withdraw one that still waits; False when it has ended."""
    asked = _rows(
        """
        update store_runrow set stop_asked_by = %s,
          ended_at = case when state = 'waiting' then clock_timestamp() end,
          state = case when state = 'waiting' then 'withdrawn' else state end
        where id = %s and state in ('waiting', 'running') returning id
        """,
        [by, number],
    )
    return bool(asked)


def put_back(number: int, worker: str) -> bool:
    """Let a run wait again, for another worker to begin anew; the present one is ending."""
    back = _rows(
        """
        update store_runrow set state = 'waiting', worker = '', started_at = null, beat_at = null, stage = '',
          bound = null, best = null, people = null
        where id = %s and worker = %s and state = 'running' returning id
        """,
        [number, worker],
    )
    return bool(back)


def worker_beat(name: str) -> None:
    """Say that a worker is there; forget workers that have been gone for a day."""
    _rows(
        """
        insert into store_workerrow (name, started_at, beat_at) values (%s, clock_timestamp(), clock_timestamp())
        on conflict (name) do update set beat_at = clock_timestamp() returning name
        """,
        [name],
    )
    _rows(
        "delete from store_workerrow where beat_at < clock_timestamp() - interval '1 day' returning name", []
    )


def worker_gone(name: str) -> None:
    """Take a worker that ends in an orderly way off the list."""
    WorkerRow.objects.filter(name=name).delete()


@counts
def workers_there() -> int:
    """Return how many workers have been heard of lately."""
    (row,) = _rows(
        "select count(*) from store_workerrow where beat_at > clock_timestamp() - make_interval(secs => %s)",
        [SILENT_SECONDS],
    )
    return int(str(row[0]))


@counts
def waiting() -> int:
    """Return how many runs wait for a worker."""
    return RunRow.objects.filter(state="waiting").count()


@counts
def silent() -> int:
    """Return how many runs have a worker that has fallen silent."""
    (row,) = _rows(
        """
        select count(*) from store_runrow
        where state = 'running' and beat_at < clock_timestamp() - make_interval(secs => %s)
        """,
        [SILENT_SECONDS],
    )
    return int(str(row[0]))


def wishes_plain(wishes: Wishes) -> dict[str, object]:
    """Return wishes as JSON holds them."""
    return {
        "goal": wishes.goal.value,
        "seed": wishes.seed,
        "within_pace": wishes.within_pace,
        "least_gain": wishes.least_gain,
        "gain_for": list(wishes.gain_for),
        "take_over": wishes.take_over,
    }


def wishes_told(wishes: Wishes) -> dict[str, object]:
    """Return wishes as the journal keeps them, where every number that is not whole is written out."""
    least = wishes.least_gain
    return {**wishes_plain(wishes), "least_gain": "" if least is None else repr(least)}


def wishes_from(document: object) -> Wishes:
    """Return wishes from their JSON; what is missing is as when nothing was asked."""
    if not isinstance(document, dict):
        return Wishes()
    asked, plain = document, Wishes()
    least = asked.get("least_gain")
    return Wishes(
        goal=Goal(str(asked.get("goal", plain.goal.value))),
        seed=int(asked.get("seed", plain.seed)),
        within_pace=bool(asked.get("within_pace", plain.within_pace)),
        least_gain=None if least is None else float(least),
        gain_for=tuple(str(name) for name in asked.get("gain_for", plain.gain_for)),
        take_over=bool(asked.get("take_over", plain.take_over)),
    )


def _rows(query: str, values: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return list(cursor.fetchall())
