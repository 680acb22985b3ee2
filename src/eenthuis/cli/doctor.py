"""``eenthuis doctor``: look at every part of an installation and say how to mend what is not well."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect import clock, postgres
from eenthuis.terms.errors import EenthuisError

COLUMNS = ("part", "state", "found", "remedy")
WELL, NOT_WELL = "well", "not well"
SECONDS_APART = 2
ROOM = 1 << 30
ASSETS = ("vendor/fira-sans/fira-sans.css", "vendor/tokens/theme.css", "vendor/utrecht/components.css")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part; ``remedy`` is empty when it is well."""

    part: str
    found: str
    remedy: str = ""

    @property
    def state(self) -> str:
        """Whether the part is well."""
        return NOT_WELL if self.remedy else WELL


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.epilog = "Example: eenthuis doctor --format json"
    add_format(parser)
    parser.set_defaults(run=run_doctor)


def run_doctor(options: argparse.Namespace) -> int:
    """Print every finding; exit 1 when something is not well."""
    findings = examine()
    rows = [{"part": f.part, "state": f.state, "found": f.found, "remedy": f.remedy} for f in findings]
    write_rows(rows, form=options.format, columns=COLUMNS)
    return int(any(finding.remedy for finding in findings))


def examine() -> tuple[Finding, ...]:
    """Look at every part; a part that cannot be looked at is not well, and never ends the round."""
    parts: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("database", _database),
        ("tables", _tables),
        ("role of the pages", _role),
        ("clock", _clock),
        ("queue", _queue),
        ("assets", _assets),
        ("secret key", _secret_key),
        ("sign-in providers", _providers),
        ("disk", _disk),
    )
    found = []
    for part, look in parts:
        try:
            found.append(look())
        except EenthuisError as wrong:
            found.append(Finding(part, f"{wrong.code} {wrong.message}", wrong.remedy))
        except Exception as wrong:  # noqa: BLE001 - whatever is broken, the other parts are still looked at
            found.append(
                Finding(part, f"{type(wrong).__name__}", "Look at the database first, then at its log.")
            )
    return tuple(found)


def _database() -> Finding:
    where = postgres.start()
    with where.connect() as connection:
        row = connection.execute("select current_setting('server_version')").fetchone()
    kind = "your own server" if os.environ.get("DATABASE_URL") else "embedded"
    return Finding("database", f"PostgreSQL {row[0] if row else '?'}, {kind}")


def _tables() -> Finding:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eenthuis.site.settings")
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(
            "tables", f"{len(waiting)} changes are waiting", "Run eenthuis serve or eenthuis demo build."
        )
    return Finding("tables", "up to date")


def _role() -> Finding:
    where = postgres.address()
    ways = postgres.ways_round(where)
    if ways:
        return Finding(
            "role of the pages",
            f"{where.user} {' and '.join(ways)}, so policies do not hold for it",
            "Let DATABASE_URL name a role of its own and DATABASE_OWNER_URL the owner; see the how-to on PostgreSQL.",
        )
    from eenthuis.services.row_policies import policies_missing

    missing = policies_missing()
    if missing:
        return Finding(
            "role of the pages",
            f"policies of {', '.join(missing)} are not up to date",
            "Run eenthuis serve or eenthuis demo build, which bring them up to date.",
        )
    return Finding("role of the pages", f"{where.user} cannot go round the policies of the tables")


def _clock() -> Finding:
    with postgres.owner().connect() as connection:
        row = connection.execute("select extract(epoch from clock_timestamp())").fetchone()
    apart = abs(float(row[0]) - clock.now().timestamp()) if row else SECONDS_APART + 1
    fixed = os.environ.get("EENTHUIS_TODAY", "")
    said = f"{apart:.1f} s from the database's" + (
        f"; EENTHUIS_TODAY fixes the day at {fixed}" if fixed else ""
    )
    if apart > SECONDS_APART:
        return Finding("clock", said, "Let both machines take their time from the network.")
    clock.today()
    return Finding("clock", said)


def _queue() -> Finding:
    from eenthuis.services.work import queue_now

    queue = queue_now()
    found = (
        f"{queue.workers} workers, {queue.waiting} runs waiting, {queue.silent} runs whose worker is silent"
    )
    if queue.waiting and not queue.workers:
        return Finding("queue", found, "Start eenthuis worker, or serve without --without-worker.")
    return Finding("queue", found)


def _assets() -> Finding:
    static = resources.files("eenthuis.web") / "static"
    missing = [name for name in ASSETS if not (static / name).is_file()]
    if missing:
        return Finding(
            "assets", f"missing: {', '.join(missing)}", "Run make setup, which fetches them from npm."
        )
    return Finding("assets", "style sheets and fonts are there")


def _secret_key() -> Finding:
    if os.environ.get("SECRET_KEY"):
        return Finding("secret key", "set")
    if (postgres.home() / "secret-key").exists():
        return Finding("secret key", "the demonstration's own")
    return Finding(
        "secret key", "none: only calculators and the demonstration work without", "Set SECRET_KEY."
    )


def _providers() -> Finding:
    from eenthuis.connect.oidc import discover
    from eenthuis.connect.sign_in_providers import read_providers

    found = read_providers(os.environ.get("OIDC_PROVIDERS", ""))
    for provider in found.values():
        try:
            discover(provider)
        except EenthuisError as wrong:
            return Finding("sign-in providers", f"{provider.key}: {wrong.code} {wrong.message}", wrong.remedy)
    names = ", ".join(found) or "none"
    return Finding("sign-in providers", f"{names}; each answers" if found else names)


def _disk() -> Finding:
    folder = Path(postgres.home())
    free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free
    if free < ROOM:
        return Finding("disk", f"{free >> 20} MiB free", "Make room: the database needs some to recover in.")
    return Finding("disk", f"{free >> 30} GiB free")
