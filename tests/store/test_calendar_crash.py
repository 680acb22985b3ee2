"""A worker killed in what it does by the calendar: publishing, telling of deadlines, erasing; whole or not at all."""

from __future__ import annotations

import signal
from pathlib import Path

import psycopg
import pytest
from programs import environment, finish, start, wait_for

ENDED = """
insert into store_linkrow
  (household, step, kind, municipality, half_year, persons, "on", reasons, why, decided_by, decided_at)
values ('PE-000001', 1, 'linked', 'GM0344', '2024-I', 1, '2024-01-01', '[]', '', 'coa', now());
insert into store_signoffrow
  (household, step, kind, link_id, municipality, half_year, persons, "on", why, decided_by, decided_at)
select household, 1, 'signed-off', id, municipality, half_year, persons, '2024-02-03', '', 'coa', now()
from store_linkrow where household = 'PE-000001'
"""
LEFT: dict[str, tuple[str, int]] = {
    "publish": (
        """
        select (select count(*) from store_compositionrow)
          + (select count(*) from store_noticerow where kind = 'composition-published')
        """,
        3,
    ),
    "deadlines": (
        """
        select (select count(*) from store_noticerow where kind ~ '-(near|late)$')
          + (select count(*) from store_journalrow where action = 'tell-deadlines')
        """,
        2,
    ),
    "erase": (
        """
        select (select count(*) from store_linkrow where household ~ '^X-')
          + (select count(*) from store_journalrow where action = 'erase')
          + 1 - (select count(*) from store_householdrow where identifier = 'PE-000001')
        """,
        3,
    ),
}
"""What each leaves behind when it was done whole."""


def counted(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.crash
def test_what_is_done_by_the_calendar_is_done_whole_after_a_kill(own_database: str, tmp_path: Path) -> None:
    where = environment(own_database)
    finish(start(where, "prepare"))
    with psycopg.connect(own_database) as connection:
        connection.execute(ENDED)
    for what, (query, whole) in LEFT.items():
        gate = tmp_path / what
        gate.touch()
        killed = start(where, "due", what, str(gate))
        wait_for(gate.with_suffix(".reached"), killed)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert counted(own_database, query) == 0, what
        assert finish(start(where, "due", what)) == "done", what
        assert counted(own_database, query) == whole, what
        assert finish(start(where, "due", what)) == "nothing", what
