"""Taking personal data of households out of every table, so that counts stay and nobody can be found again.

The record itself goes. Where a row must stay because it counts, the household's number is replaced by one that stands
for nobody, and free text by a word. Guards of append-only tables let exactly those columns change, in a transaction
that says it erases.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

ERASED = "erased"
NOBODY_BYTES = 6
TABLES: Mapping[str, tuple[str, ...]] = {
    "store_linkrow": ("why",),
    "store_signoffrow": ("why",),
    "store_proposedlinkrow": (),
    "store_overriderow": ("why",),
    "store_offerrow": ("why",),
    "store_waysteprow": ("why",),
    "store_residencedocumentrow": ("why",),
    "store_transitstayrow": (),
    "store_householdnowrow": (),
    "store_workholderrow": (),
    "store_lettercoderow": (),
    "store_processinglogrow": (),
}
"""Every table with a column ``household``, and its columns of free text."""

DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    "store_proposalrow": ("difference",),
    "store_runrow": ("overrides", "conflicts"),
    "store_waysteprow": ("values",),
}
"""Tables with documents in which numbers of households stand."""


def due(ended_by: date, *, most: int) -> tuple[str, ...]:
    """Return households that are still recorded and were signed off, left or were merged or split by a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select h.identifier from store_householdrow h where exists (
              select 1 from store_signoffrow s where s.household = h.identifier and s.kind = 'signed-off'
                and s."on" <= %s and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
            ) or exists (
              select 1 from store_waysteprow g where g.household = h.identifier
                and g.kind in ('left', 'merged', 'split') and g."on" <= %s
                and not exists (select 1 from store_waysteprow c where c.replaces_id = g.id)
            ) order by 1 limit %s
            """,
            [ended_by, ended_by, most],
        )
        return tuple(str(row[0]) for row in cursor.fetchall())


def nobodies(households: Sequence[str]) -> Mapping[str, str]:
    """Return a number that stands for nobody, by chance, for each household."""
    return {name: f"X-{secrets.token_hex(NOBODY_BYTES)}" for name in households}


def journal_lines(households: Sequence[str]) -> tuple[int, ...]:
    """Return the journal's lines that name one of these households, or hold the reason of a change for one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select distinct j.id from store_journalrow j
            join unnest(%s::text[]) as h(name)
              on strpos(concat_ws(' ', j.subject, j.before::text, j.after::text, j.why), h.name) > 0
            union
            select j.id from store_journalrow j
            join store_overriderow o on j.subject = 'proposal ' || o.proposal_id and o.household = any(%s)
            where j.why <> ''
            order by 1
            """,
            [list(households), list(households)],
        )
        return tuple(int(row[0]) for row in cursor.fetchall())


def blank_lines(lines: Sequence[int], *, erasure: int) -> None:
    """Empty lines of the journal and forget their salts; their digests stay, and say by which erasure."""
    with connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(
            """
            update store_journalrow set subject = 'household erased', before = null, after = null, why = ''
            where id = any(%s)
            """,
            [list(lines)],
        )
        cursor.execute(
            "update store_journalchainrow set salt = '', erasure = %s where line_id = any(%s)",
            [erasure, list(lines)],
        )


def erase(instead: Mapping[str, str]) -> None:
    """Take households out of every table: ``instead`` gives the number that takes the place of each."""
    old, new = list(instead), list(instead.values())
    with connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute("select number::text from store_householdrow where identifier = any(%s)", [old])
        _empty_files(cursor, old, [str(row[0]) for row in cursor.fetchall()])
        cursor.execute("delete from store_memberrow where household_id = any(%s)", [old])
        cursor.execute("delete from store_householdrow where identifier = any(%s)", [old])
        cursor.execute(
            "update store_residencedocumentrow set born_on = null where household = any(%s)", [old]
        )
        for table, texts in TABLES.items():
            words = "".join(f", {column} = case when t.{column} = '' then '' else %s end" for column in texts)
            cursor.execute(
                f"""
                update {table} t set household = g.new{words}
                from unnest(%s::text[], %s::text[]) as g(old, new) where t.household = g.old
                """,  # noqa: S608 - names of our own tables
                [*[ERASED] * len(texts), old, new],
            )
        for table, columns in DOCUMENTS.items():
            for column in columns:
                _replace(table, column, instead)


def empty_folders(ended_by: date) -> int:
    """Empty the proof folders of proposals of a day or before; their counts, proof and audit stay. Return how many."""
    with connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(
            "update store_proposalfolderrow f set archive = '' from store_proposalrow p"
            " where p.id = f.proposal_id and p.as_of <= %s and f.archive <> ''",
            [ended_by],
        )
        return int(cursor.rowcount)


def count_folders(ended_by: date) -> int:
    """Return how many proof folders are of proposals of a day or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from store_proposalfolderrow f join store_proposalrow p on p.id = f.proposal_id"
            " where p.as_of <= %s and f.archive <> ''",
            [ended_by],
        )
        return int(cursor.fetchone()[0])


