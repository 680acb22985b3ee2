"""Doing what was asked for in the background: one run at a time, told of while it goes on."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db import Error, connection, transaction

from eenthuis.services.changing import SolvedChange, keep_change, solve_change
from eenthuis.services.proposing import Solved, keep, solve
from eenthuis.store import changes, runs
from eenthuis.store.run_models import RunRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.overriding import Refused

if TYPE_CHECKING:
    from eenthuis.matching import Progress

BEAT_SECONDS = 0.5
"""So often a worker tells how far it is, and hears whether to stop."""


class Pulse:
    """Tells how far a run is from a thread of its own, so that a long step of the engine does not look like death."""

    def __init__(self, number: int, worker: str, ending: threading.Event) -> None:
        """Be ready to tell of run ``number`` as ``worker``; ``ending`` says that the worker itself ends."""
        self._number, self._worker, self._ending = number, worker, ending
        self._told: runs.Told | None = None
        self._stop, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End; nothing more is told afterwards."""
        self._ended.set()
        self._thread.join()

    def hear(self, progress: Progress) -> bool:
        """Take in how far the engine is; return whether it should go on."""
        self._told = runs.Told(progress.stage, progress.bound, progress.best, progress.persons)
        return not (self._stop.is_set() or self._ending.is_set())

    def _beat(self) -> None:
        try:
            while True:
                ended = self._ended.wait(BEAT_SECONDS)
                self._tell()
                if ended:
                    return
        finally:
            connection.close()

    def _tell(self) -> None:
        try:
            runs.worker_beat(self._worker)
            if runs.beat(self._number, self._worker, self._told).stop:
                self._stop.set()
        except Error:
            # the database is away for a moment; the next beat finds a new connection, and saving will say it aloud
            with suppress(Error):
                connection.close()


@dataclass(frozen=True, slots=True)
class Queue:
    """Workers heard of lately, runs that wait for one, and runs whose worker has fallen silent."""

    workers: int
    waiting: int
    silent: int


def queue_now() -> Queue:
    """Return how the work in the background stands, without anything of what is in it."""
    return Queue(runs.workers_there(), runs.waiting(), runs.silent())


def announce(worker: str) -> tuple[int, ...]:
    """Say that a worker is there, and give up the runs of workers that fell silent; return their numbers."""
    runs.worker_beat(worker)
    return runs.give_up_silent()


def leave(worker: str) -> None:
    """Say that a worker ends."""
    runs.worker_gone(worker)


def work_once(worker: str, ending: threading.Event | None = None) -> int | None:
    """Do the run that waits longest; return its number, or None when none waits.

    What is wrong with a run is written on it by its code. A worker that was thought gone, and whose run was given up
    meanwhile, keeps nothing. One that is told to end puts its run back for another.
    """
    row = runs.claim(worker)
    if row is None:
        return None
    try:
        _do(row, worker, ending or threading.Event())
    except EenthuisError as wrong:
        runs.fail(row.pk, worker, problem=wrong.code)
    except Exception:
        runs.fail(row.pk, worker, problem="LNK-03")
        raise
    return row.pk


def _do(row: RunRow, worker: str, ending: threading.Event) -> None:
    by = Actor(row.asked_by, Role(row.asked_role))
    with Pulse(row.pk, worker, ending) as pulse:
        solved = _solved(row, pulse)
    if ending.is_set():
        runs.put_back(row.pk, worker)
        return
    if isinstance(solved, Refused):
        runs.refuse(row.pk, worker, conflicts=changes.conflicts_plain(solved.conflicts))
        return
    with transaction.atomic():
        if isinstance(solved, SolvedChange):
            number = keep_change(actor=by, solved=solved)
        else:
            number = keep(actor=by, solved=solved)
        if not runs.finish(row.pk, worker, proposal=number):
            transaction.set_rollback(True)


def _solved(row: RunRow, pulse: Pulse) -> Solved | SolvedChange | Refused:
    if row.changes_id is None:
        wishes = runs.wishes_from(row.wishes)
        return solve(today=row.as_of, wishes=wishes, on_progress=pulse.hear)
    overrides = changes.overrides_from(row.overrides)
    return solve_change(today=row.as_of, base=row.changes_id, overrides=overrides)
