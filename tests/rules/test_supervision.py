"""Readings of municipalities: verdict, rung, term and reasons in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from eenthuis.law import law_book
from eenthuis.rules.judgement import (
    Behind,
    Complies,
    ExcusablyBehind,
    GroundKind,
    Judgement,
    Lead,
    due,
    judge,
    reading_date,
)
from eenthuis.rules.ladder import (
    Advanced,
    Decision,
    Kept,
    NoSuchRung,
    SkipRefused,
    SteppedDown,
    advance,
    propose,
)
from eenthuis.rules.receipts import recompute, row_differences, since_changed
from eenthuis.rules.supervision import Assessment, assess, assess_supervision
from eenthuis.rules.supervision_receipts import assessment_receipt, output_of
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import FigureKind, Figures

CODE = MunicipalityCode("GM0344")
HALF = HalfYear(2025, 1)
END = date(2025, 7, 1)
LAW = law_book().supervision(END)


def half(
    corrected: int = 100, realised: int = 70, linked: int = 100, at: HalfYear = HALF, **more: object
) -> Figures:
    return replace(Figures(at, corrected, realised, linked, source="drawn up"), **more)  # type: ignore[arg-type]


def history(count: int, last: HalfYear = HALF, realised: int = 70) -> list[Figures]:
    return [half(realised=realised, at=last.shift(step + 1 - count)) for step in range(count)]


def read(figures: Iterable[Figures], as_of: date = END, place: str = "nl") -> Assessment:
    law_on = partial(law_book().supervision, place=place)
    return assess(figures, municipality=CODE, half_year=HALF, as_of=as_of, law_on=law_on)


@pytest.mark.parametrize(
    ("figures", "judgement"),
    [
        pytest.param(half(realised=101), Lead(1), id="more than asked is a lead"),
        pytest.param(half(realised=100), Complies(0), id="exactly met complies"),
        pytest.param(half(realised=99), Behind(1), id="one short is behind"),
        pytest.param(half(corrected=-5, realised=0), Lead(5), id="a lead above the target stays a lead"),
        pytest.param(half(corrected=0, realised=0, linked=0), Complies(0), id="nothing asked is met"),
        pytest.param(half(linked=70), ExcusablyBehind(30), id="everyone linked in time was housed"),
        pytest.param(half(linked=85), ExcusablyBehind(30), id="half of it not linked in time"),
        pytest.param(half(linked=86), Behind(30), id="under half of it not linked in time"),
        pytest.param(half(requests_unmet=15), ExcusablyBehind(30), id="requests that could not be met"),
        pytest.param(half(homes_ready=15), ExcusablyBehind(30), id="homes that stood ready"),
        pytest.param(half(linked=92, homes_ready=8), Behind(30), id="homes and links are one gap, not two"),
        pytest.param(half(linked=92, requests_unmet=7), ExcusablyBehind(30), id="links and requests add up"),
        pytest.param(half(plan_on_schedule=True), ExcusablyBehind(30), id="an agreed catch-up on schedule"),
    ],
)
def test_a_reading_at_the_end(figures: Figures, judgement: Judgement) -> None:
    assert judge(figures, END, LAW, 1).judgement == judgement


@pytest.mark.parametrize(
    ("day", "people", "realised", "judgement"),
    [
        pytest.param(date(2025, 1, 1), 0, 0, Complies(0), id="nothing is due on the first day"),
        pytest.param(date(2025, 3, 31), 34, 32, Behind(2), id="two months of pace, rounded up"),
        pytest.param(date(2025, 4, 1), 51, 51, Complies(0), id="half after three months"),
        pytest.param(date(2025, 6, 30), 85, 84, Behind(1), id="the last day is not the reading"),
        pytest.param(END, 102, 101, Behind(1), id="all of it on the reading date"),
        pytest.param(date(2027, 1, 1), 102, 101, Behind(1), id="all of it long after"),
    ],
)
def test_a_reading_at_any_day(day: date, people: int, realised: int, judgement: Judgement) -> None:
    figures = half(corrected=102, realised=realised, linked=102)
    assert -(-due(figures, day, LAW) // 1) == people
    judged = judge(figures, day, LAW, 0)
    assert (judged.judgement, judged.is_provisional) == (judgement, day < END)


def test_links_are_judged_from_the_reference_date_of_linking() -> None:
    figures = half(corrected=120, realised=0, linked=20)
    kinds = {
        day: {ground.kind for ground in judge(figures, day, LAW, 0).grounds}
        for day in (date(2025, 3, 31), date(2025, 4, 1))
    }
    assert GroundKind.NOT_LINKED_IN_TIME not in kinds[date(2025, 3, 31)]
    assert GroundKind.NOT_LINKED_IN_TIME in kinds[date(2025, 4, 1)]


def test_reasons_come_in_numbers_with_what_each_number_is() -> None:
    figures = half(linked=90, requests_unmet=4, net=80, own_count=75)
    one = read([figures])
    numbers = {ground.kind: (ground.number, ground.out_of) for ground in one.grounds}
    assert numbers == {
        GroundKind.SHORT: (30, 100),
        GroundKind.NOT_LINKED_IN_TIME: (10, 100),
        GroundKind.REQUESTS_UNMET: (4, 0),
        GroundKind.OUTSIDE: (14, 30),
        GroundKind.CARRIED_IN: (20, 80),
        GroundKind.OWN_COUNT: (75, 70),
        GroundKind.IN_A_ROW: (1, 0),
        GroundKind.CLIMBS: (1, 0),
    }
    known = {figure.kind: (figure.number, figure.source) for figure in one.figures.figures}
    assert known[FigureKind.OWN_COUNT] == (75, "drawn up")
    assert FigureKind.HOMES_READY not in known


@pytest.mark.parametrize(
    ("count", "rung", "weeks"), [(1, 1, 4), (2, 2, 4), (3, 3, 6), (4, 4, 4), (5, 4, 4), (9, 4, 4)]
)
def test_each_reading_behind_is_one_rung_and_a_decision_is_never_proposed(
    count: int, rung: int, weeks: int
) -> None:
    one = read(history(count))
    assert (one.rung, one.judgement) == (rung, Behind(30))
    assert one.answer_by is not None
    assert (one.answer_by - END).days == 7 * weeks
    if count > 4:
        assert one.grounds[-1].kind is GroundKind.HELD_DECISION


def test_who_complies_leaves_the_ladder_and_begins_anew() -> None:
    past = history(3, last=HALF.shift(-1))
    left = read([*past, half(realised=100)])
    assert (left.held, left.rung, left.answer_by) == (3, 0, None)
    assert left.grounds[-1].kind is GroundKind.LEAVES
    again = read([*history(3, last=HALF.shift(-2)), half(realised=100, at=HALF.shift(-1)), half()])
    assert (again.held, again.rung) == (0, 1)


def test_an_excusable_half_year_moves_nobody_and_does_not_count() -> None:
    excused = half(linked=70, at=HALF.shift(-1))
    one = read([*history(2, last=HALF.shift(-2)), excused, half()])
    assert (one.held, one.rung) == (2, 3)
    now = read([*history(2, last=HALF.shift(-1)), half(linked=70)])
    assert (now.rung, now.answer_by, now.grounds[-1].kind) == (2, None, GroundKind.HELD_EXCUSABLE)


def test_an_agreed_catch_up_excuses_as_long_as_was_agreed() -> None:
    planned = [half(at=HALF.shift(step), plan_on_schedule=True) for step in (-2, -1, 0)]
    assert isinstance(read(planned[1:], place="noord-brabant").judgement, ExcusablyBehind)
    over = read(planned, place="noord-brabant")
    assert isinstance(over.judgement, Behind)
    assert GroundKind.PLAN_OVER in {ground.kind for ground in over.grounds}


def test_a_day_in_the_half_year_moves_nobody_and_keeps_the_running_term() -> None:
    one = read([*history(2, last=HALF.shift(-1)), half(realised=0)], as_of=date(2025, 2, 1))
    assert (one.is_provisional, one.held, one.rung) == (True, 2, 2)
    assert one.answer_by == date(2025, 1, 29)
    assert one.grounds[-1].by == END
    fresh = read([half(realised=0)], as_of=date(2025, 2, 1))
    assert (fresh.rung, fresh.answer_by) == (0, None)


def test_what_the_province_decided_goes_before_what_was_proposed() -> None:
    first = half(at=HALF.shift(-1), decided_rung=3, skip_reason="every talk was refused")
    one = read([first, half()])
    assert one.decisions == ((HALF.shift(-1), Advanced(3, (1, 2), "every talk was refused")),)
    assert one.held == 3
    assert (one.rung, one.grounds[-1].kind) == (3, GroundKind.HELD_CONDITIONS)
    unsaid = read([replace(first, skip_reason=" "), half()])
    assert unsaid.decisions == ((HALF.shift(-1), SkipRefused((1, 2))),)
    assert (unsaid.held, unsaid.rung) == (1, 2)
    carried = [half(at=HALF.shift(-1), decided_rung=6, skip_reason="an urgent case"), half()]
    assert read(carried).grounds[-1].kind is GroundKind.HELD_TOP


LADDER = LAW.ladder


@pytest.mark.parametrize(
    ("held", "to", "reason", "outcome"),
    [
        (0, 1, "", Advanced(1, (), "")),
        (1, 2, "", Advanced(2, (), "")),
        (1, 3, "", SkipRefused((2,))),
        (1, 3, "  ", SkipRefused((2,))),
        (1, 3, "a reason", Advanced(3, (2,), "a reason")),
        (3, 3, "", Kept(3)),
        (3, 1, "", SteppedDown(1, "")),
        (3, 0, "done", SteppedDown(0, "done")),
        (3, 7, "a reason", NoSuchRung(6)),
        (3, -1, "a reason", NoSuchRung(6)),
    ],
)
def test_no_rung_is_skipped_without_a_written_reason(
    held: int, to: int, reason: str, outcome: Decision
) -> None:
    assert advance(held, to, LADDER, reason) == outcome


@pytest.mark.parametrize(
    ("changes", "rung"),
    [
        ({"supervision.rung.1.backlog_people": 31}, 0),
        ({"supervision.rung.1.backlog_people": 30}, 1),
        ({"supervision.rung.1.backlog_share": "31/100"}, 0),
        ({"supervision.rung.1.backlog_share": "3/10"}, 1),
        ({"supervision.rung.1.half_years": 2}, 0),
        ({"supervision.tolerance": 30}, 0),
    ],
)
def test_conditions_of_entry_are_settings(changes: dict[str, int | str], rung: int) -> None:
    law = law_book().assuming(changes, why="example").supervision(END)
    judged = judge(half(), END, law, 0)
    found = propose(0, judged.judgement, in_a_row=1, corrected=100, ladder=law.ladder)
    assert found.rung == rung
    if "supervision.tolerance" in changes:
        assert judged.judgement == Complies(30)


@pytest.mark.parametrize(
    ("figures", "as_of", "code", "said"),
    [
        pytest.param([half()], date(2024, 12, 31), "INP-06", "lies before 2025-I", id="before it begins"),
        pytest.param([], END, "INP-04", "no figures of 2025-I", id="nothing"),
        pytest.param([half(at=HALF.shift(-1))], END, "INP-04", "no figures of 2025-I", id="only earlier"),
        pytest.param([half(), half(at=HALF.next)], END, "INP-06", "after 2025-I", id="one that is later"),
        pytest.param([half(), half(at=HALF.shift(-2))], END, "INP-04", "and then of 2025-I", id="a gap"),
        pytest.param([half(), half()], END, "INP-04", "and then of 2025-I", id="twice"),
    ],
)
def test_what_cannot_be_assessed_is_refused(
    figures: list[Figures], as_of: date, code: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(figures, as_of=as_of)
    assert caught.value.code == code


def test_a_municipality_without_a_province_is_refused() -> None:
    with pytest.raises(InputError, match="no province is given for GM0344"):
        assess_supervision(half_year=HALF, as_of=END, progress={CODE: [half()]}, places={}, book=law_book())


def test_each_reading_uses_the_law_of_its_day_and_the_receipt_cites_it() -> None:
    at = HalfYear(2024, 1)
    figures = history(3, last=at)
    made = assess_supervision(
        half_year=at,
        as_of=reading_date(at),
        progress={CODE: figures, MunicipalityCode("GM0034"): figures},
        places={CODE: "utrecht", MunicipalityCode("GM0034"): "flevoland"},
        book=law_book(),
    )
    receipt = assessment_receipt(
        assessments=made,
        progress={CODE: figures, MunicipalityCode("GM0034"): figures},
        half_year=at,
        as_of=reading_date(at),
        code_version="test",
    )
    scopes = {(one.place, one.value) for one in receipt.citations if one.key == "supervision.scope"}
    assert scopes == {("nl", "backlog-only"), ("flevoland", "whole-task")}
    councils = {(one.place, one.value) for one in receipt.citations if one.key == "supervision.council_first"}
    assert councils == {("nl", "false"), ("utrecht", "true")}
    again = recompute(receipt)
    assert again.is_same, again.differences
    assert again.output == output_of(made)
    assert since_changed(receipt) == ()


def test_a_receipt_that_was_changed_says_what_differs() -> None:
    figures = history(2)
    made = assess_supervision(
        half_year=HALF, as_of=END, progress={CODE: figures}, places={CODE: "utrecht"}, book=law_book()
    )
    receipt = assessment_receipt(
        assessments=made, progress={CODE: figures}, half_year=HALF, as_of=END, code_version="test"
    )
    lines = [
        [*line[:2], "9", *line[3:]] if line[1] == "supervision.rung.2.half_years" else line
        for line in receipt.inputs["law"]  # type: ignore[attr-defined]
    ]
    changed = replace(receipt, inputs={**receipt.inputs, "law": lines})
    said = " ".join(recompute(changed).differences)
    assert "supervision.rung.2.half_years" in said
    assert "the inputs have digest" in said
    assert "the result computed again has digest" in said
    rows = [{"code": CODE, "verdict": "behind", "rung": 1, "answer_by": "2025-07-29", "grounds": []}]
    differences = row_differences(recompute(receipt), rows)
    assert any("rung: computed again 2, the row says 1" in one for one in differences)


def test_a_scenario_recomputes_from_its_receipt() -> None:
    book = law_book().assuming({"supervision.excusable_share": "1/10"}, why="example")
    figures = [half(linked=95)]
    made = assess_supervision(
        half_year=HALF, as_of=END, progress={CODE: figures}, places={CODE: "overijssel"}, book=book
    )
    receipt = assessment_receipt(
        assessments=made, progress={CODE: figures}, half_year=HALF, as_of=END, code_version="test"
    )
    assert made[0].judgement == ExcusablyBehind(30)
    assert recompute(receipt).is_same
