"""What comes to a municipality: intervals that hold as often as they say, from published figures only."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pytest
from django.test import Client
from small_country import COA, HALF_YEAR, MINISTRY, OF_UTRECHT, TODAY, UTRECHT, announcement

from eenthuis.forecast.coming import coming, spread_over
from eenthuis.rules.months import months_after
from eenthuis.services.coming import MONTHS, at_pace, read_coming
from eenthuis.services.composing import publish
from eenthuis.services.targets import announce
from eenthuis.store import bulk, people
from eenthuis.terms.access import ANYONE
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import CentreCode, Household, HouseholdId, Link, Member, Sex
from eenthuis.terms.places import LinkingRegion

MIX = {"1": 60, "2": 15, "3-4": 25}
PERSONS = {"1": 1.0, "2": 2.0, "3-4": 3.5}


def test_eight_in_ten_futures_of_the_same_making_lie_within_the_interval() -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    made = coming(np.full((4000, 3), 12.0), mix=MIX, persons=PERSONS, rng=rng)
    last = {line.band: line for line in made if line.months == 3}
    waiting = sum(number * PERSONS[band] for band, number in MIX.items())
    speed = rng.gamma(3.0, 1 / 3.0, size=2000)
    for band, number in MIX.items():
        came = rng.poisson(speed * 36.0 * number / waiting)
        held = np.mean([last[band].covers(int(count)) for count in came])
        assert 0.78 <= held <= 0.93, band
        assert last[band].low <= last[band].middle <= last[band].high
    months = [line.middle for line in made if line.band == "all"]
    assert months == sorted(months)


def test_nobody_waiting_means_no_forecast() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    assert coming(np.ones((10, 2)), mix={"1": 0}, persons={"1": 1.0}, rng=rng) == ()


def test_half_years_are_spread_over_months() -> None:
    found = spread_over([(np.array([6.0, 12.0]), [0.5, 0.5, 0.0]), (np.array([0.0, 3.0]), [0.0, 0.0, 1.0])])
    assert found.tolist() == [[3.0, 3.0, 0.0], [6.0, 6.0, 3.0]]


@pytest.fixture
def crowded(proposal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small country with ten waiting households of every size, published for March."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    people.save_households(
        [
            Household(
                identifier=HouseholdId(f"PE-2{number:05d}"),
                members=tuple(Member(1990, Sex.MALE, is_adult=True) for _ in range(1 + number % 8)),
                permit_on=date(2025, 11, 1),
                centre=CentreCode("OL-001"),
                region=LinkingRegion.CENTRE,
            )
            for number in range(80)
        ]
    )
    publish(actor=COA, month=TODAY.replace(day=1))


@pytest.mark.django_db
@pytest.mark.usefixtures("crowded")
def test_the_forecast_is_the_same_for_everyone_and_every_time() -> None:
    page = read_coming(actor=ANYONE, code=UTRECHT, today=TODAY)
    assert page is not None
    assert page == read_coming(actor=OF_UTRECHT, code=UTRECHT, today=TODAY)
    assert len(page.months) == MONTHS
    assert not page.is_announced
    low, middle, high = page.next_people
    assert low < middle < high
    shown = Client().get(f"/gemeenten/{UTRECHT}/").content.decode()
    assert "Wat eraan komt" in shown
    assert "ee-figure--coming" in shown
    rows = list(
        csv.DictReader(io.StringIO(Client().get(f"/gemeenten/{UTRECHT}/wat-komt.csv").content.decode()))
    )
    assert [(row["band"], int(row["months"]), int(row["middle"])) for row in rows] == [
        (line.band, line.months, line.middle) for line in page.lines
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("crowded")
def test_an_announced_number_takes_the_place_of_the_forecast() -> None:
    announce(actor=MINISTRY, announcement=announcement(HalfYear(2026, 2), 9_000), today=TODAY)
    page = read_coming(actor=ANYONE, code=UTRECHT, today=TODAY)
    assert page is not None
    assert page.is_announced
    assert len(set(page.next_people)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("crowded")
def test_after_a_year_the_forecast_goes_at_the_pace_of_that_year() -> None:
    page = read_coming(actor=ANYONE, code=UTRECHT, today=TODAY)
    assert page is not None
    assert page.linked_people is None
    bulk.copy_links(
        [
            Link(HouseholdId(f"PV-{number:06d}"), UTRECHT, HALF_YEAR, 2, months_after(TODAY, -number), ())
            for number in (1, 2, 5, 8, 14)
        ],
        reasons=[()] * 5,
        decided_by="test",
    )
    later = read_coming(actor=ANYONE, code=UTRECHT, today=TODAY)
    assert later is not None
    assert later.linked_people == 8
    assert "in het tempo van het afgelopen jaar" in Client().get(f"/gemeenten/{UTRECHT}/").content.decode()
    people = at_pace(later.linked_people)
    assert people.shape[1] == MONTHS
    assert people.sum(axis=1).max() == pytest.approx(4.0)
    (last,) = [line for line in later.of(MONTHS) if line.band == "all"]
    assert (last.low, last.middle) == (0, 1)
    assert last.high <= 4


@pytest.mark.django_db
def test_without_a_publication_there_is_no_forecast(proposal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    assert read_coming(actor=ANYONE, code=UTRECHT, today=TODAY) is None
    assert Client().get(f"/gemeenten/{UTRECHT}/wat-komt.csv").status_code == 404
