"""Plans of sessions and appointments as rows: asked for, taken by one worker, told of, ended, and confirmed once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from eenthuis.store.document_models import PLAN_OPEN, DocumentPlanRow

SILENT_SECONDS = 180
"""A plan of which nothing was heard for so long is taken to be lost; the first of all compiles its loops."""


def add(*, as_of: date, asked: Mapping[str, int], asked_by: str, role: str) -> int:
    """Add a plan that waits to be made, and return its number."""
    return DocumentPlanRow.objects.create(
        as_of=as_of, asked=dict(asked), asked_by=asked_by, asked_role=role, state="waiting"
    ).pk


def by_number(number: int) -> DocumentPlanRow | None:
    """Return a plan, if there is one by this number within reach."""
    return DocumentPlanRow.objects.filter(pk=number).first()


def newest(most: int) -> tuple[DocumentPlanRow, ...]:
    """Return the plans that were asked for last, newest first."""
    return tuple(DocumentPlanRow.objects.order_by("-pk")[:most])


def confirmed_before(number: int) -> DocumentPlanRow | None:
    """Return the plan that was confirmed last of those asked for before this one, if there is one."""
    rows = DocumentPlanRow.objects.filter(pk__lt=number, state="done").exclude(confirmed_by="")
    return rows.order_by("-pk").first()


def open_plan() -> DocumentPlanRow | None:
    """Return the plan that is still to be made, if there is one."""
    return DocumentPlanRow.objects.filter(state__in=PLAN_OPEN).order_by("-pk").first()


def claim(worker: str) -> DocumentPlanRow | None:
    """Take the plan that waits longest; None when none waits. Two workers never take the same one."""
    taken = _rows(
        """
        update store_documentplanrow set state = 'running', worker = %s, started_at = clock_timestamp(),
          beat_at = clock_timestamp()
        where id = (
          select id from store_documentplanrow where state = 'waiting' order by id limit 1 for update skip locked
        )
        returning id
        """,
        [worker],
    )
    return DocumentPlanRow.objects.get(pk=int(str(taken[0][0]))) if taken else None


def beat(number: int, worker: str, done: int, total: int) -> bool:
    """Say how far a plan is; return whether it is still the worker's own and nobody asked to stop it."""
    found = _rows(
        """
        update store_documentplanrow set beat_at = clock_timestamp(), done = %s, total = %s
        where id = %s and worker = %s and state = 'running' returning stop_asked_by
        """,
        [done, total, number, worker],
    )
    return bool(found) and found[0][0] == ""


def end(number: int, worker: str, state: str, *, problem: str = "", found: object = None) -> bool:
    """End a plan; False when it is no longer the worker's own, and nothing is kept."""
    rows = DocumentPlanRow.objects.filter(pk=number, worker=worker, state="running")
    return bool(rows.update(state=state, problem=problem, found=found))


def put_back(number: int, worker: str) -> bool:
    """Let a plan wait again, for another worker to begin anew; the present one is ending."""
    rows = DocumentPlanRow.objects.filter(pk=number, worker=worker, state="running")
    return bool(rows.update(state="waiting", worker="", started_at=None, beat_at=None, done=0))


def ask_to_stop(number: int, *, by: str) -> bool:
    """Ask a plan to stop, or withdraw one that still waits; False when it has ended."""
    return bool(
        _rows(
            """
            update store_documentplanrow set stop_asked_by = %s,
              state = case when state = 'waiting' then 'withdrawn' else state end
            where id = %s and state in ('waiting', 'running') returning id
            """,
            [by, number],
        )
    )


def confirm(number: int, *, by: str) -> bool:
    """Say who confirmed a plan; False when it is not there to be confirmed."""
    rows = DocumentPlanRow.objects.filter(pk=number, state="done", confirmed_by="")
    return bool(rows.update(confirmed_by=by))


def give_up_silent() -> int:
    """End every plan whose worker has fallen silent; return how many."""
    return len(
        _rows(
            """
            update store_documentplanrow set state = 'lost'
            where state = 'running' and beat_at < clock_timestamp() - make_interval(secs => %s) returning id
            """,
            [SILENT_SECONDS],
        )
    )


def _rows(query: str, values: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return list(cursor.fetchall())
