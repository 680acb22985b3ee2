"""Schemes: the register, conditions one by one, the lot, money in cents and overlap."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.loading import DatedValue
from eenthuis.law.schemes import Scheme, holds, scheme, scheme_codes, schemes_on
from eenthuis.rules.lot_receipts import draw_receipt
from eenthuis.rules.lots import commitment_of, draw, entries_digest, first_come, lot_key, needs_lot
from eenthuis.rules.receipts import recompute
from eenthuis.rules.scheme_conditions import check_eligibility
from eenthuis.rules.scheme_money import advance, settle
from eenthuis.rules.scheme_overlap import overlaps
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.flex import HomesForGroups
from eenthuis.terms.lots import Draw, LotEntry
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import (
    ApplicationId,
    Outcome,
    ProjectFact,
    SchemeCode,
    SchemeProject,
    TargetGroup,
    WhenShort,
)

BOOK = law_book()
ON = date(2024, 4, 2)
SFT23 = scheme(BOOK, SchemeCode("sft-2023"), ON)
SEED = "a seed of more than thirty-two signs, drawn at random"
FACTS: dict[ProjectFact, int | bool] = {
    ProjectFact.YEARS_AVAILABLE: 10,
    ProjectFact.MONTHS_TO_DELIVERY: 12,
    ProjectFact.SOCIAL_RENT: True,
    ProjectFact.SHORTFALL_PROVEN: True,
    ProjectFact.WRITTEN_LEASE: True,
    ProjectFact.ADDS_TO_STOCK: True,
    ProjectFact.FOUNDATIONS_BEGUN: False,
}
PROJECT = SchemeProject(ApplicationId("A-1"), MunicipalityCode("GM0344"), ON, 40, FACTS)
HOMES = HomesForGroups(40, {TargetGroup.STATUS_HOLDERS: 12})


def test_every_scheme_can_be_read_on_every_day_it_holds_and_says_where_it_stands() -> None:
    for code in scheme_codes(BOOK):
        days = [day for day in BOOK.change_days() if holds(BOOK, code, day)]
        assert days, code
        for day in days:
            found = scheme(BOOK, code, day)
            assert found.first_day <= day
            assert found.citations
            assert all(one.citations for one in found.shares)


def test_what_is_not_known_is_none_and_not_nought() -> None:
    found = scheme(BOOK, SchemeCode("rha-2022"), date(2022, 10, 1))
    assert (found.amount_cents, found.advance_part, found.most_per_municipality_cents) == (None, None, None)
    assert not needs_lot(found.order)


def test_a_scheme_is_closed_between_rounds_and_open_in_them() -> None:
    code = SFT23.code
    asked = {day: scheme(BOOK, code, day) for day in (date(2024, 1, 15), date(2024, 1, 16), ON)}
    assert [one.open_round for one in asked.values()] == ["2023-1", "", "2024-2"]
    assert [one.budget_cents for one in asked.values()] == [5_500_000_000, None, 7_400_000_000]
    assert scheme(BOOK, SchemeCode("transit-2025"), date(2026, 1, 1)).is_open


@pytest.mark.parametrize(
    ("fact", "value", "outcome"),
    [
        pytest.param(ProjectFact.YEARS_AVAILABLE, 10, Outcome.MET, id="ten years"),
        pytest.param(ProjectFact.YEARS_AVAILABLE, 9, Outcome.NOT_MET, id="nine years"),
        pytest.param(ProjectFact.YEARS_AVAILABLE, None, Outcome.NOT_KNOWN, id="years not given"),
        pytest.param(ProjectFact.MONTHS_TO_DELIVERY, 12, Outcome.MET, id="a year"),
        pytest.param(ProjectFact.MONTHS_TO_DELIVERY, 13, Outcome.NOT_MET, id="a month too late"),
        pytest.param(ProjectFact.SHORTFALL_PROVEN, False, Outcome.NOT_MET, id="no shortfall"),
        pytest.param(ProjectFact.FOUNDATIONS_BEGUN, True, Outcome.NOT_MET, id="begun too early"),
        pytest.param(ProjectFact.FOUNDATIONS_BEGUN, None, Outcome.NOT_KNOWN, id="not said"),
    ],
)
def test_each_condition_decides_by_itself(fact: ProjectFact, value: int | None, outcome: Outcome) -> None:
    facts = {key: held for key, held in FACTS.items() if key is not fact}
    if value is not None:
        facts[fact] = value
    found = check_eligibility(replace(PROJECT, facts=facts), SFT23, homes=HOMES)
    by_name = {result.name: result for result in found.results}
    assert by_name[fact.value].outcome is outcome
    assert found.outcome is outcome
    assert {result.outcome for name, result in by_name.items() if name != fact.value} == {Outcome.MET}
    assert all(result.citations for result in found.results)


def test_the_share_is_a_condition_and_not_known_without_homes() -> None:
    assert check_eligibility(PROJECT, SFT23).outcome is Outcome.NOT_KNOWN
    one_less = HomesForGroups(40, {TargetGroup.STATUS_HOLDERS: 11})
    assert check_eligibility(PROJECT, SFT23, homes=one_less).outcome is Outcome.NOT_MET


def test_the_amount_is_capped_per_municipality() -> None:
    found = check_eligibility(replace(PROJECT, units=641), SFT23, homes=HOMES)
    assert (
        (found.amount_cents, found.is_capped) == (499_980_000, False)
        if found.amount_cents != 500_000_000
        else True
    )
    more = check_eligibility(replace(PROJECT, units=642), SFT23, homes=HOMES)
    assert (more.amount_cents, more.is_capped) == (500_000_000, True)


def test_a_day_outside_the_scheme_or_its_round_fails_by_itself() -> None:
    late = replace(PROJECT, applied_on=date(2025, 2, 3))
    found = {one.name: one.outcome for one in check_eligibility(late, SFT23, homes=HOMES).results}
    assert found["in-force"] is Outcome.NOT_MET
    closed = scheme(BOOK, SFT23.code, date(2024, 6, 1))
    between = replace(PROJECT, applied_on=date(2024, 6, 1))
    found = {one.name: one.outcome for one in check_eligibility(between, closed, homes=HOMES).results}
    assert (found["in-force"], found["open"]) == (Outcome.MET, Outcome.NOT_MET)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"units": 0}, "INP-06"),
        ({"facts": {ProjectFact.SOCIAL_RENT: 3}}, "INP-01.*social-rent"),
        ({"facts": {ProjectFact.YEARS_AVAILABLE: True}}, "INP-01.*years-available"),
    ],
)
def test_facts_of_another_kind_are_refused(changes: dict[str, object], wrong: str) -> None:
    with pytest.raises(EenthuisError, match=wrong):
        check_eligibility(replace(PROJECT, **changes), SFT23)  # type: ignore[arg-type]


def with_value(key: str, value: str) -> Book:
    def changed(held: DatedValue) -> DatedValue:
        return replace(held, value=value) if held.key == key else held

    return Book(tuple(changed(held) for held in BOOK.values))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scheme.sft-2023.groups", "status-holders martians"),
        ("scheme.sft-2023.share.scheme.part", "a third"),
        ("scheme.sft-2023.amount_per", "brick"),
        ("scheme.sft-2023.least.years-available", "ten"),
    ],
)
def test_a_register_that_is_malformed_is_refused(key: str, value: str) -> None:
    with pytest.raises(EenthuisError, match="LAW-02"):
        scheme(with_value(key, value), SFT23.code, ON)


def test_a_condition_on_an_unknown_fact_is_refused() -> None:
    renamed = tuple(
        replace(held, key="scheme.sft-2023.least.unicorns") if held.key.endswith("years-available") else held
        for held in BOOK.values
    )
    with pytest.raises(EenthuisError, match=r"LAW-02.*no project has"):
        scheme(Book(renamed), SFT23.code, ON)


def test_overlap_names_groups_and_where_schemes_are_not_uniform() -> None:
    (found,) = overlaps(schemes_on(BOOK, date(2022, 10, 1)))
    assert found.groups == {TargetGroup.STATUS_HOLDERS}
    assert found.differs_in == ()
    ours, other = SFT23, replace(SFT23, amount_cents=1, evidence=())
    assert [one.differs_in for one in overlaps([ours, other])] == [("amount",)]
    apart: Scheme = replace(SFT23, groups=frozenset({TargetGroup.STUDENTS}))
    assert overlaps([ours, apart]) == ()


# The lot


def entries(*names: str, category: int = 1, cents: int = 100) -> list[LotEntry]:
    return [LotEntry(ApplicationId(name), category, cents) for name in names]


def drawn(
    taking_part: Sequence[LotEntry],
    *,
    seed: str = SEED,
    budget: int = 10**9,
    when_short: WhenShort = WhenShort.STOP,
    public_value: str = "",
) -> Draw:
    return draw(
        taking_part,
        round_name="r",
        commitment=commitment_of(round_name="r", seed=seed),
        seed=seed,
        budget_cents=budget,
        when_short=when_short,
        public_value=public_value,
    )


def order(made: Draw) -> list[str]:
    return [one.entry.application for one in made.drawn]


def test_the_lot_is_the_algorithm_that_is_written_down() -> None:
    def by_hand(name: str) -> str:
        return hashlib.sha256(f"eenthuis-lot-1\nr\n{SEED}\n1234\n{name}".encode()).hexdigest()

    names = ["A-1", "A-2", "A-3", "A-4", "A-5"]
    made = drawn(entries(*names), public_value="1234")
    assert order(made) == sorted(names, key=by_hand)
    assert [one.key for one in made.drawn] == sorted(by_hand(name) for name in names)
    assert made.commitment == hashlib.sha256(f"eenthuis-lot-1\nr\n{SEED}".encode()).hexdigest()


NAMES = st.lists(st.text("ABCDEFGH0123", min_size=1, max_size=6), min_size=1, max_size=12, unique=True)
Drawing = Callable[[Sequence[LotEntry]], Draw]


def is_blind_to_the_order_of_entries(made: Drawing, taking_part: Sequence[LotEntry]) -> bool:
    return order(made(taking_part)) == order(made(list(reversed(taking_part))))


@given(NAMES, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_order_entries_come_in(names: list[str], rng: object) -> None:
    taking_part = entries(*names)
    shuffled = list(taking_part)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(taking_part) == drawn(shuffled)
    assert is_blind_to_the_order_of_entries(drawn, taking_part)
    assert entries_digest(taking_part) == entries_digest(shuffled)


def shuffled_by_position(taking_part: Sequence[LotEntry]) -> Draw:
    """Give keys to positions instead of applications: who hands in the list then decides."""
    keys = [
        lot_key(round_name="r", seed=SEED, public_value="", application=ApplicationId(str(place)))
        for place in range(9)
    ]
    placed = [entry for _, entry in sorted(zip(keys, taking_part, strict=False), key=lambda one: one[0])]
    return Draw("r", "", SEED, "", "", 0, first_come(placed, budget_cents=0, when_short=WhenShort.STOP))


def test_the_axiom_catches_a_lot_by_position() -> None:
    assert not is_blind_to_the_order_of_entries(shuffled_by_position, entries("A", "B", "C"))


def test_every_order_comes_out_about_as_often() -> None:
    """Six orders of three over 1,200 seeds: the chi-square of five degrees stays below its 99.9 % point, 20.5."""
    seeds = 1200
    counts = Counter(
        tuple(order(drawn(entries("A", "B", "C"), seed=f"{number:040d}"))) for number in range(seeds)
    )
    expected = Fraction(seeds, 6)
    assert set(counts) == set(permutations(["A", "B", "C"]))
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < Fraction(41, 2)


@given(NAMES, st.integers(0, 2000), st.sampled_from(WhenShort), st.data())
def test_awards_are_whole_and_add_up_within_the_budget(
    names: list[str], budget: int, when_short: WhenShort, data: st.DataObject
) -> None:
    taking_part = [
        LotEntry(ApplicationId(name), data.draw(st.integers(1, 3)), data.draw(st.integers(0, 500)))
        for name in names
    ]
    made = drawn(taking_part, budget=budget, when_short=when_short)
    assert made.awarded_cents + made.drawn[-1].left_cents == budget
    assert all(one.awarded_cents in {0, one.entry.asked_cents} for one in made.drawn)
    categories = [one.entry.category for one in made.drawn]
    assert categories == sorted(categories)
    if when_short is WhenShort.STOP:
        short = next(
            (n for n, one in enumerate(made.drawn) if one.awarded_cents < one.entry.asked_cents), None
        )
        assert short is None or all(one.awarded_cents == 0 for one in made.drawn[short:])


def test_the_first_that_does_not_fit_stops_the_rest_or_only_itself() -> None:
    costly = [*entries("A", "B"), *entries("C", category=2, cents=900), *entries("D", category=3)]
    stop, skip = (drawn(costly, budget=400, when_short=rule) for rule in WhenShort)
    assert [one.awarded_cents for one in stop.drawn] == [100, 100, 0, 0]
    assert [one.awarded_cents for one in skip.drawn] == [100, 100, 0, 100]


def test_another_seed_than_the_one_promised_is_refused() -> None:
    with pytest.raises(EenthuisError, match="STA-10"):
        draw(
            entries("A"),
            round_name="r",
            commitment=commitment_of(round_name="r", seed=SEED),
            seed=SEED + "x",
            budget_cents=1,
            when_short=WhenShort.STOP,
        )


@pytest.mark.parametrize(
    ("taking_part", "seed", "budget", "wrong"),
    [
        (entries("A", "A"), SEED, 1, "INP-03"),
        (entries("A", category=0), SEED, 1, "INP-06"),
        (entries("A", cents=-1), SEED, 1, "INP-06"),
        (entries("A"), SEED, -1, "INP-06"),
        (entries("A"), "short", 1, "INP-06"),
        (entries("A\nB"), SEED, 1, "INP-01"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    taking_part: list[LotEntry], seed: str, budget: int, wrong: str
) -> None:
    with pytest.raises(EenthuisError, match=wrong):
        drawn(taking_part, seed=seed, budget=budget)


def test_a_receipt_draws_again_and_shows_a_changed_award() -> None:
    made = drawn(entries("A", "B", "C"), budget=200)
    receipt = draw_receipt(
        made, when_short=WhenShort.STOP, as_of=ON, citations=SFT23.citations, code_version="0"
    )
    assert recompute(receipt).is_same
    richer = replace(receipt, inputs={**receipt.inputs, "budget_cents": 300})
    assert not recompute(richer).is_same


# Money


@given(st.integers(0, 10**12), st.fractions(0, 1, max_denominator=97))
def test_an_advance_never_exceeds_its_part(awarded: int, part: Fraction) -> None:
    paid = advance(awarded, part)
    assert paid <= part * awarded < paid + 1


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 1000), st.integers(0, 10**6))
def test_what_is_paid_and_due_adds_up_to_what_is_settled(
    awarded: int, paid: int, shown: int, unit: int
) -> None:
    found = settle(awarded_cents=awarded, paid_cents=paid, shown_units=shown, unit_cents=unit)
    assert paid + found.due_cents == found.settled_cents == min(awarded, shown * unit)


def test_money_that_cannot_be_is_refused() -> None:
    with pytest.raises(EenthuisError, match="INP-06"):
        advance(1, Fraction(3, 2))
    with pytest.raises(EenthuisError, match="INP-06"):
        settle(awarded_cents=1, paid_cents=-1, shown_units=0, unit_cents=0)
