"""Whether the database holds the policies that follow from the authority matrix."""

from __future__ import annotations

from django.db import connection

from eenthuis.store.row_security import held_policies, wanted_policies


def policies_missing() -> tuple[str, ...]:
    """Return the tables whose policies are not those of this version."""
    with connection.cursor() as cursor:
        held = held_policies(cursor)
    wanted = {(policy.table, policy.name) for policy in wanted_policies()}
    return tuple(sorted({table for table, _ in held ^ wanted}))
