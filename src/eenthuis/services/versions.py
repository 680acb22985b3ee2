"""The version of what was read: the same for the same state, another as soon as anything shown changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass

LENGTH = 24


def version_of(view: object) -> str:
    """Return the version of a read model.

    Examples
    --------
    >>> version_of({"state": "linked"}) == version_of({"state": "ended"})
    False
    """
    text = json.dumps(view, sort_keys=True, default=_parts)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _parts(value: object) -> object:
    """Return a record as its parts, and anything else that JSON does not know as its text."""
    if is_dataclass(value):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    return str(value)
