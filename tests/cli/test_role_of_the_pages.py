"""A server of one's own: the pages connect as a role within the policies, and what connects otherwise is not served."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from programs import environment
from psycopg import sql

from eenthuis.connect import postgres

PATIENCE_SECONDS = 120


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    where = {name: value for name, value in environment().items() if name != "EENTHUIS_TESTING"}
    return subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", *words],
        env={**where, "SECRET_KEY": "x", **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def of_the_pages(said: str) -> dict[str, str]:
    return next(row for row in csv.DictReader(io.StringIO(said)) if row["part"] == "role of the pages")


@pytest.fixture
def pages_url(server: postgres.Address, own_database: str) -> str:
    """Return the address of the test's own database for a role that a database administrator made beforehand."""
    role = "own_pages"
    with server.connect("postgres") as connection:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
    parts = urlsplit(own_database)
    return urlunsplit(parts._replace(netloc=f"{role}:@"))


def test_one_address_for_all_is_not_well_and_is_not_served(own_database: str) -> None:
    ill = run("demo", "accounts", "--format", "csv", DATABASE_URL=own_database)
    assert ill.returncode == 0, ill.stderr
    found = of_the_pages(run("doctor", "--format", "csv", DATABASE_URL=own_database).stdout)
    assert found["state"] == "not well"
    assert "superuser" in found["found"]
    assert "DATABASE_OWNER_URL" in found["remedy"]
    both = {"DATABASE_URL": own_database, "DATABASE_OWNER_URL": own_database}
    refused = run("serve", ALLOWED_HOSTS="x", **both)
    assert refused.returncode == 2
    assert "SET-01" in refused.stderr
    assert "is a superuser" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_two_addresses_are_well_and_the_roles_get_what_they_need(own_database: str, pages_url: str) -> None:
    both = {"DATABASE_URL": pages_url, "DATABASE_OWNER_URL": own_database}
    made = run("demo", "accounts", "--format", "csv", **both)
    assert made.returncode == 0, made.stderr
    found = of_the_pages(run("doctor", "--format", "csv", **both).stdout)
    assert found == {
        "part": "role of the pages",
        "state": "well",
        "found": "own_pages cannot go round the policies of the tables",
        "remedy": "",
    }
    where = postgres.read_url(pages_url)
    with where.connect() as connection:
        assert connection.execute("select count(*) from store_householdrow").fetchone() == (0,)
        assert connection.execute("select count(*) from store_announcementrow").fetchone() == (0,)
