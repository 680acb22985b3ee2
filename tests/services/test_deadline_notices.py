"""Deadlines that are near or passed are told once a day to who must act, with counts and nothing of a person."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from small_country import COA, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.connect.events import Sender, ToldEvent, event_body
from eenthuis.law import law_book
from eenthuis.law.retention import KindOfRecord
from eenthuis.rules.retention import goes_on
from eenthuis.services import homes, linking, offers, sign_offs, way
from eenthuis.services.calendars import read_calendar, renew_calendar
from eenthuis.services.deadline_notices import roles_told, tell_deadlines
from eenthuis.services.notices import tell
from eenthuis.services.overview import overview_text
from eenthuis.services.way_reading import read_way
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow
from eenthuis.store.notice_models import NoticeRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.notice_deadlines import LATE, NEAR
from eenthuis.terms.notices import KINDS, Addressee, NoticeKind, Thing
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.way import Deadline, DeadlineKind

ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
ASSOCIATION = Actor("corp", Role.HOUSING_ASSOCIATION, UTRECHT, association="Wonen Voorbeeld")
PERSONAL = re.compile(r"P[EV]-?\d|\d{9}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")
CENTRE = LinkingRegion.CENTRE.value
KEYS = {
    Thing.HALF_YEAR: "2026-I",
    Thing.MUNICIPALITY: "GM0344",
    Thing.MONTH: "2026-03",
    Thing.DAY: "20260303",
}

Line = tuple[str, str, str, str, int]


def told(since: int = 0) -> list[Line]:
    rows = (
        NoticeRow.objects.filter(pk__gt=since).exclude(kind="announced").order_by("kind", "role", "reference")
    )
    return [
        (row.kind, row.role, row.municipality or row.region, row.reference, row.figures.get("concerned", 0))
        for row in rows
    ]


def last() -> int:
    return NoticeRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_every_deadline_of_the_machine_has_a_kind_for_near_and_for_late() -> None:
    law = law_book().way(TODAY)
    assert set(NEAR) == set(LATE) == set(DeadlineKind) == set(law.terms)
    for kind in DeadlineKind:
        for notice, is_late in ((NEAR[kind], False), (LATE[kind], True)):
            roles = roles_told(kind, is_late=is_late)
            assert roles, kind
            assert set(roles) <= KINDS[notice].roles, kind
    of_a_day = {notice for notice in NoticeKind if KINDS[notice].about is Thing.DAY}
    assert {notice for notice in of_a_day if notice.value.endswith(("-near", "-late"))} == {
        *NEAR.values(), *LATE.values()
    }  # fmt: skip


@pytest.mark.django_db
def test_no_kind_of_notice_carries_anything_of_a_person() -> None:
    for kind, row in KINDS.items():
        number = tell(
            kind=kind,
            to=Addressee(min(row.roles)),
            reference=f"{row.about}:{KEYS.get(row.about, '12')}",
            today=TODAY,
            figures=dict.fromkeys(row.figures, 3),
        )
        notice = NoticeRow.objects.get(pk=number)
        event = ToldEvent(
            event="a", number=number, kind=kind.value, reference=notice.reference, role=notice.role,
            place="", figures=notice.figures, told_at=notice.told_at, due_on=TODAY, acknowledge_by=None,
        )  # fmt: skip
        body = json.loads(event_body(event, Sender("1" * 20, "eenthuis", "https://x.example")))
        assert body["type"].endswith(kind.value)
        text = overview_text([notice], count=1, site="https://x.example").text
        assert row.sentence in text
        assert not PERSONAL.search(text + json.dumps(body["data"]) + body["subject"]), kind


def test_what_is_near_and_what_has_passed_is_told_once(proposal: int) -> None:
    assert proposal
    assert tell_deadlines(date(2025, 10, 2)) == 0
    assert tell_deadlines(date(2025, 10, 10)) == 1
    assert told() == [("link-near", "coa", CENTRE, "day:20251015", 6)]
    assert NoticeRow.objects.get(kind="link-near").due_on == date(2025, 10, 15)
    assert tell_deadlines(date(2025, 10, 10)) == tell_deadlines(date(2025, 10, 11)) == 0
    before = last()
    assert tell_deadlines(date(2025, 10, 16)) == 1
    assert told(before) == [("link-late", "coa", CENTRE, "day:20251015", 6)]
    assert JournalRow.objects.filter(action="tell-deadlines").count() == 4
    assert tell_deadlines(date(2025, 11, 16)) == 0, "what passed longer ago stands on the desks"


def test_the_municipality_is_told_first_and_coa_too_when_it_is_late(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    by = next(one.last_day for one in way_of(ONE) if one.kind is DeadlineKind.LEASE)
    before = last()
    assert tell_deadlines(by - timedelta(days=3)) >= 1
    leases = [line for line in told(before) if line[0].startswith("lease")]
    assert leases == [("lease-near", "municipality", UTRECHT, f"day:{by:%Y%m%d}", 2)]
    before = last()
    tell_deadlines(by + timedelta(days=1))
    assert [line[:3] for line in told(before) if line[0].startswith("lease")] == [
        ("lease-late", "coa", CENTRE),
        ("lease-late", "municipality", UTRECHT),
    ]


def way_of(household: HouseholdId) -> tuple[Deadline, ...]:
    return read_way(actor=COA, household=household, today=TODAY).deadlines


def test_a_year_in_a_transit_location_is_told_before_it_ends(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    way.enter_transit(actor=OF_UTRECHT, household=ONE, municipality=UTRECHT, on=TODAY, today=TODAY)
    ends = next(one.last_day for one in way_of(ONE) if one.kind is DeadlineKind.LEAVE_TRANSIT)
    assert (ends - TODAY).days >= 365
    before = last()
    tell_deadlines(ends - timedelta(days=7))
    assert [line[:3] for line in told(before) if "transit" in line[0]] == [
        ("leave-transit-near", "coa", CENTRE),
        ("leave-transit-near", "municipality", UTRECHT),
    ]


def test_a_home_that_an_association_withdraws_is_told_to_its_municipality(proposal: int) -> None:
    assert proposal
    for actor in (OF_UTRECHT, ASSOCIATION):
        home = homes.add_home(actor=actor, home=home_in(UTRECHT))
        homes.withdraw_home(actor=actor, home=home, why="verkocht", today=TODAY)
    assert [line[:4] for line in told()] == [
        ("home-withdrawn", "municipality", UTRECHT, f"home:{int(home[2:])}")
    ]


def test_records_that_will_be_erased_are_told_a_month_ahead_and_once(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    for name in (ONE, TWO):
        sign_offs.sign_off(actor=COA, household=name, on=TODAY, today=TODAY)
    gone = goes_on(TODAY, KindOfRecord.HOUSEHOLD, law_book().retention(TODAY))
    before = last()
    tell_deadlines(gone - timedelta(days=31))
    assert not [line for line in told(before) if line[0] == "erasing-near"]
    for _ in range(2):
        tell_deadlines(gone - timedelta(days=30))
    lines = [line for line in told(before) if line[0] == "erasing-near"]
    assert [(role, count) for _, role, _, _, count in lines] == [("administrator", 2), ("coa", 2)]


def test_a_calendar_has_each_deadline_once(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    accounts.save_account(OF_UTRECHT, "een lang wachtwoord")
    by = next(one.last_day for one in way_of(ONE) if one.kind is DeadlineKind.LEASE)
    day = by - timedelta(days=2)
    tell_deadlines(day)
    secret = renew_calendar(actor=OF_UTRECHT)
    text = read_calendar(secret=secret, today=day, site="https://x.example").text
    assert text.count("deadline-lease-") == 1
    assert text.count(f"DTSTART;VALUE=DATE:{by:%Y%m%d}") == 1


def test_offers_are_told_as_they_go(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    before = last()
    offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY)
    offers.withdraw_offer(actor=OF_UTRECHT, household=ONE, why="vervallen", today=TODAY)
    assert {line[0] for line in told(before)} == {"home-offered", "offer-ended"}
