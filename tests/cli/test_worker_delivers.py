"""Workers as processes of their own: they deliver once, together, and one that is killed loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import psycopg
import pytest
from programs import PATIENCE_SECONDS, environment, finish, start
from receivers import event_server


def worker(where: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "eenthuis.cli.main", "worker", *words],
        env=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


STATES = "select state, count(*) from store_deliveryrow group by 1 order by 1"
SUBSCRIBE = """
insert into store_subscriberrow
  (name, address, contact, role, municipality, province, generation, is_active, made_by, made_at)
values ('example', %s, 'x@example.nl', 'municipality', '', '', 1, true, 'beheer', now())
"""


@pytest.mark.crash
def test_a_worker_killed_while_it_sends_loses_nothing_and_two_never_send_the_same_at_once(
    own_database: str,
) -> None:
    where = environment(own_database) | {"WEBHOOK_NETWORKS": "127.0.0.0/8", "EENTHUIS_TODAY": "2026-03-03"}
    proposal = finish(start(where, "prepare"))
    with event_server(slow_seconds=4) as taken:
        with psycopg.connect(own_database) as connection:
            connection.execute(SUBSCRIBE, [taken.address])
        finish(start(where, "confirm", proposal, "PE-000001,PE-000002,PE-000003,PE-000004", "coa"))
        assert said(own_database, STATES) == [("waiting", 4)]
        killed = worker(where)
        taken.wait_for(1)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert said(own_database, STATES) == [("waiting", 4)]
        first = taken.events[0][1]
        taken.slow_seconds = 0.3
        together = [worker(where, "--once") for _ in range(2)]
        for one in together:
            finish(one)
    assert said(own_database, STATES) == [("delivered", 4)]
    bodies = [body for _, body in taken.events[1:]]
    assert len(bodies) == len(set(bodies)) == 4, "each once, however many workers there are"
    assert first in bodies, "what the killed worker had in hand came again, under the same name"


@pytest.mark.crash
def test_a_worker_ends_in_order_while_it_delivers(own_database: str) -> None:
    where = environment(own_database) | {"WEBHOOK_NETWORKS": "127.0.0.0/8", "EENTHUIS_TODAY": "2026-03-03"}
    proposal = finish(start(where, "prepare"))
    with event_server(slow_seconds=1) as taken:
        with psycopg.connect(own_database) as connection:
            connection.execute(SUBSCRIBE, [taken.address])
        finish(start(where, "confirm", proposal, "PE-000001,PE-000002", "coa"))
        working = worker(where)
        taken.wait_for(1)
        working.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        finish(working)
        assert time.monotonic() - begun < PATIENCE_SECONDS
    assert ("delivered", 1) in said(own_database, STATES)
