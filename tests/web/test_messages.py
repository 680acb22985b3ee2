"""Every text of the pages has an English translation, and the compiled file is the one in use."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "src/eenthuis/web/locale/en/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_and_no_translation_is_idle(messages: ModuleType) -> None:
    assert messages.differences(FILE) == ([], [])


def test_the_compiled_file_is_that_of_the_translations(messages: ModuleType) -> None:
    assert FILE.with_suffix(".mo").read_bytes() == messages.compiled(FILE)


def test_a_text_without_translation_is_found(messages: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    spoilt = folder / "django.po"
    spoilt.write_text(
        FILE.read_text(encoding="utf-8").replace('msgid "Zoek uw gemeente"', 'msgid "Zoek uw dorp"'),
        encoding="utf-8",
    )
    missing, idle = messages.differences(spoilt)
    assert missing == ["Zoek uw gemeente"]
    assert idle == ["Zoek uw dorp"]
