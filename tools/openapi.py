"""Write the description of the API beside its code, from its code.

    python tools/openapi.py          write src/eenthuis/api/openapi.json

A test compares the two, so that no change of the API goes unseen.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "src" / "eenthuis" / "api" / "openapi.json"


def described() -> str:
    """Return the description as JSON text, the same every time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eenthuis.site.settings")
    import django

    django.setup()
    from eenthuis.api.resources import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(described(), encoding="utf-8")
