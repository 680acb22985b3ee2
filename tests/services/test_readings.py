"""Readings: judged from the tables on any day, seen by whom they concern, and kept with receipts that compute again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import ladders, linking, readings, receipts, sign_offs
from eenthuis.store import taken_in
from eenthuis.store.supervision_models import ReadingRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.supervision import FigureKind

pytestmark = pytest.mark.django_db
PROVINCE = ProvinceCode("PV26")
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, PROVINCE)
OF_NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))
READ_ON = date(2026, 1, 1)
ONE = HouseholdId("PE-000001")


def page(actor: Actor = OF_PROVINCE, **asked: date) -> readings.ReadingsPage:
    return readings.read_readings(actor=actor, province=PROVINCE, today=TODAY, **asked)


def keep(day: date = READ_ON) -> int:
    return readings.keep_readings(actor=OF_PROVINCE, province=PROVINCE, as_of=day, today=TODAY)


@pytest.mark.usefixtures("proposal")
def test_the_last_reading_date_is_shown_and_every_number_says_what_it_is() -> None:
    shown = page()
    assert (shown.as_of, str(shown.half_year), shown.is_provisional) == (READ_ON, "2025-II", False)
    assert len(shown.lines) == 26
    line = next(one for one in shown.lines if one.code == UTRECHT)
    assert (line.verdict, line.assessment.rung, line.receipt) == ("behind-excusable", 0, "")
    known = {figure.kind: figure.number for figure in line.figures.figures}
    assert known[FigureKind.NET] == known[FigureKind.CORRECTED] == line.people
    assert known[FigureKind.REALISED] == 0
    assert shown.assumptions


def test_a_day_inside_the_half_year_is_provisional_and_counts_up_to_the_day_before(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY - timedelta(days=5))
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY - timedelta(days=1), today=TODAY)
    before, after = page(as_of=TODAY - timedelta(days=1)), page(as_of=TODAY)
    realised = [
        next(one for one in shown.lines if one.code == UTRECHT).figures.realised for shown in (before, after)
    ]
    assert realised == [0, 1]
    assert after.is_provisional
    linked = next(one for one in after.lines if one.code == UTRECHT).figures.linked
    assert linked == 1


@pytest.mark.usefixtures("proposal")
def test_what_a_municipality_counts_itself_stands_beside_and_does_not_decide() -> None:
    stated = taken_in.Stated(UTRECHT, HalfYear(2025, 2), date(2025, 12, 31), 9, "example")
    taken_in.add_stated([(stated, None)], stated_by="example")
    figures = next(one for one in page().lines if one.code == UTRECHT).figures
    assert (figures.own_count, figures.realised) == (9, 0)


@pytest.mark.usefixtures("proposal")
def test_kept_readings_have_receipts_that_compute_again_and_are_not_kept_twice() -> None:
    assert (keep(), keep()) == (26, 0)
    line = page().lines[0]
    assert line.receipt
    assert not line.has_changed
    assert receipts.verify_receipt(actor=OF_PROVINCE, number=line.receipt).is_same


@pytest.mark.usefixtures("proposal")
def test_a_reading_that_turns_out_otherwise_replaces_the_kept_one_and_both_stay() -> None:
    keep()
    stated = taken_in.Stated(UTRECHT, HalfYear(2025, 2), date(2025, 12, 31), 9, "example")
    taken_in.add_stated([(stated, None)], stated_by="example")
    assert next(one for one in page().lines if one.code == UTRECHT).has_changed
    assert keep() == 1
    kept = [
        one
        for one in readings.kept_readings(actor=OF_PROVINCE, province=PROVINCE, today=TODAY)
        if one.municipality == UTRECHT
    ]
    assert [one.is_replaced for one in kept] == [False, True]


@pytest.mark.usefixtures("proposal")
def test_the_worker_keeps_every_province_once() -> None:
    assert readings.keep_due(TODAY) == 342
    assert readings.keep_due(TODAY) == 0
    assert ReadingRow.objects.count() == 342


@pytest.mark.usefixtures("proposal")
def test_a_municipality_sees_itself_a_province_its_own_and_the_ministry_all() -> None:
    assert {line.code for line in page(OF_UTRECHT).lines} == {UTRECHT}
    assert len(page(MINISTRY).lines) == len(page(AUDITOR).lines) == 26
    for who in (OF_NORTH, OF_ISLAND):
        with pytest.raises(AccessError, match="ACC-02"):
            page(who)
    for who in (ANYONE, COA):
        with pytest.raises(AccessError, match="ACC-01"):
            page(who)
    assert len(readings.read_summaries(actor=MINISTRY, today=TODAY)) == 12
    assert [one.province.code for one in readings.read_summaries(actor=OF_UTRECHT, today=TODAY)] == [PROVINCE]


@pytest.mark.usefixtures("proposal")
def test_the_receipt_of_a_reading_is_for_whom_the_reading_is_for() -> None:
    keep()
    numbers = {line.code: line.receipt for line in page().lines}
    assert receipts.read_receipt(actor=OF_UTRECHT, number=numbers[UTRECHT]).action == "supervise.assess"
    other = next(number for code, number in numbers.items() if code != UTRECHT)
    for who, number in ((OF_UTRECHT, other), (OF_ISLAND, other), (ANYONE, numbers[UTRECHT])):
        with pytest.raises(InputError, match="INP-04"):
            receipts.read_receipt(actor=who, number=number)


@pytest.mark.parametrize("who", [MINISTRY, OF_UTRECHT, OF_NORTH, AUDITOR], ids=lambda who: who.name)
@pytest.mark.usefixtures("proposal")
def test_only_the_province_itself_keeps_its_readings(who: Actor) -> None:
    with pytest.raises(AccessError):
        readings.keep_readings(actor=who, province=PROVINCE, as_of=READ_ON, today=TODAY)
    assert not ReadingRow.objects.exists()


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2019, 1, 1)], ids=str)
@pytest.mark.usefixtures("proposal")
def test_a_day_without_figures_is_refused(day: date) -> None:
    with pytest.raises(InputError, match="INP-06"):
        page(as_of=day)
    with pytest.raises(InputError, match="INP-06"):
        keep(day)


@pytest.mark.usefixtures("proposal")
def test_an_unknown_province_is_refused() -> None:
    with pytest.raises(ReferenceFactError, match="REF-01"):
        readings.read_readings(actor=MINISTRY, province=ProvinceCode("PV99"), today=TODAY)


def test_the_ladder_of_a_province_says_what_is_assumed(db: None) -> None:
    del db
    shown = ladders.read_ladder(actor=ANYONE, province=PROVINCE, as_of=TODAY)
    assert list(shown.of_rungs) == [rung.number for rung in shown.law.ladder.rungs]
    assert shown.substitution
    assert shown.information
    assert ladders.has_own_values(shown)
