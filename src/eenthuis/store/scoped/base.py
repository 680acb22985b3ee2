"""The connection that tells PostgreSQL for whom each statement is.

Outside a transaction every statement brings the scope along in the same message, so it costs no round trip, holds for
that statement and is gone with it: there is nothing to clear, and a pooler between us and the server may hand the
connection to anyone. In a transaction the first statement brings it, and again the first after something was rolled
back or the scope changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from psycopg import ServerCursor
from psycopg.sql import Literal

from eenthuis.store.scope import NOBODY, SETTINGS, Scope, current

if TYPE_CHECKING:
    Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]

KEPT = 1000
"""Scopes whose words each process keeps."""

TRANSACTION_WORDS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class DatabaseWrapper(PostgresWrapper):
    """A connection whose statements carry the scope.

    ``SCOPE_ROLE`` in the settings of the database names a role that a statement with a scope is done as. Tests use
    it, whose own connection is the owner's; a service connects as that role at once.
    """

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        """Prepare a connection; nothing is opened yet."""
        super().__init__(settings_dict, alias)
        self._held: Scope | None = NOBODY  # None: not known, since something was rolled back
        self.execute_wrappers.append(self._in_scope)

    def connect(self) -> None:
        """Open the connection; it holds no scope."""
        self._held = NOBODY
        super().connect()

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's own signature
        self._held = NOBODY
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out

    def _rollback(self) -> None:
        self._held = NOBODY
        super()._rollback()  # type: ignore[misc]  # the stubs leave it out

    def _commit(self) -> None:
        self._held = NOBODY
        super()._commit()  # type: ignore[misc]  # the stubs leave it out

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs leave it out
        self._held = None

    def _in_scope(
        self,
        execute: Execute,
        query: object,
        given: Sequence[object] | None,
        many: bool,  # noqa: FBT001 - Django's own signature
        context: dict[str, Any],
    ) -> object:
        wanted, in_transaction = current(), not self.get_autocommit()
        held = self._held if in_transaction else NOBODY
        if wanted == held or (isinstance(query, str) and query.startswith(TRANSACTION_WORDS)):
            return execute(query, given, many, context)
        cursor = context["cursor"].cursor
        if many or not isinstance(query, str) or isinstance(cursor, ServerCursor):
            return self._told_apart(wanted, partial(execute, query, given, many, context))
        words = self._words(wanted, "true")
        together = f"{words if given is None else words.replace('%', '%%')};{query}"
        answer = execute(together, given, many, context)
        cursor.nextset()
        if in_transaction:
            self._held = wanted
        return answer

    def _told_apart(self, wanted: Scope, execute: Callable[[], object]) -> object:
        """Tell the scope in a message of its own, for what cannot share one; outside a transaction, take it back."""
        with self.wrap_database_errors, self.connection.cursor() as teller:
            if not self.get_autocommit():
                teller.execute(self._words(wanted, "true"))
                self._held = wanted
                return execute()
            teller.execute(self._words(wanted, "false"))
            try:
                return execute()
            finally:
                teller.execute(self._words(NOBODY, "false"))

    def _words(self, scope: Scope, is_local: str) -> str:
        return words(scope, str(self.settings_dict.get("SCOPE_ROLE", "")), is_local)


@lru_cache(maxsize=KEPT)
def words(scope: Scope, role: str, is_local: str) -> str:
    """Return the statement that tells a scope, for its transaction or until it is told otherwise."""
    values = dict(zip(SETTINGS, astuple(scope), strict=True))
    told = {f"eenthuis.{name}": value for name, value in values.items()}
    if role:
        told["role"] = "none" if scope == NOBODY else role
    parts = (
        f"set_config({Literal(name).as_string()},{Literal(value).as_string()},{is_local})"
        for name, value in told.items()
    )
    return "select " + ",".join(parts)
