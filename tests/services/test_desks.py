"""Desks: what asks for action today, for each role and within its reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_country import AUDITOR, COA, HALF_YEAR, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import linking, sign_offs, way
from eenthuis.services.composing import publish_due
from eenthuis.services.desk_models import Desk, Task, Urgency, most_urgent_first
from eenthuis.services.desk_transit import transit_places
from eenthuis.services.desks import read_desk, read_region_desk
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, ProvinceCode

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (HouseholdId(f"PE-{number:06d}") for number in range(1, 4))
ASSOCIATION = Actor(
    "corporatie", Role.HOUSING_ASSOCIATION, UTRECHT, ProvinceCode("PV26"), association="Wonen Voorbeeld"
)
PROVINCE = Actor("provincie", Role.PROVINCE, None, ProvinceCode("PV26"))
EVERYONE = (
    COA,
    MINISTRY,
    AUDITOR,
    OF_UTRECHT,
    ASSOCIATION,
    PROVINCE,
    Actor("ind", Role.IND),
    Actor("beheer", Role.ADMINISTRATOR),
)


def confirm(proposal: int, *names: HouseholdId) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY)


def codes(desk: Desk) -> dict[str, int]:
    return {task.code: task.count for task in desk.tasks}


def test_tasks_stand_in_order_of_urgency_then_day_then_number() -> None:
    soon, late = TODAY + timedelta(days=3), TODAY - timedelta(days=3)
    tasks = [
        Task("d", Urgency.LATER, 9),
        Task("c", Urgency.SOON, 1),
        Task("b", Urgency.SOON, 1, due=soon),
        None,
        Task("none", Urgency.OVERDUE, 0),
        Task("e", Urgency.LATER, 2),
        Task("a", Urgency.OVERDUE, 1, due=late),
    ]
    assert [task.code for task in most_urgent_first(tasks)] == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("actor", EVERYONE, ids=lambda actor: actor.role)
def test_every_role_has_a_desk_and_only_its_own_parts(proposal: int, actor: Actor) -> None:
    confirm(proposal, ONE)
    desk = read_desk(actor=actor, today=TODAY)
    assert desk.role is actor.role
    assert desk.figures
    assert bool(desk.households) == (actor is OF_UTRECHT)
    assert desk.sizes == ()
    assert (desk.transit is not None) == (actor is OF_UTRECHT)
    assert bool(desk.supervised) == (actor is PROVINCE)
    assert bool(desk.regions) == (actor is COA)


def test_nobody_who_has_not_signed_in_has_a_desk(proposal: int) -> None:
    assert proposal
    with pytest.raises(AccessError, match="ACC-01"):
        read_desk(actor=ANYONE, today=TODAY)


def test_the_officer_sees_who_is_late_and_what_waits_for_a_decision(proposal: int) -> None:
    before = read_desk(actor=COA, today=TODAY)
    assert codes(before)["link-late"] == 6
    assert codes(before)["confirm"] == 6  # as the proof says it links, before anyone confirmed
    assert before.tasks[0].urgency is Urgency.OVERDUE
    confirm(proposal, ONE, TWO)
    after = read_desk(actor=COA, today=TODAY)
    assert codes(after)["link-late"] == 4
    assert codes(after)["confirm"] == 4
    assert "move-late" not in codes(after)
    assert codes(read_desk(actor=COA, today=TODAY + timedelta(weeks=13)))["move-late"] == 2


def test_a_region_counts_its_own_households_and_municipalities(proposal: int) -> None:
    assert proposal
    centre = read_region_desk(actor=COA, region=LinkingRegion.CENTRE, today=TODAY)
    north = read_region_desk(actor=COA, region=LinkingRegion.NORTH, today=TODAY)
    assert centre.figures[0].count == 22
    assert north.figures[0].count == 0
    assert {row.province_code for row in north.municipalities} <= {"PV20", "PV21", "PV22"}
    with pytest.raises(AccessError, match="ACC-02"):
        read_region_desk(actor=COA, region="atlantis", today=TODAY)
    with pytest.raises(AccessError, match="ACC-01"):
        read_region_desk(actor=OF_UTRECHT, region=LinkingRegion.CENTRE, today=TODAY)


def test_a_municipality_sees_its_own_households_by_the_weeks_left(proposal: int) -> None:
    confirm(proposal, ONE, THREE)
    desk = read_desk(actor=OF_UTRECHT, today=TODAY)
    (one,) = desk.households
    assert (one.linked.household, one.home_by, one.weeks_left) == (ONE, TODAY + timedelta(weeks=10), 10)
    assert codes(desk)["link-new"] == codes(desk)["home-later"] == 1
    later = read_desk(actor=OF_UTRECHT, today=TODAY + timedelta(weeks=11))
    assert later.tasks[0].code == "home-late"
    assert later.households[0].weeks_left == -1
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert read_desk(actor=OF_UTRECHT, today=TODAY).households == ()
    assert [line.linked.household for line in read_desk(actor=OF_ISLAND, today=TODAY).households] == [THREE]


def test_a_housing_association_sees_counts_and_no_small_ones(proposal: int) -> None:
    confirm(proposal, ONE, TWO)
    assert read_desk(actor=ASSOCIATION, today=TODAY).sizes_of is None
    publish_due(today=TODAY)
    linking.undo(actor=COA, household=TWO, why="after it was published", today=TODAY)
    desk = read_desk(actor=ASSOCIATION, today=TODAY)
    assert (desk.sizes_of, desk.floor, desk.sizes[0].code) == (TODAY.replace(day=1), 5, UTRECHT)
    shown = {size.band: size.households for size in desk.sizes[0].sizes}
    assert set(shown) == {"1-2", "3-4", "5+"}
    assert not [count for count in shown.values() if count and count < desk.floor]
    assert ISLAND not in {line.code for line in desk.sizes}


def test_transit_places_stand_on_the_desk_of_the_linked_municipality_with_what_ends_when(
    proposal: int,
) -> None:
    confirm(proposal, ONE, TWO)
    for name in (ONE, TWO):
        way.enter_transit(actor=OF_UTRECHT, household=name, municipality=ISLAND, on=TODAY, today=TODAY)
    sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    later = TODAY + timedelta(days=370)
    transit = read_desk(actor=OF_UTRECHT, today=TODAY).transit
    assert transit is not None
    assert (transit.households, transit.people, transit.counted, transit.most_days) == (2, 3, 2, 365)
    assert [(one.household, one.stands_in, one.days_left, one.is_signed_off) for one in transit.lines] == [
        (ONE, "Ameland", 365, False),
        (TWO, "Ameland", 365, True),
    ]
    way.leave_transit(actor=OF_UTRECHT, household=ONE, on=TODAY, today=TODAY)
    late = transit_places(actor=OF_UTRECHT, municipality=UTRECHT, today=later)
    assert late is not None
    assert [(one.household, one.days_left) for one in late.lines] == [(TWO, -5)]
    with pytest.raises(AccessError, match="ACC-02"):
        transit_places(actor=OF_ISLAND, municipality=UTRECHT, today=TODAY)
    assert transit_places(actor=OF_ISLAND, municipality=ISLAND, today=date(2024, 6, 1)) is None


def test_a_province_sees_the_last_reading_and_by_when_to_answer(proposal: int) -> None:
    assert proposal
    desk = read_desk(actor=PROVINCE, today=TODAY)
    assert {line.row.province_code for line in desk.supervised} == {"PV26"}
    utrecht = next(line for line in desk.supervised if line.row.code == UTRECHT)
    assert utrecht.verdict == "behind-excusable"  # nobody was linked, so nobody could be housed
    assert utrecht.people > 0


def test_the_ministry_is_told_what_must_be_announced_by_when(proposal: int) -> None:
    assert proposal
    task = next(task for task in read_desk(actor=MINISTRY, today=TODAY).tasks if task.code == "announce-next")
    assert (task.reference, task.due) == ("2026-II", HALF_YEAR.next.first_day - timedelta(weeks=13))
    assert task.urgency is Urgency.SOON


def test_the_auditor_sees_what_was_decided_lately(proposal: int) -> None:
    confirm(proposal, ONE)
    linking.undo(actor=COA, household=ONE, why="found a home", today=TODAY)
    desk = read_desk(actor=AUDITOR, today=TODAY)
    done = {line.action: line.count for line in desk.done}
    assert done["confirm-link"] == done["undo-link"] == 1
    assert {"undone", "without-proof"} <= set(codes(desk))
