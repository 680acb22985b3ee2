"""Boundaries for the map, where an installation has loaded them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from eenthuis.connect import boundaries
from eenthuis.connect.postgres import home


def read_boundaries() -> boundaries.Boundaries:
    """Return the loaded boundaries by municipality; empty when none were loaded."""
    file = home() / "boundaries.json"
    return _loaded(file, file.stat().st_mtime_ns) if file.exists() else {}


def boundaries_of() -> int:
    """Return what changes whenever other boundaries are loaded; 0 while there are none."""
    file = home() / "boundaries.json"
    return file.stat().st_mtime_ns if file.exists() else 0


@lru_cache(maxsize=2)
def _loaded(file: Path, changed: int) -> boundaries.Boundaries:
    del changed
    return boundaries.load(file)
