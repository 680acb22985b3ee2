"""The steps of a household: who may take them, what they need, what they leave behind, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_country import (
    AUDITOR,
    CENTRE,
    COA,
    HALF_YEAR,
    MINISTRY,
    OF_ISLAND,
    OF_UTRECHT,
    TODAY,
    UTRECHT,
    home_in,
)

from eenthuis.law import law_book
from eenthuis.rules.way_deadlines import way_deadlines
from eenthuis.services import homes, link_changing, linking, offers, sign_offs, way, way_merging
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.way_reading import (
    count_deadlines,
    deadlines_due,
    first_day_in_time,
    read_way,
    state_of,
)
from eenthuis.store import links, people
from eenthuis.store import way as stored
from eenthuis.store.models import HouseholdRow, JournalRow, WayStepRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.homes import HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.way import DeadlineKind, RefusalGround, Stage, Stay, StepKind

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR, FIVE, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in range(1, 7))
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, UTRECHT, association="Wonen Voorbeeld")
LAW = law_book().way(TODAY)


def link(proposal: int, *names: HouseholdId) -> None:
    assert linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY).linked


def add_home(largest: int = 4) -> HomeId:
    return homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT, largest=largest))


def test_the_whole_way_by_the_roles_that_walk_it(proposal: int) -> None:
    before = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY).row
    way.plan_talk(actor=COA, household=TWO, expected_on=TODAY, today=TODAY)
    way.hold_talk(actor=COA, household=TWO, on=TODAY, today=TODAY)
    link(proposal, TWO)
    first, second = add_home(), add_home()
    offers.offer(actor=OF_UTRECHT, household=TWO, home=first, today=TODAY)
    offers.record_viewing(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    offers.refuse(actor=COA, household=TWO, ground=RefusalGround.MEDICAL, why="stairs", on=TODAY, today=TODAY)
    offers.judge_refusal(actor=COA, household=TWO, is_justified=True, why="letter seen", today=TODAY)
    offers.offer(actor=OF_UTRECHT, household=TWO, home=second, today=TODAY)
    offers.accept(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    offers.sign_lease(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    offers.record_move(actor=COA, household=TWO, on=TODAY, today=TODAY)
    sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    assert state_of(TWO).stage is Stage.SIGNED_OFF
    page = read_way(actor=COA, household=TWO, today=TODAY)
    assert [step.kind for step in page.steps] == [
        StepKind.TALK_PLANNED,
        StepKind.TALK_HELD,
        StepKind.LINKED,
        StepKind.HOME_OFFERED,
        StepKind.HOME_VIEWED,
        StepKind.REFUSED,
        StepKind.REFUSAL_JUSTIFIED,
        StepKind.HOME_OFFERED,
        StepKind.ACCEPTED,
        StepKind.LEASED,
        StepKind.MOVED,
        StepKind.SIGNED_OFF,
    ]
    assert page.home is not None
    assert page.home.identifier == second
    assert [line.state for line in homes.read_homes(actor=OF_UTRECHT).lines] == ["free", "kept"]
    after = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY).row
    assert after.realised == before.realised + 2
    written = set(JournalRow.objects.filter(subject=f"household {TWO}").values_list("action", flat=True))
    assert {"talk-held", "confirm-link", "home-offered", "refusal-justified", "moved", "sign-off"} <= written


def test_a_refusal_that_is_not_justified_names_its_articles(proposal: int) -> None:
    link(proposal, ONE)
    offers.offer(actor=OF_UTRECHT, household=ONE, home=add_home(), today=TODAY)
    offers.refuse(
        actor=OF_UTRECHT, household=ONE, ground=RefusalGround.OTHER, why="another town", on=TODAY, today=TODAY
    )
    offers.judge_refusal(actor=COA, household=ONE, is_justified=False, why="suitable", today=TODAY)
    page = read_way(actor=COA, household=ONE, today=TODAY)
    assert "Rva 2005, art. 7" in page.steps[-1].values["consequence"]
    leave = next(one for one in page.deadlines if one.kind is DeadlineKind.LEAVE_RECEPTION)
    assert (leave.last_day, leave.met_on) == (TODAY + timedelta(weeks=2), None)
    assert offers.accept(actor=OF_UTRECHT, household=ONE, on=TODAY, today=TODAY).stage is Stage.ACCEPTED


@pytest.mark.parametrize("actor", [OF_ISLAND, OF_UTRECHT, MINISTRY, ASSOCIATION, AUDITOR])
def test_a_household_without_a_link_is_moved_by_coa_alone(proposal: int, actor: Actor) -> None:
    assert proposal
    with pytest.raises(AccessError):
        way.hold_talk(actor=actor, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(AccessError):
        way.record_departure(actor=actor, household=ONE, on=TODAY, why="left", today=TODAY)
    assert not WayStepRow.objects.exists()


def test_the_household_of_another_municipality_is_not_found(proposal: int) -> None:
    link(proposal, ONE)
    with pytest.raises(AccessError, match="ACC-02"):
        offers.offer(actor=OF_ISLAND, household=ONE, home=add_home(), today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        read_way(actor=OF_ISLAND, household=ONE, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        read_way(actor=OF_UTRECHT, household=TWO, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        way.hold_talk(actor=COA, household=HouseholdId("PE-999999"), on=TODAY, today=TODAY)


def test_a_municipality_sees_the_way_from_its_own_link_on(proposal: int) -> None:
    way.hold_talk(actor=COA, household=ONE, on=TODAY, today=TODAY)
    link(proposal, ONE)
    steps = read_way(actor=OF_UTRECHT, household=ONE, today=TODAY).steps
    assert [step.kind for step in steps] == [StepKind.LINKED]


def test_who_comes_second_is_told_and_changes_nothing(proposal: int) -> None:
    assert proposal
    seen = read_way(actor=COA, household=ONE, today=TODAY).seen
    way.plan_talk(actor=COA, household=ONE, expected_on=TODAY, today=TODAY, seen=seen)
    with pytest.raises(StateError, match="STA-07"):
        way.hold_talk(actor=COA, household=ONE, on=TODAY, today=TODAY, seen=seen)
    assert state_of(ONE).stage is Stage.TALK_PLANNED


def test_a_step_needs_its_fields_and_a_day_that_can_be(proposal: int) -> None:
    way.hold_talk(actor=COA, household=ONE, on=TODAY, today=TODAY)
    link(proposal, ONE)
    offers.offer(actor=OF_UTRECHT, household=ONE, home=add_home(), today=TODAY)
    with pytest.raises(InputError, match="INP-04"):
        offers.refuse(actor=COA, household=ONE, ground=RefusalGround.OTHER, why=" ", on=TODAY, today=TODAY)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(StateError, match="STA-09"):
            offers.accept(actor=COA, household=ONE, on=day, today=TODAY)
    with pytest.raises(StateError, match="STA-09"):
        way.plan_talk(actor=COA, household=TWO, expected_on=TODAY - timedelta(days=1), today=TODAY)


def test_ending_a_link_frees_the_home(proposal: int) -> None:
    link(proposal, ONE)
    home = add_home()
    offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY)
    linking.undo(actor=COA, household=ONE, why="work elsewhere", today=TODAY)
    assert state_of(ONE).stage is Stage.WAITING_FOR_LINK
    assert homes.read_homes(actor=OF_UTRECHT).free == 1
    link(proposal, TWO)
    assert offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY).holds_home


def test_a_withdrawn_offer_and_a_released_home_are_free_again(proposal: int) -> None:
    link(proposal, ONE, TWO)
    home = add_home()
    offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY)
    with pytest.raises(StateError, match="STA-08"):
        offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    offers.withdraw_offer(actor=OF_UTRECHT, household=ONE, why="fire damage", today=TODAY)
    offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    offers.refuse(
        actor=OF_UTRECHT, household=TWO, ground=RefusalGround.OTHER, why="no", on=TODAY, today=TODAY
    )
    offers.release_home(actor=OF_UTRECHT, household=TWO, why="others wait", today=TODAY)
    with pytest.raises(StateError, match="no-home-kept"):
        offers.accept(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    assert offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY).holds_home
    assert state_of(TWO).stage is Stage.REFUSED


def test_a_home_that_does_not_suit_is_not_offered(proposal: int) -> None:
    link(proposal, TWO)
    HouseholdRow.objects.filter(identifier=TWO).update(needs_accessible_home=True)
    small = add_home(largest=1)
    steps = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT, is_accessible=False))
    for home, why in ((small, "too-small"), (steps, "not-accessible")):
        with pytest.raises(StateError, match=why):
            offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    homes.withdraw_home(actor=OF_UTRECHT, home=small, why="sold", today=TODAY)
    with pytest.raises(StateError, match="withdrawn"):
        offers.offer(actor=OF_UTRECHT, household=TWO, home=small, today=TODAY)


def test_a_housing_association_keeps_its_own_homes_and_sees_no_household(proposal: int) -> None:
    link(proposal, ONE)
    own = homes.add_home(actor=ASSOCIATION, home=home_in(UTRECHT, owner="another"))
    other = add_home()
    offers.offer(actor=OF_UTRECHT, household=ONE, home=own, today=TODAY)
    (line,) = homes.read_homes(actor=ASSOCIATION).lines
    assert (line.home.identifier, line.home.owner, line.state, line.household) == (
        own,
        "Wonen Voorbeeld",
        "kept",
        None,
    )
    assert homes.read_homes(actor=OF_UTRECHT).lines[0].household == ONE
    with pytest.raises(AccessError, match="ACC-02"):
        homes.withdraw_home(actor=ASSOCIATION, home=other, why="mine now", today=TODAY)
    with pytest.raises(StateError, match="STA-08"):
        homes.withdraw_home(actor=ASSOCIATION, home=own, why="sold", today=TODAY)
    for refused in (MINISTRY, Actor("ind", Role.IND)):
        with pytest.raises(AccessError):
            homes.read_homes(actor=refused)


def test_a_home_changes_with_a_reason_and_every_version_stays(proposal: int) -> None:
    assert proposal
    home = add_home()
    now = homes.read_homes(actor=OF_UTRECHT).lines[0].home
    with pytest.raises(InputError, match="INP-04"):
        homes.change_home(actor=OF_UTRECHT, home=now, why="")
    with pytest.raises(InputError, match="INP-06"):
        homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT, largest=0))
    homes.withdraw_home(actor=OF_UTRECHT, home=home, why="sold", today=TODAY)
    assert homes.read_homes(actor=OF_UTRECHT).withdrawn == 1
    assert homes.read_homes(actor=OF_UTRECHT, state="free").lines == ()


def test_transit_counts_for_the_linked_municipality_and_the_hotel_does_not(proposal: int) -> None:
    link(proposal, ONE, TWO)
    way.enter_transit(
        actor=OF_UTRECHT, household=ONE, municipality=OF_ISLAND.municipality or UTRECHT, on=TODAY, today=TODAY
    )
    way.enter_hotel(actor=COA, household=TWO, on=TODAY, today=TODAY)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="stay-does-not-count"):
        sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    page = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert page.row.realised == 1
    transit = next(one for one in deadlines_due(actor=OF_UTRECHT, today=TODAY).lines if one.household == ONE)
    assert (transit.kind, transit.days_left) == (DeadlineKind.LEAVE_TRANSIT, 365)
    assert way.leave_transit(actor=OF_UTRECHT, household=ONE, on=TODAY, today=TODAY).stay is Stay.CENTRE
    assert way.leave_hotel(actor=COA, household=TWO, on=TODAY, today=TODAY).stay is Stay.CENTRE


def test_a_sign_off_that_is_withdrawn_leaves_the_household_where_it_stood(proposal: int) -> None:
    link(proposal, ONE)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    sign_offs.withdraw_sign_off(actor=COA, household=ONE, why="wrong household", today=TODAY)
    assert state_of(ONE).stage is Stage.LINKED
    page = read_municipality(actor=OF_UTRECHT, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert page.row.realised == 0
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert state_of(ONE).stage is Stage.SIGNED_OFF


def test_a_wrong_step_is_struck_out_or_mended_with_a_new_row(proposal: int) -> None:
    assert proposal
    way.hold_talk(actor=COA, household=ONE, on=TODAY, today=TODAY)
    way.mend_step(
        actor=COA, household=ONE, number=1, on=TODAY - timedelta(days=3), why="typing error", today=TODAY
    )
    assert [step.on for step in read_way(actor=COA, household=ONE, today=TODAY).steps] == [date(2026, 2, 28)]
    with pytest.raises(StateError, match="STA-06"):
        way.strike_out(actor=COA, household=ONE, number=1, why="no longer in force", today=TODAY)
    way.strike_out(actor=COA, household=ONE, number=2, why="another household", today=TODAY)
    assert state_of(ONE).stage is Stage.PERMIT
    assert WayStepRow.objects.filter(household=ONE).count() == 3
    with pytest.raises(InputError, match="INP-04"):
        way.strike_out(actor=COA, household=ONE, number=2, why="", today=TODAY)


def test_steps_on_which_others_rest_are_not_struck_out_and_links_end_in_their_own_way(proposal: int) -> None:
    link(proposal, ONE)
    offers.offer(actor=OF_UTRECHT, household=ONE, home=add_home(), today=TODAY)
    offers.accept(actor=OF_UTRECHT, household=ONE, on=TODAY, today=TODAY)
    offers.sign_lease(actor=OF_UTRECHT, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="STA-06"):
        way.strike_out(actor=OF_UTRECHT, household=ONE, number=3, why="wrong", today=TODAY)
    with pytest.raises(StateError, match="step of its own"):
        way.strike_out(actor=COA, household=ONE, number=1, why="wrong", today=TODAY)
    with pytest.raises(AccessError):
        way.strike_out(actor=OF_UTRECHT, household=ONE, number=1, why="wrong", today=TODAY)
    with pytest.raises(StateError, match="STA-09"):
        way.mend_step(
            actor=OF_UTRECHT, household=ONE, number=3, on=TODAY + timedelta(days=1), why="x", today=TODAY
        )
    with pytest.raises(StateError, match="STA-06"):
        linking.undo(actor=COA, household=ONE, why="wrong", today=TODAY)


def test_relatives_centres_and_leaving(proposal: int) -> None:
    way.await_relatives(actor=COA, household=ONE, expected_on=TODAY, today=TODAY)
    assert state_of(ONE).awaits_relatives
    way.end_wait_for_relatives(actor=COA, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="in that centre already"):
        way.change_centre(actor=COA, household=ONE, centre=CENTRE.code, on=TODAY, today=TODAY)
    before = people.waiting_counts()
    way.record_departure(actor=COA, household=ONE, on=TODAY, why="with family", today=TODAY)
    assert people.waiting_counts() == (before[0] - 1, before[1] - 1)
    assert ONE not in people.unlinked_identifiers()
    outcome = linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    assert outcome.refused[0].reason is linking.Refusal.NOT_WAITING


def test_merged_and_split_households_go_on_under_new_numbers(proposal: int) -> None:
    before = people.waiting_counts()
    new = HouseholdId("PE-000100")
    way_merging.merge_households(
        actor=COA, households=[ONE, TWO], into=new, why="married", on=TODAY, today=TODAY
    )
    assert people.waiting_counts() == (before[0] - 1, before[1])
    assert state_of(ONE).stage is state_of(TWO).stage is Stage.DISSOLVED
    assert people.households([new])[0].persons == 3
    parts = {HouseholdId("PE-000101"): [0], HouseholdId("PE-000102"): [1, 2]}
    way_merging.split_household(actor=COA, household=new, parts=parts, why="apart", on=TODAY, today=TODAY)
    assert [one.persons for one in people.households(tuple(parts))] == [1, 2]
    assert people.waiting_counts() == before
    with pytest.raises(StateError, match="STA-01"):
        way_merging.merge_households(
            actor=COA, households=[THREE, FOUR], into=FIVE, why="x", on=TODAY, today=TODAY
        )
    with pytest.raises(InputError, match="INP-04"):
        way_merging.split_household(
            actor=COA, household=THREE, parts={ONE: [0], TWO: [0]}, why="x", on=TODAY, today=TODAY
        )
    assert linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY).refused


def test_what_is_due_comes_most_urgent_first_and_within_reach(proposal: int) -> None:
    link(proposal, ONE, THREE)
    nation = deadlines_due(actor=COA, today=TODAY)
    assert [line.days_left for line in nation.lines] == sorted(line.days_left for line in nation.lines)
    assert nation.open == len(nation.lines) == 4 + 2
    assert nation.overdue == 4
    assert {line.household for line in nation.lines if line.days_left < 0} == {TWO, FOUR, FIVE, SEVEN}
    own = deadlines_due(actor=OF_UTRECHT, today=TODAY)
    assert {line.household for line in own.lines} == {ONE}
    assert [(line.kind, line.may_act) for line in own.lines] == [
        (DeadlineKind.LEASE, True),
    ]
    assert deadlines_due(actor=COA, today=TODAY, region=LinkingRegion.SOUTH).open == 0
    assert deadlines_due(actor=COA, today=TODAY, first=2, most=3).lines == nation.lines[2:5]
    assert {line.kind for line in deadlines_due(actor=COA, today=TODAY, kinds=[DeadlineKind.LINK]).lines} == {
        DeadlineKind.LINK
    }
    with pytest.raises(AccessError, match="ACC-02"):
        deadlines_due(actor=OF_ISLAND, today=TODAY, municipality=UTRECHT)
    with pytest.raises(AccessError, match="ACC-01"):
        deadlines_due(actor=MINISTRY, today=TODAY)


def test_counts_for_those_who_see_no_household_hide_what_is_small(proposal: int) -> None:
    link(proposal, ONE)
    counts = {one.kind: (one.open, one.overdue) for one in count_deadlines(actor=MINISTRY, today=TODAY)}
    assert counts[DeadlineKind.LEASE] == (None, 0)
    with pytest.raises(AccessError, match="ACC-01"):
        count_deadlines(actor=Actor("ind", Role.IND), today=TODAY)


def test_the_cut_between_late_and_in_time_lies_before_the_closed_days() -> None:
    assert first_day_in_time(date(2026, 4, 7), LAW) == date(2026, 4, 3)
    assert first_day_in_time(date(2026, 4, 8), LAW) == date(2026, 4, 8)


OWN_STEPS = [
    StepKind.TALK_HELD,
    StepKind.LINKED,
    StepKind.LINK_CHANGED,
    StepKind.HOME_OFFERED,
    StepKind.ACCEPTED,
    StepKind.REFUSED,
    StepKind.REFUSAL_JUSTIFIED,
    StepKind.LEASED,
    StepKind.MOVED,
    StepKind.HOME_CHANGED,
    StepKind.TRANSIT_ENTERED,
    StepKind.TRANSIT_LEFT,
    StepKind.LINK_ENDED,
]


def take_any(kind: StepKind, proposal: int, home: HomeId) -> None:
    """Take a step through its use case, if it can be taken."""
    ground = RefusalGround.OTHER
    use_cases: dict[StepKind, Callable[[], object]] = {
        StepKind.TALK_HELD: lambda: way.hold_talk(actor=COA, on=TODAY, household=ONE, today=TODAY),
        StepKind.LINKED: lambda: linking.confirm(
            actor=COA, proposal=proposal, households=(ONE,), today=TODAY
        ),
        StepKind.LINK_ENDED: lambda: linking.undo(actor=COA, why="x", household=ONE, today=TODAY),
        StepKind.LINK_CHANGED: lambda: link_changing.change_link(
            actor=COA, municipality=OF_ISLAND.municipality or UTRECHT, why="x", household=ONE, today=TODAY
        ),
        StepKind.HOME_CHANGED: lambda: offers.change_kept_home(
            actor=OF_UTRECHT, home=add_home(), why="x", household=ONE, today=TODAY
        ),
        StepKind.HOME_OFFERED: lambda: offers.offer(actor=OF_UTRECHT, home=home, household=ONE, today=TODAY),
        StepKind.ACCEPTED: lambda: offers.accept(actor=COA, on=TODAY, household=ONE, today=TODAY),
        StepKind.REFUSED: lambda: offers.refuse(
            actor=COA, ground=ground, why="x", on=TODAY, household=ONE, today=TODAY
        ),
        StepKind.REFUSAL_JUSTIFIED: lambda: offers.judge_refusal(
            actor=COA, is_justified=True, why="x", household=ONE, today=TODAY
        ),
        StepKind.LEASED: lambda: offers.sign_lease(actor=OF_UTRECHT, on=TODAY, household=ONE, today=TODAY),
        StepKind.MOVED: lambda: offers.record_move(actor=COA, on=TODAY, household=ONE, today=TODAY),
        StepKind.TRANSIT_ENTERED: lambda: way.enter_transit(
            actor=COA, municipality=UTRECHT, on=TODAY, household=ONE, today=TODAY
        ),
        StepKind.TRANSIT_LEFT: lambda: way.leave_transit(actor=COA, on=TODAY, household=ONE, today=TODAY),
    }
    with suppress(StateError, AccessError):
        use_cases[kind]()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(OWN_STEPS), min_size=4, max_size=14))
def test_the_list_from_the_database_is_what_the_rule_says_of_each_household(
    proposal: int, kinds: list[StepKind]
) -> None:
    home = add_home()
    for kind in kinds:
        take_any(kind, proposal, home)
    steps = stored.steps_of([ONE])[ONE]
    wanted = {
        (one.kind, one.started_on, one.last_day)
        for one in way_deadlines(date(2025, 10, 1), steps, LAW)
        if one.met_on is None and one.kind is not DeadlineKind.WHOLE_WAY
    }
    found = {
        (line.kind, line.started_on, line.last_day)
        for line in deadlines_due(actor=COA, today=TODAY, most=999).lines
        if line.household == ONE
    }
    assert found == wanted
    assert bool(links.links_in_force([ONE])) == (
        state_of(ONE).stage not in {Stage.PERMIT, Stage.WAITING_FOR_LINK}
    )
