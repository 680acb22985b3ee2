"""The calendar of an account: a secret address that can be renewed, in the form of RFC 5545, without a person in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from small_country import COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.connect.calendars import CalendarDay, calendar_text
from eenthuis.services import calendars, linking, notices
from eenthuis.services.way_reading import deadlines_due
from eenthuis.store import accounts
from eenthuis.store.calendar_models import CalendarFeedRow
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import DeadlineKind

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
SITE = "https://eenthuis.example:8000"


@pytest.fixture
def secret(proposal: int) -> str:
    for who in (OF_UTRECHT, OF_ISLAND):
        accounts.save_account(who, "a-long-password")
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    return calendars.renew_calendar(actor=OF_UTRECHT)


def events(secret: str, of: str = "notice") -> list[tuple[date, str, str]]:
    found = Calendar.from_ical(calendars.read_calendar(secret=secret, today=TODAY, site=SITE).text)
    return [
        (event.decoded("DTSTART"), str(event["UID"]), str(event["SUMMARY"]))
        for event in found.walk("VEVENT")
        if str(event["UID"]).startswith(of)
    ]


def test_what_must_be_acknowledged_stands_on_its_last_day_until_it_is(secret: str) -> None:
    told = notices.notices_for(actor=OF_UTRECHT).notices
    found = events(secret)
    assert [day for day, _, _ in found] == [told[0].acknowledge_by] * 2
    assert len({uid for _, uid, _ in found}) == 2
    assert all("Utrecht" in summary for _, _, summary in found)
    notices.acknowledge(actor=OF_UTRECHT, number=told[0].number, today=TODAY)
    assert len(events(secret)) == 1


def test_deadlines_of_linked_households_stand_there_as_counts(secret: str) -> None:
    due = deadlines_due(actor=OF_UTRECHT, today=TODAY)
    found = events(secret, of="deadline")
    assert {day for day, _, _ in found} == {line.last_day for line in due.lines}
    assert sum(int(summary.split(": ")[1].split()[0]) for _, _, summary in found) == due.open > 0
    assert len({uid for _, uid, _ in found}) == len(found)
    assert set(calendars.DEADLINES) == set(DeadlineKind)
    accounts.save_account(MINISTRY, "a-long-password")
    assert events(calendars.renew_calendar(actor=MINISTRY), of="deadline") == []


def test_nothing_of_a_household_stands_in_a_calendar(secret: str) -> None:
    text = calendars.read_calendar(secret=secret, today=TODAY, site=SITE).text
    assert "PE-0" not in text
    assert "BEGIN:VEVENT" in text


def test_a_new_secret_ends_the_one_before_and_only_a_digest_is_kept(secret: str) -> None:
    again = calendars.renew_calendar(actor=OF_UTRECHT)
    assert len(events(again)) == 2
    for wrong in (secret, "", again[:-1], CalendarFeedRow.objects.get().secret_digest):
        with pytest.raises(AccessError, match="ACC-02"):
            calendars.read_calendar(secret=wrong, today=TODAY, site=SITE)
    calendars.withdraw_calendar(actor=OF_UTRECHT)
    assert not calendars.has_calendar(actor=OF_UTRECHT)
    with pytest.raises(AccessError, match="ACC-02"):
        events(again)


def test_another_account_has_its_own_days(secret: str) -> None:
    assert events(secret)
    assert events(calendars.renew_calendar(actor=OF_ISLAND)) == []
    with pytest.raises(AccessError, match="ACC-01"):
        calendars.renew_calendar(actor=ANYONE)


def test_days_long_past_leave_the_calendar(secret: str) -> None:
    later = TODAY + timedelta(days=60)
    text = calendars.read_calendar(secret=secret, today=later, site=SITE).text
    assert "UID:notice" not in text
    assert "UID:deadline" in text, "what is overdue stays until it is done"


@pytest.mark.parametrize(
    "summary", ["plain", "a,b;c\\d", "two\nlines", "ë" * 200, "BEGIN:VEVENT\r\nX:1", "x" * 74 + "é"]
)
def test_a_calendar_is_read_back_as_it_was_written(summary: str) -> None:
    day = CalendarDay("1@x", TODAY, summary, summary, SITE, datetime(2026, 3, 1, tzinfo=UTC))
    text = calendar_text([day], name="n", language="nl")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == summary.replace("\r\n", "\n")
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
