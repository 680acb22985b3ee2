"""Whatever asks for two people: a deputy is another pair of eyes than who is absent, and never than himself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from money_examples import COSTS, CUT, kade
from small_country import MINISTRY, OF_UTRECHT, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.rules.case_entries import Obstacle, Refused
from eenthuis.rules.lots import commitment_of
from eenthuis.services import (
    administering,
    allocations,
    case_files,
    deviating,
    money_asking,
    money_files,
    place_swaps,
    scheme_rounds,
    supervision_letters,
)
from eenthuis.services.access import is_other, person
from eenthuis.services.estimates import state_estimate
from eenthuis.services.money_asked import SchemeAsked
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store import accounts, grants
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.lots import SchemeRound
from eenthuis.terms.money_files import CheckedLine, EvidenceKind, MoneyFileId, MoneyStep, MoneyStepKind
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceSwap, SesScores
from eenthuis.terms.schemes import SchemeCode, WhenShort

pytestmark = pytest.mark.django_db
HERE = ProvinceCode("PV26")
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, HERE)
ADMINISTRATOR = Actor("beheer-een", Role.ADMINISTRATOR)
SEED = "0123456789abcdef" * 4
ADDRESS = "https://eenthuis.example/controle/"
CLOSES = TODAY + timedelta(days=10)
AFTER = CLOSES + timedelta(days=1)
First = Callable[[Actor], int | str]
Second = Callable[[Actor, int | str], object]


@dataclass(frozen=True)
class Act:
    """What two people do: the first half, the second half, and who starts it."""

    who: Actor
    first: First
    second: Second


def shared_places() -> None:
    people = reference.inhabitants(date(2026, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in people}, "example")
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    need = ReceptionNeed(2026, 90_000, 7_000, date(2026, 1, 20), "example")
    announce_need(actor=MINISTRY, need=need, today=TODAY)


def draft_allocation(who: Actor) -> int:
    shared_places()
    return allocations.draft_allocation(actor=who, province=HERE, why="", address=ADDRESS, today=TODAY)


def publish_allocation(who: Actor, key: int | str) -> None:
    allocations.publish_allocation(actor=who, key=int(key), today=TODAY)


def swap(who: Actor) -> int:
    shared_places()
    agreed = PlaceSwap({UTRECHT: 50, MunicipalityCode("GM0355"): -50})
    return place_swaps.put_swap_forward(actor=who, province=HERE, agreed=agreed, note="eens", today=TODAY)


def confirm_swap(who: Actor, number: int | str) -> None:
    place_swaps.accept_swap(actor=who, number=int(number), today=TODAY)


def rung(who: Actor) -> int:
    new = Contact(0, ContactKind.RUNG_PUT_FORWARD, TODAY, "reden", "", half_year=HalfYear(2025, 2), rung=1)
    made = case_files.record(actor=who, municipality=UTRECHT, new=new, today=TODAY)
    assert isinstance(made, case_files.Recorded)
    return made.number


def confirm_rung(who: Actor, number: int | str) -> None:
    new = Contact(0, ContactKind.RUNG_CONFIRMED, TODAY, "eens", "", about=int(number))
    if case_files.record(actor=who, municipality=UTRECHT, new=new, today=TODAY) == Refused(
        Obstacle.SAME_PERSON
    ):
        raise StateError("STA-01", "the same person", remedy="Ask a colleague.")


def letter(who: Actor) -> int:
    confirm_rung(replace(OF_PROVINCE, name="een-ander"), rung(OF_PROVINCE))
    (key,) = supervision_letters.write_letters(
        actor=who, municipalities=(UTRECHT,), address=ADDRESS, today=TODAY
    )
    return key


def send_letter(who: Actor, key: int | str) -> None:
    supervision_letters.send_letters(actor=who, keys=(int(key),), today=TODAY)


def deviation(who: Actor) -> int:
    told = Estimate(
        Quantity.NATIONAL_NUMBER, HalfYear(2026, 2), EstimateKind.ESTIMATE, middle=15_000, low=13_000,
        high=18_000, made_on=date(2026, 1, 5), known_by=None, until=None, source="voorbeeld",
    )  # fmt: skip
    state_estimate(actor=MINISTRY, made=told, today=TODAY)
    lower = replace(told, low=None, high=None, middle=12_000, made_on=date(2026, 2, 20))
    state_estimate(actor=MINISTRY, made=lower, today=TODAY)
    assert deviating.draft_due(date(2026, 2, 20)) == 1
    number = deviating.read_time_line(actor=MINISTRY, today=TODAY).open[0].number
    deviating.put_forward(actor=who, number=number, why="minder verzoeken", today=TODAY)
    page = deviating.read_deviation(actor=who, number=number)
    assert not page.is_second
    return number


def tell_deviation(who: Actor, number: int | str) -> None:
    deviating.tell_deviation(actor=who, number=int(number), today=TODAY)


def take(who: Actor, number: int | str, kind: MoneyStepKind, **more: object) -> None:
    step = replace(MoneyStep(kind, TODAY, ""), **more)  # type: ignore[arg-type]
    money_files.take_step(actor=who, identifier=MoneyFileId(str(number)), step=step, today=TODAY)


def check(who: Actor) -> str:
    kade()
    number = money_asking.ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    take(who, number, MoneyStepKind.CHECKED, lines=CUT)
    return number


def award(who: Actor, number: int | str) -> None:
    take(who, number, MoneyStepKind.AWARDED, cents=1_200_000_00)


def refuse(who: Actor, number: int | str) -> None:
    take(who, number, MoneyStepKind.REFUSED, why="past niet")


def propose(who: Actor) -> str:
    number = check(MINISTRY)
    award(replace(MINISTRY, name="een-ander"), number)
    take(MINISTRY, number, MoneyStepKind.PAID, cents=1_200_000_00)
    accounts_kind = EvidenceKind.ANNUAL_ACCOUNTS
    take(OF_UTRECHT, number, MoneyStepKind.EVIDENCE, evidence=accounts_kind, kept_at="jaarrekening")
    take(who, number, MoneyStepKind.SETTLEMENT_PROPOSED, cents=1_200_000_00)
    return number


def settle(who: Actor, number: int | str) -> None:
    take(who, number, MoneyStepKind.SETTLED, cents=1_200_000_00)


def applied(checker: Actor) -> str:
    """Open a round with one application that ``checker`` checked, and return its name."""
    name, scheme = "verzonnen-2026", SchemeCode("sft-2025")
    asked = SchemeRound(
        key=0, name=name, scheme=scheme, opens_on=TODAY, closes_on=CLOSES, budget_cents=70 * 14_000_00,
        when_short=WhenShort.STOP, order_why="verzonnen", public_value_named="", opened_by="", opened_on=TODAY,
        commitment=commitment_of(round_name=name, seed=SEED),
    )  # fmt: skip
    scheme_rounds.open_round(actor=MINISTRY, asked=asked, today=TODAY)
    wanted = SchemeAsked(UTRECHT, "kade", scheme, None, 20, {}, TODAY, date(2041, 1, 1))
    number = money_asking.ask_scheme(actor=OF_UTRECHT, asked=wanted, today=TODAY)
    cents = money_files.read_file(actor=MINISTRY, identifier=number).line.file.asked_cents
    take(checker, number, MoneyStepKind.CHECKED, lines=(CheckedLine(1, cents),), category=1)
    return name


def publish_list(who: Actor) -> str:
    name = applied(replace(MINISTRY, name="een-ander"))
    scheme_rounds.publish_list(actor=who, name=name, today=AFTER)
    return name


def check_in_round(who: Actor) -> str:
    name = applied(who)
    scheme_rounds.publish_list(actor=replace(MINISTRY, name="een-ander"), name=name, today=AFTER)
    return name


def draw(who: Actor, name: int | str) -> None:
    scheme_rounds.draw_round(actor=who, name=str(name), seed=SEED, public_value="", today=AFTER)


def ask_grant(who: Actor) -> int:
    accounts.save_account(ADMINISTRATOR, None)
    accounts.save_account(replace(ADMINISTRATOR, name="nog-een"), None)
    wanted = administering.AccountWanted("derde", Role.ADMINISTRATOR.value)
    assert administering.invite(actor=who, wanted=wanted, email="derde@example.nl", why="vakantie") is None
    return grants.open_grants()[0].number


def grant(who: Actor, number: int | str) -> None:
    administering.decide_grant(actor=who, number=int(number), is_granted=True)


ACTS = {
    "allocation": Act(MINISTRY, draft_allocation, publish_allocation),
    "swap": Act(OF_PROVINCE, swap, confirm_swap),
    "rung": Act(OF_PROVINCE, rung, confirm_rung),
    "letter": Act(OF_PROVINCE, letter, send_letter),
    "deviation": Act(MINISTRY, deviation, tell_deviation),
    "award": Act(MINISTRY, check, award),
    "refusal": Act(MINISTRY, check, refuse),
    "settlement": Act(MINISTRY, propose, settle),
    "list of a lot": Act(MINISTRY, publish_list, draw),
    "check in a lot": Act(MINISTRY, check_in_round, draw),
    "administrator": Act(ADMINISTRATOR, ask_grant, grant),
}


@pytest.fixture(params=ACTS)
def act(request: pytest.FixtureRequest, proposal: int, monkeypatch: pytest.MonkeyPatch) -> Act:
    """One of the acts, in the small country."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return ACTS[request.param]


