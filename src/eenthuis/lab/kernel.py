"""How the loops of the lab are compiled.

No kernel makes an array or keeps one, so numba need not count references to arrays. It would do so at every call within
a loop, with instructions that stop the processor longer than what the loop itself does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])
_OPTIONS: Mapping[str, Any] = {"cache": True, "nogil": True, "_nrt": False}


def kernel(function: Function) -> Function:
    """Compile a loop that makes no arrays; it holds no other thread up, and stays an ordinary function uncompiled."""
    compiled: Function = njit(**_OPTIONS)(function)
    return compiled


def woven(function: Function) -> Function:
    """Compile a small step of a loop into every loop that takes it, as :func:`kernel` does."""
    compiled: Function = njit(**_OPTIONS, inline="always")(function)
    return compiled
