"""The notebook door stays small and light."""

from __future__ import annotations

import subprocess
import sys

import pytest

import eenthuis

MOST_NAMES = 30
PROMISED = {
    "law_book",
    "inhabitants",
    "net_targets",
    "corrected_targets",
    "assess_supervision",
    "distribute_reception",
    "link",
    "replay",
    "simulate",
    "HalfYear",
}
HEAVY = ("django", "numpy", "scipy", "highspy", "numba", "pydantic", "psycopg")


def loaded_after(program: str) -> set[str]:
    """Return which heavy packages a fresh Python has loaded after ``program``."""
    ask = f"{program}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_door_has_few_names_and_the_promised_ones() -> None:
    names = set(eenthuis.__all__)
    assert len(names) == len(eenthuis.__all__) <= MOST_NAMES
    assert names >= PROMISED
    assert set(dir(eenthuis)) == names


@pytest.mark.parametrize("name", eenthuis.__all__)
def test_every_name_is_there_with_a_docstring(name: str) -> None:
    assert getattr(eenthuis, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = eenthuis.nothing


def test_importing_loads_nothing_heavy() -> None:
    assert loaded_after("import eenthuis") == set()


def test_targets_are_computed_without_anything_heavy() -> None:
    program = (
        "import eenthuis\n"
        "half_year = eenthuis.HalfYear.parse('2023-I')\n"
        "law = eenthuis.law_book().targets(half_year)\n"
        "eenthuis.net_targets, eenthuis.announcements(half_year), eenthuis.municipalities(half_year.first_day)"
    )
    assert loaded_after(program) == set()


def test_the_search_finds_a_recorded_heavy_import() -> None:
    assert loaded_after("import numpy") == {"numpy"}
