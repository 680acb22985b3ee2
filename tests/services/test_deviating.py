"""A deviation is drafted on the day it shows, told by a second person only, and told to each with its own figures."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from keyed import Program, new_key
from small_country import COA, MINISTRY, OF_UTRECHT, TODAY, UTRECHT, announcement

from eenthuis.services import deviating
from eenthuis.services.estimates import state_estimate
from eenthuis.services.notices import notices_for
from eenthuis.services.targets import announce
from eenthuis.store import deviations
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import NoticeFilter
from eenthuis.terms.places import ProvinceCode

pytestmark = pytest.mark.django_db
SECOND = Actor("ministerie-2", Role.MINISTRY)
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
NEXT = HalfYear(2026, 2)
ESTIMATE = Estimate(
    quantity=Quantity.NATIONAL_NUMBER,
    half_year=NEXT,
    kind=EstimateKind.ESTIMATE,
    middle=15_000,
    low=13_000,
    high=18_000,
    made_on=date(2026, 1, 5),
    known_by=None,
    until=None,
    source="voorbeeld",
)
LOWER = replace(ESTIMATE, low=None, high=None, middle=12_000, made_on=date(2026, 2, 20))


@pytest.fixture
def drafted(proposal: int) -> int:
    """The small country in which 2026-II was estimated at 15,000 and then at 12,000; return the draft."""
    assert proposal
    state_estimate(actor=MINISTRY, made=ESTIMATE, today=TODAY)
    assert deviating.draft_due(date(2026, 2, 1)) == 0
    state_estimate(actor=MINISTRY, made=LOWER, today=TODAY)
    assert deviating.draft_due(date(2026, 2, 20)) == 1
    (held,) = deviations.deviations()
    assert (held.found.told.people, held.found.signal.people, held.drafted_on) == (
        15_000,
        12_000,
        date(2026, 2, 20),
    )
    return held.number


def test_it_is_drafted_once_and_the_ministry_is_told(drafted: int) -> None:
    assert deviating.draft_due(TODAY) == 0
    (notice,) = notices_for(actor=MINISTRY, wanted=NoticeFilter(kind="deviation-drafted")).notices
    assert (notice.thing, notice.key, notice.figures) == (
        "deviation", str(drafted), {"told": 15_000, "expected": 12_000},
    )  # fmt: skip
    assert JournalRow.objects.filter(action="draft-deviation").count() == 1


def test_nobody_tells_what_he_put_forward_himself(drafted: int) -> None:
    with pytest.raises(StateError, match="STA-01"):
        deviating.tell_deviation(actor=SECOND, number=drafted, today=TODAY)
    with pytest.raises(InputError, match="INP-06"):
        deviating.put_forward(actor=MINISTRY, number=drafted, why=" ", today=TODAY)
    deviating.put_forward(actor=MINISTRY, number=drafted, why="minder verzoeken", today=TODAY)
    with pytest.raises(StateError, match="colleague"):
        deviating.tell_deviation(actor=MINISTRY, number=drafted, today=TODAY)
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        deviations.add_step(drafted, "told", on=TODAY, decided_by=MINISTRY.name, why="")
    assert not NoticeRow.objects.filter(kind="deviation-told").exists()


def test_everyone_is_told_with_the_figures_of_the_place(drafted: int) -> None:
    deviating.put_forward(actor=MINISTRY, number=drafted, why="minder verzoeken", today=TODAY)
    assert deviating.tell_deviation(actor=SECOND, number=drafted, today=TODAY) == 342 + 12
    (own,) = notices_for(actor=OF_UTRECHT, wanted=NoticeFilter(kind="deviation-told")).notices
    page = deviating.read_deviation(actor=ANYONE, number=drafted)
    meaning = next(one for one in page.meanings if one.municipality == UTRECHT)
    assert own.figures == {
        "told": 15_000, "expected": 12_000, "difference": meaning.people, "homes": meaning.homes,
    }  # fmt: skip
    (of_province,) = notices_for(actor=OF_PROVINCE, wanted=NoticeFilter(kind="deviation-told")).notices
    (shown,) = [one for one in page.provinces if one.province == "PV26"]
    assert of_province.figures["difference"] == shown.people < meaning.people < 0
    with pytest.raises(StateError, match="STA-01"):
        deviating.tell_deviation(actor=SECOND, number=drafted, today=TODAY)
    told = deviating.told_now(NEXT, TODAY)
    assert told is not None
    assert (told.people, told.known_from) == (12_000, TODAY)
    assert deviating.draft_due(date(2026, 3, 20)) == 0


def test_a_dropped_one_is_not_drafted_again_and_a_newer_number_overtakes_an_open_one(drafted: int) -> None:
    deviating.drop_deviation(actor=MINISTRY, number=drafted, why="raming was voorlopig", today=TODAY)
    assert deviating.draft_due(TODAY) == 0
    state_estimate(actor=MINISTRY, made=replace(LOWER, middle=11_000, made_on=TODAY), today=TODAY)
    assert deviating.draft_due(TODAY) == 1
    newer = replace(announcement(NEXT, 11_000), announced_on=TODAY)
    announce(actor=MINISTRY, announcement=newer, today=TODAY)
    assert deviating.draft_due(TODAY) == 0
    assert [one.state for one in deviations.deviations()] == ["dropped", "overtaken"]


def test_a_count_of_the_running_half_year_deviates_once_enough_days_are_counted(proposal: int) -> None:
    assert proposal
    running = HalfYear(2026, 1)
    count = replace(
        ESTIMATE, half_year=running, kind=EstimateKind.COUNT, low=None, high=None, middle=4_000,
        made_on=date(2026, 3, 2), until=date(2026, 2, 28),
    )  # fmt: skip
    state_estimate(actor=MINISTRY, made=count, today=TODAY)
    assert deviating.draft_due(TODAY) == 0
    state_estimate(actor=MINISTRY, made=replace(count, made_on=TODAY, until=TODAY), today=TODAY)
    assert deviating.draft_due(TODAY) == 1
    assert deviations.deviations()[0].found.signal.people == 11_677


def test_a_figure_that_a_program_enters_is_drafted_at_once(
    proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    program = Program(new_key(Role.MINISTRY).secret)
    for middle, day in ((15_000, "2026-01-05"), (12_000, "2026-03-02")):
        body = {
            "grootheid": "national-number",
            "halfjaar": "2026-II",
            "midden": middle,
            "bekendDatum": day,
            "bron": "voorbeeld",
        }
        assert program.post("ramingen", body).status_code == 201
    (held,) = deviations.deviations()
    assert (held.found.change, held.drafted_on) == (-3_000, TODAY)


def test_only_the_ministry_decides_and_a_draft_is_not_found_by_others(drafted: int) -> None:
    for actor in (ANYONE, COA, OF_UTRECHT):
        with pytest.raises(AccessError, match="ACC-02"):
            deviating.read_deviation(actor=actor, number=drafted)
        with pytest.raises(AccessError, match="ACC-01"):
            deviating.put_forward(actor=actor, number=drafted, why="x", today=TODAY)
    assert deviating.read_time_line(actor=ANYONE, today=TODAY).open == ()
    with pytest.raises(AccessError, match="ACC-02"):
        deviating.tell_deviation(actor=SECOND, number=drafted + 9, today=TODAY)


def test_page_csv_and_api_say_the_same(drafted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    client = Client()
    assert client.get(f"/prognoses/afwijkingen/{drafted}/").status_code == 404
    assert json.loads(client.get("/api/v1/afwijkingen").content) == []
    deviating.put_forward(actor=MINISTRY, number=drafted, why="minder verzoeken", today=TODAY)
    deviating.tell_deviation(actor=SECOND, number=drafted, today=TODAY)
    page = client.get("/prognoses/afwijkingen/").content.decode()
    assert "12.000" in page
    assert "2025-I" in page
    (row,) = csv.DictReader(
        io.StringIO(client.get("/prognoses/afwijkingen/afwijkingen.csv").content.decode())
    )
    (told,) = json.loads(client.get("/api/v1/afwijkingen").content)
    assert (
        (row["days"], row["why"]) == (str(told["dagen"]), told["toelichting"]) == ("11", "minder verzoeken")
    )
    each = json.loads(client.get(f"/api/v1/afwijkingen/{drafted}/gemeenten?pageSize=400").content)
    machine = csv.DictReader(
        io.StringIO(client.get(f"/prognoses/afwijkingen/{drafted}/gemeenten.csv").content.decode())
    )
    assert [int(one["difference"]) for one in machine] == [one["verschil"] for one in each]
    assert len(each) == 342
    shown = client.get(f"/prognoses/afwijkingen/{drafted}/").content.decode()
    assert MINISTRY.name not in shown
