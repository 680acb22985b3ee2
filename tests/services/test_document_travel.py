"""Coordinates and teams that somebody loads: kept by date with their source, used by plans, all rows or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from small_country import AUDITOR, CENTRE, COA, OF_UTRECHT, TODAY

from eenthuis.services import document_plan_work as work
from eenthuis.services.document_plans import ask_plan, read_plan
from eenthuis.services.document_travel import GivenFile, load_coordinates, load_teams, read_travel
from eenthuis.services.documents import DocumentFacts, signal_documents
from eenthuis.store.models import JournalRow
from eenthuis.store.travel_models import StandpointRow, TravelFileRow, TravelTeamRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, InputErrors
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
IND = Actor("ind", Role.IND)
WHERE = b"code,lat,lon\nOL-001,52.37,4.90\nIND-OWN,52.38,4.91\nIND-ZWOLLE,52.51,6.09\n"
TEAMS = b"code,desk,staff,vans,last_day\nNOORD,IND-ZWOLLE,6,2,\nEIGEN,IND-OWN,4,1,2027-12-31\n"


def given(content: bytes, *, first_day: date = TODAY, source: str = "IND, opgave vestigingen") -> GivenFile:
    return GivenFile(content, "bestand.csv", first_day, source)


def planned(**asked: int) -> int:
    number = ask_plan(actor=IND, staff=asked.get("staff"), vans=asked.get("vans"), today=TODAY)
    assert work.work_once("worker") == number
    return number


@pytest.fixture
def waiting(proposal: int) -> int:
    """Let two people wait at the one centre."""
    assert proposal
    facts = DocumentFacts(
        number="",
        household=HouseholdId("PE-000002"),
        ready_on=TODAY - timedelta(days=20),
        born_on=date(1990, 5, 1),
        photo_on=TODAY - timedelta(days=20),
        fingerprints_on=TODAY - timedelta(days=20),
        has_citizen_number=True,
        has_address=True,
    )
    return len(
        signal_documents(actor=IND, signalled=[facts, replace(facts, born_on=date(1991, 1, 1))], today=TODAY)
    )


def test_what_is_loaded_is_shown_with_its_source_and_used_by_a_plan(waiting: int) -> None:
    before = read_plan(actor=IND, number=planned(staff=4, vans=1)).found
    assert before is not None
    assert before.places is not None
    assert (before.places.own, before.places.all) == (0, 2)
    assert load_coordinates(actor=IND, given=given(WHERE), today=TODAY) == 3
    assert load_teams(actor=IND, given=given(TEAMS), today=TODAY) == 2
    page = read_travel(actor=AUDITOR, today=TODAY)
    own = {one.code: one.own.file.source for one in page.places if one.own}
    assert own == dict.fromkeys(("OL-001", "IND-OWN", "IND-ZWOLLE"), "IND, opgave vestigingen")
    assert page.own_places == 3
    assert not page.may_load
    assert [(one.code, one.desk, one.staff, one.vans) for one in page.teams] == [
        ("EIGEN", "IND-OWN", 4, 1),
        ("NOORD", "IND-ZWOLLE", 6, 2),
    ]
    plan = read_plan(actor=IND, number=planned())
    assert plan.own_teams == page.teams_file.number if page.teams_file else 0
    assert plan.found is not None
    (session,) = plan.found.sessions
    assert (session.session.team, session.people) == ("EIGEN", waiting)
    assert session.km < before.sessions[0].km
    places = plan.found.places
    assert places is not None
    assert (places.own, places.all) == (2, 2)
    assert [(one.name, one.stands.point.lat, one.stands.point.lon) for one in places.desks] == [
        ("IND-OWN", 52.38, 4.91)
    ]
    assert [(one.name, one.desks) for one in places.centres] == [(CENTRE.name, ("IND-OWN",))]
    assert JournalRow.objects.filter(action="load-travel").count() == 2


def test_the_file_that_holds_on_a_day_counts_and_earlier_ones_stay(waiting: int) -> None:
    assert waiting
    later = TODAY + timedelta(days=30)
    load_coordinates(actor=IND, given=given(b"code,lat,lon\nOL-001,52.1,5.1\n"), today=TODAY)
    load_coordinates(actor=IND, given=given(b"code,lat,lon\nOL-001,52.2,5.2\n", first_day=later), today=TODAY)
    load_teams(
        actor=IND, given=given(b"code,desk,staff,vans\nT,IND-ZWOLLE,2,1\n", first_day=later), today=TODAY
    )
    now, then = read_travel(actor=COA, today=TODAY), read_travel(actor=COA, today=later)
    points = [next(one.point.lat for one in page.places if one.code == "OL-001") for page in (now, then)]
    assert points == [52.1, 52.2]
    assert (now.teams, len(then.teams)) == ((), 1)
    assert [one.first_day for one in now.files] == [later, later, TODAY]


@pytest.mark.parametrize(
    ("load", "content", "told"),
    [
        (load_coordinates, b"code,lat,lon\nOL-001,52.1,5.1\nOL-777,52.1,5.1\n", "INP-01.*OL-777"),
        (load_coordinates, b"code,lat,lon\nOL-001,5.1,52.1\n", "INP-06.*lat"),
        (load_coordinates, b"code,lat,lon\nOL-001,52.1,5.1\nOL-001,52.1,5.1\n", "INP-03"),
        (load_coordinates, b"code,lat\nOL-001,52.1\n", "INP-02"),
        (load_coordinates, b"code,lat,lon\n", "INP-04"),
        (load_coordinates, b"code,lat,lon\nOL-001,noord,5.1\n", "INP-01"),
        (load_teams, b"code,desk,staff,vans\nT,IND-ZWOLLE,2,1\nU,IND-NERGENS,2,1\n", "INP-01.*IND-NERGENS"),
        (load_teams, b"code,desk,staff,vans\nT,IND-ZWOLLE,201,1\n", "INP-06.*staff"),
        (load_teams, b"code,desk,staff,vans\nT,IND-ZWOLLE,veel,1\n", "INP-01"),
        (
            load_teams,
            b"code,desk,staff,vans,first_day,last_day\nT,IND-ZWOLLE,2,1,2026-05-01,2026-04-01\n",
            "INP-06",
        ),
    ],
)
def test_one_wrong_row_keeps_the_whole_file_out(
    waiting: int, load: Callable[..., int], content: bytes, told: str
) -> None:
    assert waiting
    with pytest.raises((InputError, InputErrors), match=told):
        load(actor=IND, given=given(content), today=TODAY)
    assert not TravelFileRow.objects.exists()
    assert not StandpointRow.objects.exists()
    assert not TravelTeamRow.objects.exists()


def test_a_source_and_a_day_near_are_asked_and_only_the_ind_loads(waiting: int) -> None:
    assert waiting
    with pytest.raises(InputError, match=r"INP-04.*source"):
        load_coordinates(actor=IND, given=given(WHERE, source=" "), today=TODAY)
    with pytest.raises(InputError, match="INP-06"):
        load_coordinates(actor=IND, given=given(WHERE, source="x" * 301), today=TODAY)
    with pytest.raises(InputError, match=r"INP-06.*2029"):
        load_teams(actor=IND, given=given(TEAMS, first_day=date(2029, 1, 1)), today=TODAY)
    for actor in (COA, AUDITOR, OF_UTRECHT):
        with pytest.raises(AccessError, match="ACC-01"):
            load_teams(actor=actor, given=given(TEAMS), today=TODAY)
    with pytest.raises(InputError, match="INP-04"):
        ask_plan(actor=IND, staff=None, vans=None, today=TODAY)
