"""The weekly stream: what each line may hold, and what is said of a line that is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eenthuis.connect.stream import Stream
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.linking import Policy

START: dict[str, Any] = {
    "type": "start",
    "places": [
        {"id": "x", "capacity": {"persons": 3, "children": 1}},
        {"id": "y", "capacity": {"persons": 2}},
    ],
    "history": [{"id": "old", "persons": 1, "scores": {"x": 0.5, "gone": 0.25}}],
    "batches": 2,
    "cases_total": 3,
}
BATCH: dict[str, Any] = {
    "type": "batch",
    "t": 1,
    "cases": [
        {"id": "a", "persons": 2, "children": 1, "scores": {"x": 1.0, "y": 0.5}},
        {"id": "b", "persons": 2, "children": 1, "scores": {"x": 1.0, "y": 0.5}},
    ],
    "left": {"x": {"persons": 3, "children": 1}, "y": {"persons": 2}},
}


def stream(policy: Policy = Policy.GREEDY) -> Stream:
    return Stream(policy=policy, balance=0.0, everyone=False, seed=1, threads=1)


def said(source: Stream, line: object, row: int = 1) -> Any:
    answered = source.answer(line if isinstance(line, str) else json.dumps(line), row=row)
    return None if answered is None else json.loads(answered)


def test_each_batch_is_answered_with_a_place_or_null_per_case() -> None:
    source = stream()
    assert said(source, START) is None
    assert said(source, BATCH, 2) == {"assign": {"a": "x", "b": "y"}}
    late = {"type": "batch", "t": 2, "cases": [{"id": "c", "persons": 2, "scores": {"x": 1}}]}
    assert said(source, late, 3) == {"assign": {"c": None}}


def test_what_is_left_counts_as_told_and_else_as_earlier_answers_left_it() -> None:
    source = stream()
    said(source, START)
    said(source, BATCH, 2)
    case = {"id": "c", "persons": 1, "scores": {"x": 1.0, "y": 2.0}}
    assert said(source, {"type": "batch", "cases": [case]}, 3) == {"assign": {"c": "x"}}
    told = {"type": "batch", "cases": [{**case, "id": "d"}], "left": {"y": {"persons": 1}}}
    assert said(source, told, 4) == {"assign": {"d": "y"}}


def test_a_use_no_place_names_is_left_alone_and_a_use_without_cap_is_unlimited() -> None:
    source = stream()
    said(source, START)
    case = {"id": "a", "persons": 1, "children": 9, "toys": 5, "scores": {"y": 1.0}}
    assert said(source, {"type": "batch", "cases": [case]}, 2) == {"assign": {"a": "y"}}


@pytest.mark.parametrize("policy", list(Policy))
def test_batches_of_nobody_and_cases_that_may_go_nowhere_are_answered(policy: Policy) -> None:
    source = stream(policy)
    said(source, {**START, "history": []})
    assert said(source, {"type": "batch", "t": 1, "cases": []}, 2) == {"assign": {}}
    nowhere = [{"id": "a", "persons": 1.0, "scores": {}}, {"id": "b", "persons": 0, "scores": {"x": -0.5}}]
    assert said(source, {"type": "batch", "t": 2, "cases": nowhere}, 3)["assign"]["a"] is None
    full = {"x": {"persons": 0, "children": 0}, "y": {"persons": 0}}
    late = {"type": "batch", "t": 9, "cases": [{"id": "c", "persons": 1, "scores": {"x": 1}}], "left": full}
    assert said(source, late, 4) == {"assign": {"c": None}}


def test_who_has_a_place_is_not_asked_about_again_but_who_waits_is() -> None:
    source = stream()
    said(source, START)
    assert said(source, {**BATCH, "left": {"y": {"persons": 0}}}, 2) == {"assign": {"a": "x", "b": None}}
    waiting = {"type": "batch", "t": 2, "cases": [BATCH["cases"][1]], "left": {"y": {"persons": 2}}}
    assert said(source, waiting, 3) == {"assign": {"b": "y"}}
    with pytest.raises(EenthuisError, match="already has a place"):
        said(source, {**waiting, "t": 3}, 4)
    with pytest.raises(EenthuisError, match="comes after batch"):
        said(source, {**waiting, "t": 2, "cases": []}, 5)


@pytest.mark.parametrize("policy", list(Policy))
def test_every_policy_streams(policy: Policy) -> None:
    source = stream(policy)
    said(source, START)
    assert set(said(source, BATCH, 2)["assign"]) == {"a", "b"}


def wrong(change: dict[str, Any], *, start: bool = True) -> dict[str, Any]:
    return {**(START if start else BATCH), **change}


def case(**change: Any) -> dict[str, Any]:
    return wrong({"cases": [{**BATCH["cases"][0], **change}]}, start=False)


FAULTS: dict[str, tuple[object, object, str, str]] = {
    "no JSON": ("{", None, "INP-01", ""),
    "no object": ("[]", None, "INP-01", ""),
    "no start": (BATCH, None, "INP-01", "type"),
    "no places": (wrong({"places": None}), None, "INP-02", "places"),
    "a place without a name": (wrong({"places": [{"capacity": {}}]}), None, "INP-04", "places.id"),
    "a place twice": (wrong({"places": [START["places"][0]] * 2}), None, "INP-03", "places.id"),
    "no capacity": (wrong({"places": [{"id": "x"}]}), None, "INP-02", "places.capacity"),
    "a cap below 0": (
        wrong({"places": [{"id": "x", "capacity": {"persons": -1}}]}),
        None,
        "INP-06",
        "places.capacity.persons",
    ),
    "half a cap": (
        wrong({"places": [{"id": "x", "capacity": {"persons": 1.5}}]}),
        None,
        "INP-01",
        "places.capacity.persons",
    ),
    "batches in words": (wrong({"batches": "many"}), None, "INP-01", "batches"),
    "history without scores": (wrong({"history": [{"id": "o", "persons": 1}]}), None, "INP-02", "scores"),
    "no batch": (START, START, "INP-01", "type"),
    "no cases": (START, wrong({"cases": None}, start=False), "INP-02", "cases"),
    "a case without a name": (START, case(id=""), "INP-04", "cases.id"),
    "a case twice": (START, wrong({"cases": BATCH["cases"][:1] * 2}, start=False), "INP-03", "cases.id"),
    "no persons": (START, wrong({"cases": [{"id": "a", "scores": {}}]}, start=False), "INP-02", "persons"),
    "persons that are true": (START, case(persons=True), "INP-01", "a: persons"),
    "children below 0": (START, case(children=-1), "INP-06", "a: children"),
    "an unknown place": (START, case(scores={"z": 1}), "LNK-01", "scores"),
    "a score in words": (START, case(scores={"x": "high"}), "INP-01", "a: x"),
    "an endless score": (START, case(scores={"x": float("inf")}), "INP-01", "a: x"),
    "a score that is no number": (START, case(scores={"x": float("nan")}), "INP-01", "a: x"),
    "an immense score": (START, case(scores={"x": 10**400}), "INP-01", "a: x"),
    "left at an unknown place": (START, wrong({"left": {"z": {}}}, start=False), "LNK-01", "left"),
    "left that is a list": (START, wrong({"left": []}, start=False), "INP-01", "left"),
    "left at a place that is a number": (START, wrong({"left": {"x": 3}}, start=False), "INP-01", "left.x"),
    "left of an unknown use": (START, wrong({"left": {"x": {"beds": 1}}}, start=False), "INP-02", "left.x"),
    "a moment in words": (START, wrong({"t": "first"}, start=False), "INP-01", "t"),
    "a nesting without end": (START, "[" * 200_000, "INP-01", ""),
    "a number without end": (START, '{"type": ' + "9" * 5_000 + "}", "INP-01", ""),
    "left below 0": (START, wrong({"left": {"x": {"persons": -2}}}, start=False), "INP-06", "left.x.persons"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_line_is_refused_with_line_field_and_remedy(fault: str) -> None:
    first, second, code, field = FAULTS[fault]
    source = stream()
    if second is not None:
        said(source, first, 1)
    with pytest.raises(EenthuisError) as refused:
        said(source, first, 1) if second is None else said(source, second, 2)
    where = refused.value.location
    assert where is not None
    assert (refused.value.code, where.row, where.column) == (code, 1 if second is None else 2, field)
    assert refused.value.remedy
