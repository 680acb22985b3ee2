"""Programs that belong together: the pages and the worker beside them, ended as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

PAUSE_SECONDS = 0.5
"""So often the pages are looked after, and so long a worker that ended stays away."""

PATIENCE_SECONDS = 20
"""So long a program that is told to end may take."""


def pages(bind: str, *, workers: int, threads: int) -> list[str]:
    """Return the command that serves the pages at an address and port."""
    return [
        sys.executable, "-m", "gunicorn", "eenthuis.site.wsgi:application",
        "--bind", bind, "--workers", str(workers), "--threads", str(threads),
        "--log-level", "warning", "--preload",
    ]  # fmt: skip


def worker() -> list[str]:
    """Return the command of a worker that ends when this program does."""
    return [sys.executable, "-m", "eenthuis.cli.main", "worker", "--under", str(os.getpid())]


def run_together(serving: list[str], beside: list[str] | None) -> int:
    """Run the pages until they end or this program is told to; return 0 when that was in order.

    The program beside them is started again whenever it ends by itself.
    """
    within_policies = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    server = subprocess.Popen(serving, env=within_policies)  # noqa: S603 - our own command
    other = None if beside is None else subprocess.Popen(beside, env=os.environ.copy())  # noqa: S603 - likewise
    told: list[int] = []

    def end(how: int, _frame: object) -> None:
        told.append(how)
        server.terminate()

    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, end)
    while server.poll() is None:
        time.sleep(PAUSE_SECONDS)
        if beside is not None and other is not None and other.poll() is not None and not told:
            other = subprocess.Popen(beside, env=os.environ.copy())  # noqa: S603 - our own command
    if other is not None:
        _end(other)
    return 0 if server.returncode in {0, -signal.SIGTERM} else 1


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
