"""Every task and figure of a desk has its words and its way on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import eenthuis.services
from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.open_work import WorkKind
from eenthuis.terms.half_year import HalfYear
from eenthuis.web import desk_words

SERVICES = "".join(
    file.read_text(encoding="utf-8") for file in Path(eenthuis.services.__file__).parent.glob("desk_*.py")
)


def test_every_task_and_figure_has_words_and_none_is_idle() -> None:
    assert set(re.findall(r'\bTask\(\s*"([a-z-]+)"', SERVICES)) == set(desk_words.TASKS)
    assert set(re.findall(r'\bFigure\(\s*"([a-z-]+)"', SERVICES)) == set(desk_words.FIGURES)
    assert set(desk_words.URGENCY) == set(Urgency)
    assert set(desk_words.WORK) == set(WorkKind)


@pytest.mark.parametrize("code", sorted(desk_words.TASKS))
def test_every_task_is_said_in_one_and_in_many(code: str) -> None:
    one, many = (
        desk_words.said(Task(code, Urgency.TODAY, count, reference="1", name="Utrecht"), HalfYear(2026, 1))
        for count in (1, 1234)
    )
    assert "%" not in one.sentence + many.sentence
    assert one.sentence == many.sentence or "1.234" in many.sentence
    assert one.address.startswith(("/", "#")) or not one.address
