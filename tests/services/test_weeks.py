"""People linked per week against the pace: every person once, every day once, peaks told."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from small_country import AUDITOR, COA, HALF_YEAR, ISLAND, MINISTRY, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.law import law_book
from eenthuis.rules.progress import expected, expected_by_day
from eenthuis.services import linking, sign_offs
from eenthuis.services.balances import standing
from eenthuis.services.weeks import read_weeks, weeks_of
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, ReferenceFactError
from eenthuis.terms.people import HouseholdId

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
