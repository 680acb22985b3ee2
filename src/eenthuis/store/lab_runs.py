"""Runs of the policy lab as rows: asked for once, taken by one worker, told of, ended; never hanging for ever."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction

from eenthuis.store.lab_models import OPEN, LabFileRow, LabRunRow

SILENT_SECONDS = 180
"""A run of which nothing was heard for so long is taken to be lost; the first run of all compiles its loops."""


def add(
    *, address: str, kind: str, asked: Mapping[str, object], total: int, asked_by: str, role: str
) -> LabRunRow:
    """Add a run that waits; one at this address that came to nothing waits again."""
    row, is_new = LabRunRow.objects.get_or_create(
        address=address,
        defaults={
            "kind": kind,
            "asked": dict(asked),
            "total": total,
            "asked_by": asked_by,
            "asked_role": role,
            "state": "waiting",
        },
    )
    if not is_new and row.state not in (*OPEN, "done"):
        LabRunRow.objects.filter(pk=row.pk).exclude(state__in=(*OPEN, "done")).update(
            state="waiting", done=0, worker="", started_at=None, beat_at=None, ended_at=None, stop_asked_by="",
            problem="", asked_by=asked_by, asked_role=role,
        )  # fmt: skip
        row.refresh_from_db()
    return row


def by_address(address: str) -> LabRunRow | None:
    """Return the run at an address, if there is one."""
    return LabRunRow.objects.filter(address=address).first()


def kept(*, most: int) -> tuple[LabRunRow, ...]:
    """Return the runs that are done or under way, newest first."""
    return tuple(LabRunRow.objects.filter(state__in=(*OPEN, "done")).order_by("-pk")[:most])


def many() -> int:
    """Return how many runs there are."""
    return LabRunRow.objects.count()


def newest_done(kind: str) -> LabRunRow | None:
    """Return the newest run of a kind that is done, if there is one."""
    return LabRunRow.objects.filter(kind=kind, state="done").order_by("-pk").first()


def waiting_of(asked_by: str) -> int:
    """Return how many runs of an account are still to end."""
    return LabRunRow.objects.filter(asked_by=asked_by, state__in=OPEN).count()


def file_names(run: LabRunRow) -> tuple[str, ...]:
    """Return the names of the files that a run left behind, in order."""
    return tuple(LabFileRow.objects.filter(run=run).order_by("name").values_list("name", flat=True))


def content(run: LabRunRow, name: str) -> bytes | None:
    """Return a file of a run, if there is one of that name."""
    row = LabFileRow.objects.filter(run=run, name=name).first()
    return None if row is None else bytes(row.content)


def seconds(run: LabRunRow) -> float:
    """Return how long a run has lasted or waited, by the database's clock."""
    query = (
        "select extract(epoch from coalesce(ended_at, clock_timestamp()) - coalesce(started_at, asked_at))"
        " from store_labrunrow where id = %s"
    )
    return float(str(_rows(query, [run.pk])[0][0]))


def claim(worker: str, *, last: str) -> LabRunRow | None:
    """Take the run that waits longest, those asked for by ``last`` after all others; None when there is none.

    Two workers never take the same one.
    """
    taken = _rows(
        """
        update store_labrunrow set state = 'running', worker = %s, started_at = clock_timestamp(),
          beat_at = clock_timestamp()
        where id = (
          select id from store_labrunrow where state = 'waiting' order by (asked_by = %s), id limit 1
          for update skip locked
        )
        returning id
        """,
        [worker, last],
    )
    return LabRunRow.objects.get(pk=int(str(taken[0][0]))) if taken else None


def beat(number: int, worker: str, done: int) -> bool:
    """Say how far a run is; return whether it is still the worker's own and nobody asked to stop it."""
    found = _rows(
        """
        update store_labrunrow set beat_at = clock_timestamp(), done = %s
        where id = %s and worker = %s and state = 'running' returning stop_asked_by
        """,
        [done, number, worker],
    )
    return bool(found) and found[0][0] == ""


def finish(run: LabRunRow, worker: str, files: Mapping[str, bytes]) -> bool:
    """End a run with its files; False when it is no longer the worker's own, and nothing is kept."""
    with transaction.atomic():
        if not _end(run.pk, worker, "done", ""):
            return False
        LabFileRow.objects.bulk_create(
            [LabFileRow(run=run, name=name, content=made) for name, made in files.items()]
        )
    return True


def fail(number: int, worker: str, *, problem: str) -> bool:
    """End a run that cannot be done, with the code of what is wrong."""
    return _end(number, worker, "failed", problem)


def withdraw(number: int, worker: str) -> bool:
    """End a run that somebody asked to stop."""
    return _end(number, worker, "withdrawn", "")


def put_back(number: int, worker: str) -> bool:
    """Let a run wait again, for another worker to begin anew; the present one is ending."""
    return bool(
        _rows(
            """
            update store_labrunrow set state = 'waiting', worker = '', started_at = null, beat_at = null, done = 0
            where id = %s and worker = %s and state = 'running' returning id
            """,
            [number, worker],
        )
    )


def ask_to_stop(number: int, *, by: str) -> bool:
    """Ask a run to stop, or withdraw one that still waits; False when it has ended."""
    return bool(
        _rows(
            """
            update store_labrunrow set stop_asked_by = %s,
              ended_at = case when state = 'waiting' then clock_timestamp() end,
              state = case when state = 'waiting' then 'withdrawn' else state end
            where id = %s and state in ('waiting', 'running') returning id
            """,
            [by, number],
        )
    )


def give_up_silent() -> tuple[int, ...]:
    """End every run whose worker has fallen silent; return their numbers."""
    ended = _rows(
        """
        update store_labrunrow set state = 'lost', ended_at = clock_timestamp()
        where state = 'running' and beat_at < clock_timestamp() - make_interval(secs => %s) returning id
        """,
        [SILENT_SECONDS],
    )
    return tuple(int(str(row[0])) for row in ended)


def _end(number: int, worker: str, state: str, problem: str) -> bool:
    return bool(
        _rows(
            """
            update store_labrunrow set state = %s, problem = %s, ended_at = clock_timestamp(),
              done = case when %s = 'done' then total else done end
            where id = %s and worker = %s and state = 'running' returning id
            """,
            [state, problem, state, number, worker],
        )
    )


def _rows(query: str, values: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return list(cursor.fetchall())
