"""Starting the small country as a program of its own, and waiting for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(__file__).with_name("small_country.py")
PATIENCE_SECONDS = 60


def environment(url: str = "", home: Path | None = None) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("EENTHUIS_", "PYTEST_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    kept["EENTHUIS_TESTING"] = "1"
    if url:
        kept["DATABASE_URL"] = url
    if home is not None:
        kept["EENTHUIS_HOME"] = str(home)
    return kept


def start(where: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), *words],
        env=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, said
    return said.strip()


def wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not file.exists():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < until
        time.sleep(0.02)
