"""Programs that ask the API in the small country."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, new_key
from small_country import TODAY


@pytest.fixture
def program(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Program]:
    """Return a program of a role; the small country stands in the tables."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return lambda role, place="", **other: Program(new_key(role, place, **other).secret)
