"""The version of what was read: the same for the same state, another as soon as anything shown changes."""

from __future__ import annotations

import hashlib
import json

from eenthuis.terms.receipt import plain

LENGTH = 24


def version_of(view: object) -> str:
    """Return the version of a read model.

    Examples
    --------
    >>> version_of({"state": "linked"}) == version_of({"state": "ended"})
    False
    """
    text = json.dumps(plain(view), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
