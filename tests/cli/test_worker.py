"""The worker as a process of its own: it does what was asked, and one that dies leaves nothing hanging."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from programs import PATIENCE_SECONDS, environment, finish, start, wait_for


def said(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def worker(where: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "eenthuis.cli.main", "worker", *words],
        env=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until(url: str, query: str, wanted: object) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while (found := said(url, query)[0][0]) != wanted:
        assert time.monotonic() < end, found
        time.sleep(0.1)


STATE = "select state from store_runrow order by id desc limit 1"


@pytest.mark.crash
def test_a_worker_makes_the_proposal_that_was_asked_for_and_one_that_is_killed_leaves_nothing(
    own_database: str, tmp_path: Path
) -> None:
    where = environment(own_database)
    finish(start(where, "prepare"))
    assert finish(start(where, "ask", "coa")) == "run=1 new=True"
    gate = tmp_path / "gate"
    gate.touch()
    killed = start(where, "work", str(gate))
    wait_for(gate.with_suffix(".reached"), killed)
    assert said(own_database, STATE) == [("running",)]
    assert finish(start(where, "ask", "coa-2")) == "run=1 new=False"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with psycopg.connect(own_database) as connection:
        connection.execute("update store_runrow set beat_at = beat_at - interval '2 minutes'")
    assert finish(start(where, "ask", "coa-2")) == "run=2 new=True"
    assert said(own_database, "select state from store_runrow order by id") == [("lost",), ("waiting",)]

    finish(worker(where, "--once"))
    assert said(own_database, STATE) == [("done",)]
    ((proposal, made_by, ways),) = said(
        own_database,
        "select p.id, p.made_by, jsonb_array_length(p.audit -> 'ways') from store_proposalrow p "
        "join store_runrow r on r.proposal_id = p.id",
    )
    assert (made_by, ways) == ("coa-2", 6)
    assert said(own_database, "select count(*) from store_proposalrow") == [(2,)]
    ((told,),) = said(own_database, "select subject from store_journalrow where action = 'propose'")
    assert told == f"proposal {proposal}"
    assert said(own_database, "select people from store_runrow where id = 2") == [(22,)]


@pytest.mark.crash
def test_a_worker_told_to_end_leaves_the_list_and_a_stopped_one_keeps_the_best_so_far(
    own_database: str, tmp_path: Path
) -> None:
    where = environment(own_database)
    finish(start(where, "prepare"))
    idle = worker(where)
    until(own_database, "select count(*) from store_workerrow", 1)
    idle.send_signal(signal.SIGTERM)
    finish(idle)
    assert said(own_database, "select count(*) from store_workerrow") == [(0,)]
    finish(start(where, "ask", "coa"))
    gate = tmp_path / "gate"
    gate.touch()
    working = start(where, "work", str(gate))
    wait_for(gate.with_suffix(".reached"), working)
    with psycopg.connect(own_database) as connection:
        connection.execute("update store_runrow set stop_asked_by = 'coa-2' where state = 'running'")
    time.sleep(1.2)
    gate.unlink()
    assert finish(working) == "did=1"
    assert said(own_database, STATE) == [("done",)]
    assert said(own_database, "select linked from store_proposalrow order by id desc limit 1") == [(6,)]


def test_a_worker_says_what_is_wrong_with_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    from eenthuis.cli.main import main

    assert main(["worker", "--under", "nobody"]) == 2
    assert "--under" in capsys.readouterr().err
