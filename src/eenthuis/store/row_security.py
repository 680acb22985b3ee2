"""Row-level security: the authority matrix as policies of the tables; PostgreSQL refuses what a service forgets.

``tables.toml`` says which actions of ``access/matrix.toml`` open a table; the reach of every role in those rows becomes
a policy. Policies are made after migrating, only where they differ: the name of a policy carries the digest of what
it says.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from eenthuis.access import actions
from eenthuis.store.scope import COUNTING, WHOLE
from eenthuis.terms.access import Reach, Role
from eenthuis.terms.errors import SetupError

PREFIX = "eenthuis_"
PLACES = ("municipality", "taking_part", "linked", "association", "own")
KINDS = ("public", "notices", "accounts", "people")


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds, the actions that open it, and the columns that say whose a row is."""

    name: str
    holds: str
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None

    def column(self, of: str) -> str:
        """Return the column for a place or actor; empty when the table has none."""
        return (self.columns or {}).get(of, "")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of a table; ``name`` carries the digest of ``statement``."""

    table: str
    name: str
    statement: str


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by name.

    Raises
    ------
    SetupError
        SET-03 when a row has an unknown key or kind, or names an action that the matrix does not have.
    """
    text = (resources.files("eenthuis.store") / "tables.toml").read_text(encoding="utf-8")
    return {name: _table(name, row) for name, row in tomllib.loads(text).items()}


def _table(name: str, row: Mapping[str, str | list[str]]) -> Table:
    asked = [*row.get("read", ()), *row.get("write", ())]
    unknown = set(row) - {"holds", "read", "write", *PLACES}
    if unknown or row.get("holds") not in KINDS or not set(asked) <= set(actions()):
        raise SetupError(
            "SET-03",
            f"row {name!r} of store/tables.toml has an unknown key, kind or action",
            remedy="Mend it as its first lines say; actions stand in access/matrix.toml.",
        )
    return Table(
        name=name,
        holds=str(row["holds"]),
        read=tuple(row.get("read", ())),
        write=tuple(row.get("write", ())),
        columns={key: str(row[key]) for key in PLACES if key in row},
    )


def policies(table: Table) -> tuple[Policy, ...]:
    """Return the policies of a table: for reading, adding, changing and removing."""
    if table.holds != "people":
        return ()
    read = _condition(table, (*table.read, *table.write), everyone=(COUNTING, WHOLE))
    write = _condition(table, table.write, everyone=(WHOLE,))
    return (
        _policy(table, "read", f"for select using ({read})"),
        _policy(table, "add", f"for insert with check ({write})"),
        _policy(table, "change", f"for update using ({write}) with check ({write})"),
        _policy(table, "remove", f"for delete using ({write})"),
    )


def _policy(table: Table, kind: str, says: str) -> Policy:
    name = f"{PREFIX}{kind}_{hashlib.sha256(says.encode()).hexdigest()[:12]}"
    return Policy(table.name, name, f"create policy {name} on {table.name} {says}")


def _setting(name: str) -> str:
    return f"(select current_setting('eenthuis.{name}', true))"


def _condition(table: Table, opened_by: Sequence[str], *, everyone: tuple[str, ...]) -> str:
    roles: defaultdict[Reach, set[Role]] = defaultdict(set)
    for action in opened_by:
        for role, reach in actions()[action].reach.items():
            roles[reach].add(role)
    parts = [_is_one_of((*everyone, *roles[Reach.NATION]))]
    for reach, where in (
        (Reach.OWN_MUNICIPALITY, _own_municipality(table)),
        (Reach.OWN_PROVINCE, _own_province(table)),
        (Reach.OWN_HOMES, _own_homes(table)),
    ):
        if roles[reach] and where:
            parts.append(f"({_is_one_of(roles[reach])} and {where})")
    own = table.column("own")
    taking_part = table.column("taking_part")
    if taking_part and WHOLE in everyone and COUNTING in everyone:
        here = f"{_setting('municipality')} = any(string_to_array({taking_part}, ' '))"
        parts.append(f"({_is_one_of(roles[Reach.OWN_MUNICIPALITY])} and {here})")
    if own:
        parts.append(f"({_setting('role')} <> '' and {own} = {_setting('actor')})")
    return " or ".join(parts)


def _is_one_of(names: Sequence[str] | set[Role]) -> str:
    listed = ", ".join(f"'{name}'" for name in sorted(names))
    return f"{_setting('role')} in ({listed})"


