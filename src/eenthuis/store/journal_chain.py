"""The journal's chain, read line by line as text, so that anyone can compute the digests again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ChainedLine:
    """A line of the journal beside its place in the chain; what is missing of either is None.

    ``parts`` are the texts that the content digest rests on, without the salt. ``is_blank`` says that the content was
    erased.
    """

    line: int
    at: datetime | None
    action: str | None
    parts: tuple[str | None, ...]
    is_blank: bool
    position: int | None
    salt: str | None
    content_digest: str | None
    previous: str | None
    digest: str | None
    erasure: int | None


_QUERY = """
select coalesce(j.id, c.line_id), j.at, j.action,
  array[to_char(j.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), j.actor, j.role, j.action, j.subject,
        j.municipality, j.before::text, j.after::text, j.why]
    || case when j.hand = '' then '{}'::text[] else array[j.hand]::text[] end,
  j.before is null and j.after is null and j.why = '' and j.subject = 'household erased',
  c.position, c.salt, c.content_digest, c.previous, c.digest, c.erasure
from store_journalrow j full join store_journalchainrow c on c.line_id = j.id
order by c.position nulls last, j.id
"""


def chained_lines() -> Iterator[ChainedLine]:
    """Yield every line of the journal in the order of the chain, those outside the chain last."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"declare chained cursor for {_QUERY}")
        while True:
            cursor.execute(f"fetch {AT_ONCE} from chained")
            rows = cursor.fetchall()
            if not rows:
                break
            for row in rows:
                yield ChainedLine(row[0], row[1], row[2], tuple(row[3]), bool(row[4]), *row[5:])
        cursor.execute("close chained")


def head() -> tuple[int, str]:
    """Return how many lines the chain has, and its last digest; 0 and nothing for an empty one."""
    with connection.cursor() as cursor:
        cursor.execute("select position, digest from store_journalchainrow order by position desc limit 1")
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")
