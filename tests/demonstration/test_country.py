"""The drawn country is the same every time, fits the published shares, and keeps its own books."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from datetime import timedelta

import pytest

from eenthuis import demonstration, reference
from eenthuis.demonstration import DEMONSTRATION_DAY, SHARES, DemonstrationCountry, draw_country
from eenthuis.demonstration.country import half_years_of
from eenthuis.demonstration.shares import value
from eenthuis.law import law_book
from eenthuis.rules.realisation import carried_over
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority
from eenthuis.terms.people import Household, Member
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import digest

DIGEST = "sha256:a24df0a31db85b67c8d24a19de15a92a6ef7e0c143a4dec69a2fc3fef49568ae"


@pytest.fixture(scope="module")
def country() -> DemonstrationCountry:
    return draw_country()


def essence(country: DemonstrationCountry) -> str:
    return digest(
        [country.centres, country.households, country.pending, country.past, country.opening_balances]
    )


def test_the_same_seed_draws_the_same_country_and_another_seed_another(country: DemonstrationCountry) -> None:
    assert essence(country) == DIGEST
    assert essence(draw_country(seed=7)) != DIGEST


def test_as_many_people_wait_as_were_counted(country: DemonstrationCountry) -> None:
    assert sum(household.persons for household in country.households) == value("people-waiting")


def test_waits_and_large_families_fit_what_was_published(country: DemonstrationCountry) -> None:
    weeks = [(DEMONSTRATION_DAY - household.permit_on).days / 7 for household in country.households]
    long = sum(1 for wait in weeks if wait > 14) / len(weeks)
    assert long == pytest.approx(value("over-fourteen-weeks"), abs=0.02)
    large = [household for household in country.households if household.persons >= 6]
    people = sum(household.persons for household in large)
    assert people / value("people-waiting") == pytest.approx(value("large-family-people"), abs=0.02)
    mean = sum((DEMONSTRATION_DAY - household.permit_on).days / 7 for household in large) / len(large)
    assert mean == pytest.approx(value("weeks-large-family"), abs=3)


@pytest.mark.parametrize("tie", [name for name in SHARES if name.startswith(("hard:", "soft:"))])
def test_ties_are_drawn_near_their_shares(country: DemonstrationCountry, tie: str) -> None:
    kind, criterion = tie.split(":")
    found = sum(
        1
        for household in country.households
        for one in (household.hard_ties if kind == "hard" else household.soft_ties)
        if one.criterion.value == criterion
    )
    assert found / len(country.households) == pytest.approx(value(tie), abs=0.02)


def test_every_tie_names_places_that_exist(country: DemonstrationCountry) -> None:
    known = {place.code for place in reference.municipalities(DEMONSTRATION_DAY)}
    for household in country.households:
        places = [tie.municipalities for tie in household.hard_ties]
        places += [tie.municipalities for tie in household.soft_ties]
        assert all(places)
        assert all(place <= known for place in places)


def test_members_are_of_age_when_they_are_called_adults(country: DemonstrationCountry) -> None:
    for household in country.households:
        assert household.members[0].is_adult
        for member in household.members:
            age = DEMONSTRATION_DAY.year - member.birth_year
            assert (age > 18) == member.is_adult or age == 18


def balances(country: DemonstrationCountry) -> dict[HalfYear, dict[MunicipalityCode, int]]:
    realised: defaultdict[HalfYear, Counter[MunicipalityCode]] = defaultdict(Counter)
    for past in country.past:
        realised[HalfYear.containing(past.signed_off_on)][past.municipality] += past.persons
    carried, found = dict(country.opening_balances), {}
    for half_year, national, changes in half_years_of(country.half_years):
        law = law_book().targets(half_year)
        counted = reference.inhabitants(reference_date(half_year, law.reference_rule))
        people = inhabitants_for(
            half_year=half_year, counted=counted, mergers=reference.mergers(), rule=law.reorganisation
        )
        made = net_targets(half_year=half_year, national=national, inhabitants=people, law=law)
        book = law_book().realisation(half_year)
        carried = {
            target.municipality: carried_over(
                target.people + changes.get(target.municipality, 0) + carried[target.municipality],
                realised[half_year][target.municipality],
                book,
            )
            for target in made.targets
        }
        found[half_year] = carried
    return found


def test_municipalities_meet_their_target_as_often_as_the_press_reported(
    country: DemonstrationCountry,
) -> None:
    found = balances(country)
    meeting = {
        str(half_year): sum(1 for left in found[half_year].values() if left <= 0) for half_year in found
    }
    assert meeting["2024-II"] == pytest.approx(0.15 * 342, abs=4)
    last = list(found[HalfYear(2025, 2)].values())
    assert sum(1 for left in last if left <= 0) == 98
    assert sum(1 for left in last if left == 0) == 16
    assert found[HalfYear(2025, 2)][MunicipalityCode("GM0796")] == -57


def test_backlogs_come_near_what_was_assumed(country: DemonstrationCountry) -> None:
    found = balances(country)
    for half_year in list(found)[:-1]:
        backlog = sum(max(left, 0) for left in found[half_year].values())
        assert backlog == pytest.approx(value(f"backlog-{half_year}"), rel=0.05)


def test_nobody_is_linked_twice_or_beyond_what_is_open(country: DemonstrationCountry) -> None:
    names = [past.household for past in country.past] + [one.household for one in country.pending]
    assert len(names) == len(set(names))
    open_people = balances(country)[HalfYear.containing(DEMONSTRATION_DAY)]
    taken: Counter[MunicipalityCode] = Counter()
    for one in country.pending:
        taken[one.municipality] += one.persons
        assert DEMONSTRATION_DAY - timedelta(weeks=12) <= one.linked_on < DEMONSTRATION_DAY
    assert all(people <= open_people[code] for code, people in taken.items())
    assert all(past.linked_on < past.signed_off_on <= DEMONSTRATION_DAY for past in country.past)


def test_a_pending_link_keeps_the_hard_ties(country: DemonstrationCountry) -> None:
    by_name = {household.identifier: household for household in country.households}
    for one in country.pending:
        for tie in by_name[one.household].hard_ties:
            assert one.municipality in tie.municipalities


def test_swaps_keep_the_sum(country: DemonstrationCountry) -> None:
    swaps = [swap for one in country.half_years for swap in one.swaps]
    assert swaps
    assert all(sum(swap.changes.values()) == 0 for swap in swaps)


def test_no_field_tells_of_descent_or_belief() -> None:
    names = {field.name for kind in (Household, Member) for field in fields(kind)}
    assert not [
        name for name in names if any(word in name for word in ("nation", "relig", "ethn", "country"))
    ]


@pytest.mark.parametrize("share", SHARES.values(), ids=lambda share: share.name)
def test_every_share_has_a_source_or_says_it_is_assumed(share: demonstration.Share) -> None:
    assert share.meaning
    assert share.source.startswith("https://") or share.authority is Authority.ASSUMPTION
