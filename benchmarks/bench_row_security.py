"""What enforcing reach in PostgreSQL costs a page: the same page without policies and scope, in the same process.

Without: Django's own connection as the owner of the tables, whom no policy holds. With: the scope on every statement,
as the role of the pages. Both ask the same queries of the same demonstration country; rounds alternate.
"""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING

from ratio import Ratio

if TYPE_CHECKING:
    from django.test import Client

    from eenthuis.connect.postgres import Address

ROUNDS = 15
LIMIT = 1.25
PLAIN, SCOPED = "django.db.backends.postgresql", "eenthuis.store.scoped"
PAGES = {
    "start": ("/", ""),
    "half-year": ("/halfjaren/2026-I/", ""),
    "municipality, its own households": ("/gemeenten/GM0344/", "gemeente-utrecht"),
    "linking list": ("/koppelen/", "coa"),
    "linking list, searched": ("/koppelen/?zoek=PE-0001", "coa"),
    "household": ("/huishoudens/PE-000001/", "coa"),
    "journal": ("/journaal/", "auditor"),
}


def measure() -> list[Ratio]:
    """Build the demonstration where it is not there, and measure every page both ways."""
    from eenthuis.cli.demo import build_country
    from eenthuis.connect import postgres

    os.environ.setdefault("EENTHUIS_TESTING", "1")
    build_country(seed=None, rebuild=False)
    found = []
    for name, (address, account) in PAGES.items():
        client = _client(account)
        ways = ((PLAIN, postgres.owner()), (SCOPED, postgres.address()))
        times: dict[str, list[float]] = {PLAIN: [], SCOPED: []}
        for _ in range(ROUNDS):
            for engine, where in ways:
                _connect(engine, where)
                _once(client, address)
                times[engine].append(_once(client, address))
        found.append(
            Ratio(
                name=f"row-level security: {name}",
                ours=statistics.median(times[SCOPED]) * 1000,
                theirs=statistics.median(times[PLAIN]) * 1000,
                against="the same page without policies",
                unit="ms",
                limit=LIMIT,
            )
        )
    return found


def _client(account: str) -> Client:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    if account:
        user = get_user_model().objects.get(username=account)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _connect(engine: str, where: Address) -> None:
    from django.db import connections

    connections["default"].close()
    connections.settings["default"].update({"ENGINE": engine, **where.settings})
    del connections["default"]


def _once(client: Client, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:  # noqa: PLR2004 - a page that answers
        raise SystemExit(f"{address} answered {answer.status_code}")
    return seconds
