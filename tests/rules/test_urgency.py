"""Urgency schemes: what the law asks on each day, the published figures, and the order of offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.urgency import published_urgency, urgency_law
from eenthuis.rules.offer_order import Candidate, OfferOrdering, offer_order
from eenthuis.rules.urgency import Finding, check_urgency, in_force, national_figures
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import (
    OfferOrder,
    Shortcoming,
    TargetProvision,
    UrgencyGroup,
    UrgencyScheme,
)

BOOK = law_book()
UTRECHT, ZUNDERT = MunicipalityCode("GM0344"), MunicipalityCode("GM0879")
EVERY = frozenset(UrgencyGroup)
ENTRY = UrgencyScheme(
    municipality=UTRECHT,
    first_day=date(2015, 1, 1),
    last_day=None,
    has_scheme=True,
    names_status_holders=True,
    provision=TargetProvision.LAID_DOWN,
    groups=EVERY,
    order=(),
    source="https://lokaleregelgeving.overheid.nl",
)


@pytest.mark.parametrize(
    ("day", "changes", "found"),
    [
        pytest.param("2015-07-01", {}, [], id="complete"),
        pytest.param(
            "2017-06-30", {"names_status_holders": False}, ["status-holders-not-named"], id="must name"
        ),
        pytest.param("2017-07-01", {"names_status_holders": False}, [], id="may leave out"),
        pytest.param("2017-06-30", {"provision": TargetProvision.NONE}, [], id="no provision asked yet"),
        pytest.param("2017-07-01", {"provision": TargetProvision.NONE}, ["no-target-provision"], id="asked"),
        pytest.param(
            "2026-07-01",
            {"provision": TargetProvision.OTHERWISE_BY_EXECUTIVE},
            [],
            id="the executive provides",
        ),
        pytest.param("2026-06-30", {"has_scheme": False}, [], id="a scheme is optional"),
        pytest.param("2026-07-01", {"has_scheme": False}, ["no-scheme"], id="a scheme is a duty"),
        pytest.param("2026-06-30", {"groups": frozenset()}, [], id="no groups asked yet"),
        pytest.param(
            "2026-07-01", {"groups": EVERY - {UrgencyGroup.CARERS}}, ["group-missing"], id="one missing"
        ),
    ],
)
def test_what_the_law_asks_on_each_day(day: str, changes: dict[str, object], found: list[str]) -> None:
    entry = replace(ENTRY, **changes)  # type: ignore[arg-type]
    law = urgency_law(BOOK, date.fromisoformat(day))
    assert [one.shortcoming.value for one in check_urgency(entry, law)] == found


def test_a_finding_names_its_article_and_the_group_that_is_missing() -> None:
    entry = replace(ENTRY, groups=EVERY - {UrgencyGroup.LEAVING_DETENTION})
    (found,) = check_urgency(entry, urgency_law(BOOK, date(2026, 7, 1)))
    assert (found.shortcoming, found.group) == (Shortcoming.GROUP_MISSING, UrgencyGroup.LEAVING_DETENTION)
    assert found.citation.article.startswith("art. 12, first paragraph")


def test_before_the_act_and_in_a_malformed_book_the_law_does_not_answer() -> None:
    with pytest.raises(EenthuisError, match="LAW-01"):
        urgency_law(BOOK, date(2014, 12, 31))
    broken = BOOK.assuming({"urgency.groups_asked": "a z"}, why="example")
    with pytest.raises(EenthuisError, match="LAW-02"):
        urgency_law(broken, date(2026, 7, 1))


def test_the_register_answers_by_day_and_refuses_two_answers() -> None:
    old = replace(ENTRY, last_day=date(2019, 12, 31))
    new = replace(ENTRY, first_day=date(2020, 1, 1), names_status_holders=False)
    assert in_force([old, new], date(2019, 12, 31)) == {UTRECHT: old}
    assert in_force([old, new], date(2020, 1, 1)) == {UTRECHT: new}
    assert in_force([new], date(2019, 12, 31)) == {}
    with pytest.raises(EenthuisError, match=r"INP-03.*GM0344"):
        in_force([ENTRY, new], date(2020, 1, 1))
    with pytest.raises(EenthuisError, match="INP-06"):
        in_force([replace(ENTRY, last_day=date(2014, 1, 1))], date(2020, 1, 1))


def test_the_register_stands_beside_the_figures_published_by_then() -> None:
    held = {UTRECHT: ENTRY, ZUNDERT: replace(ENTRY, municipality=ZUNDERT, has_scheme=False)}
    found = national_figures(held, 342, published_urgency(BOOK, date(2022, 3, 29)))
    assert (found.filled, found.with_scheme.counted, found.with_scheme.of) == (2, 1, 2)
    assert (found.with_scheme.difference, found.dropped.difference) == (Fraction(0), Fraction(-1, 25))
    before = national_figures(held, 342, published_urgency(BOOK, date(2018, 1, 1)))
    assert (before.with_scheme.difference, before.dropped.difference) == (None, Fraction(-1, 88))
    assert national_figures({}, 342, published_urgency(BOOK, date(2023, 1, 1))).dropped.difference is None


Check = Callable[[UrgencyScheme, date], Sequence[Finding]]
OWN = Book(tuple(value for value in BOOK.values if value.key.startswith("urgency.")))
CHANGES = frozenset(OWN.change_days())
ENTRIES = st.builds(
    lambda has, names, provision, groups: replace(
        ENTRY, has_scheme=has, names_status_holders=names, provision=provision, groups=groups
    ),
    st.booleans(),
    st.booleans(),
    st.sampled_from(TargetProvision),
    st.frozensets(st.sampled_from(UrgencyGroup)),
)


def by_the_law_of_the_day(entry: UrgencyScheme, day: date) -> Sequence[Finding]:
    return check_urgency(entry, urgency_law(BOOK, day))


def changes_only_on_validity_dates(made: Check, entry: UrgencyScheme, day: date) -> bool:
    later = day + timedelta(days=1)
    told = [[(one.shortcoming, one.group) for one in made(entry, when)] for when in (day, later)]
    return told[0] == told[1] or later in CHANGES


@given(ENTRIES, st.dates(date(2015, 1, 1), date(2027, 12, 31)))
def test_findings_change_exactly_on_validity_dates(entry: UrgencyScheme, day: date) -> None:
    assert changes_only_on_validity_dates(by_the_law_of_the_day, entry, day)


def test_the_axiom_catches_the_law_of_a_calendar_year() -> None:
    def by_year(entry: UrgencyScheme, day: date) -> Sequence[Finding]:
        return by_the_law_of_the_day(entry, date(day.year, 12, 31))

    nameless = replace(ENTRY, names_status_holders=False)
    assert not changes_only_on_validity_dates(by_year, nameless, date(2016, 12, 31))


# The order of offers

DAY = date(2026, 3, 1)
LAW = urgency_law(BOOK, DAY)


def candidate(name: str, by: int = 0, permit: int = 0, people: int = 1, children: int = 0) -> Candidate:
    return Candidate(
        HouseholdId(name),
        DAY + timedelta(days=by),
        DAY - timedelta(days=permit),
        people,
        children,
        people > 4,
    )


FAMILY = candidate("PE-3", by=30, permit=10, people=5, children=3)
LONG = candidate("PE-2", by=20, permit=90)
SOON = candidate("PE-1", by=5, permit=30)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ((), ["PE-1", "PE-2", "PE-3"]),
        ((OfferOrder.FIRST_DEADLINE,), ["PE-1", "PE-2", "PE-3"]),
        ((OfferOrder.LONGEST_WAITING,), ["PE-2", "PE-1", "PE-3"]),
        ((OfferOrder.LARGEST_HOUSEHOLD, OfferOrder.LONGEST_WAITING), ["PE-3", "PE-2", "PE-1"]),
        ((OfferOrder.WITH_CHILDREN, OfferOrder.FIRST_DEADLINE), ["PE-3", "PE-1", "PE-2"]),
        ((OfferOrder.NEEDS_ACCESSIBLE_HOME, OfferOrder.LONGEST_WAITING), ["PE-3", "PE-2", "PE-1"]),
    ],
)
def test_the_order_is_that_of_the_scheme_in_force(order: tuple[OfferOrder, ...], names: list[str]) -> None:
    found = offer_order([FAMILY, LONG, SOON], replace(ENTRY, order=order), LAW)
    assert [one.candidate.household for one in found.ranked] == names
    assert (found.is_default, found.has_priority) == (not order, True)


def test_each_place_says_what_set_it_apart() -> None:
    twin = replace(LONG, household=HouseholdId("PE-4"))
    scheme = replace(ENTRY, order=(OfferOrder.WITH_CHILDREN, OfferOrder.LONGEST_WAITING))
    found = offer_order([twin, FAMILY, LONG, SOON], scheme, LAW)
    assert [(one.place, one.candidate.household, one.set_apart_by) for one in found.ranked] == [
        (1, "PE-3", None),
        (2, "PE-2", OfferOrder.WITH_CHILDREN),
        (3, "PE-4", None),
        (4, "PE-1", OfferOrder.LONGEST_WAITING),
    ]
    assert found.place_of(HouseholdId("PE-4")) == found.ranked[2]
    assert found.place_of(HouseholdId("PE-9")) is None


def test_without_a_scheme_the_order_is_that_of_the_law_book_and_a_scenario_changes_it() -> None:
    for none in (None, replace(ENTRY, has_scheme=False, order=(OfferOrder.LARGEST_HOUSEHOLD,))):
        found = offer_order([LONG, SOON], none, LAW)
        assert (found.order, found.is_default, found.has_priority) == (
            (OfferOrder.FIRST_DEADLINE,),
            True,
            False,
        )
    scenario: Book = BOOK.assuming({"urgency.default_order": "longest-waiting"}, why="example")
    found = offer_order([SOON, LONG], None, urgency_law(scenario, DAY))
    assert found.ranked[0].candidate == LONG


def test_before_july_2017_every_scheme_gives_status_holders_priority() -> None:
    nameless = replace(ENTRY, names_status_holders=False)
    answers = [
        offer_order([], nameless, urgency_law(BOOK, day)).has_priority
        for day in (date(2017, 6, 30), date(2017, 7, 1))
    ]
    assert answers == [True, False]


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.integers(1, 999).map("PE-{}".format),
        st.integers(-50, 50),
        st.integers(0, 50),
        st.integers(1, 6),
        st.integers(0, 2),
    ),
    max_size=8,
    unique_by=lambda one: one.household,
)
ORDERS = st.lists(st.sampled_from(OfferOrder), unique=True).map(tuple)
Ordering = Callable[[Sequence[Candidate], UrgencyScheme], OfferOrdering]


def is_blind_to_how_candidates_are_listed(
    made: Ordering, candidates: Sequence[Candidate], scheme: UrgencyScheme
) -> bool:
    return made(candidates, scheme).ranked == made(list(reversed(candidates)), scheme).ranked


@given(CANDIDATES, ORDERS)
def test_an_order_does_not_depend_on_how_candidates_are_listed(
    candidates: list[Candidate], order: tuple[OfferOrder, ...]
) -> None:
    scheme = replace(ENTRY, order=order)
    found = offer_order(candidates, scheme, LAW)
    assert is_blind_to_how_candidates_are_listed(
        lambda them, own: offer_order(them, own, LAW), candidates, scheme
    )
    assert sorted(one.candidate.household for one in found.ranked) == sorted(
        one.household for one in candidates
    )
    assert [one.place for one in found.ranked] == list(range(1, len(candidates) + 1))


def test_the_axiom_catches_an_order_that_leaves_ties_as_listed() -> None:
    def as_listed(candidates: Sequence[Candidate], scheme: UrgencyScheme) -> OfferOrdering:
        found = offer_order(candidates, scheme, LAW)
        kept = sorted(found.ranked, key=lambda one: candidates.index(one.candidate))
        return replace(found, ranked=tuple(kept))

    twins = [LONG, replace(LONG, household=HouseholdId("PE-4"))]
    assert not is_blind_to_how_candidates_are_listed(as_listed, twins, ENTRY)
