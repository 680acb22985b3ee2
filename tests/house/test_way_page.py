"""The page and the picture of a household's way are what the code says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_and_the_picture_are_drawn_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(DOCS), *sys.path])
    import draw_way

    assert draw_way.PAGE.read_text(encoding="utf-8") == draw_way.page(), "run python docs/draw_way.py"
    drawn = draw_way.picture()
    assert draw_way.PICTURE.read_text(encoding="utf-8") == drawn, "run python docs/draw_way.py"
