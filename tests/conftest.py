"""A real PostgreSQL for the tests that need one, started when the first of them asks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from eenthuis.connect import postgres


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Address]:
    """Start an embedded server that all workers of a run share, unless ``DATABASE_URL`` names one."""
    base = tmp_path_factory.getbasetemp()
    shared: Path = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EENTHUIS_HOME", str(shared / "home"))
        yield postgres.start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    server: postgres.Address, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Point Django at the server; each worker has a database of its own.

    Tests work as the owner; what they ask through a request is asked as the role of the pages, within its policies.
    """
    del django_db_modify_db_settings_parallel_suffix
    where = server.settings
    where.pop("NAME")
    connections["default"].settings_dict.update(where)
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    connections["default"].settings_dict["SCOPE_ROLE"] = settings.APPLICATION_ROLE


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, server: postgres.Address) -> Iterator[None]:
    """End sessions that threads of a test left open, before the database is dropped."""
    del django_db_setup
    yield
    name = connections["default"].settings_dict["NAME"]
    connections.close_all()
    with server.connect("postgres") as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
        )


@pytest.fixture
def own_database(server: postgres.Address, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of an empty database of the test's own, for programs that are killed or race."""
    name = f"own_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    with server.connect("postgres") as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    yield f"postgresql://{server.user}:{server.password}@/{name}?host={server.host}&port={server.port}"
    with server.connect("postgres") as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def proposal(db: None) -> int:
    """Fill the tables with the small country and return the number of its proposal."""
    del db
    from small_country import prepare

    return prepare()
