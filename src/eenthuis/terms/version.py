"""The version of the code, as receipts name it."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def code_version() -> str:
    """Return the installed version of Eenthuis.

    Examples
    --------
    >>> code_version().count(".") >= 1
    True
    """
    return metadata.version("eenthuis")
