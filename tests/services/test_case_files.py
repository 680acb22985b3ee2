"""Files of supervision: two people before a rung, plans that excuse, corrections as new rows, each seeing its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.rules.case_entries import Obstacle, Refused
from eenthuis.rules.ladder import NoSuchRung, SkipRefused
from eenthuis.services import case_files, notices, readings
from eenthuis.services.case_files import FilePage, Outcome, Recorded, add_letter, read_file, record
from eenthuis.services.demonstration_files import fill_files
from eenthuis.store.supervision_models import ContactRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

pytestmark = pytest.mark.django_db
PROVINCE = ProvinceCode("PV26")
OFFICER = Actor("provincie-utrecht", Role.PROVINCE, None, PROVINCE)
COLLEAGUE = Actor("provincie-utrecht-2", Role.PROVINCE, None, PROVINCE)
OF_NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))
ENDED = HalfYear(2025, 2)


def add(kind: ContactKind, *, actor: Actor = OFFICER, on: date = TODAY, **rest: object) -> Outcome:
    new = Contact(0, kind, on, str(rest.pop("what", "example")), "", **rest)  # type: ignore[arg-type]
    return record(actor=actor, municipality=UTRECHT, new=new, today=TODAY)


def number(outcome: Outcome) -> int:
    assert isinstance(outcome, Recorded), outcome
    return outcome.number


def page(actor: Actor = OFFICER) -> FilePage:
    return read_file(actor=actor, municipality=UTRECHT, today=TODAY)


def kinds(actor: Actor) -> set[ContactKind]:
    return {line.contact.kind for line in page(actor).lines if line.contact}


@pytest.mark.usefixtures("proposal")
def test_a_rung_counts_and_is_told_once_a_colleague_confirmed_it() -> None:
    forward = number(add(ContactKind.RUNG_PUT_FORWARD, half_year=ENDED, rung=1, on=TODAY - timedelta(days=3)))
    assert page().open_rung is not None
    assert not page().may_confirm
    assert page(COLLEAGUE).may_confirm
    assert ContactKind.RUNG_PUT_FORWARD not in kinds(OF_UTRECHT)
    assert add(ContactKind.RUNG_CONFIRMED, about=forward) == Refused(Obstacle.SAME_PERSON)
    told = notices.notices_for(actor=OF_UTRECHT).notices
    assert NoticeKind.RUNG_ENTERED not in {one.kind for one in told}
    add(ContactKind.RUNG_CONFIRMED, about=forward, actor=COLLEAGUE, on=TODAY - timedelta(days=1))
    now = page().now
    assert now is not None
    assert now.held == 1
    assert {ContactKind.RUNG_PUT_FORWARD, ContactKind.RUNG_CONFIRMED} <= kinds(OF_UTRECHT)
    newest = notices.notices_for(actor=OF_UTRECHT).notices[0]
    assert (newest.kind, newest.figures, newest.key) == (NoticeKind.RUNG_ENTERED, {"rung": 1}, UTRECHT)


@pytest.mark.usefixtures("proposal")
def test_the_database_too_refuses_the_same_person_twice() -> None:
    forward = number(add(ContactKind.RUNG_PUT_FORWARD, half_year=ENDED, rung=1))
    for first in ("", "a"):
        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            ContactRow.objects.create(
                municipality=UTRECHT, kind="rung-confirmed", on=TODAY, about_id=forward, first_by=first, recorded_by="a"
            )  # fmt: skip


@pytest.mark.usefixtures("proposal")
def test_no_rung_is_skipped_without_a_written_reason() -> None:
    assert add(ContactKind.RUNG_PUT_FORWARD, half_year=ENDED, rung=3, what="") == SkipRefused((1, 2))
    assert add(ContactKind.RUNG_PUT_FORWARD, half_year=ENDED, rung=9) == NoSuchRung(6)
    assert add(ContactKind.RUNG_PUT_FORWARD, half_year=HalfYear(2026, 1), rung=1) == Refused(Obstacle.AHEAD)
    assert not page().lines
    assert isinstance(add(ContactKind.RUNG_PUT_FORWARD, half_year=ENDED, rung=3), Recorded)


@pytest.mark.usefixtures("proposal")
def test_what_is_recorded_of_a_half_year_stands_in_its_figures() -> None:
    on = date(2025, 12, 1)
    plan = number(add(ContactKind.PLAN, on=on, half_year=ENDED, due=date(2026, 6, 30), people=9))
    add(ContactKind.MILESTONE, on=on, due=date(2026, 2, 1), about=plan)
    add(ContactKind.REQUESTS_UNMET, on=on, half_year=ENDED, people=4)
    add(ContactKind.HOMES_READY, on=on, half_year=ENDED, people=2)
    last = page().last
    assert last is not None
    assert (last.figures.plan_on_schedule, last.figures.requests_unmet, last.figures.homes_ready) == (
        True,
        4,
        2,
    )
    kept = readings.keep_readings(actor=OFFICER, province=PROVINCE, as_of=date(2026, 1, 1), today=TODAY)
    assert kept == 26
    assert sum(1 for line in page().lines if line.reading) == 1


@pytest.mark.usefixtures("proposal")
def test_a_correction_is_a_new_row_and_keeps_what_it_was_about() -> None:
    plan = number(add(ContactKind.PLAN, half_year=ENDED, due=date(2026, 6, 30), people=9))
    stone = number(add(ContactKind.MILESTONE, due=date(2026, 4, 1), about=plan))
    later = number(add(ContactKind.MILESTONE, due=date(2026, 5, 1), replaces=stone))
    (held,) = page().file.plans
    assert [(one.contact.number, one.contact.due) for one in held.milestones] == [(later, date(2026, 5, 1))]
    assert add(ContactKind.MILESTONE, due=date(2026, 5, 2), replaces=stone) == Refused(Obstacle.NOTHING_ABOUT)
    add(ContactKind.STRUCK_OUT, replaces=later, what="never agreed")
    (held,) = page().file.plans
    assert not held.milestones
    assert ContactRow.objects.count() == 4


@pytest.mark.usefixtures("proposal")
def test_a_municipality_sees_its_own_file_without_what_is_internal() -> None:
    add(ContactKind.NOTE)
    add(ContactKind.TALK_OFFICIALS)
    assert kinds(OF_UTRECHT) == kinds(MINISTRY) == {ContactKind.TALK_OFFICIALS}
    assert kinds(OFFICER) == kinds(AUDITOR) == {ContactKind.TALK_OFFICIALS, ContactKind.NOTE}
    assert not page(OF_UTRECHT).may_keep
    for who, code in ((OF_ISLAND, "ACC-02"), (OF_NORTH, "ACC-02"), (COA, "ACC-01"), (ANYONE, "ACC-01")):
        with pytest.raises(AccessError, match=code):
            page(who)
    with pytest.raises(AccessError, match="ACC-02"):
        read_file(actor=OFFICER, municipality=MunicipalityCode("GM9999"), today=TODAY)


@pytest.mark.parametrize("who", [OF_UTRECHT, MINISTRY, OF_NORTH, AUDITOR], ids=lambda who: who.name)
@pytest.mark.usefixtures("proposal")
def test_only_the_province_itself_adds_to_a_file(who: Actor) -> None:
    with pytest.raises(AccessError):
        add(ContactKind.NOTE, actor=who)
    with pytest.raises(AccessError):
        add(ContactKind.RUNG_PUT_FORWARD, actor=who, half_year=ENDED, rung=1)
    assert not ContactRow.objects.exists()


@pytest.mark.usefixtures("proposal")
def test_a_letter_that_was_sent_stands_in_the_file_with_its_number() -> None:
    said = {"municipality": UTRECHT, "what": "letter of signal", "reference": "letter:12", "today": TODAY}
    added = add_letter(actor=OFFICER, on=TODAY, **said)  # type: ignore[arg-type]
    (line,) = page(OF_UTRECHT).lines
    assert line.contact is not None
    assert (line.contact.number, line.contact.reference) == (added, "letter:12")
    with pytest.raises(InputError, match="INP-06"):
        add_letter(actor=OFFICER, on=TODAY + timedelta(days=1), **said)  # type: ignore[arg-type]
    correction = replace(line.contact, replaces=added, what="other")
    outcome = case_files.record(actor=OFFICER, municipality=UTRECHT, new=correction, today=TODAY)
    assert outcome == Refused(Obstacle.NOT_CORRECTED)


@pytest.mark.usefixtures("proposal")
def test_the_demonstration_fills_files_only_where_a_municipality_is_behind() -> None:
    fill_files(by=OFFICER, colleague=COLLEAGUE, today=TODAY)
    assert not ContactRow.objects.exists()
