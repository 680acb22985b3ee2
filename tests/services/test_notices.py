"""Who is told what, who reads and acknowledges it, and that nothing of a person can stand in a notice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from small_country import (
    AUDITOR,
    COA,
    HALF_YEAR,
    MINISTRY,
    OF_ISLAND,
    OF_UTRECHT,
    OTHER_OFFICER,
    TODAY,
    UTRECHT,
    announcement,
)

from eenthuis.law import law_book
from eenthuis.rules.swaps import SwapRefused
from eenthuis.services import linking, notices, sign_offs
from eenthuis.services.targets import announce, register_swap
from eenthuis.store.models import HouseholdRow, JournalRow, MemberRow, NoticeRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import Addressee, NoticeFilter, NoticeKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode
from eenthuis.terms.targets import Swap

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (HouseholdId(f"PE-{number:06d}") for number in range(1, 4))
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
TO_UTRECHT = Addressee(Role.MUNICIPALITY, municipality=UTRECHT)


def kinds(actor: Actor, wanted: NoticeFilter | None = None) -> list[NoticeKind]:
    return [one.kind for one in notices.notices_for(actor=actor, wanted=wanted).notices]


def tell(reference: str, **named: object) -> int:
    given = {"kind": NoticeKind.LINK_CONFIRMED, "to": TO_UTRECHT, "today": TODAY} | named
    return notices.tell(reference=reference, **given)  # type: ignore[arg-type]


def test_a_link_is_told_to_its_municipality_and_to_nobody_else(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    assert kinds(OF_UTRECHT)[0] is NoticeKind.LINK_CONFIRMED
    assert NoticeKind.LINK_CONFIRMED not in kinds(OF_ISLAND)
    assert NoticeKind.LINK_CONFIRMED not in kinds(OF_PROVINCE)
    linking.undo(actor=COA, household=ONE, why="found a home", today=TODAY)
    assert kinds(OF_UTRECHT)[:2] == [NoticeKind.LINK_ENDED, NoticeKind.LINK_CONFIRMED]


def test_a_sign_off_is_told_to_the_municipality_it_counts_for(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(THREE,), today=TODAY)
    sign_offs.sign_off(actor=COA, household=THREE, on=TODAY, today=TODAY)
    assert kinds(OF_ISLAND)[0] is NoticeKind.SIGNED_OFF


@pytest.mark.usefixtures("proposal")
def test_a_number_that_still_matters_is_told_to_all_whose_target_follows() -> None:
    assert kinds(OF_ISLAND) == kinds(OF_UTRECHT) == kinds(OF_PROVINCE) == [NoticeKind.ANNOUNCED]
    told = notices.notices_for(actor=OF_ISLAND).notices[0]
    assert (told.thing, told.key, told.figures) == ("half-year", "2026-I", {"people": 15_000})
    announce(actor=MINISTRY, announcement=announcement(HalfYear(2024, 1), 9_000), today=TODAY)
    assert len(kinds(OF_ISLAND)) == 1, "a half-year that is over asks nothing of anybody"


@pytest.mark.usefixtures("proposal")
def test_a_swap_is_told_to_who_takes_part_and_to_their_provinces() -> None:
    zundert = MunicipalityCode("GM0879")
    outcome = register_swap(
        actor=MINISTRY, agreed=Swap(HALF_YEAR, TODAY, {UTRECHT: 2, zundert: -2}), today=TODAY
    )
    assert not isinstance(outcome, SwapRefused)
    told = notices.notices_for(actor=OF_UTRECHT).notices[0]
    assert (told.kind, told.figures) == (NoticeKind.SWAPPED, {"change": 2})
    assert kinds(OF_PROVINCE)[0] is NoticeKind.SWAPPED
    assert NoticeKind.SWAPPED not in kinds(OF_ISLAND)


def test_when_what_is_told_fails_nobody_is_told(proposal: int) -> None:
    before = NoticeRow.objects.count()
    with transaction.atomic():
        linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
        assert NoticeRow.objects.count() == before + 1
        transaction.set_rollback(True)
    assert NoticeRow.objects.count() == before


def test_reading_is_counted_per_account_and_acknowledging_for_all(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    colleague = Actor("gemeente-utrecht-2", Role.MUNICIPALITY, UTRECHT, ProvinceCode("PV26"))
    assert notices.unread_count(actor=OF_UTRECHT) == 3
    newest = notices.notices_for(actor=OF_UTRECHT).notices[0]
    assert notices.mark_read(actor=OF_UTRECHT, numbers=(newest.number, newest.number)) == 1
    assert (notices.unread_count(actor=OF_UTRECHT), notices.unread_count(actor=colleague)) == (2, 3)
    notices.acknowledge(actor=colleague, number=newest.number, today=TODAY)
    seen = notices.notices_for(actor=OF_UTRECHT).notices[0]
    assert (seen.acknowledged_by, seen.acknowledged_on, seen.may_acknowledge) == (
        colleague.name,
        TODAY,
        False,
    )
    with pytest.raises(StateError, match="STA-01"):
        notices.acknowledge(actor=OF_UTRECHT, number=newest.number, today=TODAY)
    assert JournalRow.objects.filter(action="acknowledge-notice", actor=colleague.name).count() == 1


def test_a_notice_of_others_is_not_found_and_reading_it_does_nothing(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    number = notices.notices_for(actor=OF_UTRECHT).notices[0].number
    with pytest.raises(AccessError, match="ACC-02"):
        notices.acknowledge(actor=OF_ISLAND, number=number, today=TODAY)
    assert notices.mark_read(actor=OF_ISLAND, numbers=(number,)) == 0
    with pytest.raises(AccessError, match="ACC-01"):
        notices.notices_for(actor=ANYONE)


def test_the_list_is_filtered_and_paged(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    page = notices.notices_for(actor=OF_UTRECHT, page=9, most=2)
    assert (page.count, page.page, page.pages, len(page.notices)) == (3, 2, 2, 1)
    newest = notices.notices_for(actor=OF_UTRECHT).notices[0]
    notices.acknowledge(actor=OF_UTRECHT, number=newest.number, today=TODAY)
    assert kinds(OF_UTRECHT, NoticeFilter(kind="announced")) == [NoticeKind.ANNOUNCED]
    assert kinds(OF_UTRECHT, NoticeFilter(only_to_acknowledge=True)) == [NoticeKind.LINK_CONFIRMED]
    assert len(kinds(OF_UTRECHT, NoticeFilter(only_unread=True))) == 2


def test_what_nobody_acknowledges_in_time_is_told_to_coa_once(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    days = law_book().notices(TODAY).acknowledge_days
    newest = notices.notices_for(actor=OF_UTRECHT).notices[0]
    assert newest.acknowledge_by == TODAY + timedelta(days=days)
    notices.acknowledge(actor=OF_UTRECHT, number=newest.number, today=TODAY)
    assert notices.escalate(today=newest.acknowledge_by) == 0
    assert notices.escalate(today=newest.acknowledge_by + timedelta(days=1)) == 1
    assert notices.escalate(today=newest.acknowledge_by + timedelta(days=2)) == 0
    told = notices.notices_for(actor=OTHER_OFFICER).notices[0]
    assert (told.kind, told.thing, told.key) == (
        NoticeKind.NOT_ACKNOWLEDGED,
        "notice",
        str(newest.number - 1),
    )
    assert NoticeRow.objects.get(pk=told.number).region == LinkingRegion.CENTRE
    assert NoticeKind.NOT_ACKNOWLEDGED not in kinds(AUDITOR)


def test_every_term_of_notices_is_an_assumption_and_says_so() -> None:
    citations = law_book().notices(TODAY).citations
    assert len(citations) == 3
    assert {citation.authority.value for citation in citations} == {"assumption"}


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("link:PE-000001", {}),
        ("link:123456782", {}),
        ("link:2712345678", {}),
        ("link:Ahmed", {}),
        ("household:1", {}),
        ("link:1 ", {}),
        ("link:1\n", {}),
        ("link:1", {"figures": {"persons": 5}}),
        ("link:1", {"figures": {"name": "Ahmed"}}),
        ("sign-off:1", {}),
        ("link:1", {"to": Addressee(Role.IND)}),
        ("half-year:2026-I", {"kind": NoticeKind.ANNOUNCED, "figures": {"people": "Ahmed"}}),
        ("half-year:2026-I", {"kind": NoticeKind.ANNOUNCED, "figures": {"people": True}}),
    ],
)
def test_a_notice_with_something_of_a_person_is_refused(reference: str, named: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cannot carry|is not for"):
        tell(reference, **named)
    assert NoticeRow.objects.count() == 0


def test_the_database_refuses_such_a_reference_too() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeRow.objects.create(kind="signed-off", role="coa", reference="link:PE-000001", told_on=TODAY)


def test_no_notice_of_a_whole_walk_holds_anything_of_its_household(proposal: int) -> None:
    everyone = (ONE, TWO, THREE)
    linking.confirm(actor=COA, proposal=proposal, households=everyone, today=TODAY)
    linking.undo(actor=COA, household=ONE, why="moved to family of Ahmed", today=TODAY)
    sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(n) - 'id' from store_noticerow n where kind <> 'announced'")
        rows = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
    assert len(rows) == 5
    personal = {name.lower() for name in everyone} | {"ahmed"}
    personal |= {str(year) for year in MemberRow.objects.values_list("birth_year", flat=True)}
    personal |= {str(code).lower() for code in HouseholdRow.objects.values_list("centre_id", flat=True)}
    for row in rows:
        assert row["figures"] == {}
        assert not {word for word in personal if word in json.dumps(row).lower()}
