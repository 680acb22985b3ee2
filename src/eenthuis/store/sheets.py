"""Files handed in and lists asked for, as rows: added, taken by one worker, staged, and thrown away when they end.

The database's clock is the only one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from eenthuis.store.runs import SILENT_SECONDS
from eenthuis.store.sheet_models import SheetRow, StagedRow
from eenthuis.terms.access import Actor
from eenthuis.terms.sheets import Cell, Outcome, SheetLine, SheetProblem, Why

WORKED_ON = {"waiting": "checking", "agreed": "importing"}
"""What a worker makes of a state when it takes a sheet."""
MOST_TRIES = 3
"""A file that nobody agreed to, or a list that nobody fetches any more, is thrown away after so many days."""


def add(
    *, direction: str, kind: str, name: str, content: bytes | None, digest: str, actor: Actor, as_of: date,
    asked: Mapping[str, object] | None = None,
) -> SheetRow:  # fmt: skip
    """Add a file or a wish for a list; it waits for a worker."""
    return SheetRow.objects.create(
        direction=direction,
        kind=kind,
        file_name=name[:200],
        content=content,
        digest=digest,
        asked=dict(asked or {}),
        asked_by=actor.name,
        asked_role=actor.role.value,
        municipality=actor.municipality or "",
        association=actor.association or "",
        province=actor.province or "",
        as_of=as_of,
        state="waiting",
    )


def by_number(number: int, *, asked_by: str) -> SheetRow | None:
    """Return a sheet of someone's own, without its file."""
    return SheetRow.objects.defer("content").filter(pk=number, asked_by=asked_by).first()


def own(asked_by: str, most: int) -> tuple[SheetRow, ...]:
    """Return someone's sheets, newest first, without their files."""
    return tuple(SheetRow.objects.defer("content").filter(asked_by=asked_by).order_by("-id")[:most])


def content_of(number: int) -> bytes | None:
    """Return the file of a sheet, if it is still kept."""
    found = SheetRow.objects.filter(pk=number).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


def claim(worker: str) -> SheetRow | None:
    """Take the sheet that waits longest; None when there is none. Two workers never take the same one."""
    taken = _rows(
        """
        update store_sheetrow set worker = %s, beat_at = clock_timestamp(), done = 0, tries = tries + 1,
          state = case when state = 'agreed' then 'importing' when direction = 'out' then 'making' else 'checking' end
        where id = (
          select id from store_sheetrow where state in ('waiting', 'agreed') order by id limit 1
          for update skip locked
        )
        returning id
        """,
        [worker],
    )
    return SheetRow.objects.get(pk=int(str(taken[0][0]))) if taken else None


def beat(number: int, worker: str, done: int, total: int) -> bool:
    """Say how far a sheet is; return whether it is still the worker's own."""
    return bool(
        _rows(
            """
            update store_sheetrow set beat_at = clock_timestamp(), done = %s, total = greatest(%s, total)
            where id = %s and worker = %s and state in ('checking', 'importing', 'making') returning id
            """,
            [done, total, number, worker],
        )
    )


def give_back_silent() -> tuple[int, ...]:
    """Let sheets whose worker fell silent wait for another, or end those that were tried too often."""
    back = _rows(
        """
        update store_sheetrow set worker = '', beat_at = null,
          ended_at = case when tries >= %s then clock_timestamp() end,
          state = case when tries >= %s then 'lost' when state = 'importing' then 'agreed' else 'waiting' end
        where state in ('checking', 'importing', 'making')
          and beat_at < clock_timestamp() - make_interval(secs => %s) returning id
        """,
        [MOST_TRIES, MOST_TRIES, SILENT_SECONDS],
    )
    return tuple(int(str(row[0])) for row in back)


def put_back(number: int, worker: str) -> None:
    """Let a sheet wait again, for another worker to begin anew; the present one is ending."""
    _rows(
        """
        update store_sheetrow set worker = '', beat_at = null, tries = greatest(tries - 1, 0),
          state = case when state = 'importing' then 'agreed' else 'waiting' end
        where id = %s and worker = %s and state in ('checking', 'importing', 'making') returning id
        """,
        [number, worker],
    )


def end_with(number: int, worker: str, state: str, **values: object) -> bool:
    """Give a sheet its next state; False when it is no longer the worker's own, and nothing may be kept."""
    ours = SheetRow.objects.filter(pk=number, worker=worker, state__in=("checking", "importing", "making"))
    return ours.update(state=state, **values) == 1


