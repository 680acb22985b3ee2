"""A link changed in one act, and a home changed on the way: what counts, who is told, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from small_country import COA, HALF_YEAR, ISLAND, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, home_in, household

from eenthuis.services import homes, linking, offers, sign_offs
from eenthuis.services.balances import standing
from eenthuis.services.link_changing import change_link, rehearse_change_link
from eenthuis.services.notices import notices_for
from eenthuis.services.way_reading import deadlines_due, read_way, state_of
from eenthuis.store import links, people
from eenthuis.store.models import HouseholdNowRow, JournalRow, LinkRow, OfferRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, StateError
from eenthuis.terms.homes import HomeId
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import HardCriterion, HardTie, HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import DeadlineKind, Stage, StepKind

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")


@pytest.fixture
def linked(proposal: int) -> HomeId:
    """Link a household of one and one of two to Utrecht, and offer the second a home there."""
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offers.offer(actor=OF_UTRECHT, household=TWO, home=home, today=TODAY)
    return home


def change(name: HouseholdId = TWO, to: str = ISLAND, why: str = "work there", **more: object) -> None:
    given: dict[str, object] = {"actor": COA, "today": TODAY, **more}
    change_link(household=name, municipality=MunicipalityCode(to), why=why, **given)  # type: ignore[arg-type]


def counted() -> tuple[int, int]:
    where = standing(HALF_YEAR, TODAY).linked
    return where.get(UTRECHT, 0), where.get(ISLAND, 0)


def told(actor: Actor) -> NoticeKind:
    return notices_for(actor=actor).notices[0].kind


def test_both_targets_move_at_once_and_each_municipality_gets_its_own_notice(linked: HomeId) -> None:
    shown = rehearse_change_link(actor=COA, household=TWO, municipality=ISLAND, why="work there", today=TODAY)
    assert counted() == (3, 0)
    assert [(one.municipality, one.linked_before, one.linked_after) for one in shown.counts] == [
        (UTRECHT, 3, 1),
        (ISLAND, 0, 2),
    ]
    assert (shown.home, shown.lease_by) == (linked, TODAY + timedelta(weeks=10))
    change(seen=shown.seen)
    assert counted() == (1, 2)
    assert (told(OF_UTRECHT), told(OF_ISLAND)) == (NoticeKind.LINK_CHANGED, NoticeKind.LINK_CONFIRMED)
    assert homes.read_homes(actor=OF_UTRECHT).free == 1
    line = JournalRow.objects.get(action="change-link")
    assert [dict(one or {})["municipality"] for one in (line.before, line.after)] == [UTRECHT, ISLAND]
    step = read_way(actor=OF_ISLAND, household=TWO, today=TODAY).steps[0]
    assert (step.kind, step.why, step.values["municipality"]) == (StepKind.LINK_CHANGED, "work there", ISLAND)
    with pytest.raises(AccessError, match="ACC-02"):
        read_way(actor=OF_UTRECHT, household=TWO, today=TODAY)
    assert HouseholdNowRow.objects.get(household=TWO).municipality == ISLAND
    due = next(one for one in deadlines_due(actor=OF_ISLAND, today=TODAY).lines if one.household == TWO)
    assert (due.kind, due.started_on) == (DeadlineKind.LEASE, TODAY)
    change(to=UTRECHT, why="after all")
    linking.undo(actor=COA, household=TWO, why="again", today=TODAY)
    assert [row.kind for row in LinkRow.objects.filter(household=TWO).order_by("step")] == [
        "linked",
        "moved",
        "linked",
        "moved",
        "linked",
        "ended",
    ]


def test_criteria_that_hold_there_are_its_reasons_and_hard_ones_elsewhere_are_named(linked: HomeId) -> None:
    assert linked
    tied = replace(
        household(50, 1), hard_ties=(HardTie(HardCriterion.STUDY, frozenset({MunicipalityCode(ISLAND)})),)
    )
    people.save_households([tied])
    links.add_link(
        Link(tied.identifier, UTRECHT, HALF_YEAR, 1, TODAY, ()),
        reasons=(),
        proposal=None,
        decided_by="x",
        after=None,
    )
    there = rehearse_change_link(
        actor=COA, household=tied.identifier, municipality=ISLAND, why="x", today=TODAY
    )
    assert ([one.code for one in there.reasons], there.tied_to) == (["hard:study"], ())
    elsewhere = rehearse_change_link(
        actor=COA, household=tied.identifier, municipality=MunicipalityCode("GM0307"), why="x", today=TODAY
    )
    assert (elsewhere.reasons, elsewhere.tied_to) == ((), ("Ameland",))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"why": " "}, "INP-04"),
        ({"why": "x" * 1001}, "INP-06"),
        ({"to": UTRECHT}, "STA-01"),
        ({"to": "GM9999"}, "REF-01"),
        ({"name": HouseholdId("PE-000003")}, "STA-01"),
        ({"seen": 0}, "STA-07"),
        ({"actor": OF_UTRECHT}, "ACC-01"),
    ],
)
def test_what_cannot_be_changes_nothing(linked: HomeId, more: dict[str, object], code: str) -> None:
    assert linked
    before = LinkRow.objects.count()
    with pytest.raises(EenthuisError, match=code):
        change(**more)  # type: ignore[arg-type]
    assert (LinkRow.objects.count(), counted(), state_of(TWO).stage) == (before, (3, 0), Stage.HOME_OFFERED)


def test_a_target_without_room_and_a_household_with_a_lease_keep_the_link(proposal: int) -> None:
    room = standing(HALF_YEAR, TODAY).open_people(ISLAND)
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    row = LinkRow.objects.get(household=ONE)
    LinkRow.objects.create(
        household="PE-777",
        step=1,
        kind="linked",
        municipality=ISLAND,
        half_year=row.half_year,
        persons=room,
        on=TODAY,
        reasons=[],
        decided_by="x",
    )
    with pytest.raises(StateError, match="STA-03"):
        change(ONE)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        change(ONE)


def test_the_database_refuses_a_change_that_goes_nowhere_or_says_no_reason(linked: HomeId) -> None:
    assert linked
    row = LinkRow.objects.get(household=TWO)
    link = Link(TWO, ISLAND, HALF_YEAR, 2, TODAY, ())
    wrong = (
        lambda: links.change_link(
            row, replace(link, municipality=UTRECHT), reasons=(), why="x", decided_by="x"
        ),
        lambda: links.change_link(row, link, reasons=(), why="", decided_by="x"),
        lambda: links.add_link(link, reasons=(), proposal=None, decided_by="x", after=row),
        lambda: _move_nowhere(row),
    )
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert LinkRow.objects.filter(household=TWO).count() == 1


def _move_nowhere(row: LinkRow) -> None:
    LinkRow.objects.create(
        household=TWO,
        step=2,
        kind="moved",
        municipality=row.municipality,
        half_year=row.half_year,
        persons=2,
        on=TODAY,
        reasons=[],
        why="x",
        replaces=row,
        decided_by="x",
    )
    with connection.cursor() as cursor:
        cursor.execute("set constraints moved_goes_on immediate")


def test_a_household_goes_to_another_home_before_it_is_signed_off(linked: HomeId) -> None:
    second, small = (homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT, largest=size)) for size in (3, 1))
    for act in (offers.accept, offers.sign_lease, offers.record_move):
        act(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    for home, why, code in ((linked, "x", "STA-08"), (small, "x", "STA-08"), (second, "", "INP-04")):
        with pytest.raises((StateError, InputError), match=code):
            offers.change_kept_home(actor=OF_UTRECHT, household=TWO, home=home, why=why, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        offers.change_kept_home(actor=OF_ISLAND, household=TWO, home=second, why="x", today=TODAY)
    offers.change_kept_home(actor=OF_UTRECHT, household=TWO, home=second, why="water damage", today=TODAY)
    page = read_way(actor=OF_UTRECHT, household=TWO, today=TODAY)
    assert (page.state.stage, page.home and page.home.identifier) == (Stage.ACCEPTED, second)
    assert (page.steps[-1].kind, page.steps[-1].why) == (StepKind.HOME_CHANGED, "water damage")
    assert {one.kind for one in page.deadlines if one.met_on is None} == {DeadlineKind.MOVE}
    assert {line.home.identifier: line.state for line in homes.read_homes(actor=OF_UTRECHT).lines} == {
        linked: "free",
        second: "kept",
        small: "free",
    }
    ended = OfferRow.objects.get(home=linked, kind="ended")
    assert ended.why == "water damage"
    offers.sign_lease(actor=OF_UTRECHT, household=TWO, on=TODAY, today=TODAY)
    offers.record_move(actor=COA, household=TWO, on=TODAY, today=TODAY)
    sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    assert state_of(TWO).stage is Stage.SIGNED_OFF
