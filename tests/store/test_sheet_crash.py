"""A worker killed while it takes in a file leaves nothing half-saved and loses nothing: another one does it whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg
import pytest
from programs import environment, finish, wait_for
from workbooks import Written, xlsx

PROGRAM = Path(__file__).parents[1] / "sheets" / "sheet_program.py"
HEADINGS: list[Written] = [
    "Plaatsingseenheid",
    "Vergunning op",
    "Opvanglocatie",
    "Koppelregio",
    "Volwassenen",
]


def start(where: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), *words],
        env=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def counted(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.crash
def test_a_worker_killed_in_the_middle_saves_nothing_and_the_next_saves_all(
    own_database: str, tmp_path: Path
) -> None:
    where = environment(own_database)
    where["PYTHONPATH"] = f"{PROGRAM.parents[1] / 'country'}:{where.get('PYTHONPATH', '')}"
    rows: list[list[Written]] = [
        [f"IM-{number}", date(2025, 11, 3), "OL-001", "Zuid-Holland, Zeeland", "1990 m; 1991 v"]
        for number in range(300)
    ]
    file = tmp_path / "lijst.xlsx"
    file.write_bytes(xlsx({"Huishoudens": [HEADINGS, *rows]}))
    number = finish(start(where, "check", str(file)))
    gate = tmp_path / "gate"
    gate.touch()
    killed = start(where, "take-in", str(gate))
    wait_for(gate.with_suffix(".reached"), killed)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    households = "select count(*) from store_householdrow where identifier like 'IM-%'"
    members = "select count(*) from store_memberrow where household_id like 'IM-%'"
    lines = "select count(*) from store_journalrow where action in ('register-household', 'take-in-sheet')"
    assert [counted(own_database, query) for query in (households, members, lines)] == [0, 0, 0]
    assert counted(own_database, "select count(*) from store_stagedrow") == 300
    gate.unlink()
    assert finish(start(where, "take-in", str(gate))) == f"did={number}"
    assert [counted(own_database, query) for query in (households, members, lines)] == [300, 600, 301]
    state = "select count(*) from store_sheetrow where state = 'done' and content is null"
    assert counted(own_database, state) == 1
