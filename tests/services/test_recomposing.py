"""Merging and splitting households with and without a link, what is shown first, and taking it back."""

from __future__ import annotations

import pytest
from small_country import AUDITOR, COA, HALF_YEAR, OF_UTRECHT, TODAY, UTRECHT, home_in, household

from eenthuis.services import homes, letters, linking, offers, open_work, sign_offs, way
from eenthuis.services.balances import standing
from eenthuis.services.notices import notices_for
from eenthuis.services.recomposition import (
    linked_places,
    read_members,
    rehearse_merge,
    rehearse_split,
    rehearse_undo,
)
from eenthuis.services.way_merging import (
    LinksThen,
    merge_households,
    split_household,
    undo_recomposition,
)
from eenthuis.services.way_reading import read_way, state_of
from eenthuis.store import links, people
from eenthuis.store.models import HouseholdNowRow, JournalRow, LinkRow, WayStepRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import DeadlineKind, Stage, Stay

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR = (HouseholdId(f"PE-{number:06d}") for number in range(1, 5))
NEW, OTHER = HouseholdId("PE-000100"), HouseholdId("PE-000101")
GOES_ON = LinksThen({NEW: UTRECHT})


def link(proposal: int, *names: HouseholdId) -> None:
    assert linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY).linked


def linked_people() -> int:
    return standing(HALF_YEAR, TODAY).linked.get(UTRECHT, 0)


def merge(*names: HouseholdId, then: LinksThen | None = None, **more: object) -> None:
    given: dict[str, object] = {"actor": COA, "why": "married", "on": TODAY, "today": TODAY, **more}
    merge_households(households=names, into=NEW, links_then=then, **given)  # type: ignore[arg-type]


def told(actor: Actor) -> list[NoticeKind]:
    return [one.kind for one in notices_for(actor=actor).notices]


def test_what_is_shown_first_is_what_happens_and_until_then_nothing_does(proposal: int) -> None:
    link(proposal, TWO)
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    letters.issue_code(actor=COA, household=TWO, today=TODAY)
    rows = (LinkRow.objects.count(), WayStepRow.objects.count(), JournalRow.objects.count())
    shown = rehearse_merge(
        actor=COA, households=[ONE, TWO], into=NEW, why="married", today=TODAY, links_then=GOES_ON
    )
    assert rows == (LinkRow.objects.count(), WayStepRow.objects.count(), JournalRow.objects.count())
    assert [(one.household, one.municipality_name, one.home, one.open_letters) for one in shown.old] == [
        (ONE, "", "", 0),
        (TWO, "Utrecht", home, 1),
    ]
    (new,) = shown.new
    assert (new.persons, new.municipality_name) == (3, "Utrecht")
    assert {one.kind for one in new.deadlines} == {DeadlineKind.LEASE, DeadlineKind.WHOLE_WAY}
    (count,) = shown.counts
    assert (count.linked_before, count.linked_after, count.open_before - count.open_after) == (2, 3, 1)
    merge(ONE, TWO, then=GOES_ON, seen=shown.seen)
    assert linked_people() == count.linked_after
    assert links.links_in_force([NEW])[NEW].reasons == LinkRow.objects.get(household=TWO, step=1).reasons
    assert homes.read_homes(actor=OF_UTRECHT).free == 1
    assert told(OF_UTRECHT)[:2] == [NoticeKind.LINK_CONFIRMED, NoticeKind.HOUSEHOLD_RECOMPOSED]
    assert read_way(actor=OF_UTRECHT, household=NEW, today=TODAY).state.stage is Stage.LINKED
    with pytest.raises(AccessError, match="ACC-02"):
        read_way(actor=OF_UTRECHT, household=TWO, today=TODAY)


def test_a_link_stands_in_the_way_unless_it_is_said_what_becomes_of_it(proposal: int) -> None:
    link(proposal, TWO)
    with pytest.raises(StateError, match="STA-06"):
        merge(ONE, TWO)
    merge(ONE, TWO, then=LinksThen({}))
    assert (linked_people(), state_of(NEW).stage) == (0, Stage.PERMIT)
    assert not links.links_in_force([NEW])


def test_no_more_people_join_than_the_target_has_room_for(proposal: int) -> None:
    link(proposal, TWO)
    room = standing(HALF_YEAR, TODAY).open_people(UTRECHT)
    people.save_households([household(98, room + 1)])
    with pytest.raises(StateError, match="STA-03"):
        merge(TWO, HouseholdId("PE-000098"), then=GOES_ON)
    assert (linked_people(), state_of(TWO).stage) == (2, Stage.LINKED)
    assert not people.is_there(NEW)