def move(number: int, *, before: Sequence[str], after: str) -> bool:
    """Move a sheet from one of some states to another; False when it was in none of them."""
    return SheetRow.objects.filter(pk=number, state__in=before).update(state=after, tries=0) == 1


def throw_away(number: int, *, keep_file: bool = False) -> None:
    """Throw the staged rows and the file of a sheet away; what it was and how it ended stays."""
    StagedRow.objects.filter(sheet_id=number).delete()
    changes: dict[str, object] = {"ended_at": _now()}
    if not keep_file:
        changes["content"] = None
    SheetRow.objects.filter(pk=number).update(**changes)


def throw_old_away(ended_by: date) -> int:
    """Throw away the files and rows of sheets that were asked for on a day or before; return how many."""
    old = _rows(
        """
        update store_sheetrow set content = null, ended_at = coalesce(ended_at, clock_timestamp()),
          state = case when state in ('done', 'failed', 'lost', 'withdrawn') then state else 'withdrawn' end
        where content is not null and as_of <= %s
          and state not in ('importing', 'making', 'checking') returning id
        """,
        [ended_by],
    )
    StagedRow.objects.filter(sheet_id__in=[row[0] for row in old]).delete()
    return len(old)


def stage(number: int, lines: Iterable[tuple[SheetLine, Outcome, Sequence[SheetProblem]]]) -> None:
    """Put the rows of a sheet in the staging table, in the place of those that were there."""
    StagedRow.objects.filter(sheet_id=number).delete()
    asked_by = SheetRow.objects.values_list("asked_by", flat=True).get(pk=number)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "copy store_stagedrow (sheet_id, asked_by, number, cells, formulas, outcome, problems) from stdin"
        ) as stream,
    ):
        for line, outcome, problems in lines:
            stream.write_row(
                (
                    number,
                    asked_by,
                    line.number,
                    json.dumps({name: _cell_plain(cell) for name, cell in line.cells.items()}),
                    json.dumps(sorted(line.formulas)),
                    outcome.value,
                    json.dumps(problems_plain(problems)),
                )
            )


def staged_lines(number: int) -> tuple[SheetLine, ...]:
    """Return the staged rows of a sheet as they were read."""
    rows = StagedRow.objects.filter(sheet_id=number).order_by("number")
    return tuple(
        SheetLine(at, {name: _cell_from(cell) for name, cell in cells.items()}, frozenset(formulas))
        for at, cells, formulas in rows.values_list("number", "cells", "formulas").iterator(5000)
    )


def staged_problems(number: int, *, first: int = 0, most: int | None = None) -> tuple[SheetProblem, ...]:
    """Return what is wrong in the staged rows, in their order; ``first`` and ``most`` count rows."""
    rows: QuerySet[StagedRow] = StagedRow.objects.filter(sheet_id=number, outcome=Outcome.WRONG).order_by(
        "number"
    )
    listed = rows.values_list("problems", flat=True)
    chosen = listed[first:] if most is None else listed[first : first + most]
    return tuple(problem for problems in chosen for problem in problems_from(problems))


def problems_plain(problems: Sequence[SheetProblem]) -> list[dict[str, object]]:
    """Return problems as JSON holds them."""
    return [
        {
            "why": one.why.value,
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "values": dict(one.values),
        }
        for one in problems
    ]


def problems_from(document: object) -> tuple[SheetProblem, ...]:
    """Return problems from their JSON."""
    if not isinstance(document, list):
        return ()
    return tuple(
        SheetProblem(Why(one["why"]), int(one["row"]), one["column"], one["value"], one["values"])
        for one in document
    )


def _cell_plain(cell: Cell) -> object:
    match cell:
        case datetime():
            return {"moment": cell.isoformat()}
        case date():
            return {"day": cell.isoformat()}
        case _:
            return cell


def _cell_from(document: object) -> Cell:
    match document:
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case str() | int() | float() | None:
            return document
        case _:
            raise TypeError("a staged cell holds text, a number or a day")


def _now() -> datetime:
    return datetime.fromisoformat(str(_rows("select clock_timestamp()::text", [])[0][0]))


def _rows(query: str, values: Sequence[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))  # type: ignore[arg-type]
        return list(cursor.fetchall())