def test_a_deputy_who_began_for_another_does_not_end_it_in_his_own_name(act: Act) -> None:
    colleague = replace(act.who, name="collega")
    begun = act.first(replace(act.who, hand=colleague.name))
    for same in (
        colleague,
        replace(act.who, hand=colleague.name),
        replace(colleague, name="x", hand="collega"),
    ):
        with pytest.raises((AccessError, StateError), match=r"ACC-03|STA-01"):
            act.second(same, begun)
    act.second(act.who, begun)


def test_a_deputy_ends_what_who_is_absent_began_and_nobody_ends_his_own_under_another_name(act: Act) -> None:
    begun = act.first(act.who)
    colleague = replace(act.who, name="collega")
    with pytest.raises((AccessError, StateError), match=r"ACC-03|STA-01"):
        act.second(replace(colleague, hand=act.who.name), begun)
    act.second(replace(act.who, hand=colleague.name), begun)


def test_the_hand_counts_and_not_the_name_it_acts_under() -> None:
    deputy = replace(MINISTRY, hand="collega")
    assert (person(MINISTRY), person(deputy)) == (MINISTRY.name, "collega")
    assert is_other(deputy, MINISTRY.name)
    assert not is_other(deputy, MINISTRY.name, "collega")
    assert not is_other(MINISTRY, MINISTRY.name)
