"""The commands that erase and that say for what a record was used: bad input is told before anything starts."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import psycopg
import pytest
from programs import environment, finish, start

from eenthuis.cli.main import main
from eenthuis.terms.processing import ACTIVITIES, Activity


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", "--as-of", "gisteren"]) == 2
    assert "INP-01" in capsys.readouterr().err


def test_the_register_of_activities_is_whole_and_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["processing", "activities", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["activity"] for row in rows] == list(Activity) == list(ACTIVITIES)
    assert all(row["purpose"] and row["ground"] and row["fields"] for row in rows)


def test_a_day_ahead_is_only_looked_at_and_a_due_one_is_erased(own_database: str) -> None:
    where = environment(own_database) | {"EENTHUIS_TODAY": "2026-03-03"}
    finish(start(where, "prepare"))
    with psycopg.connect(own_database) as connection:
        connection.execute(
            """
            insert into store_linkrow
              (household, step, kind, municipality, half_year, persons, "on", reasons, why, decided_by, decided_at)
            values ('PE-000001', 1, 'linked', 'GM0344', '2024-I', 1, '2024-01-01', '[]', '', 'coa', now());
            insert into store_signoffrow
              (household, step, kind, link_id, municipality, half_year, persons, "on", why, decided_by, decided_at)
            select household, 1, 'signed-off', id, municipality, half_year, persons, '2024-03-03', '', 'coa', now()
            from store_linkrow where household = 'PE-000001'
            """
        )

    def erase(*words: str) -> tuple[int, dict[str, dict[str, str]], str]:
        done = subprocess.run(
            [sys.executable, "-m", "eenthuis.cli.main", "erase", "--format", "csv", *words],
            env=where | {"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        rows = {row["kind"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
        return done.returncode, rows, done.stderr

    code, rows, _ = erase("--as-of", "2030-01-01", "--dry-run")
    assert (code, rows["household"]["count"], rows["household"]["state"]) == (0, "1", "would go")
    code, _, wrong = erase("--as-of", "2030-01-01")
    assert code == 2
    assert "INP-06" in wrong
    code, rows, _ = erase()
    assert (code, rows["household"]["count"], rows["household"]["authority"]) == (0, "1", "assumption")
    with psycopg.connect(own_database) as connection:
        held = connection.execute("select household, persons from store_signoffrow").fetchall()
        left = connection.execute("select count(*) from store_householdrow where identifier = 'PE-000001'")
        assert left.fetchall() == [(0,)]
    assert [(name[:2], persons) for name, persons in held] == [("X-", 1)]