def count_files(ended_by: date) -> int:
    """Return how many files with lists were asked for on a day or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from store_sheetrow where content is not null and as_of <= %s", [ended_by]
        )
        return int(cursor.fetchone()[0])


def _empty_files(cursor: CursorWrapper, names: list[str], numbers: list[str]) -> None:
    """Empty every folder and file that holds a row of these households, and drop what else names them for a while."""
    cursor.execute(
        """
        update store_proposalfolderrow set archive = '' where archive <> '' and proposal_id in
          (select proposal_id from store_proposedlinkrow where household = any(%s))
        """,
        [names],
    )
    cursor.execute("update store_sheetrow set content = null where direction = 'out' and content is not null")
    cursor.execute(
        """
        with gone as (
          delete from store_stagedrow s using unnest(%s::text[]) as h(name)
          where strpos(s.cells::text, '"' || h.name || '"') > 0 returning s.sheet_id
        )
        update store_sheetrow set content = null, ended_at = coalesce(ended_at, clock_timestamp()),
          state = case when state = 'done' then state else 'withdrawn' end
        where id in (select sheet_id from gone)
        """,
        [names],
    )
    for table, column in (
        ("store_savedfilterrow", "parts::text"),
        ("store_answeredrow", "body"),
    ):
        cursor.execute(
            f"""
            delete from {table} t using unnest(%s::text[]) as h(name)
            where strpos(t.{column}, '"' || h.name || '"') > 0
            """,  # noqa: S608 - names of our own tables
            [[*names, *numbers]],
        )
    cursor.execute(
        """
        update store_sheetrow t set asked = '{}' from unnest(%s::text[]) as h(name)
        where strpos(t.asked::text, h.name) > 0
        """,
        [names],
    )


def forget_deliveries(ended_by: date) -> int:
    """Remove deliveries that ended on a day or before; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from store_deliveryrow where state in ('delivered', 'nothing') and ended_at::date <= %s",
            [ended_by],
        )
        return int(cursor.rowcount)


def count_deliveries(ended_by: date) -> int:
    """Return how many deliveries ended on a day or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from store_deliveryrow where state in ('delivered', 'nothing') and ended_at::date <= %s",
            [ended_by],
        )
        return int(cursor.fetchone()[0])


def _begin(cursor: object) -> None:
    cursor.execute("select set_config('eenthuis.erasing', 'on', true)")  # type: ignore[attr-defined]


def _replace(table: str, column: str, instead: Mapping[str, str]) -> None:
    """Put other numbers into the documents that name one of these households, and a word for every reason there."""
    import json

    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select id, t."{column}"::text from {table} t where t."{column}" is not null and exists (
              select 1 from unnest(%s::text[]) as h(name) where strpos(t."{column}"::text, '"' || h.name || '"') > 0
            ) for update
            """,  # noqa: S608 - names of our own tables
            [list(instead)],
        )
        for number, text in cursor.fetchall():
            kept = json.dumps(_without(json.loads(text), instead))
            cursor.execute(
                f'update {table} set "{column}" = %s::jsonb where id = %s',  # noqa: S608 - names of our own tables
                [kept, number],
            )


def _without(document: object, instead: Mapping[str, str]) -> object:
    match document:
        case dict():
            names = {value for value in document.values() if isinstance(value, str)} & set(instead)
            return {
                instead.get(key, key): ERASED
                if names and key in {"reason", "why"} and value
                else _without(value, instead)
                for key, value in document.items()
            }
        case list():
            return [_without(value, instead) for value in document]
        case str():
            return instead.get(document, document)
        case _:
            return document
