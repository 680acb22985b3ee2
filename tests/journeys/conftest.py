"""The demonstration country, built once for the whole run and served as a user would, and a real browser."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path
from shutil import which
from typing import TypedDict
from urllib.error import URLError

import pytest
from playwright.sync_api import Playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240
GUNICORN = ["gunicorn", "eenthuis.site.wsgi:application", "--threads", "4", "--log-level", "warning"]


class Served(TypedDict):
    """A running demonstration: where it answers, its process, and how many workers use it."""

    address: str
    pid: int
    users: int


@contextmanager
def alone(folder: Path, name: str = "journeys") -> Iterator[None]:
    """Let one worker at a time in."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def runs_alone(shared: Path) -> Callable[[], AbstractContextManager[None]]:
    """Return a way to be the only one who asks for proposals: the service makes one at a time, for everybody."""
    return lambda: alone(shared, "runs")


@pytest.fixture(scope="session")
def address(shared: Path) -> Iterator[str]:
    """Serve the demonstration on a free port; several workers share it and the last one stops it."""
    state = shared / "journeys.json"
    with alone(shared):
        held: Served = json.loads(state.read_text()) if state.exists() else serve(shared)
        held["users"] += 1
        state.write_text(json.dumps(held))
    yield held["address"]
    with alone(shared):
        held = json.loads(state.read_text())
        held["users"] -= 1
        state.write_text(json.dumps(held))
        if not held["users"]:
            with suppress(ProcessLookupError):
                os.kill(held["pid"], signal.SIGINT)
            state.unlink()


@pytest.fixture
def on_day(shared: Path, address: str) -> Callable[[date], AbstractContextManager[str]]:
    """Return a way to serve the same demonstration on another day beside it, for what takes longer than a day."""
    del address

    @contextmanager
    def served(day: date) -> Iterator[str]:
        port = free_port()
        command = [*GUNICORN, "--bind", f"127.0.0.1:{port}"]
        server = start(shared, f"journeys-{day}", command, EENTHUIS_TODAY=day.isoformat())
        try:
            yield wait_for(port, server, shared / f"journeys-{day}.log")
        finally:
            server.terminate()
            server.wait()

    return served


def free_port() -> int:
    """Return a port that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, name: str, command: list[str], **more: str) -> subprocess.Popen[bytes]:
    """Start a program on the demonstration of this run; what it says goes to a file."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("EENTHUIS_", "PYTEST_", "DJANGO_"))
    } | {"EENTHUIS_HOME": str(folder / "journeys-home"), "EENTHUIS_DEMONSTRATION": "1"}
    environment.pop("DATABASE_URL", None)
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment | more,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def serve(folder: Path) -> Served:
    """Start the demonstration and wait until it answers."""
    port = free_port()
    server = start(folder, "journeys", ["eenthuis.cli.main", "demo", "serve", "--port", str(port)])
    where = wait_for(port, server, folder / "journeys.log")
    server.returncode = 0  # it outlives this process; the last worker ends it by its number
    return Served(address=where, pid=server.pid, users=0)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> str:
    """Return the address of a server once it answers."""
    where = f"http://127.0.0.1:{port}"
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(URLError, ConnectionError), urllib.request.urlopen(where, timeout=30) as answer:
            if answer.status == 200:
                return where
        time.sleep(0.5)
    pytest.fail(log.read_text())


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Let the tests that come after a journey use the database.

    Playwright's synchronous interface keeps an event loop running in this thread until the session ends. Django sees
    that loop and refuses every query, though no test here is asynchronous. Programs that tests serve get an
    environment without this, so code that is unsafe there still shows.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield playwright


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the Chromium of the system, without anything that asks for the network."""
    return {
        "executable_path": which("chromium") or which("chromium-browser"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """See the pages as a Dutch user; axe may be put into a page that allows no scripts but its own."""
    return {"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}, "bypass_csp": True}
