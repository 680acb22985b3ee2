"""Transit locations: each day of a person paid once, within the most days and the places, in whole cents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.schemes import transit_laws
from eenthuis.rules.transit import PersonDay, TransitBill, occupancy, transit_bill
from eenthuis.rules.transit_people import one_number_each
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import NotPaid, PersonAt, PersonNumber, SiteId, TransitSite, TransitStay

LAWS = transit_laws(law_book())
HERE, NEAR, FAR = (MunicipalityCode(code) for code in ("GM0344", "GM0310", "GM0363"))
FIRST = date(2026, 1, 1)
SITE = TransitSite(SiteId("S-1"), HERE, 3, FIRST, None, frozenset({NEAR}))
OTHER = replace(SITE, site=SiteId("S-2"), municipality=NEAR, participants=frozenset({HERE}))
LATE = date(2030, 12, 31)


def stay(
    person: str,
    first: date,
    days: int | None,
    *,
    linked_to: MunicipalityCode = HERE,
    site: TransitSite = SITE,
) -> TransitStay:
    last = None if days is None else first + timedelta(days=days - 1)
    return TransitStay(PersonNumber(person), site.site, linked_to, first, last)


def bill(
    *stays: TransitStay, sites: Sequence[TransitSite] = (SITE, OTHER), as_of: date = LATE
) -> TransitBill:
    return transit_bill(sites, stays, LAWS, as_of)


def test_sixty_euros_a_day_and_eight_more_when_linked_to_another_that_takes_part() -> None:
    found = bill(stay("1", FIRST, 40), stay("2", FIRST, 31, linked_to=NEAR))
    assert [(one.month.month, one.paid_days, one.elsewhere_days, one.cents) for one in found.months] == [
        (1, 62, 31, 62 * 6000 + 31 * 800),
        (2, 9, 0, 9 * 6000),
    ]
    assert found.cents == 71 * 6000 + 31 * 800


SINCE = {year: replace(SITE, first_day=date(year, 4, 1)) for year in (2025, 2026)}


@pytest.mark.parametrize(
    ("one", "site", "why", "days"),
    [
        pytest.param(stay("1", FIRST, 366), SITE, NotPaid.DAYS_USED_UP, 1, id="a day too many"),
        pytest.param(
            stay("1", FIRST, 2, linked_to=FAR), SITE, NotPaid.LINKED_TO_NO_PARTICIPANT, 2, id="linked far"
        ),
        pytest.param(
            stay("1", date(2025, 4, 8), 2), SINCE[2025], NotPaid.SCHEME_NOT_IN_FORCE, 1, id="too early"
        ),
        pytest.param(
            stay("1", date(2028, 12, 31), 2), SINCE[2026], NotPaid.SCHEME_NOT_IN_FORCE, 1, id="too late"
        ),
        pytest.param(stay("1", FIRST, 3), replace(SITE, last_day=FIRST), NotPaid.SITE_CLOSED, 2, id="closed"),
    ],
)
def test_days_that_are_not_paid_say_why(one: TransitStay, site: TransitSite, why: NotPaid, days: int) -> None:
    assert bill(one, sites=[site]).unpaid == {why: days}


def test_a_site_is_paid_for_three_years_at_most() -> None:
    early = replace(SITE, first_day=date(2025, 5, 1))
    found = bill(stay("1", date(2028, 4, 29), 4), sites=[early])
    assert found.unpaid == {NotPaid.SITE_TOO_LONG: 2}


def test_a_full_site_keeps_those_who_came_first() -> None:
    found = bill(*(stay(str(n), FIRST + timedelta(days=n), 10) for n in range(4)))
    turned_away = {one.person for one in found.days if one.not_paid is NotPaid.NO_PLACE}
    assert turned_away == {"3"}
    assert max(occupancy(found, SITE.site).values()) == 3


def test_a_person_at_two_sites_counts_once_where_they_came_first() -> None:
    found = bill(stay("1", FIRST, 10), stay("1", FIRST + timedelta(days=5), 10, site=OTHER))
    assert found.unpaid == {NotPaid.COUNTED_ELSEWHERE: 5}
    assert {one.site: one.paid_days for one in found.months} == {"S-1": 10, "S-2": 5}


def test_a_stay_that_lasts_counts_up_to_the_day_asked() -> None:
    assert bill(stay("1", FIRST, None), as_of=date(2026, 1, 10)).cents == 10 * 6000
    assert bill(as_of=FIRST).cents == 0


def test_more_people_than_the_country_has_places_is_told() -> None:
    few = tuple(replace(law, most_places=1) for law in LAWS)
    found = transit_bill([SITE], [stay("1", FIRST, 1), stay("2", FIRST, 1)], few, LATE)
    assert (found.over_places, bill(stay("1", FIRST, 1)).over_places) == (1, 0)


@pytest.mark.parametrize(
    ("sites", "stays", "wrong"),
    [
        ([SITE, SITE], [], "INP-03"),
        ([replace(SITE, places=0)], [], "INP-06"),
        ([replace(SITE, last_day=date(2025, 1, 1))], [], "INP-06"),
        ([OTHER], [stay("1", FIRST, 1)], "INP-04.*S-1"),
        ([SITE], [replace(stay("1", FIRST, 1), last_day=date(2025, 1, 1))], "INP-06"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    sites: list[TransitSite], stays: list[TransitStay], wrong: str
) -> None:
    with pytest.raises(EenthuisError, match=wrong):
        transit_bill(sites, stays, LAWS, LATE)


STAYS = st.lists(
    st.builds(
        lambda person, start, days, linked, site: stay(
            str(person), FIRST + timedelta(days=start), days, linked_to=linked, site=site
        ),
        st.integers(1, 4),
        st.integers(-3, 40),
        st.one_of(st.none(), st.integers(1, 40)),
        st.sampled_from([HERE, NEAR, FAR]),
        st.sampled_from([SITE, OTHER]),
    ),
    max_size=6,
)
FEW = tuple(replace(law, most_days=20) for law in LAWS)
Billing = Callable[[Sequence[TransitStay]], Sequence[PersonDay]]


def paid(made: Billing, stays: Sequence[TransitStay]) -> list[PersonDay]:
    return [one for one in made(stays) if one.not_paid is None]


def counts_no_day_twice(made: Billing, stays: Sequence[TransitStay]) -> bool:
    return max(Counter((one.person, one.day) for one in paid(made, stays)).values(), default=0) <= 1


def keeps_to_the_most_days(made: Billing, stays: Sequence[TransitStay]) -> bool:
    return max(Counter(one.person for one in paid(made, stays)).values(), default=0) <= FEW[0].most_days


def of_few_days(stays: Sequence[TransitStay]) -> TransitBill:
    return transit_bill([SITE, OTHER], stays, FEW, FIRST + timedelta(days=60))


@settings(deadline=None, max_examples=50)
@given(STAYS)
def test_days_are_at_most_the_most_none_twice_and_cents_add_up(stays: list[TransitStay]) -> None:
    found = of_few_days(stays)
    assert counts_no_day_twice(lambda these: of_few_days(these).days, stays)
    assert keeps_to_the_most_days(lambda these: of_few_days(these).days, stays)
    assert found.cents == sum(one.cents for one in found.days)
    assert found.cents == sum(
        6000 * sum(occupancy(found, site.site).values()) for site in (SITE, OTHER)
    ) + 800 * sum(one.elsewhere_days for one in found.months)
    assert all(
        people <= site.places for site in (SITE, OTHER) for people in occupancy(found, site.site).values()
    )
    assert found == of_few_days(stays[::-1])


def each_stay_by_itself(stays: Sequence[TransitStay]) -> list[PersonDay]:
    """Bill stay by stay and add up: what was counted elsewhere is forgotten."""
    return [one for each in stays for one in of_few_days([each]).days]


def test_the_axioms_catch_a_bill_made_stay_by_stay() -> None:
    assert not counts_no_day_twice(
        each_stay_by_itself, [stay("1", FIRST, 2), stay("1", FIRST, 2, site=OTHER)]
    )
    twice = [stay("1", FIRST, 15), stay("1", FIRST + timedelta(days=15), 15)]
    assert not keeps_to_the_most_days(each_stay_by_itself, twice)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 15)), min_size=1, max_size=6))
def test_a_person_who_moves_again_and_again_has_one_number_and_one_most(moves: list[tuple[int, int]]) -> None:
    stays, day, before = [], FIRST, None
    for place, (number, days) in enumerate(moves):
        site = (SITE, OTHER)[place % 2]
        stays.append(replace(stay(str(number), day, days, site=site), came_from=before))
        before, day = PersonAt(site.site, PersonNumber(str(number))), day + timedelta(days=days)
    numbered = one_number_each(stays)
    assert len({one.person for one in numbered}) == 1
    found = of_few_days(numbered)
    total = sum(days for _, days in moves)
    assert sum(one.not_paid is None for one in found.days) == min(total, FEW[0].most_days, 61)
    apart = one_number_each([replace(one, came_from=None) for one in stays])
    assert len({one.person for one in apart}) == len({(one.site, one.person) for one in stays})
