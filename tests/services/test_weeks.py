"""People linked per week against the pace: every person once, every day once, peaks told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import (
    AUDITOR,
    COA,
    HALF_YEAR,
    ISLAND,
    MINISTRY,
    OF_UTRECHT,
    TODAY,
    UTRECHT,
    household,
)

from eenthuis.law import law_book
from eenthuis.matching.week_trial import try_reserve
from eenthuis.rules.progress import expected, expected_by_day
from eenthuis.services import linking, sign_offs
from eenthuis.services.balances import standing
from eenthuis.services.reserving import read_reserve
from eenthuis.services.weeks import read_weeks, weeks_of
from eenthuis.store import accounts
from eenthuis.store.models import ProposalRow, RunRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, ReferenceFactError
from eenthuis.terms.linking import Hardness, OpenPlace
from eenthuis.terms.people import HardCriterion, HardTie, Household, HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

ONE, THREE = HouseholdId("PE-000001"), HouseholdId("PE-000003")


def test_the_pace_of_a_day_meets_the_pace_of_the_months() -> None:
    law = law_book().progress(HALF_YEAR)
    for month in (*HALF_YEAR.months, HALF_YEAR.next.first_day):
        assert expected_by_day(601, HALF_YEAR, month, law) == expected(601, HALF_YEAR, month, law)
    assert expected_by_day(601, HALF_YEAR, date(2025, 1, 1), law) == 0
    assert expected_by_day(601, HALF_YEAR, date(2027, 1, 1), law) == 601


def test_weeks_cover_every_day_once_and_their_pace_adds_up() -> None:
    weeks = weeks_of({}, corrected=601, half_year=HALF_YEAR, today=TODAY, proposed=5)
    assert weeks[0].first_day == HALF_YEAR.first_day
    assert weeks[-1].last_day == HALF_YEAR.last_day
    assert all(after.first_day == before.last_day + timedelta(days=1) for before, after in pairwise(weeks))
    assert sum(week.pace for week in weeks) == 601
    assert [week.proposed for week in weeks if week.first_day <= TODAY <= week.last_day] == [5]
    assert sum(week.proposed for week in weeks) == 5


def test_a_week_is_a_peak_above_twice_its_pace() -> None:
    day = date(2026, 2, 4)

    def peaks(people: int) -> int:
        found = weeks_of({day: people}, corrected=600, half_year=HALF_YEAR, today=TODAY, proposed=0)
        return sum(week.is_peak for week in found)

    pace = Fraction(600 * 7, 6 * 28)
    assert (peaks(int(2 * pace)), peaks(int(2 * pace) + 1)) == (0, 1)


def test_who_was_linked_before_counts_in_the_total_but_in_no_week() -> None:
    days = {date(2025, 12, 30): 7, date(2026, 1, 2): 3}
    weeks = weeks_of(days, corrected=600, half_year=HALF_YEAR, today=TODAY, proposed=0)
    assert [week.linked for week in weeks][:2] == [3, 0]
    assert weeks[0].total == weeks[-1].total == 10


@pytest.mark.django_db
def test_before_and_with_the_proposal_are_those_of_the_standing(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    page = read_weeks(actor=AUDITOR, today=TODAY, kind="municipality", code=UTRECHT)
    where = standing(HALF_YEAR, TODAY)
    assert page.without == where.realised.get(UTRECHT, 0) + where.linked.get(UTRECHT, 0) == 1
    assert page.with_proposal == 3
    assert page.corrected == where.corrected[UTRECHT].people
    assert page.reference_day == date(2026, 4, 1)
    assert page.asked_by_reference_day == Fraction(page.corrected, 2)
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    assert read_weeks(actor=COA, today=TODAY, kind="municipality", code=UTRECHT).without == 1
    linking.confirm(actor=COA, proposal=proposal, households=(THREE,), today=TODAY)
    linking.undo(actor=COA, household=THREE, why="elsewhere", today=TODAY)
    assert read_weeks(actor=COA, today=TODAY, kind="municipality", code=ISLAND).without == 0


@pytest.mark.django_db
def test_provinces_and_regions_add_up_to_the_country(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, THREE), today=TODAY)
    country = read_weeks(actor=COA, today=TODAY)
    assert country.with_proposal == 15
    from eenthuis import reference
    from eenthuis.terms.places import LinkingRegion

    for kind, codes in (
        ("province", [province.code for province in reference.provinces()]),
        ("region", [region.value for region in LinkingRegion]),
    ):
        parts = [read_weeks(actor=COA, today=TODAY, kind=kind, code=code) for code in codes]
        assert sum(part.corrected for part in parts) == country.corrected
        assert sum(part.with_proposal for part in parts) == country.with_proposal
        assert sum(part.without for part in parts) == country.without == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("proposal")
@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, ANYONE])
def test_only_who_sees_proposals_sees_the_weeks(actor: Actor) -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        read_weeks(actor=actor, today=TODAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("proposal")
def test_an_area_that_is_none_is_refused() -> None:
    with pytest.raises(ReferenceFactError, match="REF-01"):
        read_weeks(actor=COA, today=TODAY, kind="province", code="PV99")


def waits(number: int, size: int, week: int, *, only: MunicipalityCode | None = None) -> Household:
    """Return a household whose permit is of a week; ``only``: the one municipality that it may go to."""
    ties = (HardTie(HardCriterion.WORK_CONTRACT, frozenset({only})),) if only else ()
    plain = household(number, size)
    return replace(plain, permit_on=date(2025, 10, 1) + timedelta(weeks=week), hard_ties=ties)


def open_place(code: MunicipalityCode, persons: int) -> OpenPlace:
    return OpenPlace(code, code, ProvinceCode("PV26"), LinkingRegion.CENTRE, persons)


def test_a_reserve_is_tried_with_and_without_over_the_same_households() -> None:
    """Two a week may go anywhere and would go to the island, which has room for the one a week that is bound to it."""
    many = [MunicipalityCode(f"GM{number:04d}") for number in range(500, 512)]
    easy = [waits(number, 2, number % 12) for number in range(1, 25)]
    bound = [waits(number, 2, number % 12, only=ISLAND) for number in range(25, 37)]
    places = [open_place(ISLAND, 24), *(open_place(code, 30) for code in many)]
    tried = try_reserve([*easy, *bound], places, as_of=TODAY, share=1.0)
    assert tried.hard == {Hardness.FEW_PLACES: 12, Hardness.LARGE: 0, Hardness.SCARCE_USE: 0}
    assert tried.households == sum(week.households for week in tried.weeks) == 36
    assert all(week.first_day.weekday() == 0 for week in tried.weeks)
    assert max(week.kept for week in tried.weeks) == tried.most_persons > 0
    assert tried.weeks[-1].kept == 0
    assert tried.kept.hard < tried.without.hard
    assert tried.kept.persons > tried.without.persons


@pytest.mark.django_db
@pytest.mark.usefixtures("proposal")
def test_a_reserve_is_tried_on_who_waits_now_and_nothing_is_kept_of_it() -> None:
    before = RunRow.objects.count(), ProposalRow.objects.count()
    found = read_reserve(actor=AUDITOR, today=TODAY, share=0.5)
    assert found is not None
    assert (found.tried.share, found.tried.households) == (0.5, 6)
    assert found.hard_cases == sum(found.tried.hard.values())
    assert (RunRow.objects.count(), ProposalRow.objects.count()) == before
    with pytest.raises(AccessError, match="ACC-01"):
        read_reserve(actor=OF_UTRECHT, today=TODAY, share=0.5)


@pytest.mark.django_db
@pytest.mark.usefixtures("proposal")
def test_the_page_switches_the_reserve() -> None:
    accounts.save_account(COA, "a-long-password")
    client = Client()
    client.force_login(get_user_model().objects.get(username=COA.name))
    shown = client.get("/koppelen/weken/").content.decode()
    assert 'id="reserve-alle"' in shown
    assert "Met en zonder vrijhouden" not in shown
    for asked, told in (("1", "100 %"), ("0.5", "50 %")):
        shown = client.get(f"/koppelen/weken/?reserve={asked}").content.decode()
        assert "Met en zonder vrijhouden" in shown
        assert told in shown.replace("\xa0", " ")
    assert "Met en zonder" not in client.get("/koppelen/weken/?reserve=9").content.decode()
    assert 'id="reserve"' not in client.get(f"/koppelen/weken/?gemeente={UTRECHT}").content.decode()
