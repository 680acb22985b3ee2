"""Forecasts kept as they were made, and official figures beside them: by form, file, API and command."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from keyed import Program, new_key
from small_country import COA, MINISTRY, TODAY

from eenthuis.connect.sheet_book import forms
from eenthuis.connect.sheet_writing import template
from eenthuis.services import sheets
from eenthuis.services.estimates import read_estimates, state_estimate
from eenthuis.services.forecasting import forecast_due, official_for, read_forecasts
from eenthuis.services.sheet_work import work_once
from eenthuis.store.models import EstimateRow, ForecastRow, JournalRow
from eenthuis.terms.access import ANYONE, Role
from eenthuis.terms.errors import AccessError, InputErrors, StateError
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.sheets import SheetKind

pytestmark = pytest.mark.django_db
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


@pytest.fixture
def made(proposal: int, monkeypatch: pytest.MonkeyPatch) -> date:
    """The small country with forecasts of March."""
    del proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    assert forecast_due(TODAY) == TODAY
    return TODAY


def test_forecasts_are_made_once_a_month_and_stay(made: date) -> None:
    assert forecast_due(date(2026, 3, 31)) is None
    before = ForecastRow.objects.count()
    assert forecast_due(date(2026, 4, 1)) == date(2026, 4, 1)
    assert ForecastRow.objects.filter(made_on=made).count() == before == 16
    assert JournalRow.objects.filter(action="make-forecast").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        ForecastRow.objects.update(model="another")


def test_each_forecast_runs_four_half_years_ahead_in_order_of_its_quantiles(made: date) -> None:
    page = read_forecasts(actor=ANYONE, today=made)
    assert [part.series for part in page.parts] == [
        "first-requests", "joining-relatives", "national-number", "waiting",
    ]  # fmt: skip
    for part in page.parts:
        assert [line.half_year for line in part.lines] == [
            part.last_known.shift(step) for step in (1, 2, 3, 4)
        ]
        for line in part.lines:
            assert list(line.quantiles.values()) == sorted(line.quantiles.values())
        assert part.past[-1][0] == part.last_known
        assert part.scores


def test_an_official_figure_stands_beside_the_forecast_and_a_correction_beside_the_one_before(
    made: date,
) -> None:
    first = state_estimate(actor=MINISTRY, made=ESTIMATE, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        state_estimate(actor=MINISTRY, made=ESTIMATE, today=TODAY)
    later = state_estimate(actor=MINISTRY, made=replace(ESTIMATE, middle=16_000), today=TODAY)
    assert later.replaces == first.number
    page = read_forecasts(actor=ANYONE, today=made)
    (line,) = [
        line
        for part in page.parts
        if part.series == "national-number"
        for line in part.lines
        if line.half_year == NEXT
    ]
    assert [(one.what, one.middle) for one in line.official] == [("estimate", 16_000)]
    listed = read_estimates(actor=ANYONE, quantity=Quantity.NATIONAL_NUMBER, half_year=NEXT)
    assert [(view.estimate.middle, view.is_replaced) for view in listed] == [(15_000, True), (16_000, False)]
    assert JournalRow.objects.filter(action="state-estimate").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        EstimateRow.objects.update(middle=1)


def test_what_was_announced_stands_first_among_what_is_official(proposal: int) -> None:
    assert proposal
    (number,) = official_for("national-number", HalfYear(2026, 1), ())
    assert (number.what, number.middle) == ("announced", 15_000)
    assert official_for("waiting", HalfYear(2026, 1), ()) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"middle": -1}, "middle"),
        ({"middle": 2_000_000}, "middle"),
        ({"low": 15_001}, "low"),
        ({"high": 14_999}, "high"),
        ({"made_on": date(2026, 3, 4)}, "made_on"),
        ({"source": " "}, "source"),
        ({"until": date(2026, 7, 3)}, "until"),
        ({"kind": EstimateKind.COUNT}, "low"),
        ({"kind": EstimateKind.COUNT, "low": None, "high": None}, "until"),
        ({"kind": EstimateKind.COUNT, "low": None, "high": None, "until": date(2026, 2, 1)}, "until"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_whole(db: None, changes: dict[str, Any], field: str) -> None:
    del db
    with pytest.raises(InputErrors) as told:
        state_estimate(actor=MINISTRY, made=replace(ESTIMATE, **changes), today=TODAY)
    assert field in {one.location.column for one in told.value.errors if one.location}
    assert not EstimateRow.objects.exists()


def test_only_the_ministry_enters_official_figures(db: None) -> None:
    del db
    for actor in (ANYONE, COA):
        with pytest.raises(AccessError, match="ACC-01"):
            state_estimate(actor=actor, made=ESTIMATE, today=TODAY)


def test_a_file_of_estimates_is_taken_in_whole_and_a_wrong_row_stops_it_all(db: None) -> None:
    del db
    text = (
        "Wat;Halfjaar;Minimum;Midden;Maximum;Bekend op;Bron\r\n"
        "Te huisvesten;2026-II;13000;15000;18000;05-01-2026;voorbeeld\r\n"
        "Vergunningen;2026-II;;{middle};9000;05-01-2026;voorbeeld\r\n"
    )
    for middle, state in (("9500", "checked"), ("8500", "checked")):
        number = sheets.hand_in(
            actor=MINISTRY,
            kind=SheetKind.ESTIMATES,
            name="ramingen.csv",
            content=text.format(middle=middle).encode(),
            today=TODAY,
        )
        work_once("test")
        page = sheets.read_own(actor=MINISTRY, number=number)
        assert page.state == state
        if middle == "9500":
            (problem,) = page.problems
            assert (problem.row, problem.column, page.may_agree) == (3, "Maximum", False)
    sheets.agree(actor=MINISTRY, number=number)
    work_once("test")
    assert sheets.read_own(actor=MINISTRY, number=number).state == "done"
    assert list(EstimateRow.objects.order_by("id").values_list("quantity", "middle")) == [
        ("national-number", 15_000),
        ("permits", 8_500),
    ]
    with pytest.raises(AccessError, match="ACC-01"):
        sheets.hand_in(actor=COA, kind=SheetKind.ESTIMATES, name="a.csv", content=b"x", today=TODAY)
    assert template(forms()[SheetKind.ESTIMATES], TODAY)[:2] == b"PK"


def test_page_tables_and_api_say_the_same(made: date) -> None:
    state_estimate(actor=MINISTRY, made=ESTIMATE, today=TODAY)
    client = Client()
    page = client.get("/prognoses/").content.decode()
    assert page.count("<svg") == 5  # the mark of the house and four fans
    assert "15.000 (13.000–18.000)" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/prognoses/prognoses.csv").content.decode())))
    told = json.loads(client.get("/api/v1/prognoses").content)
    assert [int(row["q50"]) for row in rows] == [one["midden"] for one in told]
    assert {row["made_on"] for row in rows} == {made.isoformat()}
    scores = list(csv.DictReader(io.StringIO(client.get("/prognoses/toets.csv").content.decode())))
    assert {"pinball", "coverage80", "verdict"} <= set(scores[0])
    listed = json.loads(client.get("/api/v1/ramingen?grootheid=national-number&halfjaar=2026-II").content)
    assert [(one["minimum"], one["midden"], one["maximum"]) for one in listed] == [(13_000, 15_000, 18_000)]
    assert "2018-II" in client.get("/prognoses/ramingen.csv").content.decode()
    assert client.get("/api/v1/ramingen?grootheid=banaan").status_code == 400


def test_a_program_of_the_ministry_enters_a_figure_once(made: date) -> None:
    assert made == TODAY
    body = {
        "grootheid": "permits",
        "halfjaar": "2026-I",
        "soort": "count",
        "midden": 4_100,
        "bekendDatum": "2026-03-02",
        "geteldTotDatum": "2026-02-28",
        "bron": "voorbeeld",
    }
    program = Program(new_key(Role.MINISTRY).secret)
    for _ in range(2):
        assert program.post("ramingen", body, "eigen-naam-1").status_code == 201
    assert EstimateRow.objects.count() == 1
    assert program.post("ramingen", body | {"midden": -1}).status_code == 400
    assert program.post("ramingen", body | {"minimum": 1}).status_code == 409
    assert Program(new_key(Role.COA).secret).post("ramingen", body).status_code == 403
