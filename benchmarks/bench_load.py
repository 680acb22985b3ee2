"""A hundred users at once on the demonstration country, beside a bare Django view under the same users.

Both are served by gunicorn with two processes of four threads, one after the other, and asked by locust on the same
machine: everybody reads one to five seconds between pages. The measure is the time within which 95 of a hundred
answers came.
"""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from ratio import Figure, Ratio

HERE = Path(__file__).resolve().parent
USERS, PER_SECOND = 100, 20
WARM_SECONDS = 10
"""So long the same users ask before anything is measured, so that every process has read its templates."""
SECONDS, FULL_SECONDS = 30, 120
WANTED_MS = 300.0
PATIENCE_SECONDS = 120
PROCESSES, THREADS = 2, 4
ONE_ADDRESS = "100000"
"""Requests a minute from one address: here all programs share it, which outside would come from many."""
MOST_FAILURES = 0.01
"""At most this share of the answers may fail, on a machine that others use as well."""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(application: str) -> Iterator[str]:
    """Serve an application as the demonstration is served; yield its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES),
        "--threads", str(THREADS),
        "--log-level", "error", "--preload",
    ]  # fmt: skip
    where = {"EENTHUIS_HOME": str(HERE.parent / ".eenthuis")} | os.environ | {"API_LIMIT_ANYONE": ONE_ADDRESS}
    server = subprocess.Popen(command, cwd=HERE, env=where)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS):
                    break
            except (URLError, TimeoutError):
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def load(address: str, *, seconds: int, bare: bool) -> list[dict[str, str]]:
    """Let the users loose for so long; return what locust counted, per page and as a whole."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "locust", "-f", str(HERE / "load_users.py"), "--headless", "--only-summary",
            "-u", str(USERS), "-r", str(PER_SECOND), "-t", f"{seconds}s", "-H", address, "--csv", f"{folder}/load",
            "--reset-stats", "--loglevel", "ERROR", "--stop-timeout", "10",
        ]  # fmt: skip
        where = os.environ | {"EENTHUIS_BARE": "1" if bare else "0"}
        done = subprocess.run(command, env=where, capture_output=True, text=True, check=False)
        file = Path(folder) / "load_stats.csv"
        if not file.exists():
            raise SystemExit(f"locust ended with {done.returncode}: {done.stderr[-2000:]}")
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def measure(*, full: bool = False) -> list[Ratio]:
    """Build the demonstration where it is not there, and measure both under the same users."""
    os.environ.setdefault("EENTHUIS_DEMONSTRATION", "1")
    from eenthuis.cli.demo import build_country

    build_country(seed=None, rebuild=False)
    seconds = FULL_SECONDS if full else SECONDS
    with served("eenthuis.site.wsgi:application") as address:
        load(address, seconds=WARM_SECONDS, bare=False)
        ours = load(address, seconds=seconds, bare=False)
    with served("bare_site:application") as address:
        load(address, seconds=WARM_SECONDS, bare=True)
        theirs = load(address, seconds=seconds, bare=True)
    whole, bare = ours[-1], theirs[-1]
    for counted in (whole, bare):
        if int(counted["Failure Count"]) > MOST_FAILURES * int(counted["Request Count"]):
            raise SystemExit(f"{counted['Failure Count']} of {counted['Request Count']} answers failed")
    slowest = sorted(ours[:-1], key=lambda row: -float(row["95%"]))[:5]
    told = ", ".join(f"{row['Name']} {row['95%']}" for row in slowest)
    reached = float(whole["95%"])
    return [
        Ratio(
            name=f"load: {USERS} users, 95th percentile",
            ours=reached,
            theirs=float(bare["95%"]),
            against="a bare Django view of 342 rows under the same users",
            unit="ms",
            note=(
                f"{whole['Failure Count']} and {bare['Failure Count']} failed; "
                f"median {whole['50%']} against {bare['50%']} ms; {float(whole['Requests/s']):.1f} against "
                f"{float(bare['Requests/s']):.1f} answers a second; load of the machine {os.getloadavg()[0]:.1f} on "
                f"{os.cpu_count()} cores; slowest (95th percentile, ms): {told}"
            ),
            figures=(Figure("U1", f"{USERS} users, 95th percentile", WANTED_MS, reached, "ms"),),
        )
    ]
