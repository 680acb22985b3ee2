"""Files of money: whatever steps are tried, no cent is lost, nobody decides alone, and receipts compute again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.money import BillScenario, bill_prices, grant_law
from eenthuis.rules.money_files import after_step, state_of
from eenthuis.rules.money_receipts import award_receipt, settle_again, settle_receipt
from eenthuis.rules.receipts import recompute
from eenthuis.rules.reception_money import places_grant, reception_bill
from eenthuis.rules.scheme_money import advance
from eenthuis.terms.money_files import (
    AskedLine,
    CheckedLine,
    CostKind,
    EvidenceKind,
    FileKind,
    MoneyFile,
    MoneyFileId,
    MoneyRefused,
    MoneyStage,
    MoneyState,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.places import MunicipalityCode

DAY = date(2026, 3, 3)
GRANT = grant_law(law_book(), DAY)
PRICES = [bill_prices(law_book(), DAY, one) for one in BillScenario]
CENTS = st.integers(min_value=0, max_value=1_000)
PEOPLE = st.sampled_from(("anna", "bas", "carla"))
LINES = (
    AskedLine(1, CostKind.RENT, "huur", 600, EvidenceKind.CONTRACT),
    AskedLine(2, CostKind.STAFF, "beheer", 333, EvidenceKind.PAYROLL),
)
FILE = MoneyFile(
    MoneyFileId("G-0000001"),
    FileKind.RECEPTION_COSTS,
    MunicipalityCode("GM0344"),
    "GM0344",
    "verzonnen",
    DAY,
    "gemeente",
    DAY,
    DAY,
    LINES,
)
STEPS = st.builds(
    MoneyStep,
    kind=st.sampled_from(MoneyStepKind),
    on=st.just(DAY),
    by=PEOPLE,
    why=st.sampled_from(("", "omdat")),
    cents=CENTS,
    lines=st.tuples(
        st.builds(CheckedLine, line=st.just(1), awarded_cents=CENTS, why=st.just("omdat")),
        st.builds(CheckedLine, line=st.just(2), awarded_cents=CENTS, why=st.just("omdat")),
    ),
    evidence=st.just(EvidenceKind.INVOICE),
    kept_at=st.just("zaak 1"),
)


def exact(state: MoneyState, step: MoneyStep) -> MoneyStep:
    """Return a step with the amount that a decision asks for, so that files get far more often than by chance."""
    amounts = {MoneyStepKind.AWARDED: state.found_cents, MoneyStepKind.SETTLED: state.proposed_cents}
    asked = amounts.get(step.kind)
    return step if asked is None else MoneyStep(step.kind, step.on, step.by, step.why, asked)


def walked(tried: list[MoneyStep], most_advance: int | None = None) -> tuple[list[MoneyStep], MoneyState]:
    taken: list[MoneyStep] = []
    state = state_of(FILE, [])
    for step in tried:
        fits = exact(state, step)
        after = after_step(FILE, state, fits, most_advance_cents=most_advance)
        if not isinstance(after, MoneyRefused):
            taken.append(fits)
            state = after
    return taken, state


@settings(deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_no_cent_is_lost_whatever_is_tried(tried: list[MoneyStep]) -> None:
    taken, state = walked(tried)
    if state.awarded_cents is not None:
        assert state.asked_cents == state.awarded_cents + (state.cut_cents or 0)
        assert 0 <= state.paid_cents - state.recovered_cents <= state.awarded_cents
    if state.settled_cents is not None:
        assert state.settled_cents <= (state.awarded_cents or 0)
        assert (state.stage is MoneyStage.CLOSED) == (state.held_cents == state.settled_cents)
    assert state.paid_cents == sum(step.cents for step in taken if step.kind is MoneyStepKind.PAID)
    assert state_of(FILE, taken) == state


@settings(deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_nobody_decides_on_what_they_checked_or_proposed(tried: list[MoneyStep]) -> None:
    taken, _ = walked(tried)
    last: dict[MoneyStepKind, str] = {}
    for step in taken:
        last[step.kind] = step.by
        if step.kind in {MoneyStepKind.AWARDED, MoneyStepKind.REFUSED}:
            assert step.by != last[MoneyStepKind.CHECKED]
        if step.kind is MoneyStepKind.SETTLED:
            assert step.by != last[MoneyStepKind.SETTLEMENT_PROPOSED]


@settings(deadline=None)
@given(st.lists(STEPS, max_size=30), st.integers(0, 1_000))
def test_before_the_settlement_no_more_is_paid_than_the_advance(tried: list[MoneyStep], most: int) -> None:
    _, state = walked(tried, most)
    if state.settled_cents is None:
        assert state.paid_cents <= most


def test_a_recorded_file_that_pays_twice_is_refused() -> None:
    checked = MoneyStep(MoneyStepKind.CHECKED, DAY, "anna", lines=(CheckedLine(1, 600), CheckedLine(2, 333)))
    awarded = MoneyStep(MoneyStepKind.AWARDED, DAY, "bas", cents=933)
    paid = MoneyStep(MoneyStepKind.PAID, DAY, "anna", cents=500)
    _, state = walked([checked, awarded, paid])
    assert after_step(FILE, state, paid) is MoneyRefused.MORE_THAN_DUE
    alone = MoneyStep(MoneyStepKind.AWARDED, DAY, "anna", cents=933)
    assert after_step(FILE, state_of(FILE, [checked]), alone) is MoneyRefused.SAME_PERSON


@given(st.integers(0, 600), st.integers(0, 333), st.integers(0, 900), st.integers(0, 900))
def test_receipts_of_money_compute_again(first: int, second: int, paid: int, shown: int) -> None:
    lines = (CheckedLine(1, first, "omdat"), CheckedLine(2, second, "omdat"))
    made = award_receipt(FILE, lines, as_of=DAY, citations=(), code_version="0")
    assert recompute(made).output[FILE.identifier] == [933, first + second, 933 - first - second]
    state = MoneyState(MoneyStage.SETTLEMENT_PROPOSED, 933, awarded_cents=first + second, paid_cents=paid)
    settled = settle_receipt(FILE, state, settled_cents=shown, as_of=DAY, citations=(), code_version="0")
    again = recompute(settled)
    assert again.is_same
    assert again.output == settle_again(settled.inputs)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_the_grant_counts_no_place_twice_and_none_below_the_threshold(
    number: int, places: int, own: int
) -> None:
    own = min(own, places)
    found = places_grant(number=number, places=places, own_places=own, law=GRANT)
    assert found.granted <= min(own, found.places_above)
    assert found.cents == found.granted * GRANT.place_cents
    assert found.places_above == 0 or places - found.places_above >= Fraction(3, 4) * number


@given(st.integers(0, 2_000), st.lists(st.integers(0, 900), min_size=1, max_size=6))
def test_the_grants_of_a_province_together_never_pass_its_places_above(number: int, own: list[int]) -> None:
    places, held = sum(own), 0
    for one in own:
        found = places_grant(number=number, places=places, own_places=one, law=GRANT, held=held)
        again = places_grant(
            number=number,
            places=places,
            own_places=one,
            law=GRANT,
            held=held + found.granted,
            own_held=found.granted,
        )
        assert again.granted == 0
        held += found.granted
    assert held == found.most <= found.places_above
    half = replace(GRANT, most_part=Fraction(1, 2))
    assert places_grant(number=0, places=places, own_places=places, law=half).granted == places // 2


@given(st.integers(1, 200_000))
def test_the_bill_splits_into_all_places_and_grows_with_the_scenario(places: int) -> None:
    lines = [reception_bill(places, one) for one in PRICES]
    assert {line.regular_places + line.emergency_places for line in lines} == {places}
    assert sorted(line.cents for line in lines) == [line.cents for line in lines]


@given(st.integers(0, 10**12), st.fractions(0, 1, max_denominator=1000))
def test_an_advance_is_never_more_than_its_part(awarded: int, part: Fraction) -> None:
    assert part * awarded - 1 < advance(awarded, part) <= part * awarded
