"""The demonstration from the command line: built once, whole or not at all; serve and doctor say what is wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

PATIENCE_SECONDS = 180
WORKERS = "select count(*) from store_workerrow"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("EENTHUIS_", "PYTEST_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    return {**kept, "EENTHUIS_HOME": str(home), **more}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "eenthuis.cli.main", *words]


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def rows(home: Path, query: str) -> int:
    lines = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    with psycopg.connect(
        host=lines[4].strip(), port=lines[3], user="postgres", dbname="eenthuis"
    ) as connection:
        found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.crash
def test_a_build_that_is_killed_leaves_nothing_and_the_next_one_builds(tmp_path: Path) -> None:
    home = tmp_path / "home"
    keeper = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from eenthuis.connect.postgres import start; start(); print('up', flush=True); input()",
        ],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert keeper.stdout is not None
    assert keeper.stdin is not None
    assert keeper.stdout.readline() == "up\n"
    building = subprocess.Popen(command("demo", "build"), env=environment(home), stdout=subprocess.PIPE)
    until = time.monotonic() + PATIENCE_SECONDS
    while not busy(home) and time.monotonic() < until and building.poll() is None:
        time.sleep(0.02)
    building.send_signal(signal.SIGKILL)
    building.communicate()
    assert rows(home, "select count(*) from store_announcementrow") == 0
    assert rows(home, "select count(*) from store_builtcountryrow") == 0

    assert "built." in run(home, "demo", "build").stdout
    assert rows(home, "select count(*) from store_builtcountryrow") == 1
    assert "was there already" in run(home, "demo", "build").stdout
    other = run(home, "demo", "build", "--seed", "7")
    assert other.returncode == 2
    assert "--rebuild" in other.stderr
    accounts = run(home, "demo", "accounts", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[0] for line in accounts[1:]] == [
        "ministerie", "coa", "gemeente-utrecht", "gemeente-zundert", "provincie-utrecht",
        "provincie-utrecht-2", "ind", "corporatie", "auditor", "beheer", "coa-regio-noord", "coa-regio-oost",
        "coa-regio-midden", "coa-regio-west", "coa-regio-zuid", "ind-2", "beheer-2", "gemeente-amersfoort",
        "ministerie-2",
    ]  # fmt: skip
    well = run(home, "doctor", "--format", "csv")
    assert well.returncode == 0, well.stdout
    serves_and_stops(home)
    keeper.stdin.write("\n")
    keeper.communicate(timeout=PATIENCE_SECONDS)


def serves_and_stops(home: Path) -> None:
    """Serve until a signal comes; then nothing is left running."""
    for how in (signal.SIGINT, signal.SIGTERM):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        serving = subprocess.Popen(
            command("demo", "serve", "--port", str(port)),
            env=environment(home),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert serving.stdout is not None
        while f"http://127.0.0.1:{port}/aanmelden/" not in serving.stdout.readline():
            assert serving.poll() is None
        until = time.monotonic() + PATIENCE_SECONDS
        while not (listens(port) and rows(home, WORKERS)) and time.monotonic() < until:
            time.sleep(0.05)
        assert rows(home, WORKERS) == 1, "a worker stands beside the pages"
        serving.send_signal(how)
        assert serving.wait(timeout=PATIENCE_SECONDS) == 0
        serving.stdout.close()
        assert not listens(port)
        assert rows(home, WORKERS) == 0


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def busy(home: Path) -> bool:
    """Return whether the build is in the middle of its one transaction."""
    try:
        return bool(
            rows(
                home,
                "select count(*) from pg_stat_activity, (select count(*) as built from store_builtcountryrow) b, "
                "(select 1 from pg_trigger where tgname = 'one_target_in_force') t "
                "where datname = 'eenthuis' and pid <> pg_backend_pid() and backend_xid is not null and b.built = 0 "
                "and xact_start < clock_timestamp() - interval '0.3 seconds'",
            )
        )
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return False


def test_a_port_that_is_taken_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run(tmp_path / "home", "demo", "serve", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 2
    assert "make demo PORT=8010" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_a_real_installation_names_every_setting_it_lacks(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", SECRET_KEY="x")  # noqa: S106 - invented
    assert refused.returncode == 2
    assert "DATABASE_URL, DATABASE_OWNER_URL, ALLOWED_HOSTS not set" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_doctor_goes_on_when_the_database_does_not_answer(tmp_path: Path) -> None:
    ill = run(tmp_path, "doctor", "--format", "csv", DATABASE_URL="postgresql://a:b@127.0.0.1:1/none")
    assert ill.returncode == 1
    states = {line.split(",")[0]: line.split(",")[1] for line in ill.stdout.splitlines()[1:]}
    assert states["database"] == states["tables"] == states["clock"] == "not well"
    assert states["assets"] == states["disk"] == "well"
    assert "Traceback" not in ill.stderr


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense"])
def test_an_address_of_another_kind_of_database_is_refused(tmp_path: Path, url: str) -> None:
    refused = run(tmp_path, "demo", "build", DATABASE_URL=url)
    assert refused.returncode == 2
    assert "SET-01" in refused.stderr
