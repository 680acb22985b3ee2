"""Transit locations: whose they are, stays all or none, every cent of a month once, and a claim of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_country import AUDITOR, COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.services import linking
from eenthuis.services import transit_sites as services
from eenthuis.services.demonstration_transit import fill_transit
from eenthuis.services.money_files import read_file
from eenthuis.services.transit_claims import claim_month
from eenthuis.services.transit_ends import warn_days_on
from eenthuis.services.transit_stays import add_stay, take_in_stays
from eenthuis.services.transit_taking_part import ParticipantChange, change_participants
from eenthuis.services.transit_telling import tell_transit
from eenthuis.store import scope
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, InputErrors, StateError
from eenthuis.terms.money_files import FileKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.transit import NotPaid, SiteId, TransitSite

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 10)
FAR = MunicipalityCode("GM0363")
SITE = TransitSite(SiteId(""), UTRECHT, 3, FIRST, date(2026, 4, 30), frozenset({ISLAND}))
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
OF_FAR = Actor("gemeente-amsterdam", Role.MUNICIPALITY, FAR, ProvinceCode("PV27"))


@pytest.fixture
def number() -> SiteId:
    return services.add_transit_site(actor=OF_UTRECHT, site=SITE, name="Verzonnen kade")


def take_in(number: SiteId, *rows: str, header: str = "person,code,first_day,last_day,household") -> int:
    content = "\n".join([header, *rows]).encode()
    return take_in_stays(actor=OF_UTRECHT, identifier=number, content=content, name="v.csv", today=TODAY)


def read(actor: Actor, number: SiteId) -> services.TransitSitePage:
    return services.read_transit_site(actor=actor, identifier=number, today=TODAY)


def test_who_keeps_takes_part_or_watches_reads_a_site_and_for_others_it_is_not_found(number: SiteId) -> None:
    for who in (OF_UTRECHT, OF_ISLAND, COA, MINISTRY, AUDITOR, OF_PROVINCE):
        with scope.within(scope.scope_of(who)):
            assert read(who, number).line.name == "Verzonnen kade"
    for who, code in ((OF_FAR, "ACC-02"), (ANYONE, "ACC-01"), (Actor("ind", Role.IND), "ACC-01")):
        with pytest.raises(AccessError, match=code), scope.within(scope.scope_of(who)):
            read(who, number)
    for who in (OF_ISLAND, OF_FAR):
        with pytest.raises(AccessError, match="ACC-02"):
            services.change_transit_site(actor=who, identifier=number, places=1, last_day=None, why="x")
    with pytest.raises(AccessError, match="ACC-02"):
        services.add_transit_site(actor=OF_ISLAND, site=SITE, name="elders")


def test_the_database_shows_stays_to_who_takes_part_and_to_no_other_municipality(number: SiteId) -> None:
    take_in(number, "1,GM0060,2026-01-10,,")
    for who, seen in ((OF_ISLAND, 1), (OF_UTRECHT, 1), (OF_FAR, 0), (ANYONE, 0)):
        with scope.within(scope.scope_of(who)):
            assert (TransitSiteRow.objects.count(), TransitStayRow.objects.count()) == (seen, seen)


def test_a_month_costs_sixty_euros_a_day_and_eight_more_for_who_is_linked_elsewhere(number: SiteId) -> None:
    assert take_in(number, "1,344,2026-01-10,2026-01-19,", "2,GM0060,2026-01-10,2026-02-01,") == 2
    page = read(OF_UTRECHT, number)
    assert [(one.month.month, one.paid_days, one.elsewhere_days, one.cents) for one in page.months] == [
        (2, 1, 1, 6800),
        (1, 32, 22, 10 * 6000 + 22 * 6800),
    ]
    assert (page.cents, page.cents_today, page.line.people) == (6800 + 60000 + 22 * 6800, 0, 0)


def test_who_presses_twice_opens_one_site() -> None:
    services.add_transit_site(actor=OF_UTRECHT, site=SITE, name="Verzonnen kade")
    with pytest.raises(StateError, match="STA-01"):
        services.add_transit_site(actor=OF_UTRECHT, site=SITE, name=" Verzonnen kade")
    services.add_transit_site(actor=OF_UTRECHT, site=SITE, name="Verzonnen hof")


@settings(max_examples=20, deadline=None)
@given(
    stays=st.lists(
        st.tuples(st.integers(0, 45), st.integers(0, 45), st.sampled_from([UTRECHT, ISLAND])),
        min_size=1,
        max_size=8,
    )
)
def test_months_together_are_days_times_amounts(stays: Sequence[tuple[int, int, str]]) -> None:
    count = len(services.read_transit(actor=OF_UTRECHT, today=TODAY).lines)
    number = services.add_transit_site(actor=OF_UTRECHT, site=SITE, name=f"Verzonnen kade {count}")
    rows = []
    for person, (start, more, code) in enumerate(stays, start=1):
        first = FIRST + timedelta(days=start)
        rows.append(f"{person},{code},{first},{min(first + timedelta(days=more), TODAY)},")
    take_in(number, *rows)
    page = read(OF_UTRECHT, number)
    paid = sum(one.paid for one in services.all_days(actor=OF_UTRECHT, identifier=number, today=TODAY))
    elsewhere = sum(one.elsewhere_days for one in page.months)
    assert page.cents == sum(one.cents for one in page.months) == 6000 * paid + 800 * elsewhere
    assert sum(one.paid_days for one in page.months) == paid
    asked = sum(
        read_file(
            actor=OF_UTRECHT,
            identifier=claim_month(actor=OF_UTRECHT, identifier=number, month=one.month, today=TODAY),
        ).line.file.asked_cents
        for one in page.months
        if one.month < TODAY.replace(day=1)
    )
    assert asked == sum(one.cents for one in page.months if one.month < TODAY.replace(day=1))


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("123456782,344,2026-01-10,,", "INP-01", "person"),
        (",344,2026-01-10,,", "INP-01", "person"),
        ("1,GM0363,2026-01-10,,", "INP-06", "code"),
        ("1,GM9999,2026-01-10,,", "REF-01", "code"),
        ("1,,2026-01-10,,", "INP-04", "code"),
        ("1,344,10-01-2026,,", "INP-01", "first_day"),
        ("1,344,2026-01-09,,", "INP-06", "first_day"),
        ("1,344,2026-03-04,,", "INP-06", "first_day"),
        ("1,344,2026-01-20,2026-01-19,", "INP-06", "last_day"),
        ("1,344,2026-01-10,,Jansen", "INP-01", "household"),
        ("9,344,2026-01-11,,", "INP-03", "first_day"),
    ],
)
def test_a_wrong_row_names_its_cell_and_nothing_is_kept(
    number: SiteId, row: str, code: str, column: str
) -> None:
    with pytest.raises(InputErrors) as caught:
        take_in(number, "9,344,2026-01-10,,", row)
    (wrong,) = caught.value.errors
    assert wrong.location is not None
    assert (wrong.code, wrong.location.row, wrong.location.column) == (code, 3, column)
    assert wrong.remedy
    assert not TransitStayRow.objects.exists()


def test_a_file_without_its_columns_is_refused(number: SiteId) -> None:
    with pytest.raises(InputError, match="INP-02"):
        take_in(number, "1,344", header="person,code")
    with pytest.raises(InputError):
        take_in_stays(actor=OF_UTRECHT, identifier=number, content=b"\xff\x00\x01", name="", today=TODAY)


def test_a_later_row_fills_in_the_last_day_and_the_first_one_stays(number: SiteId) -> None:
    take_in(number, "1,344,2026-01-10,,PE-000001")
    cells = {
        "person": "1",
        "code": "GM0344",
        "first_day": "2026-01-10",
        "last_day": "2026-01-12",
        "household": "",
    }
    add_stay(actor=OF_UTRECHT, identifier=number, cells=cells, today=TODAY)
    assert read(OF_UTRECHT, number).cents == 3 * 6000
    assert [row.household for row in TransitStayRow.objects.order_by("step")] == ["PE-000001"] * 2
    with pytest.raises(InputErrors, match="INP-03"):
        add_stay(actor=OF_UTRECHT, identifier=number, cells=cells | {"first_day": "2026-01-11"}, today=TODAY)


def test_a_household_on_two_sites_at_once_is_a_count_and_named_to_who_may_see_it(
    number: SiteId, proposal: int
) -> None:
    own = HouseholdId("PE-000002")
    linking.confirm(actor=COA, proposal=proposal, households=(own,), today=TODAY)
    other = services.add_transit_site(
        actor=OF_ISLAND,
        site=replace(SITE, municipality=ISLAND, participants=frozenset()),
        name="Verzonnen duin",
    )
    take_in(number, "1,344,2026-02-10,,PE-000002", "2,344,2026-02-10,,PE-000001")
    assert read(OF_UTRECHT, number).households_on_two_sites == 0
    content = b"person,code,first_day,household\n1,GM0060,2026-02-20,PE-000002"
    take_in_stays(actor=OF_ISLAND, identifier=other, content=content, name="v.csv", today=TODAY)
    for who, told in ((OF_UTRECHT, [("PE-000002", (), 1)]), (OF_ISLAND, []), (OF_PROVINCE, [])):
        with scope.within(scope.scope_of(who)):
            page = read(who, number)
        assert page.households_on_two_sites == 1
        assert [(one.household, one.others, one.elsewhere) for one in page.on_two_sites] == told
    with scope.within(scope.scope_of(COA)):
        (seen,) = read(COA, number).on_two_sites
    assert (seen.others, seen.elsewhere) == (((other, "Verzonnen duin"),), 0)


def test_more_people_than_places_and_an_end_nearby_are_told(number: SiteId) -> None:
    take_in(number, *(f"{person},344,2026-02-01,," for person in range(1, 5)))
    page = read(OF_UTRECHT, number)
    assert (page.line.is_full, page.line.ends_soon, page.line.days_left) == (True, True, 58)
    assert page.unpaid == {NotPaid.NO_PLACE: 31}
    assert page.cents_today == 3 * 6000
    services.change_transit_site(
        actor=OF_UTRECHT, identifier=number, places=4, last_day=date(2026, 12, 31), why="verlengd"
    )
    line = read(OF_UTRECHT, number).line
    assert (line.is_full, line.ends_soon, TransitSiteRow.objects.count()) == (False, False, 2)
    with pytest.raises(InputError, match="INP-06"):
        services.change_transit_site(
            actor=OF_UTRECHT, identifier=number, places=4, last_day=date(2025, 1, 1), why="te vroeg"
        )


def test_the_public_reads_counts_and_a_small_number_of_people_is_hidden(number: SiteId) -> None:
    take_in(number, "1,344,2026-02-01,,")
    with scope.within(scope.scope_of(ANYONE)):
        page = services.read_transit(actor=ANYONE, today=TODAY)
    assert (page.lines, page.sites, page.places, page.people) == ((), 1, 3, None)
    assert not page.may_add
    shown = services.read_transit(actor=OF_ISLAND, today=TODAY)
    assert [(one.people, one.may_change) for one in shown.lines] == [(1, False)]


def test_a_month_that_passed_is_asked_once(number: SiteId) -> None:
    take_in(number, "1,344,2026-01-10,2026-02-10,", "2,60,2026-01-30,2026-02-01,")
    made = claim_month(actor=OF_UTRECHT, identifier=number, month=FIRST, today=TODAY)
    file = read_file(actor=MINISTRY, identifier=made).line.file
    assert (file.kind, file.site, file.asked_cents) == (FileKind.TRANSIT_CLAIM, number, 22 * 6000 + 2 * 6800)
    assert [line.asked_cents for line in file.lines] == [22 * 6000, 2 * 6800]
    with pytest.raises(StateError, match="STA-01"):
        claim_month(actor=OF_UTRECHT, identifier=number, month=FIRST, today=TODAY)
    for month in (TODAY, date(2025, 12, 1)):
        with pytest.raises(StateError, match="STA-06"):
            claim_month(actor=OF_UTRECHT, identifier=number, month=month, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        claim_month(actor=OF_ISLAND, identifier=number, month=FIRST, today=TODAY)


def test_the_demonstration_has_invented_sites_of_which_two_end_soon() -> None:
    fill_transit(today=TODAY)
    page = services.read_transit(actor=MINISTRY, today=TODAY)
    assert (len(page.lines), sum(one.ends_soon for one in page.lines)) == (3, 2)
    assert NoticeRow.objects.filter(kind="transit-ends").count() == 3
    assert all("verzonnen" in one.name and one.people for one in page.lines)


# Over sites, and who takes part


def other_site() -> SiteId:
    site = replace(SITE, municipality=ISLAND, participants=frozenset({UTRECHT}), last_day=None, places=20)
    return services.add_transit_site(actor=OF_ISLAND, site=site, name="Verzonnen duin")


def test_days_count_on_for_a_person_who_moves_to_another_site_and_for_nobody_else(number: SiteId) -> None:
    services.change_transit_site(
        actor=OF_UTRECHT, identifier=number, places=3, last_day=None, why="zonder einde"
    )
    other = other_site()
    later = FIRST + timedelta(days=399)
    rows = "1,344,2026-01-10,2026-06-30,PE-000001\n2,344,2026-01-10,2026-06-30,PE-000002"
    content = f"person,code,first_day,last_day,household\n{rows}".encode()
    take_in_stays(actor=OF_UTRECHT, identifier=number, content=content, name="v.csv", today=later)
    rows = (
        f"7,344,2026-07-01,,PE-000001,{number}/1\n1,344,2026-07-01,,PE-000003,\n8,344,2026-07-01,,PE-000002,"
    )
    content = f"person,code,first_day,last_day,household,came_from\n{rows}".encode()
    take_in_stays(actor=OF_ISLAND, identifier=other, content=content, name="v.csv", today=later)
    for who in (OF_ISLAND, OF_UTRECHT):
        with scope.within(scope.scope_of(who)):
            page = services.read_transit_site(actor=who, identifier=other, today=later)
        total = (later - date(2026, 6, 30)).days
        assert page.unpaid == {NotPaid.DAYS_USED_UP: 172 + total - 365}
        assert page.cents == (3 * total - 172 - total + 365) * 6800
        assert page.not_followed == 1


@pytest.mark.parametrize(
    ("household", "came_from", "code"),
    [
        ("PE-000001", "12", "INP-01"),
        ("PE-000002", "{number}/1", "INP-06"),
        ("", "{number}/1", "INP-06"),
        ("PE-000001", "{number}/2", "INP-06"),
        ("PE-000001", "{other}/1", "INP-06"),
    ],
)
def test_only_a_stay_of_the_same_household_elsewhere_is_followed(
    number: SiteId, household: str, came_from: str, code: str
) -> None:
    take_in(number, "1,344,2026-01-10,2026-01-31,PE-000001")
    other = other_site()
    cells = {
        "person": "7",
        "code": "GM0344",
        "first_day": "2026-02-01",
        "household": household,
        "came_from": came_from.format(number=number, other=other),
    }
    with pytest.raises(InputErrors, match=code), scope.within(scope.scope_of(OF_ISLAND)):
        add_stay(actor=OF_ISLAND, identifier=other, cells=cells, today=TODAY)
    assert TransitStayRow.objects.count() == 1


def change(
    day: date, *, joins: bool, code: MunicipalityCode = FAR, why: str = "afspraak"
) -> ParticipantChange:
    return ParticipantChange(code, day, joins=joins, why=why)


def test_a_municipality_takes_part_from_a_day_and_until_one_and_sees_what_was_there(number: SiteId) -> None:
    take_in(number, "1,344,2026-01-10,,PE-000001", "2,GM0060,2026-01-10,,")
    change_participants(
        actor=OF_UTRECHT, identifier=number, change=change(date(2026, 2, 1), joins=True), today=TODAY
    )
    assert take_in(number, "3,GM0363,2026-02-01,,") == 1
    with pytest.raises(InputErrors, match="INP-06"):
        take_in(number, "4,GM0363,2026-01-31,,")
    with scope.within(scope.scope_of(OF_FAR)):
        page = read(OF_FAR, number)
        assert TransitStayRow.objects.filter(replaced_by__isnull=True).count() == 3
    assert (page.line.people, page.unpaid) == (3, {})
    leaves = change(date(2026, 2, 10), joins=False, code=ISLAND)
    change_participants(actor=OF_UTRECHT, identifier=number, change=leaves, today=TODAY)
    with scope.within(scope.scope_of(OF_ISLAND)):
        after = read(OF_ISLAND, number)
    assert after.unpaid == {NotPaid.LINKED_TO_NO_PARTICIPANT: (TODAY - date(2026, 2, 10)).days}
    assert [days[0].last_day for code, days in after.line.participants if code == ISLAND] == [
        date(2026, 2, 10)
    ]
    assert TransitSiteRow.objects.latest("id").why == "afspraak"
    told = NoticeRow.objects.filter(kind="transit-takes-part").values_list("municipality", flat=True)
    assert sorted(told) == sorted([FAR, ISLAND])
    assert JournalRow.objects.filter(action="change-transit-participants").count() == 2
    change_participants(
        actor=OF_UTRECHT,
        identifier=number,
        change=change(date(2026, 2, 20), joins=True, code=ISLAND),
        today=TODAY,
    )
    assert read(OF_ISLAND, number).unpaid == {NotPaid.LINKED_TO_NO_PARTICIPANT: 9}


def test_a_change_of_who_takes_part_that_cannot_be_leaves_everything_as_it_is(number: SiteId) -> None:
    take_in(number, "1,344,2026-01-10,,")
    claim_month(actor=OF_UTRECHT, identifier=number, month=FIRST, today=TODAY)
    february = date(2026, 2, 1)
    for wrong, code in (
        (change(february, joins=True, why=" "), "INP-04"),
        (change(february, joins=True, code=UTRECHT), "INP-06"),
        (change(date(2026, 1, 9), joins=True), "INP-06"),
        (change(date(2026, 5, 1), joins=True), "INP-06"),
        (change(date(2026, 1, 31), joins=True), "INP-06"),
        (change(date(2026, 1, 30), joins=False, code=ISLAND), "INP-06"),
        (change(february, joins=True, code=ISLAND), "STA-01"),
        (change(february, joins=False), "STA-01"),
        (change(february, joins=True, code=MunicipalityCode("GM9999")), "REF-01"),
    ):
        with pytest.raises(EenthuisError, match=code):
            change_participants(actor=OF_UTRECHT, identifier=number, change=wrong, today=TODAY)
    for who in (OF_ISLAND, OF_FAR):
        with pytest.raises(AccessError, match="ACC-02"):
            change_participants(
                actor=who, identifier=number, change=change(february, joins=True), today=TODAY
            )
    assert TransitSiteRow.objects.count() == 1


def test_who_runs_a_site_and_takes_part_is_told_before_its_end_and_at_it(number: SiteId) -> None:
    ends, day = date(2026, 4, 30), timedelta(days=1)
    near = ends - warn_days_on(TODAY) * day
    assert tell_transit(near - day) == 0
    assert tell_transit(near) == 2
    assert tell_transit(near) == tell_transit(ends - day) == 0
    assert tell_transit(ends) == 2
    assert tell_transit(ends + day) == 0
    rows = NoticeRow.objects.filter(kind="transit-ended").values_list("municipality", "reference", "due_on")
    about = f"transit:{int(number.removeprefix('T-'))}"
    assert sorted(rows) == [(ISLAND, about, ends), (UTRECHT, about, ends)]
    later = ends + 200 * day
    services.change_transit_site(
        actor=OF_UTRECHT, identifier=number, places=3, last_day=later, why="verlengd"
    )
    assert tell_transit(later - day) == 2
