"""``eenthuis demo``: build and serve the demonstration country."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Callable
from datetime import date

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from eenthuis.cli import processes
from eenthuis.cli.arguments import whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect import postgres
from eenthuis.terms.errors import SetupError

PORT = 8000
WORKERS = 2
THREADS = 4


def register(parser: argparse.ArgumentParser) -> None:
    """Add the three commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    build = commands.add_parser(
        "build",
        help="build the country if it is not there",
        description="Build the demonstration country: real places and numbers, invented people.",
        epilog="Example: eenthuis demo build --seed 2026",
    )
    build.add_argument("--seed", metavar="N", help="another seed, another country")
    build.add_argument("--rebuild", action="store_true", help="throw the present demonstration away first")
    build.set_defaults(run=run_build)
    serve = commands.add_parser(
        "serve",
        help="serve the pages on this machine",
        description="Serve the demonstration country and print its accounts.",
        epilog="Example: eenthuis demo serve --port 8010",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", default=str(PORT), metavar="N", help=f"port to listen on (default {PORT})")
    serve.set_defaults(run=run_serve)
    accounts = commands.add_parser(
        "accounts",
        help="print the accounts",
        description="Print the demonstration's accounts with their password.",
        epilog="Example: eenthuis demo accounts --format csv",
    )
    add_format(accounts)
    accounts.set_defaults(run=run_accounts)


def run_build(options: argparse.Namespace) -> int:
    """Build the country, with its steps shown on a terminal."""
    seed = None if options.seed is None else whole_number(options.seed, "--seed")
    build_country(seed=seed, rebuild=options.rebuild)
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Serve the country until interrupted, building it first where it is not there."""
    port = whole_number(options.port, "--port")
    _check_free(options.host, port)
    build_country(seed=None, rebuild=False)
    _print_accounts(f"http://{options.host}:{port}")
    serving = processes.pages(f"{options.host}:{port}", workers=WORKERS, threads=THREADS)
    return processes.run_together(serving, processes.worker())


def run_accounts(options: argparse.Namespace) -> int:
    """Print the accounts."""
    from eenthuis.cli.django_ready import password_file, ready

    ready(demonstration=True)
    from eenthuis.services.accounts import demonstration_accounts

    file = password_file()
    password = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    rows = [
        {"account": line.name, "role": line.role, "place": line.place, "password": password}
        for line in demonstration_accounts()
    ]
    write_rows(rows, form=options.format, columns=("account", "role", "place", "password"))
    return 0


def build_country(*, seed: int | None, rebuild: bool) -> None:
    """Build the demonstration country if it is not there, or anew."""
    from eenthuis.cli.django_ready import password_file, ready
    from eenthuis.demonstration import DEMONSTRATION_SEED

    if rebuild:
        _throw_away()
    ready(demonstration=True)
    from eenthuis.services.demonstration import build, make_password

    file = password_file()
    if not file.exists():
        file.write_text(make_password(), encoding="utf-8")
        file.chmod(0o600)
    today = date.fromisoformat(os.environ["EENTHUIS_TODAY"])
    with _steps() as on_step:
        made = build(
            seed=DEMONSTRATION_SEED if seed is None else seed,
            today=today,
            password=file.read_text(encoding="utf-8").strip(),
            on_step=on_step,
        )
    state = "built" if made.is_new else "was there already"
    print(f"The demonstration country of seed {made.seed} on {made.today.isoformat()} {state}.")


class _steps:  # noqa: N801 - reads as a verb in a with statement
    """Shows the step at hand on a terminal, and nothing in a pipe."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Callable[[str], None]:
        if not self._shown:
            return lambda _: None
        self._progress.start()
        task = self._progress.add_task("starting")
        return lambda step: self._progress.update(task, description=step)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._progress.stop()


def _throw_away() -> None:
    """Drop the demonstration's database; a real installation's is never touched.

    Raises
    ------
    SetupError
        SET-01 when ``DATABASE_URL`` points at a server of your own.
    """
    if os.environ.get("DATABASE_URL"):
        raise SetupError(
            "SET-01",
            "--rebuild only throws the embedded database away, and DATABASE_URL names another",
            remedy="Unset DATABASE_URL, or empty that database yourself.",
        )
    where = postgres.start()
    with where.connect("postgres") as connection:
        connection.execute(f"drop database if exists {postgres.DATABASE} with (force)")
    postgres.make_database(where)


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            raise SetupError(
                "SET-01",
                f"port {port} on {host} cannot be used: {wrong.strerror}",
                remedy="Stop what uses it, or choose another: make demo PORT=8010.",
            ) from wrong


def _print_accounts(address: str) -> None:
    from eenthuis.cli.django_ready import password_file
    from eenthuis.services.accounts import demonstration_accounts

    print(f"\nEenthuis is at {address} (stop with Ctrl-C).")
    print(f"Sign in with one click at {address}/aanmelden/, or with these accounts:")
    password = password_file().read_text(encoding="utf-8").strip()
    for line in demonstration_accounts():
        place = f"{line.role}, {line.place}" if line.place else line.role
        print(f"  {line.name:<18} {password}  ({place})")
    print(flush=True)
    from django.db import connections

    connections.close_all()
