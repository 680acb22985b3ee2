"""``eenthuis serve``: serve the pages on a real installation."""

from __future__ import annotations

import argparse
import os

from eenthuis.cli import processes
from eenthuis.cli.arguments import whole_number
from eenthuis.connect import postgres
from eenthuis.terms.errors import SetupError

NEEDED = {
    "SECRET_KEY": "Set it to a long random text of your own, and keep it.",
    "DATABASE_URL": "Set it to the role of the pages on your server: postgresql://role:password@host:5432/eenthuis.",
    "DATABASE_OWNER_URL": "Set it to the same database as the owner of its tables.",
    "ALLOWED_HOSTS": "Set it to the names under which the pages are reached, separated by commas.",
}
PORT = 8000
WORKERS = 4
THREADS = 4


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.epilog = (
        "Example: DATABASE_URL=… SECRET_KEY=… ALLOWED_HOSTS=eenthuis.example.nl eenthuis serve --port 8000"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", default=str(PORT), metavar="N", help=f"port to listen on (default {PORT})")
    parser.add_argument("--workers", default=str(WORKERS), metavar="N", help=f"processes (default {WORKERS})")
    parser.add_argument(
        "--without-worker",
        action="store_true",
        help="start no worker here, because eenthuis worker runs elsewhere",
    )
    parser.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Bring the tables up to date and serve until stopped, with a worker for what is asked in the background.

    Raises
    ------
    SetupError
        SET-01 when a setting is missing or the database does not answer; every missing setting is named.
    """
    port, workers = whole_number(options.port, "--port"), whole_number(options.workers, "--workers")
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        raise SetupError(
            "SET-01",
            f"{', '.join(missing)} not set; a real installation needs them",
            remedy=" ".join(NEEDED[name] for name in missing)
            + " To look around first, use eenthuis demo serve.",
        )
    from eenthuis.cli.django_ready import ready

    ready()
    _check_role()
    from django.db import connections

    connections.close_all()
    bind = f"{options.host}:{port}"
    print(f"Eenthuis listens on http://{bind}; put your proxy with TLS before it.", flush=True)
    serving = processes.pages(bind, workers=workers, threads=THREADS)
    return processes.run_together(serving, None if options.without_worker else processes.worker())


def _check_role() -> None:
    where = postgres.address()
    ways = postgres.ways_round(where)
    if ways:
        raise SetupError(
            "SET-01",
            f"the role {where.user} of DATABASE_URL {' and '.join(ways)}; the pages need one within the policies",
            remedy="Make a role of its own for DATABASE_URL, as the how-to on a PostgreSQL server shows.",
        )
