"""Getting database and Django ready for the commands that need them; the others never load this."""

from __future__ import annotations

import os
from pathlib import Path

from eenthuis.connect import postgres
from eenthuis.terms.errors import SetupError


def ready(*, demonstration: bool = False) -> postgres.Address:
    """Start the database server where it is ours, load Django and bring the tables up to date.

    Commands work as the owner of the tables; the pages run in programs of their own, as a role within the policies.

    Raises
    ------
    SetupError
        SET-01 when the database does not answer, SET-02 when the tables cannot be brought up to date.
    """
    if demonstration:
        from eenthuis.demonstration import DEMONSTRATION_DAY

        os.environ["EENTHUIS_DEMONSTRATION"] = "1"
        os.environ.setdefault("EENTHUIS_TODAY", DEMONSTRATION_DAY.isoformat())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eenthuis.site.settings")
    where = postgres.start()
    import django

    django.setup()
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict.update(where.settings)
    migrate()
    return where


def migrate() -> None:
    """Bring the tables up to date.

    Raises
    ------
    SetupError
        SET-02 when that fails.
    """
    from django.core.management import call_command
    from django.db.utils import Error

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Error as wrong:
        raise SetupError(
            "SET-02",
            f"the tables could not be brought up to date: {type(wrong).__name__}",
            remedy="Check that the database user may change tables, then run eenthuis doctor.",
        ) from wrong


def password_file() -> Path:
    """Return where the demonstration keeps the password of its accounts."""
    return postgres.home() / "demonstration-password"
