"""Two officers at once, and power cuts: nothing confirmed is lost and nothing is left half-done."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from programs import PATIENCE_SECONDS, environment, finish, start, wait_for


def counted(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


LINKS = "select count(*) from store_linkrow"
LINES = "select count(*) from store_journalrow where action = 'confirm-link'"


@pytest.fixture
def prepared(own_database: str) -> tuple[dict[str, str], str]:
    where = environment(own_database)
    return where, finish(start(where, "prepare"))


def test_of_two_officers_who_confirm_at_once_one_wins_and_the_other_is_told(
    prepared: tuple[dict[str, str], str], own_database: str, tmp_path: Path
) -> None:
    where, proposal = prepared
    gate = tmp_path / "gate"
    gate.touch()
    first = start(where, "confirm", proposal, "PE-000001", "coa", str(gate))
    wait_for(gate.with_suffix(".reached"), first)
    second = start(where, "confirm", proposal, "PE-000001", "coa-2")
    time.sleep(2.5)
    assert second.poll() is None, "the second officer waits for the first"
    gate.unlink()
    assert finish(first) == "linked=1 refused="
    assert finish(second) == "linked=0 refused=PE-000001:already-linked"
    assert counted(own_database, LINKS) == 1


def test_two_officers_together_never_exceed_what_is_open(
    prepared: tuple[dict[str, str], str], own_database: str, tmp_path: Path
) -> None:
    """Ameland may house four in 2026-I and three before that: three, four and five people do not fit together."""
    where, proposal = prepared
    gate = tmp_path / "gate"
    gate.touch()
    first = start(where, "confirm", proposal, "PE-000003,PE-000004", "coa", str(gate))
    wait_for(gate.with_suffix(".reached"), first)
    second = start(where, "confirm", proposal, "PE-000005", "coa-2")
    time.sleep(1)
    gate.unlink()
    assert finish(first) == "linked=2 refused="
    assert finish(second) == "linked=0 refused=PE-000005:no-room"
    assert counted(own_database, "select sum(persons) from store_linkrow where municipality = 'GM0060'") == 7


@pytest.mark.crash
def test_a_program_killed_in_the_middle_of_a_confirm_leaves_nothing_half_done(
    prepared: tuple[dict[str, str], str], own_database: str, tmp_path: Path
) -> None:
    where, proposal = prepared
    gate = tmp_path / "gate"
    gate.touch()
    killed = start(where, "confirm", proposal, "PE-000001,PE-000002", "coa", str(gate))
    wait_for(gate.with_suffix(".reached"), killed)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert counted(own_database, LINKS) == 0
    assert counted(own_database, LINES) == 0
    again = start(where, "confirm", proposal, "PE-000001,PE-000002", "coa")
    assert finish(again) == "linked=2 refused="
    assert (counted(own_database, LINKS), counted(own_database, LINES)) == (2, 2)


STEPS = "select count(*) from store_waysteprow where kind = 'home-offered'"
OFFERS = "select count(*) from store_offerrow"
TOLD = "select count(*) from store_noticerow where kind = 'home-offered'"


@pytest.mark.crash
def test_a_program_killed_in_the_middle_of_a_step_loses_nothing_and_leaves_nothing_half_done(
    prepared: tuple[dict[str, str], str], own_database: str, tmp_path: Path
) -> None:
    where, proposal = prepared
    assert finish(start(where, "confirm", proposal, "PE-000001,PE-000002", "coa")) == "linked=2 refused="
    home = finish(start(where, "home"))
    gate = tmp_path / "gate"
    gate.touch()
    killed = start(where, "offer", "PE-000001", home, str(gate))
    wait_for(gate.with_suffix(".reached"), killed)
    second = start(where, "offer", "PE-000002", home)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert finish(second) == "home-offered"
    assert [counted(own_database, query) for query in (STEPS, OFFERS, TOLD)] == [1, 1, 1]
    assert finish(start(where, "offer", "PE-000001", home)) == "STA-08"
    assert [counted(own_database, query) for query in (STEPS, OFFERS, TOLD)] == [1, 1, 1]
    assert counted(own_database, LINKS) == 2


@pytest.fixture
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("own-home")
    yield home
    stop_server(home, signal.SIGTERM)


def stop_server(home: Path, how: signal.Signals) -> None:
    pid_file = home / "postgres" / "postmaster.pid"
    if pid_file.exists():
        os.kill(int(pid_file.read_text().splitlines()[0]), how)


def own_address(home: Path) -> str:
    lines = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://postgres:@/eenthuis?host={lines[4].strip()}&port={lines[3]}"


@pytest.mark.crash
def test_a_server_killed_after_a_confirm_still_knows_it_and_not_the_one_under_way(
    own_home: Path, tmp_path: Path
) -> None:
    where = environment(home=own_home)
    proposal = finish(start(where, "prepare"))
    assert finish(start(where, "confirm", proposal, "PE-000001", "coa")) == "linked=1 refused="
    gate = tmp_path / "gate"
    gate.touch()
    under_way = start(where, "confirm", proposal, "PE-000002", "coa", str(gate))
    wait_for(gate.with_suffix(".reached"), under_way)
    stop_server(own_home, signal.SIGKILL)
    gate.unlink()
    said, _ = under_way.communicate(timeout=PATIENCE_SECONDS)
    assert under_way.returncode != 0
    assert "linked=1" not in said
    assert finish(start(where, "confirm", proposal, "PE-000001", "coa")) == (
        "linked=0 refused=PE-000001:already-linked"
    )
    holder = start(where, "confirm", proposal, "PE-000006", "coa", str(tmp_path / "none"))
    assert finish(holder) == "linked=0 refused=PE-000006:not-proposed"
    assert finish(start(where, "confirm", proposal, "PE-000002", "coa")) == "linked=1 refused="