def _own_municipality(table: Table) -> str:
    return _at(table, f"= nullif({_setting('municipality')}, '')")


def _own_province(table: Table) -> str:
    return _at(table, f"= any(string_to_array({_setting('province')}, ','))")


def _at(table: Table, here: str) -> str:
    if column := table.column("municipality"):
        return f"{column} {here}"
    if column := table.column("linked"):
        return (  # names from our own list, never from outside
            f"exists (select 1 from store_linkrow l where l.household = {table.name}.{column}"  # noqa: S608
            f" and l.kind = 'linked' and l.municipality {here}"
            " and not exists (select 1 from store_linkrow e where e.replaces_id = l.id))"
        )
    return ""


def _own_homes(table: Table) -> str:
    column = table.column("association")
    return f"{column} = nullif({_setting('association')}, '')" if column else ""


def wanted_policies() -> tuple[Policy, ...]:
    """Return the policies of every table."""
    return tuple(policy for table in tables().values() for policy in policies(table))


def secure() -> None:
    """Bring policies and grants up to date for the tables that are there, as their owner after migrating."""
    there = set(connection.introspection.table_names())
    wanted = {(policy.table, policy.name): policy for policy in wanted_policies() if policy.table in there}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('eenthuis row security', 0))")
        held = held_policies(cursor)
        for table, name in sorted(held - set(wanted)):
            cursor.execute(f"drop policy {name} on {table}")
        for table in sorted({table for table, _ in set(wanted) - held}):
            cursor.execute(f"alter table {table} enable row level security")
        for key in sorted(set(wanted) - held):
            cursor.execute(wanted[key].statement)
        _grant(cursor, str(settings.APPLICATION_ROLE))


def held_policies(cursor: CursorWrapper) -> set[tuple[str, str]]:
    """Return table and name of every policy of ours in the database."""
    cursor.execute(
        "select tablename, policyname from pg_policies"
        " where schemaname = current_schema() and starts_with(policyname, %s)",
        [PREFIX],
    )
    return {(str(table), str(name)) for table, name in cursor.fetchall()}


def _grant(cursor: CursorWrapper, role: str) -> None:
    """Let the application read and write, but change or remove nothing that is only ever added to.

    Where the role is missing and may not be made by this owner, nothing is granted; ``eenthuis doctor`` says so.
    """
    cursor.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user")
    (may_make,) = cursor.fetchone()
    cursor.execute(
        "select current_user = %s, exists (select 1 from pg_roles where rolname = %s)", [role, role]
    )
    is_owner, is_there = cursor.fetchone()
    if is_owner or not (is_there or may_make):
        return
    name = sql.Identifier(role)
    if not is_there:
        cursor.execute(
            sql.SQL(
                "do $$ begin create role {} login nosuperuser nobypassrls nocreatedb nocreaterole; "
                "exception when duplicate_object or unique_violation then null; end $$"
            ).format(name)
        )
    cursor.execute(_NOT_AS_IT_SHOULD_BE, {"role": role})
    (is_wrong,) = cursor.fetchone()
    if not is_wrong:
        return
    cursor.execute(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = current_schema() and c.relkind in ('r', 'p') and exists"
        " (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'only_added')"
    )
    only_added = [str(row[0]) for row in cursor.fetchall()]
    for statement in (
        "grant usage on schema public to {}",
        "grant select, insert, update, delete on all tables in schema public to {}",
        "grant usage, select on all sequences in schema public to {}",
        *(f"revoke update, delete on {table} from {{}}" for table in only_added),
        "revoke insert, update, delete on django_migrations from {}",
    ):
        cursor.execute(sql.SQL(statement).format(name))


_NOT_AS_IT_SHOULD_BE = """
select not has_schema_privilege(%(role)s, current_schema(), 'usage') or exists (
  select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and (
    c.relkind = 'S' and not has_sequence_privilege(%(role)s, c.oid, 'usage')
    or c.relkind in ('r', 'p') and (
      not has_table_privilege(%(role)s, c.oid, 'select')
      or c.relname <> 'django_migrations' and (
        not has_table_privilege(%(role)s, c.oid, 'insert')
        or has_table_privilege(%(role)s, c.oid, 'update') = exists (
          select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'only_added'
        )
      )
    )
  )
)
"""