def test_who_decides_on_what_has_changed_meanwhile_is_told(proposal: int) -> None:
    assert proposal
    seen = rehearse_merge(
        actor=COA, households=[ONE, TWO], into=NEW, why="x", today=TODAY, links_then=LinksThen({})
    ).seen
    way.hold_talk(actor=COA, household=TWO, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="STA-07"):
        merge(ONE, TWO, then=LinksThen({}), seen=seen)
    assert state_of(ONE).stage is Stage.PERMIT


def test_a_split_keeps_the_link_of_the_parts_that_stay(proposal: int) -> None:
    link(proposal, TWO)
    assert [one.is_adult for one in read_members(actor=COA, household=TWO)] == [True, True]
    parts, then = {NEW: [0], OTHER: [1]}, LinksThen({NEW: UTRECHT})
    shown = rehearse_split(actor=COA, household=TWO, parts=parts, why="apart", today=TODAY, links_then=then)
    assert [one.municipality_name for one in shown.new] == ["Utrecht", ""]
    split_household(
        actor=COA, household=TWO, parts=parts, why="apart", on=TODAY, today=TODAY, links_then=then
    )
    assert (linked_people(), state_of(OTHER).stage) == (1, Stage.PERMIT)
    assert linked_places(actor=COA, households=[NEW, OTHER]) == {UTRECHT: "Utrecht"}


def test_a_merge_is_taken_back_with_new_rows_and_everybody_goes_on(proposal: int) -> None:
    link(proposal, TWO)
    before = people.waiting_counts()
    merge(ONE, TWO, then=GOES_ON)
    shown = rehearse_undo(actor=COA, household=ONE, why="other people", today=TODAY)
    assert ([one.household for one in shown.old], [one.household for one in shown.new]) == ([NEW], [ONE, TWO])
    steps = WayStepRow.objects.count()
    assert undo_recomposition(actor=COA, household=ONE, why="other people", today=TODAY) == (ONE, TWO)
    assert (state_of(ONE).stage, state_of(TWO).stage) == (Stage.PERMIT, Stage.WAITING_FOR_LINK)
    assert (state_of(NEW).stage, people.waiting_counts(), linked_people()) == (Stage.DISSOLVED, before, 0)
    assert WayStepRow.objects.count() == steps + 4
    with pytest.raises(StateError, match="STA-06"):
        undo_recomposition(actor=COA, household=ONE, why="again", today=TODAY)
    split_household(
        actor=COA,
        household=TWO,
        parts={OTHER: [0], HouseholdId("PE-102"): [1]},
        why="x",
        on=TODAY,
        today=TODAY,
    )
    assert undo_recomposition(actor=COA, household=TWO, why="together", today=TODAY) == (TWO,)
    assert state_of(OTHER).stage is Stage.DISSOLVED
    link(proposal, TWO)


def test_what_came_of_it_and_went_on_is_not_taken_back(proposal: int) -> None:
    link(proposal, TWO)
    merge(ONE, TWO, then=GOES_ON)
    sign_offs.sign_off(actor=COA, household=NEW, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        undo_recomposition(actor=COA, household=ONE, why="wrong", today=TODAY)


def test_who_left_or_was_merged_waits_for_no_link_in_any_list(proposal: int) -> None:
    assert proposal
    way.record_departure(actor=COA, household=THREE, on=TODAY, why="left", today=TODAY)
    merge(ONE, TWO)
    waiting = {
        line.household
        for line in open_work.read_open_work(actor=COA, today=TODAY, chosen=open_work.WorkFilter()).lines
    }
    assert not waiting & {ONE, TWO, THREE}
    assert NEW in waiting
    way.strike_out(actor=COA, household=THREE, number=1, why="another", today=TODAY)
    assert HouseholdNowRow.objects.get(household=THREE).permit_on is not None


def test_wrong_numbers_stays_and_roles_are_refused_and_nothing_is_kept(proposal: int) -> None:
    link(proposal, TWO)
    way.enter_hotel(actor=COA, household=TWO, on=TODAY, today=TODAY)
    assert state_of(TWO).stay is Stay.HOTEL_SCHEME
    with pytest.raises(StateError, match="wrong-stay"):
        merge(ONE, TWO, then=LinksThen({}))
    with pytest.raises(InputError, match="INP-06"):
        merge_households(
            actor=COA, households=[ONE, THREE], into=HouseholdId("PE 1/2"), why="x", on=TODAY, today=TODAY
        )
    with pytest.raises(InputError, match="INP-04"):
        merge(ONE, THREE, then=GOES_ON)
    with pytest.raises(InputError, match="INP-06"):
        merge(ONE, THREE, why="x" * 1001)
    for who in (OF_UTRECHT, AUDITOR):
        with pytest.raises(AccessError, match="ACC-01"):
            merge(ONE, THREE, actor=who)
    assert not people.is_there(NEW)
    assert linked_people() == 2
